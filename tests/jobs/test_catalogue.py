"""The catalogue and the signs of a small fair, from its rows to the file and back."""

import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.i18n import speaking
from fairapp.jobs.catalogue import told, write_catalogue, write_signs
from fairapp.jobs.catalogue_matter import plans
from fairapp.jobs.running import run_job
from fairapp.jobs.work import Work
from fairapp.rules.catalogue import CatalogueOrder, Edition, InsertKind, InsertPlace, TextKind
from fairapp.rules.jobs import JobState
from fairapp.rules.partners import PartnerKind, PartnerState
from fairapp.rules.plans import Facility, FacilityKind, facilities_to_json
from fairapp.rules.printing import PrintFault, Report
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.base import db
from fairapp.store.catalogue import CatalogueInsert, CatalogueText
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import Job
from fairapp.store.producers import Certificate, Organisation, Photo, Product
from tests import factories as make
from tests.asking import statements
from tests.factories import NOW

ODD = "\x07<b>&amp;<img src=/etc/passwd>\u202e🍯👩🏽‍🌾" + "ế" * 300 + "\ud7ff\u0301" * 40


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with an empty database of its own."""
    app = create_app(
        read_settings(
            {
                "FAIRAPP_INSTANCE": str(tmp_path),
                "FAIRAPP_DATABASE_URL": ready_database,
                "FAIRAPP_BASE_URL": "https://hoicho.example",
            }
        )
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    return db.session()


@pytest.fixture
def work(app: Flask, session: Session) -> Work:
    return Work(session, app.config["FAIRAPP"], NOW)


@pytest.fixture
def fair(work: Work) -> Fair:
    """Two halls: a shared booth, two booths of one exhibitor, an empty one, and somebody without any."""
    session = work.session
    fair = make.fair(session, venue_names={"vi": "SECC", "en": "SECC"})
    hall_a = make.hall(session, fair, "A", position=1)
    hall_b = make.hall(session, fair, "B", position=2, names={"vi": "Nhà B", "en": "Hall B"})
    tea = make.organisation(
        session,
        "Ớt xiêm rừng Sơn Hà",
        province_code="10",
        contact_is_public=True,
        phone="+84912000418",
        email="son.ha@example.org",
    )
    weavers = make.organisation(
        session,
        "กลุ่มทอผ้าบ้านดอนกลาง",
        name_language="th",
        name_latin="Don Klang Weavers",
        country="TH",
        place="Surin",
    )
    shy = make.organisation(session, "Đặc sản Ẩm thực Ốc đảo", phone="+84903123456", story={})
    homeless = make.organisation(session, "Ấm Trà Việt")
    make.product(session, tea)
    make.product(
        session,
        weavers,
        names={"native": "ผ้าไหม", "vi": "Lụa mudmee", "en": "Mudmee silk"},
        group_code="craft",
        stars=5,
    )
    picture = io.BytesIO()
    Image.new("RGB", (48, 36), "green").save(picture, "JPEG")
    key = FolderFiles(work.settings.files).keep(picture.getvalue(), "jpg")
    make.kept(
        session,
        Photo(organisation_id=tea.id, large=key, small=key, width=48, height=36, made_at=NOW),
    )
    make.kept(
        session,
        Photo(
            organisation_id=weavers.id,
            large="0" * 64 + ".jpg",
            small="0" * 64 + ".jpg",
            width=4,
            height=3,
            made_at=NOW,
        ),
    )
    there = {each.name: make.exhibitor(session, each, fair) for each in (tea, weavers, shy, homeless)}
    shared = make.claim(
        session, make.booth(session, hall_a, "A-012", short_code="7K2M9QX"), there[tea.name], fair
    )
    session.add(CoExhibitor(claim_id=shared.id, exhibitor_id=there[shy.name].id, added_at=NOW))
    for code, short in (("B-002", "7K2M9QY"), ("B-010", "7K2M9QZ")):
        make.claim(session, make.booth(session, hall_b, code, short_code=short), there[weavers.name], fair)
    make.booth(session, hall_a, "A-003", short_code="7K2M9Q0")
    make.booth(session, hall_a, "A-3-4", short_code="7K2M9Q1", is_let=False)
    make.booth(session, hall_a, "A-OLD", short_code="7K2M9Q2", retired_at=NOW)
    session.commit()
    return fair


def catalogue(work: Work, fair: Fair, language: str = "vi", order: str = "hall") -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = write_catalogue(work, out, fair, Edition(language, CatalogueOrder(order)))
    return out.getvalue(), report


def signs(work: Work, fair: Fair, language: str = "vi") -> tuple[bytes, Report]:
    out = io.BytesIO()
    report = write_signs(work, out, fair, language)
    return out.getvalue(), report


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u200c\u200d\ufffe]", "", unicodedata.normalize("NFC", text))


def pages(data: bytes) -> list[str]:
    """Each page's text without blanks."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [squeezed(page.get_textpage().get_text_range()) for page in pdf]


def codes(data: bytes) -> list[list[str]]:
    """The texts of each page's QR codes."""
    with pypdfium2.PdfDocument(data) as pdf:
        pictures = [page.render(scale=2.5).to_pil().convert("L") for page in pdf]
    return [sorted(found.text for found in zxingcpp.read_barcodes(each)) for each in pictures]


def bookmarks(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [mark.get_title() for mark in pdf.get_toc(max_depth=3)]


def test_the_catalogue_has_everybody_by_hall_and_those_without_a_booth_last(work: Work, fair: Fair) -> None:
    data, report = catalogue(work, fair)
    assert (report.printed, report.skipped) == (4, 0)
    assert [(each.record, each.reason) for each in report] == [
        ("กลุ่มทอผ้าบ้านดอนกลาง (B-002)", PrintFault.BROKEN_PHOTO)
    ]
    assert bookmarks(data) == [
        "Hội chợ OCOP Quốc tế",
        "Nội dung",
        "Sơ đồ các khu",
        "Nhà A",
        "Ớt xiêm rừng Sơn Hà",
        "Đặc sản Ẩm thực Ốc đảo",
        "Nhà B",
        "กลุ่มทอผ้าบ้านดอนกลาง",
        "Chưa có gian hàng",
        "Ấm Trà Việt",
        "Bảng tra đơn vị trưng bày",
        "Bảng tra gian hàng",
        "Bảng tra sản phẩm",
        "Bảng tra nơi sản xuất",
        "Bảng tra hạng sao",
    ]
    found = [code for page in codes(data) for code in page]
    assert sorted(found) == [
        "HTTPS://HOICHO.EXAMPLE/B/7K2M9QX",
        "HTTPS://HOICHO.EXAMPLE/B/7K2M9QX",
        "HTTPS://HOICHO.EXAMPLE/B/7K2M9QY",
    ]


def test_the_english_book_is_english_and_keeps_names_in_their_script(work: Work, fair: Fair) -> None:
    data, _report = catalogue(work, fair, "en")
    text = "".join(pages(data))
    for words in (
        "Catalogue of exhibitors", "15–19 April 2027", "Hall A", "Without a booth", "Index of exhibitors",
        "Snow Shan tea", "4 stars", "We grow tea on the mountain.", "Don Klang Weavers", "Surin, Thailand",
        "กลุ่มทอผ้าบ้านดอนกลาง", "Handicrafts",
    ):  # fmt: skip
        assert squeezed(words) in text, words


def test_a_book_by_country_begins_with_the_host_s(work: Work, fair: Fair) -> None:
    marks = bookmarks(catalogue(work, fair, "vi", "country")[0])
    assert [each for each in marks if each in ("Việt Nam", "Thái Lan")] == ["Việt Nam", "Thái Lan"]
    assert marks.index("Thái Lan") + 1 == marks.index("กลุ่มทอผ้าบ้านดอนกลาง")


def test_a_certificate_stands_below_its_product(work: Work, fair: Fair) -> None:
    session = work.session
    tea = session.scalars(select(Product).where(Product.stars == 4)).one()
    for number, year in (("1/QĐ-UBND", 2024), ("2/QĐ-UBND", 2026)):
        make.kept(
            session,
            Certificate(product_id=tea.id, authority="UBND tỉnh", number=number, issued_on=date(year, 5, 2)),
        )
    text = "".join(pages(catalogue(work, fair)[0]))
    assert squeezed("2/QĐ-UBND · UBND tỉnh") in text
    assert squeezed("1/QĐ-UBND") not in text.replace(squeezed("2/QĐ-UBND"), "")


def test_texts_and_advertisements_stand_where_they_belong(work: Work, fair: Fair) -> None:
    session = work.session
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "red").save(picture, "JPEG")
    key = FolderFiles(work.settings.files).keep(picture.getvalue(), "jpg")
    for kind, language, heading in (
        (TextKind.WELCOME, "vi", "Lời chào mừng"),
        (TextKind.WELCOME, "en", "A word of welcome"),
        (TextKind.ORGANISERS, "en", "Who stands behind it"),
    ):
        make.kept(
            session,
            CatalogueText(
                fair_id=fair.id, kind=kind, language=language, heading=heading, body="Một.\n\nHai.",
                changed_at=NOW,
            ),
        )  # fmt: skip
    for said, place, kept in (("Chè", InsertPlace.FRONT, key), ("Cà phê", InsertPlace.BACK, "gone")):
        make.kept(
            session,
            CatalogueInsert(
                fair_id=fair.id, kind=InsertKind.FULL, place=place, said=said, picture=kept, made_at=NOW
            ),
        )
    data, report = catalogue(work, fair)
    marks = bookmarks(data)
    assert marks[2:5] == ["Lời chào mừng", "Who stands behind it", "Sơ đồ các khu"]
    assert "A word of welcome" not in marks
    assert [each.record for each in report if each.field == "advert"] == ["Cà phê"]
    assert "Quảngcáo" in "".join(pages(data))


def test_an_entry_has_a_page_of_its_own_where_it_was_given_one(work: Work, fair: Fair) -> None:
    session = work.session
    tea = session.scalars(
        select(Exhibitor).join(Organisation).where(Organisation.name == "Ớt xiêm rừng Sơn Hà")
    ).one()
    before = len(pages(catalogue(work, fair)[0]))
    make.kept(
        session,
        CatalogueInsert(fair_id=fair.id, kind=InsertKind.ENTRY, exhibitor_id=tea.id, made_at=NOW),
    )
    data, report = catalogue(work, fair)
    assert len(pages(data)) == before + 1
    assert report.printed == 4


def test_contacts_are_printed_of_those_only_who_want_them_public(work: Work, fair: Fair) -> None:
    text = "".join(pages(catalogue(work, fair)[0]))
    assert "0912000418" in text
    assert "son.ha@example.org" in text
    assert "903123456" not in text


def test_a_book_by_group_puts_each_exhibitor_under_what_it_makes_most_of(work: Work, fair: Fair) -> None:
    marks = bookmarks(catalogue(work, fair, "vi", "group")[0])
    assert marks[3:-5] == [
        "Đồ uống",
        "Ớt xiêm rừng Sơn Hà",
        "Thủ công mỹ nghệ",
        "กลุ่มทอผ้าบ้านดอนกลาง",
        "Sản phẩm khác",
        "Ấm Trà Việt",
        "Đặc sản Ẩm thực Ốc đảo",
    ]


def test_the_index_follows_the_vietnamese_alphabet(work: Work, fair: Fair) -> None:
    index = pages(catalogue(work, fair)[0])[-5]
    names = [squeezed(name) for name in ("Ấm Trà Việt", "Đặc sản Ẩm thực Ốc đảo", "Ớt xiêm rừng Sơn Hà")]
    assert [index.index(name) for name in names] == sorted(index.index(name) for name in names)


def test_a_code_that_two_halls_use_says_its_hall(work: Work, fair: Fair) -> None:
    hall = make.hall(work.session, fair, "C", position=3)
    make.booth(work.session, hall, "B-002", short_code="7K2M9QC")
    work.session.commit()
    assert squeezed("B 002 (B)") in pages(catalogue(work, fair)[0])[-4].replace("-", "")


def test_every_booth_that_is_let_has_a_sign_by_hall_and_number(work: Work, fair: Fair) -> None:
    data, report = signs(work, fair)
    assert (report.printed, report.skipped, report.findings) == (4, 0, ())
    assert bookmarks(data) == ["A-003", "A-012", "B-002", "B-010"]
    assert codes(data) == [[f"HTTPS://HOICHO.EXAMPLE/B/7K2M9Q{last}"] for last in ("0", "X", "Y", "Z")]
    empty, shared, weavers, _second = pages(data)
    assert squeezed("Nhà A") in empty
    for page, code in ((empty, "7K2-M9Q0"), (shared, "7K2-M9QX"), (weavers, "7K2-M9QY")):
        assert squeezed(code) in page
        assert squeezed(f"hoicho.example/B/{code.replace('-', '')}") in page
        assert squeezed("Quét mã để xem ai ở đây") in page
        assert squeezed("Scan to see who is here") in page
    assert shared.index(squeezed("Ớt xiêm rừng")) < shared.index(squeezed("Đặc sản Ẩm thực"))
    assert squeezed("กลุ่มทอผ้าบ้านดอนกลาง") in weavers
    assert squeezed("Don Klang Weavers") in weavers


def test_a_stand_of_a_pavilion_tells_how_many_more_there_are(work: Work, fair: Fair) -> None:
    session = work.session
    booth = make.booth(session, make.hall(session, fair, "P", position=9), "P-001", short_code="7K2M9QP")
    holder = make.exhibitor(session, make.organisation(session, "Gian hàng chung Oita"), fair)
    claim = make.claim(session, booth, holder, fair)
    for _number in range(20):
        co = make.exhibitor(session, make.organisation(session), fair)
        session.add(CoExhibitor(claim_id=claim.id, exhibitor_id=co.id, added_at=NOW))
    session.commit()
    assert squeezed("+ 19") in pages(signs(work, fair)[0])[-1]
    data, report = catalogue(work, fair)
    assert report.printed == 25
    assert len([1 for page in codes(data) for code in page if code.endswith("7K2M9QP")]) == 21


def test_a_record_full_of_odd_signs_is_printed_or_reported_and_stops_nobody(work: Work, fair: Fair) -> None:
    session = work.session
    hall = make.hall(session, fair, "Z", position=9)
    texts: Any = {"vi": ODD, "en": ODD}
    odd = make.organisation(
        session, ODD[:200], story=texts, name_language="zz", place=ODD[:200], country="TH"
    )
    make.product(session, odd, names=texts, stars=9, group_code="none")
    broken: Any = {"vi": 5}
    wrong = make.organisation(session, "Bản ghi hỏng", story=broken)
    make.product(session, wrong, names=broken)
    blank = make.organisation(session, "\x01\x02")
    for number, each in enumerate((odd, wrong, blank)):
        booth = make.booth(session, hall, f"Z-00{number}", short_code=f"7K2M9Z{number}")
        make.claim(session, booth, make.exhibitor(session, each, fair), fair)
    session.commit()
    _data, report = catalogue(work, fair)
    assert (report.printed, report.skipped) == (5, 2)
    skipped = [each for each in report if each.reason in (PrintFault.SKIPPED, PrintFault.NO_NAME)]
    assert sorted((each.record, each.reason.value) for each in skipped) == [
        ("Bản ghi hỏng (Z-001)", "skipped"),
        ("Không có tên (Z-002)", "no_name"),
    ]
    with speaking("vi"):
        lines = told(report)
    assert [line for line in lines if re.search(r"[\x00-\x1f\u202a-\u202e]", f"{line}")] == []
    data, report = signs(work, fair)
    assert (len(pages(data)), report.printed, report.skipped) == (6, 6, 1)


def test_a_report_of_thousands_of_lines_is_shortened_and_says_so() -> None:
    report = Report()
    for number in range(1000):
        report.add(f"HTX {number}", "story", PrintFault.CUT)
    with speaking("en"):
        lines = told(report)
    assert len(lines) == 401
    assert lines[0] == {
        "record": "HTX 0",
        "text": "Story: This text does not fit its place and ends in an ellipsis. Shorten it.",
    }
    assert lines[-1] == {"record": "…", "text": "600 more lines are left out here."}


def test_as_many_queries_for_three_exhibitors_as_for_sixty(work: Work, fair: Fair) -> None:
    def counted() -> int:
        work.session.expire_all()
        with statements() as sent:
            catalogue(work, fair)
            signs(work, fair)
        return len(sent)

    fair.id  # noqa: B018 - read before counting
    few = counted()
    hall = make.hall(work.session, fair, "Q", position=9)
    for number in range(60):
        organisation = make.organisation(work.session)
        make.product(work.session, organisation)
        booth = make.booth(work.session, hall, f"Q-{number:03d}")
        make.claim(work.session, booth, make.exhibitor(work.session, organisation, fair), fair)
    work.session.commit()
    # one hall more is one chapter more: its chunk has four queries
    assert counted() - few == 4


@pytest.mark.parametrize("name", ["catalogue", "signs"])
def test_the_job_keeps_a_file_with_a_name_that_tells_and_a_report_in_the_readers_words(
    app: Flask, work: Work, fair: Fair, name: str
) -> None:
    facts = {"fair": fair.id, "language": "en", "reader": "vi"} | (
        {"order": "hall"} if name == "catalogue" else {}
    )
    job = make.kept(work.session, Job(name=name, facts=facts, fair_id=fair.id, made_at=NOW))
    work.session.commit()
    run_job(work.settings, job.id, lambda: NOW)
    work.session.refresh(job)
    assert (job.state, job.error) == (JobState.DONE, "")
    day = date(2027, 1, 12)
    assert job.result_name == f"OCOP27-{name}-en{'-by-hall-a5' if name == 'catalogue' else ''}-{day}.pdf"
    assert (job.done, job.total) == (4, 4)
    assert job.result_key is not None
    data = FolderFiles(work.settings.files).read(job.result_key)
    assert data.startswith(b"%PDF-")
    if name == "catalogue":
        assert job.report == [
            {
                "record": "กลุ่มทอผ้าบ้านดอนกลาง (B-002)",
                "text": "Ảnh: Không đọc được ảnh, hình vẽ đã thay vào chỗ đó. Tải ảnh lên lại.",
            }
        ]
    assert [each.name for each in work.settings.files.iterdir() if each.name.startswith(".new-")] == []


def test_an_entry_says_at_whose_stand_it_is_who_is_there_too_and_whom_it_represents(
    work: Work, fair: Fair
) -> None:
    tea = work.session.scalars(
        select(Exhibitor).join(Exhibitor.organisation).where(Organisation.name == "Ớt xiêm rừng Sơn Hà")
    ).one()
    for name, state in (("Doi Kham Silk", PartnerState.APPROVED), ("Not yet", PartnerState.PROPOSED)):
        make.partner(work.session, tea, kind=PartnerKind.REPRESENTED, name=name, country="TH", state=state)
    work.session.commit()
    text = "".join(pages(catalogue(work, fair, "en")[0]))
    assert squeezed("At the stand of Ớt xiêm rừng Sơn Hà") in text
    assert squeezed("With Đặc sản Ẩm thực Ốc đảo") in text
    assert squeezed("Represents Doi Kham Silk (Thailand)") in text
    assert text.count(squeezed("Doi Kham Silk")) == 2  # in the entry, and in the index under its own letter
    assert squeezed("Not yet") not in text


def test_a_pavilion_names_a_few_and_counts_the_others(work: Work, fair: Fair) -> None:
    tea = work.session.scalars(
        select(BoothClaim).join(Booth, Booth.id == BoothClaim.booth_id).where(Booth.code == "A-012")
    ).one()
    for _ in range(20):
        guest = make.exhibitor(work.session, make.organisation(work.session), fair)
        work.session.add(CoExhibitor(claim_id=tea.id, exhibitor_id=guest.id, added_at=NOW))
    work.session.commit()
    assert squeezed("and 15 others") in "".join(pages(catalogue(work, fair, "en")[0]))


def test_a_zone_is_drawn_in_the_book_without_a_name_across_its_booths(app: Flask) -> None:
    session = db.session()
    fair = make.fair(session)
    hall = make.hall(session, fair)
    make.booth(session, hall, "A-001")
    square = (((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0)),)
    named = (
        Facility(1, "A", FacilityKind.ZONE, "craft", square),
        Facility(2, "A", FacilityKind.STAGE, "Sân khấu", square),
    )
    hall.facilities = facilities_to_json(named)
    session.flush()
    pieces = plans(session, fair.id)[hall.id].pieces
    assert [(each.look, each.word) for each in pieces if each.look != "hall"] == [
        ("line", ""),
        ("facility", "Sân khấu"),
        ("booth", "A-001"),
    ]


def test_a_story_kept_before_it_was_measured_is_printed_whole_and_reported(work: Work, fair: Fair) -> None:
    tea = work.session.scalars(select(Organisation).where(Organisation.name.startswith("Ớt"))).one()
    tea.story = {"vi": " ".join(f"ớt{n:04d}" for n in range(300)), "en": "Chillies."}
    work.session.commit()
    data, report = catalogue(work, fair)
    over = [each for each in report if each.reason is PrintFault.OVER]
    assert [(each.field, each.over) for each in over] == [("story", 599)]
    everything = squeezed("".join(pages(data)))
    assert all(f"ớt{n:04d}" in everything for n in range(300))
    with speaking("en"):
        assert any("599 characters longer" in str(line["text"]) for line in told(report))
