"""The life of a badge, what a gate answers, and how many badges a stand is allotted."""

from __future__ import annotations

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


class GateResult(StrEnum):
    """What the gate answers to a scan."""

    ADMITTED = "admitted"
    ALREADY = "already"
    REVOKED = "revoked"
    NOT_TODAY = "not_today"
    UNKNOWN = "unknown"
