"""All views of the room on one blueprint."""

from fairapp.web.applications import applicant, decisions, parts, queue, review, steps
from fairapp.web.applications.bp import bp

__all__ = ["applicant", "bp", "decisions", "parts", "queue", "review", "steps"]
