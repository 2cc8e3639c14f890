"""How a catalogue is ordered and printed, and why none can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class CatalogueOrder(StrEnum):
    """What the chapters of a catalogue are."""

    HALL = "hall"
    GROUP = "group"
    COUNTRY = "country"


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


class TextKind(StrEnum):
    """The texts before a catalogue's chapters, in their order."""

    WELCOME = "welcome"
    ORGANISERS = "organisers"


class InsertKind(StrEnum):
    """What somebody has beside the ordinary entry: an advertisement, or an entry of a whole page."""

    FULL = "full_advert"
    HALF = "half_advert"
    ENTRY = "full_entry"


class InsertPlace(StrEnum):
    """Where advertisements stand."""

    FRONT = "front"
    MIDDLE = "middle"
    BACK = "back"


STOCK_LASTS = timedelta(days=14)
"""How long an edition's finished pages wait for its next printing."""
LONGEST_HEADING, LONGEST_BODY, LONGEST_SIGNED, LONGEST_SAID = 120, 4_000, 200, 200
MOST_INSERTS = 200
"""Of one fair."""


class ContentFault(StrEnum):
    """What is wrong with a text or an advertisement that was typed or sent."""

    NO_HEADING = "content_no_heading"
    NO_TEXT = "content_no_text"
    NOT_SAID = "content_not_said"
    NOBODY = "content_nobody"
    TOO_MANY = "content_too_many"
    HAS_ONE = "content_has_one"


class PrintRefusal(StrEnum):
    """Why a fair's documents cannot be made."""

    NO_EXHIBITORS = "print_no_exhibitors"
    NO_BOOTHS = "print_no_booths"
