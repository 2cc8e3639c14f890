"""Take a step of an application's life, with everything that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.applications import (
    ADMITTED,
    APPLICANTS_STEPS,
    STEPS,
    Circumstances,
    State,
    Step,
    refusals,
)
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Clash
from fairapp.rules.fairs import FairState
from fairapp.rules.forms import closes_at
from fairapp.rules.guards import refusal
from fairapp.rules.holds import PENDING
from fairapp.rules.questions import Phase
from fairapp.rules.reasons import Lost
from fairapp.rules.waiting_list import WaitingSettings, confirm_until
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application, ApplicationProduct, ApplicationStep
from fairapp.store.applications_forms_queries import extension_of
from fairapp.store.applications_prepared import forget_prepared
from fairapp.store.applications_queries import application_of, booths_held, exhibitor_from
from fairapp.store.applications_waiting import booth_since
from fairapp.usecases import audit, outbox
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.cancelling import end_charges
from fairapp.usecases.guarding import hindrances
from fairapp.usecases.leaving import leave_fair
from fairapp.usecases.offering import join_line, leave_line
from fairapp.usecases.permission import require, require_member


@dataclass(frozen=True, slots=True)
class TakeStep:
    """One step of the application's life, with the words the applicant will read."""

    application_id: int
    step: Step
    reason: str = ""
    fields: tuple[str, ...] = ()
    version: int | None = None


def take_step(session: Session, actor: Actor, order: TakeStep, now: datetime) -> Application:
    """Take one step with all its consequences, or refuse with every reason why not.

    :raises Refused: with the reasons of ``rules.applications.refusals`` and those of the guards.
    :raises Clash: when the application was changed since the actor looked.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    if order.step in APPLICANTS_STEPS:
        require_member(actor, application.organisation_id)
    else:
        require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    return carry_out(session, actor, application, order, now)


def carry_out(
    session: Session, actor: Actor, application: Application, order: TakeStep, now: datetime
) -> Application:
    """Take the step for whoever was found to be allowed to; the application's row is locked.

    :raises Refused: and :raises Clash: as ``take_step`` does.
    """
    same_version(application, order.version)
    reasons = refusals(application.state, order.step, circumstances(session, application, now, order.reason))
    against = hindrances(session, application, order.step, now)
    if reasons or against:
        raise refusal(against, *reasons)

    before, after = application.state, STEPS[application.state, order.step]
    application.state = after
    application.changed_at = now
    application.version += 1
    _consequences(session, actor, application, order, before, now)
    _keep_line(session, actor, application, before, now)
    forget_prepared(session, [application.id])
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


def circumstances(
    session: Session, application: Application, now: datetime, reason: str = ""
) -> Circumstances:
    """What the application's next step is judged by."""
    fair, kind = application.fair, application.booth_kind
    shown = select(func.count()).where(ApplicationProduct.application_id == application.id)
    extended = extension_of(session, application.id, Phase.APPLY)
    return Circumstances(
        now=now,
        fair_is_open=fair.state is FairState.PUBLISHED,
        fair_is_over=now.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on,
        apply_from=fair.apply_from,
        apply_until=closes_at(fair.apply_until, extended.until if extended else None),
        has_kind=kind is not None,
        area_m2=application.area_m2,
        min_area_m2=0.0 if kind is None else kind.min_area_m2,
        products=session.scalar(shown) or 0,
        terms_are_accepted=application.terms_version == fair.terms_version,
        reason=reason,
        booths=booths_held(session, exhibitor_from(session, application.id)),
        confirm_until=must_confirm_by(session, application),
    )


def must_confirm_by(session: Session, application: Application) -> datetime | None:
    """By when an accepted exhibitor must confirm; None while no such deadline runs."""
    if application.state is not State.ACCEPTED:
        return None
    since = booth_since(session, [application.id]).get(application.id)
    return confirm_until(WaitingSettings.of(application.fair.settings), since)


def same_version(application: Application, version: int | None) -> None:
    """Go on when the application is as the actor saw it.

    :raises Clash: when it was changed since.
    """
    if version is not None and version != application.version:
        raise Clash(Lost.CHANGED_MEANWHILE)


def _consequences(
    session: Session, actor: Actor, application: Application, order: TakeStep, before: State, now: datetime
) -> None:
    """Everything that follows from a step: times, the exhibitor, its booths, badges and money."""
    if order.step in (Step.SUBMIT, Step.RESUBMIT):
        application.submitted_at = now
        application.reason, application.reason_fields = "", []
    if order.step in (Step.RETURN, Step.ACCEPT, Step.WAITLIST, Step.DECLINE, Step.CANCEL):
        application.decided_at = now
        application.reason, application.reason_fields = order.reason, list(order.fields)
    if order.step is Step.ACCEPT:
        _admit(session, application, now)
    if order.step is Step.CONFIRM:
        _confirm_claims(session, actor, application, now)
    if before in ADMITTED and application.state not in ADMITTED:
        exhibitor = exhibitor_from(session, application.id)
        if exhibitor is not None:
            with_fee = order.step in (Step.WITHDRAW, Step.CANCEL)
            end_charges(session, actor, exhibitor, now, with_fee=with_fee)
            leave_fair(session, actor, exhibitor, now, order.reason or order.step.value)


def _keep_line(
    session: Session, actor: Actor, application: Application, before: State, now: datetime
) -> None:
    if application.state is State.WAITLISTED:
        join_line(session, application, now)
    elif before is State.WAITLISTED:
        leave_line(session, actor, application, now)


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


def _confirm_claims(session: Session, actor: Actor, application: Application, now: datetime) -> None:
    exhibitor = exhibitor_from(session, application.id)
    if exhibitor is None:
        return
    held = select(BoothClaim).where(
        BoothClaim.exhibitor_id == exhibitor.id,
        BoothClaim.state.in_(LIVE - PENDING - {ClaimState.HANDED_OVER}),
    )
    for claim in session.scalars(held):
        claim.state = ClaimState.CONFIRMED
        tell_of_claim(session, actor, BoardAct.AGREED, claim, now)
