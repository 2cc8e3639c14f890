"""Who may do what: accounts added by hand, roles granted and taken back, each kept in the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.rules.accounts import AccountReason, grant_faults
from fairapp.rules.actors import Actor, Permission, Role
from fairapp.rules.errors import Missing, Refused
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.accounts_queries import account_called
from fairapp.store.base import LOCK
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class AddAccount:
    """An account that needs no letter: whoever adds it vouches for the address."""

    email: Email
    name: str
    password_hash: str = field(repr=False)
    language: str = "vi"
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class GrantRole:
    """A role for the account of an address, in one fair or (where the role has none) in all."""

    email_folded: str
    role: Role
    fair_id: int | None


def add_account(session: Session, actor: Actor, order: AddAccount, now: datetime) -> tuple[Account, bool]:
    """Open an account at once; one that is already there is answered as it is, with False.

    :raises NotAllowed: unless the actor manages accounts.
    """
    require(actor, Permission.ACCOUNTS_MANAGE)
    found = account_called(session, order.email.folded, for_update=True)
    if found is not None and found.confirmed_at is not None:
        return found, False
    account = found or Account(email_folded=order.email.folded, created_at=now)
    account.email, account.name, account.language = order.email.address, order.name, order.language
    account.password_hash, account.confirmed_at = order.password_hash, now
    account.epoch = (account.epoch or 0) + 1
    account.is_demo = order.is_demo
    session.add(account)
    session.flush()
    audit.record(session, actor, "account.added", now, account_id=account.id)
    return account, True


def grant_role(session: Session, actor: Actor, order: GrantRole, now: datetime) -> RoleGrant:
    """Grant the role and tell its holder by letter.

    :raises Refused: with every reason: not the actor's to grant, nobody there, granted already.
    """
    if faults := grant_faults(actor, order.role, order.fair_id):
        raise Refused(*faults)
    account = account_called(session, order.email_folded, for_update=True)
    if account is None or account.confirmed_at is None:
        raise Refused(AccountReason.NOBODY_THERE)
    if _held(session, account.id, order.role, order.fair_id) is not None:
        raise Refused(AccountReason.GRANTED_ALREADY)
    grant = RoleGrant(account_id=account.id, role=order.role, fair_id=order.fair_id, granted_at=now)
    grant.account = account
    session.add(grant)
    session.flush()
    facts = {"account_id": account.id, "role": order.role.value}
    outbox.post(session, "mail.role_granted", now, **facts, fair_id=order.fair_id)
    audit.record(session, actor, "role.granted", now, fair_id=order.fair_id, **facts)
    return grant


def revoke_role(
    session: Session, actor: Actor, grant_id: int, fair_id: int | None, now: datetime
) -> RoleGrant:
    """Take a role back; ``fair_id`` names the fair on whose page it was pressed (None: the administrator's).

    :raises Missing: when there is no such grant in that fair.
    :raises Refused: when it is not the actor's to take, their own, or that of the last administrator.
    """
    administrators = _administrators(session)
    grant = session.get(RoleGrant, grant_id, with_for_update=LOCK, populate_existing=True)
    if grant is None or (fair_id is not None and grant.fair_id != fair_id):
        raise Missing
    reasons = list(grant_faults(actor, grant.role, grant.fair_id))
    reasons = [reason for reason in reasons if reason is not AccountReason.NEEDS_A_FAIR]
    if grant.account_id == actor.account_id and grant.role in (Role.ORGANISER, Role.ADMINISTRATOR):
        reasons.append(AccountReason.OWN_ROLE)
    if grant.role is Role.ADMINISTRATOR and len(administrators) <= 1:
        reasons.append(AccountReason.LAST_ADMINISTRATOR)
    if reasons:
        raise Refused(*reasons)
    facts = {"account_id": grant.account_id, "role": grant.role.value}
    session.delete(grant)
    audit.record(session, actor, "role.revoked", now, fair_id=grant.fair_id, **facts)
    return grant


def _held(session: Session, account_id: int, role: Role, fair_id: int | None) -> RoleGrant | None:
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.account_id == account_id,
            RoleGrant.role == role,
            RoleGrant.fair_id == fair_id if fair_id is not None else RoleGrant.fair_id.is_(None),
        )
    )


def _administrators(session: Session) -> Sequence[int]:
    """The grants of open administrators; locked, so that no two take each other out at once."""
    held = (
        select(RoleGrant.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.fair_id.is_(None), Account.closed_at.is_(None))
        .order_by(RoleGrant.id)
        .with_for_update(of=RoleGrant, **LOCK)
    )
    return session.scalars(held).all()
