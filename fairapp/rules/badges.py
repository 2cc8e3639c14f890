"""The life of a badge, what a gate answers, and how many badges a stand is allotted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BadgeState(StrEnum):
    """Where a badge stands; prints and scans are events of their own."""

    NAMED = "named"
    APPROVED = "approved"
    ISSUED = "issued"
    REVOKED = "revoked"
    REPLACED = "replaced"


class BadgeKind(StrEnum):
    """Whom the badge is for."""

    EXHIBITOR = "exhibitor"
    ORGANISER = "organiser"
    GUEST = "guest"
    PRESS = "press"
    CONTRACTOR = "contractor"


class BadgeStep(StrEnum):
    """What can be done to a badge."""

    RENAME = "rename"
    APPROVE = "approve"
    PRINT = "print"
    REVOKE = "revoke"
    REPLACE = "replace"


BADGE_STEPS: dict[tuple[BadgeState, BadgeStep], BadgeState] = {
    (BadgeState.NAMED, BadgeStep.RENAME): BadgeState.NAMED,
    (BadgeState.NAMED, BadgeStep.APPROVE): BadgeState.APPROVED,
    (BadgeState.NAMED, BadgeStep.REVOKE): BadgeState.REVOKED,
    (BadgeState.APPROVED, BadgeStep.PRINT): BadgeState.ISSUED,
    (BadgeState.APPROVED, BadgeStep.REVOKE): BadgeState.REVOKED,
    (BadgeState.ISSUED, BadgeStep.PRINT): BadgeState.ISSUED,
    (BadgeState.ISSUED, BadgeStep.REVOKE): BadgeState.REVOKED,
    (BadgeState.ISSUED, BadgeStep.REPLACE): BadgeState.APPROVED,
}
VALID = frozenset({BadgeState.APPROVED, BadgeState.ISSUED})
"""A badge that opens gates: printing may follow by another way than ours."""
LAST_ISSUE = 255
"""A token has one byte for the issue."""
KIND_NUMBERS = {
    BadgeKind.EXHIBITOR: 1,
    BadgeKind.ORGANISER: 2,
    BadgeKind.GUEST: 3,
    BadgeKind.PRESS: 4,
    BadgeKind.CONTRACTOR: 5,
}
"""How a token says the kind; a number once printed never changes its meaning."""
COUNTED = frozenset({BadgeState.NAMED, BadgeState.APPROVED, BadgeState.ISSUED})
"""What uses up an allotment."""


class BadgeRefusal(StrEnum):
    """Why something cannot be done to a badge."""

    NOT_FROM_HERE = "badge_not_from_here"
    ALLOTMENT_USED_UP = "badge_allotment_used_up"
    TOO_MANY_LANGUAGES = "badge_too_many_languages"
    NO_BOOTH_YET = "badge_no_booth_yet"
    NAMES_CLOSED = "badge_names_closed"
    NAME_MISSING = "badge_name_missing"
    EXHIBITOR_LEFT = "badge_exhibitor_left"
    ISSUES_USED_UP = "badge_issues_used_up"
    REASON_MISSING = "badge_reason_missing"
    NOTHING_CHOSEN = "badge_nothing_chosen"
    NOTHING_TO_PRINT = "badge_nothing_to_print"
    DESIGN_CHANGED = "badge_design_changed"


class GateResult(StrEnum):
    """What the gate answers to a scan."""

    ADMITTED = "admitted"
    ALREADY = "already"
    REVOKED = "revoked"
    NOT_TODAY = "not_today"
    UNKNOWN = "unknown"


class GateRefusal(StrEnum):
    """Why an admission cannot be undone."""

    NOTHING_TO_UNDO = "gate_nothing_to_undo"
    REASON_MISSING = "gate_reason_missing"


ALLOTMENTS: tuple[tuple[float, int], ...] = ((12.0, 5), (30.0, 10), (50.0, 15))
"""Up to so many square metres, so many badges; a fair's settings may say otherwise."""
BEYOND = 20


def allotment(
    area_m2: float,
    shared_with: int = 0,
    steps: tuple[tuple[float, int], ...] = ALLOTMENTS,
    beyond: int = BEYOND,
) -> int:
    """How many badges come with the stand: none without one, two more for each co-exhibitor on it."""
    if area_m2 <= 0:
        return 0
    own = next((badges for most, badges in steps if area_m2 <= most + 0.05), beyond)
    return own + 2 * shared_with


@dataclass(frozen=True, slots=True)
class Shown:
    """What the gate knows of a badge at the moment of a scan."""

    fair_id: int
    state: BadgeState
    issue: int
    days: int
    """A bit per day of the fair, the first is bit 0; 0 means every day."""


def verdict(
    badge: Shown | None, fair_id: int, issue: int | None, day: date, first: date, last: date
) -> GateResult:
    """What the gate says, but for "already inside"; ``issue`` is None for a code typed by hand."""
    if badge is None or badge.fair_id != fair_id:
        return GateResult.UNKNOWN
    if badge.state not in VALID or (issue is not None and issue != badge.issue):
        return GateResult.REVOKED
    if not first <= day <= last:
        return GateResult.NOT_TODAY
    if badge.days and not badge.days >> (day - first).days & 1:
        return GateResult.NOT_TODAY
    return GateResult.ADMITTED
