"""Questions about contracts: which version is in force, who has signed, who has yet to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, contains_eager, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import ADMITTED
from fairapp.rules.contracts import SignatureState
from fairapp.rules.errors import Missing
from fairapp.rules.text import search_terms
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.contracts import Contract, Signature
from fairapp.store.fairs import Booth
from fairapp.store.producers import Organisation


def versions_of(session: Session, fair_id: int) -> Sequence[Contract]:
    """Every published version, the newest first."""
    return session.scalars(
        select(Contract)
        .where(Contract.fair_id == fair_id, Contract.published_at.is_not(None))
        .order_by(Contract.number.desc())
    ).all()


def draft_of(session: Session, fair_id: int) -> Contract | None:
    """The draft of the next version."""
    return session.scalar(
        select(Contract).where(Contract.fair_id == fair_id, Contract.published_at.is_(None))
    )


def signatures_of(session: Session, application_id: int) -> Sequence[Signature]:
    """The log of one application, the newest first."""
    return session.scalars(
        select(Signature)
        .where(Signature.application_id == application_id)
        .options(joinedload(Signature.contract), joinedload(Signature.signed_by))
        .order_by(Signature.id.desc())
    ).all()


def visible_signatures(actor: Actor) -> Select[Signature]:
    """Those of its own organisations, and of the fairs for which the actor countersigns."""
    fairs = actor.fairs_with(Permission.CONTRACT_SIGN)
    theirs: ColumnElement[bool] = true() if fairs is None else Application.fair_id.in_(fairs or ())
    if fairs == frozenset():
        theirs = false()
    return (
        select(Signature)
        .join(Application, Application.id == Signature.application_id)
        .where(or_(Application.organisation_id.in_(actor.organisation_ids), theirs))
    )


def signature_of(session: Session, actor: Actor, signature_id: int, lock: bool = False) -> Signature:
    """The signature, if the actor sees it; with its row locked when it is to be changed.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_signatures(actor).where(Signature.id == signature_id)
    if lock:
        wanted = wanted.with_for_update(of=Signature, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def signatures_found(
    fair_id: int, states: Iterable[SignatureState] = (), query: str = ""
) -> Select[Signature]:
    """The fair's signatures in these states (all when none is named) of organisations with these words."""
    wanted = (
        select(Signature)
        .join(Application, Application.id == Signature.application_id)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.fair_id == fair_id)
    )
    if states := tuple(states):
        wanted = wanted.where(Signature.state.in_(states))
    for term in search_terms(query):
        wanted = wanted.where(Organisation.folded.contains(term))
    return wanted


def unsigned_found(fair_id: int, floor: int, query: str = "") -> Select[Application]:
    """Admitted applications of the fair without a signature that is still enough."""
    signed = (
        select(Signature.id)
        .join(Contract, Contract.id == Signature.contract_id)
        .where(
            Signature.application_id == Application.id,
            Signature.is_live.is_(True),
            Contract.number >= floor,
        )
    )
    wanted = (
        select(Application)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.fair_id == fair_id, Application.state.in_(ADMITTED), ~signed.exists())
    )
    for term in search_terms(query):
        wanted = wanted.where(Organisation.folded.contains(term))
    return wanted


def how_many(session: Session, wanted: Select[Signature] | Select[Application]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def page_of_signatures(
    session: Session, wanted: Select[Signature], skipped: int, size: int
) -> Sequence[Signature]:
    """One page of them, the newest first."""
    return session.scalars(
        wanted.options(
            contains_eager(Signature.application).contains_eager(Application.organisation),
            joinedload(Signature.contract),
        )
        .order_by(Signature.id.desc())
        .offset(skipped)
        .limit(size)
    ).all()


def page_of_unsigned(
    session: Session, wanted: Select[Application], skipped: int, size: int
) -> Sequence[Application]:
    """One page of them, by name."""
    return session.scalars(
        wanted.options(contains_eager(Application.organisation))
        .order_by(Organisation.name_key, Application.id)
        .offset(skipped)
        .limit(size)
    ).all()


def signatures_by_state(session: Session, fair_id: int) -> Mapping[SignatureState, int]:
    """How many of the fair's signatures stand where."""
    rows = session.execute(
        select(Signature.state, func.count())
        .join(Application, Application.id == Signature.application_id)
        .where(Application.fair_id == fair_id)
        .group_by(Signature.state)
    )
    return dict(rows.all())


def booths_held(session: Session, application_id: int) -> Sequence[Booth]:
    """The booths that the contract is about, by code."""
    return session.scalars(
        select(Booth)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .join(Exhibitor, Exhibitor.id == BoothClaim.exhibitor_id)
        .where(Exhibitor.application_id == application_id, BoothClaim.state.in_(LIVE))
        .order_by(Booth.code)
    ).all()


def admitted_of(session: Session, fair_id: int) -> Sequence[int]:
    """The numbers of all admitted applications."""
    return session.scalars(
        select(Application.id).where(Application.fair_id == fair_id, Application.state.in_(ADMITTED))
    ).all()
