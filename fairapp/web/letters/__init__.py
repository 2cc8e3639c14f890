"""Pages of a fair's letters."""
