"""A booth shared by days: assigned, refused, moved, changed and undone by days, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimRefusal, ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.board import BoardAct
from fairapp.rules.days import DayRefusal, DaySettings, Stay
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.board_events import BoardEvent, number_events
from fairapp.store.claim_days import days_of_claims
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.allocation import (
    AssignBooth,
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    assign_booth,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.allocation_days import ChangeDays, change_days
from fairapp.usecases.allocation_undo import UndoStep, undo_step
from fairapp.usecases.claiming import fair_days
from tests import factories as make

NOW = make.NOW


class Shared:
    """A fair of five days with five booths, three exhibitors and an organiser."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        hall = make.hall(session, self.fair)
        self.booths = [make.booth(session, hall) for _ in range(5)]
        names = ("Trà", "Lụa", "Gốm")
        self.tea, self.silk, self.clay = (
            make.exhibitor(session, make.organisation(session, name), self.fair) for name in names
        )
        self.days = fair_days(self.fair)
        account = make.account(session)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair, account_id=account.id)

    def assign(self, who: Exhibitor, days: tuple[date, ...] | None, booth: int = 0) -> BoothClaim:
        order = AssignBooth(who.id, self.booths[booth].id, days)
        return assign_booth(self.session, self.organiser, order, NOW)

    def held(self, claim: BoothClaim) -> tuple[date, ...]:
        self.session.flush()
        return days_of_claims(self.session, [claim.id]).get(claim.id, ())

    def undo_last(self) -> None:
        self.session.flush()
        number_events(self.session, self.fair.id)
        self.session.flush()
        last = self.session.scalars(select(BoardEvent).order_by(BoardEvent.id.desc())).first()
        assert last is not None
        undo_step(self.session, self.organiser, UndoStep(last.id, "oops"), NOW)


@pytest.fixture
def shared(session: Session) -> Shared:
    return Shared(session)


def test_two_exhibitors_have_one_booth_on_different_days(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[:2])
    silk = shared.assign(shared.silk, shared.days[2:])
    assert (shared.held(tea), shared.held(silk)) == (shared.days[:2], shared.days[2:])


def test_a_day_that_is_taken_is_refused_with_its_holder_and_booths_free_on_all_days_asked(
    shared: Shared,
) -> None:
    shared.assign(shared.tea, shared.days[:2])
    shared.assign(shared.clay, shared.days[1:2], booth=1)
    with pytest.raises(Refused) as refused:
        shared.assign(shared.silk, shared.days[1:4])
    assert refused.value.reasons == (Obstacle.TAKEN_ON_DAYS,)
    assert refused.value.facts["taken"] == (Stay("Trà", shared.days[1:2]),)
    near = {one["code"] for one in refused.value.facts["neighbours"]}  # type: ignore[attr-defined]
    assert near == {booth.code for booth in shared.booths[2:]}  # the second is taken on one of these days


def test_a_booth_free_on_the_asked_days_counts_as_a_free_neighbour(shared: Shared) -> None:
    shared.assign(shared.tea, None)
    shared.assign(shared.clay, shared.days[:1], booth=1)
    with pytest.raises(Refused) as refused:
        shared.assign(shared.silk, shared.days[3:])
    near = {one["code"] for one in refused.value.facts["neighbours"]}  # type: ignore[attr-defined]
    assert shared.booths[1].code in near


@pytest.mark.parametrize(
    ("days", "reason"), [((), DayRefusal.NO_DAY), ((date(2020, 1, 1),), DayRefusal.NOT_OF_FAIR)]
)
def test_no_day_or_a_day_outside_the_fair_is_refused_and_leaves_no_trace(
    shared: Shared, days: tuple[date, ...], reason: DayRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        shared.assign(shared.tea, days)
    assert refused.value.reasons == (reason,)
    assert shared.session.scalars(select(BoothClaim)).all() == []


@pytest.mark.parametrize("may_ask", [True, False])
def test_the_days_an_application_asks_for_are_what_it_gets_where_the_fair_lets_it_ask(
    session: Session, shared: Shared, may_ask: bool
) -> None:
    shared.fair.settings = {"days": DaySettings(asked=may_ask).kept()}
    maker = make.organisation(session)
    wishes = {"days": [day.isoformat() for day in shared.days[3:]]}
    applied = make.application(session, maker, shared.fair, state=State.ACCEPTED, wishes=wishes)
    exhibitor = make.exhibitor(session, maker, shared.fair, application_id=applied.id)
    assert shared.held(shared.assign(exhibitor, None)) == (shared.days[3:] if may_ask else shared.days)


def test_a_move_keeps_the_days_and_looks_only_at_them(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[:2])
    shared.assign(shared.silk, shared.days[2:], booth=1)
    moved = move_claim(shared.session, shared.organiser, MoveClaim(tea.id, shared.booths[1].id), NOW)
    assert shared.held(moved) == shared.days[:2]
    assert shared.held(tea) == ()


def test_a_swap_that_would_need_a_third_ones_day_is_refused_with_that_day(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[:2])
    shared.assign(shared.silk, shared.days[2:])
    clay = shared.assign(shared.clay, None, booth=1)
    with pytest.raises(Refused) as refused:
        swap_claims(shared.session, shared.organiser, SwapClaims(tea.id, clay.id), NOW)
    assert refused.value.facts["taken"] == (Stay("Lụa", shared.days[2:]),)


def test_tenants_of_one_booth_do_not_swap_booths(shared: Shared) -> None:
    tea, silk = shared.assign(shared.tea, shared.days[:2]), shared.assign(shared.silk, shared.days[2:])
    with pytest.raises(Refused) as refused:
        swap_claims(shared.session, shared.organiser, SwapClaims(tea.id, silk.id), NOW)
    assert refused.value.reasons == (ClaimRefusal.SHARE_IT_BY_DAYS,)


def test_a_claim_is_shortened_and_lengthened_with_one_entry_and_one_letter_each(shared: Shared) -> None:
    tea = shared.assign(shared.tea, None)
    for days in (shared.days[:2], (shared.days[0], *shared.days[3:])):
        change_days(shared.session, shared.organiser, ChangeDays(tea.id, days), NOW)
        assert shared.held(tea) == days
    whats = shared.session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert whats == ["booth.assigned", "booth.days_changed", "booth.days_changed"]
    letters = shared.session.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)).all()
    assert letters == ["mail.booth_assigned", "mail.booth_days", "mail.booth_days"]
    assert tea.state is ClaimState.CONFIRMED


def test_a_claim_is_not_lengthened_over_somebody_elses_day(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[:2])
    shared.assign(shared.silk, shared.days[2:3])
    with pytest.raises(Refused) as refused:
        change_days(shared.session, shared.organiser, ChangeDays(tea.id, shared.days[:4]), NOW)
    assert refused.value.reasons == (Obstacle.TAKEN_ON_DAYS,)
    assert refused.value.facts["taken"] == (Stay("Lụa", shared.days[2:3]),)
    assert shared.held(tea) == shared.days[:2]


def test_the_same_days_again_and_no_day_are_refused(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[:2])
    for days, reason in ((shared.days[:2], DayRefusal.AS_BEFORE), ((), DayRefusal.NO_DAY)):
        with pytest.raises(Refused) as refused:
            change_days(shared.session, shared.organiser, ChangeDays(tea.id, days), NOW)
        assert refused.value.reasons == (reason,)


def test_days_of_an_ended_claim_do_not_change(shared: Shared) -> None:
    tea = shared.assign(shared.tea, None)
    release_claim(shared.session, shared.organiser, ReleaseClaim(tea.id), NOW)
    with pytest.raises(Refused) as refused:
        change_days(shared.session, shared.organiser, ChangeDays(tea.id, shared.days[:1]), NOW)
    assert refused.value.reasons == (ClaimRefusal.ENDED,)


def test_days_are_changed_by_who_may_assign_in_this_fair_only(session: Session, shared: Shared) -> None:
    tea = shared.assign(shared.tea, None)
    elsewhere = make.actor(Role.ORGANISER, make.fair(session, "OTHER1"))
    order = ChangeDays(tea.id, shared.days[:1])
    with pytest.raises(Missing):
        change_days(session, elsewhere, order, NOW)
    with pytest.raises(NotAllowed):
        change_days(session, make.actor(Role.REVIEWER, shared.fair), order, NOW)
    with pytest.raises(Missing):
        change_days(session, shared.organiser, ChangeDays(10**6, shared.days[:1]), NOW)
    assert shared.held(tea) == shared.days


def test_changed_days_are_undone_and_the_board_hears_of_both(shared: Shared) -> None:
    tea = shared.assign(shared.tea, None)
    change_days(shared.session, shared.organiser, ChangeDays(tea.id, shared.days[:2]), NOW)
    shared.undo_last()
    assert shared.held(tea) == shared.days
    acts = shared.session.scalars(select(BoardEvent.act).order_by(BoardEvent.id)).all()
    assert acts == [BoardAct.PLACED, BoardAct.DAYS_CHANGED, BoardAct.DAYS_CHANGED]


def test_an_undone_release_gives_the_same_days_back(shared: Shared) -> None:
    tea = shared.assign(shared.tea, shared.days[1:3])
    release_claim(shared.session, shared.organiser, ReleaseClaim(tea.id), NOW)
    shared.undo_last()
    again = shared.session.scalars(select(BoothClaim).where(BoothClaim.id != tea.id)).one()
    assert shared.held(again) == shared.days[1:3]


def test_days_that_were_freed_can_be_had_by_somebody_else(shared: Shared) -> None:
    tea = shared.assign(shared.tea, None)
    change_days(shared.session, shared.organiser, ChangeDays(tea.id, shared.days[:4]), NOW)
    assert shared.held(shared.assign(shared.silk, shared.days[4:])) == (shared.days[0] + timedelta(days=4),)
