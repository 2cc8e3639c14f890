"""All views of the room, registered by being imported."""

from fairapp.web.delegations import head, organiser
from fairapp.web.delegations.bp import bp

__all__ = ["bp", "head", "organiser"]
