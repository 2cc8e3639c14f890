"""Every printed document is tagged in reading order and says what PDF/UA-1 and PDF/A-2a ask for."""

import io
import re
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest
from PIL import ImageCms
from samples import BADGES, SIGNS, badge, book, entry, sign

from fairapp.adapters.pdf.badges import print_badges
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.metadata import srgb_profile
from fairapp.adapters.pdf.paper import PAPERS
from fairapp.adapters.pdf.signs import print_signs


def catalogue(size: str = "a5") -> bytes:
    out = io.BytesIO()
    print_catalogue(out, book([entry(n) for n in range(1, 23)]), paper=PAPERS[size])
    return out.getvalue()


def badges() -> bytes:
    out = io.BytesIO()
    print_badges(out, [badge(n) for n in range(11)], BADGES)
    return out.getvalue()


def signs() -> bytes:
    out = io.BytesIO()
    print_signs(out, [sign(n) for n in range(3)], SIGNS)
    return out.getvalue()


DOCUMENTS = {"a5": catalogue(), "a4": catalogue("a4"), "badges": badges(), "signs": signs()}


@pytest.fixture(params=DOCUMENTS)
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(DOCUMENTS[request.param])) as opened:
        yield opened


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every tag in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        element = waiting.pop(0)
        yield element
        below = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
        for kid in below:
            assert kid.P.objgen == element.objgen
        waiting[:0] = below


def test_a_document_says_that_it_is_tagged_and_which_standards_it_follows(pdf: pikepdf.Pdf) -> None:
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.Lang == "vi"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    with pdf.open_metadata() as told:
        assert told["pdfaid:part"] == "2"
        assert told["pdfaid:conformance"] == "A"
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == pdf.docinfo["/Title"]
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
    assert pdf.check_pdf_syntax() == []


def test_everything_on_a_page_is_tagged_or_decoration(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        open_marks = 0
        seen = []
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                open_marks += 1
                if "/MCID" in (instruction.operands[-1] if operator == "BDC" else {}):
                    seen.append(int(instruction.operands[-1]["/MCID"]))
            elif operator == "EMC":
                open_marks -= 1
            elif operator in ("TJ", "Tj", "f", "S", "B", "Do", "INLINE IMAGE"):
                assert open_marks > 0
        assert open_marks == 0
        assert seen == list(range(len(seen)))
        assert page.Tabs == "/S"


def test_the_tree_and_the_pages_know_each_other(pdf: pikepdf.Pdf) -> None:
    owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for page in pdf.pages:
        listed = owners[int(page.StructParents)]
        for mark, owner in enumerate(listed):
            assert mark in [kid for kid in kids(owner) if isinstance(kid, int)]
            assert owner.Pg.objgen == page.objgen
        for link in page.get("/Annots", []):
            owner = owners[int(link.StructParent)]
            assert owner.S == "/Link"
            assert link.objgen in [kid.Obj.objgen for kid in kids(owner) if not isinstance(kid, int)]
            assert str(link.Contents)
            assert int(link.F) == 4


def test_headings_never_skip_a_level_and_pictures_are_described(pdf: pikepdf.Pdf) -> None:
    level = 0
    for element in elements(pdf):
        if found := re.fullmatch(r"/H(\d)", str(element.S)):
            assert int(found[1]) <= level + 1
            level = int(found[1])
        if element.S == "/Figure":
            assert str(element.Alt)
            assert len(element.A.BBox) == 4
        if element.S == "/LI":
            assert element.P.S == "/L"


@pytest.mark.parametrize("size", PAPERS)
def test_an_entry_is_a_heading_with_its_texts_products_and_two_figures(size: str) -> None:
    with pikepdf.open(io.BytesIO(DOCUMENTS[size])) as pdf:
        counted = Counter(str(element.S) for element in elements(pdf))
        assert counted["/Figure"] == 2 * 22
        assert counted["/H1"] == 1 + 1 + 1 + 2
        assert counted["/TOCI"] == 3
        assert counted["/Link"] == 3 + 2 * 22
        languages = {str(element.Lang) for element in elements(pdf) if "/Lang" in element}
        assert languages >= {"th", "lo", "km", "my", "ja", "ko", "hi", "ar", "en"}


def test_fonts_say_the_text_of_every_code_and_never_show_a_missing_glyph(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        table = font.ToUnicode.read_bytes()
        codes = len(font.DescendantFonts[0].W[1])
        assert len(re.findall(rb"^<(?!0000)[0-9A-F]{4}> <[0-9A-F]+>$", table, re.M)) == codes - 1
    for page in pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) == "TJ":
                for part in instruction.operands[0]:
                    if isinstance(part, pikepdf.String):
                        text = bytes(part)
                        assert b"\0\0" not in [text[at : at + 2] for at in range(0, len(text), 2)]


def test_the_colour_profile_is_that_of_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    change = ImageCms.buildTransform(ours, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    from PIL import Image

    for colour in ((199, 52, 27), (38, 57, 127), (242, 190, 34), (0, 0, 0), (255, 255, 255)):
        after = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), change).getpixel((0, 0))
        assert max(abs(a - b) for a, b in zip(after, colour, strict=True)) <= 1
