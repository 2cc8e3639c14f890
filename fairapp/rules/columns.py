"""What a list's columns mean: told by their titles, or by ``--columns``."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from fairapp.rules.column_titles import TITLES, Field
from fairapp.rules.errors import Refused
from fairapp.rules.text import words

EXHIBITOR_FIELDS = tuple(Field)
PRODUCER_FIELDS = tuple(field for field in Field if field not in (Field.BOOTH, Field.HALL))


class ColumnReason(StrEnum):
    """What is wrong with a mapping of columns."""

    BAD_SYNTAX = "columns_bad_syntax"
    UNKNOWN_FIELD = "columns_unknown_field"
    UNKNOWN_COLUMN = "columns_unknown_column"
    COLUMN_STANDS_TWICE = "columns_column_stands_twice"
    FIELD_TWICE = "columns_field_twice"
    COLUMN_TWICE = "columns_column_twice"
    NO_NAME_COLUMN = "columns_no_name_column"


class ColumnsRefused(Refused):
    """A mapping that cannot be used; ``facts`` name the field, the column and the choices."""

    def __init__(self, reason: ColumnReason, **facts: object) -> None:
        super().__init__(reason, **facts)
        self.reason = reason


_MEANINGS: dict[str, tuple[int, Field]] = {}
for _field, _listed in TITLES.items():
    for _rank, _word in enumerate(_listed.split("|")):
        _MEANINGS.setdefault(words(_word), (_rank, _field))


def meaning(title: str) -> Field | None:
    """Return the field a column's title means, in any of the languages we know."""
    hit = _MEANINGS.get(words(title))
    return hit[1] if hit else None


def guess_columns(header: Sequence[str], fields: Iterable[Field] = EXHIBITOR_FIELDS) -> dict[Field, int]:
    """Map fields to the columns whose titles mean them; ``Country (EN)`` counts without its bracket."""
    best: dict[Field, tuple[int, int]] = {}
    for position, title in enumerate(header):
        hit = _MEANINGS.get(words(title))
        if hit is None and (short := words(title.partition("(")[0].partition("/")[0])):
            hit = _MEANINGS.get(short)
            hit = (hit[0] + 100, hit[1]) if hit else None
        if hit and (hit[1] not in best or hit[0] < best[hit[1]][0]):
            best[hit[1]] = (hit[0], position)
    allowed = frozenset(fields)
    return {field: best[field][1] for field in Field if field in best and field in allowed}


def parse_columns(
    text: str, header: Sequence[str], fields: Iterable[Field] = EXHIBITOR_FIELDS
) -> dict[Field, int]:
    """Read ``name=shop_name,booth=booth_id`` over the guess; ``hall=`` reads none, ``booth=#2`` a position.

    A title with a comma is written in double quotes: ``"name=Firm, full name"``.
    """
    allowed = tuple(fields)
    chosen: dict[Field, int | None] = {}
    for piece in _pieces(text):
        word, sign, title = (part.strip() for part in piece.partition("="))
        if not (word and sign):
            raise ColumnsRefused(ColumnReason.BAD_SYNTAX, piece=piece)
        field = _field_named(word, allowed)
        if field in chosen:
            raise ColumnsRefused(ColumnReason.FIELD_TWICE, field=field.value)
        chosen[field] = column_named(title, header) if title else None
    taken = {position for position in chosen.values() if position is not None}
    guessed = {f: p for f, p in guess_columns(header, allowed).items() if f not in chosen and p not in taken}
    mapping = guessed | {field: position for field, position in chosen.items() if position is not None}
    check_columns(mapping, header)
    return {field: mapping[field] for field in Field if field in mapping}


def check_columns(mapping: Mapping[Field, int], header: Sequence[str]) -> None:
    """Refuse a mapping without a name, with a column that is not there, or one column for two fields."""
    if Field.NAME not in mapping:
        raise ColumnsRefused(ColumnReason.NO_NAME_COLUMN, columns=", ".join(filter(None, header)))
    seen: dict[int, Field] = {}
    for field, position in mapping.items():
        if not 0 <= position < len(header):
            raise ColumnsRefused(
                ColumnReason.UNKNOWN_COLUMN, column=f"#{position + 1}", columns=", ".join(header)
            )
        if position in seen:
            raise ColumnsRefused(
                ColumnReason.COLUMN_TWICE,
                column=header[position],
                fields=f"{seen[position].value}, {field.value}",
            )
        seen[position] = field


def _pieces(text: str) -> list[str]:
    try:
        pieces = next(csv.reader([text], skipinitialspace=True, strict=True), [])
    except csv.Error:
        raise ColumnsRefused(ColumnReason.BAD_SYNTAX, piece=text[:100]) from None
    return [piece for piece in pieces if piece.strip()]


def _field_named(word: str, allowed: Sequence[Field]) -> Field:
    plain = word.lower().replace("-", "_").replace(" ", "_")
    for field in allowed:
        if field.value == plain:
            return field
    raise ColumnsRefused(
        ColumnReason.UNKNOWN_FIELD, field=word[:60], fields=", ".join(f.value for f in allowed)
    )


def column_named(title: str, header: Sequence[str]) -> int:
    """Return the position of a column by its title (case and accents do not count) or its number (``#2``)."""
    if (
        title.startswith("#")
        and title[1:].isascii()
        and title[1:].isdigit()
        and 0 < int(title[1:8]) <= len(header)
    ):
        return int(title[1:8]) - 1
    for same in (lambda t: t == title, lambda t: words(t) == words(title) != ""):
        hits = [position for position, there in enumerate(header) if same(there)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            numbers = ", ".join(f"#{hit + 1}" for hit in hits)
            raise ColumnsRefused(ColumnReason.COLUMN_STANDS_TWICE, column=title, numbers=numbers)
    raise ColumnsRefused(
        ColumnReason.UNKNOWN_COLUMN, column=title[:100], columns=", ".join(filter(None, header))
    )
