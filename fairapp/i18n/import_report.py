"""The report of an import in the reader's language: one line for every row of the list."""

from __future__ import annotations

from collections.abc import Iterable

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.exchange_rows import Fate, facts_of
from fairapp.rules.imports import RowNote

Line = tuple[int, str, str, str, str, str]


def report_header() -> tuple[str, ...]:
    """The titles of the report's columns."""
    return (_("Line"), _("Name"), _("Booth"), _("Outcome"), _("Reasons"), _("Notes"))


def report_lines(rows: Iterable[Fate]) -> list[Line]:
    """Line, name, booth, outcome, reasons and notes of each row."""
    return [
        (
            row.line,
            row.name,
            row.booth,
            phrase(row.outcome),
            " ".join(reasons_said(row)),
            "; ".join(notes_said(row)),
        )
        for row in rows
    ]


def reasons_said(row: Fate) -> list[str]:
    """Why a row was not taken, in sentences; the codes that nobody knows stand behind."""
    said = [phrase(reason, **facts_of(row)) for reason in row.reasons]
    if row.reasons and row.unknown:
        said.append(_("Not found: %(codes)s.", codes=", ".join(row.unknown)))
    return said


def notes_said(row: Fate) -> list[str]:
    """What was noticed or done, with the stands it is about."""
    said = [
        f"{phrase(note)} ({', '.join(row.unknown)})"
        if note is RowNote.SOME_CODES_UNKNOWN and row.unknown
        else phrase(note, **facts_of(row))
        for note in row.notes
    ]
    if row.stands:
        stands = ", ".join(f"{hall} {code}".strip() + f": {phrase(part)}" for hall, code, part in row.stands)
        said.append(stands)
    if row.same_as is not None:
        said.append(_("The same exhibitor as in line %(line)s", line=row.same_as))
    return said
