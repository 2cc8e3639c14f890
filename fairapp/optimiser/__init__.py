"""The allocation engine: a fair as values in, a plan with a proven bound out; it knows no table."""
