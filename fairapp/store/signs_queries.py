"""Questions that signs ask: the texts of fascias with their approval, and where booths stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import SHOWN
from fairapp.rules.manual import AnswerState, TaskKind
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth
from fairapp.store.manual import ManualTask, TaskAnswer
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class FasciaText:
    """What a holder wants on its board; ``is_approved`` by whatever the fair's manual asks for.

    Who came by a list has no application.
    """

    booth: str
    hall_id: int
    name: str
    language: str
    text: str
    is_approved: bool
    application_id: int | None

    @property
    def is_ready(self) -> bool:
        """Whether a board can be printed."""
        return self.is_approved and bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class PlacedBooth:
    """A booth of the published plan with its outline."""

    code: str
    hall_id: int
    short_code: str
    outline: list[Any]


def fascia_texts(session: Session, fair_id: int) -> Sequence[FasciaText]:
    """The text of every holder; where the manual asks for it, approved means handed in and, if it is
    checked, approved by the organiser."""
    tasks = session.scalars(
        select(ManualTask).where(
            ManualTask.fair_id == fair_id,
            ManualTask.kind == TaskKind.FASCIA,
            ManualTask.removed_at.is_(None),
        )
    ).all()
    checked = {task.id: task.is_checked for task in tasks}
    states = session.execute(
        select(TaskAnswer.exhibitor_id, TaskAnswer.task_id, TaskAnswer.state).where(
            TaskAnswer.task_id.in_(checked)
        )
    )
    approved = {
        exhibitor_id
        for exhibitor_id, task_id, state in states
        if state is AnswerState.APPROVED or (state is AnswerState.ANSWERED and not checked[task_id])
    }
    rows = session.execute(
        select(
            Exhibitor.id,
            Booth.code,
            Booth.hall_id,
            Organisation.name,
            Organisation.name_language,
            Exhibitor.fascia_name,
            Exhibitor.application_id,
        )
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .where(Exhibitor.left_at.is_(None))
    )
    return [
        FasciaText(code, hall_id, name, language, text, not checked or exhibitor_id in approved, came_by)
        for exhibitor_id, code, hall_id, name, language, text, came_by in rows
    ]


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
