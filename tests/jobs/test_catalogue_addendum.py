"""After its cut-off an edition stays as it was; changes stand in its addendum with the edition's page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import speaking
from fairapp.jobs.catalogue import stock_of, write_catalogue
from fairapp.jobs.catalogue_addendum import write_addendum
from fairapp.jobs.catalogue_frozen import files_of, keep_what_was_cut_off
from fairapp.jobs.running import run_job
from fairapp.jobs.work import Work
from fairapp.rules.allocation import ClaimState
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories, Edition, TextKind
from fairapp.rules.catalogue_changes import CutOffRefusal
from fairapp.rules.errors import Refused
from fairapp.rules.jobs import JobState
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.base import db
from fairapp.store.catalogue import CatalogueCutOff, CatalogueText
from fairapp.store.fairs import Booth, Fair
from fairapp.store.operations import Job
from fairapp.store.producers import Organisation
from tests import factories as make
from tests.factories import NOW
from tests.jobs.conftest import opened

VIETNAMESE = Edition("vi")
LATER = NOW + timedelta(days=3)
NAMES = ("Ớt xiêm Sơn Hà", "Chè cổ thụ", "Gốm Bát Tràng", "Lụa Vạn Phúc")


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    with opened(ready_database, tmp_path) as app:
        yield app


@pytest.fixture
def session(app: Flask) -> Session:
    return db.session()


@pytest.fixture
def fair(session: Session) -> Fair:
    """Four exhibitors at four booths, a fifth booth free, and an edition that is closed."""
    fair = make.fair(session)
    hall = make.hall(session, fair, "A")
    for number, name in enumerate(NAMES, 1):
        maker = make.organisation(session, name, story={"vi": f"Chuyện của {name}.", "en": f"About {name}."})
        make.product(session, maker)
        booth = make.booth(session, hall, f"A-{number:03d}", short_code=f"7K2M9Q{number}")
        make.claim(session, booth, make.exhibitor(session, maker, fair), fair)
    make.booth(session, hall, "A-009", short_code="7K2M9Q9")
    session.add(CatalogueCutOff(fair_id=fair.id, language="vi", at=NOW))
    session.commit()
    return fair


def work_at(app: Flask, session: Session, when: object = NOW) -> Work:
    return Work(session, app.config["FAIRAPP"], when)  # type: ignore[arg-type]


def booked(work: Work, fair: Fair, edition: Edition = VIETNAMESE) -> bytes:
    out = io.BytesIO()
    write_catalogue(work, out, fair, edition)
    return out.getvalue()


def addendum(work: Work, fair: Fair, edition: Edition = VIETNAMESE) -> bytes:
    out = io.BytesIO()
    write_addendum(work, out, fair, edition, None, stock_of(work, fair, edition))
    return out.getvalue()


def pages(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def page_of(data: bytes, words: str) -> int:
    return next(number for number, text in enumerate(pages(data), 1) if words in text)


def change_everything(session: Session, fair: Fair) -> None:
    """One comes, one moves, one tells something else, one leaves."""
    che, gom, lua = (
        session.scalars(select(Exhibitor).join(Organisation).where(Organisation.name == name)).one()
        for name in NAMES[1:]
    )
    claim = session.scalars(select(BoothClaim).where(BoothClaim.exhibitor_id == che.id)).one()
    claim.booth_id = session.scalars(select(Booth.id).where(Booth.code == "A-009")).one()
    gom.organisation.story = {"vi": "Chuyện *mới* của gốm.", "en": "New."}
    lua.left_at = LATER
    session.scalars(
        select(BoothClaim).where(BoothClaim.exhibitor_id == lua.id)
    ).one().state = ClaimState.RELEASED
    make.exhibitor(session, make.organisation(session, "Mật ong Mèo Vạc"), fair)
    session.commit()


def test_an_edition_printed_after_its_cut_off_is_what_it_was(
    app: Flask, session: Session, fair: Fair
) -> None:
    before = booked(work_at(app, session, NOW), fair)
    change_everything(session, fair)
    again = booked(work_at(app, session, LATER), fair)
    assert again == before
    assert "Mật ong" not in "".join(pages(again))
    for order in CatalogueOrder:
        whole = "".join(
            pages(booked(work_at(app, session, LATER), fair, Edition("vi", order, CataloguePaper.SHEET)))
        )
        assert all(name in whole for name in NAMES)
        assert "Mật ong" not in whole


def test_before_its_cut_off_and_in_other_languages_a_book_is_of_today(
    app: Flask, session: Session, fair: Fair
) -> None:
    change_everything(session, fair)
    early = booked(work_at(app, session, NOW - timedelta(minutes=1)), fair)
    english = booked(work_at(app, session, LATER), fair, Edition("en"))
    assert all("Mật ong Mèo Vạc" in "".join(pages(data)) for data in (early, english))


def test_a_frozen_edition_prints_both_languages_and_its_texts(
    app: Flask, session: Session, fair: Fair
) -> None:
    session.add(
        CatalogueText(
            fair_id=fair.id, kind=TextKind.WELCOME, language="vi", heading="Lời chào", body="Kính chào.",
            signed="Ban tổ chức", changed_at=NOW,
        )
    )  # fmt: skip
    session.commit()
    edition = Edition("vi", CatalogueOrder.GROUP, CataloguePaper.BOOK, CatalogueStories.BOTH)
    live = booked(work_at(app, session, NOW - timedelta(minutes=1)), fair, edition)
    session.expire_all()
    assert pages(booked(work_at(app, session), fair, edition)) == pages(live)
    assert "About Chè cổ thụ." in "".join(pages(live))


def test_the_addendum_says_who_is_new_moved_changed_or_gone_with_the_editions_page(
    app: Flask, session: Session, fair: Fair
) -> None:
    edition = booked(work_at(app, session), fair)
    change_everything(session, fair)
    data = addendum(work_at(app, session, LATER), fair)
    told = " ".join(pages(data))
    for title in ("Mới tham gia", "Chuyển sang gian hàng khác", "Nội dung thay đổi", "Không còn tham gia"):
        assert title in told
    che, gom, lua = (page_of(edition, f"Chuyện của {name}.") for name in NAMES[1:])
    assert "Mật ong Mèo Vạc" in told
    assert f"Trong kỷ yếu: A-002, trang {che}" in told
    assert f"Thay cho mục ở trang {gom}" in told
    assert "Chuyện mới của gốm." in told
    assert f"Trong kỷ yếu: A-004, trang {lua}" in told
    assert NAMES[0] not in told
    assert "Phụ lục kỷ yếu đơn vị trưng bày" in pages(data)[0]


def test_the_same_changes_give_the_same_bytes(app: Flask, session: Session, fair: Fair) -> None:
    booked(work_at(app, session), fair)
    change_everything(session, fair)
    first = addendum(work_at(app, session, LATER), fair)
    assert addendum(work_at(app, session, LATER + timedelta(days=1)), fair) == first


def test_a_text_written_after_the_cut_off_stands_in_the_addendum(
    app: Flask, session: Session, fair: Fair
) -> None:
    booked(work_at(app, session), fair)
    session.add(
        CatalogueText(
            fair_id=fair.id, kind=TextKind.WELCOME, language="vi", heading="Lời chào mới", body="Kính chào.",
            signed="", changed_at=LATER,
        )
    )  # fmt: skip
    session.commit()
    assert "Lời chào mới" in "".join(pages(addendum(work_at(app, session, LATER), fair)))


def test_without_changes_or_a_cut_off_that_has_passed_there_is_no_addendum(
    app: Flask, session: Session, fair: Fair
) -> None:
    for when, language, reason in (
        (LATER, "vi", CutOffRefusal.NOTHING_CHANGED),
        (NOW - timedelta(seconds=1), "vi", CutOffRefusal.NOT_YET),
        (LATER, "en", CutOffRefusal.NO_CUT_OFF),
    ):
        with pytest.raises(Refused) as refused:
            addendum(work_at(app, session, when), fair, Edition(language))
        assert refused.value.reasons == (reason,)


def test_the_job_of_an_addendum_without_changes_ends_with_a_sentence(
    app: Flask, session: Session, fair: Fair
) -> None:
    facts = {
        "fair": fair.id, "language": "vi", "order": "hall", "paper": "a5", "stories": "one_language",
        "addendum": True, "reader": "en",
    }  # fmt: skip
    job = make.kept(session, Job(name="catalogue", facts=facts, fair_id=fair.id, made_at=NOW))
    session.commit()
    run_job(app.config["FAIRAPP"], job.id, lambda: LATER)
    done = session.get_one(Job, job.id, populate_existing=True)
    assert (done.state, done.result_key) == (JobState.DONE, None)
    assert "Nothing has changed since the cut-off" in done.report[0]["text"]
    change_everything(session, fair)
    again = make.kept(session, Job(name="catalogue", facts=facts, fair_id=fair.id, made_at=NOW))
    session.commit()
    run_job(app.config["FAIRAPP"], again.id, lambda: LATER)
    done = session.get_one(Job, again.id, populate_existing=True)
    assert done.state is JobState.DONE
    assert "addendum" in done.result_name


def test_what_an_edition_held_is_kept_by_itself_and_forgotten_with_its_cut_off(
    app: Flask, session: Session, fair: Fair
) -> None:
    settings = app.config["FAIRAPP"]
    assert keep_what_was_cut_off(settings, NOW - timedelta(seconds=1)) == 0
    assert keep_what_was_cut_off(settings, NOW) == 1
    assert keep_what_was_cut_off(settings, LATER) == 0
    kept = db.session().scalars(select(CatalogueCutOff)).one()
    assert kept.frozen_at == NOW
    assert files_of(settings).exists(kept.frozen_key)
    assert not (settings.files / kept.frozen_key[:2] / kept.frozen_key).exists()
    key = kept.frozen_key
    db.session().delete(kept)
    db.session().commit()
    assert keep_what_was_cut_off(settings, NOW + timedelta(days=30_000)) == 1
    assert not files_of(settings).exists(key)


def test_words_are_of_the_edition_whoever_asks(app: Flask, session: Session, fair: Fair) -> None:
    with speaking("en"):
        booked(work_at(app, session), fair)
        change_everything(session, fair)
        assert "Không còn tham gia" in "".join(pages(addendum(work_at(app, session, LATER), fair)))
