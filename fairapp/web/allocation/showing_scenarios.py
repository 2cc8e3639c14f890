"""A scenario as its pages show it: the hall drawn, each seat in words, reasons with their cure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from fairapp.i18n import formats, pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.geometry import as_rings
from fairapp.rules.planning import Term
from fairapp.rules.planning_trying import Unplaced, WithoutPlace
from fairapp.rules.plans import facilities_from_json
from fairapp.rules.scenarios import Seat
from fairapp.store import allocation_board as rows
from fairapp.store import scenarios_queries as kept
from fairapp.store.fairs import Fair, Hall
from fairapp.usecases.planning_applying import Changed
from fairapp.web.allocation.colours import groups_of
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall, with_words


@dataclass(frozen=True, slots=True)
class Line:
    """One exhibitor of a plan in its list."""

    exhibitor_id: int
    name: str
    group: str | None
    booths: tuple[kept.BoothWord, ...]
    is_settled: bool
    points: float
    terms: tuple[tuple[str, float], ...]
    reason: str


def terms_said(terms: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """Each term in words with its points, in their order."""
    return tuple((phrase(term), terms[term.value]) for term in Term if term.value in terms)


def seat_lines(
    session: Session, seats: Sequence[kept.SeatRow], show: str = "", others: Mapping[int, str] | None = None
) -> list[Line]:
    """The list of a plan: all, only the newly placed, or only those without a place; ``others`` by name."""
    wanted = [
        row
        for row in seats
        if not (show == "none" and row.seat.booths)
        and not (show == "new" and (row.seat.is_settled or not row.seat.booths))
    ]
    booths = {booth for row in wanted for booth in (*row.seat.booths, *row.seat.reason.get("booths", ()))}
    words = kept.booth_words(session, booths)
    names = {**(others or {}), **{row.seat.exhibitor_id: row.name for row in seats}}
    lines = [
        Line(
            row.seat.exhibitor_id,
            row.name,
            row.group,
            tuple(words[booth] for booth in row.seat.booths if booth in words),
            row.seat.is_settled,
            sum(row.seat.terms.values()),
            terms_said(row.seat.terms),
            kept_reason_said(row.seat.reason, names, words),
        )
        for row in wanted
    ]
    # Who needs a decision first: those without a place, those newly placed, those who stay.
    return sorted(lines, key=lambda line: (bool(line.booths), line.is_settled))


def kept_reason_said(
    reason: Mapping[str, Any], names: Mapping[int, str], words: Mapping[int, kept.BoothWord]
) -> str:
    """Why somebody has no place, as the scenario keeps it."""
    if not reason:
        return ""
    why = WithoutPlace(
        Unplaced(reason["reason"]), tuple(reason["booths"]), tuple(reason["gives_way"]), reason["points"]
    )
    return reason_said(why, names, {number: word.code for number, word in words.items()})


def reason_said(why: WithoutPlace, names: Mapping[int, str], codes: Mapping[int, str]) -> str:
    """Why somebody has no place, and the cure."""
    return phrase(
        why.reason,
        points=formats.number(round(why.points, 1)),
        names=formats.listing([names.get(who, "?") for who in why.gives_way]),
        codes=formats.listing([codes.get(booth, "?") for booth in why.booths]),
    )


def settled_words(changes: Iterable[Changed]) -> list[tuple[str, str]]:
    """(who, why its place is not possible any more)"""
    return [
        (change.name, " ".join(_sentence(reason, change.code) for reason in change.reasons))
        for change in changes
    ]


def _sentence(reason: Any, code: str) -> str:
    facts = {"code": code, "stand_companies": "", "stand_needs": "", "stand_m2": ""}
    return phrase(reason, **facts)


def seats_by_exhibitor(seats: Iterable[kept.SeatRow]) -> dict[int, Seat]:
    """The seats as the comparison takes them."""
    return {
        row.seat.exhibitor_id: Seat(tuple(row.seat.booths), sum(row.seat.terms.values()), row.group)
        for row in seats
    }


def hall_drawing(
    session: Session, fair: Fair, hall_id: int, seats: Sequence[kept.SeatRow], scenario_id: int
) -> HallDrawing:
    """A hall with everybody where the plan puts them; competitors that met are flagged."""
    hall, groups = session.get_one(Hall, hall_id), groups_of(session, fair)
    at = {booth: row for row in seats for booth in row.seat.booths}
    facts = []
    for row in rows.booths_of_hall(session, hall.id):
        seat = at.get(row.id)
        state = _state(row, seat)
        name = groups.names.get(seat.group or "", "") if seat is not None else ""
        holder = seat.name if seat is not None else pick(row.kept_for) if row.kept_for else ""
        clashes = seat is not None and bool({Term.BESIDE.value, Term.FACING.value} & set(seat.seat.terms))
        facts.append(
            BoothFacts(
                id=row.id,
                code=row.code,
                rings=as_rings(row.outline),
                state=state,
                title=booth_title(row.code, row.area_m2, state, name, holder, clashes),
                group=groups.marks.get(seat.group or "") if seat is not None else None,
                href=_href(fair, scenario_id, seat),
                label=row.code.removeprefix(f"{hall.code}-"),
                conflict=clashes,
                selected=seat is not None and not seat.seat.is_settled,
            )
        )
    facilities = with_words(facilities_from_json(hall.facilities), fair.settings)
    return draw_hall(hall.code, facts, as_rings(hall.outline) if hall.outline else (), facilities)


def _href(fair: Fair, scenario_id: int, seat: kept.SeatRow | None) -> str | None:
    if seat is None:
        return None
    return url_for(
        "allocation.seat", fair_code=fair.code, scenario_id=scenario_id, exhibitor_id=seat.seat.exhibitor_id
    )


def _state(row: rows.BoothRow, seat: kept.SeatRow | None) -> MarkState:
    if not row.is_let:
        return MarkState.ALTERNATIVE
    if seat is not None:
        return MarkState.ALLOCATED
    if row.blocked_because is not None:
        return MarkState.BLOCKED
    return MarkState.FREE if row.kept_for is None else MarkState.KEPT
