"""Money that comes in by the bank, what it pays, who is late, and whether the books close."""
