"""The life of long work."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """Where long work stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
