"""A block of booths: given, kept from others, shared out among the admitted, taken back."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState, Obstacle
from fairapp.rules.applications import State
from fairapp.rules.delegations import DelegationReason, DelegationState, EntryState
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import free_booths
from fairapp.store.delegations import Delegation, DelegationBooth, DelegationEntry
from fairapp.store.fairs import Booth
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.delegations_booths import (
    Block,
    ShareOut,
    give_booths,
    proposal,
    share_out,
    take_booths,
    take_place_back,
)
from tests import factories as make

NOW = make.NOW
R = DelegationReason


class Ground:
    """A delegation with two admitted producers, four booths of its fair, its organiser and its head."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        account = make.account(session)
        self.delegation: Delegation = make.delegation(session, self.fair, account, quota_booths=3)
        self.head: Actor = make.actor(account_id=account.id)
        self.boss: Actor = make.actor(Role.ORGANISER, self.fair, account_id=make.account(session).id)
        hall = make.hall(session, self.fair)
        self.booths: list[Booth] = [make.booth(session, hall) for _ in range(4)]
        kind = make.booth_kind(session, self.fair)
        self.entries: list[DelegationEntry] = []
        self.exhibitors: list[Exhibitor] = []
        for _ in range(2):
            organisation = make.organisation(session)
            application = make.application(
                session, organisation, self.fair, state=State.ACCEPTED, booth_kind_id=kind.id
            )
            entry = make.entry(session, self.delegation, application, state=EntryState.ENDORSED)
            self.entries.append(entry)
            exhibitor = make.exhibitor(session, organisation, self.fair, application_id=application.id)
            self.exhibitors.append(exhibitor)

    def block(self, *numbers: int) -> Block:
        return Block(self.delegation.id, tuple(self.booths[each].id for each in numbers))

    def pairs(self, *pairs: tuple[int, int]) -> ShareOut:
        chosen = tuple((self.entries[entry].id, self.booths[booth].id) for entry, booth in pairs)
        return ShareOut(self.delegation.id, chosen)


@pytest.fixture
def ground(session: Session) -> Ground:
    return Ground(session)


def test_a_block_is_given_up_to_the_quota_and_only_of_free_booths(session: Session, ground: Ground) -> None:
    give_booths(session, ground.boss, ground.block(0, 1), NOW)
    give_booths(session, ground.boss, ground.block(1, 2), NOW)  # what is there stays there
    assert len(session.scalars(select(DelegationBooth)).all()) == 3
    with pytest.raises(Refused) as over:
        give_booths(session, ground.boss, ground.block(3), NOW)
    assert (over.value.reasons, dict(over.value.facts)) == ((R.BLOCK_OVER_QUOTA,), {"block": 4, "quota": 3})
    take_booths(session, ground.boss, ground.block(0, 1, 2), NOW)
    ground.booths[1].blocked_because = "Lối thoát hiểm"
    other = make.delegation(session, ground.fair, make.account(session))
    give_booths(session, ground.boss, Block(other.id, (ground.booths[2].id,)), NOW)
    with pytest.raises(Refused) as taken:
        give_booths(session, ground.boss, ground.block(0, 1, 2), NOW)
    codes = f"{ground.booths[1].code}, {ground.booths[2].code}"
    assert (taken.value.reasons, taken.value.facts["codes"]) == ((R.NOT_FREE,), codes)
    with pytest.raises(Refused) as nothing:
        give_booths(session, ground.boss, ground.block(), NOW)
    assert nothing.value.reasons == (R.NO_BOOTH_CHOSEN,)


def test_only_the_organiser_of_the_fair_gives_and_takes(session: Session, ground: Ground) -> None:
    with pytest.raises(NotAllowed):
        give_booths(session, ground.head, ground.block(0), NOW)
    other = make.fair(session, "OTHER")
    with pytest.raises(Missing):
        give_booths(session, make.actor(Role.ORGANISER, other), ground.block(0), NOW)
    foreign = make.booth(session, make.hall(session, other))
    both = Actor(
        1, grants=ground.boss.grants | make.actor(Role.ORGANISER, other).grants
    )  # sees the foreign booth too
    with pytest.raises(Missing):
        give_booths(session, both, Block(ground.delegation.id, (foreign.id,)), NOW)


def test_a_booth_of_the_block_is_nobody_elses_not_even_by_the_organisers_hand(
    session: Session, ground: Ground
) -> None:
    give_booths(session, ground.boss, ground.block(0), NOW)
    stranger = make.exhibitor(session, make.organisation(session), ground.fair)
    with pytest.raises(Refused) as refused:
        assign_booth(session, ground.boss, AssignBooth(stranger.id, ground.booths[0].id), NOW)
    assert refused.value.reasons == (Obstacle.KEPT_FOR_DELEGATION,)
    near = {each["id"] for each in refused.value.facts["neighbours"]}  # type: ignore[attr-defined]
    free = {booth.id for booth in session.scalars(free_booths(ground.fair.id, NOW))}
    assert near <= free == {booth.id for booth in ground.booths[1:]}
    assign_booth(session, ground.boss, AssignBooth(ground.exhibitors[0].id, ground.booths[0].id), NOW)


def test_the_head_shares_out_as_proposed_and_every_booth_is_claimed_once(
    session: Session, ground: Ground
) -> None:
    give_booths(session, ground.boss, ground.block(0, 1, 2), NOW)
    ground.entries[0].application.booths, ground.entries[0].application.area_m2 = 2, 18.0
    ideas = proposal(session, ground.delegation)
    first, second = (entry.id for entry in ground.entries)
    codes = sorted(ground.booths[:3], key=lambda booth: booth.code)
    assert ideas == {first: [codes[0].id, codes[1].id], second: [codes[2].id]}
    pairs = tuple((entry, booth) for entry, booths in ideas.items() for booth in booths)
    result = share_out(session, ground.head, ShareOut(ground.delegation.id, pairs), NOW)
    assert len(result.claims) == 3
    assert {claim.made_by_id for claim in result.claims} == {ground.head.account_id}
    again = share_out(session, ground.head, ShareOut(ground.delegation.id, pairs), NOW)
    assert {reasons for _name, reasons, _facts in again.refused} == {(R.HAS_ENOUGH,)}
    assert proposal(session, ground.delegation) == {}


def test_two_producers_cannot_have_one_booth_and_the_other_pairs_go_on(
    session: Session, ground: Ground
) -> None:
    give_booths(session, ground.boss, ground.block(0, 1), NOW)
    result = share_out(session, ground.head, ground.pairs((0, 0), (1, 0)), NOW)
    assert len(result.claims) == 1
    name = ground.entries[1].organisation.name
    assert [(who, reasons) for who, reasons, _facts in result.refused] == [(name, (Obstacle.TAKEN,))]
    assert len(share_out(session, ground.head, ground.pairs((1, 1)), NOW).claims) == 1


def test_a_producer_that_is_not_admitted_yet_gets_no_booth(session: Session, ground: Ground) -> None:
    give_booths(session, ground.boss, ground.block(0), NOW)
    application = make.application(session, make.organisation(session), ground.fair)
    entry = make.entry(session, ground.delegation, application, state=EntryState.ENDORSED)
    order = ShareOut(ground.delegation.id, ((entry.id, ground.booths[0].id),))
    result = share_out(session, ground.head, order, NOW)
    assert [reasons for _name, reasons, _facts in result.refused] == [(R.NOT_ADMITTED_YET,)]


def test_a_head_touches_neither_booths_outside_its_block_nor_other_lists(
    session: Session, ground: Ground
) -> None:
    give_booths(session, ground.boss, ground.block(0), NOW)
    with pytest.raises(Missing):
        share_out(session, ground.head, ground.pairs((0, 1)), NOW)
    other = make.delegation(session, ground.fair, make.account(session))
    rival = make.actor(account_id=other.head_id)
    with pytest.raises(Missing):
        share_out(session, rival, ground.pairs((0, 0)), NOW)
    with pytest.raises(Missing):
        share_out(session, rival, ShareOut(other.id, ground.pairs((0, 0)).pairs), NOW)
    claim = share_out(session, ground.head, ground.pairs((0, 0)), NOW).claims[0]
    for delegation_id in (ground.delegation.id, other.id):
        with pytest.raises(Missing):
            take_place_back(session, rival, delegation_id, claim.id, NOW)


def test_a_place_is_taken_back_and_the_block_keeps_the_booth(session: Session, ground: Ground) -> None:
    give_booths(session, ground.boss, ground.block(0), NOW)
    claim = share_out(session, ground.head, ground.pairs((0, 0)), NOW).claims[0]
    with pytest.raises(Refused) as held:
        take_booths(session, ground.boss, ground.block(0), NOW)
    assert (held.value.reasons, held.value.facts["codes"]) == ((R.STILL_HELD,), ground.booths[0].code)
    take_place_back(session, ground.head, ground.delegation.id, claim.id, NOW)
    assert session.get_one(BoothClaim, claim.id).state is ClaimState.RELEASED
    assert len(share_out(session, ground.head, ground.pairs((1, 0)), NOW).claims) == 1


def test_a_delegation_that_has_ended_shares_nothing_out(session: Session, ground: Ground) -> None:
    give_booths(session, ground.boss, ground.block(0), NOW)
    ground.delegation.state = DelegationState.CLOSED
    for act, order, actor in (
        (share_out, ground.pairs((0, 0)), ground.head),
        (give_booths, ground.block(1), ground.boss),
    ):
        with pytest.raises(Refused) as refused:
            act(session, actor, order, NOW)  # type: ignore[operator]
        assert refused.value.reasons == (R.CLOSED,)
