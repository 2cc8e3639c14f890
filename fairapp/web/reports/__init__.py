"""A fair in figures."""
