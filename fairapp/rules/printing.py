"""What can be wrong with a record that goes to print, and the report that keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class PrintFault(StrEnum):
    """Why a field of a record was printed otherwise than it stands, or a record not at all."""

    NO_GLYPH = "no_glyph"
    CONTROL_CHARACTERS = "control_characters"
    TOO_LONG = "too_long"
    CUT = "cut"
    OVER = "over"
    NO_NAME = "no_name"
    BROKEN_PHOTO = "broken_photo"
    QR_TOO_LONG = "qr_too_long"
    NOT_APPROVED = "not_approved"
    NOT_ASKED = "not_asked"
    SKIPPED = "skipped"


@dataclass(frozen=True, order=True)
class Finding:
    """One fault: the record's own name for itself, the field's name, and what was wrong."""

    record: str
    field: str
    reason: PrintFault
    over: int = 0
    """How many characters are more than what fits."""


@dataclass
class Report:
    """All findings of one run, each once, in the order they were met."""

    _found: dict[Finding, None] = field(default_factory=dict)
    printed: int = 0
    skipped: int = 0

    def add(self, record: str, name: str, reason: PrintFault, over: int = 0) -> None:
        """Note a fault; noting it again changes nothing."""
        self._found.setdefault(Finding(record, name, reason, over))

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)
