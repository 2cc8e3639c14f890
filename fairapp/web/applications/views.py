"""All views of the room on one blueprint."""

from fairapp.web.applications import (
    answering,
    answering_for,
    applicant,
    batch,
    building,
    building_questions,
    changes,
    deciding_changes,
    decisions,
    details,
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
    "answering",
    "answering_for",
    "applicant",
    "batch",
    "bp",
    "building",
    "building_questions",
    "changes",
    "deciding_changes",
    "decisions",
    "details",
    "offers",
    "parts",
    "publishing",
    "queue",
    "review",
    "steps",
    "waiting",
]
