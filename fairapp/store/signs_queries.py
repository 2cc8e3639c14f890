"""Questions that signs ask: the texts of fascias with their approval, and where booths stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import SHOWN
from fairapp.rules.manual import AnswerState, TaskKind, asks
from fairapp.rules.signs import BoardText
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.fairs import Booth, BoothKind
from fairapp.store.manual import ManualTask, TaskAnswer
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class FasciaText:
    """What a holder wants on its board, and how far that is; who came by a list has no application."""

    booth: str
    hall_id: int
    name: str
    language: str
    text: str
    state: BoardText
    application_id: int | None

    @property
    def is_ready(self) -> bool:
        """Whether a board can be printed as it was typed and approved."""
        return self.state is BoardText.APPROVED and bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class PlacedBooth:
    """A booth of the published plan with its outline."""

    code: str
    hall_id: int
    short_code: str
    outline: list[Any]


def fascia_texts(session: Session, fair_id: int) -> Sequence[FasciaText]:
    """The text of every holder: approved is what it handed in itself and, where that is checked, what the
    organiser approved; whom the manual asks for none, typed none."""
    tasks = session.scalars(
        select(ManualTask).where(
            ManualTask.fair_id == fair_id,
            ManualTask.kind == TaskKind.FASCIA,
            ManualTask.removed_at.is_(None),
        )
    ).all()
    approved = _approved(session, tasks)
    rows = session.execute(
        select(
            Exhibitor.id,
            Exhibitor.application_id,
            BoothKind.code,
            Booth.code,
            Booth.hall_id,
            Organisation.name,
            Organisation.name_language,
            Exhibitor.fascia_name,
        )
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .outerjoin(Application, Application.id == Exhibitor.application_id)
        .outerjoin(BoothKind, BoothKind.id == Application.booth_kind_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .where(Exhibitor.left_at.is_(None))
    )
    found = []
    for exhibitor_id, came_by, kind, code, hall_id, name, language, text in rows:
        state = BoardText.WAITING
        if exhibitor_id in approved:
            state = BoardText.APPROVED
        elif came_by is None or not any(asks(task.asking, kind) for task in tasks):
            state = BoardText.NOT_ASKED
        found.append(FasciaText(code, hall_id, name, language, text, state, came_by))
    return found


def _approved(session: Session, tasks: Sequence[ManualTask]) -> frozenset[int]:
    """The exhibitors whose text is handed in and, if it is checked, approved by the organiser."""
    checked = {task.id: task.is_checked for task in tasks}
    states = session.execute(
        select(TaskAnswer.exhibitor_id, TaskAnswer.task_id, TaskAnswer.state).where(
            TaskAnswer.task_id.in_(checked)
        )
    )
    return frozenset(
        exhibitor_id
        for exhibitor_id, task_id, state in states
        if state is AnswerState.APPROVED or (state is AnswerState.ANSWERED and not checked[task_id])
    )


def tongues_of(session: Session, fair_id: int) -> Sequence[str]:
    """The languages in which the fair's exhibitors write their names, the most frequent first."""
    counted = (
        select(Organisation.name_language)
        .join(Exhibitor, Exhibitor.organisation_id == Organisation.id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.left_at.is_(None))
        .group_by(Organisation.name_language)
        .order_by(func.count().desc(), Organisation.name_language)
    )
    return session.scalars(counted).all()


def placed_booths(session: Session, fair_id: int) -> Sequence[PlacedBooth]:
    """Every booth that is let."""
    rows = session.execute(
        select(Booth.code, Booth.hall_id, Booth.short_code, Booth.outline).where(
            Booth.fair_id == fair_id, Booth.retired_at.is_(None), Booth.is_let
        )
    )
    return [PlacedBooth(*row) for row in rows]


def is_placed(session: Session, fair_id: int, code: str) -> bool:
    """Whether a booth of this number is let on the published plan."""
    wanted = select(Booth.id).where(
        Booth.fair_id == fair_id, Booth.code == code, Booth.retired_at.is_(None), Booth.is_let
    )
    return session.scalar(wanted.limit(1)) is not None


def taken_count(session: Session, fair_id: int) -> int:
    """How many booths that are let have somebody."""
    wanted = (
        select(func.count(Booth.id.distinct()))
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), Booth.is_let)
        .where(BoothClaim.state.in_(SHOWN))
    )
    return session.scalar(wanted) or 0
