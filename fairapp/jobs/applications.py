"""The letter about a step of an application: what happened, why, and what comes next until when."""

from __future__ import annotations

from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.applications import Part, Step
from fairapp.store.applications import Application
from fairapp.store.badges_lists import members_of
from fairapp.store.producers import Organisation


def application_step(work: Work, *, application_id: int, step: str) -> list[Letter]:
    """Tell everybody who acts for the organisation, each in their language."""
    application = work.session.get(Application, application_id)
    if application is None:
        return []
    fair, organisation = application.fair, application.organisation
    facts = {
        "step": Step(step).value,
        "reason": application.reason if step in ("return", "decline", "cancel", "waitlist", "accept") else "",
        "parts": [Part(each) for each in application.reason_fields] if step == "return" else [],
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "until": fair.apply_until,
        "badges_until": fair.badges_until,
        "zone": fair.timezone,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "organisation": organisation.name,
        "path": f"/me/applications/{application.id}",
    }
    return [
        Letter("applications/step", to, language, facts) for to, language in readers_of(work, organisation)
    ]


def readers_of(work: Work, organisation: Organisation) -> list[tuple[str, str]]:
    """(address, language) of its members; of the organisation itself where nobody acts for it yet."""
    readers = [(account.email, account.language) for account in members_of(work.session, organisation.id)]
    if not readers and organisation.email:
        readers = [(organisation.email, organisation.name_language)]
    return readers


LETTERS: dict[str, LetterJob] = {"mail.application_step": application_step}
