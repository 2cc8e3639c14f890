"""What can be wrong with an installation: its settings, its files, its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class HealthFault(StrEnum):
    """One thing that is wrong, always with its cure."""

    DATABASE_SILENT = "health_database_silent"
    DATABASE_OLD = "health_database_old"
    KEYS_OPEN = "health_keys_open"
    INSTANCE_READ_ONLY = "health_instance_read_only"
    DEMO_IN_PUBLIC = "health_demo_in_public"
    PLAIN_HTTP = "health_plain_http"
    BROKEN_LINKS = "health_broken_links"
    CLAIMS_WITHOUT_DAYS = "health_claims_without_days"
    DAYS_WITHOUT_CLAIM = "health_days_without_claim"
    BOOTHS_WITHOUT_OUTLINE = "health_booths_without_outline"
    FILES_GONE = "health_files_gone"
    LETTERS_GIVEN_UP = "health_letters_given_up"
    LETTERS_WAITING = "health_letters_waiting"
    JOBS_STUCK = "health_jobs_stuck"
    CODES_WRONG = "health_codes_wrong"
    TEXTS_OVER = "health_texts_over"


WARNINGS = frozenset(
    {
        HealthFault.PLAIN_HTTP,
        HealthFault.LETTERS_GIVEN_UP,
        HealthFault.LETTERS_WAITING,
        HealthFault.TEXTS_OVER,
    }
)
"""Worth a look, yet the service works."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """A fault with what its sentence needs."""

    fault: HealthFault
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """Whether the service works all the same."""
        return self.fault in WARNINGS
