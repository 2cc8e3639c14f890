"""Workbooks meant to hurt: bombs, lies, far corners and floods are refused before they are opened."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
import zlib

import pytest

from fairapp.adapters.sheets.reading import read_sheet
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.rules.sheets import FileReason, FileRefused, Limits

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>"
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
)
ROW = b'<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>'
FOOT = b"</sheetData></worksheet>"
MIB = 1024 * 1024


def good() -> bytes:
    return xlsx_bytes([Table("List", (Column("name"),), [("one",)])])


def repacked(**changed: bytes | int) -> bytes:
    """A good workbook with entries replaced; a number is that many MiB of blanks."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in {*old.namelist(), *changed}:
            content = changed.get(name, b"") if name in changed else old.read(name)
            with new.open(name, "w", force_zip64=isinstance(content, int)) as entry:
                for _ in range(content if isinstance(content, int) else 0):
                    entry.write(b" " * MIB)
                if isinstance(content, bytes):
                    entry.write(content)
    return out.getvalue()


def reason(data: bytes) -> FileReason:
    with pytest.raises(FileRefused) as refused:
        read_sheet(data)
    return refused.value.reason


def test_the_repacked_workbook_is_read() -> None:
    assert read_sheet(repacked(**{SHEET: HEAD + ROW + FOOT})).rows[0].cells == ("x",)


def bomb(told: int, mebibytes: int = 1500) -> bytes:
    """A workbook whose page is that many MiB of blanks, and whose directory tells ``told`` bytes."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = deflate.compress(b" " * MIB) + deflate.flush(zlib.Z_FULL_FLUSH)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        entry = zipfile.ZipInfo(SHEET)
        new.writestr(entry, piece * mebibytes + deflate.flush())
        entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, told
    return out.getvalue()


@pytest.mark.parametrize("told", [1500 * MIB, 1000], ids=["honest", "lying"])
def test_a_bomb_is_refused_with_little_memory(told: int) -> None:
    data = bomb(told)
    assert len(data) < 2 * MIB
    tracemalloc.start()
    try:
        assert reason(data) is FileReason.TOO_LARGE_UNPACKED
        assert tracemalloc.get_traced_memory()[1] < 2 * MIB
    finally:
        tracemalloc.stop()


def test_the_same_made_small_passes_for_its_size() -> None:
    assert reason(bomb(3 * MIB, 3)) in (FileReason.DAMAGED, FileReason.EMPTY)


def test_many_entries_that_add_up_are_refused() -> None:
    data = repacked(**{f"xl/media/{number}.bin": 9 for number in range(20)})
    assert reason(data) is FileReason.TOO_LARGE_UNPACKED
    assert read_sheet(data, limits=Limits(unpacked=200 * MIB)).header == ("name",)


def test_a_cell_in_the_far_corner_is_refused_before_room_is_made_for_it() -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>boom</t></is></c></row>'
    assert reason(repacked(**{SHEET: HEAD + far + FOOT})) is FileReason.TOO_MANY_COLUMNS
    low = far.replace(b"XFD", b"A")
    assert reason(repacked(**{SHEET: HEAD + low + FOOT})) is FileReason.TOO_MANY_ROWS


@pytest.mark.parametrize("empty", [b'<c r="XFD9" s="1"/>', b'<c r="XFD9" s="1" t="n"></c>'])
def test_a_cell_that_is_only_painted_far_out_is_no_harm(empty: bytes) -> None:
    painted = HEAD + ROW + b'<row r="9">' + empty + b"</row>" + FOOT
    assert [row.cells for row in read_sheet(repacked(**{SHEET: painted})).rows] == [("x",)]


def test_one_long_text_shown_in_countless_cells_is_refused() -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(2, 90_000))
    text = b"<sst><si><t>" + b"x" * 180_000 + b"</t></si></sst>"
    data = repacked(**{SHEET: HEAD + cells + FOOT, "xl/sharedStrings.xml": text})
    assert reason(data) is FileReason.TOO_LARGE_UNPACKED


def test_a_text_no_cell_can_hold_is_refused() -> None:
    text = b"<sst><si><t>" + b"x" * MIB + b"</t></si></sst>"
    data = repacked(**{SHEET: HEAD + ROW + FOOT, "xl/sharedStrings.xml": text})
    assert reason(data) is FileReason.CELL_TOO_LONG


@pytest.mark.parametrize("cut", [4, 60, 2000, -10])
def test_a_workbook_cut_short_is_damaged(cut: int) -> None:
    assert reason(good()[:cut]) is FileReason.DAMAGED


def test_a_workbook_with_a_broken_page_is_damaged() -> None:
    assert reason(repacked(**{SHEET: b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></row"})) in (
        FileReason.DAMAGED,
        FileReason.EMPTY,
    )


def test_other_packed_files_are_named() -> None:
    def packed(**entries: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for name, content in entries.items():
                made.writestr(name.replace("__", "/"), content)
        return out.getvalue()

    ods = packed(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
    assert reason(ods) is FileReason.OPEN_DOCUMENT
    assert reason(packed(**{"word__document.xml": b"<x/>"})) is FileReason.NOT_A_LIST
    assert reason(packed(**{"xl__workbook.bin": b"x", "xl__styles.xml": b"<x/>"})) is FileReason.OLD_EXCEL
