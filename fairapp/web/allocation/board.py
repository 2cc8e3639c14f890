"""The board's values: the hall as drawn, the queue beside it, and what the chosen booth offers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext, pick
from fairapp.rules.allocation import ClaimState
from fairapp.rules.board_colours import Colour
from fairapp.rules.geometry import Box, as_rings, box_around
from fairapp.rules.plans import facilities_from_json
from fairapp.store import allocation_board as rows
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.fairs import Booth, Fair, Hall
from fairapp.usecases.claiming import (
    fair_days,
    kept_by_offers,
)
from fairapp.web.allocation.by_days import (
    claims_by_days,
    groups_by_day,
    on_day,
    who_when,
)
from fairapp.web.allocation.colours import Paint, groups_of
from fairapp.web.places import place_name
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall, with_words

REACH_M = 16.0
_MARKS = {ClaimState.HELD: MarkState.HELD, ClaimState.OFFERED: MarkState.OFFERED}


@dataclass(frozen=True, slots=True)
class Hand:
    """What the organiser has picked up: an exhibitor of the queue, or a claim to move."""

    exhibitor: waiting_rows.Candidate | None = None
    claim: BoothClaim | None = None
    day: date | None = None
    """The day that the board looks at; None: all days."""

    @property
    def query(self) -> dict[str, int | str]:
        """What keeps it picked up, and the day looked at, on the next page."""
        looked_at: dict[str, int | str] = {} if self.day is None else {"day": self.day.isoformat()}
        if self.claim is not None:
            return {**looked_at, "claim": self.claim.id}
        return (
            looked_at if self.exhibitor is None else {**looked_at, "exhibitor": self.exhibitor.exhibitor_id}
        )

    @property
    def name(self) -> str:
        """Whose name it is."""
        return self.exhibitor.name if self.exhibitor is not None else ""


def address(fair_code: str, hall: str | None, **query: Any) -> str:
    """The board of a hall with some things chosen."""
    return url_for("allocation.board", fair_code=fair_code, hall=hall, **query)


def halls_on(session: Session, fair: Fair, now: datetime, day: date | None) -> list[rows.HallCount]:
    """The fair's halls with how many of their booths are free on the day, or on every day."""
    offered = None if day is None else kept_by_offers(session, fair.id, (day,))
    return rows.halls_with_counts(session, fair.id, now, day, offered)


def drawing_of(
    session: Session,
    fair: Fair,
    hall: Hall,
    paint: Paint,
    hand: Hand,
    chosen: int | None,
    now: datetime,
    only: Collection[int] | None = None,
) -> HallDrawing:
    """The hall with every booth (or ``only`` these) as on the hand's day, each a link that opens it."""
    kept = {**hand.query, **({} if paint.colour is Colour.GROUP else {"colour": paint.colour.value})}
    base = f"{address(fair.code, hall.code)}?{urlencode({**kept, 'booth': ''})}"
    booths = rows.booths_of_hall(session, hall.id, only)
    facts = _all_facts(session, hall, booths, paint, base, chosen, now, only, hand.day)
    facilities = with_words(facilities_from_json(hall.facilities), fair.settings)
    return draw_hall(hall.code, facts, as_rings(hall.outline) if hall.outline else (), facilities)


def surroundings(
    session: Session, fair: Fair, booth: Booth, wished: Mapping[int, int] | None = None
) -> HallDrawing:
    """The plan around one booth; ``wished`` numbers the booths that are offered instead."""
    hall, base = booth.hall, f"{address(fair.code, booth.hall.code)}?booth="
    seen = box_around(as_rings(booth.outline)[0]).grown(REACH_M) if booth.outline else None
    paint = Paint(Colour.GROUP, groups_of(session, fair))
    near = [row for row in rows.booths_of_hall(session, hall.id) if seen is None or _is_in(row, seen)]
    facts = [
        replace(one, wish=(wished or {}).get(one.id))
        for one in _all_facts(session, hall, near, paint, base, booth.id, datetime.now(UTC))
    ]
    outline = as_rings(hall.outline) if hall.outline else ()
    return draw_hall(hall.code, facts, outline, around=booth.id, reach_m=REACH_M)


def _is_in(row: rows.BoothRow, seen: Box) -> bool:
    box = box_around(as_rings(row.outline)[0])
    across = box.left <= seen.right and box.right >= seen.left
    return across and box.top <= seen.bottom and box.bottom >= seen.top


def _all_facts(
    session: Session,
    hall: Hall,
    booths: list[rows.BoothRow],
    paint: Paint,
    base: str,
    chosen: int | None,
    now: datetime,
    only: Collection[int] | None = None,
    day: date | None = None,
) -> list[BoothFacts]:
    held: dict[int, list[rows.Holding]] = {}
    for holding in rows.holdings_of_hall(session, hall.id, now, only):
        held.setdefault(holding.booth_id, []).append(holding)
    parts, days = claims_by_days(session, hall.fair, hall.id), fair_days(hall.fair)
    if day is not None:
        kept = kept_by_offers(session, hall.fair_id, (day,))
        booths = [replace(row, is_offered=row.id in kept) for row in booths]
    found = []
    for row in booths:
        here = held.get(row.id, [])
        there = on_day(here, parts, day)
        facts = _facts(row, hall, there, paint, base, chosen)
        if each_day := groups_by_day(here, parts, days, paint.groups.marks):
            split = day is None and paint.colour is Colour.GROUP
            facts = _by_days(facts, row, there, parts, each_day if split else ())
        found.append(facts)
    return found


def _by_days(
    facts: BoothFacts,
    row: rows.BoothRow,
    held: list[rows.Holding],
    parts: Mapping[int, tuple[date, ...]],
    each_day: tuple[str, ...],
) -> BoothFacts:
    """A booth that is shared by days says who has it when."""
    title = booth_title(row.code, row.area_m2, facts.state, _("shared by days"), who_when(held, parts))
    return replace(facts, title=title, by_days=True, each_day=each_day, others=0)


def _facts(
    row: rows.BoothRow, hall: Hall, held: list[rows.Holding], paint: Paint, base: str, chosen: int | None
) -> BoothFacts:
    """A booth as the plan shows it: its state, its holder's group, how many share it, where it leads."""
    first = held[0] if held else None
    state = state_of(row, first)
    until = min((one.expires_at for one in held if one.expires_at is not None), default=None)
    others = sum(holding.shared for holding in held) + max(0, len(held) - 1)
    holder = first.name if first else pick(row.kept_for) if row.kept_for else ""
    if others:
        holder += " " + ngettext("and %(num)s other", "and %(num)s others", others)
    number = row.code.removeprefix(f"{hall.code}-")
    return BoothFacts(
        id=row.id,
        code=row.code,
        rings=as_rings(row.outline),
        state=state,
        title=booth_title(row.code, row.area_m2, state, paint.words(first) if first else "", holder),
        group=paint.look(first) if first else None,
        href=f"{base}{row.id}#booth",
        label=number,
        others=others,
        until="" if until is None else until.isoformat(),
        selected=row.id == chosen,
    )


def state_of(row: rows.BoothRow, first: rows.Holding | None) -> MarkState:
    """What the booth's edge says, with whoever holds it first."""
    if not row.is_let:
        return MarkState.ALTERNATIVE
    if first is not None:
        return _MARKS.get(first.state, MarkState.ALLOCATED)
    if row.is_offered:
        return MarkState.OFFERED
    if row.blocked_because is not None:
        return MarkState.BLOCKED
    return MarkState.FREE if row.kept_for is None else MarkState.KEPT


def origin(country: str, province_code: str | None, place: str) -> str:
    """Where an exhibitor comes from, in the reader's language: a province of Vietnam, or a country."""
    if country != "VN":
        return place_name(country)
    return place_name(province_code) if province_code else place
