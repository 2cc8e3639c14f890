"""A block of booths: given by the organiser, shared out by the head among the producers, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import Stand
from fairapp.rules.board import BoardAct
from fairapp.rules.delegations import (
    MOST_BOOTHS,
    DelegationReason,
    DelegationState,
    Waiting,
    propose,
)
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.store.allocation import BoothClaim
from fairapp.store.allocation_queries import booth_for_update, free_booths
from fairapp.store.delegations import Delegation, DelegationBooth
from fairapp.store.delegations_booths import Exhibiting, Place, block_of, exhibiting
from fairapp.store.delegations_lists import entry_of
from fairapp.store.delegations_queries import delegation_of
from fairapp.store.fairs import Booth
from fairapp.usecases import audit
from fairapp.usecases.allocation import AssignBooth, ReleaseClaim, assign_booth, release_claim
from fairapp.usecases.board_telling import tell_board
from fairapp.usecases.claiming import wish_of
from fairapp.usecases.delegations_entries import own_list
from fairapp.usecases.permission import deputy, require


@dataclass(frozen=True, slots=True)
class Block:
    """Booths that go into a delegation's block, or out of it."""

    delegation_id: int
    booth_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShareOut:
    """Who of the list shall stand where: (entry, booth)."""

    delegation_id: int
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """The claims made, and which pair could not be, with every reason and its facts."""

    claims: tuple[BoothClaim, ...]
    refused: tuple[tuple[str, tuple[Enum, ...], dict[str, object]], ...]


def give_booths(session: Session, actor: Actor, order: Block, now: datetime) -> tuple[Booth, ...]:
    """Put free booths into the delegation's block, all of them or none.

    :raises Refused: when one is not free, nothing is chosen, or the quota would be passed.
    """
    delegation = _looked_after(session, actor, order.delegation_id)
    block = {place.booth.id for place in block_of(session, delegation.id)}
    wanted = [each for each in sorted(set(order.booth_ids)) if each not in block]
    if not order.booth_ids:
        raise Refused(DelegationReason.NO_BOOTH_CHOSEN)
    if len(block) + len(wanted) > delegation.quota_booths:
        raise Refused(
            DelegationReason.BLOCK_OVER_QUOTA, block=len(block) + len(wanted), quota=delegation.quota_booths
        )
    given = [booth_for_update(session, actor, each) for each in wanted[:MOST_BOOTHS]]
    if any(booth.fair_id != delegation.fair_id for booth in given):
        raise Missing
    free = set(session.scalars(free_booths(delegation.fair_id, now).where(Booth.id.in_(wanted))))
    not_free = [booth.code for booth in given if booth not in free]
    if not_free:
        raise Refused(DelegationReason.NOT_FREE, codes=", ".join(not_free))
    session.add_all(
        DelegationBooth(
            booth_id=booth.id, delegation_id=delegation.id, given_at=now, given_by_id=actor.account_id
        )
        for booth in given
    )
    session.flush()
    _record(session, actor, "block_given", delegation, given, now)
    for booth in given:
        tell_board(session, actor, BoardAct.KEPT, booth, now)
    return tuple(given)


def take_booths(session: Session, actor: Actor, order: Block, now: datetime) -> tuple[Booth, ...]:
    """Take booths out of the block; one in which a producer stands stays.

    :raises Refused: when somebody stands in one of them, or nothing is chosen.
    """
    delegation = _looked_after(session, actor, order.delegation_id)
    if not order.booth_ids:
        raise Refused(DelegationReason.NO_BOOTH_CHOSEN)
    places = [each for each in block_of(session, delegation.id) if each.booth.id in order.booth_ids]
    if held := sorted({each.booth.code for each in places if each.claim is not None}):
        raise Refused(DelegationReason.STILL_HELD, codes=", ".join(held))
    for place in places:
        session.delete(session.get_one(DelegationBooth, place.booth.id))
    session.flush()
    _record(session, actor, "block_taken", delegation, [each.booth for each in places], now)
    for place in places:
        tell_board(session, actor, BoardAct.LET_GO, place.booth, now)
    return tuple(each.booth for each in places)


def share_out(session: Session, actor: Actor, order: ShareOut, now: datetime) -> Shared:
    """Give each chosen producer its booth of the block; a refusal leaves no trace and stops no other.

    :raises Missing: when a booth is not of the block, or a producer not on the list.
    """
    delegation = own_list(session, actor, order.delegation_id)
    if delegation.state is DelegationState.CLOSED:
        raise Refused(DelegationReason.CLOSED)
    if not order.pairs:
        raise Refused(DelegationReason.NO_BOOTH_CHOSEN)
    block = {place.booth.id: place for place in block_of(session, delegation.id)}
    standing = {each.entry.id: each for each in exhibiting(session, delegation.id)}
    claims: list[BoothClaim] = []
    refused: list[tuple[str, tuple[Enum, ...], dict[str, object]]] = []
    for entry_id, booth_id in order.pairs[:MOST_BOOTHS]:
        entry = entry_of(session, delegation.id, entry_id)
        if booth_id not in block:
            raise Missing
        try:
            with session.begin_nested():
                claims.append(_place(session, actor, standing.get(entry_id), booth_id, now))
            standing[entry_id] = standing[entry_id]._replace(held=standing[entry_id].held + 1)
        except Refused as refusal:
            refused.append((entry.organisation.name, refusal.reasons, dict(refusal.facts)))
        except Clash as clash:
            refused.append((entry.organisation.name, (clash.reason,), dict(clash.facts)))
    return Shared(tuple(claims), tuple(refused))


def take_place_back(
    session: Session, actor: Actor, delegation_id: int, claim_id: int, now: datetime
) -> BoothClaim:
    """Take a producer's booth of the block back, so that somebody else of the list can have it."""
    claim = place_of_list(session, actor, delegation_id, claim_id)
    house = deputy(actor, claim.exhibitor.organisation_id)
    return release_claim(session, house, ReleaseClaim(claim.id), now)


def place_of_list(session: Session, actor: Actor, delegation_id: int, claim_id: int) -> BoothClaim:
    """A claim on a booth of the block that a producer of the list holds.

    :raises Missing: when it is none, or the list is somebody else's.
    """
    delegation = own_list(session, actor, delegation_id)
    claims = {each.claim.id: each.claim for each in block_of(session, delegation.id) if each.claim}
    ours = {each.exhibitor.id for each in exhibiting(session, delegation.id)}
    claim = claims.get(claim_id)
    if claim is None or claim.exhibitor_id not in ours:
        raise Missing
    return claim


def proposal(session: Session, delegation: Delegation) -> dict[int, list[int]]:
    """A first idea of who stands where: the list's order over the free booths of the block."""
    waiting = [
        Waiting(each.entry.id, wish_of(each.exhibitor), each.entry.application.booths - each.held)
        for each in exhibiting(session, delegation.id)
        if each.entry.application.booths > each.held
    ]
    free = [place for place in block_of(session, delegation.id) if place.claim is None]
    return propose(waiting, [(place.booth.id, _stand(place, delegation)) for place in free])


def _stand(place: Place, delegation: Delegation) -> Stand:
    booth = place.booth
    return Stand(
        booth.fair_id,
        booth.area_m2,
        booth.kind.value,
        booth.zone,
        zone_is_hard=bool(delegation.fair.settings.get("zone_is_hard", False)),
        blocked=booth.blocked_because is not None,
        retired=booth.retired_at is not None,
        is_let=booth.is_let,
        delegation=delegation.id,
    )


def _place(
    session: Session, actor: Actor, found: Exhibiting | None, booth_id: int, now: datetime
) -> BoothClaim:
    if found is None:
        raise Refused(DelegationReason.NOT_ADMITTED_YET)
    if found.held >= found.entry.application.booths:
        raise Refused(DelegationReason.HAS_ENOUGH)
    house = deputy(actor, found.entry.organisation_id)
    return assign_booth(session, house, AssignBooth(found.exhibitor.id, booth_id), now)


def _looked_after(session: Session, actor: Actor, delegation_id: int) -> Delegation:
    delegation = delegation_of(session, actor, delegation_id, lock=True)
    require(actor, Permission.DELEGATION_EDIT, delegation.fair_id)
    if delegation.state is DelegationState.CLOSED:
        raise Refused(DelegationReason.CLOSED)
    return delegation


def _record(
    session: Session, actor: Actor, what: str, delegation: Delegation, booths: list[Booth], now: datetime
) -> None:
    audit.record(
        session,
        actor,
        f"delegation.{what}",
        now,
        fair_id=delegation.fair_id,
        delegation=delegation.id,
        booths=[booth.code for booth in booths],
    )
