"""All views of the room on one blueprint."""

from fairapp.web.applications import (
    applicant,
    building,
    building_questions,
    decisions,
    parts,
    publishing,
    queue,
    review,
    steps,
)
from fairapp.web.applications.bp import bp

__all__ = [
    "applicant",
    "bp",
    "building",
    "building_questions",
    "decisions",
    "parts",
    "publishing",
    "queue",
    "review",
    "steps",
]
