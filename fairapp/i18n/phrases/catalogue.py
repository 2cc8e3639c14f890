"""Sentences for the orders of a catalogue and for the reasons against printing."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.catalogue import (
    CatalogueOrder,
    CataloguePaper,
    CatalogueStories,
    ContentFault,
    InsertKind,
    InsertPlace,
    PrintRefusal,
    TextKind,
)
from fairapp.rules.catalogue_changes import Change, CutOffRefusal
from fairapp.rules.printed_texts import PrintedFault

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (CatalogueOrder.HALL, _l("By hall and booth")),
    (CatalogueOrder.GROUP, _l("By product group")),
    (CatalogueOrder.COUNTRY, _l("By country")),
    (TextKind.WELCOME, _l("Welcome")),
    (TextKind.ORGANISERS, _l("Organisers and supporters")),
    (InsertKind.FULL, _l("Advertisement, a whole page")),
    (InsertKind.HALF, _l("Advertisement, half a page")),
    (InsertKind.ENTRY, _l("The exhibitor's entry on a page of its own")),
    (InsertPlace.FRONT, _l("Before the first chapter")),
    (InsertPlace.MIDDLE, _l("Before the indexes")),
    (InsertPlace.BACK, _l("At the end")),
    (PrintedFault.OVER, _l("Characters over what fits in print: %(over)s. Shorten the text by so many.")),
    (ContentFault.NO_HEADING, _l("Give the text a heading.")),
    (ContentFault.NO_TEXT, _l("Write the text, or remove the page.")),
    (ContentFault.NOT_SAID, _l("Say what the picture shows: it is read aloud to those who do not see it.")),
    (
        ContentFault.NOBODY,
        _l("No exhibitor of this fair has this booth number or this name. Look it up in the list."),
    ),
    (ContentFault.TOO_MANY, _l("A catalogue takes at most 200 of these. Remove one first.")),
    (ContentFault.HAS_ONE, _l("This exhibitor has a page of its own already.")),
    (Change.NEW, _l("New at the fair")),
    (Change.MOVED, _l("Moved to another booth")),
    (Change.CHANGED, _l("Changed entries")),
    (Change.GONE, _l("No longer at the fair")),
    (
        CutOffRefusal.NO_CUT_OFF,
        _l(
            "The catalogue of this language has no cut-off. "
            "Set one first; the addendum holds what changes after it."
        ),
    ),
    (
        CutOffRefusal.NOT_YET,
        _l("The cut-off has not passed yet. Until then changes go into the catalogue itself."),
    ),
    (CutOffRefusal.AFTER_FAIR, _l("This moment is after the fair. Choose one before it ends.")),
    (
        CutOffRefusal.NOTHING_CHANGED,
        _l(
            "Nothing has changed since the cut-off, so there is no addendum. Ask again after the next change."
        ),
    ),
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
