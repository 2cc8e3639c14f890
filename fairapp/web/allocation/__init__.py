"""The organiser's board: who stands where, and every act on it."""
