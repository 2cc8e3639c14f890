"""Pages about badges: naming people for a stand, approving them, and printing."""
