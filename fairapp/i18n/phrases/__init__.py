"""Sentences for the reasons, states and roles of the rules floor, one module per room."""
