"""What stands beside the entries: texts that run on, halves of pages, plans that lead to entries."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from reading import bookmarks, squeezed, texts
from samples import book, entry, photo

from fairapp.adapters.pdf.book import Advert, Catalogue, CatalogueProduct, FrontText, HallMap
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.document import A4, Document
from fairapp.adapters.pdf.paper import BOOK, SHEET, Paper
from fairapp.adapters.pdf.plan_sheets import Piece
from fairapp.adapters.pdf.spacing import justified
from fairapp.adapters.pdf.text import Style
from fairapp.rules.printing import PrintFault, Report

PARAGRAPH = "Bà con người Tày và người Mông hái búp trên cây trăm tuổi rồi sao tay trong chảo gang. " * 12
HALL = Piece((((0, 0), (60, 0), (60, 20), (0, 20)),), "", "hall")
STANDS = tuple(
    Piece((((x, 2), (x + 3, 2), (x + 3, 5), (x, 5)),), f"A-{n:03d}") for n, x in enumerate(range(2, 50, 4), 1)
)
PLAN = HallMap("Nhà A", (HALL, *STANDS), 0, 0, 60, 20)


def printed(catalogue: Catalogue, paper: Paper = BOOK) -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = print_catalogue(out, catalogue, paper=paper)
    return out.getvalue(), report


def with_front(**more: Any) -> Catalogue:
    made = book([entry(n) for n in range(1, 13)])
    return replace(made, labels=replace(made.labels, maps="Sơ đồ", advert="Quảng cáo"), **more)


@pytest.mark.parametrize("paper", [BOOK, SHEET], ids=lambda paper: paper.name)
def test_a_long_text_runs_on_and_all_of_it_is_there(paper: Paper) -> None:
    text = FrontText("Lời chào", (PARAGRAPH,) * 7, "Trưởng ban", "vi")
    data, report = printed(with_front(texts=(text,)), paper)
    marks = {title: page for _, title, page in bookmarks(data)}
    between = texts(data)[marks["Lời chào"] - 1 : marks["Nhà A"] - 1]
    assert len(between) > 1
    said = squeezed("".join(between))
    assert said.count("gang.") == 7 * 12
    assert squeezed("Trưởng ban") in squeezed(between[-1])
    assert squeezed(f"Lời chào{marks['Lời chào']}") in squeezed(texts(data)[1])
    assert report.findings == ()


def test_halves_share_a_page_and_a_broken_picture_is_reported() -> None:
    good = [Advert(f"ad {n}", photo(400 + n), f"Ảnh {n}", half=True) for n in range(3)]
    broken = Advert("ad 9", b"no picture", "Không có")
    data, report = printed(with_front(adverts={"back": (*good, broken)}))
    bare, _ = printed(with_front())
    assert len(texts(data)) - len(texts(bare)) == 2
    assert [(each.record, each.field, each.reason) for each in report] == [
        ("ad 9", "advert", PrintFault.BROKEN_PHOTO)
    ]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = [str(each["/Alt"]) for each in pdf.objects if _is_figure(each) and "/Alt" in each]
    assert {"Ảnh 0", "Ảnh 1", "Ảnh 2"} <= set(said)


def _is_figure(each: Any) -> bool:
    return isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"


@pytest.mark.parametrize("paper", [BOOK, SHEET], ids=lambda paper: paper.name)
def test_a_plan_has_its_booths_numbers_and_leads_to_the_entries(paper: Paper) -> None:
    data, _ = printed(with_front(maps=(PLAN,)), paper)
    page = next(page for _, title, page in bookmarks(data) if title == "Sơ đồ")
    seen = squeezed(texts(data)[page - 1])
    assert "NhàA" in seen
    assert all(f"{n:03d}" in seen for n in range(1, 13))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = pdf.pages[page - 1].Annots
        assert len(links) == 12
        entries = [str(each.Contents) for each in links]
        pages_of = {pdf.pages[n].objgen: n + 1 for n in range(len(pdf.pages))}
        assert all(
            said == f"A-{n:03d}, {pages_of[link.Dest[0].objgen]}"
            for n, (said, link) in enumerate(zip(entries, links, strict=True), 1)
        )


@pytest.mark.parametrize("paper", [BOOK, SHEET], ids=lambda paper: paper.name)
def test_a_full_entry_has_its_page_alone_and_all_its_products(paper: Paper) -> None:
    products = tuple(CatalogueProduct(f"Trà số {n}", stars=4, proof=f"{n}/QĐ-UBND") for n in range(12))
    whole = entry(3, full=True, products=products)
    made = with_front()
    entries = [entry(1), entry(2), whole, entry(4)]
    made = replace(made, chapters=(replace(made.chapters[0], entries=entries),))
    data, report = printed(made, paper)
    marks = {title: page for _, title, page in bookmarks(data)}
    assert [title for title, page in marks.items() if page == marks[whole.name]] == [whole.name]
    page = squeezed(texts(data)[marks[whole.name] - 1])
    assert all(squeezed(f"Trà số {n}") in page and f"{n}/QĐ-UBND" in page for n in range(12))
    assert PrintFault.CUT not in {each.reason for each in report}


def test_the_opening_of_a_large_page_tells_figures_and_shows_the_plan() -> None:
    made = with_front()
    chapter = replace(made.chapters[0], facts=(("12", "đơn vị"), ("9", "gian hàng")), plan=PLAN)
    data, _ = printed(replace(made, chapters=(chapter,)), SHEET)
    bare, _ = printed(made, SHEET)
    page = next(page for _, title, page in bookmarks(data) if title == "Nhà A")
    assert squeezed("12đơn vị9gian hàng") in squeezed(texts(data)[page - 1])
    assert len(data) != len(bare)


def lines(text: str, lang: str, width: float = 220) -> tuple[list[Any], float]:
    doc = Document(io.BytesIO(), "x", lang)
    with doc.page(A4):
        return doc.type.lines(text, Style(10, lang=lang), width), width / 10


@pytest.mark.parametrize(
    ("text", "lang"),
    [(PARAGRAPH, "vi"), ("来場者は予約番号を受付で見せて、名札を受け取ってください。" * 6, "ja")],
)
def test_lines_are_stretched_to_one_width_but_the_last_is_not(text: str, lang: str) -> None:
    ragged, room = lines(text, lang)
    even = justified(ragged, room)
    assert [round(line.width, 6) for line in even[:-1]] == [room] * (len(even) - 1)
    assert even[-1] is ragged[-1]
    assert any(line.width < room - 0.1 for line in ragged[:-1])


def test_a_line_is_not_torn_apart_and_one_of_two_directions_stays() -> None:
    ragged, room = lines("Trà Khổng-lồ-không-thể-nào-ngắt-ra-được-ở-đâu-cả ngon", "vi", 150)
    assert justified(ragged, room * 3)[0] is ragged[0]
    arabic, room = lines("شركة التمور والعسل الطبيعي " * 8, "ar")
    assert justified(arabic, room) == arabic
