"""What a catalogue holds beside its entries, as values: texts, plans of the halls, advertisements."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles, is_key
from fairapp.adapters.pdf.book import Advert, FrontText, HallMap
from fairapp.adapters.pdf.plan_sheets import Piece
from fairapp.config import Settings
from fairapp.i18n import current_language
from fairapp.i18n.phrases import phrase
from fairapp.jobs import catalogue_words as words
from fairapp.rules.catalogue import InsertKind, TextKind
from fairapp.rules.geometry import as_rings, box_around
from fairapp.rules.plans import FacilityKind, facilities_from_json
from fairapp.rules.printing import PrintFault, Report
from fairapp.store.catalogue_contents import inserts_of, texts_of
from fairapp.store.catalogue_queries import halls_in_order
from fairapp.store.fairs import Booth

_LOOKS = {
    FacilityKind.WALL: "solid",
    FacilityKind.PILLAR: "solid",
    FacilityKind.ZONE: "line",
    FacilityKind.PAVILION: "line",
}


def texts(session: Session, fair_id: int) -> tuple[FrontText, ...]:
    """The texts of the current language; where one is missing, in the other language."""
    kept = texts_of(session, fair_id)
    found = []
    for kind in TextKind:
        for language in (current_language(), words.second_language()):
            if text := kept.get((kind, language)):
                parts = [part.strip() for part in text.body.split("\n\n")]
                told = tuple(" ".join(part.split()) for part in parts if part)
                found.append(FrontText(text.heading, told, text.signed, language))
                break
    return tuple(found)


def adverts(
    session: Session, settings: Settings, fair_id: int, faults: Report
) -> dict[str, tuple[Advert, ...]]:
    """The advertisements by their place; one whose picture is gone is reported."""
    files = FolderFiles(settings.files)
    found: defaultdict[str, tuple[Advert, ...]] = defaultdict(tuple)
    for each in inserts_of(session, fair_id):
        if each.kind is InsertKind.ENTRY:
            continue
        record = words.record_name(each.said)
        if not is_key(each.picture):
            faults.add(record, "advert", PrintFault.BROKEN_PHOTO)
            continue
        half = each.kind is InsertKind.HALF
        found[each.place.value] += (Advert(record, files.path(each.picture), each.said, half),)
    return dict(found)


def with_page_of_their_own(session: Session, fair_id: int) -> frozenset[int]:
    """Exhibitors whose entry has a page of its own."""
    return frozenset(
        each.exhibitor_id for each in inserts_of(session, fair_id) if each.exhibitor_id is not None
    )


def plans(session: Session, fair_id: int) -> dict[int, HallMap]:
    """The published plan of each hall that has booths with outlines, by hall."""
    booths: defaultdict[int, list[Piece]] = defaultdict(list)
    rows = session.execute(
        select(Booth.hall_id, Booth.code, Booth.outline, Booth.is_let)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None))
        .order_by(Booth.code)
    )
    for row in rows:
        if rings := as_rings(row.outline):
            booths[row.hall_id].append(Piece(rings, row.code, "booth" if row.is_let else "dashed"))
    found = {}
    for hall in halls_in_order(session, fair_id).values():
        if not booths[hall.id]:
            continue
        pieces = [Piece(as_rings(hall.outline), "", "hall")] if as_rings(hall.outline) else []
        for each in facilities_from_json(hall.facilities):
            if each.rings and each.kind is not FacilityKind.AISLE:
                look = _LOOKS.get(each.kind, "facility")
                # a zone lies around booths: its name would stand across their numbers
                word = "" if look == "line" else each.label or phrase(each.kind)
                pieces.append(Piece(each.rings, word, look))
        pieces += booths[hall.id]
        box = box_around(point for piece in pieces for ring in piece.rings for point in ring)
        found[hall.id] = HallMap(
            words.hall_name(hall), tuple(pieces), box.left, box.top, box.width, box.height
        )
    return found
