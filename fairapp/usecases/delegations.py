"""Delegations as organisers make them and heads take them on: quota, deadline, invitation, lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email
from fairapp.rules.actors import Actor, Permission, Role
from fairapp.rules.delegations import (
    DELEGATION_STEPS,
    HEADS_STEPS,
    INVITATION_LASTS,
    LONGEST_NAME,
    MOST_BOOTHS,
    DelegationReason,
    DelegationState,
    DelegationStep,
    step_refusals,
)
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.producers import ProducerReason, invitation_token, token_digest
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.accounts import RoleGrant
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_queries import booths_asked, delegation_of, numbers_of, open_headship
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class DelegationDetails:
    """What an organiser says of a delegation."""

    names: dict[str, str]
    country: str
    province_code: str
    quota_booths: int
    list_until: datetime | None


@dataclass(frozen=True, slots=True)
class InviteHead:
    """Whose delegation it shall be; the letter speaks ``language``, its link is worked out of ``nonce``."""

    email: Email
    language: str
    nonce: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class MakeDelegation:
    """A new delegation with its head invited at once."""

    fair_id: int
    details: DelegationDetails
    head: InviteHead


def make_delegation(session: Session, actor: Actor, order: MakeDelegation, now: datetime) -> Delegation:
    """Keep a new delegation and promise the letter to its head.

    :raises Invalid: per field, why.
    """
    fair = session.get(Fair, order.fair_id)
    if fair is None:
        raise Missing
    require(actor, Permission.DELEGATION_EDIT, fair.id)
    made = Delegation(
        fair_id=fair.id, head_email="", invited_at=now, made_at=now, made_by_id=actor.account_id
    )
    made.fair, made.quota_booths, made.names = fair, 0, {}
    with session.no_autoflush:
        _put_details(session, made, order.details)
        session.add(made)
    _invite(session, made, order.head, now)
    audit.record(
        session, actor, "delegation.made", now, fair_id=fair.id, delegation=made.id, quota=made.quota_booths
    )
    return made


def change_delegation(
    session: Session, actor: Actor, delegation_id: int, details: DelegationDetails, now: datetime
) -> Delegation:
    """New names, quota or deadline; a quota below what the list asks for is refused.

    :raises Invalid: per field, why.
    """
    kept = delegation_of(session, actor, delegation_id, lock=True)
    require(actor, Permission.DELEGATION_EDIT, kept.fair_id)
    before = kept.quota_booths
    _put_details(session, kept, details)
    audit.record(
        session,
        actor,
        "delegation.changed",
        now,
        fair_id=kept.fair_id,
        delegation=kept.id,
        quota=[before, kept.quota_booths],
    )
    return kept


def invite_head(
    session: Session, actor: Actor, delegation_id: int, order: InviteHead, now: datetime
) -> Delegation:
    """Ask somebody to head the delegation: the last letter's link ends, a head of now stays until then."""
    kept = delegation_of(session, actor, delegation_id, lock=True)
    require(actor, Permission.DELEGATION_EDIT, kept.fair_id)
    if kept.state is DelegationState.CLOSED:
        raise Refused(DelegationReason.CLOSED)
    _invite(session, kept, order, now)
    audit.record(session, actor, "delegation.head_invited", now, fair_id=kept.fair_id, delegation=kept.id)
    return kept


def accept_headship(session: Session, actor: Actor, token: str, now: datetime) -> Delegation:
    """Head the delegation from now on; the link works once, for whoever was given it.

    :raises Refused: when it was used, taken back or is too old.
    """
    if actor.account_id is None:
        raise NotAllowed
    kept = open_headship(session, token, lock=True)
    if kept is None or now > kept.invited_at + INVITATION_LASTS or kept.state is DelegationState.CLOSED:
        raise Refused(DelegationReason.LINK_ENDED)
    kept.digest, kept.head_id = None, actor.account_id
    kept.state = DELEGATION_STEPS.get((kept.state, DelegationStep.ACCEPT), kept.state)
    _grant(session, actor.account_id, kept.fair_id, now)
    session.flush()
    audit.record(session, actor, "delegation.head_accepted", now, fair_id=kept.fair_id, delegation=kept.id)
    return kept


def step_delegation(
    session: Session, actor: Actor, delegation_id: int, step: DelegationStep, now: datetime
) -> Delegation:
    """Lock the list, open it again, or close the delegation.

    :raises Refused: with every reason why not.
    """
    kept = delegation_of(session, actor, delegation_id, lock=True)
    is_head = kept.head_id == actor.account_id and not actor.is_system
    if not (is_head and step in HEADS_STEPS):
        require(actor, Permission.DELEGATION_EDIT, kept.fair_id)
    numbers = numbers_of(session, [kept.id])[kept.id]
    may_lock_early = actor.may(Permission.DELEGATION_EDIT, kept.fair_id)
    reasons = step_refusals(kept.state, step, numbers, by_head=not may_lock_early)
    if step is DelegationStep.ACCEPT:  # only its letter's link does that
        reasons = (DelegationReason.NOT_FROM_HERE,)
    if reasons:
        raise Refused(*reasons, left=numbers.producers - numbers.endorsed)
    kept.state = DELEGATION_STEPS[kept.state, step]
    if step is DelegationStep.CLOSE:
        kept.digest = None
    audit.record(session, actor, f"delegation.{step.value}", now, fair_id=kept.fair_id, delegation=kept.id)
    return kept


def _put_details(session: Session, kept: Delegation, said: DelegationDetails) -> None:
    asked = 0 if kept.id is None else booths_asked(session, kept.id)
    wrong: dict[str, object] = {}
    names: dict[str, str] = {}
    for language, name in said.names.items():
        try:
            names[language] = clean(name, longest=LONGEST_NAME)
        except TextRefused as refused:
            wrong[f"name_{language}"] = Shape.TOO_LONG if refused.longest else refused.reason
    names = {language: name for language, name in names.items() if name}
    if not names and not wrong:
        wrong["name_vi"] = Shape.REQUIRED
    if not places.is_country(said.country):
        wrong["country"] = ProducerReason.UNKNOWN_COUNTRY
    province = places.province(said.province_code) if said.country == "VN" and said.province_code else None
    if said.country == "VN" and said.province_code and province is None:
        wrong["province"] = ProducerReason.UNKNOWN_PROVINCE
    if not 1 <= said.quota_booths <= MOST_BOOTHS:
        wrong["quota"] = DelegationReason.WRONG_QUOTA
    elif said.quota_booths < asked:
        wrong["quota"] = DelegationReason.QUOTA_BELOW_LIST
    until = kept.fair.apply_until
    if said.list_until is not None and until is not None and said.list_until > until:
        wrong["list_until"] = DelegationReason.LIST_AFTER_APPLICATIONS
    if wrong:
        raise Invalid(**wrong)  # type: ignore[arg-type]
    kept.names, kept.country = names, said.country
    kept.province_code = None if province is None else province.code
    kept.quota_booths, kept.list_until = said.quota_booths, said.list_until


def _invite(session: Session, kept: Delegation, order: InviteHead, now: datetime) -> None:
    kept.head_email, kept.language, kept.invited_at = order.email.address, order.language, now
    kept.digest = token_digest(invitation_token(order.secret, order.nonce))
    session.flush()
    outbox.post(session, "mail.head_invited", now, delegation_id=kept.id, nonce=order.nonce)


def _grant(session: Session, account_id: int, fair_id: int, now: datetime) -> None:
    """The role by which a head begins at its delegations; a second delegation needs no second one."""
    held = session.scalar(
        select(RoleGrant.id).where(
            RoleGrant.account_id == account_id,
            RoleGrant.role == Role.DELEGATION_HEAD,
            RoleGrant.fair_id == fair_id,
        )
    )
    if held is None:
        session.add(
            RoleGrant(account_id=account_id, role=Role.DELEGATION_HEAD, fair_id=fair_id, granted_at=now)
        )
