"""Delegations: the organiser's list of them, and a head's own pages."""
