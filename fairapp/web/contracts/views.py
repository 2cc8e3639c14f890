"""All views of the room on one blueprint."""

from fairapp.web.contracts import exhibitor, office, texts
from fairapp.web.contracts.bp import bp

__all__ = ["bp", "exhibitor", "office", "texts"]
