"""Review an application: give points and a comment, declare a conflict, have one lifted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Refused
from fairapp.rules.reviewing import (
    ReviewRefusal,
    ReviewState,
    ReviewStep,
    refusals,
    score_faults,
    weighted_mean,
)
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of
from fairapp.store.applications_reading import read_by
from fairapp.store.applications_reviewing import Review, criteria_of, review_by
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class GiveReview:
    """A reviewer's points by criterion, and words for the organisers."""

    fair_id: int
    application_id: int
    scores: dict[int, int]
    comment: str = ""


def give_review(session: Session, actor: Actor, order: GiveReview, now: datetime) -> Review:
    """Keep the review, or change it: until the decision. The same one sent twice is kept once.

    :raises Missing: when the application is not assigned to the actor.
    :raises Refused: with every reason why not.
    """
    application, review = _read(session, actor, order.fair_id, order.application_id)
    scales = [each.scale for each in criteria_of(session, order.fair_id)]
    state = ReviewState.OPEN if review is None else review.state
    reasons = (
        *refusals(state, ReviewStep.SCORE, application.state),
        *score_faults(order.scores, scales),
    )
    if reasons:
        raise Refused(*reasons)
    scores = {str(each.criterion_id): order.scores[each.criterion_id] for each in scales}
    if review is not None and (review.scores, review.comment) == (scores, order.comment):
        return review
    if review is None:
        review = Review(
            fair_id=order.fair_id, application_id=application.id, account_id=actor.account_id, at=now
        )
        session.add(review)
    review.state, review.scores, review.at = ReviewState.DONE, scores, now
    review.mean, review.comment = weighted_mean(order.scores, scales), order.comment
    session.flush()
    _record(session, actor, "review.given", application, now, mean=review.mean)
    return review


def declare_conflict(
    session: Session, actor: Actor, fair_id: int, application_id: int, now: datetime
) -> None:
    """Say that one cannot judge this applicant: points are dropped, somebody else is to read it.

    :raises Missing: when the application is not assigned to the actor.
    """
    application, review = _read(session, actor, fair_id, application_id)
    state = ReviewState.OPEN if review is None else review.state
    if reasons := refusals(state, ReviewStep.DECLARE, application.state):
        raise Refused(*reasons)
    if review is None:
        review = Review(fair_id=fair_id, application_id=application.id, account_id=actor.account_id, at=now)
        session.add(review)
    review.state, review.scores, review.mean, review.comment = ReviewState.CONFLICT, {}, None, ""
    review.at = now
    session.flush()
    _record(session, actor, "review.conflict", application, now)


def lift_conflict(
    session: Session, actor: Actor, application_id: int, account_id: int, now: datetime
) -> None:
    """Let the reviewer read the application again: the conflict was declared by mistake.

    :raises Refused: when no conflict is declared (any more).
    """
    application = application_of(session, actor, application_id, lock=True)
    require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
    review = review_by(session, application.id, account_id)
    if review is None:
        raise Refused(ReviewRefusal.NO_CONFLICT)
    if reasons := refusals(review.state, ReviewStep.LIFT, application.state):
        raise Refused(*reasons)
    session.delete(review)
    _record(session, actor, "review.conflict_lifted", application, now, reviewer=account_id)


def _read(
    session: Session, actor: Actor, fair_id: int, application_id: int
) -> tuple[Application, Review | None]:
    """The application, if it is the actor's to read; nobody changes the criteria meanwhile."""
    require(actor, Permission.REVIEW_GIVE, fair_id)
    fair = session.get_one(Fair, fair_id, with_for_update=LOCK)
    return read_by(session, actor, fair, application_id, lock=True)


def _record(
    session: Session, actor: Actor, what: str, application: Application, now: datetime, **facts: object
) -> None:
    audit.record(session, actor, what, now, fair_id=application.fair_id, application=application.id, **facts)
