"""The letters about an application: what happened, why, what comes next until when; and what falls due."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from fairapp.config import Settings
from fairapp.jobs.work import Letter, LetterJob, PeriodicJob, Work
from fairapp.rules.applications import State, Step
from fairapp.rules.waiting_list import OfferState, WaitingSettings
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import (
    WaitingOffer,
    offers_run_out,
    place_in_line,
    unconfirmed,
)
from fairapp.store.base import reading, transaction
from fairapp.store.fairs_queries import fairs_ahead
from fairapp.store.producers import Organisation
from fairapp.usecases.applications_letters import TEMPLATE, facts_of_step, who_reads
from fairapp.usecases.applications_waiting import expire_offer, lapse


def application_step(work: Work, *, application_id: int, step: str) -> list[Letter]:
    """Tell everybody who acts for the organisation, each in their language."""
    application = work.session.get(Application, application_id)
    if application is None:
        return []
    facts = facts_of_step(application, Step(step), application.reason, application.reason_fields)
    return letters_about(work, application, TEMPLATE, facts)


def waiting_offer(work: Work, *, offer_id: int) -> list[Letter]:
    """Say what is offered until when; or that the offer has ended, and where the applicant stands now.

    One that ended because its application left the list needs no letter: the step has its own.
    """
    offer = work.session.get(WaitingOffer, offer_id)
    if offer is None or offer.application.state is not State.WAITLISTED:
        return []
    application, booth = offer.application, offer.booth
    fair, organisation = application.fair, application.organisation
    facts = {
        "state": offer.state.value,
        "is_open": offer.state is OfferState.OPEN,
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "booth": "" if booth is None else booth.code,
        "hall_names": {} if booth is None else booth.hall.names,
        "hall": "" if booth is None else booth.hall.code,
        "area": None if booth is None else booth.area_m2,
        "until": offer.expires_at,
        "zone": fair.timezone,
        "place": place_in_line(work.session, application)[0],
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "organisation": organisation.name,
        "path": f"/me/applications/{application.id}",
    }
    return letters_about(work, application, "applications/waiting_offer", facts)


def end_old_offers(settings: Settings, now: datetime) -> int:
    """Let every offer expire whose time is up; each goes on to the next in line."""
    ended = 0
    for offer_id, application_id in offers_run_out(reading(), now):
        with transaction() as session:
            ended += expire_offer(session, application_id, offer_id, now)
    return ended


def let_lapse(settings: Settings, now: datetime) -> int:
    """Let every acceptance lapse that was not confirmed in its time."""
    session, late = reading(), list[int]()
    for fair in fairs_ahead(session, now.date()):
        if days := WaitingSettings.of(fair.settings).confirm_days:
            late += unconfirmed(session, fair.id, now - timedelta(days=days))
    lapsed = 0
    for application_id in late:
        with transaction() as session:
            lapsed += lapse(session, application_id, now)
    return lapsed


def letters_about(
    work: Work, application: Application, template: str, facts: Mapping[str, object]
) -> list[Letter]:
    """One letter for each reader of the application's organisation."""
    return letters_to(work, application.fair_id, application.organisation, template, facts)


def letters_to(
    work: Work, fair_id: int, organisation: Organisation, template: str, facts: Mapping[str, object]
) -> list[Letter]:
    """One letter of the fair for each reader of the organisation, in their language."""
    return [
        Letter(template, to, language, facts, fair_id, organisation.id)
        for to, language in readers_of(work, organisation)
    ]


def readers_of(work: Work, organisation: Organisation) -> list[tuple[str, str]]:
    """(address, language) of everybody who reads the organisation's letters."""
    return who_reads(work.session, organisation)


LETTERS: dict[str, LetterJob] = {
    "mail.application_step": application_step,
    "mail.waiting_offer": waiting_offer,
}
PERIODIC: dict[str, PeriodicJob] = {"waiting_offers": end_old_offers, "unconfirmed": let_lapse}
