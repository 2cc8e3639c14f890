"""Type and signs on a plan: as large as their booth allows, in steps a page can hide by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from fairapp.rules.geometry import Rings, box_around, label_room, widest_run

# Ten drawing units to the metre, so that strokes and type keep the sizes of the design (a 3 m booth is 30).
UNITS = 10.0
LABEL_SIZES = (2, 3, 4, 5, 6, 7, 8, 9.5, 12, 16, 22, 30)
MARK_SIZES = (3, 5, 7, 9, 12, 16, 24)
# Width of one letter as a share of the type size, for Be Vietnam Pro's digits and capitals at weight 600.
LETTER = 0.64
# A plan is drawn again and again while its outlines stay: shapes are worked out once.
_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of type: each line with its baseline, one size, perhaps standing upright."""

    x: str
    lines: tuple[tuple[str, str], ...]
    size: str
    step: int
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """A small path on a 12 grid, put in place by ``transform``; ``step`` says from which zoom it shows."""

    path: str
    transform: str
    step: int


@lru_cache(_KEPT)
def path_of(rings: Rings) -> str:
    """An SVG path of the rings, in drawing units."""
    return "".join(
        "M" + "L".join(f"{short(x * UNITS)} {short(y * UNITS)}" for x, y in ring) + "Z"
        for ring in rings
        if len(ring) > 1
    )


@lru_cache(_KEPT)
def label_for(text: str, rings: Rings, has_top: bool) -> Label | None:
    """The number as large as fits: in one line, in one per code, or upright in a narrow booth.

    ``has_top`` keeps the upper third for a mark or a sign.
    """
    (x, y), run, height = label_room(rings)
    options = [fitting((text,), run, height, below_mark=True)]
    if len(words := tuple(text.split())) in (2, 3):
        options.append(fitting(words, run, height, below_mark=True))
    # Upright type keeps clear of the mark at its upper end.
    length = height * (0.76 if has_top else 1.0)
    upright = fitting((text,), length, run, below_mark=False)
    size, lines = max(options, key=lambda option: option[0])
    turned = height > 1.6 * run and upright[0] > 1.4 * size
    if turned:
        size, lines = upright
    if size <= 0:
        return None
    step = max((i for i, known in enumerate(LABEL_SIZES) if known <= size), default=0)
    size = LABEL_SIZES[step]
    cx, cy = x * UNITS, y * UNITS
    if turned:
        cy += (height - length) / 2 * UNITS
    elif has_top:
        cy += min(0.14 * height * UNITS, max(0.0, (height * UNITS - size * 1.2 * len(lines)) / 2))
    first = cy + size * 0.36 - (len(lines) - 1) * size * 0.58
    baselines = tuple((line, short(first + i * size * 1.16)) for i, line in enumerate(lines))
    turn = f"rotate(-90 {short(cx)} {short(cy)})" if turned else ""
    return Label(short(cx), baselines, short(size), step, turn)


def fitting(
    lines: tuple[str, ...], width: float, height: float, below_mark: bool
) -> tuple[float, tuple[str, ...]]:
    """The largest type size for the lines in a room of width × height metres."""
    longest = max((len(line) for line in lines), default=0)
    if not longest:
        return 0.0, lines
    by_width = width * UNITS * 0.9 / (longest * LETTER)
    # A mark or sign above the number needs the upper third.
    by_height = height * UNITS * (0.46 if below_mark else 0.62) / (len(lines) * 1.1)
    return min(by_width, by_height), lines


@lru_cache(_KEPT)
def sign_for(rings: Rings, path: str, left: bool) -> Sign | None:
    """A mark in the upper corner of the outline, wherever its upper edge is."""
    box = box_around(rings[0])
    room = min(box.width, box.height) * UNITS
    step = max((i for i, known in enumerate(MARK_SIZES) if known <= room * 0.26), default=0)
    size = MARK_SIZES[step]
    inset = max(1.0, size * 0.45)
    run = widest_run(rings, box.top + (inset + size / 2) / UNITS)
    if run is None or (run[1] - run[0]) * UNITS < size + 2 * inset:
        return None
    x = run[0] * UNITS + inset if left else run[1] * UNITS - inset - size
    return Sign(
        path, f"translate({short(x)} {short(box.top * UNITS + inset)}) scale({short(size / 12, 3)})", step
    )


def short(value: float, digits: int = 1) -> str:
    """A short number for SVG: no trailing zeros, no minus zero."""
    return f"{round(value, digits) + 0.0:g}" if abs(value) < 1e5 else f"{value:.0f}"
