"""Badges: eight to a sheet or one to a page, each with a code that scans."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from reading import codes, squeezed, texts
from samples import BADGES, TOKEN, badge

from fairapp.adapters.pdf.badges import QR_SIDE, SMALLEST_NAME, Badge, BadgeRole, print_badges
from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.records import Layout
from fairapp.rules.printing import Finding, PrintFault, Report


def printed(badges: list[Badge], layout: Layout = "a4") -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = print_badges(out, badges, BADGES, layout)
    return out.getvalue(), report


@pytest.mark.parametrize(("layout", "pages", "size"), [("a4", 2, (210, 297)), ("single", 11, (86, 124))])
def test_sheets_have_their_size_and_every_name_is_on_them(
    layout: Layout, pages: int, size: tuple[int, int]
) -> None:
    badges = [badge(n) for n in range(11)]
    data, report = printed(badges, layout)
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == pages
        assert [round(value / MM) for value in pdf[0].get_size()] == list(size)
    everything = squeezed("".join(texts(data)))
    assert [each.name for each in badges if squeezed(each.name.rsplit(" ", 1)[0]) not in everything] == []
    assert (report.printed, report.skipped) == (11, 0)


@pytest.mark.parametrize("layout", ["a4", "single"])
def test_every_code_decodes(layout: Layout) -> None:
    data, _ = printed([badge(n) for n in range(8)], layout)
    found = [code for page in range(1 if layout == "a4" else 8) for code in codes(data, page, 150)]
    assert sorted(found) == sorted(f"{TOKEN}{n}" for n in range(8))


def test_a_code_is_at_least_thirty_millimetres_and_its_quiet_zone_is_white() -> None:
    assert QR_SIDE >= 30 * MM
    data, _ = printed([badge(1)], "single")
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[0].render(scale=300 / 72).to_pil().convert("L")
    import zxingcpp

    corner = zxingcpp.read_barcodes(picture)[0].position
    side = corner.bottom_right.x - corner.top_left.x
    assert side >= 30 / 25.4 * 300 - 2
    edge = 4 * side / 45 - 2
    box = (
        corner.top_left.x - edge,
        corner.top_left.y - edge,
        corner.bottom_right.x + edge,
        corner.bottom_right.y + edge,
    )
    assert box[0] >= 0
    around = picture.crop(tuple(map(round, box)))
    around.paste(255, (round(edge) - 2, round(edge) - 2, round(edge + side) + 3, round(edge + side) + 3))
    assert around.getextrema() == (255, 255)


@pytest.mark.parametrize("layout", ["a4", "single"])
def test_the_longest_name_is_never_set_below_its_limit(layout: Layout) -> None:
    data, report = printed([badge(0, name="Nguyễn Thị Hoàng Ngọc Phương Thảo Công Tằng Tôn Nữ " * 2)], layout)
    assert report.findings == (Finding("0", "name", PrintFault.CUT),)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        code = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    sizes = [float(part.split()[-1]) for part in code.split("Tf")[:-1]]
    assert max(sizes) == SMALLEST_NAME


def test_a_badge_without_a_name_is_reported_and_leaves_no_gap() -> None:
    data, report = printed([badge(0), badge(1, name=" "), *(badge(n) for n in range(2, 9))])
    assert report.findings == (Finding("1", "name", PrintFault.NO_NAME),)
    assert (report.printed, report.skipped, len(texts(data))) == (8, 1, 1)


def test_odd_values_stop_nothing() -> None:
    odd = [
        badge(0, name="🍵🍵", organisation="<para>", role=BadgeRole("", "", icon="none")),
        badge(
            1, name="x" * 300, latin="y" * 300, organisation="z" * 300, booth="Q" * 60, halls=("H" * 40,) * 9
        ),
        badge(2, token="", code="", halls=(), booth=""),
        badge(3, name=None),
        badge(4, token="x" * 5000),
    ]
    data, report = printed(odd)
    assert Finding("3", "", PrintFault.SKIPPED) in report.findings
    assert Finding("4", "qr", PrintFault.QR_TOO_LONG) in report.findings
    assert codes(data, 0) == sorted([f"{TOKEN}0", f"{TOKEN}1"])


@pytest.mark.parametrize("layout", ["a4", "single"])
def test_the_widest_short_code_is_never_cut(layout: Layout) -> None:
    wide = [replace(badge(n), code="MWMW-WMWM", halls=("A", "B"), booth="A-001") for n in range(2)]
    assert squeezed("".join(texts(printed(wide, layout)[0]))).count("MWMW-WMWM") == 2


def test_no_badges_are_one_empty_sheet() -> None:
    assert texts(printed([])[0]) == [""]


def test_the_same_badges_give_the_same_bytes() -> None:
    badges = [badge(n) for n in range(11)]
    assert printed(badges)[0] == printed(badges)[0]
