"""The board's values: the hall as drawn, the queue beside it, and what the chosen booth offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.i18n import current_language, ngettext, pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.allocation import ClaimState, Merit, Obstacle, merits, obstacles
from fairapp.rules.geometry import as_rings
from fairapp.rules.plans import facilities_from_json
from fairapp.store import allocation_board as rows
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.fairs import Booth, Fair, Hall, ProductGroup
from fairapp.usecases.allocation_grounds import stand_of, wish_of
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall

_MARKS = {ClaimState.HELD: MarkState.HELD, ClaimState.OFFERED: MarkState.OFFERED}


@dataclass(frozen=True, slots=True)
class Groups:
    """The product groups of a fair's scheme: code to mark and name."""

    marks: Mapping[str, str]
    names: Mapping[str, str]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """(mark, name) pairs for the legend."""
        return [(mark, self.names[code]) for code, mark in self.marks.items()]


@dataclass(frozen=True, slots=True)
class Hand:
    """What the organiser has picked up: an exhibitor of the queue, or a claim to move."""

    exhibitor: rows.Candidate | None = None
    claim: BoothClaim | None = None

    @property
    def query(self) -> dict[str, int]:
        """What keeps it picked up on the next page."""
        if self.claim is not None:
            return {"claim": self.claim.id}
        return {"exhibitor": self.exhibitor.exhibitor_id} if self.exhibitor is not None else {}

    @property
    def name(self) -> str:
        """Whose name it is."""
        return self.exhibitor.name if self.exhibitor is not None else ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The chosen booth: what it is, who holds it, what was before, what speaks for and against."""

    booth: Booth
    claims: list[rows.Claimed]
    ended: list[rows.Claimed]
    sharers: Mapping[int, list[rows.Sharer]] = field(default_factory=dict)
    merits: tuple[Merit, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def state(self) -> str:
        """The booth's state in one word."""
        if not self.booth.is_let:
            return "alternative"
        if self.claims:
            return "taken"
        return "blocked" if self.booth.blocked_because is not None else "free"


def groups_of(session: Session, fair: Fair) -> Groups:
    """The groups of the fair's scheme in their order."""
    found = (
        session.query(ProductGroup.code, ProductGroup.mark, ProductGroup.names)
        .filter_by(scheme=fair.scheme)
        .order_by(ProductGroup.position)
        .all()
    )
    return Groups({code: mark for code, mark, _ in found}, {code: pick(names) for code, _, names in found})


def address(fair_code: str, hall: str | None, **query: Any) -> str:
    """The board of a hall with some things chosen."""
    return url_for("allocation.board", fair_code=fair_code, hall=hall, **query)


def drawing_of(
    session: Session, fair: Fair, hall: Hall, groups: Groups, hand: Hand, chosen: int | None
) -> HallDrawing:
    """The hall with every booth in its state, each a link that opens it."""
    held: dict[int, list[rows.Holding]] = {}
    for holding in rows.holdings_of_hall(session, hall.id):
        held.setdefault(holding.booth_id, []).append(holding)
    base = f"{address(fair.code, hall.code)}?{urlencode({**hand.query, 'booth': ''})}"
    facts = [
        booth_facts(row, hall, held.get(row.id, []), groups, base, chosen)
        for row in rows.booths_of_hall(session, hall.id)
    ]
    facilities = [
        (facility, facility.label or phrase(facility.kind))
        for facility in facilities_from_json(hall.facilities)
    ]
    return draw_hall(hall.code, facts, as_rings(hall.outline) if hall.outline else (), facilities)


def booth_facts(
    row: rows.BoothRow, hall: Hall, held: list[rows.Holding], groups: Groups, base: str, chosen: int | None
) -> BoothFacts:
    """A booth as the plan shows it: its state, its holder's group, how many share it, where it leads."""
    first = held[0] if held else None
    state = _state(row, first)
    group = groups.marks.get(first.group or "") if first else None
    name = groups.names.get(first.group or "", "") if first else ""
    others = sum(holding.shared for holding in held) + max(0, len(held) - 1)
    holder = first.name if first else ""
    if others:
        holder += " " + ngettext("and %(num)s other", "and %(num)s others", others)
    number = row.code.removeprefix(f"{hall.code}-")
    return BoothFacts(
        id=row.id,
        code=row.code,
        rings=as_rings(row.outline),
        state=state,
        title=booth_title(row.code, row.area_m2, state, name, holder),
        group=group,
        href=f"{base}{row.id}#booth",
        label=f"{number} +{others}" if others else number,
        selected=row.id == chosen,
    )


def _state(row: rows.BoothRow, first: rows.Holding | None) -> MarkState:
    if not row.is_let:
        return MarkState.ALTERNATIVE
    if first is not None:
        return _MARKS.get(first.state, MarkState.ALLOCATED)
    return MarkState.FREE if row.blocked_because is None else MarkState.BLOCKED


def panel_of(session: Session, booth: Booth, hand: Hand) -> Panel:
    """What the organiser needs to know of one booth before acting on it."""
    claims = rows.history_of_booth(session, booth.id)
    live = [claim for claim in claims if claim.lives]
    shared: dict[int, list[rows.Sharer]] = {}
    if live:
        for sharer in rows.sharers(session, [claim.claim_id for claim in live]):
            shared.setdefault(sharer.claim_id, []).append(sharer)
    exhibitor = _in_hand(session, hand)
    if exhibitor is None or live:
        return Panel(booth, live, [claim for claim in claims if not claim.lives], shared)
    wish, stand = wish_of(exhibitor), stand_of(session, booth)
    return Panel(
        booth,
        live,
        [claim for claim in claims if not claim.lives],
        shared,
        merits(wish, stand),
        obstacles(wish, stand),
    )


def _in_hand(session: Session, hand: Hand) -> Exhibitor | None:
    if hand.exhibitor is None:
        return None
    return session.get(Exhibitor, hand.exhibitor.exhibitor_id)


def origin(country: str, province_code: str | None, place: str) -> str:
    """Where an exhibitor comes from, in the reader's language: a province of Vietnam, or a country."""
    if country != "VN":
        return places.country_name(country, current_language())
    found = places.province(province_code) if province_code else None
    return found.name_in(current_language()) if found else place
