"""Lists brought in and out through the browser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fairapp.jobs.running import run_job
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.jobs import JobState
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.base import db
from fairapp.store.exchange import ImportRun
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, Job
from fairapp.store.producers import Organisation
from tests import factories as make
from tests.adapters.sheets.test_packed import MIB, bomb
from tests.asking import queries

LIST = "Tên;Gian;Ghi chú\nHTX Bản Liền;A-001;x\nChè Hà Giang;A-001;\nNgười lạ;Z-9;\n"
IMPORT = "/o/OCOP27/import"
Browse = Callable[..., FlaskClient]


class Office:
    """A fair with three booths, and its organiser in a browser."""

    def __init__(self, rows: Session, browse: Browse) -> None:
        self.fair: Fair = make.fair(rows)
        hall = make.hall(rows, self.fair)
        for number in range(1, 4):
            make.booth(rows, hall, f"A-{number:03d}")
        organiser = make.account(rows, language="en")
        make.grant(rows, organiser, Role.ORGANISER, self.fair)
        rows.commit()
        self.browser = browse(organiser)

    @property
    def rows(self) -> Session:
        """The session of the test; a job in between gives it back and takes another."""
        return db.session()

    def post(self, address: str, **fields: Any) -> TestResponse:
        shown = self.browser.get(IMPORT).get_data(as_text=True)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
        assert token is not None
        data = {"csrf_token": token[1], **fields}
        return self.browser.post(address, data=data, headers={"Origin": "http://localhost"})

    def send(self, data: bytes, name: str = "list.csv", kind: str = "exhibitors") -> TestResponse:
        return self.post(IMPORT, kind=kind, file=(io.BytesIO(data), name))

    def checked(self, text: str = LIST) -> str:
        """A list sent and looked at; its address."""
        sent = self.send(text.encode())
        assert sent.status_code == 303
        chosen = {"column-0": "name", "column-1": "booth", "column-2": "", "without_booth": "refuse"}
        looked = self.post(sent.location, **chosen)
        assert looked.status_code == 303
        return str(looked.location)

    def count(self, table: type) -> int:
        self.rows.rollback()
        return self.rows.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def office(rows: Session, browse: Browse) -> Office:
    return Office(rows, browse)


def page(answer: TestResponse) -> str:
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def test_a_list_goes_from_upload_over_columns_and_preview_to_booths(office: Office) -> None:
    sent = office.send(LIST.encode())
    asked = page(office.browser.get(sent.location))
    assert re.findall(r'<option value="(\w+)" selected', asked) == ["name", "booth"]
    assert "HTX Bản Liền" in asked
    address = office.checked()
    preview = page(office.browser.get(address))
    assert "Nothing has changed yet" in preview
    assert "This booth is not on the plan." in preview
    assert "Columns left out: Ghi chú" in preview
    assert office.count(BoothClaim) == 0
    done = office.post(f"{address}/apply")
    assert (done.status_code, done.location) == (303, address)
    assert (office.count(BoothClaim), office.count(CoExhibitor), office.count(Exhibitor)) == (1, 1, 2)
    assert "The list has been taken in." in page(office.browser.get(address))


def test_a_second_click_on_take_in_changes_nothing(office: Office) -> None:
    address = office.checked()
    office.post(f"{address}/apply")
    entries = office.count(AuditEntry)
    office.post(f"{address}/apply")
    assert "nothing has changed" in page(office.browser.get(address))
    assert (office.count(BoothClaim), office.count(AuditEntry)) == (1, entries)


def test_the_report_has_a_line_for_every_row_in_the_readers_language(office: Office) -> None:
    address = office.checked()
    answer = office.browser.get(f"{address}/report.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Line,Name,Booth,Outcome,Reasons,Notes"
    assert lines[1] == "2,HTX Bản Liền,A-001,Taken,,New exhibitor; A A-001: Holder"
    assert [line.split(",")[3] for line in lines[1:4]] == ["Taken", "Merged", "Not taken"]
    vietnamese = office.browser.get(f"{address}/report.csv?lang=vi").data.decode("utf-8-sig")
    assert len(vietnamese.split("\r\n")) == len(lines)


def test_rows_are_filtered_by_their_outcome(office: Office) -> None:
    address = office.checked()
    refused = page(office.browser.get(f"{address}?outcome=refused"))
    assert ("Người lạ" in refused, "Chè Hà Giang" in refused) == (True, False)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        ("Компания;Стенд\nПривет мир;A1\n".encode("cp1251"), "The encoding of this file cannot be told."),
        (b"%PDF-1.7 ...", "This is not a list but a file of another kind (PDF)."),
        (b"PK\x03\x04 broken", "This workbook is damaged."),
        (bomb(1500 * MIB, 400), "This workbook unpacks to more than"),
        (b"<!doctype html><table><tr><td>x</table>", "This is not a list but a file of another kind"),
    ],
    ids=["empty", "odd encoding", "pdf", "damaged", "bomb", "web page"],
)
def test_a_file_that_is_no_list_is_refused_in_one_sentence(
    office: Office, data: bytes, sentence: str
) -> None:
    answer = office.send(data, "list.xlsx", kind="producers")
    assert answer.status_code == 422
    assert sentence in page(answer)
    assert re.search(r'value="producers" checked', page(answer))
    assert office.count(ImportRun) == 0


def test_no_file_and_no_name_column_are_said(office: Office) -> None:
    nothing = office.post(IMPORT, kind="exhibitors")
    assert (nothing.status_code, "Choose a file." in page(nothing)) == (422, True)
    sent = office.send(LIST.encode())
    unnamed = office.post(sent.location, **{"column-1": "booth", "without_booth": "refuse"})
    assert (unnamed.status_code, "No column holds the names." in page(unnamed)) == (422, True)
    twice = office.post(sent.location, **{"column-0": "name", "column-1": "name", "without_booth": "refuse"})
    assert (twice.status_code, "is given twice" in page(twice)) == (422, True)


def test_producers_come_in_without_booths(office: Office) -> None:
    sent = office.send("Producer,Country\nโอทอป,Thailand\n".encode(), kind="producers")
    looked = office.post(
        sent.location, **{"column-0": "name", "column-1": "country", "without_booth": "refuse"}
    )
    office.post(f"{looked.location}/apply")
    assert (office.count(Organisation), office.count(Exhibitor)) == (1, 0)


def test_a_long_list_is_taken_in_by_a_job(
    office: Office, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairapp.web.exchange.views.MOST_AT_ONCE", 2)
    address = office.checked()
    first = office.post(f"{address}/apply")
    again = office.post(f"{address}/apply")
    job = office.rows.scalars(select(Job)).one()
    assert first.location == again.location == f"/jobs/{job.id}"
    assert office.count(BoothClaim) == 0
    run_job(app.config["FAIRAPP"], job.id, lambda: make.NOW)
    db.session.remove()
    job = db.session.get_one(Job, job.id)
    assert (job.state, job.error, job.result_name) == (JobState.DONE, "", "import-report-1.csv")
    assert office.count(BoothClaim) == 1
    report = office.browser.get(f"/jobs/{job.id}/file").data.decode("utf-8-sig")
    assert report.startswith("Line,Name,Booth,Outcome")


def test_a_list_whose_job_was_interrupted_can_be_taken_in_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairapp.web.exchange.views.MOST_AT_ONCE", 2)
    address = office.checked()
    first = office.post(f"{address}/apply").location
    assert "This list is being taken in." in page(office.browser.get(address))
    office.rows.scalars(select(Job)).one().state = JobState.INTERRUPTED
    office.rows.commit()
    assert "Taking the list in was stopped; nothing has changed." in page(office.browser.get(address))
    assert office.post(f"{address}/apply").location != first


def test_strangers_and_other_fairs_see_nothing(office: Office, rows: Session, browse: Browse) -> None:
    address = office.checked()
    other = make.fair(rows, "OTHER")
    stranger, reviewer = make.account(rows), make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, other)
    make.grant(rows, reviewer, Role.REVIEWER, office.fair)
    rows.commit()
    for path in (IMPORT, address, f"{address}/columns", f"{address}/report.csv", "/o/OCOP27/export"):
        assert browse(stranger).get(path).status_code == 404, path
        assert browse(reviewer).get(path).status_code == 403, path
        assert browse().get(path).status_code == 302, path
    assert browse(stranger).get(address.replace("OCOP27", "OTHER")).status_code == 404


def test_a_fair_goes_out_as_a_workbook_without_household_numbers(office: Office, rows: Session) -> None:
    household = make.organisation(rows, "Hộ Lý Thị Mai", personal_number="001099012345")
    exhibitor = make.exhibitor(rows, household, office.fair)
    badge = make.badge(rows, exhibitor)
    make.application(rows, make.organisation(rows, "HTX Chưa Gửi"), office.fair, state=State.DRAFT)
    make.application(rows, make.organisation(rows, "HTX Đã Gửi"), office.fair)
    rows.commit()
    answer = office.post("/o/OCOP27/export")
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    assert book.sheet_names == ["Exhibitors", "Booths", "Applications", "Badges"]
    cells = {
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    }
    assert {"HTX Đã Gửi", "Hộ Lý Thị Mai", "A-001", "A-003", "Lý Thị Mai"} <= cells
    assert not cells & {"001099012345", badge.short_code, "HTX Chưa Gửi"}
    assert office.rows.scalars(select(AuditEntry.what)).all() == ["fair.exported"]


def test_pages_ask_the_database_as_often_for_many_rows_as_for_few(office: Office) -> None:
    few = office.checked()
    many = office.checked("Tên;Gian\n" + "".join(f"Người {n};A-001\n" for n in range(300)))
    assert len(queries(office.browser, few)) == len(queries(office.browser, many))
    before = queries(office.browser, IMPORT)
    for _ in range(10):
        office.send(LIST.encode())
    assert len(queries(office.browser, IMPORT)) == len(before)
