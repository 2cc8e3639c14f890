"""Boards, directories, aisle signs and stickers of a small fair, from its rows to the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.jobs.running import run_job
from fairapp.rules.jobs import JobState
from fairapp.rules.manual import AnswerState
from fairapp.rules.signs import SignKind
from fairapp.store.base import db
from fairapp.store.fairs import Fair
from fairapp.store.operations import Job
from tests import factories as make
from tests.factories import NOW

MM = 72 / 25.4


@pytest.fixture
def app(ready_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application with an empty database of its own."""
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Session:
    return db.session()


def square(x: float, y: float) -> list[Any]:
    """An outline of three metres by three."""
    return [[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3]]


@pytest.fixture
def fair(session: Session) -> Fair:
    """Hall A with two rows of two and a booth without an outline, hall B with one booth; of four texts one
    waits for its check and one is empty."""
    fair = make.fair(session, settings={"fascia_mm": [2000, 250]})
    hall_a, hall_b = (make.hall(session, fair, code, position=n) for n, code in enumerate("AB"))
    task = make.manual_task(session, fair, is_checked=True)
    for code, hall, outline, said, state in (
        ("A-001", hall_a, square(0, 0), "Guồng NƯỚC Pù Luông", AnswerState.APPROVED),
        ("A-002", hall_a, square(3, 0), "GỐM THANH HÀ", AnswerState.ANSWERED),
        ("A-011", hall_a, square(0, 9), "", AnswerState.APPROVED),
        ("A-012", hall_a, square(3, 9), None, None),
        ("A-099", hall_a, [], None, None),
        ("B-001", hall_b, square(0, 0), "ผ้าไหม ดอนกลาง", AnswerState.APPROVED),
    ):
        booth = make.booth(session, hall, code, outline=outline)
        if state is not None:
            organisation = make.organisation(session, f"HTX {code}")
            asked = make.application(session, organisation, fair)
            holder = make.exhibitor(
                session, organisation, fair, fascia_name=said, application_id=asked.id, spoken=["vi", "lo"]
            )
            make.claim(session, booth, holder, fair)
            make.task_answer(session, task, holder, state=state)
    session.commit()
    return fair


def made(app: Flask, fair: Fair, kind: SignKind, **more: Any) -> tuple[Job, list[tuple[float, float]], str]:
    """The job as it ended, the sizes of its pages in millimetres, and their text."""
    session = db.session()
    facts = {"fair": fair.id, "language": "vi", "reader": "en", "kind": kind.value, **more}
    job = make.kept(session, Job(name="signs", facts=facts, fair_id=fair.id, made_at=NOW))
    session.commit()
    run_job(app.config["FAIRAPP"], job.id, lambda: NOW)
    session.refresh(job)
    assert (job.state, job.error) == (JobState.DONE, "")
    assert job.result_key is not None
    data = FolderFiles(app.config["FAIRAPP"].files).read(job.result_key)
    with pypdfium2.PdfDocument(data) as pdf:
        sizes = [tuple(round(each / MM) for each in page.get_size()) for page in pdf]
        text = "\f".join(page.get_textpage().get_text_range() for page in pdf)
    return job, sizes, text


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [
        (SignKind.BOOTH, [(148, 210)] * 6),
        (SignKind.FASCIA, [(2000, 250)] * 2),
        (SignKind.DIRECTORY, [(594, 841)] * 2),
        (SignKind.AISLE, [(420, 297)] * 4),
        (SignKind.STICKER, [(210, 297)]),
    ],
)
def test_every_kind_has_its_pages_in_its_size(
    app: Flask, fair: Fair, kind: SignKind, sizes: list[tuple[int, int]]
) -> None:
    assert made(app, fair, kind)[1] == sizes


def test_a_text_that_nobody_approved_is_told_and_stands_on_no_board(app: Flask, fair: Fair) -> None:
    job, sizes, text = made(app, fair, SignKind.FASCIA, scale=10)
    assert sizes == [(200, 25)] * 2
    assert "Guồng NƯỚC Pù Luông" in text
    assert "GỐM" not in text
    told = {line["record"]: line["text"] for line in job.report}
    assert sorted(told) == ["HTX A-002 (A-002)", "HTX A-011 (A-011)"]
    assert "not approved yet" in told["HTX A-002 (A-002)"]


def test_a_fair_without_any_approved_text_prints_no_board_and_names_everybody(
    app: Flask, session: Session
) -> None:
    fair = make.fair(session)
    make.manual_task(session, fair, is_checked=True)
    hall = make.hall(session, fair)
    for code in ("A-001", "A-002"):
        holder = make.exhibitor(session, make.organisation(session), fair, fascia_name="GỐM")
        make.claim(session, make.booth(session, hall, code), holder, fair)
    session.commit()
    job, _sizes, text = made(app, fair, SignKind.FASCIA)
    assert "GỐM" not in text
    assert len(job.report) == 2


def test_registered_names_are_printed_only_where_it_is_asked_for_and_each_is_told(
    app: Flask, session: Session
) -> None:
    fair = make.fair(session)
    hall = make.hall(session, fair)
    name = "Hợp tác xã Nông nghiệp Dịch vụ Tổng hợp Suối Giàng Văn Chấn Yên Bái Tây Bắc Bộ"
    for code, said in (("A-001", name[:40]), ("A-002", "GỐM")):
        holder = make.exhibitor(session, make.organisation(session, name), fair, fascia_name=said)
        make.claim(session, make.booth(session, hall, code), holder, fair)
    session.commit()
    job, _sizes, text = made(app, fair, SignKind.FASCIA)
    assert "GỐM" not in text
    assert ["not approved yet" in line["text"] for line in job.report] == [True, True]
    job, _sizes, text = made(app, fair, SignKind.FASCIA, unasked=1)
    assert "GỐM" in text
    assert name.split()[-1] in text, "the name is whole"
    assert ["as it is registered" in line["text"] for line in job.report] == [True, True]


def test_a_text_that_waits_for_its_check_stays_off_the_board_whoever_asks(app: Flask, fair: Fair) -> None:
    assert "GỐM" not in made(app, fair, SignKind.FASCIA, unasked=1)[2]


def test_the_sign_of_a_booth_says_what_is_spoken_there_and_what_to_do_in_further_languages(
    app: Flask, fair: Fair
) -> None:
    first, *others = made(app, fair, SignKind.BOOTH, also="th zh")[2].split("\f")
    squeezed = "".join(first.split())
    for said in ("Phụcvụbằng", "TiếngViệt", "ລາວ", "扫一扫", "สแกนเพื่อดู"):
        assert said in squeezed
    assert ["Phụcvụbằng" in "".join(page.split()) for page in others].count(True) == 3


def test_the_directory_tells_its_reader_where_it_hangs(app: Flask, fair: Fair) -> None:
    assert "Bạn đang ở đây" in made(app, fair, SignKind.DIRECTORY, here="A-011")[2].split("\f")[0]
    assert "Bạn đang ở đây" not in made(app, fair, SignKind.DIRECTORY)[2]
