"""The signs of halls as values: fascia boards, aisle signs, stickers and directories, from a fair's rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from fairapp.i18n import current_language, formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.jobs import catalogue_words as words
from fairapp.jobs.work import Work
from fairapp.rules.geometry import Box, as_rings, box_around, centroid
from fairapp.rules.printing import PrintFault, Report
from fairapp.rules.signs import BoardText, SignKind, aisles_of, fascia_size, registered_text
from fairapp.store import catalogue_queries as rows
from fairapp.store.catalogue_queries import Card
from fairapp.store.fairs import Fair, Hall
from fairapp.store.signs_queries import PlacedBooth, fascia_texts, placed_booths

if TYPE_CHECKING:
    from fairapp.adapters.pdf.directories import HallDirectory, Standing
    from fairapp.adapters.pdf.records import Progress


def write_hall_signs(
    work: Work,
    out: BinaryIO,
    fair: Fair,
    kind: SignKind,
    language: str,
    scale: int = 1,
    here: str = "",
    progress: Progress | None = None,
    unasked: bool = False,
) -> Report:
    """Write one kind of signs; ``scale`` and ``unasked`` are for boards, ``here`` the booth at which
    directories hang."""
    with speaking(language):
        title = f"{phrase(kind)} · {pick(fair.names)}"
        if kind is SignKind.FASCIA:
            return _fascias(work, out, fair, title, scale, progress, unasked)
        if kind is SignKind.DIRECTORY:
            return _directories(work, out, fair, title, here, progress)
        write: Callable[..., Report] = _aisles if kind is SignKind.AISLE else _stickers
        return write(work, out, fair, title, progress)


def _fascias(
    work: Work,
    out: BinaryIO,
    fair: Fair,
    title: str,
    scale: int,
    progress: Progress | None,
    unasked: bool,
) -> Report:
    """Boards of the texts that their exhibitors approved; ``unasked``: of registered names too, where nobody
    was asked, each of them reported."""
    from fairapp.adapters.pdf.art import plate_order
    from fairapp.adapters.pdf.hall_signs import Fascia, print_fascias

    faults = Report()
    boards = []
    for each in sorted(fascia_texts(work.session, fair.id), key=lambda one: plate_order(one.booth)):
        record = words.record_name(each.name, each.booth)
        if each.state is BoardText.APPROVED:
            boards.append(Fascia(record, each.booth, each.text, each.language))
        elif unasked and each.state is BoardText.NOT_ASKED:
            text = registered_text(each.text, each.name)
            boards.append(Fascia(record, each.booth, text, each.language))
            faults.add(record, "fascia", PrintFault.NOT_ASKED)
        else:
            faults.add(record, "fascia", PrintFault.NOT_APPROVED)
            faults.skipped += 1
    size = fascia_size(fair.settings.get("fascia_mm"))
    report = print_fascias(out, boards, title, current_language(), size, scale, progress)
    for fault in faults:
        report.add(fault.record, fault.field, fault.reason)
    report.skipped += faults.skipped
    return report


def _in_order(work: Work, fair: Fair) -> list[tuple[Hall, list[PlacedBooth]]]:
    """The halls in their order, each with its booths by number."""
    from fairapp.adapters.pdf.art import plate_order

    booths = sorted(placed_booths(work.session, fair.id), key=lambda each: plate_order(each.code))
    halls = rows.halls_in_order(work.session, fair.id).values()
    return [(hall, [each for each in booths if each.hall_id == hall.id]) for hall in halls]


def _aisles(work: Work, out: BinaryIO, fair: Fair, title: str, progress: Progress | None) -> Report:
    from fairapp.adapters.pdf.hall_signs import Aisle, print_aisles

    aisles = []
    for hall, booths in _in_order(work, fair):
        places = {each.code: centroid(as_rings(each.outline)) if each.outline else None for each in booths}
        order = {each.code: place for place, each in enumerate(booths)}
        for row in aisles_of(places):
            codes = sorted(row, key=lambda code: order[code])
            aisles.append(Aisle(codes[0], words.hall_name(hall), codes[0], codes[-1]))
    return print_aisles(out, aisles, title, current_language(), progress)


def _stickers(work: Work, out: BinaryIO, fair: Fair, title: str, progress: Progress | None) -> Report:
    from fairapp.adapters.pdf.hall_signs import Sticker, print_stickers

    codes = [
        Sticker(each.code, each.code, words.typed_code(each.short_code))
        for _hall, booths in _in_order(work, fair)
        for each in booths
    ]
    return print_stickers(out, codes, title, current_language(), progress)


def _directories(
    work: Work, out: BinaryIO, fair: Fair, title: str, here: str, progress: Progress | None
) -> Report:
    from fairapp.adapters.pdf.directories import print_directories

    standing = rows.standings(work.session, fair.id)
    cards = rows.cards(work.session, sorted({each.exhibitor_id for each in standing}))
    sheets = []
    for hall, booths in _in_order(work, fair):
        there = {
            _standing(cards[each.exhibitor_id], each.code)
            for each in standing
            if each.hall_id == hall.id and each.exhibitor_id in cards
        }
        if booths:
            sheets.append(_directory(fair, hall, booths, there, here))
    return print_directories(out, sheets, title, current_language(), progress)


def _standing(card: Card, booth: str) -> Standing:
    """A line of a directory: Latin letters first, so that who reads no other finds the name by its letter."""
    from fairapp.adapters.pdf.directories import Standing

    if latin := words.latin(card):
        return Standing(latin, "en", booth, card.name, card.name_language)
    return Standing(card.name, card.name_language, booth)


def _directory(
    fair: Fair, hall: Hall, booths: list[PlacedBooth], there: set[Standing], here: str
) -> HallDirectory:
    from fairapp.adapters.pdf.directories import HallDirectory
    from fairapp.adapters.pdf.plan_sheets import Piece
    from fairapp.rules.collation import vietnamese_key

    outlines = {each.code: as_rings(each.outline) for each in booths if each.outline}
    walls = as_rings(hall.outline)
    pieces = [Piece(walls, "", "hall")] if walls else []
    pieces += [Piece(rings, code) for code, rings in outlines.items()]
    points = [point for piece in pieces for ring in piece.rings for point in ring]
    return HallDirectory(
        record=words.hall_name(hall),
        title=words.hall_name(hall),
        second=f"{pick(fair.names)} · {formats.day_range(fair.starts_on, fair.ends_on)}",
        rows=sorted(there, key=lambda row: (vietnamese_key(row.name), row.booth)),
        pieces=pieces,
        box=box_around(points) if points else Box(0, 0, 1, 1),
        here=centroid(outlines[here]) if here in outlines else None,
        here_words=_("You are here"),
    )
