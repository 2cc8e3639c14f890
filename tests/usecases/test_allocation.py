"""Booths given, moved, swapped, shared and taken back, on both databases."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimRefusal, ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.fairs import Booth, Fair
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
from fairapp.usecases.allocation_sharing import BlockBooth, ShareBooth, block_booth, share_booth, stop_sharing
from tests import factories as make

NOW = make.NOW


class Place:
    """A fair with four booths and two exhibitors."""

    def __init__(self, session: Session) -> None:
        self.fair: Fair = make.fair(session)
        hall = make.hall(session, self.fair)
        self.booths: list[Booth] = [make.booth(session, hall) for _ in range(4)]
        self.tea: Exhibitor = make.exhibitor(session, make.organisation(session), self.fair)
        self.silk: Exhibitor = make.exhibitor(session, make.organisation(session), self.fair)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def assign(self, session: Session, exhibitor: Exhibitor, booth: Booth) -> BoothClaim:
        return assign_booth(session, self.organiser, AssignBooth(exhibitor.id, booth.id), NOW)


@pytest.fixture
def place(session: Session) -> Place:
    return Place(session)


def days_of(session: Session, claim: BoothClaim) -> int:
    return session.scalar(select(func.count()).where(ClaimDay.claim_id == claim.id)) or 0


def entries(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def test_an_assigned_booth_is_held_for_every_day_and_leaves_one_entry_and_one_letter(
    session: Session, place: Place
) -> None:
    claim = place.assign(session, place.tea, place.booths[0])
    assert claim.state is ClaimState.CONFIRMED
    assert days_of(session, claim) == 5
    assert entries(session) == ["booth.assigned"]
    assert list(session.scalars(select(OutboxMessage.name))) == ["mail.booth_assigned"]


def test_an_accepted_application_has_its_booth_assigned_but_not_yet_confirmed(
    session: Session, place: Place
) -> None:
    organisation = make.organisation(session)
    applied = make.application(session, organisation, place.fair, state=State.ACCEPTED)
    exhibitor = make.exhibitor(session, organisation, place.fair, application_id=applied.id)
    assert place.assign(session, exhibitor, place.booths[0]).state is ClaimState.ACCEPTED


def test_a_taken_booth_is_refused_with_three_free_neighbours_and_leaves_no_trace(
    session: Session, place: Place
) -> None:
    place.assign(session, place.tea, place.booths[0])
    with pytest.raises(Refused) as refused:
        place.assign(session, place.silk, place.booths[0])
    assert refused.value.reasons == (Obstacle.TAKEN,)
    near = [booth.code for booth in place.booths[1:]]
    assert [each["code"] for each in refused.value.facts["neighbours"]] == near  # type: ignore[attr-defined]
    assert entries(session) == ["booth.assigned"]


def test_an_application_that_is_not_accepted_gets_no_booth(session: Session, place: Place) -> None:
    organisation = make.organisation(session)
    applied = make.application(session, organisation, place.fair, state=State.WAITLISTED)
    exhibitor = make.exhibitor(session, organisation, place.fair, application_id=applied.id)
    with pytest.raises(Refused) as refused:
        place.assign(session, exhibitor, place.booths[0])
    assert refused.value.reasons == (Obstacle.NOT_ADMITTED,)


def test_an_alternative_outline_is_not_let(session: Session, place: Place) -> None:
    envelope = place.booths[0]
    envelope.is_let, envelope.instead_of = False, [booth.code for booth in place.booths[1:3]]
    session.flush()
    with pytest.raises(Refused) as refused:
        place.assign(session, place.tea, envelope)
    assert refused.value.reasons == (Obstacle.NOT_LET,)


def test_moving_keeps_the_history_and_brings_the_co_exhibitors(session: Session, place: Place) -> None:
    old = place.assign(session, place.tea, place.booths[0])
    share_booth(session, place.organiser, ShareBooth(old.id, place.silk.id), NOW)
    new = move_claim(session, place.organiser, MoveClaim(old.id, place.booths[1].id), NOW)
    assert (old.state, old.moved_to_id, days_of(session, old)) == (ClaimState.MOVED, new.id, 0)
    assert days_of(session, new) == 5
    assert list(session.scalars(select(CoExhibitor.claim_id))) == [new.id]
    assert entries(session) == ["booth.assigned", "booth.shared", "booth.moved"]


def test_moving_onto_a_taken_booth_changes_nothing(session: Session, place: Place) -> None:
    mine = place.assign(session, place.tea, place.booths[0])
    place.assign(session, place.silk, place.booths[1])
    with pytest.raises(Refused):
        move_claim(session, place.organiser, MoveClaim(mine.id, place.booths[1].id), NOW)
    assert (mine.state, days_of(session, mine)) == (ClaimState.CONFIRMED, 5)


def test_swapping_changes_both_places_in_one_step(session: Session, place: Place) -> None:
    one = place.assign(session, place.tea, place.booths[0])
    other = place.assign(session, place.silk, place.booths[1])
    first, second = swap_claims(session, place.organiser, SwapClaims(one.id, other.id), NOW)
    assert (first.exhibitor_id, first.booth_id) == (place.tea.id, place.booths[1].id)
    assert (second.exhibitor_id, second.booth_id) == (place.silk.id, place.booths[0].id)
    assert [days_of(session, claim) for claim in (one, other, first, second)] == [0, 0, 5, 5]


def test_a_released_booth_is_free_again_and_the_claim_stays_as_history(
    session: Session, place: Place
) -> None:
    claim = place.assign(session, place.tea, place.booths[0])
    release_claim(session, place.organiser, ReleaseClaim(claim.id, "withdrawn"), NOW)
    assert (claim.state, claim.end_reason) == (ClaimState.RELEASED, "withdrawn")
    assert place.assign(session, place.silk, place.booths[0]).state is ClaimState.CONFIRMED
    with pytest.raises(Refused) as refused:
        release_claim(session, place.organiser, ReleaseClaim(claim.id), NOW)
    assert refused.value.reasons == (ClaimRefusal.ENDED,)


def test_an_exhibitor_may_hold_many_booths_and_share_with_many(session: Session, place: Place) -> None:
    place.booths[0].area_m2 = 124.0  # four square metres for each of them
    claims = [place.assign(session, place.tea, booth) for booth in place.booths]
    others = [make.exhibitor(session, make.organisation(session), place.fair) for _ in range(30)]
    for other in others:
        share_booth(session, place.organiser, ShareBooth(claims[0].id, other.id), NOW)
    assert session.scalar(select(func.count(CoExhibitor.id))) == 30
    stop_sharing(session, place.organiser, ShareBooth(claims[0].id, others[0].id), NOW)
    assert session.scalar(select(func.count(CoExhibitor.id))) == 29


def test_the_holder_cannot_share_with_itself_nor_twice_with_another(session: Session, place: Place) -> None:
    claim = place.assign(session, place.tea, place.booths[0])
    share_booth(session, place.organiser, ShareBooth(claim.id, place.silk.id), NOW)
    for exhibitor, reason in (
        (place.tea, ClaimRefusal.HOLDS_IT),
        (place.silk, ClaimRefusal.SHARES_IT_ALREADY),
    ):
        with pytest.raises(Refused) as refused:
            share_booth(session, place.organiser, ShareBooth(claim.id, exhibitor.id), NOW)
        assert refused.value.reasons == (reason,)


def test_a_blocked_booth_is_refused_until_it_is_offered_again(session: Session, place: Place) -> None:
    booth = place.booths[0]
    block_booth(session, place.organiser, BlockBooth(booth.id, "a pillar"), NOW)
    with pytest.raises(Refused) as refused:
        place.assign(session, place.tea, booth)
    assert refused.value.reasons == (Obstacle.BLOCKED,)
    block_booth(session, place.organiser, BlockBooth(booth.id, None), NOW)
    claim = place.assign(session, place.tea, booth)
    with pytest.raises(Refused) as refused:
        block_booth(session, place.organiser, BlockBooth(booth.id, "too late"), NOW)
    assert refused.value.reasons == (ClaimRefusal.STILL_CLAIMED,)
    assert claim.state is ClaimState.CONFIRMED


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.FINANCE])
def test_who_may_look_but_not_assign_is_told_so(session: Session, place: Place, role: Role) -> None:
    with pytest.raises(NotAllowed):
        assign_booth(
            session, make.actor(role, place.fair), AssignBooth(place.tea.id, place.booths[0].id), NOW
        )
    assert session.scalar(select(func.count(BoothClaim.id))) == 0


def test_an_organiser_of_another_fair_finds_nothing_here(session: Session, place: Place) -> None:
    stranger = make.actor(Role.ORGANISER, make.fair(session, code="OTHER"))
    with pytest.raises(Missing):
        assign_booth(session, stranger, AssignBooth(place.tea.id, place.booths[0].id), NOW)


def test_a_full_hall_offers_free_booths_of_the_others(session: Session, place: Place) -> None:
    place.assign(session, place.tea, place.booths[0])
    for booth in place.booths[1:]:
        place.assign(session, place.tea, booth)
    beside = make.hall(session, place.fair, "B")
    free = [make.booth(session, beside) for _ in range(3)]
    with pytest.raises(Refused) as refused:
        place.assign(session, place.silk, place.booths[0])
    offered = refused.value.facts["neighbours"]
    assert {each["id"] for each in offered} == {booth.id for booth in free}  # type: ignore[attr-defined]


def test_three_booths_are_offered_and_those_that_the_exhibitor_could_have_come_first(
    session: Session, place: Place
) -> None:
    organisation = make.organisation(session)
    applied = make.application(session, organisation, place.fair, state=State.ACCEPTED, area_m2=9.0)
    exhibitor = make.exhibitor(session, organisation, place.fair, application_id=applied.id)
    place.booths[1].area_m2 = 4.0
    place.assign(session, place.tea, place.booths[0])
    with pytest.raises(Refused) as refused:
        place.assign(session, exhibitor, place.booths[0])
    offered = refused.value.facts["neighbours"]
    assert [(each["id"], each["fits"]) for each in offered] == [  # type: ignore[attr-defined]
        (place.booths[2].id, True),
        (place.booths[3].id, True),
        (place.booths[1].id, False),
    ]
