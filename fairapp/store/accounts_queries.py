"""Accounts as they are looked for: by address, by link, by role, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.accounts import FairDays, Purpose, token_digest
from fairapp.rules.actors import Role
from fairapp.rules.text import search_terms
from fairapp.store.accounts import Account, Consent, MailedLink, RoleGrant
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.producers import Membership, Organisation

PAGE_LENGTH = 50


def account_called(session: Session, email_folded: str, *, for_update: bool = False) -> Account | None:
    """The open account of this address; a closed one is nobody's any more."""
    query = select(Account).where(Account.email_folded == email_folded, Account.closed_at.is_(None))
    if for_update:
        query = query.with_for_update(**LOCK).execution_options(populate_existing=True)
    return session.scalar(query)


def address_is_taken(session: Session, email_folded: str) -> bool:
    """Whether any account, closed or not, has the address."""
    return bool(session.scalar(select(exists().where(Account.email_folded == email_folded))))


def open_link(
    session: Session, purpose: Purpose, token: str, now: datetime, *, for_update: bool = False
) -> MailedLink | None:
    """The link of this token while it may be used, with its account; ``for_update`` lets one in at a time."""
    query = (
        select(MailedLink)
        .join(MailedLink.account)
        .where(MailedLink.digest == token_digest(token), MailedLink.purpose == purpose.value)
        .where(MailedLink.used_at.is_(None), MailedLink.expires_at > now, Account.closed_at.is_(None))
        .options(joinedload(MailedLink.account, innerjoin=True))
    )
    if for_update:
        query = query.with_for_update(**LOCK).execution_options(populate_existing=True)
    return session.scalar(query)


def end_links(session: Session, account_id: int, now: datetime, purpose: Purpose | None = None) -> None:
    """Use up the account's open links, of one purpose or of all."""
    ended = update(MailedLink).where(MailedLink.account_id == account_id, MailedLink.used_at.is_(None))
    if purpose is not None:
        ended = ended.where(MailedLink.purpose == purpose.value)
    session.execute(ended.values(used_at=now))


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Some of the accounts that were looked for, with their grants and the fairs of these."""

    accounts: Sequence[Account]
    grants: dict[int, list[tuple[Role, Fair | None]]]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE_LENGTH))

    @property
    def first(self) -> int:
        """The number of the first row shown, from 1."""
        return (self.number - 1) * PAGE_LENGTH + 1 if self.accounts else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.accounts) - 1 if self.accounts else 0


def account_page(session: Session, query: str, role: Role | None, number: int) -> AccountPage:
    """One page of open accounts, by name: every word of ``query`` stands in the name or the address."""
    where: list[ColumnElement[bool]] = [Account.closed_at.is_(None)]
    if "@" in query:
        typed = query.strip().casefold()
        where.append(Account.email_folded.contains(typed, autoescape=True))
    else:
        for term in search_terms(query):
            where.append(
                or_(Account.name_folded.contains(term, autoescape=True), Account.email_folded.contains(term))
            )
    if role is not None:
        where.append(exists().where(RoleGrant.account_id == Account.id, RoleGrant.role == role))
    total = session.scalar(select(func.count()).select_from(Account).where(and_(*where))) or 0
    number = max(1, min(number, -(-total // PAGE_LENGTH)))
    found = session.scalars(
        select(Account)
        .where(and_(*where))
        .order_by(Account.name_folded, Account.id)
        .limit(PAGE_LENGTH)
        .offset((number - 1) * PAGE_LENGTH)
    ).all()
    return AccountPage(found, _grants(session, [one.id for one in found]), number, total)


def _grants(session: Session, account_ids: Sequence[int]) -> dict[int, list[tuple[Role, Fair | None]]]:
    rows = session.execute(
        select(RoleGrant, Fair)
        .outerjoin(Fair, Fair.id == RoleGrant.fair_id)
        .where(RoleGrant.account_id.in_(account_ids))
        .order_by(Fair.code, RoleGrant.role)
    )
    held: dict[int, list[tuple[Role, Fair | None]]] = {}
    for grant, fair in rows:
        held.setdefault(grant.account_id, []).append((grant.role, fair))
    return held


def grants_of(session: Session, account_id: int) -> list[tuple[RoleGrant, Fair | None]]:
    """What the account is granted, with the fairs; grants in all fairs first."""
    rows = session.execute(
        select(RoleGrant, Fair)
        .outerjoin(Fair, Fair.id == RoleGrant.fair_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(RoleGrant.fair_id.is_not(None), Fair.code, RoleGrant.role)
    )
    return [(grant, fair) for grant, fair in rows]


def people_of(session: Session, fair_id: int) -> Sequence[RoleGrant]:
    """The grants in one fair with their open accounts, by name."""
    return session.scalars(
        select(RoleGrant)
        .join(RoleGrant.account)
        .where(RoleGrant.fair_id == fair_id, Account.closed_at.is_(None))
        .options(joinedload(RoleGrant.account, innerjoin=True))
        .order_by(Account.name_folded, Account.id, RoleGrant.role)
    ).all()


def consents_of(session: Session, account_id: int) -> Sequence[Consent]:
    """What the account agreed to, the latest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.account_id == account_id)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).all()


def organisations_of(session: Session, account_id: int) -> Sequence[Organisation]:
    """The organisations for which the account acts, by name."""
    return session.scalars(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == account_id)
        .order_by(Organisation.name_key, Organisation.id)
    ).all()


def fair_days(session: Session, fair_ids: Sequence[int] | None) -> list[FairDays]:
    """The days of these fairs, or (None) of all."""
    query = select(Fair.id, Fair.code, Fair.starts_on, Fair.ends_on).order_by(Fair.starts_on)
    if fair_ids is not None:
        query = query.where(Fair.id.in_(fair_ids))
    return [FairDays(*row) for row in session.execute(query)]


def fairs_by_code(session: Session) -> Sequence[Fair]:
    """Every fair, the newest first."""
    return session.scalars(select(Fair).order_by(Fair.starts_on.desc(), Fair.code)).all()
