"""The chosen booths of a board: who stands there, how large they are in all, and what can be done to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.i18n import formats
from fairapp.rules.board_several import SeveralAct
from fairapp.store import allocation_board as rows
from fairapp.store.allocation import Exhibitor
from fairapp.store.claim_days import days_by_claim
from fairapp.store.fairs import Fair
from fairapp.usecases.claiming import days_asked, fair_days
from fairapp.web.allocation.board import Hand, state_of
from fairapp.web.allocation.by_days import DayOfBooth, days_of_booth
from fairapp.web.plan_drawing import MarkState

_HELD = (MarkState.ALLOCATED, MarkState.HELD)


@dataclass(frozen=True, slots=True)
class Listed:
    """One booth of a list: its row, its state, and whoever holds it."""

    row: rows.BoothRow
    state: MarkState
    holders: str
    is_part: bool = False
    """It is taken on some of the fair's days, and free on the others."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The booths that are chosen, in the order of their codes."""

    booths: Sequence[Listed]

    @property
    def area_m2(self) -> float:
        """How large they are in all."""
        return sum(each.row.area_m2 for each in self.booths)

    @property
    def acts(self) -> list[SeveralAct]:
        """What changes anything about them as they stand."""
        states = {each.state for each in self.booths}
        held = not states.isdisjoint(_HELD)
        sensible = {
            SeveralAct.BLOCK: MarkState.FREE in states,
            SeveralAct.OFFER: MarkState.BLOCKED in states,
            SeveralAct.PIN: held,
            SeveralAct.UNPIN: held,
            SeveralAct.RELEASE: held,
            SeveralAct.NOTE: bool(states),
            SeveralAct.PLACE: not states.isdisjoint((MarkState.FREE, MarkState.KEPT))
            or any(each.is_part for each in self.booths),
        }
        return [act for act, holds in sensible.items() if holds]


def listing_of(
    session: Session, fair: Fair, hall_id: int, booths: Sequence[rows.BoothRow], now: datetime
) -> list[Listed]:
    """These booths of one hall with their state and holders at this moment."""
    held: dict[int, list[rows.Holding]] = {}
    for holding in rows.holdings_of_hall(session, hall_id, now, [row.id for row in booths]):
        held.setdefault(holding.booth_id, []).append(holding)
    days = days_by_claim(session, fair.id, hall_id)
    whole, listed = len(fair_days(fair)), []
    for row in booths:
        here = held.get(row.id, [])
        names = formats.listing([each.name for each in here])
        taken = sum(len(days.get(each.claim_id, ())) for each in here)
        listed.append(Listed(row, state_of(row, here[0] if here else None), names, 0 < taken < whole))
    return listed


def days_to_place(session: Session, fair: Fair, hand: Hand) -> list[DayOfBooth]:
    """The fair's days to tick, as the exhibitor in hand asks; none where there is nothing to choose."""
    whole = fair_days(fair)
    exhibitor = session.get(Exhibitor, hand.exhibitor.exhibitor_id) if hand.exhibitor is not None else None
    if exhibitor is None or hand.claim is not None or len(whole) == 1:
        return []
    return days_of_booth(whole, {}, days_asked(exhibitor))


def chosen_of(session: Session, fair: Fair, numbers: Sequence[int], now: datetime) -> Chosen:
    """The booths of these numbers that the fair has, whichever hall they are in."""
    found = rows.booths_numbered(session, numbers, fair.id)
    listed = [
        each
        for hall_id in sorted({row.hall_id for row in found})
        for each in listing_of(session, fair, hall_id, [row for row in found if row.hall_id == hall_id], now)
    ]
    return Chosen(sorted(listed, key=lambda each: each.row.code))
