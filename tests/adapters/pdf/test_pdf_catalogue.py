"""The book holds everybody once, leads to the right pages, and no record stops it."""

import ctypes
import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reading import bookmarks, codes, squeezed, texts
from samples import address, book, entry, photo

from fairapp.adapters.pdf.book import Catalogue, CatalogueProduct
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.paper import BOOK, SHEET, Paper
from fairapp.rules.collation import vietnamese_key
from fairapp.rules.printing import Finding, PrintFault, Report


def printed(catalogue: Catalogue) -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = print_catalogue(out, catalogue)
    return out.getvalue(), report


@pytest.fixture(scope="module")
def small() -> tuple[bytes, Report]:
    return printed(
        book([entry(n) for n in range(1, 13)], [entry(n, booths=(f"B-{n}",)) for n in range(13, 23)])
    )


def test_every_entry_is_found_once_on_the_page_its_bookmark_names(small: tuple[bytes, Report]) -> None:
    data, report = small
    pages = [squeezed(page) for page in texts(data)]
    marks = {title: page for level, title, page in bookmarks(data) if level == 1}
    names = [entry(n).name for n in range(1, 23)]
    assert list(marks) == names
    for name, page in marks.items():
        assert [n for n, text in enumerate(pages, 1) if squeezed(name + "Huong Rung") in text] == [page]
    assert (report.printed, report.skipped, report.findings) == (22, 0, ())


def test_bookmarks_lead_to_cover_contents_chapters_and_indexes(small: tuple[bytes, Report]) -> None:
    data, _ = small
    pages = texts(data)
    tops = [(title, page) for level, title, page in bookmarks(data) if level == 0]
    titles = [title for title, _ in tops]
    assert titles[1:] == ["Nội dung", "Nhà A", "Nhà B", "Bảng tra đơn vị", "Bảng tra gian hàng"]
    assert tops[:2] == [("Hội chợ OCOP Quốc tế 2027", 1), ("Nội dung", 2)]
    for title, page in tops[1:]:
        assert squeezed(title) in squeezed(pages[page - 1])


def test_the_contents_name_the_pages_chapters_begin_on(small: tuple[bytes, Report]) -> None:
    data, _ = small
    contents = squeezed(texts(data)[1])
    for level, title, page in bookmarks(data)[2:]:
        if level == 0:
            assert squeezed(f"{title}{page}") in contents


def test_the_index_of_names_is_in_order_and_names_the_right_pages(small: tuple[bytes, Report]) -> None:
    data, _ = small
    first = next(page for _, title, page in bookmarks(data) if title == "Bảng tra đơn vị")
    last = next(page for _, title, page in bookmarks(data) if title == "Bảng tra gian hàng")
    index = squeezed("".join(texts(data)[first - 1 : last - 1]))
    marks = {title: page for level, title, page in bookmarks(data) if level == 1}
    booths = {entry(n).name: f"A-{n:03d}" if n < 13 else f"B-{n}" for n in range(1, 23)}
    places = []
    for name in sorted(marks, key=vietnamese_key):
        if name.startswith("البوسنة"):
            continue  # readers give a line of two directions in an order of their own
        row = squeezed(f"{name}{booths[name]}{marks[name]}")
        assert row in index
        places.append(index.index(row))
    assert places == sorted(places)


def test_the_index_of_booths_names_everybody_s_page(small: tuple[bytes, Report]) -> None:
    data, _ = small
    first = next(page for _, title, page in bookmarks(data) if title == "Bảng tra gian hàng")
    index = squeezed("".join(texts(data)[first - 1 :]))
    marks = {title: page for level, title, page in bookmarks(data) if level == 1}
    assert squeezed(f"A-001{entry(1).name}{marks[entry(1).name]}") in index
    assert index.index("A-002") < index.index("A-011") < index.index("B-13")


def test_the_codes_on_every_page_of_entries_decode(small: tuple[bytes, Report]) -> None:
    data, _ = small
    found = [code for page in range(2, len(texts(data)) - 2) for code in codes(data, page)]
    assert sorted(found) == sorted(address(n) for n in range(1, 23))


def test_every_page_but_the_cover_bears_its_number(small: tuple[bytes, Report]) -> None:
    data, _ = small
    for number, page in enumerate(texts(data)[1:], 2):
        assert str(number) in page.split()


def test_fonts_are_embedded_and_the_document_says_title_and_language(small: tuple[bytes, Report]) -> None:
    with pikepdf.open(io.BytesIO(small[0])) as pdf:
        assert pdf.Root.Lang == "vi"
        assert pdf.docinfo["/Title"] == "Hội chợ OCOP Quốc tế 2027"
        fonts = pdf.pages[2].Resources.Font
        assert len(fonts) > 10
        for font in fonts.values():
            assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
            assert "/ToUnicode" in font
        assert pdf.check_pdf_syntax() == []


def test_links_from_contents_and_indexes_lead_to_places_that_exist(small: tuple[bytes, Report]) -> None:
    with pikepdf.open(io.BytesIO(small[0])) as pdf:
        links = [annotation for page in pdf.pages for annotation in page.get("/Annots", [])]
        assert len(links) == 4 + 22 + 22
        known = {page.objgen for page in pdf.pages}
        for link in links:
            assert link.Dest[0].objgen in known


def test_photos_are_passed_through_untouched() -> None:
    noise = photo(311, 207)
    data, _ = printed(book([entry(1, photo=noise)]))
    assert noise in data


def test_the_same_book_gives_the_same_bytes() -> None:
    entries = [entry(n) for n in range(1, 12)]
    assert printed(book(entries))[0] == printed(book(entries))[0]


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_grey_colour_and_print_photos_are_taken(mode: str) -> None:
    assert printed(book([entry(1, photo=photo(60, 40, mode))]))[1].findings == ()


BAD = (
    ({"name": ""}, Finding("1", "name", PrintFault.NO_NAME)),
    ({"name": "\u202e\u0000 "}, Finding("1", "name", PrintFault.NO_NAME)),
    ({"photo": b"GIF89a"}, Finding("1", "photo", PrintFault.BROKEN_PHOTO)),
    ({"photo": photo()[:200]}, Finding("1", "photo", PrintFault.BROKEN_PHOTO)),
    ({"photo": Path("/nowhere/at/all.jpg")}, Finding("1", "photo", PrintFault.BROKEN_PHOTO)),
    ({"qr": "x" * 4000}, Finding("1", "qr", PrintFault.QR_TOO_LONG)),
    ({"story": "chè " * 6000}, Finding("1", "story", PrintFault.TOO_LONG)),
    ({"story": "\U00013000"}, Finding("1", "story", PrintFault.NO_GLYPH)),
    ({"name": "x" * 300}, Finding("1", "name", PrintFault.TOO_LONG)),
    ({"name": "a\u202eb"}, Finding("1", "name", PrintFault.CONTROL_CHARACTERS)),
    ({"products": None}, Finding("1", "", PrintFault.SKIPPED)),
)


@pytest.mark.parametrize(("changes", "finding"), BAD)
def test_a_bad_record_is_reported_and_the_others_are_printed(
    changes: dict[str, object], finding: Finding
) -> None:
    data, report = printed(book([entry(0), entry(1, **changes), entry(2)]))
    assert finding in report.findings
    assert {each.record for each in report} == {"1"}
    everything = squeezed("".join(texts(data)))
    assert squeezed(entry(0).name + "Huong") in everything
    assert squeezed(entry(2).name + "Huong") in everything


def test_markup_and_emoji_in_every_field_are_only_text() -> None:
    text = '<b>&amp;</b><img src="/etc/passwd"/>🍵'
    odd = entry(
        1, name=text, second=text, story=text, origin=text, products=(CatalogueProduct(text, text, 9),)
    )
    data, report = printed(book([odd]))
    assert report.findings == ()
    assert squeezed("".join(texts(data))).count(squeezed('<b>&amp;</b><imgsrc="/etc/passwd"/>')) >= 6


def test_the_product_group_stands_in_words_beside_its_mark() -> None:
    data, _ = printed(
        book([entry(1, group="Đồ uống", mark="drink"), entry(2, group="Dược liệu", mark="unheard of")])
    )
    found = squeezed("".join(texts(data)))
    assert [found.count(squeezed(group)) for group in ("Đồ uống", "Dược liệu")] == [1, 1]


def test_a_failure_is_logged_with_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    printed(book([entry(1, products=None)]))
    assert [record.getMessage() for record in caplog.records] == ["record 1 was left out of print"]
    assert "TypeError" in caplog.text


def test_an_empty_book_is_a_book() -> None:
    assert len(texts(printed(book([]))[0])) == 5


@pytest.mark.parametrize("paper", [BOOK, SHEET], ids=lambda paper: str(paper.name))
@pytest.mark.parametrize("full", [False, True])
def test_a_record_with_everything_at_its_longest_goes_on_overleaf_whole(paper: Paper, full: bool) -> None:
    told = [f"từ{n:04d}" for n in range(600)]
    products = [f"Chè Shan tuyết số {n:02d} " + "cổ thụ " * 14 for n in range(60)]
    long = entry(
        1,
        name="Hợp tác xã " * 18,
        second="Cooperative " * 16,
        story=" ".join(told),
        beside=" ".join(reversed(told)),
        beside_lang="en",
        products=tuple(
            CatalogueProduct(name, "Shan tea " * 20, 5, proof=f"GCN-{n:02d} " + "UBND tỉnh " * 20)
            for n, name in enumerate(products)
        ),
        origin="Xã Bản Liền " * 24,
        contact="0912000418 · " + "a" * 240 + "@example.org · https://" + "w" * 280,
        stand="Cùng với " + "Hợp tác xã " * 120,
        booths=tuple(f"A-{n}" for n in range(30)),
        full=full,
    )
    out = io.BytesIO()
    report = print_catalogue(out, book([entry(0), long, entry(2)]), paper=paper)
    data = out.getvalue()
    assert (report.printed, report.findings) == (3, ())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    everything = squeezed("".join(texts(data)))
    assert all(everything.count(word) == 2 for word in told)
    assert all(f"số{n:02d}" in everything and f"GCN-{n:02d}" in everything for n in range(60))
    assert squeezed(long.stand) in everything
    assert everything.count("a" * 240) == 1
    assert everything.count("w" * 280) == 1
    assert "…" not in everything.replace(squeezed(f"{long.name.strip()} …"), "")


def test_an_entry_goes_on_under_its_name_and_stands_in_the_indexes_once() -> None:
    long = entry(1, story="sáu mươi héc-ta " * 500)
    data, report = printed(book([long, entry(2)]))
    pages = texts(data)
    assert len([page for page in pages if "sáu mươi" in page]) > 1
    assert len([page for page in pages if f"{long.name} …" in page]) == 3
    assert [title for level, title, _ in bookmarks(data) if level == 1] == [long.name, entry(2).name]
    assert report.printed == 2


def test_the_parts_of_a_long_entry_come_from_the_stock_too(tmp_path: Path) -> None:
    made = book([entry(1, story="sáu mươi héc-ta " * 500), entry(2)])
    found = []
    for number in range(2):
        with (tmp_path / f"{number}.pdf").open("wb") as file:
            print_catalogue(file, made, stock=tmp_path / "stock")
        found.append((tmp_path / f"{number}.pdf").read_bytes())
    assert found[0] == found[1] == printed(made)[0]


def test_words_between_stars_are_bold_and_their_stars_are_gone() -> None:
    data, report = printed(book([entry(1, story="Hái *trên trăm tuổi* quanh xưởng, 2*3*4 nhà")]))
    assert report.findings == ()
    assert "Hái trên trăm tuổi quanh xưởng, 2*3*4 nhà" in " ".join("".join(texts(data)).split())
    assert ("Bold" in face_of(data, "trăm"), "Bold" in face_of(data, "xưởng")) == (True, False)


def face_of(data: bytes, word: str) -> str:
    """The typeface in which a word is set where it stands first."""
    with pypdfium2.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number].get_textpage()
            if hit := page.search(word).get_next():
                name = ctypes.create_string_buffer(200)
                pypdfium2.raw.FPDFText_GetFontInfo(page, hit[0], name, 200, ctypes.c_int())
                return name.value.decode()
    raise AssertionError(word)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("กลุ่ม*ทอผ้าไหม*บ้านดอนกลาง " * 30, "th"),
        ("شركة *الشاي الأخضر* في الجبل " * 30, "ar"),
        ("新しい*お茶*をどうぞ。" * 40, "ja"),
    ],
)
def test_stressed_words_of_every_script_read_back(text: str, lang: str) -> None:
    data, report = printed(book([entry(1, story=text, story_lang=lang, name="Ớt", lang="vi")]))
    assert report.findings == ()
    assert "*" not in "".join(texts(data))
    part = squeezed(text.replace("*", ""))[:40]
    if lang != "ar":
        assert part in squeezed("".join(texts(data)))


def test_progress_is_told_and_ends_with_all() -> None:
    told: list[tuple[int, int]] = []
    print_catalogue(
        io.BytesIO(), book([entry(n) for n in range(45)]), lambda done, total: told.append((done, total))
    )
    assert told == [(20, 45), (40, 45), (45, 45)]


def test_what_is_printed_leaves_the_memory(tmp_path: Path) -> None:
    """The file grows while the book is being printed: pages and photos do not wait for the end."""
    grown: list[int] = []
    with (tmp_path / "book.pdf").open("wb", buffering=0) as out:
        print_catalogue(
            out,
            book([entry(n, photo=photo()) for n in range(80)]),
            lambda *_: grown.append(out.tell()),
        )
    assert grown == sorted(grown)
    assert grown[0] < grown[1] < grown[2] < grown[3]
