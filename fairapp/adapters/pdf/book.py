"""What a catalogue is made of: the book, its chapters, their entries and its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

Record = TypeVar("Record", covariant=True)


class Records(Protocol[Record]):
    """Records whose number is known before they are made, so that none waits in memory."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Record]: ...


@dataclass(frozen=True)
class CatalogueProduct:
    """A product, its name in a second language, and its stars, 1 to 5 or none."""

    name: str
    second: str = ""
    stars: int | None = None
    lang: str = "vi"
    second_lang: str = ""


@dataclass(frozen=True)
class CatalogueEntry:
    """An exhibitor; ``record`` names it in the report, ``photo`` is a JPEG, ``qr`` the text of its code.

    ``stand`` says who stands with it; ``also`` are names under which the index leads here too. ``beside`` is
    the story in a second language, ``photo_alt`` what the photo shows. ``origin`` is where it comes from as
    it is read, ``region`` its province or country as the index names it.
    """

    record: str
    name: str
    qr: str
    booths: tuple[str, ...] = ()
    second: str = ""
    lang: str = "vi"
    story: str = ""
    story_lang: str = ""
    products: tuple[CatalogueProduct, ...] = ()
    origin: str = ""
    contact: str = ""
    mark: str = ""
    group: str = ""
    photo: Path | bytes | None = None
    stand: str = ""
    also: tuple[str, ...] = ()
    beside: str = ""
    beside_lang: str = ""
    photo_alt: str = ""
    region: str = ""


@dataclass(frozen=True)
class CatalogueChapter:
    """Entries of one hall or group in their order; ``mark`` is a product group of ``art``, or nothing,
    ``tab`` a shorter title for the thumb index."""

    title: str
    entries: Records[CatalogueEntry]
    second: str = ""
    count: str = ""
    mark: str = ""
    tab: str = ""


@dataclass(frozen=True)
class CatalogueLabels:
    """Every word of the book that is not a record's: headings, the running foot, the words for stars from 0
    to 5; ``photo_of``, ``code_of`` and ``page`` take %(name)s or %(page)s. An index without a heading is left
    out."""

    contents: str
    name_index: str
    booth_index: str
    foot: str
    stars: tuple[str, ...]
    product_index: str = ""
    region_index: str = ""
    star_index: str = ""
    photo_of: str = "%(name)s"
    code_of: str = "QR: %(name)s"
    page: str = "%(page)s"


@dataclass(frozen=True)
class Catalogue:
    """The whole book; ``lang`` is its language, ``note`` a line at the foot of the cover."""

    title: str
    subtitle: str
    days: str
    place: str
    labels: CatalogueLabels
    chapters: tuple[CatalogueChapter, ...]
    note: str = ""
    lang: str = "vi"
