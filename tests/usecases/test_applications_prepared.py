"""Decisions in a batch: prepared in silence, undone without a trace, published once."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.applications import PREPARABLE, STEPS, State, Step, StepRefusal
from fairapp.rules.errors import Clash, Missing, NotAllowed, Refused
from fairapp.store.applications import Application
from fairapp.store.applications_prepared import PreparedDecision, prepared_counts
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.applications_decisions import DecideMany, decide_many
from fairapp.usecases.applications_prepared import (
    PrepareMany,
    prepare_many,
    publish_prepared,
    undo_prepared,
)
from fairapp.usecases.applications_steps import TakeStep, take_step
from tests import factories as make

NOW = make.NOW


class Batch:
    """A fair with three submitted applications and its organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)
        self.applications = [
            make.application(session, make.organisation(session), self.fair) for _ in range(3)
        ]
        self.ids = tuple(each.id for each in self.applications)

    def prepare(self, session: Session, step: Step, ids: tuple[int, ...] | None = None, why: str = "") -> int:
        order = PrepareMany(self.ids if ids is None else ids, step, why)
        return len(prepare_many(session, self.organiser, order, NOW).done)


@pytest.fixture
def batch(session: Session) -> Batch:
    return Batch(session)


def letters(session: Session) -> int:
    session.flush()
    return len(session.scalars(select(OutboxMessage)).all())


def test_nobody_is_told_before_the_batch_is_published(session: Session, batch: Batch) -> None:
    assert batch.prepare(session, Step.ACCEPT) == 3
    assert batch.prepare(session, Step.DECLINE, batch.ids[:1], "Hết chỗ.") == 1
    assert letters(session) == 0
    assert prepared_counts(session, batch.fair.id) == {Step.ACCEPT: 2, Step.DECLINE: 1}
    assert {each.state for each in batch.applications} == {State.SUBMITTED}

    decided = publish_prepared(session, batch.organiser, batch.fair.id, NOW)
    assert (len(decided.done), decided.refused) == (3, ())
    states = [each.state for each in batch.applications]
    assert states == [State.DECLINED, State.ACCEPTED, State.ACCEPTED]
    assert batch.applications[0].reason == "Hết chỗ."
    assert letters(session) == 3
    again = publish_prepared(session, batch.organiser, batch.fair.id, NOW)
    assert (again.done, again.refused, letters(session)) == ((), (), 3)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_a_decision_is_prepared_only_where_it_could_be_taken(
    session: Session, batch: Batch, state: State, step: Step
) -> None:
    session.get_one(Application, batch.ids[0]).state = state
    session.flush()
    if state is State.DRAFT:
        with pytest.raises(Missing):
            batch.prepare(session, step, batch.ids[:1], "x")
        return
    fits = step in PREPARABLE and (state, step) in STEPS
    assert batch.prepare(session, step, batch.ids[:1], "x") == int(fits)


def test_a_decline_needs_its_words_when_it_is_prepared(session: Session, batch: Batch) -> None:
    with pytest.raises(Refused) as refused:
        batch.prepare(session, Step.DECLINE)
    assert refused.value.reasons == (StepRefusal.REASON_MISSING,)


def test_what_is_undone_or_overtaken_is_not_published(session: Session, batch: Batch) -> None:
    batch.prepare(session, Step.ACCEPT)
    assert undo_prepared(session, batch.organiser, batch.fair.id, batch.ids[:1], NOW) == 1
    assert undo_prepared(session, batch.organiser, batch.fair.id, batch.ids[:1], NOW) == 0
    order = TakeStep(batch.ids[1], Step.CANCEL, "Trùng hồ sơ.")
    take_step(session, batch.organiser, order, NOW)
    assert session.scalars(select(PreparedDecision.application_id)).all() == [batch.ids[2]]
    decided = publish_prepared(session, batch.organiser, batch.fair.id, NOW)
    assert [each.id for each in decided.done] == [batch.ids[2]]


def test_what_cannot_be_taken_any_more_stays_and_says_why(session: Session, batch: Batch) -> None:
    batch.prepare(session, Step.ACCEPT)
    batch.applications[0].state = State.CANCELLED  # behind the batch's back
    session.flush()
    decided = publish_prepared(session, batch.organiser, batch.fair.id, NOW)
    assert len(decided.done) == 2
    [(application, why)] = decided.refused
    assert isinstance(why, Refused)
    assert (application.id, why.reasons) == (batch.ids[0], (StepRefusal.NOT_FROM_HERE,))
    assert prepared_counts(session, batch.fair.id) == {Step.ACCEPT: 1}


def test_what_somebody_else_had_prepared_otherwise_is_named_when_another_decision_takes_its_place(
    session: Session, batch: Batch
) -> None:
    other = make.actor(Role.ORGANISER, batch.fair, account_id=make.account(session).id)
    batch.prepare(session, Step.ACCEPT)
    same = prepare_many(session, other, PrepareMany(batch.ids[:1], Step.ACCEPT), NOW)
    otherwise = prepare_many(session, other, PrepareMany(batch.ids[1:2], Step.WAITLIST), NOW)
    own = prepare_many(session, other, PrepareMany(batch.ids[1:2], Step.ACCEPT), NOW)
    assert [[each.id for each in one.replaced] for one in (same, otherwise, own)] == [[], [batch.ids[1]], []]


def test_what_was_changed_since_it_was_seen_is_neither_prepared_nor_decided(
    session: Session, batch: Batch
) -> None:
    seen = {each.id: each.version for each in batch.applications}
    take_step(session, batch.organiser, TakeStep(batch.ids[0], Step.WAITLIST), NOW)
    prepared = prepare_many(session, batch.organiser, PrepareMany(batch.ids, Step.ACCEPT, "", seen), NOW)
    decided = decide_many(
        session, batch.organiser, DecideMany(batch.ids, Step.DECLINE, "Hết chỗ.", seen), NOW
    )
    for done in (prepared, decided):
        assert [each.id for each in done.done] == list(batch.ids[1:])
        assert [(each.id, type(why)) for each, why in done.refused] == [(batch.ids[0], Clash)]
    assert batch.applications[0].state is State.WAITLISTED


def test_only_an_organiser_of_this_fair_prepares_and_publishes(session: Session, batch: Batch) -> None:
    order = PrepareMany(batch.ids, Step.ACCEPT)
    treasurer = make.actor(Role.FINANCE, batch.fair)
    elsewhere = make.fair(session, "ELSE27")
    stranger = make.actor(Role.ORGANISER, elsewhere)
    with pytest.raises(NotAllowed):
        prepare_many(session, treasurer, order, NOW)
    with pytest.raises(Missing):
        prepare_many(session, stranger, order, NOW)
    for actor in (treasurer, stranger):
        with pytest.raises(NotAllowed):
            publish_prepared(session, actor, batch.fair.id, NOW)
    batch.prepare(session, Step.ACCEPT)
    with pytest.raises(Missing):
        undo_prepared(session, stranger, elsewhere.id, batch.ids, NOW)
