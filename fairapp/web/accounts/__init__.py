"""The door of the house: sign in, register, one's own account, and who may do what."""
