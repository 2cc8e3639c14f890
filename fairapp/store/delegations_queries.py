"""Questions about delegations: whose they are, and how far their lists have come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, case, exists, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import EDITABLE
from fairapp.rules.delegations import EntryState, Numbers
from fairapp.rules.errors import Missing
from fairapp.rules.producers import token_digest
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.base import LOCK
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.delegations_questions import with_open_questions
from fairapp.store.producers import Product

_ON_THE_LIST = DelegationEntry.state != EntryState.REMOVED


def visible_delegations(actor: Actor) -> Select[Delegation]:
    """Those the actor heads, and all of the fairs whose delegations it looks after."""
    fairs = actor.fairs_with(Permission.DELEGATION_EDIT)
    looked_after: ColumnElement[bool] = true() if fairs is None else Delegation.fair_id.in_(fairs)
    heads: ColumnElement[bool] = false()
    if actor.account_id is not None:
        heads = Delegation.head_id == actor.account_id
    return select(Delegation).where(or_(heads, looked_after))


def delegation_of(session: Session, actor: Actor, delegation_id: int, lock: bool = False) -> Delegation:
    """The delegation, if the actor heads it or looks after its fair; locked when its list is to be changed.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_delegations(actor).where(Delegation.id == delegation_id)
    if lock:
        wanted = wanted.with_for_update(of=Delegation, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def delegation_in(session: Session, actor: Actor, fair_id: int, delegation_id: int) -> Delegation:
    """The delegation as its fair's office sees it.

    :raises Missing: when there is none in this fair.
    """
    found = delegation_of(session, actor, delegation_id)
    if found.fair_id != fair_id:
        raise Missing
    return found


def headed_by(session: Session, account_id: int | None) -> Sequence[Delegation]:
    """The delegations of this head with their fairs, the latest fair first."""
    return session.scalars(
        select(Delegation)
        .where(Delegation.head_id == account_id)
        .options(joinedload(Delegation.fair))
        .order_by(Delegation.fair_id.desc(), Delegation.id)
    ).all()


def delegations_in(fair_id: int) -> Select[Delegation]:
    """The fair's delegations."""
    return select(Delegation).where(Delegation.fair_id == fair_id)


def page_of_delegations(
    session: Session, found: Select[Delegation], skipped: int, size: int
) -> Sequence[Delegation]:
    """Some of them, in the order in which they were made, with their heads."""
    ordered = found.order_by(Delegation.id).offset(skipped).limit(size)
    return session.scalars(ordered.options(joinedload(Delegation.head))).all()


def how_many(session: Session, found: Select[Delegation]) -> int:
    """How many delegations were found."""
    return session.scalar(found.with_only_columns(func.count())) or 0


def open_headship(session: Session, token: str, lock: bool = False) -> Delegation | None:
    """The delegation whose head is invited by the link of this token."""
    wanted = select(Delegation).where(Delegation.digest == token_digest(token))
    if lock:
        wanted = wanted.with_for_update(of=Delegation, **LOCK).execution_options(populate_existing=True)
    return session.scalar(wanted)


def is_complete(asked: Collection[int]) -> ColumnElement[bool]:
    """Whether nothing of an entry's application is missing; the terms are agreed to when it is endorsed.

    ``asked``: the applications with open questions, see ``with_open_questions``.
    """
    shows = exists().where(
        ApplicationProduct.application_id == Application.id,
        Product.id == ApplicationProduct.product_id,
        Product.removed_at.is_(None),
    )
    filled = and_(Application.booth_kind_id.is_not(None), Application.area_m2.is_not(None), shows)
    if asked:
        filled = and_(filled, Application.id.not_in(asked))
    return or_(Application.state.not_in(EDITABLE), filled)


def numbers_of(session: Session, delegation_ids: Iterable[int]) -> Mapping[int, Numbers]:
    """The lists in figures, counted for all at once; a delegation without a list has zeros."""
    ids = list(delegation_ids)
    held = (
        select(BoothClaim.exhibitor_id, func.count().label("many"))
        .where(BoothClaim.state.in_(LIVE))
        .group_by(BoothClaim.exhibitor_id)
        .subquery()
    )
    has_all = func.coalesce(held.c.many, 0) >= Application.booths

    def many(holds: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((holds, 1), else_=0))

    rows = session.execute(
        select(
            DelegationEntry.delegation_id,
            func.count(),
            many(is_complete(with_open_questions(session, ids))),
            many(DelegationEntry.state == EntryState.ENDORSED),
            many(DelegationEntry.state == EntryState.RETURNED),
            func.sum(Application.booths),
            many(has_all),
        )
        .join(Application, Application.id == DelegationEntry.application_id)
        .outerjoin(Exhibitor, Exhibitor.application_id == Application.id)
        .outerjoin(held, held.c.exhibitor_id == Exhibitor.id)
        .where(DelegationEntry.delegation_id.in_(ids), _ON_THE_LIST)
        .group_by(DelegationEntry.delegation_id)
    )
    counted = {row[0]: Numbers(*(int(each) for each in row[1:])) for row in rows}
    return {each: counted.get(each, Numbers()) for each in ids}


def booths_asked(session: Session, delegation_id: int, but_entry_id: int | None = None) -> int:
    """How many booths the list asks for, one entry left out."""
    wanted = (
        select(func.coalesce(func.sum(Application.booths), 0))
        .join(DelegationEntry, DelegationEntry.application_id == Application.id)
        .where(DelegationEntry.delegation_id == delegation_id, _ON_THE_LIST)
    )
    if but_entry_id is not None:
        wanted = wanted.where(DelegationEntry.id != but_entry_id)
    return session.scalar(wanted) or 0


def entry_of_application(session: Session, application_id: int) -> DelegationEntry | None:
    """The entry by which an application came."""
    return session.scalar(
        select(DelegationEntry)
        .where(DelegationEntry.application_id == application_id)
        .options(joinedload(DelegationEntry.delegation))
    )
