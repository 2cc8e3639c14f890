"""When a form may be answered: by phase, by where the application stands, and until which moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fairapp.rules.applications import ADMITTED, EDITABLE, State
from fairapp.rules.questions import Phase

SETTINGS = "forms"
"""The key in the fair's settings."""


class Stop(StrEnum):
    """What missing details hold back."""

    CONFIRM = "confirm"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FormSettings:
    """How a fair treats the details: until when they are given, and what they hold back."""

    details_until: datetime | None = None
    stop: Stop = Stop.CONFIRM


def form_settings(settings: Mapping[str, Any]) -> FormSettings:
    """The fair's own, or what is sensible."""
    kept = settings.get(SETTINGS, {})
    until = kept.get("details_until")
    return FormSettings(
        datetime.fromisoformat(until) if until else None, Stop(kept.get("stop", Stop.CONFIRM))
    )


def plain_settings(chosen: FormSettings) -> dict[str, Any]:
    """The settings as JSON keeps them."""
    until = chosen.details_until
    return {"details_until": until.isoformat() if until else None, "stop": chosen.stop.value}


class AnswerRefusal(StrEnum):
    """Why a form cannot be answered now."""

    NO_FORM = "answering_no_form"
    SUBMITTED = "answering_submitted"
    NOT_ACCEPTED_YET = "answering_not_accepted_yet"
    ENDED = "answering_ended"
    DETAILS_CLOSED = "answering_details_closed"
    FILE_TOO_BIG = "answering_file_too_big"
    FILE_UNKNOWN = "answering_file_unknown"
    FILE_DAMAGED = "answering_file_damaged"
    TOO_MANY_FILES = "answering_too_many_files"


class FormHindrance(StrEnum):
    """What keeps a step back while a form is not answered."""

    QUESTIONS_OPEN = "hindrance_questions_open"
    DETAILS_OPEN = "hindrance_details_open"


class ExtensionRefusal(StrEnum):
    """Why somebody cannot be given more time."""

    NOT_FOUND = "extension_not_found"
    NO_DEADLINE = "extension_no_deadline"
    NOT_LATER = "extension_not_later"
    AFTER_FAIR = "extension_after_fair"
    ENDED = "extension_ended"


ON_THE_WAY = frozenset(
    {State.SUBMITTED, State.RESUBMITTED, State.IN_REVIEW, State.WAITLISTED, State.ACCEPTED, State.CONFIRMED}
)
"""Submitted, and neither refused nor given up."""


def closes_at(fairs: datetime | None, extended: datetime | None) -> datetime | None:
    """The deadline for one applicant: the fair's, or its own where that is later."""
    if fairs is None or extended is None:
        return fairs
    return max(fairs, extended)


def against_answering(
    phase: Phase, state: State, *, owes: bool, now: datetime, until: datetime | None
) -> AnswerRefusal | None:
    """Why the form cannot be answered: nothing when it can.

    ``owes``: the form has changed since it was answered, so that something is asked again.
    """
    if phase is Phase.APPLY:
        if state in EDITABLE or (state in ON_THE_WAY and owes):
            return None
        return AnswerRefusal.SUBMITTED if state in ON_THE_WAY else AnswerRefusal.ENDED
    if state in ADMITTED:
        late = until is not None and now > until and not owes
        return AnswerRefusal.DETAILS_CLOSED if late else None
    return AnswerRefusal.NOT_ACCEPTED_YET if state in ON_THE_WAY | EDITABLE else AnswerRefusal.ENDED


def against_extension(
    state: State, phase: Phase, until: datetime, *, now: datetime, fairs: datetime | None, fair_ends: datetime
) -> tuple[ExtensionRefusal, ...]:
    """Every reason why one applicant cannot have until ``until``: none at all when it can."""
    waits = EDITABLE if phase is Phase.APPLY else ON_THE_WAY
    against = {
        ExtensionRefusal.ENDED: state not in waits,
        ExtensionRefusal.NO_DEADLINE: fairs is None,
        ExtensionRefusal.NOT_LATER: until <= now or (fairs is not None and until <= fairs),
        ExtensionRefusal.AFTER_FAIR: until > fair_ends,
    }
    return tuple(refusal for refusal, holds in against.items() if holds)
