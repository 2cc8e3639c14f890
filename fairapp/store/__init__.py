"""What is kept: tables, queries and migrations; decides nothing and never commits."""
