"""Signs of halls: true sizes, names as they were typed, what does not fit is reported."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reading import squeezed, texts
from samples import NAMES

from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.hall_signs import (
    Aisle,
    Fascia,
    HallDirectory,
    print_aisles,
    print_directories,
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
    _data, report = boards("Hợp tác xã nông nghiệp dịch vụ tổng hợp " * 4, "")
    assert Finding("0", "fascia", PrintFault.CUT) in report.findings
    assert Finding("1", "fascia", PrintFault.NO_NAME) in report.findings
    assert (report.printed, report.skipped) == (1, 1)


def test_stickers_fill_sheets_of_twenty_four() -> None:
    out = io.BytesIO()
    codes = [(f"A-{n:03d}", f"7K2M{n:03d}") for n in range(30)]
    report = print_stickers(out, codes, "Nhãn", "vi")
    pages = texts(out.getvalue())
    assert (len(pages), report.printed) == (2, 30)
    assert [code for _, code in codes if code not in squeezed("".join(pages))] == []


def test_an_aisle_sign_says_between_which_numbers_one_walks() -> None:
    out = io.BytesIO()
    aisles = [Aisle("A", "Nhà A", "A-001", "A-018"), Aisle("B", "Nhà B", "B-001", "B-001")]
    assert print_aisles(out, aisles, "Lối đi", "vi").printed == 2
    first, second = (squeezed(page) for page in texts(out.getvalue()))
    assert ("NhàA" in first, "001" in first, "018" in first, second.count("001")) == (True, True, True, 1)


def test_a_directory_is_an_a1_sheet_with_every_name_the_plan_and_the_reader() -> None:
    square = ((0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0))
    rows = [(f"{NAMES[n % 11][0]} {n}", NAMES[n % 11][1], f"A-{n:03d}") for n in range(300)]
    hall = HallDirectory(
        "A", "Nhà A", "Hội chợ", rows, [Piece((square,), "A-001")], Box(0, 0, 60, 30), (10, 10), "Ở đây"
    )
    out = io.BytesIO()
    report = print_directories(out, [hall], "Bảng", "vi")
    with pypdfium2.PdfDocument(out.getvalue()) as pdf:
        assert [value / MM for value in pdf[0].get_size()] == pytest.approx([594, 841], abs=0.5)
    page = squeezed(texts(out.getvalue())[0])
    assert [name for name, _, _ in rows if squeezed(name) not in page] == []
    assert report.findings == ()
