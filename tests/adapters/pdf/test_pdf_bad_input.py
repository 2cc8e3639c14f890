"""What people type, paste and upload, in every field of every paper: one record never stops a run, and the
report names the record and the field."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from reading import bookmarks, squeezed, texts
from samples import BADGES, LABELS, SIGNS, badge, book, entry, sign

from fairapp.adapters.pdf.badges import print_badges
from fairapp.adapters.pdf.book import CatalogueProduct
from fairapp.adapters.pdf.catalogue import print_catalogue
from fairapp.adapters.pdf.hall_signs import Fascia, print_fascias
from fairapp.adapters.pdf.signs import SignName, SignProduct, print_signs
from fairapp.rules.printing import PrintFault, Report

Printed = tuple[bytes, Report]
LONG = "Hợp tác xã " * 28
OVERRIDDEN = "Chè\x00\x07 \u202eShan\u2066 tuyết\u200f"
UNKNOWN = "Nhà \U00013000\U00013001 vườn"
ALIKE = "Аррӏе Сосоа Ηoney"  # Cyrillic and Greek letters among Latin ones
EMOJI = "🍵🌾🍯"
HTML = '<img src="/etc/hostname"/><script>alert(1)</script> &amp; %s {0}'
MARKUP = "<para><font name=x size=99>A</b></para><a href='file:///etc/passwd'>x"
LONE = "Trà\ud800 sen"
GOOD = "Vườn Ổi Đông Dư"


def catalogue(*given: str | None) -> Printed:
    """A book whose entries say this in every field."""
    made = [
        entry(
            n,
            record=f"r{n}",
            name=text,
            second=text,
            story=text,
            beside=text,
            products=(CatalogueProduct(text or "", text or "", 4, proof=text or ""),),
            origin=text,
            contact=text,
            group=text,
            stand=text,
            region=text,
            booths=(text or "",),
            also=(text or "",),
            qr=f"HTTPS://HOICHO.EXAMPLE/B/{n}",
            lang="vi",
        )
        for n, text in enumerate(given)
    ]
    out = io.BytesIO()
    report = print_catalogue(out, book(made))
    return out.getvalue(), report


def badges(*given: str | None) -> Printed:
    """Badges that say this in every field."""
    made = [
        badge(
            n,
            record=f"r{n}",
            name=text,
            latin=text,
            organisation=text,
            duty=text,
            booth=text,
            days=text,
            lang="vi",
        )
        for n, text in enumerate(given)
    ]
    out = io.BytesIO()
    report = print_badges(out, made, BADGES, "single")
    return out.getvalue(), report


def signs(*given: str | None) -> Printed:
    """Table signs that say this in every field."""
    made = [
        sign(
            n,
            record=f"r{n}",
            names=(SignName(text, "vi"),),
            place=text,
            address=text,
            products=(SignProduct(text or "", 3),),
            booth=text,
        )
        for n, text in enumerate(given)
    ]
    out = io.BytesIO()
    report = print_signs(out, made, SIGNS)
    return out.getvalue(), report


def boards(*given: str | None) -> Printed:
    """Fascia boards with these texts."""
    out = io.BytesIO()
    made = [Fascia(f"r{n}", f"A-{n:03d}", text) for n, text in enumerate(given)]
    report = print_fascias(out, made, "Biển", "vi", (3000, 300), 10)
    return out.getvalue(), report


class Bad(NamedTuple):
    """Something typed, what print makes of it, and what the report says of the record."""

    typed: str
    shown: str
    told: set[PrintFault]


TYPED = (
    Bad(EMOJI, EMOJI, set()),
    Bad(ALIKE, ALIKE, set()),
    Bad(OVERRIDDEN, "Chè Shan tuyết", {PrintFault.CONTROL_CHARACTERS}),
    Bad(LONE, "Trà sen", {PrintFault.CONTROL_CHARACTERS}),
    Bad(UNKNOWN, UNKNOWN, {PrintFault.NO_GLYPH}),
)
PAPERS = (catalogue, badges, signs, boards)


@pytest.mark.parametrize("bad", TYPED, ids=[ascii(bad.typed) for bad in TYPED])
@pytest.mark.parametrize("paper", PAPERS)
def test_what_was_typed_is_shown_and_told_and_its_neighbours_are_whole(
    paper: Callable[..., Printed], bad: Bad
) -> None:
    data, report = paper(GOOD, bad.typed, GOOD)
    text = squeezed("".join(texts(data)))

    assert (report.printed, report.skipped) == (3, 0)
    assert squeezed(bad.shown) in text
    assert text.count(squeezed(GOOD)) >= 2
    assert {each.reason for each in report if each.record == "r1"} >= bad.told
    assert {each.record for each in report if each.reason is not PrintFault.CUT} <= {"r1"}
    assert all(each.field for each in report)


@pytest.mark.parametrize("markup", [HTML, MARKUP])
@pytest.mark.parametrize("paper", PAPERS)
def test_markup_in_every_field_is_only_text(paper: Callable[..., Printed], markup: str) -> None:
    data, report = paper(GOOD, markup, GOOD)

    assert (report.printed, report.skipped) == (3, 0)
    assert squeezed(markup[:14]) in squeezed("".join(texts(data)))
    assert b"/URI" not in data
    assert {each.reason for each in report} <= {PrintFault.CUT, PrintFault.TOO_LONG}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_name_of_three_hundred_letters_is_told_by_record_and_field(paper: Callable[..., Printed]) -> None:
    assert len(LONG) > 300
    data, report = paper(GOOD, LONG, GOOD)

    assert report.printed == 3
    assert squeezed("".join(texts(data))).count(squeezed(GOOD)) >= 2
    found = {
        (each.record, each.field) for each in report if each.reason in (PrintFault.TOO_LONG, PrintFault.CUT)
    }
    assert ("r1", "fascia" if paper is boards else "name") in found


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("nothing", ["", " \u202e ", None])
def test_a_record_without_a_name_is_left_out_and_told(
    paper: Callable[..., Printed], nothing: str | None
) -> None:
    data, report = paper(GOOD, nothing, GOOD)

    assert "r1" in {each.record for each in report}
    assert {each.record for each in report} == {"r1"}
    assert squeezed("".join(texts(data))).count(squeezed(GOOD)) >= 2
    assert report.printed + report.skipped == 3


def test_there_is_no_index_of_what_nobody_has() -> None:
    labels = replace(LABELS, product_index="Products", region_index="Places", star_index="Stars")
    out = io.BytesIO()
    print_catalogue(out, replace(book([entry(0, products=())]), labels=labels))

    assert [title for level, title, _ in bookmarks(out.getvalue()) if level == 0][2:] == [
        "Nhà A",
        LABELS.name_index,
        LABELS.booth_index,
    ]


@pytest.mark.parametrize("photo", [b"", b"GIF89a", b"\xff\xd8\xff\xe0 cut", b"\xff\xd8\xff\xd9"])
def test_a_broken_photo_is_told_and_a_drawing_stands_for_it(photo: bytes) -> None:
    out = io.BytesIO()
    report = print_catalogue(out, book([entry(0), replace(entry(1), photo=photo), entry(2)]))

    assert [(each.record, each.field, each.reason) for each in report] == [
        ("1", "photo", PrintFault.BROKEN_PHOTO)
    ]
    assert report.printed == 3


@pytest.mark.parametrize(
    "name", ["name", "second", "story", "beside", "origin", "contact", "group", "stand", "qr"]
)
def test_a_value_of_another_kind_in_any_text_costs_that_record_alone(name: str) -> None:
    broken: Any = replace(entry(1), **{name: 7})
    out = io.BytesIO()
    report = print_catalogue(out, book([entry(0), broken, entry(2)]))

    assert report.printed >= 2
    text = squeezed("".join(texts(out.getvalue())))
    assert squeezed(entry(0).name) in text
    assert squeezed(entry(2).name) in text
