"""A draw from its preparation to the last turn: sealed, drawn, chosen in order, passed, missed, annulled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.draw_file import verify
from fairapp.rules.draws import DrawRefusal, DrawRule, DrawState, NamesShown, TurnRefusal, TurnState
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.holds import HoldRefusal, HoldStep
from fairapp.rules.priority_points import PointKind
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import called_now, draws_of_fair, entrants_in, entry_of
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.draws import (
    PrepareDraw,
    StartTurns,
    annul_draw,
    prepare_draw,
    public_file,
    reveal_draw,
    seal_draw,
    start_turns,
)
from fairapp.usecases.draws_choosing import AnswerHold, PickBooth, answer_hold, pass_turn, pick_booth
from fairapp.usecases.draws_points import GivePoints, give_points
from fairapp.usecases.draws_turns import move_on
from tests import factories as make
from tests.factories import NOW
from tests.usecases.test_draws_choosing import Floor

DAY, MINUTE, SEED = timedelta(days=1), timedelta(minutes=1), "ab" * 32


class Stage(Floor):
    """The same floor, open for a draw."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, self_service=False, draw=True)

    def prepared(self, rule: DrawRule = DrawRule.POINTS) -> SpaceDraw:
        order = PrepareDraw(self.fair.id, rule, NamesShown.FULL, "Mega 6/45, 13 January 2027", NOW + DAY)
        return prepare_draw(self.session, self.office, order, NOW)

    def running(self) -> tuple[SpaceDraw, DrawEntrant, DrawEntrant]:
        """Silk has more points and chooses first; each turn lasts an hour."""
        give = GivePoints(self.silk.id, PointKind.EARNED, 5, "ten years", "key")
        give_points(self.session, self.office, give, NOW)
        draw = self.prepared()
        seal_draw(self.session, self.office, draw.id, SEED, NOW)
        reveal_draw(self.session, self.office, draw.id, "04 11 23", NOW + DAY)
        start_turns(self.session, self.office, StartTurns(draw.id, NOW + DAY, 60), NOW + DAY)
        first, second = entrants_in(self.session, draw.id)
        return draw, first, second


@pytest.fixture
def stage(session: Session) -> Stage:
    return Stage(session)


def test_what_was_sealed_is_what_is_drawn_and_anybody_recomputes_it(session: Session, stage: Stage) -> None:
    draw = stage.prepared()
    seal_draw(session, stage.office, draw.id, SEED, NOW)
    before = verify(public_file(draw))
    assert SEED.encode() not in public_file(draw)
    late = GivePoints(stage.tea.id, PointKind.EARNED, 9, "after the sealing", "key")
    give_points(session, stage.office, late, NOW)
    with pytest.raises(Refused) as refused:
        reveal_draw(session, stage.office, draw.id, "04 11 23", NOW)
    assert refused.value.reasons == (DrawRefusal.PUBLIC_VALUE_NOT_YET,)

    reveal_draw(session, stage.office, draw.id, " 04  11 23 ", NOW + DAY)
    after = verify(public_file(draw), before.commitment)
    assert after.public_value == "04 11 23"
    assert [row.number for row in entrants_in(session, draw.id)] == list(after.order)
    assert {row["points"] for row in after.terms["entrants"]} == {0}
    assert session.scalars(select(OutboxMessage.name)).all().count("mail.draw_announced") == 2


def test_each_step_is_taken_once_and_a_new_draw_waits_for_the_old(session: Session, stage: Stage) -> None:
    draw = stage.prepared()
    with pytest.raises(Refused) as refused:
        stage.prepared()
    assert refused.value.reasons == (DrawRefusal.ONE_IS_OPEN,)
    seal_draw(session, stage.office, draw.id, SEED, NOW)
    with pytest.raises(Refused) as refused:
        seal_draw(session, stage.office, draw.id, "cd" * 32, NOW)
    assert refused.value.reasons == (DrawRefusal.NOT_FROM_HERE,)
    assert draw.seed == SEED
    annul_draw(session, stage.office, draw.id, "the hall burnt down", NOW)
    assert (draw.state, draw.end_reason) == (DrawState.ANNULLED, "the hall burnt down")
    assert stage.prepared().number == 2
    assert [each.number for each in draws_of_fair(session, stage.fair.id, public=True)] == [1]


def test_a_draw_needs_its_way_open_and_its_office(session: Session, stage: Stage) -> None:
    order = PrepareDraw(stage.fair.id, DrawRule.LOT, NamesShown.NUMBER, "x" * 12, NOW + DAY)
    with pytest.raises(NotAllowed):
        prepare_draw(session, stage.tea_maker, order, NOW)
    draw = stage.prepared()
    with pytest.raises(Missing):
        seal_draw(session, make.actor(Role.ORGANISER, make.fair(session, "X")), draw.id, SEED, NOW)
    stage.open(draw=False)
    annul_draw(session, stage.office, draw.id, "other plans", NOW)
    with pytest.raises(Refused) as refused:
        stage.prepared()
    assert refused.value.reasons == (DrawRefusal.NOT_OPEN_HERE,)


def test_turns_go_in_order_and_the_booth_that_is_taken_ends_one(session: Session, stage: Stage) -> None:
    _draw, first, second = stage.running()
    assert (first.state, first.starts_at, first.ends_at) == (
        TurnState.CALLED,
        NOW + DAY,
        NOW + DAY + 60 * MINUTE,
    )
    with pytest.raises(Refused) as refused:
        stage.pick(0, NOW + DAY)
    assert refused.value.reasons == (HoldRefusal.DRAW_RUNS,)

    at = NOW + DAY + 50 * MINUTE
    held = stage.pick(0, at, silk=True)
    assert held.expires_at == first.ends_at
    answer_hold(session, stage.silk_maker, AnswerHold(stage.silk.id, held.id, HoldStep.TAKE), at)
    assert (first.state, first.by_proxy, second.state) == (TurnState.CHOSEN, False, TurnState.CALLED)
    assert second.starts_at == at
    session.flush()
    calls = [row.facts["entrant_id"] for row in session.scalars(select(OutboxMessage)) if "turn" in row.name]
    assert calls == [first.id, second.id]


def test_who_lets_the_time_run_out_misses_the_turn_and_the_last_one_ends_the_draw(
    session: Session, stage: Stage
) -> None:
    draw, first, second = stage.running()
    held = stage.pick(0, NOW + DAY, silk=True)
    assert not move_on(session, draw.id, NOW + DAY + 59 * MINUTE)
    late = NOW + DAY + 61 * MINUTE
    assert move_on(session, draw.id, late)
    assert (first.state, second.state, second.starts_at) == (TurnState.MISSED, TurnState.CALLED, late)
    with pytest.raises(Refused) as refused:
        answer_hold(session, stage.silk_maker, AnswerHold(stage.silk.id, held.id, HoldStep.TAKE), late)
    assert refused.value.reasons == (HoldRefusal.TIME_IS_UP,)
    pass_turn(session, stage.tea_maker, stage.tea.id, late)
    assert (second.state, draw.state, draw.ended_at) == (TurnState.PASSED, DrawState.FINISHED, late)
    assert not move_on(session, draw.id, late + DAY)


def test_who_needs_no_turn_is_passed_over(session: Session, stage: Stage) -> None:
    draw, first, second = stage.running()
    make.claim(session, stage.booths[2], stage.exhibitor(stage.tea), stage.fair)
    pass_turn(session, stage.silk_maker, stage.silk.id, NOW + DAY)
    assert (first.state, second.state, draw.state) == (
        TurnState.PASSED,
        TurnState.GONE,
        DrawState.FINISHED,
    )
    with pytest.raises(Refused):
        annul_draw(session, stage.office, draw.id, "too late", NOW + DAY)


def test_a_turn_can_be_passed_beforehand_and_by_the_office_on_record(session: Session, stage: Stage) -> None:
    _draw, first, second = stage.running()
    pass_turn(session, stage.office, stage.tea.id, NOW + DAY)
    assert (first.state, second.state, second.by_proxy) == (TurnState.CALLED, TurnState.PASSED, True)
    with pytest.raises(Refused) as refused:
        pass_turn(session, stage.tea_maker, stage.tea.id, NOW + DAY)
    assert refused.value.reasons == (TurnRefusal.OVER,)
    order = PickBooth(stage.silk.id, stage.booths[0].id)
    held = pick_booth(session, stage.office, order, NOW + DAY)
    answer_hold(session, stage.office, AnswerHold(stage.silk.id, held.id, HoldStep.TAKE), NOW + DAY)
    assert (first.state, first.by_proxy) == (TurnState.CHOSEN, True)


def test_where_a_deposit_comes_first_the_turn_ends_with_the_hold(session: Session, stage: Stage) -> None:
    stage.open(self_service=False, draw=True, needs_deposit=True, deposit_hours=48)
    _draw, first, second = stage.running()
    held = stage.pick(0, NOW + DAY, silk=True)
    assert (first.state, second.state) == (TurnState.CHOSEN, TurnState.CALLED)
    assert held.expires_at == NOW + 3 * DAY


def test_an_annulled_draw_calls_nobody_and_is_nobodys_any_more(session: Session, stage: Stage) -> None:
    draw, first, second = stage.running()
    annul_draw(session, stage.office, draw.id, "a mistake in the list", NOW + DAY)
    assert (first.state, second.state) == (TurnState.GONE, TurnState.GONE)
    assert called_now(session, draw.id) is None
    assert entry_of(session, stage.exhibitor(stage.tea).id) is None
