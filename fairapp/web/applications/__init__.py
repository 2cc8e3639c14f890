"""Applying for a fair, and deciding on applications."""
