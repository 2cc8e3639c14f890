"""Lists read from files as offices send them, and files that are no lists."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest

from fairapp.adapters.sheets.reading import read_sheet
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.rules.sheets import FileNote, FileReason, FileRefused, Finding, Limits, Sheet

HEADER = ("Tên đơn vị", "Gian hàng", "Ghi chú")
TEXT = 'Tên đơn vị;Gian hàng;Ghi chú\nHTX Đắk Lắk;A-010;"hai\ndòng"\nCà phê Huế;A-012;\n'
LISTS = Path(__file__).parents[2] / "data" / "lists"


def rows(sheet: Sheet) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.line, row.cells) for row in sheet.rows]


def refusal(data: bytes, **options: object) -> FileRefused:
    with pytest.raises(FileRefused) as refused:
        read_sheet(data, **options)  # type: ignore[arg-type]
    return refused.value


def cp1258(text: str) -> bytes:
    """Write as old Vietnamese Windows did: letters with their hats, each tone a byte of its own."""
    out = b""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones or not tones))
        out += (bare + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (cp1258(TEXT), "cp1258"),
        (TEXT.encode().decode("latin-1").encode(), "UTF-8"),
    ],
    ids=["utf8", "mark", "utf16", "utf16be", "utf16le", "cp1258", "double"],
)
def test_vietnamese_is_read_from_every_encoding_that_can_be_told(data: bytes, encoding: str) -> None:
    sheet = read_sheet(data)
    assert (sheet.header, sheet.encoding, sheet.delimiter) == (HEADER, encoding, ";")
    assert rows(sheet) == [(2, ("HTX Đắk Lắk", "A-010", "hai\ndòng")), (4, ("Cà phê Huế", "A-012", ""))]


def test_a_western_office_list_with_a_title_line_is_read() -> None:
    names = ["Müller & Söhne – “Café”", "Ciò è più", "São João"]
    text = "Ausstellerliste 2027\nFirma;Halle;Stand\n" + "".join(f"{name};3;A1\n" for name in names)
    sheet = read_sheet(text.encode("cp1252"))
    assert (sheet.encoding, sheet.header, sheet.title_lines) == (
        "cp1252",
        ("Firma", "Halle", "Stand"),
        ("Ausstellerliste 2027",),
    )
    assert [row.cells[0] for row in sheet.rows] == names
    assert sheet.findings == (Finding(FileNote.NOT_UTF8), Finding(FileNote.TITLE_LINES))


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("出展者名,ブース\n大分県一村一品,A1\n", "cp932"),
        ("公司,展位\n北京公司,A1\n", "gb18030"),
        ("Компания;Стенд\nПривет мир;A1\n", "cp1251"),
        ("ชื่อร้าน,บูธ\nกลุ่มแม่บ้าน,A1\n", "cp874"),
        ("회사명,부스\n서울상회,A1\n", "euc-kr"),
        ("Εταιρεία;Stand\nΕλλάδα;A1\n", "cp1253"),
    ],
)
def test_an_encoding_that_would_be_a_guess_is_refused_and_read_when_named(text: str, codec: str) -> None:
    assert refusal(text.encode(codec)).reason is FileReason.UNKNOWN_ENCODING
    assert read_sheet(text.encode(codec), encoding=codec).header == tuple(
        text.split("\n")[0].replace(";", ",").split(",")
    )


def test_a_named_encoding_that_does_not_fit_is_refused() -> None:
    assert refusal(b"a,b\n\x81,1\n", encoding="utf-8").reason is FileReason.WRONG_ENCODING
    assert refusal(b"a,b\n1,1\n", encoding="klingon").reason is FileReason.UNKNOWN_ENCODING
    assert refusal(b"a,b\n1,1\n", encoding="base64").reason is FileReason.UNKNOWN_ENCODING


def test_letters_of_an_old_vietnamese_font_are_not_taken_for_names() -> None:
    tcvn3 = "Tªn;Gian hµng\nC«ng ty TNHH Hoµ B×nh;A1\nHîp t¸c x· §ång T©m;A2\nC¬ së Th¾ng Lîi;A3"
    assert refusal(tcvn3.encode("cp1252")).reason is FileReason.LEGACY_FONT


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = 'name,booth,note\nOne,A1,"x;y|z"\nTwo,A2,1;2;3\n'.replace(",", delimiter)
    sheet = read_sheet(text.encode())
    assert (sheet.delimiter, sheet.header) == (delimiter, ("name", "booth", "note"))


def test_excels_own_line_about_the_delimiter_is_obeyed() -> None:
    assert rows(read_sheet(b"sep=;\r\nname;booth\r\na,b,c;A1\r\n")) == [(3, ("a,b,c", "A1"))]


def test_blank_rows_titles_and_repeated_headers_are_left_out_and_counted() -> None:
    sheet = read_sheet(b"List of 2027\n;;\n\nName;Booth;Hall\na;1;2\n ; ;\nNAME;booth;Hall\nb;3;4\n")
    assert rows(sheet) == [(5, ("a", "1", "2")), (8, ("b", "3", "4"))]
    assert (sheet.header_line, sheet.title_lines) == (4, ("List of 2027",))
    assert sheet.findings == (
        Finding(FileNote.TITLE_LINES, 1),
        Finding(FileNote.REPEATED_HEADER, 1),
        Finding(FileNote.BLANK_ROWS, 3),
    )


def test_a_header_in_no_language_we_know_is_the_first_wide_row() -> None:
    assert read_sheet(b"My list\nfoo,bar,baz\n1,2,3\n4,5,6\n").header == ("foo", "bar", "baz")


def test_a_list_of_names_alone_is_a_list() -> None:
    sheet = read_sheet("Name\nMột\nHai, Ba\n".encode())
    assert (sheet.header, [row.cells[0] for row in sheet.rows]) == (("Name",), ["Một", "Hai"])


def test_a_stray_quote_is_forgiven_an_open_one_is_not() -> None:
    assert rows(read_sheet(b'name,booth\nthe "best" shop,1\n"a"b,2\n')) == [
        (2, ('the "best" shop', "1")),
        (3, ("ab", "2")),
    ]
    refused = refusal(b'name,booth\na,1\n"b,2\nc,3\n')
    assert (refused.reason, refused.facts) == (FileReason.UNCLOSED_QUOTE, {"line": 3})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FileReason.EMPTY),
        (b"\xef\xbb\xbf \r\n", FileReason.EMPTY),
        (b"name,booth\n", FileReason.NO_ROWS),
        (b"<!DOCTYPE html><table>", FileReason.NOT_A_LIST),
        (b"\xef\xbb\xbf  <table><tr>", FileReason.NOT_A_LIST),
        (b'<?xml version="1.0"?><svg/>', FileReason.NOT_A_LIST),
        (b"%PDF-1.7\nname,booth\n", FileReason.NOT_A_LIST),
        (b"\x89PNG\r\n\x1a\n\0\0", FileReason.NOT_A_LIST),
        (b'[{"name": "x", "booth": 1}]', FileReason.NOT_A_LIST),
        (b"name,booth\na\0b,1\n", FileReason.NOT_A_LIST),
        (bytes(range(256)) * 4, FileReason.NOT_A_LIST),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), FileReason.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileReason.LOCKED),
        (b"name,booth\n" + b"x" * 40_000 + b",1\n", FileReason.CELL_TOO_LONG),
        (b"name,booth\n" + b"x" * 200_000 + b",1\n", FileReason.CELL_TOO_LONG),
        (b"name,booth\na" + b"," * 300 + b"\n", FileReason.TOO_MANY_COLUMNS),
    ],
)
def test_what_is_no_list_is_refused_by_name(data: bytes, reason: FileReason) -> None:
    assert refusal(data).reason is reason


def test_a_firm_named_bm_is_no_picture() -> None:
    assert read_sheet(b"BM name,booth\nx,1\n").header == ("BM name", "booth")


def test_size_and_rows_are_bounded() -> None:
    many = b"name,booth\n" + b"a,1\n" * 11
    assert refusal(many, limits=Limits(rows=10)).reason is FileReason.TOO_MANY_ROWS
    assert refusal(many, limits=Limits(packed=20)).reason is FileReason.TOO_LARGE
    assert len(read_sheet(many, limits=Limits(rows=11)).rows) == 11


def test_a_real_sample_is_read_from_its_file() -> None:
    sheet = read_sheet(LISTS / "gamescom_sample.csv")
    assert sheet.header == ("exhibitor_id", "name", "country", "hall", "booth", "category_codes")
    assert len(sheet.rows) == 40


def workbook(*tables: Table) -> bytes:
    return xlsx_bytes(tables)


def test_a_workbook_is_read_as_it_looks() -> None:
    columns = (Column("Tên đơn vị"), Column("Gian hàng"), Column("SĐT"))
    data = workbook(
        Table("Danh sách", columns, [("HTX Đắk Lắk", 94, "+84 912 345 678"), ("=1+1", "A-1", 0.5)])
    )
    sheet = read_sheet(data)
    assert sheet.header == ("Tên đơn vị", "Gian hàng", "SĐT")
    assert rows(sheet) == [(2, ("HTX Đắk Lắk", "94", "+84 912 345 678")), (3, ("=1+1", "A-1", "0.5"))]
    assert (sheet.sheet_name, sheet.sheet_names, sheet.findings) == ("Danh sách", ("Danh sách",), ())


def test_the_first_page_with_something_on_it_is_read_unless_one_is_named() -> None:
    named = (Column("name"),)
    data = workbook(Table("Cover", (), ()), Table("A", named, [("a",)]), Table("B", named, [("b",)]))
    sheet = read_sheet(data)
    assert (sheet.sheet_name, sheet.rows[0].cells) == ("A", ("a",))
    assert sheet.findings == (Finding(FileNote.MORE_SHEETS, 2),)
    assert read_sheet(data, sheet="B").rows[0].cells == ("b",)
    refused = refusal(data, sheet="C")
    assert (refused.reason, refused.facts["sheets"]) == (FileReason.UNKNOWN_SHEET, "Cover, A, B")


def test_a_list_that_starts_far_inside_keeps_its_line_numbers() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for cell, value in {
        "C3": "Danh sách",
        "C5": "Tên đơn vị",
        "D5": "Gian hàng",
        "C7": "HTX",
        "D7": 94,
    }.items():
        book.active[cell] = value
    out = io.BytesIO()
    book.save(out)
    sheet = read_sheet(out.getvalue())
    assert (sheet.header, sheet.header_line, sheet.title_lines) == (
        ("", "", "Tên đơn vị", "Gian hàng"),
        5,
        ("Danh sách",),
    )
    assert rows(sheet) == [(7, ("", "", "HTX", "94"))]
