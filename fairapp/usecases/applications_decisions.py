"""One decision on many applications at once: each on its own merits, none in the way of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import Step, StepRefusal
from fairapp.rules.errors import Clash, Refused
from fairapp.store.applications import Application
from fairapp.usecases.applications_steps import TakeStep, take_step

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class DecideMany:
    """The same step, with the same words, on each of these."""

    application_ids: tuple[int, ...]
    step: Step
    reason: str = ""
    versions: Mapping[int, int] = field(default_factory=dict)
    """By application, as the actor saw it: what somebody else has changed since stays as it is."""


@dataclass(frozen=True, slots=True)
class Decided:
    """Which took the step, and which could not, with every reason."""

    done: tuple[Application, ...]
    refused: tuple[tuple[Application, Refused | Clash], ...]
    replaced: tuple[Application, ...] = ()
    """Of those that were prepared: where somebody else had prepared another decision."""


def at_once(application_ids: Iterable[int]) -> list[int]:
    """Each of them once, in order: locks are taken alike by everybody.

    :raises Refused: when these are too many: nobody shall believe that the rest was done too.
    """
    ids = sorted(set(application_ids))
    if len(ids) > MOST_AT_ONCE:
        raise Refused(StepRefusal.TOO_MANY_AT_ONCE)
    return ids


def decide_many(session: Session, actor: Actor, order: DecideMany, now: datetime) -> Decided:
    """Take the step wherever it is possible; a refusal leaves no trace of its own.

    :raises Missing: when the actor does not see one of them: then none is decided.
    :raises Refused: when these are too many at once: then none is decided.
    """
    done: list[Application] = []
    refused: list[tuple[Application, Refused | Clash]] = []
    for application_id in at_once(order.application_ids):
        seen = order.versions.get(application_id)
        try:
            step = TakeStep(application_id, order.step, order.reason, version=seen)
            done.append(take_step(session, actor, step, now))
        except (Refused, Clash) as refusal:
            refused.append((session.get_one(Application, application_id), refusal))
    return Decided(tuple(done), tuple(refused))
