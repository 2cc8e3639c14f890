"""Sentences for the orders of a catalogue and for the reasons against printing."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories, PrintRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (CatalogueOrder.HALL, _l("By hall and booth")),
    (CatalogueOrder.GROUP, _l("By product group")),
    (CataloguePaper.BOOK, _l("A5, a book for the hand")),
    (CataloguePaper.SHEET, _l("A4, three entries to a page")),
    (CatalogueStories.ONE, _l("In the language of the catalogue")),
    (CatalogueStories.BOTH, _l("In both languages, one below the other")),
    (
        PrintRefusal.NO_EXHIBITORS,
        _l("Nobody is admitted to this fair yet. Accept applications or import a list, then print."),
    ),
    (
        PrintRefusal.NO_BOOTHS,
        _l("This fair has no booths yet. Publish its floor plan, then print the signs."),
    ),
)
