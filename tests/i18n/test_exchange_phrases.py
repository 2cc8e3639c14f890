"""Everything an import can say is said in Vietnamese and English, and its facts fit."""

from enum import Enum

import pytest

from fairapp.i18n import speaking
from fairapp.i18n.phrases.exchange import SENTENCES
from fairapp.rules.column_titles import Field
from fairapp.rules.columns import ColumnReason
from fairapp.rules.exchange_runs import ListKind, RunRefusal
from fairapp.rules.exports import ExportColumn, ExportPage
from fairapp.rules.health import HealthFault
from fairapp.rules.import_plan import Part, WithoutBooth
from fairapp.rules.imports import Outcome, RowNote, RowReason
from fairapp.rules.sheets import FileNote, FileReason
from fairapp.rules.stand_codes import StandReason
from fairapp.rules.text import TextReason

ROWS = (Field, Part, WithoutBooth, Outcome, RowNote, RowReason, StandReason, TextReason)
SAID = (
    *ROWS,
    ColumnReason,
    FileNote,
    FileReason,
    ListKind,
    RunRefusal,
    ExportPage,
    ExportColumn,
    HealthFault,
)
FACT_NAMES = (
    *("limit", "line", "encoding", "kind", "sheet", "sheets", "number"),
    *("piece", "field", "fields", "column", "columns", "numbers", "file"),
    *("why", "folder", "address", "tables", "codes", "files", "over", "names"),
)
FACTS = dict.fromkeys(FACT_NAMES, "7")


def test_every_reason_has_one_sentence() -> None:
    said = [(type(member), member.name) for member, _ in SENTENCES]
    assert sorted(map(str, said)) == sorted(str((kind, member.name)) for kind in SAID for member in kind)


@pytest.mark.parametrize("member", [m for m, _ in SENTENCES], ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_the_sentence_is_translated_and_filled(member: Enum) -> None:
    text = next(text for said, text in SENTENCES if said is member)
    with speaking("en"):
        english = text % FACTS
    with speaking("vi"):
        vietnamese = text % FACTS
    assert vietnamese != english
    assert "%(" not in vietnamese + english
