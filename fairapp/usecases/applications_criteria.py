"""Say by what a fair's applications are reviewed, whether blind, and who reads which of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.applications import State
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.review_settings import MOST_DAYS, ReviewSettings
from fairapp.rules.reviewing import (
    MOST_CRITERIA,
    MOST_PARTS,
    Reads,
    ReviewRefusal,
    ReviewState,
    weighted_mean,
)
from fairapp.store.applications import Application
from fairapp.store.applications_reviewing import (
    Criterion,
    Review,
    ReviewAssignment,
    criteria_of,
    criterion_of,
    reviewers_of,
)
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import groups_of
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class KeepCriterion:
    """A criterion as it shall be; a new one without a number."""

    fair_id: int
    names: dict[str, str]
    weight: int
    most: int
    hints: dict[str, str] = field(default_factory=dict)
    criterion_id: int | None = None


@dataclass(frozen=True, slots=True)
class AssignReviewer:
    """Give a part of the fair's applications to a reviewer."""

    fair_id: int
    account_id: int
    by: Reads
    value: str = ""


def keep_criterion(session: Session, actor: Actor, order: KeepCriterion, now: datetime) -> Criterion:
    """Keep the criterion; a new weight changes the mean of every review that is there.

    :raises Refused: when reviews are there and it is new, or its scale would change.
    """
    fair = _fair(session, actor, order.fair_id)
    kept = criteria_of(session, fair.id)
    if order.criterion_id is None:
        if len(kept) >= MOST_CRITERIA:
            raise Refused(ReviewRefusal.TOO_MANY_CRITERIA)
        _nothing_scored(session, fair.id)
        last = max((each.position for each in kept), default=0)
        row = Criterion(fair_id=fair.id, names={}, weight=order.weight, most=order.most, position=last + 1)
        session.add(row)
    else:
        row = criterion_of(session, fair.id, order.criterion_id)
        if row.most != order.most:
            _nothing_scored(session, fair.id)
    is_weighed_anew = order.criterion_id is not None and row.weight != order.weight
    row.names, row.hints, row.weight, row.most = order.names, order.hints, order.weight, order.most
    session.flush()
    if is_weighed_anew:
        _mean_anew(session, fair.id)
    facts = {"criterion": row.id, "weight": row.weight, "most": row.most}
    audit.record(session, actor, "review.criterion_kept", now, fair_id=fair.id, **facts)
    return row


def remove_criterion(session: Session, actor: Actor, fair_id: int, criterion_id: int, now: datetime) -> None:
    """Take a criterion out.

    :raises Refused: when reviews are there.
    """
    fair = _fair(session, actor, fair_id)
    row = criterion_of(session, fair.id, criterion_id)
    _nothing_scored(session, fair.id)
    session.delete(row)
    audit.record(session, actor, "review.criterion_removed", now, fair_id=fair.id, criterion=criterion_id)


def keep_review_settings(
    session: Session, actor: Actor, fair_id: int, settings: ReviewSettings, now: datetime
) -> None:
    """Say whether reviewers read who applies, until when they read, and which letters remind them.

    :raises Refused: for days that are out of bounds, or a deadline after the fair.
    """
    fair = _fair(session, actor, fair_id)
    if not all(0 <= each <= MOST_DAYS for each in (settings.days_before, settings.days_after)):
        raise Refused(ReviewRefusal.REMINDER_DAYS)
    until = settings.until and settings.until.astimezone(ZoneInfo(fair.timezone)).date()
    if until is not None and until > fair.ends_on:
        raise Refused(ReviewRefusal.DEADLINE_AFTER_FAIR)
    fair.settings = {**fair.settings, "review": settings.kept()}
    audit.record(session, actor, "review.settings", now, fair_id=fair.id, **settings.kept())


def assign_reviewer(session: Session, actor: Actor, order: AssignReviewer, now: datetime) -> ReviewAssignment:
    """Give a part to a reviewer; what they read already stays as it is.

    :raises Refused: when the account is no reviewer of the fair, or the part is none of the fair's.
    """
    fair = _fair(session, actor, order.fair_id)
    if order.account_id not in [account.id for account in reviewers_of(session, fair.id)]:
        raise Refused(ReviewRefusal.NOT_A_REVIEWER)
    if not _is_a_part(session, fair, order):
        raise Refused(ReviewRefusal.NO_SUCH_PART)
    theirs = session.scalars(
        select(ReviewAssignment).where(
            ReviewAssignment.fair_id == fair.id, ReviewAssignment.account_id == order.account_id
        )
    ).all()
    for each in theirs:
        if (each.by, each.value) == (order.by, order.value):
            return each
    if len(theirs) >= MOST_PARTS:
        raise Refused(ReviewRefusal.TOO_MANY_PARTS)
    row = ReviewAssignment(
        fair_id=fair.id, account_id=order.account_id, by=order.by, value=order.value, made_at=now
    )
    session.add(row)
    session.flush()
    facts = {"reviewer": order.account_id, "by": order.by.value, "value": order.value}
    audit.record(session, actor, "review.assigned", now, fair_id=fair.id, **facts)
    return row


def unassign_reviewer(
    session: Session, actor: Actor, fair_id: int, assignment_id: int, now: datetime
) -> None:
    """Take a part from its reviewer; reviews that were given stay. A second press finds nothing to do."""
    fair = _fair(session, actor, fair_id)
    row = session.get(ReviewAssignment, assignment_id)
    if row is None:
        return
    if row.fair_id != fair.id:
        raise Missing
    session.delete(row)
    facts = {"reviewer": row.account_id, "by": row.by.value, "value": row.value}
    audit.record(session, actor, "review.unassigned", now, fair_id=fair.id, **facts)


def _fair(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair, its row locked: criteria change one after the other."""
    require(actor, Permission.APPLICATION_DECIDE, fair_id)
    fair = session.get(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None:
        raise Missing
    return fair


def _nothing_scored(session: Session, fair_id: int) -> None:
    done = select(Review.id).where(Review.fair_id == fair_id, Review.state == ReviewState.DONE).limit(1)
    if session.scalar(done) is not None:
        raise Refused(ReviewRefusal.CRITERIA_IN_USE)


def _mean_anew(session: Session, fair_id: int) -> None:
    scales = [each.scale for each in criteria_of(session, fair_id)]
    done = select(Review).where(Review.fair_id == fair_id, Review.state == ReviewState.DONE)
    for review in session.scalars(done):
        scores = {int(number): points for number, points in review.scores.items()}
        review.mean = weighted_mean(scores, scales)


def _is_a_part(session: Session, fair: Fair, order: AssignReviewer) -> bool:
    value = order.value
    if order.by is Reads.APPLICATION:
        application = session.get(Application, int(value)) if value.isdecimal() and len(value) < 10 else None
        is_ours = application is not None and application.fair_id == fair.id
        return is_ours and application is not None and application.state is not State.DRAFT
    return {
        Reads.ALL: value == "",
        Reads.GROUP: value in [group.code for group in groups_of(session, fair)],
        Reads.PROVINCE: value.isascii() and value.isdigit() and len(value) == 2,
        Reads.COUNTRY: value.isascii() and value.isalpha() and value.isupper() and len(value) == 2,
    }[order.by]
