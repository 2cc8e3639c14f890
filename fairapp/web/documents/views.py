"""All views of the room on one blueprint."""

from fairapp.web.documents import applicant, office, requirements
from fairapp.web.documents.bp import bp

__all__ = ["applicant", "bp", "office", "requirements"]
