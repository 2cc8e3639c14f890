"""The chosen booth beside the plan: what it is, who is there when, what speaks for and against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import Merit, Miss, Obstacle, merits, misses, obstacles
from fairapp.store import allocation_history as past
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.allocation_queries import delegation_with
from fairapp.store.applications_waiting import WaitingOffer, offer_of_booth
from fairapp.store.board_events import BoothNote
from fairapp.store.claim_days import days_of_claims
from fairapp.store.delegations import Delegation
from fairapp.store.fairs import Booth
from fairapp.usecases.allocation import claimed_days
from fairapp.usecases.claiming import days_asked, days_wanted, fair_days, stand_of, wish_with_guests
from fairapp.usecases.partnering import crowd_facts, crowd_of
from fairapp.web.allocation.board import Hand
from fairapp.web.allocation.by_days import DayOfBooth, days_of_booth


@dataclass(frozen=True, slots=True)
class Panel:
    """The chosen booth: what it is, who holds it, what was before, what speaks for and against."""

    booth: Booth
    claims: list[past.Claimed]
    ended: list[past.Claimed]
    sharers: Mapping[int, list[past.Sharer]] = field(default_factory=dict)
    merits: tuple[Merit, ...] = ()
    misses: tuple[Miss, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    offer: WaitingOffer | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the obstacles' sentences need."""
    delegation: Delegation | None = None
    """In whose block it lies."""
    note: BoothNote | None = None
    pinned: frozenset[int] = frozenset()
    """Its claims that the optimiser must keep."""
    when: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    """The days of its claims, where it is shared by days."""
    days: list[DayOfBooth] = field(default_factory=list)
    """The fair's days with who is there, ticked as the one in hand asks; none where the fair has one day."""
    free_days: tuple[date, ...] = ()
    offer_days: tuple[date, ...] = ()
    """For which days the offer is, where it is not for the whole fair."""

    @property
    def state(self) -> str:
        """The booth's state in one word."""
        if not self.booth.is_let:
            return "alternative"
        if self.claims:
            return "part" if self.free_days else "taken"
        if self.offer is not None:
            return "offered"
        if self.booth.blocked_because is not None:
            return "blocked"
        return "free" if self.delegation is None else "kept"


def panel_of(session: Session, booth: Booth, hand: Hand, now: datetime) -> Panel:
    """What the organiser needs to know of one booth before acting on it."""
    found = _panel(session, booth, hand, now)
    pinned = select(BoothClaim.id).where(BoothClaim.booth_id == booth.id, BoothClaim.pinned)
    return replace(found, note=session.get(BoothNote, booth.id), pinned=frozenset(session.scalars(pinned)))


def _panel(session: Session, booth: Booth, hand: Hand, now: datetime) -> Panel:
    claims = past.history_of_booth(session, booth.id, now)
    live = [claim for claim in claims if claim.lives]
    shared: dict[int, list[past.Sharer]] = {}
    if live:
        for sharer in past.sharers(session, [claim.claim_id for claim in live]):
            shared.setdefault(sharer.claim_id, []).append(sharer)
    ended = [claim for claim in claims if not claim.lives]
    offer, delegation = offer_of_booth(session, booth.id), delegation_with(session, booth.id)
    exhibitor, whole = _in_hand(session, hand), fair_days(booth.fair)
    when = days_of_claims(session, [claim.claim_id for claim in live])
    live.sort(key=lambda claim: when.get(claim.claim_id, ()))
    wanted = () if offer is None else days_wanted(offer.application)
    taken = {day: claim.name for claim in live for day in when.get(claim.claim_id, ())}
    free = tuple(day for day in whole if day not in taken)
    plain = Panel(
        booth,
        live,
        ended,
        shared,
        offer=offer,
        delegation=delegation,
        when={claim: days for claim, days in when.items() if len(days) < len(whole)},
        days=days_of_booth(whole, taken, free) if len(whole) > 1 else [],
        free_days=free,
        offer_days=wanted if 0 < len(wanted) < len(whole) else (),
    )
    if exhibitor is None or (live and not free):
        return plain
    gives_up = None if hand.claim is None else hand.claim.booth
    asked = days_asked(exhibitor) if hand.claim is None else claimed_days(session, hand.claim)
    then = tuple(day for day in asked if day in free) or free
    wish = wish_with_guests(session, exhibitor, gives_up)
    # whose time is up is in nobody's way
    stand = replace(stand_of(session, booth, then), holders=frozenset())
    return replace(
        plain,
        merits=merits(wish, stand),
        misses=misses(wish, stand),
        obstacles=obstacles(wish, stand),
        facts=crowd_facts(crowd_of(session, exhibitor), booth.area_m2),
        days=days_of_booth(whole, taken, then) if len(whole) > 1 else [],
    )


def _in_hand(session: Session, hand: Hand) -> Exhibitor | None:
    if hand.exhibitor is None:
        return None
    return session.get(Exhibitor, hand.exhibitor.exhibitor_id)
