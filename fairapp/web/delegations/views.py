"""All views of the room, registered by being imported."""

from fairapp.web.delegations import entries, head, organiser, sheets
from fairapp.web.delegations.bp import bp

__all__ = ["bp", "entries", "head", "organiser", "sheets"]
