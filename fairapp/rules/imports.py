"""One row of a list of exhibitors or producers: read into a record, with everything noticed on the way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fairapp.rules.column_titles import Field
from fairapp.rules.printed_texts import STORY_ROOM, over
from fairapp.rules.stars import Offered, products_of, stars_of
from fairapp.rules.text import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, TextReason, TextRefused, clean


class Outcome(StrEnum):
    """How a row ends."""

    TAKEN = "taken"
    MERGED = "merged"
    REFUSED = "refused"


class RowReason(StrEnum):
    """Why a row is refused, besides the reasons of its booth (``StandReason``) and text (``TextReason``)."""

    NO_NAME = "row_no_name"
    TOO_MANY_CELLS = "row_too_many_cells"
    NOT_A_ROW = "row_not_a_row"


class RowNote(StrEnum):
    """What was noticed or done in a row that is not refused."""

    NEW_EXHIBITOR = "note_new_exhibitor"
    FURTHER_BOOTH = "note_further_booth"
    CO_EXHIBITOR = "note_co_exhibitor"
    ALREADY_THERE = "note_already_there"
    WITHOUT_BOOTH = "note_without_booth"
    SOME_CODES_UNKNOWN = "note_some_codes_unknown"
    HALLS_IGNORED = "note_halls_ignored"
    SIMILAR_NAME = "note_similar_name"
    NAME_NORMALISED = "note_name_normalised"
    EMAIL_MOVED = "note_email_moved"
    EMAIL_UNREAD = "note_email_unread"
    WEBSITE_UNREAD = "note_website_unread"
    STARS_UNREAD = "note_stars_unread"
    TEXT_LEFT_OUT = "note_text_left_out"
    STORY_OVER = "note_story_over"
    TAX_CODE_UNREAD = "note_tax_code_unread"
    PHONE_UNREAD = "note_phone_unread"
    COUNTRY_UNREAD = "note_country_unread"
    GROUP_UNREAD = "note_group_unread"


class SourceRow(NamedTuple):
    """A row as it stands in the file: its first line there, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Record:
    """What one row tells of an exhibitor or producer, cleaned; an empty string where it tells nothing."""

    name: str
    other_name: str = ""
    kind: str = ""
    tax_code: str = ""
    booth: str = ""
    hall: str = ""
    country: str = ""
    province: str = ""
    commune: str = ""
    address: str = ""
    contact: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    description: str = ""
    group: str = ""
    products: tuple[Offered, ...] = ()
    stars: int | None = None


class ReadRow(NamedTuple):
    """A row read: the record or the reasons why there is none, and what was noticed."""

    record: Record | None
    reasons: tuple[StrEnum, ...]
    notes: tuple[RowNote, ...]
    over: int = 0
    """How many characters its description is longer than what fits in print."""


_BOUNDS = {Field.NAME: LONGEST_NAME, Field.OTHER_NAME: LONGEST_NAME, Field.DESCRIPTION: LONGEST_TEXT}
_BOUNDS[Field.PRODUCTS] = LONGEST_TEXT
_BOUNDS[Field.ADDRESS] = 300
_BOUNDS |= dict.fromkeys((Field.COMMUNE, Field.PROVINCE, Field.COUNTRY), 64)  # together one line of 200
_IN_LINES = (Field.DESCRIPTION, Field.PRODUCTS)
_TOTALS = frozenset({
    "cộng", "gesamt", "général", "sum", "summe", "total", "totals", "tổng", "tổng cộng",
    "tổng số", "รวม", "合計", "总计", "합계",
})  # fmt: skip


def read_row(row: SourceRow, mapping: Mapping[Field, int], width: int) -> ReadRow:
    """Read a row's cells by the mapping; ``width`` is the number of titled columns."""
    cells = row.cells
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return ReadRow(None, (RowReason.TOO_MANY_CELLS,), ())
    values: dict[Field, str] = {}
    notes: list[RowNote] = []
    for field, position in mapping.items():
        raw = cells[position] if position < len(cells) else ""
        if not raw:
            continue
        try:
            values[field] = clean(
                raw, longest=_BOUNDS.get(field, LONGEST_LINE), lines=field in _IN_LINES, strict=False
            )
        except TextRefused as refused:
            if field in (Field.NAME, Field.BOOTH) or refused.reason is not TextReason.TOO_LONG:
                return ReadRow(None, (refused.reason,), ())
            notes.append(RowNote.TEXT_LEFT_OUT)
            continue
        if field is Field.NAME and values[field] != " ".join(raw.split()):
            notes.append(RowNote.NAME_NORMALISED)
    if not values.get(Field.NAME):
        return ReadRow(None, (RowReason.NO_NAME,), ())
    if _is_total(values[Field.NAME], cells):
        return ReadRow(None, (RowReason.NOT_A_ROW,), ())
    if more := over(values.get(Field.DESCRIPTION, ""), STORY_ROOM):
        notes.append(RowNote.STORY_OVER)
        del values[Field.DESCRIPTION]
    return ReadRow(_record(values, notes), (), tuple(dict.fromkeys(notes)), more)


def _is_total(name: str, cells: Sequence[str]) -> bool:
    """Say whether the row is the sum under the list: such a word, and numbers only beside it."""
    others = [cell for cell in cells if cell.strip() and cell.strip() != name]
    return name.casefold().rstrip(" :") in _TOTALS and all(
        re.fullmatch(r"[\d.,\s]+", cell) for cell in others
    )


def _record(values: dict[Field, str], notes: list[RowNote]) -> Record:
    _settle_addresses(values, notes)
    stars = None
    if written := values.pop(Field.STARS, ""):
        stars = stars_of(written)
        if stars is None:
            notes.append(RowNote.STARS_UNREAD)
    products = products_of(values.pop(Field.PRODUCTS, ""), stars)
    return Record(products=products, stars=stars, **{field.value: text for field, text in values.items()})


_EMAIL = re.compile(
    r"(?:mailto:)?([^\s@,;:<>()\"/]{1,64}@[^\s@,;:<>()\"/]{1,180}\.[^\W\d_]{2,24})", re.IGNORECASE
)
_WEBSITE = re.compile(
    r"(?:(https?)://)?((?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,24}(?::\d{1,5})?(?:[/?#]\S*)?)", re.IGNORECASE
)


def _settle_addresses(values: dict[Field, str], notes: list[RowNote]) -> None:
    """Move an e-mail out of the website column, a website out of the e-mail column; drop others."""
    site, mail = values.pop(Field.WEBSITE, ""), values.pop(Field.EMAIL, "")
    if site and "@" in site and (moved := email_of(site)):
        notes.append(RowNote.EMAIL_MOVED)
        site, mail = ("", mail or moved) if not (mail and not email_of(mail)) else (mail, moved)
    if mail and not email_of(mail) and not site and website_of(mail):
        site, mail = mail, ""
    for field, written, read, note in (
        (Field.WEBSITE, site, website_of(site), RowNote.WEBSITE_UNREAD),
        (Field.EMAIL, mail, email_of(mail), RowNote.EMAIL_UNREAD),
    ):
        if read:
            values[field] = read
        elif written.strip(" -–—./"):
            notes.append(note)


def email_of(text: str) -> str:
    """Return the first e-mail address of a cell, its domain in small letters; nothing when there is none."""
    for piece in re.split(r"[\s,;<>()|/]+", text):
        if hit := _EMAIL.fullmatch(piece):
            local, _, domain = hit[1].rpartition("@")
            if ".." not in hit[1] and not local.startswith("."):
                return f"{local}@{domain.lower()}"
    return ""


def website_of(text: str) -> str:
    """Return the first web address of a cell with its scheme; only http and https count."""
    for piece in re.split(r"[\s,;|<>]+", text):
        if "@" not in piece and (hit := _WEBSITE.fullmatch(piece)):
            return f"{(hit[1] or 'https').lower()}://{hit[2]}"
    return ""
