"""Proposals for the day: whoever has lost or never had a place gets one, and at most two others move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Refused
from fairapp.rules.planning_changes import MOST_OTHERS, Proposal, better_places, proposals_for
from fairapp.rules.planning_seats import Seating
from fairapp.rules.planning_trying import Search, WithoutPlace
from fairapp.rules.scenarios import ScenarioRefusal
from fairapp.rules.weights import PlanWeights
from fairapp.store.fairs import Fair
from fairapp.store.planning_queries import claims_of_holders
from fairapp.usecases import audit
from fairapp.usecases.allocation import AssignBooth, MoveClaim, assign_booth, move_claim
from fairapp.usecases.impact import about_claims, do_as_shown
from fairapp.usecases.permission import require
from fairapp.usecases.planning_ground import Known, ground_of

MOST_CONCERNED = 12
"""So many without a place are looked at, the best scored first."""


@dataclass(frozen=True, slots=True)
class Day:
    """What could be changed now: proposals by whom they concern, reasons where there are none."""

    known: Known
    without_place: Mapping[int, tuple[Proposal, ...]]
    hopeless: Mapping[int, WithoutPlace]
    better: tuple[Proposal, ...]
    waiting: int
    """How many have no place in all."""


@dataclass(frozen=True, slots=True)
class TakeProposal:
    """Do these moves, in this order."""

    fair_id: int
    moves: tuple[tuple[int, int], ...]
    """(exhibitor, booth)"""
    digest: str = ""


def proposals_today(session: Session, actor: Actor, fair: Fair) -> Day:
    """What can be done at once for those without a place, and who would gain by a free booth."""
    require(actor, Permission.BOOTH_ASSIGN, fair.id)
    known = ground_of(session, fair, PlanWeights.read(fair.settings), movable=True)
    search = Search(Seating(known.ground, known.seats))
    lacking = [asker for asker in known.ground.to_place() if asker.id not in search.seating.seats]
    lacking.sort(key=lambda asker: (asker.id not in known.claims, -asker.points, asker.id))
    found, hopeless = {}, {}
    for asker in lacking[:MOST_CONCERNED]:
        ways = tuple(proposals_for(search, asker.id))
        if ways:
            found[asker.id] = ways
        else:
            hopeless[asker.id] = search.without_place(asker.id)
    return Day(known, found, hopeless, tuple(better_places(search)), len(lacking))


def take_proposal(session: Session, actor: Actor, order: TakeProposal, now: datetime) -> int:
    """Do all of its moves or none, and only as what follows from them was shown; answer how many.

    :raises Refused: with every obstacle, or with what follows now.
    """
    require(actor, Permission.BOOTH_ASSIGN, order.fair_id)
    others = {who for who, _ in order.moves}
    if not 0 < len(others) <= MOST_OTHERS + 1:
        raise Refused(ScenarioRefusal.TOO_MANY_MOVES, most=MOST_OTHERS)
    held = claims_of_holders(session, order.fair_id, sorted(others))

    def act() -> None:
        for who, booth_id in order.moves:
            if who in held:
                move_claim(session, actor, MoveClaim(held[who], booth_id), now)
            else:
                assign_booth(session, actor, AssignBooth(who, booth_id), now)

    do_as_shown(session, about_claims(session, order.fair_id, held.values()), act, order.digest, now)
    audit.record(
        session,
        actor,
        "proposal.taken",
        now,
        fair_id=order.fair_id,
        moves=[[who, booth_id] for who, booth_id in order.moves],
    )
    return len(order.moves)
