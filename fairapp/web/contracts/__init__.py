"""Pages of the exhibition contract."""
