"""What the letter about a step of an application says: the same for the letter and for its preview."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from fairapp.rules.applications import Part, Step
from fairapp.store.applications import Application
from fairapp.store.badges_lists import members_of
from fairapp.store.producers import Organisation

TEMPLATE = "applications/step"
SAID_IN = frozenset({Step.RETURN, Step.DECLINE, Step.CANCEL, Step.WAITLIST, Step.ACCEPT})
"""The steps whose letter carries the organiser's words."""


def facts_of_step(
    application: Application, step: Step, reason: str, fields: Iterable[str] = ()
) -> dict[str, object]:
    """What the template of the letter needs, whether the step was taken or is only prepared."""
    fair = application.fair
    return {
        "step": step.value,
        "reason": reason if step in SAID_IN else "",
        "parts": [Part(each) for each in fields] if step is Step.RETURN else [],
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "until": fair.apply_until,
        "badges_until": fair.badges_until,
        "zone": fair.timezone,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "organisation": application.organisation.name,
        "path": f"/me/applications/{application.id}",
    }


def who_reads(session: Session, organisation: Organisation) -> list[tuple[str, str]]:
    """(address, language) of its members; of the organisation itself where nobody acts for it yet."""
    readers = [(account.email, account.language) for account in members_of(session, organisation.id)]
    if not readers and organisation.email:
        readers = [(organisation.email, organisation.name_language)]
    return readers
