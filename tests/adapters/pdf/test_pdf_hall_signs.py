"""Signs of halls: true sizes, names as they were typed, what does not fit is reported."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from reading import squeezed, texts
from samples import NAMES

from fairapp.adapters.pdf.directories import HallDirectory, Standing, print_directories
from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.hall_signs import (
    Aisle,
    Fascia,
    Sticker,
    print_aisles,
    print_fascias,
    print_stickers,
)
from fairapp.adapters.pdf.plan_sheets import Piece
from fairapp.rules.geometry import Box
from fairapp.rules.printing import Finding, PrintFault, Report


def boards(*said: str, scale: int = 1) -> tuple[bytes, Report]:
    """Boards with these texts."""
    out = io.BytesIO()
    made = [Fascia(str(n), f"A-{n:03d}", text) for n, text in enumerate(said)]
    report = print_fascias(out, made, "Biển", "vi", (3000, 300), scale)
    return out.getvalue(), report


@pytest.mark.parametrize("scale", [1, 10])
def test_a_board_has_its_true_size_or_the_scale_that_was_asked_for(scale: int) -> None:
    data, _report = boards("GUỒNG NƯỚC PÙ LUÔNG", scale=scale)
    with pypdfium2.PdfDocument(data) as pdf:
        size = [value / MM * scale for value in pdf[0].get_size()]
    assert size == pytest.approx([3000, 300], abs=0.5)


def test_the_text_stands_as_it_was_typed_and_is_no_markup() -> None:
    said = ("Guồng NƯỚC pù luông", "<b>Chè & Mật</b>", *(name for name, _lang in NAMES))
    data, report = boards(*said)
    pages = texts(data)
    assert [
        text for text, page in zip(said, pages, strict=True) if squeezed(text) not in squeezed(page)
    ] == []
    assert (report.printed, report.findings) == (len(said), ())


def test_what_fits_no_board_is_reported_with_record_and_field() -> None:
    _data, report = boards("HỢP TÁC XÃ NÔNG NGHIỆP DỊCH VỤ TỔNG HỢP " * 9, "")
    assert Finding("0", "fascia", PrintFault.TOO_LONG) in report.findings
    assert Finding("1", "fascia", PrintFault.NO_NAME) in report.findings
    assert (report.printed, report.skipped) == (1, 1)


def test_the_longest_text_that_can_be_typed_is_made_smaller_and_never_cut() -> None:
    said = [(f"{name} " * 40)[:80].strip() for name, _lang in NAMES]
    data, report = boards(*said)
    assert report.findings == ()
    missing = [
        word
        for text, page in zip(said, texts(data), strict=True)
        for word in set(text.split())
        if squeezed(page).count(squeezed(word)) < text.split().count(word)
    ]
    assert missing == []


def test_a_record_that_cannot_be_set_is_reported_and_the_others_stand() -> None:
    out = io.BytesIO()
    bad: Any = None
    made = [Fascia("1", "A-001", bad), Fascia("2", bad, "Gốm"), Fascia("3", "A-003", "CHÈ")]
    report = print_fascias(out, made, "Biển", "vi", (3000, 300))
    assert [squeezed(page) for page in texts(out.getvalue())] == ["CHÈA003"]
    assert report.findings == tuple(Finding(record, "", PrintFault.SKIPPED) for record in "12")
    assert (report.printed, report.skipped) == (1, 2)

    out = io.BytesIO()
    report = print_stickers(out, [Sticker("1", bad, "X"), Sticker("2", "A-002", "7K2M")], "Nhãn", "vi")
    assert [squeezed(page) for page in texts(out.getvalue())] == ["A0027K2M"]
    assert (report.printed, report.findings) == (1, (Finding("1", "", PrintFault.SKIPPED),))

    out = io.BytesIO()
    aisles = [Aisle("1", "Nhà A", bad, "A-002"), Aisle("2", "Nhà B", "B-001", "B-009")]
    report = print_aisles(out, aisles, "Lối đi", "vi")
    assert (len(texts(out.getvalue())), report.findings) == (1, (Finding("1", "", PrintFault.SKIPPED),))

    out = io.BytesIO()
    rows = [Standing(bad, "vi", "A-001"), Standing("Chè", "vi", "A-002")]
    hall = HallDirectory("Nhà A", "Nhà A", "Hội chợ", rows, [], Box(0, 0, 60, 30))
    report = print_directories(out, [hall, replace(hall, here=(bad, 1.0))], "Bảng", "vi")
    assert "Chè" in texts(out.getvalue())[0]
    assert report.findings == (
        Finding("Nhà A: A-001", "", PrintFault.SKIPPED),
        Finding("Nhà A", "", PrintFault.SKIPPED),
    )


def test_stickers_fill_sheets_of_twenty_four() -> None:
    out = io.BytesIO()
    codes = [Sticker(str(n), f"A-{n:03d}", f"7K2M{n:03d}") for n in range(30)]
    report = print_stickers(out, codes, "Nhãn", "vi")
    pages = texts(out.getvalue())
    assert (len(pages), report.printed) == (2, 30)
    assert [each for each in codes if each.code not in squeezed("".join(pages))] == []


def test_an_aisle_sign_says_between_which_numbers_one_walks() -> None:
    out = io.BytesIO()
    aisles = [Aisle("A", "Nhà A", "A-001", "A-018"), Aisle("B", "Nhà B", "B-001", "B-001")]
    assert print_aisles(out, aisles, "Lối đi", "vi").printed == 2
    first, second = (squeezed(page) for page in texts(out.getvalue()))
    assert ("NhàA" in first, "001" in first, "018" in first, second.count("001")) == (True, True, True, 1)


def test_a_directory_is_an_a1_sheet_with_every_name_the_plan_and_the_reader() -> None:
    square = ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0))
    rows = [Standing(f"{NAMES[n % 11][0]} {n}", NAMES[n % 11][1], f"A-{n:03d}") for n in range(300)]
    hall = HallDirectory(
        "A", "Nhà A", "Hội chợ", rows, [Piece((square,), "A-001")], Box(0, 0, 60, 30), (10, 10), "Ở đây"
    )
    out = io.BytesIO()
    report = print_directories(out, [hall], "Bảng", "vi")
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        assert [value / MM for value in pdf[0].get_size()] == pytest.approx([594, 841], abs=0.5)
    page = squeezed(texts(out.getvalue())[0])
    assert [row for row in rows if squeezed(row.name) not in page] == []
    assert report.findings == ()


def test_a_hall_of_many_has_more_than_one_sheet_and_nobody_is_left_out() -> None:
    rows = [Standing(f"Đơn vị {n:04d}", "vi", f"A-{n:04d}", "ผ้าไหม", "th") for n in range(900)]
    hall = HallDirectory("A", "Nhà A", "Hội chợ", rows, [], Box(0, 0, 60, 30))
    out = io.BytesIO()
    report = print_directories(out, [hall], "Bảng", "vi")
    pages = [squeezed(page) for page in texts(out.getvalue())]
    assert [f"NhàA({n}/{len(pages)})" in page for n, page in enumerate(pages, 1)] == [True] * 3
    assert [row for row in rows if squeezed(row.name) not in "".join(pages)] == []
    assert "ผ้าไหม" in pages[0]
    assert (report.printed, report.findings) == (3, ())
