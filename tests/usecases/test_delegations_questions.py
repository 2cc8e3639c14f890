"""Required questions are columns of a delegation's workbook, read and written cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.files import FolderFiles
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.rules.answers import AnswerFault
from fairapp.rules.applications import State
from fairapp.rules.delegation_sheets import CellReason, RowKind, SheetColumn, from_json
from fairapp.rules.delegations import Standing
from fairapp.rules.errors import Clash
from fairapp.rules.questions import Body, Choice, Condition, Need, Phase, Question, QuestionType, Section
from fairapp.store.applications import ApplicationProduct
from fairapp.store.applications_forms import FormAnswer, FormVersion
from fairapp.store.delegations import DelegationEntry, DelegationUpload
from fairapp.store.delegations_lists import entries_standing, page_of_entries
from fairapp.store.delegations_queries import numbers_of
from fairapp.store.delegations_questions import with_open_questions
from fairapp.usecases.applications_answers import GiveAnswers, give_answers
from fairapp.usecases.delegations_planning import around_of, list_texts
from fairapp.usecases.delegations_sheets import SendWorkbook, send_workbook, take_back, take_in
from fairapp.usecases.permission import deputy
from tests import factories as make
from tests.delegation_lists import TITLES, WORDS

NOW = make.NOW
C = SheetColumn
COOKING = Question(
    "cooking",
    QuestionType.CHOICE,
    {"vi": "Có nấu tại gian không?", "en": "Do you cook?"},
    need=Need.REQUIRED,
    choices=(Choice("yes", {"vi": "Có", "en": "Yes"}), Choice("no", {"vi": "Không", "en": "No"})),
)
GAS = Question(
    "gas",
    QuestionType.NUMBER,
    {"vi": "Mấy bình ga?", "en": "Gas bottles"},
    need=Need.REQUIRED_IF,
    condition=Condition("cooking", ("yes",)),
    most="4",
)
BUYERS = Question(
    "buyers",
    QuestionType.SEVERAL,
    {"vi": "Muốn gặp ai?", "en": "Whom do you want to meet?"},
    need=Need.REQUIRED,
    choices=(
        Choice("shops", {"vi": "Cửa hàng", "en": "Shops"}),
        Choice("export", {"vi": "Nhà xuất khẩu", "en": "Exporters"}),
    ),
)
SINCE = Question("since", QuestionType.DATE, {"vi": "Từ ngày"}, need=Need.REQUIRED)
PHONE = Question("hotline", QuestionType.SHORT_TEXT, {"vi": "Điện thoại"}, need=Need.REQUIRED)
NOTE = Question("note", QuestionType.SHORT_TEXT, {"vi": "Ghi chú"})
AGREED = Question("agreed", QuestionType.CONSENT, {"vi": "Đồng ý"}, need=Need.REQUIRED)
ASKED = {each.key: next(iter(each.labels.values())) for each in (COOKING, GAS, BUYERS, SINCE)}
GOOD = {
    TITLES[C.NAME]: "HTX Chè",
    TITLES[C.COMMUNE]: places.communes("15")[0].name,
    TITLES[C.BOOTH_KIND]: "Gian tiêu chuẩn",
}
ANSWERED = {
    ASKED["cooking"]: "Có",
    ASKED["gas"]: "2",
    ASKED["buyers"]: "Exporters; Cửa hàng",
    ASKED["since"]: "05/03/2019",
    "Điện thoại (hotline)": "+84 912 345 678",
}
KEPT = {
    "cooking": "yes",
    "gas": "2",
    "buyers": ["shops", "export"],
    "since": "2019-03-05",
    "hotline": "+84 912 345 678",
}


class Desk:
    """A head at work on a list of a fair that asks for all producers, and less of raw space."""

    def __init__(self, session: Session, folder: Path) -> None:
        self.session, self.files = session, FolderFiles(folder)
        self.fair = make.fair(session)
        account = make.account(session)
        make.booth_kind(session, self.fair)
        raw = make.booth_kind(session, self.fair, code="raw", names={"vi": "Đất trống"})
        asked = (COOKING, GAS, BUYERS, SINCE, PHONE, NOTE, AGREED)
        make.form(session, self.fair, Body((Section("stand", {"vi": "Gian"}, asked),)))
        make.form(session, self.fair, Body((Section("raw", {"vi": "Đất"}, (SINCE,)),)), booth_kind_id=raw.id)
        self.delegation = make.delegation(session, self.fair, account)
        self.head = make.actor(account_id=account.id)

    def send(self, *rows: dict[str, str]) -> DelegationUpload:
        titles = list(dict.fromkeys(title for row in rows for title in row))
        cells = [[row.get(title, "") for title in titles] for row in rows]
        data = xlsx_bytes([Table("Đoàn", tuple(map(Column, titles)), cells)])
        order = SendWorkbook(self.delegation.id, "doan.xlsx", data)
        return send_workbook(self.session, self.head, order, WORDS, self.files, NOW)

    def take(self, upload: DelegationUpload) -> None:
        take_in(self.session, self.head, self.delegation.id, upload.id, WORDS, self.files, NOW)
        self.session.flush()
        self.session.expire_all()

    def answers(self) -> list[dict[str, object]]:
        return [dict(each) for each in self.session.scalars(select(FormAnswer.answers))]

    def texts(self) -> list[dict[str, str]]:
        """The list as the template writes it, by title."""
        around = around_of(self.session, self.delegation, WORDS, NOW)
        titles = {**{each.value: said for each, said in TITLES.items()}}
        titles |= around.asking.titles("vi", WORDS.titles)
        return [
            {titles[str(column)]: text for column, text in row.items() if str(column) in titles}
            for row in list_texts(self.session, self.delegation, around)
        ]

    def faults(self, upload: DelegationUpload) -> dict[str, object]:
        (row,) = from_json(upload.preview["rows"])
        return {str(cell.column): cell.fault.reason for cell in row.faults if cell.fault}


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path)


def test_answers_come_with_the_row_and_are_kept_with_the_version_they_were_given_to(desk: Desk) -> None:
    upload = desk.send({**GOOD, **ANSWERED})
    assert desk.answers() == []
    desk.take(upload)
    assert desk.answers() == [KEPT]
    answer = desk.session.scalars(select(FormAnswer)).one()
    assert (answer.phase, answer.form_version.number) == (Phase.APPLY, 1)
    again = desk.send(*desk.texts())
    assert [row.kind for row in from_json(again.preview["rows"])] == [RowKind.SAME]


def test_a_column_stands_for_what_must_be_answered_and_fits_a_cell(desk: Desk) -> None:
    around = around_of(desk.session, desk.delegation, WORDS, NOW)
    assert [each.key for each in around.asking.questions] == ["cooking", "gas", "buyers", "since", "hotline"]


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("cooking", "Có lẽ", AnswerFault.NOT_A_CHOICE),
        ("gas", "nhiều", AnswerFault.NOT_A_NUMBER),
        ("gas", "7", AnswerFault.NUMBER_TOO_LARGE),
        ("buyers", "Cửa hàng; Ai đó", AnswerFault.NOT_A_CHOICE),
        ("since", "hôm qua", AnswerFault.NOT_A_DATE),
        ("hotline", "=1+1", CellReason.FORMULA),
        ("hotline", "9" * 301, AnswerFault.TOO_LONG),
    ],
)
def test_a_wrong_answer_is_named_by_its_cell(desk: Desk, column: str, text: str, reason: object) -> None:
    title = "Điện thoại (hotline)" if column == "hotline" else ASKED[column]
    upload = desk.send({**GOOD, **ANSWERED, title: text})
    assert desk.faults(upload) == {f"q:{column}": reason}
    assert desk.answers() == []


def test_what_another_kind_of_booth_is_not_asked_stays_empty(desk: Desk) -> None:
    raw = {**GOOD, TITLES[C.BOOTH_KIND]: "Đất trống"}
    upload = desk.send({**raw, ASKED["since"]: "2019-03-05", ASKED["gas"]: "2"})
    assert desk.faults(upload) == {"q:gas": CellReason.NOT_ASKED}
    desk.take(desk.send({**raw, ASKED["since"]: "2019-03-05"}))
    assert desk.answers() == [{"since": "2019-03-05"}]


def test_changed_answers_are_shown_and_taken_back_whole(desk: Desk) -> None:
    desk.take(desk.send({**GOOD, **ANSWERED}))
    upload = desk.send({**GOOD, **ANSWERED, ASKED["cooking"]: "Không", ASKED["gas"]: ""})
    (row,) = from_json(upload.preview["rows"])
    changed = {str(each.column): (each.was, each.text) for each in row.cells if each.was is not None}
    assert changed == {"q:cooking": ("Có", "Không"), "q:gas": ("2", "")}
    desk.take(upload)
    assert desk.answers() == [{key: said for key, said in {**KEPT, "cooking": "no"}.items() if key != "gas"}]
    take_back(desk.session, desk.head, desk.delegation.id, upload.id, NOW)
    desk.session.flush()
    desk.session.expire_all()
    assert desk.answers() == [KEPT]


def test_a_file_without_the_columns_leaves_answers_alone(desk: Desk) -> None:
    desk.take(desk.send({**GOOD, **ANSWERED}))
    desk.take(desk.send({**GOOD, TITLES[C.BOOTHS]: "2"}))
    assert desk.answers() == [KEPT]


def test_what_a_producer_answers_itself_meanwhile_is_not_written_over(desk: Desk) -> None:
    desk.take(desk.send({**GOOD, **ANSWERED}))
    upload = desk.send({**GOOD, **ANSWERED, TITLES[C.BOOTHS]: "2"})
    entry = desk.session.scalars(select(DelegationEntry)).one()
    order = GiveAnswers(entry.application_id, Phase.APPLY, {"gas": "4"}, seen=9)
    give_answers(desk.session, deputy(desk.head, entry.organisation_id), order, NOW)
    with pytest.raises(Clash):
        desk.take(upload)
    assert desk.answers() == [{**KEPT, "gas": "4"}]


def test_an_entry_is_complete_only_when_the_required_questions_are_answered(session: Session) -> None:
    fair = make.fair(session)
    delegation, other = make.delegation(session, fair), make.delegation(session, fair)
    kind = make.booth_kind(session, fair)
    form = make.form(session, fair, Body((Section("s", {"vi": "Gian"}, (COOKING, GAS)),)))
    version = session.scalars(select(FormVersion).where(FormVersion.form_id == form.id)).one()
    said = {"silent": None, "half": {"cooking": "yes"}, "whole": {"cooking": "no"}, "sent": None}
    entries = {}
    for name, answers in said.items():
        maker = make.organisation(session, name)
        state = State.SUBMITTED if name == "sent" else State.DRAFT
        applied = make.application(session, maker, fair, state=state, booth_kind_id=kind.id, area_m2=9.0)
        shown = make.product(session, maker)
        make.kept(session, ApplicationProduct(application_id=applied.id, product_id=shown.id))
        if answers is not None:
            make.form_answer(session, applied, version, answers)
        entries[name] = make.entry(session, delegation, applied)
    assert with_open_questions(session, [delegation.id, other.id]) == {
        entries[name].application_id for name in ("silent", "half")
    }
    assert numbers_of(session, [delegation.id])[delegation.id].complete == 2
    complete = page_of_entries(session, entries_standing(session, delegation.id, Standing.COMPLETE), 0, 9)
    assert [entry.organisation.name for entry, _is in complete] == ["whole", "sent"]
    every = page_of_entries(session, entries_standing(session, delegation.id, None), 0, 9)
    assert {entry.organisation.name: is_whole for entry, is_whole in every} == {
        "silent": False, "half": False, "whole": True, "sent": True,
    }  # fmt: skip
    form.booth_kind_id = make.booth_kind(session, fair, code="raw").id
    session.flush()
    assert with_open_questions(session, [delegation.id]) == frozenset()
