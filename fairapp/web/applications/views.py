"""All views of the room on one blueprint."""

from fairapp.web.applications import (
    applicant,
    building,
    building_questions,
    decisions,
    offers,
    parts,
    publishing,
    queue,
    review,
    steps,
    waiting,
)
from fairapp.web.applications.bp import bp

__all__ = [
    "applicant",
    "bp",
    "building",
    "building_questions",
    "decisions",
    "offers",
    "parts",
    "publishing",
    "queue",
    "review",
    "steps",
    "waiting",
]
