"""A hall as values ready to be drawn: paths, labels that fit, signs, and the box to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.geometry import Box, Point, Rings, box_around, centroid, label_room, strip_of
from fairapp.rules.plans import Facility, FacilityKind
from fairapp.web.plan_doors import DOORS, door_word
from fairapp.web.plan_marks import (
    DAYS_SIGN,
    FREE_DAY,
    GROUP_MARKS,
    LOOKS,
    STATE_SIGNS,
    TAKEN,
    BoothFacts,
    BoothMark,
    FacilityMark,
    HallDrawing,
    MarkState,
    NoteMark,
    PavilionMark,
)
from fairapp.web.plan_type import (
    LABEL_SIZES,
    UNITS,
    Label,
    fitting,
    label_for,
    path_of,
    short,
    sign_for,
)

MARGIN_M = 2.0
__all__ = [
    "FREE_DAY",
    "GROUP_MARKS",
    "LOOKS",
    "STATE_SIGNS",
    "TAKEN",
    "BoothFacts",
    "BoothMark",
    "FacilityMark",
    "HallDrawing",
    "MarkState",
    "NoteMark",
    "PavilionMark",
    "booth_title",
    "draw_hall",
    "facility_word",
    "with_words",
]

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


def facility_word(facility: Facility, settings: Mapping[str, Any] | None = None) -> str:
    """What is written on a facility: its own label, else what it is; of a zone the name the fair gives it."""
    if facility.kind is FacilityKind.ZONE:
        zones = (settings or {}).get("zones")
        named = zones.get(facility.label) if isinstance(zones, Mapping) else None
        if isinstance(named, Mapping):
            return pick(named) or facility.label
    return facility.label or phrase(facility.kind)


def with_words(
    facilities: Iterable[Facility], settings: Mapping[str, Any] | None = None
) -> list[tuple[Facility, str]]:
    """Facilities with what is written on them, for ``draw_hall``; the settings are the fair's."""
    return [(each, facility_word(each, settings)) for each in facilities]


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
    owned = [(word, [facility.rings]) for facility, word in listed if _is_pavilion(facility)]
    for facility, word in listed:
        if _is_pavilion(facility):
            continue
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
        pavilions=tuple(_pavilion(rings, word) for word, pieces in (*owned, *pavilions) for rings in pieces),
    )


def _booth(facts: BoothFacts, hall: str) -> BoothMark:
    box = box_around(facts.rings[0])
    shown = facts.state in (MarkState.ALLOCATED, MarkState.OFFERED, MarkState.HELD)
    strips = _strips(facts) if shown else ()
    group = facts.group if shown and facts.group in LOOKS and not strips else None
    state_sign = DAYS_SIGN if facts.by_days else STATE_SIGNS.get(facts.state, "")
    signed = bool(state_sign) and facts.wish is None
    counted = facts.others > 0 and not signed and facts.wish is None
    has_top = bool(group or signed or counted or facts.you or facts.wish)
    classes = ["bth", f"bth--{facts.state}"]
    classes += [f"bth--{group}"] if group else []
    classes += ["bth--days"] if facts.by_days and shown else []
    classes += dict.fromkeys(f"bth--{each}" for each, _path in strips if each in GROUP_MARKS)
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
        sign=sign_for(facts.rings, state_sign, left=False) if signed else None,
        others=sign_for(facts.rings, "", left=False) if counted else None,
        x=short(x * UNITS),
        y=short(y * UNITS),
        corner=(short(box.right * UNITS), short(box.top * UNITS)),
        strips=strips,
    )


def _strips(facts: BoothFacts) -> tuple[tuple[str, str], ...]:
    """The booth cut into stretches of days with the same group, the first day at the left."""
    box, days = box_around(facts.rings[0]), facts.each_day
    found: list[tuple[str, str]] = []
    first = 0
    for last, group in enumerate(days, 1):
        if last < len(days) and days[last] == group:
            continue
        left, right = (box.left + box.width * each / len(days) for each in (first, last))
        found.append((group, path_of((strip_of(facts.rings[0], left, right),))))
        first = last
    return tuple(found)


_WITHOUT_WORD = (FacilityKind.WALL, FacilityKind.PILLAR)


def _is_pavilion(facility: Facility) -> bool:
    return facility.kind is FacilityKind.PAVILION and len(facility.rings[0]) > 2


def _middle(facility: Facility) -> tuple[Point, float, float]:
    return (facility.at, 0.0, 0.0) if len(facility.rings[0]) < 3 else label_room(facility.rings)


def _word(facility: Facility, word: str) -> Label | None:
    """What stands on a facility, as large as fits."""
    if facility.kind in _WITHOUT_WORD or not word:
        return None
    if facility.kind is FacilityKind.ZONE and len(facility.rings[0]) > 2:
        return _at_the_foot(facility.rings, word)
    (x, y), run, height = _middle(facility)
    lines = tuple(word.split()) if len(word.split()) == 2 and len(word) > 6 else (word,)
    size = max(4.0, min(12.0, max(fitting(lines, run, height, below_mark=False)[0], 0.0)))
    first = y * UNITS + size * 0.36 - (len(lines) - 1) * size * 0.6
    step = max((i for i, known in enumerate(LABEL_SIZES) if known <= size), default=0)
    placed = tuple((line, short(first + i * size * 1.2)) for i, line in enumerate(lines))
    return Label(short(x * UNITS), placed, short(size), step)


def _at_the_foot(rings: Rings, word: str) -> Label:
    """A zone's name along its lower edge: its middle is full of booths."""
    box = box_around(rings[0])
    size = max(5.0, min(10.0, box.width * UNITS / max(1, len(word)) / 0.6))
    y = short(box.bottom * UNITS - size * 0.4)
    step = max((i for i, known in enumerate(LABEL_SIZES) if known <= size), default=0)
    return Label(short((box.left + box.right) / 2 * UNITS), ((word, y),), short(size), step)


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
