"""Decisions in a batch: prepared one by one or many at once, looked at, undone, published together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.applications import PREPARABLE, REASONED_STEPS, STEPS, Step, StepRefusal
from fairapp.rules.errors import Clash, Refused
from fairapp.store.applications import Application
from fairapp.store.applications_prepared import (
    PreparedDecision,
    forget_prepared,
    prepared_ids,
    prepared_so_far,
)
from fairapp.store.applications_queries import application_of
from fairapp.usecases import audit
from fairapp.usecases.applications_decisions import Decided, at_once
from fairapp.usecases.applications_steps import TakeStep, same_version, take_step
from fairapp.usecases.permission import require

MOST_PUBLISHED = 500
"""In one go: what is left stays prepared for the next press."""


@dataclass(frozen=True, slots=True)
class PrepareMany:
    """The same decision, with the same words, for each of these; nobody is told yet."""

    application_ids: tuple[int, ...]
    step: Step
    reason: str = ""
    versions: Mapping[int, int] = field(default_factory=dict)
    """By application, as the actor saw it."""


def prepare_many(session: Session, actor: Actor, order: PrepareMany, now: datetime) -> Decided:
    """Prepare the decision wherever it is possible; a later one takes the place of an earlier one.

    :raises Refused: when a decision that needs words has none, or these are too many at once.
    :raises Missing: when the actor does not see one of them: then none is prepared.
    """
    if order.step in REASONED_STEPS and not order.reason.strip():
        raise Refused(StepRefusal.REASON_MISSING)
    done, refused, replaced = list[Application](), list[tuple[Application, Refused | Clash]](), []
    for application_id in at_once(order.application_ids):
        application = application_of(session, actor, application_id, lock=True)
        require(actor, Permission.APPLICATION_DECIDE, application.fair_id)
        try:
            _can_be_prepared(application, order)
        except (Refused, Clash) as refusal:
            refused.append((application, refusal))
            continue
        if _differs_from_anothers(session, actor, application, order):
            replaced.append(application)
        forget_prepared(session, [application.id])
        session.add(
            PreparedDecision(
                application_id=application.id,
                fair_id=application.fair_id,
                step=order.step,
                reason=order.reason,
                prepared_by_id=actor.account_id,
                prepared_at=now,
            )
        )
        done.append(application)
        audit.record(
            session,
            actor,
            "application.prepared",
            now,
            fair_id=application.fair_id,
            application=application.id,
            step=order.step.value,
        )
    return Decided(tuple(done), tuple(refused), tuple(replaced))


def _can_be_prepared(application: Application, order: PrepareMany) -> None:
    same_version(application, order.versions.get(application.id))
    if order.step not in PREPARABLE or (application.state, order.step) not in STEPS:
        raise Refused(StepRefusal.NOT_FROM_HERE)


def _differs_from_anothers(
    session: Session, actor: Actor, application: Application, order: PrepareMany
) -> bool:
    earlier = prepared_so_far(session, application.id)
    if earlier is None:
        return False
    step, reason, by_id = earlier
    return by_id != actor.account_id and (step, reason) != (order.step, order.reason)


def undo_prepared(
    session: Session, actor: Actor, fair_id: int, application_ids: tuple[int, ...], now: datetime
) -> int:
    """Take decisions out of the batch; answer how many were in it.

    :raises Refused: when these are too many at once.
    """
    require(actor, Permission.APPLICATION_DECIDE, fair_id)
    theirs = [
        application.id
        for application_id in at_once(application_ids)
        if (application := application_of(session, actor, application_id)).fair_id == fair_id
    ]
    gone = forget_prepared(session, theirs)
    if gone:
        audit.record(session, actor, "application.unprepared", now, fair_id=fair_id, applications=theirs)
    return gone


def publish_prepared(session: Session, actor: Actor, fair_id: int, now: datetime) -> Decided:
    """Take every prepared decision now, each with its letter; what is refused stays prepared.

    Two organisers who press at once do not decide twice: a decision that was taken is not prepared any more.
    """
    require(actor, Permission.APPLICATION_DECIDE, fair_id)
    done, refused = list[Application](), list[tuple[Application, Refused | Clash]]()
    for application_id in prepared_ids(session, fair_id, MOST_PUBLISHED):
        application = application_of(session, actor, application_id, lock=True)
        decision = session.get(PreparedDecision, application_id, populate_existing=True)
        if decision is None:
            continue
        try:
            order = TakeStep(application_id, decision.step, decision.reason)
            done.append(take_step(session, actor, order, now))
        except Refused as refusal:
            refused.append((application, refusal))
    return Decided(tuple(done), tuple(refused))
