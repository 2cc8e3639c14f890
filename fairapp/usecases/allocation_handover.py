"""Hand a booth over to its exhibitor, and take a hand-over back that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation_handover import CLAIM_STEPS, ClaimStep, Moment, handover_refusals
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.fairs import FairState
from fairapp.rules.guards import Deed, Hindrance, refusal
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.allocation import BoothClaim
from fairapp.store.allocation_queries import claim_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.board_telling import tell_of_claim
from fairapp.usecases.guarding import hindrances
from fairapp.usecases.permission import require

LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True)
class StepClaim:
    """One step of a claim at move-in: ``words`` are a note on the hand-over, or why it is taken back."""

    claim_id: int
    step: ClaimStep
    words: str = ""


def step_claim(session: Session, actor: Actor, order: StepClaim, now: datetime) -> BoothClaim:
    """Take the step, or refuse with every reason why not, those of the guards included.

    :raises Refused: with the reasons of ``rules.allocation_handover`` and of the guards.
    """
    claim = claim_of(session, actor, order.claim_id)
    require(actor, Permission.BOOTH_ASSIGN, claim.booth.fair_id)
    words = _clean(order.words)
    reasons = handover_refusals(claim.state, order.step, moment_of(claim, now, words))
    against = handover_hindrances(session, claim, now) if order.step is ClaimStep.HAND_OVER else ()
    if reasons:
        raise Refused(*reasons)
    if against:
        raise refusal(against)
    before, claim.state = claim.state, CLAIM_STEPS[claim.state, order.step]
    handed_over = order.step is ClaimStep.HAND_OVER
    claim.handed_over_at = now if handed_over else None
    claim.handed_over_by_id = actor.account_id if handed_over else None
    claim.handover_note = words if handed_over else ""
    act = BoardAct.HANDED_OVER if handed_over else BoardAct.TAKEN_BACK
    tell_of_claim(session, actor, act, claim, now)
    audit.record(
        session,
        actor,
        f"booth.{order.step.value}",
        now,
        fair_id=claim.booth.fair_id,
        booth=claim.booth.code,
        claim=claim.id,
        before=before.value,
        words=words,
    )
    outbox.post(session, "mail.booth_handover", now, claim_id=claim.id, step=order.step.value, words=words)
    return claim


def moment_of(claim: BoothClaim, now: datetime, words: str = "") -> Moment:
    """What the claim's next step is judged by."""
    fair = claim.booth.fair
    return Moment(
        fair_is_on=fair.state is FairState.PUBLISHED,
        fair_is_over=now.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on,
        reason=words,
    )


def handover_hindrances(session: Session, claim: BoothClaim, now: datetime) -> tuple[Hindrance, ...]:
    """What other rooms hold against the hand-over; an exhibitor without application owes them nothing."""
    application = claim.exhibitor.application
    return () if application is None else hindrances(session, application, Deed.HAND_OVER, now)


def _clean(words: str) -> str:
    try:
        return clean(words, longest=LONGEST_NOTE, lines=True)
    except TextRefused as refused:
        raise Invalid(words=Shape.TOO_LONG if refused.longest else refused.reason) from refused
