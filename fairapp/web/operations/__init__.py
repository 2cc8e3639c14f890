"""Whether the service can work, and how far its long work is."""
