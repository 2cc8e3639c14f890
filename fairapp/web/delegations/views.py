"""All views of the room, registered by being imported."""

from fairapp.web.delegations import blocks, entries, head, organiser, sheets
from fairapp.web.delegations.bp import bp

__all__ = ["blocks", "bp", "entries", "head", "organiser", "sheets"]
