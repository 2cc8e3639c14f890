"""Questions about letters: which texts are kept, which letters went to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing
from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import LetterEvent, event_of
from fairapp.rules.text import search_terms
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.letters import LetterLog, LetterTemplate
from fairapp.store.producers import Organisation


def templates_of(session: Session, fair_id: int) -> Mapping[tuple[LetterEvent, str], LetterTemplate]:
    """Every text of the fair's own, by event and language."""
    rows = session.scalars(
        select(LetterTemplate)
        .where(LetterTemplate.fair_id == fair_id)
        .options(joinedload(LetterTemplate.changed_by))
    )
    return {(row.event, row.language): row for row in rows}


def template_of(
    session: Session, fair_id: int, event: LetterEvent, language: str, lock: bool = False
) -> LetterTemplate | None:
    """The fair's own text of an event in one language, if it keeps one."""
    wanted = select(LetterTemplate).where(
        LetterTemplate.fair_id == fair_id,
        LetterTemplate.event == event,
        LetterTemplate.language == language,
    )
    return session.scalar(wanted.with_for_update(**LOCK) if lock else wanted)


def own_text(
    session: Session, fair_id: int, template: str, facts: Mapping[str, object], language: str
) -> tuple[str, str] | None:
    """Subject and body that the fair keeps for the letter of this file with these facts."""
    event = event_of(template, facts)
    kept = None if event is None else template_of(session, fair_id, event, language)
    return None if kept is None else (kept.subject, kept.body)


@dataclass(frozen=True, slots=True)
class LettersWanted:
    """A filter of the log."""

    state: LetterState | None = None
    event: LetterEvent | None = None
    query: str = ""
    mailing: int | None = None


def letters_found(fair_id: int, wanted: LettersWanted) -> Select[LetterLog]:
    """The fair's letters that answer to the filter."""
    found = (
        select(LetterLog)
        .outerjoin(Organisation, Organisation.id == LetterLog.organisation_id)
        .where(LetterLog.fair_id == fair_id)
    )
    if wanted.state is not None:
        found = found.where(LetterLog.state == wanted.state)
    if wanted.event is not None:
        found = found.where(LetterLog.event == wanted.event)
    if wanted.mailing is not None:
        found = found.where(LetterLog.mailing_id == wanted.mailing)
    for term in search_terms(wanted.query):
        found = found.where(
            or_(
                Organisation.folded.contains(term, autoescape=True),
                func.lower(LetterLog.to_address).contains(term, autoescape=True),
            )
        )
    return found


def how_many_letters(session: Session, found: Select[LetterLog]) -> int:
    """How many there are."""
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def page_of_letters(
    session: Session, found: Select[LetterLog], skipped: int, size: int
) -> Sequence[LetterLog]:
    """One page of them, the newest first."""
    return session.scalars(
        found.options(joinedload(LetterLog.organisation))
        .order_by(LetterLog.id.desc())
        .offset(skipped)
        .limit(size)
    ).all()


def letters_by_state(session: Session, fair_id: int) -> Mapping[LetterState, int]:
    """How many of the fair's letters stand where."""
    rows = session.execute(
        select(LetterLog.state, func.count()).where(LetterLog.fair_id == fair_id).group_by(LetterLog.state)
    )
    return dict(rows.all())


def letter_of(session: Session, actor: Actor, fair_id: int, letter_id: int, lock: bool = False) -> LetterLog:
    """A letter of the fair, for who may send letters there.

    :raises Missing: when there is none, or none for this actor.
    """
    wanted = select(LetterLog).where(LetterLog.id == letter_id, LetterLog.fair_id == fair_id)
    if lock:
        wanted = wanted.with_for_update(of=LetterLog, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted) if actor.may(Permission.LETTER_SEND, fair_id) else None
    if found is None:
        raise Missing
    return found


def letters_of_message(session: Session, outbox_id: int) -> Mapping[str, LetterLog]:
    """The letters of one promise, by reader."""
    rows = session.scalars(select(LetterLog).where(LetterLog.outbox_id == outbox_id))
    return {row.reader: row for row in rows}


def has_letters_of_before(session: Session, day: date) -> bool:
    """Whether words and addresses are still kept of a fair that ended before that day."""
    found = (
        select(LetterLog.id)
        .join(Fair, Fair.id == LetterLog.fair_id)
        .where(Fair.ends_on < day, LetterLog.to_address != "")
        .limit(1)
    )
    return session.scalar(found) is not None
