"""What a catalogue is made of: the book, its chapters, their entries and its words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from fairapp.adapters.pdf.plan_sheets import Piece

Record = TypeVar("Record", covariant=True)


class Records(Protocol[Record]):
    """Records whose number is known before they are made, so that none waits in memory."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Record]: ...


@dataclass(frozen=True)
class CatalogueProduct:
    """A product, its name in a second language, and its stars, 1 to 5 or none.

    ``proof`` is the certificate the stars rest on.
    """

    name: str
    second: str = ""
    stars: int | None = None
    lang: str = "vi"
    second_lang: str = ""
    proof: str = ""


@dataclass(frozen=True)
class CatalogueEntry:
    """An exhibitor; ``record`` names it in the report, ``photo`` is a JPEG, ``qr`` the text of its code.

    ``stand`` says who stands with it; ``also`` are names under which the index leads here too. ``beside`` is
    the story in a second language, ``photo_alt`` what the photo shows. ``origin`` is where it comes from as
    it is read, ``region`` its province or country as the index names it. ``full`` entries have a page of
    their own.
    ``ident`` is its number where it was made of rows.
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
    full: bool = False
    ident: int = 0


@dataclass(frozen=True)
class HallMap:
    """A hall's plan: its outlines in metres, and the corner and size of what they take up."""

    title: str
    pieces: tuple[Piece, ...]
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class FrontText:
    """A text before the chapters, on as many pages as it needs; ``signed`` stands at its end."""

    heading: str
    paragraphs: tuple[str, ...]
    signed: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Advert:
    """A picture somebody paid for: ``said`` is what it shows, for those who do not see it."""

    record: str
    picture: Path | bytes
    said: str
    half: bool = False


@dataclass(frozen=True)
class CatalogueChapter:
    """Entries of one hall, group or country in their order; ``mark`` is a product group of ``art``, or
    nothing, ``tab`` a shorter title for the thumb index.

    ``facts`` are figures with what they count, ``plan`` is the hall's: both for the opening.
    """

    title: str
    entries: Records[CatalogueEntry]
    second: str = ""
    count: str = ""
    mark: str = ""
    tab: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    plan: HallMap | None = None


@dataclass(frozen=True)
class CatalogueLabels:
    """Every word of the book that is not a record's: headings, the running foot, the words for stars from 0
    to 5; ``photo_of``, ``code_of``, ``goes_on`` and ``page`` take %(name)s or %(page)s. An index without a
    heading is left out."""

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
    maps: str = ""
    map_of: str = "%(name)s"
    goes_on: str = "%(name)s …"
    advert: str = ""


@dataclass(frozen=True)
class Catalogue:
    """The whole book; ``lang`` is its language, ``note`` a line at the foot of the cover.

    ``texts`` and ``maps`` stand before the chapters; ``adverts`` behind the contents, before the indexes and
    at the end.
    """

    title: str
    subtitle: str
    days: str
    place: str
    labels: CatalogueLabels
    chapters: tuple[CatalogueChapter, ...]
    note: str = ""
    lang: str = "vi"
    texts: tuple[FrontText, ...] = ()
    maps: tuple[HallMap, ...] = ()
    adverts: Mapping[str, tuple[Advert, ...]] = field(default_factory=dict)
