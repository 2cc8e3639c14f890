"""Questions about invitation letters: which wait, which were issued, and which are to be erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing
from fairapp.rules.visa_letters import VisaState
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.letters import VisaLetter


def visible_visa_letters(actor: Actor) -> Select[VisaLetter]:
    """Those of its own organisations, and of the fairs whose letters the actor sends."""
    fairs = actor.fairs_with(Permission.LETTER_SEND)
    theirs: ColumnElement[bool] = true() if fairs is None else VisaLetter.fair_id.in_(fairs)
    if fairs == frozenset():
        theirs = false()
    return (
        select(VisaLetter)
        .join(Application, Application.id == VisaLetter.application_id)
        .where(or_(Application.organisation_id.in_(actor.organisation_ids), theirs))
    )


def visa_letter_of(session: Session, actor: Actor, letter_id: int, lock: bool = False) -> VisaLetter:
    """The letter, if the actor sees it.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = visible_visa_letters(actor).where(VisaLetter.id == letter_id)
    if lock:
        wanted = wanted.with_for_update(of=VisaLetter, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def visa_letters_of(session: Session, application_id: int) -> Sequence[VisaLetter]:
    """Everything one applicant has asked for, the latest first."""
    return session.scalars(
        select(VisaLetter).where(VisaLetter.application_id == application_id).order_by(VisaLetter.id.desc())
    ).all()


def visa_letters_found(fair_id: int, state: VisaState | None) -> Select[VisaLetter]:
    """The fair's invitation letters in this state, or all."""
    wanted = select(VisaLetter).where(VisaLetter.fair_id == fair_id)
    return wanted if state is None else wanted.where(VisaLetter.state == state)


def how_many_visa_letters(session: Session, found: Select[VisaLetter]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def page_of_visa_letters(
    session: Session, found: Select[VisaLetter], skipped: int, size: int
) -> Sequence[VisaLetter]:
    """One page of them: those that wait first, then the latest."""
    return session.scalars(
        found.options(joinedload(VisaLetter.application).joinedload(Application.organisation))
        .order_by(VisaLetter.is_open.is_(None), VisaLetter.id.desc())
        .offset(skipped)
        .limit(size)
    ).all()


def visa_letters_by_state(session: Session, fair_id: int) -> Mapping[VisaState, int]:
    """How many of the fair's invitation letters stand where."""
    rows = session.execute(
        select(VisaLetter.state, func.count()).where(VisaLetter.fair_id == fair_id).group_by(VisaLetter.state)
    )
    return dict(rows.all())


def visa_letter_called(session: Session, code: str) -> VisaLetter | None:
    """The letter whose paper names this code."""
    return session.scalar(select(VisaLetter).where(VisaLetter.code == code))


def visa_letters_to_erase(session: Session, ended_before: date) -> Sequence[int]:
    """Letters of fairs that ended before that day, names and papers still kept."""
    return session.scalars(
        select(VisaLetter.id)
        .join(Fair, Fair.id == VisaLetter.fair_id)
        .where(VisaLetter.erased_at.is_(None), Fair.ends_on < ended_before)
        .order_by(VisaLetter.id)
    ).all()
