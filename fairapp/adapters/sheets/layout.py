"""Where a list's header is: title lines above it, rows below it, and what is neither."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from fairapp.rules.columns import meaning
from fairapp.rules.imports import SourceRow
from fairapp.rules.sheets import FileNote, FileReason, FileRefused, Finding, Limits, Sheet
from fairapp.rules.text import words

MOST_TITLE_LINES = 30


def lay_out(
    rows: Iterable[SourceRow],
    limits: Limits,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet_name: str = "",
    sheet_names: tuple[str, ...] = (),
    findings: Sequence[Finding] = (),
    known: Callable[[str], object] = meaning,
) -> Sheet:
    """Find the header, and keep the rows under it; blank rows and repeated headers are counted, not kept."""
    filled: list[SourceRow] = []
    blank = 0
    for row in rows:
        if not any(cell.strip() for cell in row.cells):
            blank += 1
            continue
        if len(filled) > limits.rows + MOST_TITLE_LINES:
            raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)
        filled.append(row)
    if not filled:
        raise FileRefused(FileReason.EMPTY)
    at = _header_at(filled, known)
    header = _titles(filled[at].cells)
    under = filled[at + 1 :]
    body = [row for row in under if not _repeats(row.cells, header)]
    if not body:
        raise FileRefused(FileReason.NO_ROWS)
    if len(body) > limits.rows:
        raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)
    titles = tuple(" ".join(filter(None, map(str.strip, row.cells))) for row in filled[:at])
    untitled = sum(
        not title and any(len(row.cells) > place and row.cells[place].strip() for row in body)
        for place, title in enumerate(header)
    )
    noticed = (
        *findings,
        Finding(FileNote.TITLE_LINES, at),
        Finding(FileNote.REPEATED_HEADER, len(under) - len(body)),
        Finding(FileNote.BLANK_ROWS, blank),
        Finding(FileNote.UNTITLED_COLUMN, untitled),
    )
    return Sheet(
        header,
        body,
        filled[at].line,
        encoding,
        delimiter,
        titles,
        sheet_name,
        sheet_names,
        tuple(finding for finding in noticed if finding.number),
    )


def _titles(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the header's titles on one line each, without the empty ones at its end."""
    titles = [" ".join(cell.split()) for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _repeats(cells: Sequence[str], header: Sequence[str]) -> bool:
    """Say whether a row is the header again, as long lists print it on every page."""
    if cells[0].strip().casefold() != header[0].casefold() or len(cells) < len(header):
        return False
    return all(words(cell) == words(title) for cell, title in zip(cells, header, strict=False))


def _header_at(rows: Sequence[SourceRow], known: Callable[[str], object]) -> int:
    """Return which row is the header: the one with the most titles we know, else the first wide one."""
    head = rows[: MOST_TITLE_LINES + 1]
    telling = [
        len({known(cell) for cell in row.cells if cell.strip() and len(cell) < 80} - {None}) for row in head
    ]
    best = max(telling)
    wide = [sum(bool(cell.strip()) for cell in row.cells) for row in head]
    usual = Counter(wide[1:] or wide).most_common(1)[0][0]
    if best >= 2 or (best == 1 and usual <= 2):
        return telling.index(best)
    enough = max(1, min(usual, 2), (usual * 6 + 9) // 10)
    for place, row in enumerate(head):
        if wide[place] >= enough and len(set(row.cells)) == len(row.cells):
            return place
    return next(place for place, filled in enumerate(wide) if filled >= enough)
