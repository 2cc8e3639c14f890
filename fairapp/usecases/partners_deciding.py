"""Approve a partner, or refuse it: an approved co-exhibitor becomes an exhibitor of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email, email
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import Obstacle
from fairapp.rules.errors import Refused
from fairapp.rules.partners import (
    STEPS,
    PartnerKind,
    PartnerRefusal,
    PartnerSettings,
    PartnerState,
    PartnerStep,
    step_refusals,
)
from fairapp.rules.producers import OrganisationKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.allocation_queries import exhibitor_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.partners import Partner
from fairapp.store.partners_queries import (
    brought_before,
    has_members,
    organisation_with_code,
    partner_of,
)
from fairapp.store.producers import Organisation
from fairapp.store.producers_queries import open_invitations
from fairapp.usecases import audit, outbox
from fairapp.usecases.exchange_records import language_of
from fairapp.usecases.leaving import end_partner, leave_if_alone
from fairapp.usecases.partnering import crowd_facts, crowd_of, floor_of, place_at_all, take_from_all
from fairapp.usecases.permission import deputy, require
from fairapp.usecases.producers import EditOrganisation, Identity, Story, begin_profile, edit_organisation
from fairapp.usecases.producers_members import InviteMember, invite_member
from fairapp.usecases.producers_products import KeepProduct, keep_product


@dataclass(frozen=True, slots=True)
class Secrets:
    """What makes the link of an invitation: chance, and the house's own secret."""

    nonce: str
    secret: str


@dataclass(frozen=True, slots=True)
class DecidePartner:
    """Approve (``reason`` empty) or refuse a partner of an exhibitor."""

    exhibitor_id: int
    partner_id: int
    step: PartnerStep
    reason: str = ""


def decide_partner(
    session: Session, actor: Actor, order: DecidePartner, secrets: Secrets, now: datetime
) -> Partner:
    """Approve the partner with all that follows, or refuse it with a reason; its main exhibitor reads it.

    :raises Refused: from the wrong state, without a reason, or when not all fit the stand.
    """
    main = exhibitor_of(session, actor, order.exhibitor_id)
    require(actor, Permission.APPLICATION_DECIDE, main.fair_id)
    partner = partner_of(session, main.id, order.partner_id)
    if reasons := step_refusals(partner.state, order.step, order.reason):
        raise Refused(*reasons)
    if main.left_at is not None:
        raise Refused(PartnerRefusal.NOT_ADMITTED)
    if order.step is PartnerStep.APPROVE:
        approve(session, actor, main, partner, secrets, now)
    else:
        drop(session, actor, main, partner, order.step, now, order.reason)
        partner.reason = order.reason
        partner.ended_at = None  # it can still be put right
    partner.decided_at, partner.decided_by_id = now, actor.account_id
    tell(session, actor, main, partner, order.step, now)
    outbox.post(session, "mail.partner_decided", now, partner_id=partner.id)
    return partner


def approve(
    session: Session, actor: Actor, main: Exhibitor, partner: Partner, secrets: Secrets, now: datetime
) -> None:
    """The partner counts: a co-exhibitor is admitted to the fair and stands wherever the main one stands.

    :raises Refused: when not all of them fit the stand.
    """
    partner.state, partner.reason = STEPS[partner.state, PartnerStep.APPROVE], ""
    if partner.kind is PartnerKind.REPRESENTED:
        session.flush()
        return
    guest = _admitted(session, actor, main, partner, now)
    partner.partner_exhibitor = guest
    session.flush()
    crowd, floor_m2 = crowd_of(session, main), floor_of(session, main)
    if not crowd.fits(floor_m2):
        raise Refused(Obstacle.COMPANIES_DO_NOT_FIT, **crowd_facts(crowd, floor_m2))
    place_at_all(session, main, now)
    _invite(session, actor, guest.organisation, partner, secrets, now)


def drop(
    session: Session,
    actor: Actor,
    main: Exhibitor,
    partner: Partner,
    step: PartnerStep,
    now: datetime,
    reason: str = "",
) -> None:
    """End the partner's places and its fee; who has nothing else at the fair leaves it."""
    guest = partner.partner_exhibitor if partner.state is PartnerState.APPROVED else None
    end_partner(session, actor, partner, step, now)
    if guest is not None:
        take_from_all(session, main, guest.id)
        leave_if_alone(session, actor, guest, now, reason or step.value)


def tell(
    session: Session, actor: Actor, main: Exhibitor, partner: Partner, step: PartnerStep | str, now: datetime
) -> None:
    """Write what was done to a partner into the audit."""
    audit.record(
        session,
        actor,
        f"partner.{step.value if isinstance(step, PartnerStep) else step}",
        now,
        fair_id=main.fair_id,
        exhibitor=main.id,
        partner=partner.id,
        kind=partner.kind.value,
    )


def _admitted(session: Session, actor: Actor, main: Exhibitor, partner: Partner, now: datetime) -> Exhibitor:
    """The exhibitor that the partner is or becomes; a known organisation keeps its own profile.

    :raises Refused: when it is the main exhibitor itself, or named by it already.
    """
    organisation = _known(session, main, partner) or _new(session, actor, main.fair, partner, now)
    if organisation.id == main.organisation_id:
        raise Refused(PartnerRefusal.ITSELF)
    guest = session.scalar(
        select(Exhibitor)
        .where(Exhibitor.fair_id == main.fair_id, Exhibitor.organisation_id == organisation.id)
        .with_for_update(of=Exhibitor, **LOCK)
        .execution_options(populate_existing=True)
    )
    if guest is None:
        guest = Exhibitor(
            fair_id=main.fair_id,
            organisation_id=organisation.id,
            fascia_name=organisation.name[:80],
            admitted_at=now,
        )
        guest.fair, guest.organisation = main.fair, organisation
        session.add(guest)
        session.flush()
    elif guest.left_at is not None:
        guest.left_at, guest.application_id, guest.admitted_at = None, None, now
    twice = select(Partner.id).where(
        Partner.exhibitor_id == main.id,
        Partner.partner_exhibitor_id == guest.id,
        Partner.state == PartnerState.APPROVED,
        Partner.id != partner.id,
    )
    if session.scalar(twice) is not None:
        raise Refused(PartnerRefusal.NAMED_ALREADY)
    return guest


def _known(session: Session, main: Exhibitor, partner: Partner) -> Organisation | None:
    """Whoever it was when approved before, whoever has its tax code, or came with the same exhibitor."""
    if partner.partner_exhibitor is not None:
        return partner.partner_exhibitor.organisation
    if partner.tax_code is not None:
        return organisation_with_code(session, partner.country, partner.tax_code)
    return brought_before(session, main.organisation_id, partner.name_key, partner.country)


def _new(session: Session, actor: Actor, fair: Fair, partner: Partner, now: datetime) -> Organisation:
    """A profile of what its main exhibitor told; its own people complete it."""
    written_in = language_of(partner.name, partner.country)
    identity = Identity(
        kind=OrganisationKind.ENTERPRISE,
        name=partner.name,
        name_latin=partner.name_latin,
        name_language=written_in,
        country=partner.country,
        tax_number=partner.tax_code,
    )
    made = begin_profile(session, actor, identity, now)
    house = deputy(actor, made.id)
    made.place, made.email = partner.place, partner.email
    if partner.texts:
        story = Story(dict(partner.texts))
        edit_organisation(session, house, EditOrganisation(made.id, made.version, story), now)
    language = written_in if written_in in ("vi", "en") else "native"
    for name in partner.products:
        names = {language: str(name)}
        product = KeepProduct(made.id, names, {}, fair.scheme, partner.group_code)
        keep_product(session, house, product, now)
    return made


def _invite(
    session: Session,
    actor: Actor,
    organisation: Organisation,
    partner: Partner,
    secrets: Secrets,
    now: datetime,
) -> None:
    """Ask somebody of the co-exhibitor to complete its profile, where nobody does yet."""
    if partner.email is None or has_members(session, organisation.id):
        return
    to = email(partner.email)
    if isinstance(to, Email) and not open_invitations(session, organisation.id, now):
        language = "vi" if partner.country == "VN" else "en"
        order = InviteMember(organisation.id, to, language, secrets.nonce, secrets.secret)
        invite_member(session, deputy(actor, organisation.id), order, now)


def keep_partner_settings(
    session: Session, actor: Actor, fair_id: int, settings: PartnerSettings, now: datetime
) -> None:
    """Keep how the fair takes partners; whoever stands already stays."""
    require(actor, Permission.FAIR_EDIT, fair_id)
    fair = session.get_one(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    fair.settings = {**fair.settings, "partners": settings.kept()}
    audit.record(session, actor, "partner.settings", now, fair_id=fair.id, **settings.kept())
