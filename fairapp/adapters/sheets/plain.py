"""Text tables: the bytes decoded, the delimiter found, the records read with their lines."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from fairapp.adapters.sheets.encodings import decode
from fairapp.rules.imports import SourceRow
from fairapp.rules.sheets import FileReason, FileRefused, Finding, Limits

DELIMITERS = ",;\t|"
_SAMPLE = 60


@dataclass(frozen=True, slots=True)
class TextTable:
    """The records of a text table, read as they are asked for."""

    rows: Iterator[SourceRow]
    encoding: str
    delimiter: str
    findings: tuple[Finding, ...]


def rows_of_text(data: bytes, encoding: str | None, limits: Limits) -> TextTable:
    """Decode a text table and find its delimiter."""
    text, name, findings = decode(data, encoding)
    skipped = 0
    if text[:4].lower() == "sep=" and text[5:6] in "\r\n":
        delimiter = text[4]
        skipped = 1
        text = text[text.index("\n") + 1 :] if "\n" in text else text[5:]
    else:
        delimiter = delimiter_of(text)
    return TextTable(_records(text, delimiter, skipped, limits), name, delimiter, findings)


def delimiter_of(text: str) -> str:
    """Return the delimiter under which the first records have the most equal width, a comma when none has."""
    best, chosen = (0, 0), ","
    for delimiter in DELIMITERS:
        widths = Counter[int]()
        try:
            for number, record in enumerate(
                csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=delimiter)
            ):
                widths[len(record)] += bool(record)
                if number >= _SAMPLE:
                    break
        except csv.Error:
            continue
        usual = max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))
        if usual > best:
            best, chosen = usual, delimiter
    return chosen


def _records(text: str, delimiter: str, skipped: int, limits: Limits) -> Iterator[SourceRow]:
    """Read the records strictly; a stray quote is forgiven, a quote that is never closed is not."""
    csv.field_size_limit(max(csv.field_size_limit(), 131_072))
    strict = _reads_strictly(text, delimiter, skipped)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    before = 0
    try:
        for number, cells in enumerate(reader):
            if number > limits.rows * 2:
                raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)
            if len(cells) > limits.columns:
                raise FileRefused(
                    FileReason.TOO_MANY_COLUMNS, limit=limits.columns, line=before + 1 + skipped
                )
            if len(cells) and max(map(len, cells)) > limits.cell:
                raise FileRefused(FileReason.CELL_TOO_LONG, limit=limits.cell, line=before + 1 + skipped)
            yield SourceRow(before + 1 + skipped, tuple(cells))
            before = reader.line_num
    except csv.Error as error:
        raise _unreadable(error, before + 1 + skipped, limits) from None


def _reads_strictly(text: str, delimiter: str, skipped: int) -> bool:
    """Say whether every quote is written as it should; raise when one is opened and never closed."""
    if '"' not in text:
        return True
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for _ in reader:
            before = reader.line_num
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise FileRefused(FileReason.UNCLOSED_QUOTE, line=before + 1 + skipped) from None
        return False
    return True


def _unreadable(error: csv.Error, line: int, limits: Limits) -> FileRefused:
    if "field larger" in str(error):
        return FileRefused(FileReason.CELL_TOO_LONG, limit=limits.cell, line=line)
    return FileRefused(FileReason.UNCLOSED_QUOTE, line=line)
