"""A hall as values ready to be drawn: paths, labels that fit, signs, and the box to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.geometry import Box, Point, Rings, box_around, centroid, label_room
from fairapp.rules.plans import Facility, FacilityKind
from fairapp.web.plan_doors import DOORS, door_word
from fairapp.web.plan_type import (
    LABEL_SIZES,
    UNITS,
    Label,
    Sign,
    fitting,
    label_for,
    path_of,
    short,
    sign_for,
)

MARGIN_M = 2.0
GROUP_MARKS = {
    "food": "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
    "drink": "M6 .8L11.4 10.6H.6z",
    "herb": "M4 1h4v3h3v4H8v3H4V8H1V4h3z",
    "craft": "M1.2 1.2h9.6v9.6H1.2z",
    "orn": "M6 .3L11.7 6 6 11.7.3 6z",
    "tour": "M6 .6l5.4 4.2-2 6.4H2.6l-2-6.4z",
}
"""The six group marks on a 12 grid: disc, triangle, cross, square, diamond, pentagon."""

_DASH = "M1.5 4.8h9v2.4h-9z"
_TICK = "M.8 6.2L2.6 4.4 5 6.8 9.5 1.6 11.3 3.2 5 10.4z"
_BARS = ("M.6 8.2h2v3h-2z", "M3.5 5.8h2v5.4h-2z", "M6.4 3.3h2v7.9h-2z", "M9.3.8h2v10.4h-2z")
LOOKS = {
    **GROUP_MARKS,
    "settled": _TICK,
    "deposit": "M6 .8a5.2 5.2 0 0 0 0 10.4zM6 .8v1.3a3.9 3.9 0 0 1 0 7.8v1.3a5.2 5.2 0 0 0 0-10.4z",
    "due": "M4.5.6h3l-.6 6.9H5.1zM4.6 8.6h2.8v2.8H4.6z",
    "unbilled": _DASH,
    "agreed": _TICK,
    "firm": "M6 .5l1.7 3.6 4 .4-3 2.7.9 4L6 9.2l-3.6 2 .9-4-3-2.7 4-.4z",
    "handed": "M6 .8L11.4 5.6H9.8V11H2.2V5.6H.6z",
    "score-a": "".join(_BARS),
    "score-b": "".join(_BARS[:3]),
    "score-c": "".join(_BARS[:2]),
    "score-d": _BARS[0],
    "score-none": _DASH,
}
"""Every mark of a taken booth, by its look: what a board's colours tell is told by these as well."""

STATE_SIGNS = {
    "offered": "M.5 2h11v8H.5zM.5 2l5.5 4.5 5.5-4.5",
    "held": "M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10zM6 3v3.3l2 1.5",
    "kept": "M2.5 11.5V.8h8L8 3.8l2.5 3h-8",
}


class MarkState(StrEnum):
    """What the edge of a booth says."""

    FREE = "free"
    HELD = "held"
    OFFERED = "offered"
    ALLOCATED = "allocated"
    KEPT = "kept"
    """In a delegation's block, and nobody stands there yet."""
    BLOCKED = "blocked"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class BoothFacts:
    """What a page knows of a booth it wants drawn.

    ``title`` is the whole sentence for a screen reader; ``group`` one of ``LOOKS`` or None;
    ``href`` makes it a link, without it is a button; ``words`` are further words the search finds it by.
    """

    id: int
    code: str
    rings: Rings
    state: MarkState
    title: str
    group: str | None = None
    href: str | None = None
    label: str | None = None
    words: str = ""
    conflict: bool = False
    selected: bool = False
    you: bool = False
    wish: int | None = None
    until: str = ""
    """When a hold or an offer of it ends by itself, for the page that shows it meanwhile."""
    others: int = 0
    """How many share it beside its holder; written as ``+2`` in its corner."""


@dataclass(frozen=True, slots=True)
class BoothMark:
    """A booth as drawn."""

    facts: BoothFacts
    path: str
    classes: str
    label: Label | None
    mark: Sign | None
    sign: Sign | None
    others: Sign | None
    x: str
    y: str
    corner: tuple[str, str]

    @property
    def state(self) -> MarkState:
        """What its edge says."""
        return self.facts.state

    @property
    def look(self) -> str | None:
        """What its colour and its mark say; a booth that nobody has says nothing."""
        return self.facts.group if self.mark is not None else None


@dataclass(frozen=True, slots=True)
class FacilityMark:
    """A facility as drawn; an entrance alone has no path but a word."""

    kind: FacilityKind
    path: str
    label: Label | None
    name: str


@dataclass(frozen=True, slots=True)
class PavilionMark:
    """A line around the booths of one owner, with a name tab in the aisle above it."""

    path: str
    name: str
    tab: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """Something to look at: lines, outlines, and a number in a disc that a list repeats."""

    number: int
    lines: str
    outlines: str
    x: str
    y: str
    size: str
    text_y: str
    text_size: str


@dataclass(frozen=True, slots=True)
class HallDrawing:
    """Everything ``plan_svg`` draws of one hall, in drawing units."""

    name: str
    view_box: str
    floor: str
    booths: tuple[BoothMark, ...]
    facilities: tuple[FacilityMark, ...]
    pavilions: tuple[PavilionMark, ...] = ()
    notes: tuple[NoteMark, ...] = ()

    @property
    def selected(self) -> tuple[BoothMark, ...]:
        """The booths with a halo."""
        return tuple(mark for mark in self.booths if mark.facts.selected)

    @property
    def you(self) -> tuple[BoothMark, ...]:
        """The booths with the you-are-here pin."""
        return tuple(mark for mark in self.booths if mark.facts.you)


_SAID = {
    MarkState.FREE: _l("free to take"),
    MarkState.HELD: _l("on hold"),
    MarkState.OFFERED: _l("offered, waiting for the answer"),
    MarkState.ALLOCATED: _l("taken"),
    MarkState.KEPT: _l("in a delegation's block"),
    MarkState.BLOCKED: _l("not for sale"),
    MarkState.ALTERNATIVE: _l("an alternative outline, not let"),
}


def booth_title(
    code: str, area_m2: float, state: MarkState, group: str = "", holder: str = "", conflict: bool = False
) -> str:
    """The sentence a screen reader says: ``A-015, 9 m², Food, offered, waiting for the answer``."""
    parts = (
        code,
        formats.area(area_m2),
        group,
        holder,
        str(_SAID[state]),
        _("in conflict") if conflict else "",
    )
    return ", ".join(part for part in parts if part)


def facility_word(facility: Facility) -> str:
    """What is written on a facility: its own label, else what it is."""
    return facility.label or phrase(facility.kind)


def draw_hall(
    name: str,
    booths: Sequence[BoothFacts],
    outline: Rings = (),
    facilities: Iterable[tuple[Facility, str]] = (),
    pavilions: Iterable[tuple[str, Sequence[Rings]]] = (),
    around: int | None = None,
    reach_m: float = 12.0,
) -> HallDrawing:
    """Draw one hall: its booths, its facilities with the words to write on them, its pavilions.

    ``around`` names a booth to look at closely, with ``reach_m`` metres on every side of it.
    """
    listed = list(facilities)
    corners = [
        p
        for rings in (outline, *(b.rings for b in booths), *(f.rings for f, _ in listed))
        for p in _all(rings)
    ]
    whole = box_around(corners or [(0.0, 0.0), (10.0, 10.0)])
    floor = outline or (_ring_of(whole.grown(MARGIN_M)),)
    seen = box_around(_all(floor)).grown(MARGIN_M)
    # A word at a door is read with the whole hall in view.
    door_type = min(30.0, max(9.5, max(seen.width, seen.height) * UNITS / 58))
    walls = box_around(_all(floor))
    marks = []
    for facility, word in listed:
        label: Label | None
        if facility.kind in DOORS and word:
            label, room = door_word(_middle(facility)[0], word, walls, door_type, facility.kind)
            seen = _around(seen, room)
        else:
            label = _word(facility, word)
        path = "" if len(facility.rings[0]) < 3 else path_of(facility.rings)
        marks.append(FacilityMark(facility.kind, path, label, word))
    for booth in booths:
        if booth.id == around:
            seen = _inside(box_around(booth.rings[0]).grown(reach_m), seen)
    return HallDrawing(
        name=name,
        view_box=" ".join(short(v * UNITS) for v in (seen.left, seen.top, seen.width, seen.height)),
        floor=path_of(floor),
        booths=tuple(_booth(booth, name) for booth in booths),
        facilities=tuple(marks),
        pavilions=tuple(_pavilion(rings, word) for word, pieces in pavilions for rings in pieces),
    )


def _booth(facts: BoothFacts, hall: str) -> BoothMark:
    box = box_around(facts.rings[0])
    shown = facts.state in (MarkState.ALLOCATED, MarkState.OFFERED, MarkState.HELD)
    group = facts.group if shown and facts.group in LOOKS else None
    signed = facts.state in STATE_SIGNS and facts.wish is None
    counted = facts.others > 0 and not signed and facts.wish is None
    has_top = bool(group or signed or counted or facts.you or facts.wish)
    classes = ["bth", f"bth--{facts.state}"]
    classes += [f"bth--{group}"] if group else []
    classes += [f"bth--{name}" for name in ("conflict", "you") if getattr(facts, name)]
    classes += ["bth--sel"] if facts.selected else []
    text = facts.code.removeprefix(f"{hall}-") if facts.label is None else facts.label
    x, y = centroid(facts.rings)
    return BoothMark(
        facts=facts,
        path=path_of(facts.rings),
        classes=" ".join(classes),
        label=None if facts.state is MarkState.BLOCKED else label_for(text, facts.rings, has_top),
        mark=sign_for(facts.rings, LOOKS[group], left=True) if group and not facts.you else None,
        sign=sign_for(facts.rings, STATE_SIGNS[facts.state], left=False) if signed else None,
        others=sign_for(facts.rings, "", left=False) if counted else None,
        x=short(x * UNITS),
        y=short(y * UNITS),
        corner=(short(box.right * UNITS), short(box.top * UNITS)),
    )


_WITHOUT_WORD = (FacilityKind.WALL, FacilityKind.PILLAR)


def _middle(facility: Facility) -> tuple[Point, float, float]:
    return (facility.at, 0.0, 0.0) if len(facility.rings[0]) < 3 else label_room(facility.rings)


def _word(facility: Facility, word: str) -> Label | None:
    """What stands on a facility, as large as fits."""
    if facility.kind in _WITHOUT_WORD or not word:
        return None
    (x, y), run, height = _middle(facility)
    lines = tuple(word.split()) if len(word.split()) == 2 and len(word) > 6 else (word,)
    size = max(4.0, min(12.0, max(fitting(lines, run, height, below_mark=False)[0], 0.0)))
    first = y * UNITS + size * 0.36 - (len(lines) - 1) * size * 0.6
    step = max((i for i, known in enumerate(LABEL_SIZES) if known <= size), default=0)
    placed = tuple((line, short(first + i * size * 1.2)) for i, line in enumerate(lines))
    return Label(short(x * UNITS), placed, short(size), step)


def _pavilion(rings: Rings, name: str) -> PavilionMark:
    box = box_around(rings[0])
    left, top = box.left * UNITS, box.top * UNITS
    width = len(name) * 5.25 + 9
    tab = f"M{short(left - 1.4)} {short(top)}v-10h{short(width)}v10z"
    return PavilionMark(path_of(rings), name, tab, short(left + 4), short(top - 2.5))


def _all(rings: Rings) -> list[Point]:
    return [point for ring in rings for point in ring]


def _ring_of(box: Box) -> tuple[Point, ...]:
    return ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))


def _around(box: Box, other: Box) -> Box:
    """The box that holds both."""
    left, top = min(box.left, other.left), min(box.top, other.top)
    return Box(left, top, max(box.right, other.right), max(box.bottom, other.bottom))


def _inside(box: Box, limit: Box) -> Box:
    """The part of ``box`` that shows something."""
    left, top = max(box.left, limit.left), max(box.top, limit.top)
    return Box(left, top, min(box.right, limit.right), min(box.bottom, limit.bottom))
