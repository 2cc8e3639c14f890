"""Designed badges on paper: one to a page of its own size, or as many as an A4 sheet holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from fairapp.adapters.pdf import art
from fairapp.adapters.pdf.badge_faces import Ready, Shared, draw, prepare
from fairapp.adapters.pdf.badge_values import Badge, BadgeSheet
from fairapp.adapters.pdf.document import A4, MM, Document
from fairapp.adapters.pdf.pages import Size
from fairapp.adapters.pdf.pictures import BrokenPicture, jpeg
from fairapp.adapters.pdf.records import Desk, Layout
from fairapp.adapters.pdf.syntax import stream
from fairapp.rules.badge_designs import Design, Sides
from fairapp.rules.printing import PrintFault, Report


def pictures_in(doc: Document, files: Mapping[str, bytes]) -> dict[str, tuple[str, int, Size]]:
    """Write each JPEG into the file once, before its first page; a broken one is left out."""
    found = {}
    for number, (key, data) in enumerate(files.items()):
        try:
            picture = jpeg(data)
        except BrokenPicture:
            continue
        entries = (
            f"/Type/XObject/Subtype/Image/Width {picture.width}/Height {picture.height}/BitsPerComponent 8"
            f"/ColorSpace/{picture.color_space}/Filter/DCTDecode"
        )
        at = doc.file.numbers(1)
        doc.file.stream(at, stream(entries, picture.data, deflate=False))
        found[key] = f"L{number}", at, (float(picture.width), float(picture.height))
    return found


def print_designed(
    doc: Document,
    badges: Iterable[Badge],
    sheet: BadgeSheet,
    layout: Layout,
    report: Report,
    pictures: Mapping[str, bytes],
    done: Callable[[], None],
) -> None:
    """Add the pages of badges that have a design; neighbours of one design share their sheets."""
    shared = Shared(sheet, pictures_in(doc, pictures))
    for design, same in groupby(badges, key=lambda badge: badge.design):
        assert design is not None
        columns, rows = places_on(design, layout)
        waiting: list[Ready] = []
        for badge in same:
            if ready := _ready(doc, badge, report, shared):
                waiting.append(ready)
            if len(waiting) == columns * rows:
                _page(doc, shared, design, layout, waiting)
                waiting.clear()
            done()
        if waiting:
            _page(doc, shared, design, layout, waiting)


def places_on(design: Design, layout: Layout) -> tuple[int, int]:
    """How many columns and rows of the design's paper a page has."""
    if layout == "single":
        return 1, 1
    wide, high = design.paper
    return max(1, int(210.001 // wide)), max(1, int(297.001 // high))


def _ready(doc: Document, badge: Badge, report: Report, shared: Shared) -> Ready | None:
    desk, design = Desk(report, badge.record), badge.design
    assert design is not None
    try:
        ready = prepare(doc, badge, desk, tuple(fields for _, fields in design.faces()))
    except Exception:  # one bad record never stops a run
        desk.failed()
        report.skipped += 1
        return None
    if not desk.field("name", badge.name, 120):
        report.add(badge.record, "name", PrintFault.NO_NAME)
        report.skipped += 1
        return None
    if design.picture and design.picture not in shared.pictures:
        report.add(badge.record, "photo", PrintFault.BROKEN_PHOTO)
    report.printed += 1
    return ready


def _page(doc: Document, shared: Shared, design: Design, layout: Layout, waiting: list[Ready]) -> None:
    wide, high = design.paper[0] * MM, design.paper[1] * MM
    if layout == "single":
        with doc.page((wide, high)):
            _paper(doc, shared, design, waiting[0], 0, 0)
        return
    columns, rows = places_on(design, layout)
    left, top = (A4[0] - columns * wide) / 2, (A4[1] - rows * high) / 2
    with doc.page(A4):
        for place, ready in enumerate(waiting):
            _paper(doc, shared, design, ready, left + place % columns * wide, top + place // columns * high)
        tick, thin = 3 * MM, 0.25
        for row in range(rows + 1):
            for column in range(columns + 1):
                x, y = left + column * wide, top + row * high
                doc.rect(x - tick, y - thin / 2, 2 * tick, thin, art.INK_3)
                doc.rect(x - thin / 2, y - tick, thin, 2 * tick, art.INK_3)


def _paper(doc: Document, shared: Shared, design: Design, ready: Ready, x: float, y: float) -> None:
    """Front, and where it is folded its back: a repeated front is drawn again but read once."""
    wide, high = design.width * MM, design.height * MM
    front = (x + wide, y) if design.sides is Sides.FOLD_SIDE else (x, y)
    if design.sides is Sides.FOLD_TOP:
        front = (x, y + high)
    draw(doc, shared, ready, design.front, *front)
    if design.sides is Sides.ONE:
        return
    if design.back:
        _back(doc, shared, design, ready, x, y)
    else:
        with doc.decoration():
            _back(doc, shared, design, ready, x, y)
    if design.sides is Sides.FOLD_TOP:
        doc.dashed(x, y + high, wide, 0.01, 0, "#B9B5A9")
    else:
        doc.dashed(x + wide, y, 0.01, high, 0, "#B9B5A9")


def _back(doc: Document, shared: Shared, design: Design, ready: Ready, x: float, y: float) -> None:
    fields = design.back or design.front
    if design.sides is Sides.FOLD_SIDE:
        draw(doc, shared, ready, fields, x, y)
        return
    with doc.turned(x + design.width * MM, y + design.height * MM, half=True):
        draw(doc, shared, ready, fields, 0, 0)
