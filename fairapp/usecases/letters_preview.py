"""What a letter would say to a real exhibitor: the facts of its application as they stand now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.applications import Part, State
from fairapp.rules.billing import InvoiceKind, number_text
from fairapp.rules.documents import DocumentKind
from fairapp.rules.letters import KINDS, LetterEvent, Place
from fairapp.rules.questions import Phase
from fairapp.rules.review_settings import ReviewSettings
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.applications_review import booths_of_applications
from fairapp.store.badges_lists import members_of
from fairapp.store.badges_queries import badges_of
from fairapp.store.billing import Invoice
from fairapp.store.billing_queries import instalments_of
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_queries import delegations_in
from fairapp.store.fairs import Booth, Fair
from fairapp.store.manual_queries import tasks_of
from fairapp.store.partners_queries import partners_of
from fairapp.store.producers import Organisation
from fairapp.usecases.duties_letters import facts_of_owed

Facts = dict[str, object]


def facts_about(application: Application) -> Facts:
    """What every letter to the applicant may name."""
    fair = application.fair
    return {
        "organisation": application.organisation.name,
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "zone": fair.timezone,
        "until": fair.apply_until,
        "badges_until": fair.badges_until,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{application.id}",
    }


def facts_of_mailing(
    fair: Fair, organisation: Organisation, application_id: int | None, booth: Booth | None
) -> Facts:
    """What a letter to many may name; who has not applied is led to the fair's own page."""
    facts: Facts = {
        "organisation": organisation.name,
        "fair_names": fair.names,
        "venue_names": fair.venue_names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/f/{fair.code}" if application_id is None else f"/me/applications/{application_id}",
    }
    if booth is not None:
        facts |= {"code": booth.code, "hall_code": booth.hall.code, "hall_names": booth.hall.names}
    return facts


def facts_for_preview(
    session: Session, application: Application, event: LetterEvent, reason: str, now: datetime
) -> Facts:
    """The facts of the event's letter, as far as the exhibitor has what it is about; ``reason``: words that
    stand for the organiser's."""
    exhibitor = exhibitor_from(session, application.id)
    facts: Facts = {
        **facts_about(application),
        "reason": application.reason or reason,
        "parts": [Part(each) for each in application.reason_fields] or list(Part)[:2],
        "phase": Phase.DETAILS,
        "kind": next(iter(DocumentKind)),
        "place": 1,
    }
    facts |= _of_booth(session, application) | _of_money(session, exhibitor)
    facts |= _of_event(session, application, event)
    if KINDS[event].template == "manual/owed" and exhibitor is not None:
        facts |= facts_of_owed(session, application.fair, exhibitor.id, reason, now)
    if event is LetterEvent.BADGES_APPROVED and exhibitor is not None:
        facts["names"] = [badge.name for badge in badges_of(session, exhibitor.id)]
    elif Place.DELEGATION in KINDS[event].places and application.delegation_id is not None:
        facts["names"] = session.get_one(Delegation, application.delegation_id).names
    return {**facts, **KINDS[event].when}


def _of_event(session: Session, application: Application, event: LetterEvent) -> Facts:
    """What only letters of this event tell; names of people and things stand for those to come."""
    fair, people = application.fair, members_of(session, application.organisation_id)
    facts: Facts = {"reader": people[0].name if people else application.organisation.name}
    if event in (LetterEvent.FAIR_CANCELLED, LetterEvent.FAIR_POSTPONED):
        facts |= {"office": fair.organiser_names, "path": f"/f/{fair.code}"}
    elif event in (LetterEvent.REVIEWS_COMING, LetterEvent.REVIEWS_LATE):
        facts |= {"count": 2, "until": ReviewSettings.of(fair.settings).until}
        facts["path"] = f"/o/{fair.code}/reviews"
    elif event is LetterEvent.HEAD_INVITED:
        one = session.scalar(delegations_in(fair.id).order_by(Delegation.id).limit(1))
        facts |= {"count": 10, "path": "/d/invitations/…", "expires_at": fair.starts_on}
        facts["names"] = {} if one is None else one.names
    elif KINDS[event].template.startswith("partners/"):
        exhibitor = exhibitor_from(session, application.id)
        partners = partners_of(session, exhibitor.id) if exhibitor else ()
        facts["partner"] = partners[0].name if partners else application.organisation.name
    elif KINDS[event].template == "manual/returned":
        tasks = tasks_of(session, fair.id)
        facts["task_names"] = tasks[0].names if tasks else {}
    return facts


def _of_booth(session: Session, application: Application) -> Facts:
    booths = booths_of_applications(session, [application.id]).get(application.id, [])
    if not booths:
        return {}
    booth = booths[0]
    return {
        "code": booth.code,
        "before": booth.code,
        "hall_code": booth.hall.code,
        "hall_names": booth.hall.names,
        "area": booth.area_m2,
        "may_confirm": application.state is State.ACCEPTED,
        "booth_path": f"/B/{booth.short_code}",
    }


def _of_money(session: Session, exhibitor: Exhibitor | None) -> Facts:
    """Of the latest invoice that was issued to it."""
    if exhibitor is None:
        return {}
    invoice = session.scalar(
        select(Invoice)
        .where(Invoice.exhibitor_id == exhibitor.id, Invoice.number.is_not(None))
        .where(Invoice.kind == InvoiceKind.INVOICE)
        .order_by(Invoice.id.desc())
        .limit(1)
    )
    if invoice is None:
        return {}
    instalments = instalments_of(session, [invoice.id])
    facts: Facts = {
        "number": number_text(exhibitor.fair.code, invoice.kind, invoice.number),
        "gross": invoice.gross_minor,
        "currency": invoice.currency,
        "instalments": instalments,
        "seller": invoice.seller,
    }
    if instalments:
        last = next((each for each in instalments if each.open_minor > 0), instalments[-1])
        facts |= {"due_on": last.due_on, "reference": last.reference}
    return facts
