"""What documents a fair asks for, of whom, and what their lack holds back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.documents import MOST_ASKED, DocumentKind, DocumentRefusal, Stops, Whence
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.producers import OrganisationKind
from fairapp.store.base import LOCK, Texts
from fairapp.store.documents import DocumentRequirement
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases import audit
from fairapp.usecases.documents import cleaned
from fairapp.usecases.permission import require

LONGEST_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class KeepRequirement:
    """What a fair asks for; without ``requirement_id`` something new."""

    fair_id: int
    kind: DocumentKind
    stops: Stops
    whence: Whence = Whence.ANYWHERE
    organisation_kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    booth_kinds: tuple[str, ...] = ()
    texts: Texts = field(default_factory=dict)
    requirement_id: int | None = None


def keep_requirement(
    session: Session, actor: Actor, order: KeepRequirement, now: datetime
) -> DocumentRequirement:
    """Ask for a kind of document, or change whom it is asked of and what it holds back.

    :raises Refused: when the fair asks for as many things as it may.
    """
    fair = _fair(session, actor, order.fair_id)
    groups = {group.code for group in groups_of(session, fair)}
    kinds = {kind.code for kind in kinds_of(session, fair.id)}
    row = None if order.requirement_id is None else _requirement(session, fair.id, order.requirement_id)
    if row is None:
        asked = select(func.count()).where(DocumentRequirement.fair_id == fair.id)
        if (session.scalar(asked) or 0) >= MOST_ASKED:
            raise Refused(DocumentRefusal.TOO_MANY_ASKED, document_most=MOST_ASKED)
        row = DocumentRequirement(fair_id=fair.id)
        session.add(row)
    row.kind, row.stops, row.whence = order.kind, order.stops, order.whence
    row.organisation_kinds = _among(order.organisation_kinds, {kind.value for kind in OrganisationKind})
    row.group_codes, row.booth_kinds = _among(order.groups, groups), _among(order.booth_kinds, kinds)
    texts = {
        language: cleaned(f"text_{language}", text, LONGEST_TEXT) for language, text in order.texts.items()
    }
    row.texts = {language: text for language, text in texts.items() if text}
    session.flush()
    audit.record(
        session,
        actor,
        "document_requirement.kept",
        now,
        fair_id=fair.id,
        requirement=row.id,
        kind=row.kind.value,
        stops=row.stops.value,
    )
    return row


def remove_requirement(
    session: Session, actor: Actor, fair_id: int, requirement_id: int, now: datetime
) -> None:
    """Ask for it no more; what was uploaded stays with its organisations."""
    fair = _fair(session, actor, fair_id)
    row = _requirement(session, fair.id, requirement_id)
    session.delete(row)
    audit.record(session, actor, "document_requirement.removed", now, fair_id=fair.id, kind=row.kind.value)


def _fair(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair, its row locked: what it asks for is counted."""
    require(actor, Permission.FAIR_EDIT, fair_id)
    return session.scalars(select(Fair).where(Fair.id == fair_id).with_for_update(**LOCK)).one()


def _requirement(session: Session, fair_id: int, requirement_id: int) -> DocumentRequirement:
    row = session.get(DocumentRequirement, requirement_id)
    if row is None or row.fair_id != fair_id:
        raise Missing
    return row


def _among(wanted: tuple[str, ...], known: set[str]) -> list[str]:
    return sorted(set(wanted) & known)
