"""The room's addresses, gathered."""

from fairapp.web.manual import exhibitor, late, letter, offering, office, services, slots, tasks, workbook
from fairapp.web.manual.bp import bp

__all__ = [
    "bp",
    "exhibitor",
    "late",
    "letter",
    "offering",
    "office",
    "services",
    "slots",
    "tasks",
    "workbook",
]
