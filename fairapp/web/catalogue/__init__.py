"""Where an organiser has the catalogue and the booths' signs made, and finds earlier ones."""
