"""Floor plans from files (GeoJSON), and what a geometry library measures on them."""
