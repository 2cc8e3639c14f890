"""Questions that signs ask: the texts of fascias with their approval, and where booths stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import SHOWN
from fairapp.rules.manual import AnswerState, TaskKind
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth
from fairapp.store.manual import ManualTask, TaskAnswer
from fairapp.store.producers import Organisation


@dataclass(frozen=True, slots=True)
class FasciaText:
    """What a holder wants on its board; ``is_approved`` by whatever the fair's manual asks for."""

    booth: str
    hall_id: int
    name: str
    language: str
    text: str
    is_approved: bool


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
        )
        .join(BoothClaim, BoothClaim.exhibitor_id == Exhibitor.id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), BoothClaim.state.in_(SHOWN))
        .where(Exhibitor.left_at.is_(None))
    )
    return [
        FasciaText(code, hall_id, name, language, text, not checked or exhibitor_id in approved)
        for exhibitor_id, code, hall_id, name, language, text in rows
    ]


def placed_booths(session: Session, fair_id: int) -> Sequence[PlacedBooth]:
    """Every booth that is let."""
    rows = session.execute(
        select(Booth.code, Booth.hall_id, Booth.short_code, Booth.outline).where(
            Booth.fair_id == fair_id, Booth.retired_at.is_(None), Booth.is_let
        )
    )
    return [PlacedBooth(*row) for row in rows]
