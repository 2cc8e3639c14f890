"""Pages at the gates: check badges in by scanner, camera, code or name, and undo."""
