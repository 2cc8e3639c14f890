"""A head's workbook in the browser: download, send, read what each cell would do, take in, take back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.sheets.reading import read_sheet
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.rules.actors import Role
from fairapp.rules.delegations import EntryState
from fairapp.rules.questions import Body, Choice, Need, Question, QuestionType, Section
from fairapp.store.accounts import Account
from fairapp.store.applications_forms import FormAnswer
from fairapp.store.delegations import Delegation, DelegationEntry, DelegationUpload
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
COMMUNE = places.communes("15")[0].name
HEADER = (
    "Producer",
    "Kind",
    "Tax code",
    "Commune",
    "Products",
    "Product group",
    "Kind of booth",
    "Number of booths",
)
GOOD = ("HTX Chè", "Cooperative", "0100109106", COMMUNE, "Chè Shan", "Beverages", "Shell scheme", "1")


@pytest.fixture
def delegation(rows: Session) -> Delegation:
    fair = make.fair(rows, apply_from=None, apply_until=None)
    make.booth_kind(rows, fair)
    kept = make.delegation(rows, fair, make.account(rows, language="en"))
    rows.commit()
    return kept


def workbook(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> bytes:
    return xlsx_bytes([Table("Lào Cai", tuple(map(Column, header)), rows)])


def sent(browser: FlaskClient, send: Send, of: Delegation, data: bytes, name: str = "lao-cai.xlsx") -> Any:
    return send(browser, f"/d/{of.id}/workbooks?lang=en", file=(io.BytesIO(data), name))


def test_the_template_goes_out_private_and_comes_back_as_it_is(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head = browse(delegation.head)
    sent(head, send, delegation, workbook(GOOD))
    upload = rows.scalars(select(DelegationUpload)).one()
    page = f"/d/{delegation.id}/workbooks/{upload.id}"
    assert "1 new row" in head.get(f"{page}?lang=en").get_data(as_text=True)
    assert send(head, page, f"{page}/apply").status_code == 303
    for language in ("vi", "en"):
        answer = head.get(f"/d/{delegation.id}/template.xlsx?lang={language}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["Cache-Control"] == "no-store"
        assert read_sheet(answer.data).rows[0].cells[1] == "HTX Chè"
        back = sent(head, send, delegation, answer.data)
        assert "not say already" in head.get(f"{back.location}?lang=en").get_data(as_text=True)


def test_broken_cells_are_named_kept_out_and_marked_in_a_download(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head = browse(delegation.head)
    wrong = ("=1+1", "Cooperative", "0100109107", "Xã Không Có", "Chè", "Beverages", "Shell scheme", "1")
    answer = sent(head, send, delegation, workbook(GOOD, wrong))
    page = head.get(f"{answer.location}?lang=en").get_data(as_text=True)
    for said in (
        "3 broken cells",
        "A3: This begins like a formula.",
        "C3: ",
        "D3: Lào Cai has no such commune",
    ):
        assert said in page
    assert f"{answer.location}/apply" not in page
    assert send(head, f"/d/{delegation.id}/workbooks", f"{answer.location}/apply").status_code == 409
    marked = head.get(f"{answer.location}/marked.xlsx")
    assert marked.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(marked.data)) as packed:
        assert "begins like a formula" in packed.read("xl/comments1.xml").decode()
    assert rows.scalars(select(DelegationEntry)).all() == []


def test_taken_in_and_taken_back_each_once(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head = browse(delegation.head)
    page = sent(head, send, delegation, workbook(GOOD)).location
    here = f"/d/{delegation.id}/workbooks"
    for act, state in (
        ("apply", EntryState.ENTERED),
        ("apply", EntryState.ENTERED),
        ("undo", EntryState.REMOVED),
        ("undo", EntryState.REMOVED),
    ):
        assert send(head, here, f"{page}/{act}").status_code == 303
        assert rows.scalars(select(DelegationEntry.state)).all() == [state]
    assert "Taken back" in head.get(f"{page}?lang=en").get_data(as_text=True)
    late = sent(head, send, delegation, workbook(GOOD)).location
    sent_twice = sent(head, send, delegation, workbook(GOOD)).location
    assert send(head, here, f"{late}/apply").status_code == 303
    assert "was changed after this was sent" in head.get(f"{sent_twice}?lang=en").get_data(as_text=True)
    assert send(head, here, f"{sent_twice}/apply").status_code == 409


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "PDF"),
        (b"", "empty"),
        (workbook(("1", "2", "3"), header=("a", "b", "c")), "not the columns of the workbook"),
        (workbook(), ""),
    ],
)
def test_a_wrong_file_says_what_to_do(
    rows: Session, browse: Browse, send: Send, delegation: Delegation, data: bytes, said: str
) -> None:
    answer = sent(browse(delegation.head), send, delegation, data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert rows.scalars(select(DelegationUpload)).all() == []


def test_a_small_file_that_unpacks_to_a_flood_is_refused_unopened(
    browse: Browse, send: Send, delegation: Delegation
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as page:
            for _piece in range(80):
                page.write(bytes(1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    answer = sent(browse(delegation.head), send, delegation, out.getvalue())
    assert answer.status_code == 422
    assert "64 MB" in answer.get_data(as_text=True)


def test_no_file_is_asked_for_again(browse: Browse, send: Send, delegation: Delegation) -> None:
    answer = send(browse(delegation.head), f"/d/{delegation.id}/workbooks?lang=en")
    assert answer.status_code == 422
    assert "Choose a file." in answer.get_data(as_text=True)


def test_workbooks_are_the_heads_alone(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    page = sent(browse(delegation.head), send, delegation, workbook(GOOD)).location
    boss, rival = make.account(rows), make.account(rows)
    make.grant(rows, boss, Role.ORGANISER, delegation.fair)
    other = make.delegation(rows, delegation.fair, rival)
    rows.commit()
    number = page.rsplit("/", 1)[1]
    for stranger in (browse(boss), browse(rival)):
        for path in (
            page,
            f"{page}/marked.xlsx",
            f"/d/{delegation.id}/template.xlsx",
            f"/d/{delegation.id}/workbooks",
        ):
            assert stranger.get(path).status_code == 404, path
    assert browse(rival).get(f"/d/{other.id}/workbooks/{number}").status_code == 404


def test_required_questions_are_columns_with_drop_downs_and_wrong_answers_are_named(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    names = (Choice("yes", {"vi": "Có nấu"}), Choice("no", {"vi": "Không nấu"}))
    cooking = Question(
        "cooking", QuestionType.CHOICE, {"vi": "Nấu tại gian?"}, need=Need.REQUIRED, choices=names
    )
    make.form(rows, delegation.fair, Body((Section("stand", {"vi": "Gian"}, (cooking,)),)))
    rows.commit()
    head = browse(delegation.head)
    data = head.get(f"/d/{delegation.id}/template.xlsx?lang=vi").data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert "Nấu tại gian?" in packed.read("xl/sharedStrings.xml").decode()
        assert "Có nấu,Không nấu" in packed.read("xl/worksheets/sheet1.xml").decode()
    wrong = workbook((*GOOD, "Hình như"), header=(*HEADER, "Nấu tại gian?"))
    page = head.get(f"{sent(head, send, delegation, wrong).location}?lang=en").get_data(as_text=True)
    assert "Nấu tại gian?" in page
    assert f"{chr(ord('A') + len(HEADER))}2: Choose one of the answers offered." in page
    right = workbook((*GOOD, "Có nấu"), header=(*HEADER, "Nấu tại gian?"))
    upload = sent(head, send, delegation, right).location
    assert send(head, f"/d/{delegation.id}/workbooks", f"{upload}/apply").status_code == 303
    assert rows.scalars(select(FormAnswer.answers)).all() == [{"cooking": "yes"}]
