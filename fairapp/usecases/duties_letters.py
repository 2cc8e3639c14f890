"""What a letter about everything that is owed says, whoever writes it: by itself, by hand, as a preview."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.duties import Duty, DutyState, told_in_letter
from fairapp.store.duties_queries import people_of
from fairapp.store.fairs import Fair
from fairapp.usecases.duties import duties_of


def facts_of_owed(
    session: Session, fair: Fair, exhibitor_id: int, words: str, now: datetime
) -> dict[str, object]:
    """What the letter about everything owed says: the same for the letter and for its preview."""
    people = people_of(session, fair.id, [exhibitor_id])
    if not people.rows:  # nothing is asked any more of who has left
        return {"late": [], "due": []}
    person = people.rows[0]
    owed = told_in_letter(duties_of(session, fair, people, now)[exhibitor_id], now)
    return {
        "late": [_line(duty) for duty in owed if duty.state is DutyState.LATE],
        "due": [_line(duty) for duty in owed if duty.state is DutyState.DUE],
        "is_late": any(duty.state is DutyState.LATE for duty in owed),
        "reason": words,
        "organisation": person.name,
        "fair_names": fair.names,
        "zone": fair.timezone,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{person.application_id}/manual",
    }


def _line(duty: Duty) -> dict[str, object]:
    return {
        "names": dict(duty.names),
        "kind": duty.kind,
        "what": duty.what,
        "amount": duty.amount_minor,
        "currency": duty.currency,
        "due_at": duty.due_at,
    }
