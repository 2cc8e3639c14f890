"""Questions about change requests: which ones an actor sees, and which wait for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Actor
from fairapp.rules.applications import Part
from fairapp.rules.changes import ChangeState
from fairapp.rules.errors import Missing
from fairapp.rules.questions import Phase
from fairapp.store.applications import Application
from fairapp.store.applications_forms import AnswerFile, ChangeRequest
from fairapp.store.applications_queries import visible_applications
from fairapp.store.base import LOCK, Texts
from fairapp.store.fairs import BoothKind
from fairapp.store.producers import Product

_WHOLE = (
    joinedload(ChangeRequest.application).joinedload(Application.organisation),
    joinedload(ChangeRequest.form_version),
    joinedload(ChangeRequest.proposed_by),
    joinedload(ChangeRequest.decided_by),
)


def change_of(session: Session, actor: Actor, change_id: int, lock: bool = False) -> ChangeRequest:
    """The request, if the actor sees its application; with its row locked when it is to be decided.

    :raises Missing: when there is none, or none for this actor.
    """
    seen = visible_applications(actor).with_only_columns(Application.id)
    wanted = select(ChangeRequest).where(
        ChangeRequest.id == change_id, ChangeRequest.application_id.in_(seen)
    )
    if lock:
        wanted = wanted.with_for_update(of=ChangeRequest, **LOCK).execution_options(populate_existing=True)
    found = session.scalar(wanted)
    if found is None:
        raise Missing
    return found


def changes_of(session: Session, application_id: int) -> Sequence[ChangeRequest]:
    """The application's requests, the latest first."""
    return session.scalars(
        select(ChangeRequest)
        .where(ChangeRequest.application_id == application_id)
        .order_by(ChangeRequest.id.desc())
        .limit(100)
        .options(*_WHOLE)
    ).all()


def waits_already(session: Session, application_id: int, phase: Phase, part: Part | None = None) -> bool:
    """Whether a change of the phase's answers, or of this part, waits for a decision."""
    found = select(ChangeRequest.id).where(
        ChangeRequest.application_id == application_id,
        ChangeRequest.phase == phase,
        ChangeRequest.part.is_(None) if part is None else ChangeRequest.part == part,
        ChangeRequest.state == ChangeState.PROPOSED,
    )
    return session.scalar(found.limit(1)) is not None


def _in_fair(fair_id: int, state: ChangeState) -> Select[ChangeRequest]:
    return (
        select(ChangeRequest)
        .join(Application, Application.id == ChangeRequest.application_id)
        .where(Application.fair_id == fair_id, ChangeRequest.state == state)
    )


def changes_in(
    session: Session, fair_id: int, state: ChangeState, first: int, size: int
) -> Sequence[ChangeRequest]:
    """The fair's requests in this state: what waits longest first, what was decided last first."""
    waits = state is ChangeState.PROPOSED
    order = ChangeRequest.id.asc() if waits else ChangeRequest.decided_at.desc()
    return session.scalars(
        _in_fair(fair_id, state).order_by(order).offset(first).limit(size).options(*_WHOLE)
    ).all()


def changes_counted(session: Session, fair_id: int) -> dict[ChangeState, int]:
    """How many requests of the fair are in which state."""
    wanted = (
        select(ChangeRequest.state, func.count())
        .join(Application, Application.id == ChangeRequest.application_id)
        .where(Application.fair_id == fair_id)
        .group_by(ChangeRequest.state)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def files_named(session: Session, ids: Iterable[int]) -> dict[int, AnswerFile]:
    """Files by their ids."""
    found = session.scalars(select(AnswerFile).where(AnswerFile.id.in_(list(ids))))
    return {each.id: each for each in found}


def kinds_named(session: Session, ids: Iterable[int]) -> list[tuple[int, Texts]]:
    """Kinds of booths by their numbers."""
    rows = session.execute(select(BoothKind.id, BoothKind.names).where(BoothKind.id.in_(sorted(ids))))
    return [(number, names) for number, names in rows]


def products_named(session: Session, ids: Iterable[int]) -> list[tuple[int, Texts]]:
    """Products by their numbers, removed ones too."""
    rows = session.execute(select(Product.id, Product.names).where(Product.id.in_(sorted(ids))))
    return [(number, names) for number, names in rows]
