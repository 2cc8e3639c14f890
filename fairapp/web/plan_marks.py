"""A hall as it is drawn, as values: booths, facilities, pavilions, notes, and what a page says of a booth."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.geometry import Rings
from fairapp.rules.plans import FacilityKind
from fairapp.web.plan_type import Label, Sign

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
DAYS_SIGN = "M1 2.5h10v8.8H1zM1 5.6h10M3.8 1v3M8.2 1v3"
"""A leaf of a calendar: not the same exhibitor every day."""
TAKEN, FREE_DAY = "taken", "free"
"""What a day of a shared booth is called where no group stands there, or nobody."""


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
    by_days: bool = False
    """It is shared by days: a calendar's leaf in its corner says so."""
    each_day: tuple[str, ...] = ()
    """Its group on each day of the fair (or ``TAKEN``, ``FREE_DAY``): the fill is split by it."""


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
    strips: tuple[tuple[str, str], ...] = ()
    """(group, path) of each stretch of days."""

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
