"""What is true: pure rules, values and lives; no clock, no database, no files, no chance."""
