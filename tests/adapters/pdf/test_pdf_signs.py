"""Booth signs: one page each, with a code that leads to the booth's page."""

import io

from reading import bookmarks, codes, squeezed, texts
from samples import NAMES, SIGNS, address, sign

from fairapp.adapters.pdf.signs import Sign, SignProduct, print_signs
from fairapp.rules.printing import Finding, PrintFault, Report


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


def test_a_sign_says_what_to_do_in_both_languages() -> None:
    found = squeezed(texts(printed([sign(0)])[0])[0])
    assert squeezed(SIGNS.scan) in found
    assert squeezed(SIGNS.scan_second) in found
    assert "4sao" in found


def test_a_shared_booth_names_who_is_there_and_how_many_more() -> None:
    three = squeezed(texts(printed([sign(0, names=NAMES[:3])])[0])[0])
    assert [name for name, _ in NAMES[:3] if squeezed(name) not in three] == []
    many = squeezed(texts(printed([sign(0, names=NAMES)])[0])[0])
    assert squeezed(f"+ {len(NAMES) - 2}") in many


def test_bad_records_are_reported_and_left_out() -> None:
    odd = [
        sign(0, names=()),
        sign(1, names=(("<b>" * 90, "zz"),), booth="Pad 3/PAD 2 R125", marks=("none",)),
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
