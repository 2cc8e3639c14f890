"""The exhibitor's manual: tasks with their answers, and slots in which exhibitors move in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.manual import AnswerState, Asking, Slot, TaskKind
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import Base, Json, Texts, one_of
from fairapp.store.fairs import Fair, Hall


class ManualTask(Base):
    """Something that a fair's exhibitors have to hand in."""

    __tablename__ = "manual_task"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[TaskKind] = mapped_column(one_of(TaskKind))
    names: Mapped[Texts]
    texts: Mapped[Texts] = mapped_column(default=dict)
    booth_kinds: Mapped[list[Any]] = mapped_column(default=list)
    """Codes of the kinds of booths that it holds for; empty: all."""
    due_at: Mapped[datetime]
    is_required: Mapped[bool] = mapped_column(default=True)
    is_checked: Mapped[bool] = mapped_column(default=False)
    """An organiser approves what is handed in."""
    most: Mapped[int] = mapped_column(default=0)
    """Characters that a written answer may have."""
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    fair: Mapped[Fair] = relationship()

    @property
    def asking(self) -> Asking:
        """The task as rules judge it."""
        return Asking(self.kind, self.due_at, self.booth_kinds, self.is_required, self.is_checked)


class TaskAnswer(Base):
    """What an exhibitor has handed in for a task."""

    __tablename__ = "task_answer"
    __table_args__ = (UniqueConstraint("task_id", "exhibitor_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("manual_task.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    state: Mapped[AnswerState] = mapped_column(one_of(AnswerState))
    value: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """``text``, or a text by language."""
    file_key: Mapped[str] = mapped_column(String(80), default="")
    """In the store of private files."""
    size: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why it came back, in the organiser's words."""
    answered_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    task: Mapped[ManualTask] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    checked_by: Mapped[Account | None] = relationship(foreign_keys=[checked_by_id])


class MoveInSlot(Base):
    """A time in which so many exhibitors of a hall (of all halls) bring their things."""

    __tablename__ = "move_in_slot"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    hall_id: Mapped[int | None] = mapped_column(ForeignKey("hall.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    capacity: Mapped[int]
    fair: Mapped[Fair] = relationship()
    hall: Mapped[Hall | None] = relationship()

    @property
    def slot(self) -> Slot:
        """The slot as rules judge it."""
        return Slot(self.starts_at, self.ends_at, self.capacity, self.hall_id)


class SlotBooking(Base):
    """An exhibitor has chosen its slot: one for each."""

    __tablename__ = "slot_booking"
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("move_in_slot.id"), index=True)
    booked_at: Mapped[datetime]
    slot: Mapped[MoveInSlot] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()


class DutyLetter(Base):
    """A letter about something owed went out to an exhibitor: each kind of it once."""

    __tablename__ = "duty_letter"
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    """Which letter: of which task and day, or by hand on which day."""
    sent_at: Mapped[datetime]
