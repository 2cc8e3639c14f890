"""Apply for a fair: begin, fill in part by part, and keep the team's notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.applications import (
    EDITABLE,
    StepRefusal,
)
from fairapp.rules.carrying import looked_at
from fairapp.rules.contracts import digest_of
from fairapp.rules.days import DaySettings, kept_days, with_days
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.fairs import FairState, days_of
from fairapp.rules.reasons import Lost
from fairapp.store.applications import Application, ApplicationProduct, ReviewNote
from fairapp.store.applications_queries import application_of
from fairapp.store.fairs import BoothKind, Fair
from fairapp.store.producers import Organisation, Product
from fairapp.usecases import audit
from fairapp.usecases.applications_carrying import carry_over
from fairapp.usecases.applications_steps import same_version
from fairapp.usecases.permission import require, require_member

WRITTEN = "written"
"""In ``answers``: by part, the version and the form that wrote it last."""


@dataclass(frozen=True, slots=True)
class BeginApplication:
    """Start (or find again) the organisation's application for a fair."""

    fair_id: int
    organisation_id: int


@dataclass(frozen=True, slots=True)
class FillIn:
    """New answers of one part; None leaves a part as it is.

    ``version`` is the one the form was made from: an older form never overwrites a newer answer.
    With ``tab`` (a mark of the open form) only answers to the same part, by another form, count as newer:
    a form that saves itself again and again is not in its own way.
    """

    application_id: int
    version: int | None = None
    part: str = ""
    tab: str = ""
    is_finished: bool = True
    """False while the form saves itself: the applicant has not left it yet."""
    booth_kind_id: int | None = None
    booths: int | None = None
    area_m2: float | None = None
    wishes: dict[str, object] | None = None
    days: tuple[str, ...] | None = None
    """The fair's days that are asked for, where it lets them be chosen; all of them are kept as none."""
    needs: dict[str, object] | None = None
    product_ids: tuple[int, ...] | None = None
    accepts_terms: bool | None = None


@dataclass(frozen=True, slots=True)
class WriteNote:
    """Words about an application that its applicant never sees."""

    application_id: int
    text: str


def begin_application(session: Session, actor: Actor, order: BeginApplication, now: datetime) -> Application:
    """The organisation's application for the fair: the one that is there, or a new draft."""
    require_member(actor, order.organisation_id)
    fair = session.get(Fair, order.fair_id)
    organisation = session.get(Organisation, order.organisation_id)
    if fair is None or organisation is None or fair.state is FairState.PLANNED:
        raise Missing
    there = session.scalar(
        select(Application).where(
            Application.fair_id == fair.id, Application.organisation_id == organisation.id
        )
    )
    if there is not None:
        return there
    draft = Application(fair_id=fair.id, organisation_id=organisation.id, made_at=now, changed_at=now)
    draft.fair, draft.organisation = fair, organisation
    session.add(draft)
    session.flush()
    carry_over(session, draft)
    audit.record(session, actor, "application.begun", now, fair_id=fair.id, application=draft.id)
    return draft


def fill_in(session: Session, actor: Actor, order: FillIn, now: datetime) -> Application:
    """Keep the answers of one part of a draft or a returned application.

    :raises Refused: when the application cannot be edited any more.
    :raises Clash: when it was changed since the form was made.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    if application.state not in EDITABLE:
        raise Refused(StepRefusal.NOT_EDITABLE)
    _not_overtaken(application, order)
    if order.booth_kind_id is not None:
        kind = session.get(BoothKind, order.booth_kind_id)
        if kind is None or kind.fair_id != application.fair_id:
            raise Missing
        application.booth_kind_id, application.booth_kind = kind.id, kind
    for name in ("booths", "area_m2", "needs"):
        if (value := getattr(order, name)) is not None:
            setattr(application, name, value)
    application.wishes = _wishes(application, order)
    if order.product_ids is not None:
        show_products(session, application, order.product_ids)
    if order.accepts_terms is not None:
        application.terms_version = application.fair.terms_version if order.accepts_terms else None
        application.terms_accepted_at = now if order.accepts_terms else None
    if order.part and order.is_finished and order.part not in application.steps_seen:
        application.steps_seen = [*application.steps_seen, order.part]
    application.changed_at = now
    application.version += 1
    if order.part:
        written = {**application.answers.get(WRITTEN, {}), order.part: [application.version, order.tab]}
        application.answers = {**application.answers, WRITTEN: written}
    if order.part and order.is_finished:
        application.answers = looked_at(application.answers, order.part)
    audit.record(
        session,
        actor,
        "application.filled_in",
        now,
        fair_id=application.fair_id,
        application=application.id,
        part=order.part,
        **_terms_signed(application, order),
    )
    return application


def _wishes(application: Application, order: FillIn) -> dict[str, Any]:
    """The days stand among the wishes, yet they are asked with the size: each form leaves the other's."""
    days = application.wishes.get("days", []) if order.days is None else days_kept(application, order.days)
    return with_days(application.wishes if order.wishes is None else order.wishes, days)


def days_kept(application: Application, days: tuple[str, ...]) -> list[str]:
    """What is kept of the days that an application asks for."""
    fair = application.fair
    return kept_days(DaySettings.read(fair.settings), days, days_of(fair.starts_on, fair.ends_on))


def _terms_signed(application: Application, order: FillIn) -> dict[str, str]:
    """What the log keeps of terms that are accepted: their version and a digest of their text."""
    if not order.accepts_terms:
        return {}
    fair = application.fair
    return {"terms_version": fair.terms_version, "terms_digest": digest_of(fair.terms)}


def write_note(session: Session, actor: Actor, order: WriteNote, now: datetime) -> ReviewNote:
    """Keep a note about the application for the organisers and reviewers of its fair."""
    application = application_of(session, actor, order.application_id)
    require(actor, Permission.APPLICATION_NOTE, application.fair_id)
    note = ReviewNote(application_id=application.id, text=order.text, by_id=actor.account_id, at=now)
    session.add(note)
    audit.record(
        session, actor, "application.noted", now, fair_id=application.fair_id, application=application.id
    )
    return note


def _not_overtaken(application: Application, order: FillIn) -> None:
    if not order.tab:
        same_version(application, order.version)
        return
    version, tab = application.answers.get(WRITTEN, {}).get(order.part, (0, ""))
    if tab != order.tab and version > (order.version or 0):
        raise Clash(Lost.CHANGED_MEANWHILE)


def show_products(session: Session, application: Application, product_ids: tuple[int, ...]) -> None:
    """Show these of the organisation's products at the fair, and no others.

    :raises Missing: when one is not the organisation's.
    """
    refuse_foreign_products(session, application, product_ids)
    session.execute(delete(ApplicationProduct).where(ApplicationProduct.application_id == application.id))
    session.add_all(
        ApplicationProduct(application_id=application.id, product_id=each)
        for each in sorted(set(product_ids))
    )


def refuse_foreign_products(session: Session, application: Application, product_ids: tuple[int, ...]) -> None:
    """Go on when all of them are the organisation's.

    :raises Missing: otherwise.
    """
    own = session.scalars(
        select(Product.id).where(
            Product.organisation_id == application.organisation_id,
            Product.id.in_(product_ids),
            Product.removed_at.is_(None),
        )
    ).all()
    if set(own) != set(product_ids):
        raise Missing
