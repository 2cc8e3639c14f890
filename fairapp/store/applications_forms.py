"""Forms that organisers build, their published versions, and the answers given to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.applications import Part
from fairapp.rules.changes import ChangeState
from fairapp.rules.questions import Phase
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import Base, Json, one_of
from fairapp.store.fairs import BoothKind, Fair


class Form(Base):
    """What a fair asks in one phase, of all applicants or of those for one kind of booth."""

    __tablename__ = "form"
    __table_args__ = (
        UniqueConstraint("fair_id", "phase", "booth_kind_id"),
        Index(
            "uq_form_of_all_kinds",
            "fair_id",
            "phase",
            unique=True,
            sqlite_where=text("booth_kind_id IS NULL"),
            postgresql_where=text("booth_kind_id IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    booth_kind_id: Mapped[int | None] = mapped_column(ForeignKey("booth_kind.id"), index=True)
    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    draft: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The body as it is being built."""
    version: Mapped[int] = mapped_column(default=1)
    """Of the draft: an older page never overwrites a newer one."""
    changed_at: Mapped[datetime]
    fair: Mapped[Fair] = relationship()
    booth_kind: Mapped[BoothKind | None] = relationship()


class FormVersion(Base):
    """A form as it was published; never changed afterwards."""

    __tablename__ = "form_version"
    __table_args__ = (UniqueConstraint("form_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(ForeignKey("form.id"))
    number: Mapped[int]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    form: Mapped[Form] = relationship()
    published_by: Mapped[Account | None] = relationship()


class FormAnswer(Base):
    """An applicant's answers of one phase, tied to the version they were given to."""

    __tablename__ = "form_answer"
    __table_args__ = (UniqueConstraint("application_id", "phase"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    form_version_id: Mapped[int] = mapped_column(ForeignKey("form_version.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    version: Mapped[int] = mapped_column(default=1)
    tab: Mapped[str] = mapped_column(String(32), default="")
    """The open form that wrote them last."""
    answered_at: Mapped[datetime]
    form_version: Mapped[FormVersion] = relationship()


class AnswerFile(Base):
    """A file that was given as an answer."""

    __tablename__ = "answer_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    question: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    """As the applicant called it."""
    key: Mapped[str] = mapped_column(String(80))
    """In the file store."""
    size: Mapped[int]
    added_at: Mapped[datetime]


class DeadlineExtension(Base):
    """More time for one applicant."""

    __tablename__ = "deadline_extension"
    __table_args__ = (UniqueConstraint("application_id", "phase"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    until: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    application: Mapped[Application] = relationship()
    by: Mapped[Account | None] = relationship()


class ChangeRequest(Base):
    """Answers that an applicant wants to be others, after they could be edited."""

    __tablename__ = "change_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    part: Mapped[Part | None] = mapped_column(one_of(Part))
    """Of the application itself; None: answers to the organiser's questions."""
    form_version_id: Mapped[int | None] = mapped_column(ForeignKey("form_version.id"), index=True)
    fields: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """By question, or by the part's own names: what it was and what it would be."""
    why: Mapped[str] = mapped_column(Text)
    state: Mapped[ChangeState] = mapped_column(one_of(ChangeState), default=ChangeState.PROPOSED, index=True)
    version: Mapped[int] = mapped_column(default=1)
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    """The organiser's words of the decision."""
    application: Mapped[Application] = relationship()
    form_version: Mapped[FormVersion | None] = relationship()
    proposed_by: Mapped[Account | None] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
