"""Booth signs: one page each, with a code that leads to the booth's page."""

import io
from dataclasses import replace

from reading import bookmarks, codes, codes_askew, squeezed, texts
from samples import NAMES, SIGNS, address, sign

from fairapp.adapters.pdf.signs import Sign, SignName, SignProduct, print_signs
from fairapp.rules.printing import Finding, PrintFault, Report

NAMED = tuple(SignName(*each) for each in NAMES)


def printed(signs: list[Sign]) -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = print_signs(out, signs, SIGNS)
    return out.getvalue(), report


def test_each_booth_has_one_page_with_its_plate_name_code_and_address() -> None:
    data, report = printed([sign(n) for n in range(len(NAMES))])
    pages = texts(data)
    assert (len(pages), report.printed, report.findings) == (len(NAMES), len(NAMES), ())
    for number, page in enumerate(pages):
        found = squeezed(page)
        expected = (NAMES[number][0], f"7K2M{number:03d}", f"hoicho.example/B/7K2M{number:03d}")
        assert [each for each in expected if squeezed(each) not in found] == []
        assert codes(data, number, 100) == [address(number)]
    assert [title for _, title, _ in bookmarks(data)] == [f"A-{n:03d}" for n in range(len(NAMES))]


def test_a_sign_says_what_to_do_in_every_language_of_the_fair() -> None:
    further = (("สแกนเพื่อดูสินค้า", "th"), ("扫一扫，了解产品", "zh"), ("امسح الرمز", "ar"), ("ສະແກນ", "lo"))
    sheet = replace(SIGNS, scans=(*SIGNS.scans, *further))
    long = tuple(SignProduct(f"Chè {n}", 4) for n in range(3))
    for made in (sign(0), sign(0, products=long, names=NAMED[:3], spoken=(("ไทย", "th"),))):
        out = io.BytesIO()
        report = print_signs(out, [made], sheet)
        found = squeezed(texts(out.getvalue())[0])
        assert [text for text, _lang in sheet.scans if squeezed(text) not in found] == []
        assert "4sao" in found
        assert report.findings == ()
        assert codes_askew(out.getvalue()) == [address(0)]


def test_a_name_stands_in_its_own_script_and_in_latin_letters() -> None:
    thai = SignName(*NAMES[3], "Ban Don Klang Weaving Group")
    found = squeezed(texts(printed([sign(0, names=(thai,))])[0])[0])
    assert squeezed(thai.name) in found
    assert squeezed(thai.latin) in found
    both = squeezed(texts(printed([sign(0, names=(NAMED[0], thai))])[0])[0])
    assert squeezed(f"{thai.name} · {thai.latin}") in both


def test_what_is_spoken_at_the_stand_is_told_in_its_own_words() -> None:
    spoken = (("Tiếng Việt", "vi"), ("English", "en"), ("ລາວ", "lo"), ("မြန်မာ", "my"))
    found = squeezed(texts(printed([sign(0, spoken=spoken)])[0])[0])
    assert [word for word, _lang in spoken if squeezed(word) not in found] == []
    assert squeezed(SIGNS.spoken_label) in found
    assert squeezed(SIGNS.spoken_label) not in squeezed(texts(printed([sign(0)])[0])[0])


def test_a_shared_booth_names_who_is_there_and_how_many_more() -> None:
    three = squeezed(texts(printed([sign(0, names=NAMED[:3])])[0])[0])
    assert [each.name for each in NAMED[:3] if squeezed(each.name) not in three] == []
    many = squeezed(texts(printed([sign(0, names=NAMED)])[0])[0])
    assert squeezed(f"+ {len(NAMES) - 2}") in many
    counted = squeezed(texts(printed([sign(0, names=NAMED[:4], more=168)])[0])[0])
    assert squeezed("+ 170") in counted


def test_bad_records_are_reported_and_left_out() -> None:
    odd = [
        sign(0, names=()),
        sign(1, names=(SignName("<b>" * 90, "zz"),), booth="Pad 3/PAD 2 R125", marks=("none",)),
        sign(2, products=None),
        sign(3, qr="x" * 5000, products=tuple(SignProduct("p" * 400, 9) for _ in range(9))),
    ]
    data, report = printed(odd)
    assert (len(texts(data)), report.printed, report.skipped) == (2, 2, 2)
    assert Finding("0", "name", PrintFault.NO_NAME) in report.findings
    assert Finding("2", "", PrintFault.SKIPPED) in report.findings
    assert Finding("3", "qr", PrintFault.QR_TOO_LONG) in report.findings


def test_the_same_signs_give_the_same_bytes() -> None:
    signs = [sign(n) for n in range(4)]
    assert printed(signs)[0] == printed(signs)[0]
