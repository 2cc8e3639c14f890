"""Sentences for the orders of a catalogue and for the reasons against printing."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.catalogue import CatalogueOrder, PrintRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (CatalogueOrder.HALL, _l("By hall and booth")),
    (CatalogueOrder.GROUP, _l("By product group")),
    (
        PrintRefusal.NO_EXHIBITORS,
        _l("Nobody is admitted to this fair yet. Accept applications or import a list, then print."),
    ),
    (
        PrintRefusal.NO_BOOTHS,
        _l("This fair has no booths yet. Publish its floor plan, then print the signs."),
    ),
)
