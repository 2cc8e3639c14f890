"""Questions about mailings: which there are, whom a filter means, and who wants no more news."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, exists, func, null, select
from sqlalchemy.orm import Session, aliased, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.billing import OPEN_INVOICES, InvoiceKind
from fairapp.rules.errors import Missing
from fairapp.rules.mailings import Audience, Filter
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_review import Wanted, applications_found
from fairapp.store.base import LOCK
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.fairs import Booth, Fair
from fairapp.store.letters import Mailing, Unsubscription
from fairapp.store.producers import Membership, Organisation, Product
from fairapp.store.producers_queries import is_from

AT_ONCE = 400
"""Values in one IN (…)."""
Recipients = Select[*tuple[Any, ...]]
"""(organisation, application or nothing), by name."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a letter goes to."""

    address: str
    language: str


def mailing_of(session: Session, actor: Actor, fair_id: int, mailing_id: int, lock: bool = False) -> Mailing:
    """A mailing of the fair, for who may send letters there.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = select(Mailing).where(Mailing.id == mailing_id, Mailing.fair_id == fair_id)
    if lock:
        wanted = wanted.with_for_update(of=Mailing, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted) if actor.may(Permission.LETTER_SEND, fair_id) else None
    if found is None:
        raise Missing
    return found


def how_many_mailings(session: Session, fair_id: int) -> int:
    """How many the fair has."""
    return session.scalar(select(func.count()).where(Mailing.fair_id == fair_id)) or 0


def page_of_mailings(session: Session, fair_id: int, skipped: int, size: int) -> Sequence[Mailing]:
    """Some of them, the latest first."""
    return session.scalars(
        select(Mailing)
        .where(Mailing.fair_id == fair_id)
        .options(joinedload(Mailing.made_by))
        .order_by(Mailing.id.desc())
        .offset(skipped)
        .limit(size)
    ).all()


def recipients_found(
    fair: Fair, wanted: Filter, today: date, other_fairs: Collection[int] | None
) -> Recipients:
    """Whom the filter means; ``other_fairs``: those whose applicants the writer may invite (None: all)."""
    if wanted.audience is Audience.EARLIER:
        return _earlier(fair, wanted, other_fairs)
    found = applications_found(
        fair,
        Wanted(states=frozenset(wanted.states), group=wanted.group, place=wanted.place, kind=wanted.kind),
    )
    if wanted.ids:
        found = found.where(Application.id.in_(wanted.ids))
    theirs = Exhibitor.application_id == Application.id
    if wanted.hall is not None:
        found = found.where(
            exists()
            .where(theirs, BoothClaim.exhibitor_id == Exhibitor.id, BoothClaim.state.in_(LIVE))
            .where(Booth.id == BoothClaim.booth_id, Booth.hall_id == wanted.hall)
        )
    if wanted.unpaid:
        still = Instalment.amount_minor - Instalment.paid_minor - Instalment.waived_minor > 0
        found = found.where(
            exists()
            .where(theirs, Invoice.exhibitor_id == Exhibitor.id, Invoice.kind == InvoiceKind.INVOICE)
            .where(Invoice.state.in_(OPEN_INVOICES), Instalment.invoice_id == Invoice.id)
            .where(still, Instalment.due_on < today)
        )
    return found.with_only_columns(Organisation.id, Application.id).order_by(
        Organisation.name_key, Organisation.id
    )


def _earlier(fair: Fair, wanted: Filter, other_fairs: Collection[int] | None) -> Recipients:
    """Who applied to other fairs and has not begun to apply to this one."""
    before, here = aliased(Application), aliased(Application)
    took_part = (before.organisation_id == Organisation.id, before.fair_id != fair.id)
    asked = exists().where(*took_part, before.state != State.DRAFT)
    if other_fairs is not None:
        asked = asked.where(before.fair_id.in_(other_fairs))
    found: Recipients = (
        select(Organisation.id, null())
        .where(asked, is_from(wanted.place))
        .where(~exists().where(here.organisation_id == Organisation.id, here.fair_id == fair.id))
    )
    if wanted.group:
        of_group = and_(Product.group_code == wanted.group, Product.scheme == fair.scheme)
        made = and_(Product.organisation_id == Organisation.id, Product.removed_at.is_(None))
        found = found.where(exists().where(made, of_group))
    return found.order_by(Organisation.name_key, Organisation.id)


def how_many_recipients(session: Session, found: Recipients) -> int:
    """How many organisations it means."""
    return session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0


def organisations_named(session: Session, ids: Iterable[int]) -> Mapping[int, Organisation]:
    """These organisations by number."""
    found: dict[int, Organisation] = {}
    for some in _portions(ids):
        rows = session.scalars(select(Organisation).where(Organisation.id.in_(some)))
        found |= {row.id: row for row in rows}
    return found


def readers_of_each(session: Session, organisations: Iterable[Organisation]) -> dict[int, list[Reader]]:
    """By organisation, everybody who acts for it; its own address where nobody does."""
    whole = {each.id: each for each in organisations}
    found: dict[int, list[Reader]] = {}
    for some in _portions(whole):
        rows = session.execute(
            select(Membership.organisation_id, Account.email, Account.language)
            .join(Account, Account.id == Membership.account_id)
            .where(Membership.organisation_id.in_(some))
            .where(Account.confirmed_at.is_not(None), Account.closed_at.is_(None))
            .order_by(Account.id)
        )
        for organisation_id, address, language in rows:
            found.setdefault(organisation_id, []).append(Reader(address, language))
    for number, organisation in whole.items():
        if number not in found and organisation.email:
            found[number] = [Reader(organisation.email, organisation.name_language)]
    return found


def unsubscribed(session: Session, digests: Iterable[str]) -> frozenset[str]:
    """Which of these addresses want no more news."""
    found: set[str] = set()
    for some in _portions(digests):
        found |= set(session.scalars(select(Unsubscription.digest).where(Unsubscription.digest.in_(some))))
    return frozenset(found)


def _portions(values: Iterable[Any]) -> Iterable[list[Any]]:
    whole = list(values)
    return (whole[start : start + AT_ONCE] for start in range(0, len(whole), AT_ONCE))
