"""How a fair reviews: blind or not, until when, and which letters remind its reviewers by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

MOST_DAYS = 30
"""Before or after the deadline; later an organiser writes by hand."""


class ReviewReminder(StrEnum):
    """Which letter goes to reviewers by itself."""

    COMING = "coming"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """How a fair reviews: ``settings["review"]``; what is missing is as usual."""

    blind: bool = False
    """Reviewers read no name, contact or picture of the applicant."""
    until: datetime | None = None
    """When the organiser wants all reviews; a late one is taken until the decision."""
    reminds: bool = True
    days_before: int = 3
    days_after: int = 1

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> ReviewSettings:
        """As a fair's settings hold them."""
        kept = settings.get("review")
        if not isinstance(kept, Mapping):
            return cls()
        found = cls(**{name: kept[name] for name in cls.__dataclass_fields__ if name in kept})
        said = kept.get("until")
        return replace(found, until=datetime.fromisoformat(said) if said else None)

    def kept(self) -> dict[str, object]:
        """As they are written into a fair's settings."""
        return {**asdict(self), "until": self.until.isoformat() if self.until else None}

    def is_late(self, now: datetime) -> bool:
        """Whether reviews that are still to be given are late."""
        return self.until is not None and now > self.until


def reminder_due(settings: ReviewSettings, now: datetime) -> ReviewReminder | None:
    """Which letter goes now to reviewers with something to read, if they have not had it."""
    if not settings.reminds or settings.until is None:
        return None
    until = settings.until
    if until - timedelta(days=settings.days_before) <= now <= until:
        return ReviewReminder.COMING
    if until + timedelta(days=settings.days_after) <= now <= until + timedelta(days=MOST_DAYS):
        return ReviewReminder.LATE
    return None


def key_of(reminder: ReviewReminder, until: datetime) -> str:
    """Under which a letter is remembered: a deadline that was moved is reminded of anew."""
    return f"{reminder.value}:{until:%Y%m%d%H%M}"
