"""Choosing a booth: held for a time, taken or let go; one hold each, and an expired one blocks nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.billing import MoneyHindrance
from fairapp.rules.board import BoardAct
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.holds import ChoosingSettings, HoldRefusal, HoldStep
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.billing import Instalment
from fairapp.store.board_events import BoardEvent
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.draws_choosing import (
    AnswerHold,
    PickBooth,
    answer_hold,
    expire_booth,
    keep_choosing,
    pick_booth,
)
from fairapp.usecases.draws_offers import OfferBooth, offer_booth
from tests import factories as make
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


class Floor:
    """A fair open for choosing, with three booths and two makers."""

    def __init__(self, session: Session, **settings: Any) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.open(**settings)
        self.hall = make.hall(session, self.fair)
        self.booths = [make.booth(session, self.hall) for _ in range(3)]
        self.tea, self.tea_maker = self.applicant()
        self.silk, self.silk_maker = self.applicant()
        self.office = make.actor(Role.ORGANISER, self.fair)

    def open(self, **settings: Any) -> None:
        said = ChoosingSettings(**{"self_service": True, **settings})
        self.fair.settings = {**self.fair.settings, "choosing": said.kept()}

    def applicant(self) -> tuple[Application, Actor]:
        of = make.organisation(self.session)
        application = make.application(self.session, of, self.fair, state=State.ACCEPTED)
        make.exhibitor(self.session, of, self.fair, application_id=application.id)
        return application, Actor(None, organisation_ids=frozenset({of.id}))

    def exhibitor(self, application: Application) -> Exhibitor:
        found = self.session.scalar(select(Exhibitor).where(Exhibitor.application_id == application.id))
        assert found is not None
        return found

    def pick(self, booth: int, now: Any = NOW, silk: bool = False) -> BoothClaim:
        application, actor = (self.silk, self.silk_maker) if silk else (self.tea, self.tea_maker)
        return pick_booth(self.session, actor, PickBooth(application.id, self.booths[booth].id), now)

    def answer(self, claim: BoothClaim, step: HoldStep, now: Any = NOW) -> BoothClaim:
        order = AnswerHold(self.tea.id, claim.id, step)
        return answer_hold(self.session, self.tea_maker, order, now)

    def days(self) -> set[int]:
        return set(self.session.scalars(select(ClaimDay.claim_id)))


@pytest.fixture
def floor(session: Session) -> Floor:
    return Floor(session)


def test_a_picked_booth_is_kept_for_some_minutes_and_then_taken(session: Session, floor: Floor) -> None:
    held = floor.pick(0)
    assert (held.state, held.expires_at) == (ClaimState.HELD, NOW + 20 * MINUTE)
    with pytest.raises(Refused) as refused:
        floor.pick(0, silk=True)
    assert refused.value.reasons == (Obstacle.TAKEN,)

    taken = floor.answer(held, HoldStep.TAKE, NOW + 19 * MINUTE)
    assert (taken.state, taken.expires_at) == (ClaimState.ACCEPTED, None)
    said = set(session.scalars(select(AuditEntry.what)))
    assert {"booth.held", "booth.chosen", "booth.assigned"} <= said
    letters = set(session.scalars(select(OutboxMessage.name)))
    assert "mail.booth_assigned" in letters


def test_a_second_press_holds_the_same_and_another_booth_moves_the_hold(floor: Floor) -> None:
    first = floor.pick(0)
    assert floor.pick(0) is first
    second = floor.pick(1)
    assert (first.state, second.state) == (ClaimState.RELEASED, ClaimState.HELD)
    assert floor.days() == {second.id}
    assert floor.pick(0, silk=True).state is ClaimState.HELD


def test_an_expired_hold_blocks_nobody_even_before_the_job_has_run(session: Session, floor: Floor) -> None:
    held = floor.pick(0)
    late = NOW + 20 * MINUTE
    with pytest.raises(Refused) as refused:
        floor.answer(held, HoldStep.TAKE, late)
    assert refused.value.reasons == (HoldRefusal.TIME_IS_UP,)
    assert floor.pick(0, late, silk=True).state is ClaimState.HELD
    assert held.state is ClaimState.EXPIRED
    order = AssignBooth(floor.exhibitor(floor.tea).id, floor.booths[0].id)
    given = assign_booth(session, floor.office, order, late + 20 * MINUTE)
    assert floor.days() == {given.id}


def test_the_job_frees_what_has_run_out_and_nothing_else(session: Session, floor: Floor) -> None:
    held = floor.pick(0)
    assert expire_booth(session, floor.booths[0].id, NOW + 19 * MINUTE) == 0
    assert expire_booth(session, floor.booths[0].id, NOW + 20 * MINUTE) == 1
    assert (held.state, floor.days()) == (ClaimState.EXPIRED, set())
    told = session.execute(select(BoardEvent.act, BoardEvent.booth_id).order_by(BoardEvent.id)).all()
    assert told == [(BoardAct.HELD, floor.booths[0].id), (BoardAct.EXPIRED, floor.booths[0].id)]


def test_where_the_deposit_comes_first_the_booth_waits_for_it(session: Session, floor: Floor) -> None:
    floor.open(needs_deposit=True, deposit_hours=2)
    held = floor.pick(0)
    assert held.expires_at == NOW + timedelta(hours=2)
    with pytest.raises(Refused) as refused:
        floor.answer(held, HoldStep.TAKE)
    assert refused.value.reasons == (MoneyHindrance.NOT_INVOICED,)
    bill = make.invoice(session, floor.exhibitor(floor.tea))
    with pytest.raises(Refused) as refused:
        floor.answer(held, HoldStep.TAKE)
    assert refused.value.reasons == (MoneyHindrance.DEPOSIT_DUE,)

    first = session.scalars(select(Instalment).where(Instalment.invoice_id == bill.id)).first()
    assert first is not None
    first.paid_minor = first.amount_minor
    assert floor.answer(held, HoldStep.TAKE).state is ClaimState.ACCEPTED


def test_an_offer_of_the_office_is_kept_until_it_is_answered(session: Session, floor: Floor) -> None:
    floor.open(self_service=False, offer_hours=3)
    tea = floor.exhibitor(floor.tea)
    offers = [
        offer_booth(session, floor.office, OfferBooth(tea.id, booth.id), NOW) for booth in floor.booths[:2]
    ]
    assert {offer.expires_at for offer in offers} == {NOW + timedelta(hours=3)}
    assert floor.answer(offers[0], HoldStep.TAKE).state is ClaimState.ACCEPTED
    assert offers[1].state is ClaimState.REFUSED
    with pytest.raises(Refused) as refused:
        floor.pick(2)
    assert refused.value.reasons == (HoldRefusal.WAY_CLOSED, HoldRefusal.HAS_ENOUGH)
    with pytest.raises(Missing):
        offer_booth(session, make.actor(Role.ORGANISER, make.fair(session, "X")), OfferBooth(1, 1), NOW)
    finance = make.actor(Role.FINANCE, floor.fair)
    with pytest.raises(NotAllowed):
        offer_booth(session, finance, OfferBooth(tea.id, floor.booths[2].id), NOW)


def test_the_same_rules_hold_as_for_the_hand_of_the_office(session: Session, floor: Floor) -> None:
    floor.booths[0].area_m2 = 4.0
    floor.booths[1].blocked_because = "stage"
    for booth, reason in ((0, Obstacle.TOO_SMALL), (1, Obstacle.BLOCKED)):
        with pytest.raises(Refused) as refused:
            floor.pick(booth)
        assert refused.value.reasons == (reason,)
    assert next(near["code"] for near in refused.value.facts["neighbours"]) == floor.booths[2].code


def test_a_fair_without_the_way_by_hand_refuses_the_hand(session: Session, floor: Floor) -> None:
    floor.open(assigned=False)
    order = AssignBooth(floor.exhibitor(floor.tea).id, floor.booths[0].id)
    with pytest.raises(Refused) as refused:
        assign_booth(session, floor.office, order, NOW)
    assert refused.value.reasons == (HoldRefusal.NOT_BY_HAND,)


def test_nobody_chooses_for_others_but_their_head_and_the_office(session: Session, floor: Floor) -> None:
    order = PickBooth(floor.tea.id, floor.booths[0].id)
    for stranger in (floor.silk_maker, make.actor(Role.FINANCE, floor.fair), Actor(None)):
        with pytest.raises(Missing):
            pick_booth(session, stranger, order, NOW)
    head = make.account(session)
    floor.tea.delegation_id = make.delegation(session, floor.fair, head).id
    held = pick_booth(session, Actor(head.id), order, NOW)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.what == "booth.held")).one()
    assert (entry.facts["proxy"], entry.account_id) == ("head", head.id)
    with pytest.raises(Missing):
        answer_hold(session, floor.silk_maker, AnswerHold(floor.silk.id, held.id, HoldStep.TAKE), NOW)
    assert pick_booth(session, floor.office, order, NOW) is held


def test_ways_are_kept_by_the_office_alone(session: Session, floor: Floor) -> None:
    keep_choosing(session, floor.office, floor.fair.id, ChoosingSettings(draw=True), NOW)
    assert ChoosingSettings.read(floor.fair.settings).draw
    with pytest.raises(NotAllowed):
        keep_choosing(session, floor.tea_maker, floor.fair.id, ChoosingSettings(), NOW)
