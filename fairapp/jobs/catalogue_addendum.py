"""The addendum to an edition: who is new, moved, told otherwise or gone since its cut-off, page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from fairapp.adapters.collation import collation
from fairapp.adapters.files import new_file
from fairapp.adapters.pdf.book import Catalogue, CatalogueChapter, CatalogueEntry
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.paper import PAPERS
from fairapp.adapters.pdf.records import Progress
from fairapp.i18n import formats, ngettext, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.jobs import catalogue_book
from fairapp.jobs.catalogue_frozen import frozen, thawed
from fairapp.jobs.catalogue_words import labels
from fairapp.jobs.work import Work
from fairapp.rules.catalogue import Edition
from fairapp.rules.catalogue_changes import Change, CutOffRefusal, Printed, against_addendum, changed
from fairapp.rules.errors import Refused
from fairapp.rules.printing import Report
from fairapp.store.catalogue import CatalogueCutOff
from fairapp.store.catalogue_contents import cut_off_of
from fairapp.store.fairs import Fair

Entries = Mapping[int, CatalogueEntry]


@dataclass(frozen=True, slots=True)
class _Edition:
    """What was printed: its entries, and the page of each."""

    entries: Entries
    pages: Mapping[int, int]


def write_addendum(
    work: Work, out: BinaryIO, fair: Fair, edition: Edition, progress: Progress | None, stock: Path
) -> Report:
    """Write what became of the edition since its cut-off; ``stock`` is where the edition's pages wait.

    :raises Refused: without a cut-off that has passed, or when nothing has changed.
    """
    cut_off = cut_off_of(work.session, fair.id, edition.language)
    refusal = against_addendum(None if cut_off is None else cut_off.at, work.now)
    if refusal is not None or cut_off is None:
        raise Refused(refusal or CutOffRefusal.NO_CUT_OFF)
    faults = Report()
    with speaking(edition.language):
        then = thawed(frozen(work, fair, cut_off), work.settings, edition, Report())
        now = catalogue_book.book(work.session, work.settings, fair, edition, faults)
        was, is_now = _entries(then), _entries(now)
        changes = changed(_printed(was), _printed(is_now))
        texts = tuple(text for text in now.texts if text not in then.texts)
        if not changes and not texts:
            raise Refused(CutOffRefusal.NOTHING_CHANGED)
        pages = _pages(work, then, edition, stock, progress)
        chapters = tuple(_chapters(changes, _Edition(was, pages), is_now, edition.language))
        book = replace(_cover(then, fair, cut_off), chapters=chapters, texts=texts)
        report = print_catalogue(out, book, None, PAPERS[edition.paper.value])
    for each in faults:
        report.add(each.record, each.field, each.reason, each.over)
    report.skipped += faults.skipped
    return report


def _entries(book: Catalogue) -> dict[int, CatalogueEntry]:
    return {entry.ident: entry for chapter in book.chapters for entry in chapter.entries}


def _pages(
    work: Work, book: Catalogue, edition: Edition, stock: Path, progress: Progress | None
) -> dict[int, int]:
    """On which page of the edition each entry stands; its finished pages are taken over."""
    pages: dict[int, int] = {}
    root = work.settings.files
    root.mkdir(parents=True, exist_ok=True)
    with new_file(root) as (file, _path):
        print_catalogue(file, book, progress, PAPERS[edition.paper.value], stock, pages)
    return pages


def _printed(entries: Entries) -> dict[int, Printed]:
    return {ident: Printed(entry.booths, _told(entry)) for ident, entry in entries.items()}


def _told(entry: CatalogueEntry) -> Hashable:
    """Everything a reader finds in the entry but its booths: the code leads to them, the days name them."""
    photo = entry.photo.name if isinstance(entry.photo, Path) else None
    return replace(entry, record="", qr="", booths=(), photo=None, full=False), photo


# --- the book -----------------------------------------------------------------------------------------------


def _cover(then: Catalogue, fair: Fair, cut_off: CatalogueCutOff) -> Catalogue:
    when = formats.moment(cut_off.at, fair.timezone)
    return replace(
        then,
        subtitle=_("Addendum to the catalogue of exhibitors"),
        labels=replace(
            labels(then.title),
            foot=f"{_('Addendum')} · {then.title}",
            product_index="",
            region_index="",
            star_index="",
        ),
        note=_("Changes after %(when)s, when the catalogue was closed", when=when),
        maps=(),
        adverts={},
    )


def _chapters(
    changes: Mapping[int, Change], edition: _Edition, now: Entries, language: str
) -> Iterator[CatalogueChapter]:
    of: defaultdict[Change, list[CatalogueEntry]] = defaultdict(list)
    for ident, change in changes.items():
        of[change].append(
            _entry(change, edition.entries.get(ident), now.get(ident), edition.pages.get(ident))
        )
    key = collation(language).key
    for change in Change:
        if found := sorted(of[change], key=lambda entry: (key(entry.name), entry.ident)):
            counted = ngettext("%(num)s exhibitor", "%(num)s exhibitors", len(found))
            figure = (formats.number(len(found)), _("Exhibitors"))
            yield CatalogueChapter(phrase(change), found, count=counted, facts=(figure,))


def _entry(
    change: Change, was: CatalogueEntry | None, now: CatalogueEntry | None, page: int | None
) -> CatalogueEntry:
    """An entry of the addendum: whole where there is something new to read, else a line that says where."""
    if was is None:
        assert now is not None
        return replace(now, full=False)
    if now is None:
        return _line(was, (), "", _was_at(was, page))
    if change is Change.MOVED:
        return _line(now, now.booths, now.qr, _was_at(was, page))
    moved = _was_at(was, page) if was.booths != now.booths else ""
    replaced = moved or (_("Replaces the entry on page %(page)s", page=page) if page else "")
    return replace(now, full=False, stand=" · ".join(part for part in (replaced, now.stand) if part))


def _line(entry: CatalogueEntry, booths: tuple[str, ...], qr: str, said: str) -> CatalogueEntry:
    return CatalogueEntry(
        record=entry.record,
        name=entry.name,
        qr=qr,
        booths=booths,
        second=entry.second,
        lang=entry.lang,
        stand=said,
        ident=entry.ident,
    )


def _was_at(was: CatalogueEntry, page: int | None) -> str:
    """Where the edition has it."""
    booths = ", ".join(was.booths) or _("Without a booth")
    if not page:
        return _("In the catalogue: %(booths)s", booths=booths)
    return _("In the catalogue: %(booths)s, page %(page)s", booths=booths, page=page)
