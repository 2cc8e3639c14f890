"""The room's addresses, gathered."""

from fairapp.web.manual import exhibitor, late, office, slots, tasks
from fairapp.web.manual.bp import bp

__all__ = ["bp", "exhibitor", "late", "office", "slots", "tasks"]
