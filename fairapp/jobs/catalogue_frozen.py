"""What an edition held at its cut-off: put away as plain values, and made a book again for each printing.

Everything is kept once for each language, whatever order, size or number of languages it is printed in.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.pdf.book import (
    Advert,
    Catalogue,
    CatalogueChapter,
    CatalogueEntry,
    CatalogueProduct,
    FrontText,
    HallMap,
)
from fairapp.adapters.pdf.plan_sheets import Piece
from fairapp.config import Settings
from fairapp.i18n import speaking
from fairapp.jobs import catalogue_book
from fairapp.jobs.catalogue_words import labels
from fairapp.jobs.work import PeriodicJob, Work
from fairapp.rules.catalogue import CatalogueOrder, CatalogueStories, Edition
from fairapp.rules.printing import PrintFault, Report
from fairapp.store.base import db, reading, transaction
from fairapp.store.catalogue import CatalogueCutOff
from fairapp.store.fairs import Fair
from fairapp.usecases.catalogue_cut_offs import keep_frozen

Kept = Mapping[str, Any]
_TO_BE_KNOWN = timedelta(hours=1)
"""How long a file may lie there before its row is written."""


def files_of(settings: Settings) -> FolderFiles:
    """Where contents lie that no address leads to."""
    return FolderFiles(settings.private / "catalogue")


def frozen(work: Work, fair: Fair, cut_off: CatalogueCutOff) -> Kept:
    """What the edition held at its cut-off; kept now, when nobody has done so yet."""
    files = files_of(work.settings)
    if not cut_off.frozen_key:
        key = files.keep(gzip.compress(_told(work, fair, cut_off.language), mtime=0), "gz")
        with transaction() as session:
            keep_frozen(session, cut_off.id, cut_off.at, key, work.now)
        work.session.refresh(cut_off)  # whoever was quicker has kept it
    found: Kept = json.loads(gzip.decompress(files.read(cut_off.frozen_key)))
    return found


# --- put away -------------------------------------------------------------------------------------------


def _told(work: Work, fair: Fair, language: str) -> bytes:
    faults = Report()
    entries: dict[int, dict[str, Any]] = {}
    orders: dict[str, list[dict[str, Any]]] = {}
    with speaking(language):
        for order in CatalogueOrder:
            edition = Edition(language, order, stories=CatalogueStories.BOTH)
            book = catalogue_book.book(work.session, work.settings, fair, edition, faults)
            orders[order.value] = [_chapter(chapter, book, entries) for chapter in book.chapters]
    kept = {
        "title": book.title,
        "subtitle": book.subtitle,
        "days": book.days,
        "place": book.place,
        "note": book.note,
        "texts": [asdict(text) for text in book.texts],
        "maps": [asdict(plan) for plan in book.maps],
        "adverts": {place: [_advert(each) for each in found] for place, found in book.adverts.items()},
        "orders": orders,
        "entries": entries,
        "findings": [[each.record, each.field, each.reason.value, each.over] for each in faults],
        "skipped": faults.skipped // len(CatalogueOrder),
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _chapter(
    chapter: CatalogueChapter, book: Catalogue, entries: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    members = []
    for entry in chapter.entries:
        members.append(entry.ident)
        known = entries.setdefault(entry.ident, _entry(entry))
        known["group"] = known["group"] or entry.group  # a chapter's title says it already
    plan = None if chapter.plan is None else book.maps.index(chapter.plan)
    told = {name: value for name, value in vars(chapter).items() if name not in ("entries", "plan")}
    return {**told, "plan": plan, "members": members}


def _entry(entry: CatalogueEntry) -> dict[str, Any]:
    told = asdict(replace(entry, photo=None))
    return {**told, "photo": entry.photo.name if isinstance(entry.photo, Path) else ""}


def _advert(advert: Advert) -> dict[str, Any]:
    assert isinstance(advert.picture, Path)
    return {"record": advert.record, "picture": advert.picture.name, "said": advert.said, "half": advert.half}


# --- and made a book again ------------------------------------------------------------------------------


def thawed(kept: Kept, settings: Settings, edition: Edition, faults: Report) -> Catalogue:
    """The book as it was, in this order and with these stories; words around it are of today."""
    files = FolderFiles(settings.files)
    maps = tuple(_map(plan) for plan in kept["maps"])
    entries = {int(ident): _thawed(told, files, edition) for ident, told in kept["entries"].items()}
    for record, name, reason, over in kept["findings"]:
        faults.add(record, name, PrintFault(reason), over)
    faults.skipped += kept["skipped"]
    return Catalogue(
        title=kept["title"],
        subtitle=kept["subtitle"],
        days=kept["days"],
        place=kept["place"],
        labels=labels(kept["title"]),
        chapters=tuple(_chapters(kept["orders"][edition.order.value], entries, maps)),
        note=kept["note"],
        lang=edition.language,
        texts=tuple(FrontText(**{**text, "paragraphs": tuple(text["paragraphs"])}) for text in kept["texts"]),
        maps=maps,
        adverts={
            place: tuple(Advert(**{**each, "picture": files.path(each["picture"])}) for each in found)
            for place, found in kept["adverts"].items()
        },
    )


def _chapters(
    told: list[dict[str, Any]], entries: Mapping[int, CatalogueEntry], maps: tuple[HallMap, ...]
) -> Iterator[CatalogueChapter]:
    for each in told:
        chapter = dict(each)
        members = [entries[ident] for ident in chapter.pop("members")]
        plan = chapter.pop("plan")
        facts = tuple((figure, word) for figure, word in chapter.pop("facts"))
        yield CatalogueChapter(
            entries=members, facts=facts, plan=None if plan is None else maps[plan], **chapter
        )


def _thawed(told: dict[str, Any], files: FolderFiles, edition: Edition) -> CatalogueEntry:
    told = dict(told)
    photo = told.pop("photo")
    products = tuple(CatalogueProduct(**each) for each in told.pop("products"))
    for name in ("booths", "also"):
        told[name] = tuple(told[name])
    entry = CatalogueEntry(products=products, photo=files.path(photo) if photo else None, **told)
    if edition.stories is not CatalogueStories.BOTH:
        entry = replace(entry, beside="")
    return replace(entry, group="") if edition.order is CatalogueOrder.GROUP else entry


def _map(told: dict[str, Any]) -> HallMap:
    pieces = tuple(
        Piece(tuple(tuple((x, y) for x, y in ring) for ring in piece["rings"]), piece["word"], piece["look"])
        for piece in told["pieces"]
    )
    return HallMap(**{**told, "pieces": pieces})


# --- by itself ------------------------------------------------------------------------------------------


def keep_what_was_cut_off(settings: Settings, now: datetime) -> int:
    """Keep what the editions held whose cut-off has passed, and erase what no edition knows any more."""
    session = reading()
    due = session.scalars(
        select(CatalogueCutOff).where(CatalogueCutOff.at <= now, CatalogueCutOff.frozen_key == "")
    ).all()
    for cut_off in due:
        fair = session.get_one(Fair, cut_off.fair_id)
        frozen(Work(session, settings, now), fair, cut_off)
    done = len(due) + _forget(settings, now)
    db.session.remove()
    return done


def _forget(settings: Settings, now: datetime) -> int:
    known = set(reading().scalars(select(CatalogueCutOff.frozen_key)))
    before = (now - _TO_BE_KNOWN).timestamp()
    lying = [
        path
        for path in files_of(settings).root.glob("*/*.gz")
        if path.name not in known and path.stat().st_mtime < before
    ]
    for path in lying:
        path.unlink(missing_ok=True)
    return len(lying)


PERIODIC: dict[str, PeriodicJob] = {"catalogue_cut_offs": keep_what_was_cut_off}
