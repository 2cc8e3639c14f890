"""Badges by designs of a fair's own: every paper, folded or not, decodes as a gate would see it."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reading import codes_askew, squeezed, texts
from samples import BADGES, TOKEN, badge, photo

from fairapp.adapters.pdf.badge_faces import readable_on
from fairapp.adapters.pdf.badge_sheets import places_on
from fairapp.adapters.pdf.badges import print_badges
from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.records import Layout
from fairapp.adapters.pdf.rendering import page_png
from fairapp.rules.badge_designs import Align, Design, Part, Placed, Sides
from fairapp.rules.badge_presets import PRESETS, Preset
from fairapp.rules.badge_tokens import TOKEN_LENGTH
from fairapp.rules.printing import Finding, PrintFault, Report

LANYARD = PRESETS[Preset.LANYARD]


def token(number: int) -> str:
    """A text as long as a badge's real one."""
    return f"FB1:{TOKEN}"[: TOKEN_LENGTH - 2] + f"{number:02d}"


def printed(
    design: Design | None, count: int = 1, layout: Layout = "single", **changes: object
) -> tuple[bytes, Report]:
    out = io.BytesIO()
    badges = [badge(n, design=design, token=token(n), **changes) for n in range(count)]
    report = print_badges(out, badges, BADGES, layout, None, {"p.jpg": photo()})
    return out.getvalue(), report


@pytest.mark.parametrize("preset", list(Preset))
@pytest.mark.parametrize("layout", ["single", "a4"])
def test_every_paper_has_its_size_and_its_code_decodes_blurred_and_turned(
    preset: Preset, layout: Layout
) -> None:
    design = PRESETS[preset]
    data, report = printed(design, 2, layout)
    assert (report.printed, report.findings) == (2, ())
    with pypdfium2.PdfDocument(data) as pdf:
        size = [value / MM for value in pdf[0].get_size()]
        assert size == pytest.approx(design.paper if layout == "single" else (210, 297), abs=0.2)
        assert len(pdf) == (2 if layout == "single" or places_on(design, layout) == (1, 1) else 1)
    on_a_page = set(codes_askew(data))
    together = places_on(design, layout) != (1, 1)
    assert on_a_page == ({token(0), token(1)} if together else {token(0)})


def test_the_house_decodes_as_well() -> None:
    for layout in ("single", "a4"):
        data, _ = printed(None, 1, layout)  # type: ignore[arg-type]
        assert codes_askew(data) == [token(0)]


def test_the_symbol_on_paper_is_thirty_millimetres_in_white() -> None:
    data, _ = printed(PRESETS[Preset.LABEL_62])
    picture = Image.open(io.BytesIO(page_png(data, 0, 300)))
    corner = zxingcpp.read_barcodes(picture)[0].position
    assert corner.bottom_right.x - corner.top_left.x >= 30 / 25.4 * 300 - 2


@pytest.mark.parametrize("sides", [Sides.FOLD_TOP, Sides.FOLD_SIDE])
def test_a_folded_badge_bears_its_front_twice_and_is_read_once(sides: Sides) -> None:
    data, _ = printed(replace(LANYARD, sides=sides))
    assert codes_askew(data) == [token(0), token(0)]
    assert squeezed(texts(data)[0]).count("7K2M-0000") in (1, 2)


def test_a_back_of_its_own_has_its_own_words() -> None:
    back = (Placed(Part.TEXT, 5, 10, 76, 40, 12),)
    design = replace(LANYARD, sides=Sides.FOLD_TOP, back=back, text="Cấp cứu: gọi 115 <b>")
    data, _ = printed(design)
    assert squeezed("Cấp cứu: gọi 115 <b>") in squeezed(texts(data)[0])
    assert codes_askew(data) == [token(0)]


def test_names_keep_their_least_size_and_the_report_says_what_was_cut() -> None:
    data, report = printed(PRESETS[Preset.LABEL_80], name="Nguyễn Thị Hoàng Ngọc Phương Thảo " * 3)
    assert report.findings == (Finding("0", "name", PrintFault.CUT),)
    assert "…" in texts(data)[0]


def test_every_align_and_a_picture_are_drawn() -> None:
    fields = tuple(
        replace(each, align=Align.CENTRE if each.part is Part.NAME else Align.RIGHT) for each in LANYARD.front
    )
    design = replace(
        LANYARD, front=(*fields, Placed(Part.PICTURE, 66, 9, 15, 11)), picture="p.jpg", colour="#F2BE22"
    )
    data, report = printed(design, 2, "a4")
    assert report.findings == ()
    assert data.count(b"/DCTDecode") == 1, "the picture is in the file once"
    _, report = printed(replace(design, picture="gone.jpg"))
    assert report.findings == (Finding("0", "photo", PrintFault.BROKEN_PHOTO),)


def test_bad_records_are_reported_and_stop_nothing() -> None:
    out = io.BytesIO()
    odd = [
        badge(0, design=LANYARD, name=" "),
        badge(1, design=LANYARD, name=None),
        badge(2, design=LANYARD, name="🍵<para>", token="x" * 5000),
        badge(3, design=LANYARD, duty="x" * 500),
        badge(4),
    ]
    report = print_badges(out, odd, BADGES)
    assert (report.printed, report.skipped) == (3, 2)
    assert Finding("2", "qr", PrintFault.QR_TOO_LONG) in report.findings
    assert len(texts(out.getvalue())) == 2


def test_ink_on_a_band_is_what_can_be_read() -> None:
    assert (readable_on("#26397F"), readable_on("#F2BE22")) == ("#FFFFFF", "#1B1D2A")


def test_the_same_badges_give_the_same_bytes() -> None:
    assert printed(LANYARD, 3)[0] == printed(LANYARD, 3)[0]
