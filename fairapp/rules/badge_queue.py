"""The life of a badge's print job, from the queue to the hand that takes it; printing is not checking in."""

from __future__ import annotations

from enum import StrEnum


class PrintJobState(StrEnum):
    """Where a print job stands."""

    QUEUED = "queued"
    TAKEN = "taken"
    """A station prints it now."""
    PRINTED = "printed"
    COLLECTED = "collected"
    DROPPED = "dropped"


class PrintJobStep(StrEnum):
    """What can be done to a print job."""

    TAKE = "take"
    GIVE_BACK = "give_back"
    PRINT = "print"
    COLLECT = "collect"
    DROP = "drop"


PRINT_JOB_STEPS: dict[tuple[PrintJobState, PrintJobStep], PrintJobState] = {
    (PrintJobState.QUEUED, PrintJobStep.TAKE): PrintJobState.TAKEN,
    (PrintJobState.QUEUED, PrintJobStep.DROP): PrintJobState.DROPPED,
    (PrintJobState.TAKEN, PrintJobStep.GIVE_BACK): PrintJobState.QUEUED,
    (PrintJobState.TAKEN, PrintJobStep.PRINT): PrintJobState.PRINTED,
    (PrintJobState.PRINTED, PrintJobStep.COLLECT): PrintJobState.COLLECTED,
}
WAITING = frozenset({PrintJobState.QUEUED, PrintJobState.TAKEN})
"""A badge has one such job at most."""


class ReprintReason(StrEnum):
    """Why a badge is printed once more."""

    FIRST = "first"
    DAMAGED = "damaged"
    MISPRINT = "misprint"
    RENAMED = "renamed"
    LOST = "lost"
    """The lost one stops: the new badge is a new issue."""


class QueueRefusal(StrEnum):
    """Why something cannot be done in the print queue."""

    NOT_FROM_HERE = "queue_not_from_here"
    WAITS_ALREADY = "queue_waits_already"
    NOT_VALID = "queue_not_valid"
    PRINTED_BEFORE = "queue_printed_before"
    NAME_TAKEN = "queue_name_taken"
    NAME_MISSING = "queue_name_missing"
    STATION_CLOSED = "queue_station_closed"
    STATION_BUSY = "queue_station_busy"
    TOO_MANY_STATIONS = "queue_too_many_stations"
    EMPTY = "queue_empty"
    OTHER_STATION = "queue_other_station"


MOST_STATIONS = 30
MOST_AT_ONCE = 24
"""Jobs that a station takes together."""
