"""Apply for a fair: begin, fill in, submit, and take every other step of an application's life."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.applications import (
    ADMITTED,
    APPLICANTS_STEPS,
    EDITABLE,
    STEPS,
    Circumstances,
    State,
    Step,
    StepRefusal,
    refusals,
)
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.fairs import FairState
from fairapp.rules.reasons import Lost
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application, ApplicationProduct, ApplicationStep, ReviewNote
from fairapp.store.applications_queries import application_of, booths_held, exhibitor_from
from fairapp.store.fairs import BoothKind, Fair
from fairapp.store.producers import Organisation, Product
from fairapp.usecases import audit, outbox
from fairapp.usecases.leaving import leave_fair
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
    needs: dict[str, object] | None = None
    product_ids: tuple[int, ...] | None = None
    accepts_terms: bool | None = None


@dataclass(frozen=True, slots=True)
class TakeStep:
    """One step of the application's life, with the words the applicant will read."""

    application_id: int
    step: Step
    reason: str = ""
    fields: tuple[str, ...] = ()
    version: int | None = None


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
    for name in ("booths", "area_m2", "wishes", "needs"):
        if (value := getattr(order, name)) is not None:
            setattr(application, name, value)
    if order.product_ids is not None:
        _show_products(session, application, order.product_ids)
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
    audit.record(
        session,
        actor,
        "application.filled_in",
        now,
        fair_id=application.fair_id,
        application=application.id,
        part=order.part,
    )
    return application


def take_step(session: Session, actor: Actor, order: TakeStep, now: datetime) -> Application:
    """Take one step with all its consequences, or refuse with every reason why not.

    :raises Refused: with the reasons of ``rules.applications.refusals``.
    :raises Clash: when the application was changed since the actor looked.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    if order.step in APPLICANTS_STEPS:
        require_member(actor, application.organisation_id)
    else:
        require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    _same_version(application, order.version)
    if reasons := refusals(
        application.state, order.step, circumstances(session, application, now, order.reason)
    ):
        raise Refused(*reasons)

    before, after = application.state, STEPS[application.state, order.step]
    application.state = after
    application.changed_at = now
    application.version += 1
    _consequences(session, actor, application, order, before, now)
    session.add(
        ApplicationStep(
            application_id=application.id,
            step=order.step,
            before=before,
            after=after,
            reason=order.reason,
            by_id=actor.account_id,
            at=now,
        )
    )
    audit.record(
        session,
        actor,
        f"application.{order.step.value}",
        now,
        fair_id=application.fair_id,
        application=application.id,
        before=before.value,
        after=after.value,
    )
    outbox.post(session, "mail.application_step", now, application_id=application.id, step=order.step.value)
    return application


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


def circumstances(
    session: Session, application: Application, now: datetime, reason: str = ""
) -> Circumstances:
    """What the application's next step is judged by."""
    fair, kind = application.fair, application.booth_kind
    shown = select(func.count()).where(ApplicationProduct.application_id == application.id)
    return Circumstances(
        now=now,
        fair_is_open=fair.state is FairState.PUBLISHED,
        fair_is_over=now.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on,
        apply_from=fair.apply_from,
        apply_until=fair.apply_until,
        has_kind=kind is not None,
        area_m2=application.area_m2,
        min_area_m2=0.0 if kind is None else kind.min_area_m2,
        products=session.scalar(shown) or 0,
        terms_are_accepted=application.terms_version == fair.terms_version,
        reason=reason,
        booths=booths_held(session, exhibitor_from(session, application.id)),
    )


def _same_version(application: Application, version: int | None) -> None:
    if version is not None and version != application.version:
        raise Clash(Lost.CHANGED_MEANWHILE)


def _not_overtaken(application: Application, order: FillIn) -> None:
    if not order.tab:
        _same_version(application, order.version)
        return
    version, tab = application.answers.get(WRITTEN, {}).get(order.part, (0, ""))
    if tab != order.tab and version > (order.version or 0):
        raise Clash(Lost.CHANGED_MEANWHILE)


def _show_products(session: Session, application: Application, product_ids: tuple[int, ...]) -> None:
    own = session.scalars(
        select(Product.id).where(
            Product.organisation_id == application.organisation_id,
            Product.id.in_(product_ids),
            Product.removed_at.is_(None),
        )
    ).all()
    if set(own) != set(product_ids):
        raise Missing
    session.execute(delete(ApplicationProduct).where(ApplicationProduct.application_id == application.id))
    session.add_all(ApplicationProduct(application_id=application.id, product_id=each) for each in own)


def _consequences(
    session: Session, actor: Actor, application: Application, order: TakeStep, before: State, now: datetime
) -> None:
    """Everything that follows from a step: times, the exhibitor, its booths and badges."""
    if order.step in (Step.SUBMIT, Step.RESUBMIT):
        application.submitted_at = now
        application.reason, application.reason_fields = "", []
    if order.step in (Step.RETURN, Step.ACCEPT, Step.WAITLIST, Step.DECLINE, Step.CANCEL):
        application.decided_at = now
        application.reason, application.reason_fields = order.reason, list(order.fields)
    if order.step is Step.ACCEPT:
        _admit(session, application, now)
    if order.step is Step.CONFIRM:
        _confirm_claims(session, application)
    if before in ADMITTED and application.state not in ADMITTED:
        exhibitor = exhibitor_from(session, application.id)
        if exhibitor is not None:
            leave_fair(session, actor, exhibitor, now, order.reason or order.step.value)


def _admit(session: Session, application: Application, now: datetime) -> None:
    """The organisation is an exhibitor of the fair: anew, or again after it had left."""
    exhibitor = session.scalar(
        select(Exhibitor).where(
            Exhibitor.fair_id == application.fair_id,
            Exhibitor.organisation_id == application.organisation_id,
        )
    )
    if exhibitor is None:
        exhibitor = Exhibitor(
            fair_id=application.fair_id,
            organisation_id=application.organisation_id,
            fascia_name=application.organisation.name[:80],
            admitted_at=now,
        )
        session.add(exhibitor)
    exhibitor.application_id, exhibitor.left_at = application.id, None


def _confirm_claims(session: Session, application: Application) -> None:
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is not None:
        session.execute(
            update(BoothClaim)
            .where(BoothClaim.exhibitor_id == exhibitor.id, BoothClaim.state.in_(LIVE))
            .where(BoothClaim.state != ClaimState.HANDED_OVER)
            .values(state=ClaimState.CONFIRMED)
        )
