"""Who acts for an organisation: invited by letter, joining, leaving, removed by each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.producers import (
    INVITATION_LASTS,
    MOST_INVITATIONS,
    ProducerReason,
    invitation_token,
    token_digest,
)
from fairapp.store.producers import Invitation, Membership
from fairapp.store.producers_queries import members_of, open_invitation, open_invitations, organisation_of
from fairapp.usecases import audit, outbox


@dataclass(frozen=True, slots=True)
class InviteMember:
    """Somebody shall act for the organisation too; their letter speaks ``language``."""

    organisation_id: int
    email: Email
    language: str
    nonce: str
    secret: str = field(repr=False)


def invite_member(session: Session, actor: Actor, order: InviteMember, now: datetime) -> Invitation:
    """Promise a letter with a link; only the digest of the link's secret is kept.

    :raises Refused: when they act for it already, were invited already, or too many letters are open.
    """
    organisation = organisation_of(session, actor, order.organisation_id, lock=True)
    folded = order.email.folded
    members = members_of(session, [organisation.id])
    waiting = open_invitations(session, organisation.id, now)
    against = {
        ProducerReason.MEMBER_ALREADY: any(each.account.email_folded == folded for each in members),
        ProducerReason.INVITED_ALREADY: any(each.email.casefold() == folded for each in waiting),
        ProducerReason.TOO_MANY_INVITATIONS: len(waiting) >= MOST_INVITATIONS,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons)
    invitation = Invitation(
        organisation_id=organisation.id,
        email=order.email.address,
        digest=token_digest(invitation_token(order.secret, order.nonce)),
        invited_by_id=actor.account_id,
        expires_at=now + INVITATION_LASTS,
    )
    session.add(invitation)
    session.flush()
    outbox.post(
        session,
        "mail.member_invited",
        now,
        invitation_id=invitation.id,
        nonce=order.nonce,
        language=order.language,
    )
    audit.record(
        session, actor, "member.invited", now, organisation_id=organisation.id, invitation_id=invitation.id
    )
    return invitation


def accept_invitation(session: Session, actor: Actor, token: str, now: datetime) -> Membership:
    """Act for the organisation from now on; the link works once, for whoever was given it.

    :raises Refused: when it was used, taken back or is too old.
    """
    if actor.account_id is None:
        raise NotAllowed
    invitation = open_invitation(session, token, now, lock=True)
    if invitation is None:
        raise Refused(ProducerReason.INVITATION_ENDED)
    there = select(Membership).where(
        Membership.organisation_id == invitation.organisation_id, Membership.account_id == actor.account_id
    )
    joined = session.scalar(there)
    if joined is None:
        joined = Membership(
            organisation_id=invitation.organisation_id, account_id=actor.account_id, since=now
        )
        session.add(joined)
    invitation.answered_at = now
    session.flush()
    audit.record(session, actor, "member.joined", now, organisation_id=invitation.organisation_id)
    return joined


def withdraw_invitation(
    session: Session, actor: Actor, organisation_id: int, invitation_id: int, now: datetime
) -> None:
    """Take an unanswered invitation back: its link ends."""
    organisation = organisation_of(session, actor, organisation_id, lock=True)
    waiting = {each.id: each for each in open_invitations(session, organisation.id, now)}
    if invitation_id not in waiting:
        raise Missing
    waiting[invitation_id].expires_at = now
    audit.record(
        session,
        actor,
        "member.invitation_withdrawn",
        now,
        organisation_id=organisation.id,
        invitation_id=invitation_id,
    )


def remove_member(
    session: Session, actor: Actor, organisation_id: int, account_id: int, now: datetime
) -> None:
    """End somebody's membership, one's own too; an organisation never stays without anybody.

    :raises Missing: when they do not act for it.
    :raises Refused: when they are the last.
    """
    organisation = organisation_of(session, actor, organisation_id, lock=True)
    members = {each.account_id: each for each in members_of(session, [organisation.id])}
    if account_id not in members:
        raise Missing
    if len(members) == 1:
        raise Refused(ProducerReason.LAST_MEMBER)
    session.delete(members[account_id])
    what = "member.left" if account_id == actor.account_id else "member.removed"
    audit.record(session, actor, what, now, organisation_id=organisation.id, member_id=account_id)
    if account_id != actor.account_id:
        outbox.post(
            session, "mail.member_removed", now, organisation_id=organisation.id, account_id=account_id
        )
