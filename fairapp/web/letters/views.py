"""All views of the room on one blueprint."""

from fairapp.web.letters import log, texts
from fairapp.web.letters.bp import bp

__all__ = ["bp", "log", "texts"]
