"""How a catalogue is ordered and printed, and why none can be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CatalogueOrder(StrEnum):
    """What the chapters of a catalogue are."""

    HALL = "hall"
    GROUP = "group"


class CataloguePaper(StrEnum):
    """The size of a catalogue's pages."""

    BOOK = "a5"
    SHEET = "a4"


class CatalogueStories(StrEnum):
    """Whether an entry tells its story once, or in a second language too."""

    ONE = "one_language"
    BOTH = "both_languages"


@dataclass(frozen=True, slots=True)
class Edition:
    """One printing of a fair's catalogue: its language, order, size and stories."""

    language: str
    order: CatalogueOrder = CatalogueOrder.HALL
    paper: CataloguePaper = CataloguePaper.BOOK
    stories: CatalogueStories = CatalogueStories.ONE

    @property
    def name(self) -> str:
        """How its files are called."""
        more = "-two-languages" if self.stories is CatalogueStories.BOTH else ""
        return f"{self.language}-by-{self.order.value}-{self.paper.value}{more}"


class PrintRefusal(StrEnum):
    """Why a fair's documents cannot be made."""

    NO_EXHIBITORS = "print_no_exhibitors"
    NO_BOOTHS = "print_no_booths"
