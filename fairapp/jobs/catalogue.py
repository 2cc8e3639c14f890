"""The fair's documents as long work: written beside the file store, then kept in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fairapp.adapters.files import FolderFiles, new_file
from fairapp.i18n import LazyText, ngettext, speaking
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.jobs import catalogue_book, catalogue_signs
from fairapp.jobs.catalogue_addendum import write_addendum
from fairapp.jobs.catalogue_frozen import frozen, thawed
from fairapp.jobs.hall_signs import write_hall_signs
from fairapp.jobs.work import Result, Work
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories, Edition
from fairapp.rules.errors import Refused
from fairapp.rules.printing import Report
from fairapp.rules.signs import SignKind
from fairapp.store.catalogue_contents import cut_off_of
from fairapp.store.fairs import Fair

if TYPE_CHECKING:
    from fairapp.adapters.pdf.records import Progress

MOST_LINES = 400
"""Lines of a report that a page can show."""
FIELDS: dict[str, LazyText] = {
    "name": _l("Name"),
    "second": _l("Organisation name in Latin letters"),
    "products": _l("Products"),
    "origin": _l("Origin"),
    "contact": _l("Contact"),
    "story": _l("Story"),
    "group": _l("Product group"),
    "photo": _l("Photo"),
    "place": _l("Origin"),
    "qr": _l("QR code"),
    "fascia": _l("Text on the fascia"),
    "directory": _l("Hall directories, A1"),
    "proof": _l("Certificate"),
    "advert": _l("Advertisement"),
}


def write_catalogue(
    work: Work,
    out: BinaryIO,
    fair: Fair,
    edition: Edition,
    progress: Progress | None = None,
) -> Report:
    """Write an edition of the fair's catalogue; what cannot be printed is reported.

    After its cut-off it stays as it was then. Pages that are as they were in its last printing are taken
    over from there.
    """
    from fairapp.adapters.pdf.catalogue import print_catalogue
    from fairapp.adapters.pdf.paper import PAPERS

    faults = Report()
    cut_off = cut_off_of(work.session, fair.id, edition.language)
    with speaking(edition.language):
        if cut_off is not None and cut_off.at <= work.now:
            book = thawed(frozen(work, fair, cut_off), work.settings, edition, faults)
        else:
            book = catalogue_book.book(work.session, work.settings, fair, edition, faults)
        report = print_catalogue(
            out, book, progress, PAPERS[edition.paper.value], stock_of(work, fair, edition)
        )
    return _together(report, faults)


def stock_of(work: Work, fair: Fair, edition: Edition) -> Path:
    """Where the finished pages of an edition wait for its next printing."""
    return work.settings.private / "print" / f"{fair.id}-{edition.name}"


def write_signs(
    work: Work,
    out: BinaryIO,
    fair: Fair,
    language: str,
    progress: Progress | None = None,
    also: tuple[str, ...] = (),
) -> Report:
    """Write a sign for every booth of the published plan, ``language`` first on it, then the house's other
    language and ``also``."""
    from fairapp.adapters.pdf.signs import print_signs

    faults = Report()
    with speaking(language):
        sheet = catalogue_signs.sheet(fair, also)
        signs = catalogue_signs.signs(work.session, work.settings, fair, faults)
        report = print_signs(out, signs, sheet, progress)
    return _together(report, faults)


def told(report: Report) -> list[dict[str, object]]:
    """The findings as lines for people, in the current language."""
    lines: list[dict[str, object]] = [
        {"record": each.record, "text": _sentence(each.field, phrase(each.reason, over=each.over))}
        for each in report
    ]
    more = len(lines) - MOST_LINES
    if more > 0:
        text = ngettext("%(num)s more line is left out here.", "%(num)s more lines are left out here.", more)
        lines[MOST_LINES:] = [{"record": "…", "text": text}]
    return lines


def _sentence(field: str, sentence: str) -> str:
    return _("%(field)s: %(sentence)s", field=FIELDS[field], sentence=sentence) if field else sentence


def _together(report: Report, faults: Report) -> Report:
    """Add what failed before it came to the page."""
    for each in faults:
        report.add(each.record, each.field, each.reason, each.over)
    report.skipped += faults.skipped
    return report


def _catalogue(
    work: Work,
    progress: Progress,
    *,
    fair: int,
    language: str,
    order: str,
    reader: str,
    paper: str = CataloguePaper.BOOK.value,
    stories: str = CatalogueStories.ONE.value,
    addendum: bool = False,
) -> Result:
    of = work.session.get_one(Fair, fair)
    edition = Edition(language, CatalogueOrder(order), CataloguePaper(paper), CatalogueStories(stories))
    kind = "addendum" if addendum else "catalogue"
    name = f"{of.code}-{kind}-{edition.name}-{work.now:%Y-%m-%d}.pdf"

    def write(out: BinaryIO) -> Report:
        if addendum:
            return write_addendum(work, out, of, edition, progress, stock_of(work, of, edition))
        return write_catalogue(work, out, of, edition, progress)

    try:
        return _kept(work, name, reader, write)
    except Refused as refused:  # nothing has changed, or the cut-off was lifted meanwhile
        with speaking(reader):
            lines = [{"record": _("Addendum"), "text": phrase(reason)} for reason in refused.reasons]
        return Result(report=tuple(lines))


def _signs(
    work: Work,
    progress: Progress,
    *,
    fair: int,
    language: str,
    reader: str,
    kind: str = SignKind.BOOTH.value,
    scale: int = 1,
    here: str = "",
    also: str = "",
    unasked: int = 0,
) -> Result:
    of = work.session.get_one(Fair, fair)
    wanted = SignKind(kind)
    named = "signs" if wanted is SignKind.BOOTH else f"signs-{kind}"
    name = f"{of.code}-{named}-{language}-{work.now:%Y-%m-%d}.pdf"

    def write(out: BinaryIO) -> Report:
        if wanted is SignKind.BOOTH:
            return write_signs(work, out, of, language, progress, tuple(also.split()))
        return write_hall_signs(work, out, of, wanted, language, scale, here, progress, bool(unasked))

    return _kept(work, name, reader, write)


def _kept(work: Work, name: str, reader: str, write: Callable[[BinaryIO], Report]) -> Result:
    """Write into a file of its own; the store takes it when it is whole."""
    root = work.settings.files
    root.mkdir(parents=True, exist_ok=True)
    with new_file(root) as (out, path):
        report = write(out)
        out.flush()
        key = FolderFiles(root).take(path, "pdf")
    with speaking(reader):
        return Result(key, name, tuple(told(report)))


LONG = {"catalogue": _catalogue, "signs": _signs}
