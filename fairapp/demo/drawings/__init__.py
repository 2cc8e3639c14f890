"""Pictures for the demo fair, drawn by the program: flat pigments pulled a little off a charcoal line."""
