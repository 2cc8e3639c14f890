"""Pages of the exhibitor's manual."""
