"""The waiting list as a chain: what falls free goes on and on until somebody takes it, all in the history."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState, Obstacle
from fairapp.rules.applications import State, Step, StepRefusal
from fairapp.rules.days import DaySettings
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.waiting_list import OfferRefusal, OfferState, OfferStep, WaitingSettings
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import WaitingOffer, line_of, open_offer_to
from fairapp.store.fairs import Booth
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.allocation import AssignBooth, assign_booth, claimed_days
from fairapp.usecases.allocation_days import ChangeDays, change_days
from fairapp.usecases.allocation_sharing import BlockBooth, block_booth
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.applications_waiting import (
    AnswerOffer,
    KeepWaitingSettings,
    MoveInLine,
    OfferPlace,
    OrderLine,
    answer_offer,
    booths_that_suit,
    expire_offer,
    keep_waiting_settings,
    lapse,
    move_in_line,
    offer,
    order_line,
    recall_offer,
)
from fairapp.usecases.claiming import fair_days
from tests import factories as make

NOW = make.NOW


class Line:
    """A fair whose one booth is held, with three on its waiting list."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        self.booth: Booth = make.booth(session, make.hall(session, self.fair), "A-001")
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)
        self.waiting: list[Application] = []
        self.actors: list[Actor] = []
        for n in range(3):
            organisation = make.organisation(session, f"HTX {n}")
            waits = make.application(session, organisation, self.fair, booth_kind_id=self.kind.id)
            self.step(session, waits, Step.WAITLIST)
            self.waiting.append(waits)
            self.actors.append(make.actor(acting_for=(organisation,)))
        of = make.organisation(session, "HTX Giữ gian")
        self.holder = make.application(
            session, of, self.fair, booth_kind_id=self.kind.id, state=State.ACCEPTED
        )
        exhibitor = make.exhibitor(session, of, self.fair, application_id=self.holder.id)
        make.claim(session, self.booth, exhibitor, self.fair, state=ClaimState.ACCEPTED)
        self.holds: Actor = make.actor(acting_for=(of,))

    def step(
        self,
        session: Session,
        application: Application,
        step: Step,
        by: Actor | None = None,
        reason: str = "",
    ) -> None:
        take_step(session, by or self.organiser, TakeStep(application.id, step, reason), NOW)
        session.flush()

    def leaves(self, session: Session) -> None:
        self.step(session, self.holder, Step.WITHDRAW, self.holds)

    def names(self, session: Session) -> list[str]:
        session.flush()
        return [place.application.organisation.name for place in line_of(session, self.fair.id)]

    def offered(self, session: Session, n: int) -> WaitingOffer:
        found = open_offer_to(session, self.waiting[n].id)
        assert found is not None
        return found

    def answer(self, session: Session, n: int, step: OfferStep, hours: float = 0) -> None:
        order = AnswerOffer(self.waiting[n].id, self.offered(session, n).id, step)
        answer_offer(session, self.actors[n], order, NOW + timedelta(hours=hours))
        session.flush()


@pytest.fixture
def line(session: Session) -> Line:
    return Line(session)


def states(session: Session) -> list[tuple[int, OfferState]]:
    rows = session.execute(select(WaitingOffer.application_id, WaitingOffer.state).order_by(WaitingOffer.id))
    return [(application_id, state) for application_id, state in rows]


def test_the_whole_chain_declined_expired_taken(session: Session, line: Line) -> None:
    first, second, third = (each.id for each in line.waiting)
    line.leaves(session)
    assert states(session) == [(first, OfferState.OPEN)]
    assert open_offer_to(session, first) is not None

    line.answer(session, 0, OfferStep.DECLINE)
    assert states(session) == [(first, OfferState.DECLINED), (second, OfferState.OPEN)]
    assert line.names(session) == ["HTX 1", "HTX 2", "HTX 0"]

    offer_id, late = line.offered(session, 1).id, NOW + timedelta(hours=73)
    assert not expire_offer(session, second, offer_id, NOW + timedelta(hours=71))
    assert expire_offer(session, second, offer_id, late)
    assert not expire_offer(session, second, offer_id, late)
    session.flush()
    assert states(session)[1:] == [(second, OfferState.EXPIRED), (third, OfferState.OPEN)]

    line.answer(session, 2, OfferStep.ACCEPT, hours=74)
    assert line.waiting[2].state is State.ACCEPTED
    assert line.names(session) == ["HTX 0", "HTX 1"]
    held = session.scalars(select(BoothClaim).where(BoothClaim.ended_at.is_(None))).one()
    assert (held.booth_id, held.exhibitor.application_id) == (line.booth.id, third)
    posted = [message.name for message in session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]
    assert posted.count("mail.waiting_offer") == 5  # three offers, two endings
    assert posted[-2:] == ["mail.application_step", "mail.booth_assigned"]


def test_a_booth_nobody_in_line_could_use_stays_free(session: Session, line: Line) -> None:
    for each in line.waiting:
        each.area_m2 = 18.0
    line.leaves(session)
    assert states(session) == []


def test_a_fair_that_wants_to_choose_itself_offers_nothing_by_itself(session: Session, line: Line) -> None:
    settings = WaitingSettings(by_itself=False, answer_hours=24)
    keep_waiting_settings(session, line.organiser, KeepWaitingSettings(line.fair.id, settings), NOW)
    line.leaves(session)
    assert states(session) == []
    offer(session, line.organiser, OfferPlace(line.waiting[2].id, line.booth.id), NOW)
    assert line.offered(session, 2).expires_at == NOW + timedelta(hours=24)


def test_while_a_booth_is_offered_nobody_else_gets_it(session: Session, line: Line) -> None:
    line.leaves(session)
    guest = make.exhibitor(session, make.organisation(session), line.fair)
    with pytest.raises(Refused) as refused:
        assign_booth(session, line.organiser, AssignBooth(guest.id, line.booth.id), NOW)
    assert refused.value.reasons == (Obstacle.OFFERED,)
    with pytest.raises(Refused) as blocked:
        block_booth(session, line.organiser, BlockBooth(line.booth.id, "cột"), NOW)
    assert blocked.value.reasons == (Obstacle.OFFERED,)
    with pytest.raises(Refused) as twice:
        offer(session, line.organiser, OfferPlace(line.waiting[1].id, line.booth.id), NOW)
    assert twice.value.reasons == (OfferRefusal.BOOTH_IS_OFFERED,)
    assert booths_that_suit(session, line.waiting[1], NOW) == []


def by_days(line: Line, asked: dict[int, int]) -> tuple[date, ...]:
    """The fair lets days be asked for; some who wait ask for one day each: place in the list → day."""
    days = fair_days(line.fair)
    line.fair.settings = {**line.fair.settings, "days": DaySettings(asked=True).kept()}
    for n, day in asked.items():
        line.waiting[n].wishes = {"days": [days[day].isoformat()]}
    return days


def test_a_booth_taken_on_some_days_is_offered_to_who_asks_for_the_others(
    session: Session, line: Line
) -> None:
    days = by_days(line, {1: 0, 2: 1})
    guest = make.exhibitor(session, make.organisation(session), line.fair)
    claim = session.scalars(select(BoothClaim)).one()
    change_days(session, line.organiser, ChangeDays(claim.id, days[1:]), NOW)
    session.flush()
    with pytest.raises(Refused) as whole:
        offer(session, line.organiser, OfferPlace(line.waiting[0].id, line.booth.id), NOW)
    assert whole.value.reasons == (Obstacle.TAKEN,)
    assert [row.code for row in booths_that_suit(session, line.waiting[1], NOW)] == ["A-001"]
    offer(session, line.organiser, OfferPlace(line.waiting[1].id, line.booth.id), NOW)
    with pytest.raises(Refused) as on_its_day:
        assign_booth(session, line.organiser, AssignBooth(guest.id, line.booth.id, days[:1]), NOW)
    assert on_its_day.value.reasons == (Obstacle.OFFERED,)
    line.leaves(session)
    assign_booth(session, line.organiser, AssignBooth(guest.id, line.booth.id, days[2:]), NOW)
    line.answer(session, 1, OfferStep.ACCEPT)
    held = {each.exhibitor.application_id: claimed_days(session, each) for each in live(session)}
    assert held == {None: days[2:], line.waiting[1].id: days[:1]}


def test_a_booth_that_falls_free_on_some_days_goes_to_the_first_who_asks_for_them(
    session: Session, line: Line
) -> None:
    days = by_days(line, {0: 0, 1: 1, 2: 4})
    guest = make.exhibitor(session, make.organisation(session), line.fair)
    change_days(session, line.organiser, ChangeDays(live(session)[0].id, days[1:]), NOW)
    assign_booth(session, line.organiser, AssignBooth(guest.id, line.booth.id, days[:1]), NOW)
    line.leaves(session)
    assert states(session) == [(line.waiting[1].id, OfferState.OPEN)]


def live(session: Session) -> list[BoothClaim]:
    session.flush()
    return list(session.scalars(select(BoothClaim).where(BoothClaim.ended_at.is_(None))))


def test_a_hold_whose_time_is_up_hinders_no_offer(session: Session, line: Line) -> None:
    line.leaves(session)
    recall_offer(session, line.organiser, line.waiting[0].id, NOW)
    guest = make.exhibitor(session, make.organisation(session), line.fair)
    over = NOW - timedelta(minutes=1)
    make.claim(session, line.booth, guest, line.fair, state=ClaimState.HELD, expires_at=over)
    assert [row.code for row in booths_that_suit(session, line.waiting[0], NOW)] == ["A-001"]
    assert booths_that_suit(session, line.waiting[0], over - timedelta(minutes=1)) == []
    offer(session, line.organiser, OfferPlace(line.waiting[0].id, line.booth.id), NOW)
    assert states(session)[-1] == (line.waiting[0].id, OfferState.OPEN)


def test_an_offer_taken_back_leaves_the_place_in_line_and_goes_to_nobody(
    session: Session, line: Line
) -> None:
    line.leaves(session)
    recall_offer(session, line.organiser, line.waiting[0].id, NOW)
    session.flush()
    assert states(session) == [(line.waiting[0].id, OfferState.RECALLED)]
    assert line.names(session) == ["HTX 0", "HTX 1", "HTX 2"]
    assert [row.code for row in booths_that_suit(session, line.waiting[0], NOW)] == ["A-001"]


def test_who_leaves_the_list_with_an_offer_hands_it_on(session: Session, line: Line) -> None:
    line.leaves(session)
    line.step(session, line.waiting[0], Step.WITHDRAW, line.actors[0])
    assert states(session) == [
        (line.waiting[0].id, OfferState.RECALLED),
        (line.waiting[1].id, OfferState.OPEN),
    ]
    assert line.names(session) == ["HTX 1", "HTX 2"]


def test_an_answer_after_the_time_or_to_another_offer_changes_nothing(session: Session, line: Line) -> None:
    line.leaves(session)
    with pytest.raises(Refused) as late:
        line.answer(session, 0, OfferStep.ACCEPT, hours=73)
    assert late.value.reasons == (OfferRefusal.TIME_IS_UP,)
    wrong = AnswerOffer(line.waiting[0].id, line.offered(session, 0).id + 1, OfferStep.ACCEPT)
    with pytest.raises(Refused) as ended:
        answer_offer(session, line.actors[0], wrong, NOW)
    assert ended.value.reasons == (OfferRefusal.ENDED,)
    assert line.waiting[0].state is State.WAITLISTED


def test_nobody_answers_for_others_and_nobody_but_an_organiser_keeps_the_list(
    session: Session, line: Line
) -> None:
    line.leaves(session)
    order = AnswerOffer(line.waiting[0].id, line.offered(session, 0).id, OfferStep.ACCEPT)
    for actor in (line.actors[1], make.actor(Role.ORGANISER, make.fair(session, "ELSE"))):
        with pytest.raises(Missing):
            answer_offer(session, actor, order, NOW)
    treasurer = make.actor(Role.FINANCE, line.fair)
    for attempt in (
        lambda: move_in_line(session, treasurer, MoveInLine(line.waiting[2].id, 1), NOW),
        lambda: offer(session, treasurer, OfferPlace(line.waiting[1].id, None), NOW),
        lambda: recall_offer(session, treasurer, line.waiting[0].id, NOW),
        lambda: order_line(session, treasurer, OrderLine(line.fair.id, ()), NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_nobody_on_the_list_can_be_confirmed_or_is_an_exhibitor(session: Session, line: Line) -> None:
    line.leaves(session)
    with pytest.raises(Refused) as refused:
        line.step(session, line.waiting[0], Step.CONFIRM, line.actors[0])
    assert refused.value.reasons == (StepRefusal.NOT_FROM_HERE,)
    waiting = [each.organisation_id for each in line.waiting]
    there = select(Exhibitor).where(Exhibitor.organisation_id.in_(waiting))
    assert session.scalars(there).all() == []


def test_the_order_of_the_line_is_the_organisers(session: Session, line: Line) -> None:
    move_in_line(session, line.organiser, MoveInLine(line.waiting[2].id, 1), NOW)
    assert line.names(session) == ["HTX 2", "HTX 0", "HTX 1"]
    order_line(session, line.organiser, OrderLine(line.fair.id, (line.waiting[1].id, 999)), NOW)
    assert line.names(session) == ["HTX 1", "HTX 2", "HTX 0"]
    with pytest.raises(Refused) as refused:
        move_in_line(session, line.organiser, MoveInLine(line.holder.id, 1), NOW)
    assert refused.value.reasons == (OfferRefusal.NOT_WAITING,)


def test_an_acceptance_lapses_when_it_was_not_confirmed_in_time_and_the_booth_goes_on(
    session: Session, line: Line
) -> None:
    assert not lapse(session, line.holder.id, NOW + timedelta(days=400))
    settings = WaitingSettings(confirm_days=5)
    keep_waiting_settings(session, line.organiser, KeepWaitingSettings(line.fair.id, settings), NOW)
    session.flush()
    assert not lapse(session, line.holder.id, NOW + timedelta(days=5))
    assert lapse(session, line.holder.id, NOW + timedelta(days=5, seconds=1))
    session.flush()
    assert line.holder.state is State.LAPSED
    assert states(session) == [(line.waiting[0].id, OfferState.OPEN)]
    line.step(session, line.holder, Step.ACCEPT)
    assert line.holder.state is State.ACCEPTED
