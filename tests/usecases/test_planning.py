"""A fair planned: the engine's answer in the fair's own words, its proof, applied whole or not at all."""

from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.optimiser.checking import broken
from fairapp.optimiser.solving import solve
from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search, Unplaced
from fairapp.rules.priority_points import PointKind
from fairapp.rules.quotes import Listed
from fairapp.rules.scenarios import ScenarioRefusal, SeatChange
from fairapp.rules.weights import PlanWeights
from fairapp.rules.wishes import BUDGET
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth, Fair
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.store.points import PriorityPoint
from fairapp.store.scenarios import Scenario, ScenarioSeat
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.planning import PlanFair, WorkedOut, keep_scenario, work_out
from fairapp.usecases.planning_applying import ApplyScenario, apply_scenario, drop_scenario
from fairapp.usecases.planning_ground import ground_of
from fairapp.usecases.planning_instance import question_of, seats_of
from fairapp.usecases.pricing import booth_price, listed
from tests import factories as make
from tests.rules.plan_fairs import best_of_all, small_fair

NOW = make.NOW


@pytest.mark.parametrize("seed", range(30))
def test_the_engines_bound_holds_for_the_best_plan_of_all(seed: int) -> None:
    ground = small_fair(Random(seed), hard=seed % 3 == 0)
    question = question_of(ground, "small")
    found = solve(question.instance, 0.5)
    assert not broken(question.instance, found.plan)
    search = Search(Seating(ground, seats_of(ground, found.plan)))
    search.improve(lambda: False)
    total = search.seating.total()
    best, bound = best_of_all(ground), found.bound + question.above
    assert total <= best + 1e-6
    assert best <= bound + 1e-6
    terms = (points for who in search.seating.seats for points in search.seating.terms(who).values())
    assert sum(terms) == pytest.approx(total)


class Place:
    """A fair with three booths in a row, three exhibitors to place and one who has the fourth booth."""

    def __init__(self, session: Session) -> None:
        self.fair: Fair = make.fair(session)
        kind = make.booth_kind(session, self.fair)
        hall = make.hall(session, self.fair)
        self.booths: list[Booth] = [make.booth(session, hall) for _ in range(4)]
        self.exhibitors: list[Exhibitor] = []
        for wishes in ({}, {"corner": True}, {"zone": "food"}, {}):
            producer = make.organisation(session)
            asked = make.application(
                session, producer, self.fair, state=State.ACCEPTED, booth_kind_id=kind.id, wishes=wishes
            )
            self.exhibitors.append(make.exhibitor(session, producer, self.fair, application_id=asked.id))
        make.claim(session, self.booths[1], self.exhibitors[3], self.fair)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def work_out(self, session: Session) -> WorkedOut:
        return work_out(session, self.organiser, PlanFair(self.fair.id, seconds=1))

    def keep(self, session: Session, name: str = "") -> Scenario:
        return keep_scenario(session, self.organiser, self.fair.id, name, self.work_out(session), NOW)

    def apply(self, session: Session, scenario: Scenario) -> int:
        return apply_scenario(session, self.organiser, ApplyScenario(scenario.id), NOW)


@pytest.fixture
def place(session: Session) -> Place:
    return Place(session)


def seats(session: Session, scenario: Scenario) -> list[ScenarioSeat]:
    return list(session.scalars(select(ScenarioSeat).where(ScenarioSeat.scenario_id == scenario.id)))


def live(session: Session) -> int:
    wanted = select(func.count()).where(BoothClaim.state == ClaimState.ACCEPTED)
    return session.scalar(wanted) or 0


def test_everybody_without_a_booth_is_placed_and_the_terms_add_up_to_the_objective(
    session: Session, place: Place
) -> None:
    kept = place.keep(session)
    assert (kept.name, kept.placed, kept.unplaced) == ("Plan 1", 3, 0)
    assert kept.objective <= kept.bound
    told = seats(session, kept)
    assert sum(sum(seat.terms.values()) for seat in told) == pytest.approx(kept.objective)
    settled = [seat for seat in told if seat.is_settled]
    assert [(seat.exhibitor_id, seat.booths) for seat in settled] == [
        (place.exhibitors[3].id, [place.booths[1].id])
    ]
    assert len({booth for seat in told for booth in seat.booths}) == 4
    assert session.scalars(select(AuditEntry.what)).all()[-1] == "scenario.made"


def test_priority_points_of_the_ledger_decide_where_the_fair_says_so(session: Session, place: Place) -> None:
    poor, rich = place.exhibitors[0], place.exhibitors[1]
    for each, amount in ((poor, 10), (rich, 40)):
        session.add(
            PriorityPoint(
                fair_id=place.fair.id,
                organisation_id=each.organisation_id,
                kind=PointKind.EARNED,
                amount=amount,
                cause="2026",
                entry_key="x",
                at=NOW,
            )
        )
    session.flush()
    known = ground_of(session, place.fair, PlanWeights(ledger=2))
    counted = {who: asker.ledger for who, asker in known.ground.askers.items()}
    assert counted == {**dict.fromkeys(counted, 0.0), poor.id: 25.0, rich.id: 100.0}
    question = question_of(known.ground, "fair")
    asked = {who: question.instance.applicants[str(who)].priority for who in (poor.id, rich.id)}
    assert asked[rich.id] - asked[poor.id] == 2 * 75


def test_nobody_gets_a_booth_dearer_than_they_can_pay_by_plan_or_by_hand(
    session: Session, place: Place
) -> None:
    poor = place.exhibitors[0]
    assert poor.application is not None
    price = booth_price(place.booths[0], kinds_of(session, place.fair.id), listed_for(session, place))
    assert price is not None
    poor.application.wishes = {BUDGET: price - 1}
    session.flush()
    found = place.work_out(session)
    assert found.without[poor.id].reason is Unplaced.TOO_DEAR
    with pytest.raises(Refused) as refused:
        assign_booth(session, place.organiser, AssignBooth(poor.id, place.booths[0].id), NOW)
    assert refused.value.reasons == (Obstacle.OVER_BUDGET,)
    poor.application.wishes = {BUDGET: price}
    session.flush()
    assert poor.id in place.work_out(session).seating.seats
    assert assign_booth(session, place.organiser, AssignBooth(poor.id, place.booths[0].id), NOW).id


def listed_for(session: Session, place: Place) -> tuple[Listed, ...]:
    return listed(session, place.fair, place.fair.currency, place.fair.starts_on)


def test_an_applied_scenario_gives_all_its_booths_with_letters_and_a_second_time_nothing(
    session: Session, place: Place
) -> None:
    kept = place.keep(session, "Ưu tiên khu")
    assert place.apply(session, kept) == 3
    assert live(session) == 3
    letters = session.scalars(select(OutboxMessage.name)).all()
    assert letters.count("mail.booth_assigned") == 3
    assert place.apply(session, kept) == 0
    assert live(session) == 3


def test_a_scenario_that_is_not_possible_any_more_is_refused_whole_and_says_what_has_changed(
    session: Session, place: Place
) -> None:
    kept = place.keep(session)
    taken = next(seat for seat in seats(session, kept) if not seat.is_settled)
    booth = session.get_one(Booth, taken.booths[0])
    booth.blocked_because = "Sàn hỏng"
    session.flush()
    with pytest.raises(Refused) as refused, session.begin_nested():
        place.apply(session, kept)
    assert refused.value.reasons == (ScenarioRefusal.CHANGED_SINCE,)
    (change,) = refused.value.facts["changes"]  # type: ignore[misc]
    assert (change.code, change.reasons) == (booth.code, (Obstacle.BLOCKED,))
    assert live(session) == 0


def test_whoever_got_a_booth_or_left_meanwhile_stops_the_scenario(session: Session, place: Place) -> None:
    kept = place.keep(session)
    one, other = place.exhibitors[:2]
    one.left_at = NOW
    extra = make.booth(session, place.booths[0].hall)
    make.claim(session, extra, other, place.fair)
    with pytest.raises(Refused) as refused, session.begin_nested():
        place.apply(session, kept)
    reasons = [change.reasons for change in refused.value.facts["changes"]]  # type: ignore[attr-defined]
    assert reasons == [(SeatChange.HAS_LEFT,), (SeatChange.HAS_A_BOOTH,)]


def test_a_fair_without_booths_or_without_anybody_to_place_is_named(session: Session) -> None:
    empty = make.fair(session)
    organiser = make.actor(Role.ORGANISER, empty)
    with pytest.raises(Refused) as refused:
        work_out(session, organiser, PlanFair(empty.id))
    assert refused.value.reasons == (ScenarioRefusal.NO_PLAN,)
    make.booth(session, make.hall(session, empty))
    with pytest.raises(Refused) as refused:
        work_out(session, organiser, PlanFair(empty.id))
    assert refused.value.reasons == (ScenarioRefusal.NOBODY_TO_PLACE,)


def test_a_name_is_used_once_in_a_fair(session: Session, place: Place) -> None:
    place.keep(session, "Mùa xuân")
    with pytest.raises(Refused) as refused:
        place.keep(session, " Mùa xuân ")
    assert refused.value.reasons == (ScenarioRefusal.NAME_TAKEN,)
    assert place.keep(session).name == "Plan 1"


def test_another_fairs_organiser_finds_no_scenario_and_a_finance_role_may_not_apply_it(
    session: Session, place: Place
) -> None:
    kept = place.keep(session)
    stranger = make.actor(Role.ORGANISER, make.fair(session, "OTHER"))
    with pytest.raises(Missing):
        apply_scenario(session, stranger, ApplyScenario(kept.id), NOW)
    with pytest.raises(NotAllowed):
        apply_scenario(session, make.actor(Role.FINANCE, place.fair), ApplyScenario(kept.id), NOW)
    with pytest.raises(NotAllowed):
        work_out(session, make.actor(Role.FINANCE, place.fair), PlanFair(place.fair.id))
    assert live(session) == 0


def test_a_scenario_thrown_away_takes_its_seats_along(session: Session, place: Place) -> None:
    kept = place.keep(session)
    drop_scenario(session, place.organiser, kept.id, NOW)
    assert session.scalar(select(func.count()).select_from(ScenarioSeat)) == 0


def test_co_exhibitors_are_not_placed_apart_and_a_delegations_block_is_for_its_own(
    session: Session, place: Place
) -> None:
    from fairapp.store.delegations import DelegationBooth

    delegation = make.delegation(session, place.fair)
    for booth in place.booths[2:]:
        session.add(DelegationBooth(booth_id=booth.id, delegation_id=delegation.id, given_at=NOW))
    own = place.exhibitors[0]
    assert own.application is not None
    own.application.delegation_id = delegation.id
    session.flush()
    found = place.work_out(session)
    assert found.seating.seats[own.id][0] in {booth.id for booth in place.booths[2:]}
    others = [who for who in found.seating.seats if who not in (own.id, place.exhibitors[3].id)]
    assert [found.seating.seats[who] for who in others] == [(place.booths[0].id,)]
    assert len(found.without) == 1
