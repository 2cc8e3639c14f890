"""A head's workbook: previewed cell by cell, taken in whole or not at all, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.files import FolderFiles
from fairapp.adapters.sheets.writing import Column, Table, csv_bytes, xlsx_bytes
from fairapp.rules.delegation_sheets import CellReason, RowKind, SheetColumn, SheetReason, from_json
from fairapp.rules.delegations import DelegationReason, EntryState
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.identifiers import EmailReason, IdentifierReason, PhoneReason
from fairapp.rules.printed_texts import PrintedFault
from fairapp.rules.producers import ProducerReason
from fairapp.rules.reasons import Shape
from fairapp.rules.sheets import FileReason
from fairapp.store.delegations import DelegationEntry, DelegationUpload
from fairapp.store.operations import AuditEntry
from fairapp.store.producers import Organisation
from fairapp.usecases.delegations_endorsing import Endorse, endorse_producers
from fairapp.usecases.delegations_entries import enter_producer
from fairapp.usecases.delegations_planning import around_of, list_texts
from fairapp.usecases.delegations_sheets import SendWorkbook, send_workbook, take_back, take_in
from fairapp.usecases.delegations_telling import Told
from tests import factories as make
from tests.delegation_lists import TITLES, WORDS

NOW = make.NOW
C = SheetColumn
COMMUNES = places.communes("15")
GOOD = {
    C.NAME: "HTX Chè Suối Nậm Lành",
    C.KIND: "Hợp tác xã",
    C.TAX_CODE: "0100109106",
    C.COMMUNE: COMMUNES[0].name,
    C.PHONE: "0912345678",
    C.EMAIL: "che@namlanh.example",
    C.PRODUCTS: "Chè Shan tuyết; Trà xanh",
    C.STARS: "4",
    C.GROUP: "Đồ uống",
    C.BOOTH_KIND: "Gian tiêu chuẩn",
    C.BOOTHS: "2",
}


class Desk:
    """A head at work on one list."""

    def __init__(self, session: Session, folder: Path, **values: Any) -> None:
        fair = make.fair(session)
        account = make.account(session)
        self.kind = make.booth_kind(session, fair)
        self.session, self.files = session, FolderFiles(folder)
        self.delegation = make.delegation(session, fair, account, **values)
        self.head = make.actor(account_id=account.id)

    def send(self, *rows: dict[SheetColumn, str], data: bytes = b"") -> DelegationUpload:
        columns = [each for each in TITLES if any(each in row for row in rows)]
        cells = [[row.get(column, "") for column in columns] for row in rows]
        table = Table("Đoàn", tuple(Column(TITLES[each]) for each in columns), cells)
        order = SendWorkbook(self.delegation.id, "doan.xlsx", data or xlsx_bytes([table]))
        return send_workbook(self.session, self.head, order, WORDS, self.files, NOW)

    def take(self, upload: DelegationUpload) -> DelegationUpload:
        return take_in(self.session, self.head, self.delegation.id, upload.id, WORDS, self.files, NOW)

    def back(self, upload: DelegationUpload) -> DelegationUpload:
        return take_back(self.session, self.head, self.delegation.id, upload.id, NOW)

    def texts(self) -> list[dict[SheetColumn, str]]:
        self.session.flush()
        self.session.expire_all()
        return list_texts(self.session, self.delegation, around_of(self.session, self.delegation, WORDS, NOW))

    def entries(self) -> list[DelegationEntry]:
        return list(self.session.scalars(select(DelegationEntry).order_by(DelegationEntry.id)))


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Desk:
    return Desk(session, tmp_path)


def test_a_workbook_changes_nothing_before_it_is_taken_in_and_goes_round_whole(desk: Desk) -> None:
    upload = desk.send(GOOD)
    assert desk.entries() == []
    assert upload.preview["counts"]["new"] == 1
    desk.take(upload)
    assert [each.state for each in desk.entries()] == [EntryState.ENTERED]
    assert desk.entries()[0].application.area_m2 == 18.0
    again = desk.send(*desk.texts())
    assert [row.kind for row in from_json(again.preview["rows"])] == [RowKind.SAME]
    with pytest.raises(Refused) as nothing:
        desk.take(again)
    assert nothing.value.reasons == (SheetReason.NOTHING_NEW,)


@pytest.mark.parametrize(
    ("wrong", "column", "reason"),
    [
        ({C.NAME: ""}, C.NAME, Shape.REQUIRED),
        ({C.NAME: '=HYPERLINK("http://x")'}, C.NAME, CellReason.FORMULA),
        ({C.NAME: "12345"}, C.NAME, CellReason.NOT_A_NAME),
        ({C.NAME: "n" * 201}, C.NAME, PrintedFault.OVER),
        ({C.ADDRESS: "@SUM(A1)"}, C.ADDRESS, CellReason.FORMULA),
        ({C.KIND: "Vương quốc"}, C.KIND, CellReason.UNKNOWN_KIND),
        ({C.TAX_CODE: "0100109107"}, C.TAX_CODE, IdentifierReason.WRONG_CHECK_DIGIT),
        ({C.COMMUNE: "Xã Không Có"}, C.COMMUNE, CellReason.UNKNOWN_COMMUNE),
        ({C.COMMUNE: ""}, C.COMMUNE, Shape.REQUIRED),
        ({C.PHONE: "12"}, C.PHONE, PhoneReason.TOO_SHORT),
        ({C.EMAIL: "che@"}, C.EMAIL, EmailReason),
        ({C.STARS: "6"}, C.STARS, ProducerReason.WRONG_STARS),
        ({C.GROUP: "Vàng bạc"}, C.GROUP, CellReason.UNKNOWN_GROUP),
        ({C.GROUP: ""}, C.GROUP, Shape.REQUIRED),
        ({C.BOOTH_KIND: "Lều"}, C.BOOTH_KIND, CellReason.UNKNOWN_BOOTH_KIND),
        ({C.BOOTHS: "hai"}, C.BOOTHS, DelegationReason.WRONG_BOOTHS),
        ({C.BOOTHS: "0"}, C.BOOTHS, DelegationReason.WRONG_BOOTHS),
        ({C.NUMBER: "999"}, C.NUMBER, CellReason.UNKNOWN_ROW),
    ],
)
def test_a_broken_cell_is_found_by_name_and_keeps_the_whole_file_out(
    desk: Desk, wrong: dict[SheetColumn, str], column: SheetColumn, reason: Any
) -> None:
    sound = {**GOOD, C.NAME: "HTX Quế", C.TAX_CODE: "", C.BOOTHS: "1"}
    upload = desk.send(sound, {**GOOD, **wrong})
    good, bad = from_json(upload.preview["rows"])
    assert good.faults == ()
    assert [(cell.column, cell.text) for cell in bad.faults] == [(column, {**GOOD, **wrong}[column][:500])]
    fault = bad.faults[0].fault
    assert fault is not None
    assert fault.reason is reason or isinstance(fault.reason, reason if isinstance(reason, type) else ())
    with pytest.raises(Refused) as refused:
        desk.take(upload)
    assert (refused.value.reasons, refused.value.facts["cells"]) == ((SheetReason.BROKEN_CELLS,), 1)
    assert desk.entries() == []


def test_a_thai_list_is_asked_neither_commune_nor_tax_code(session: Session, tmp_path: Path) -> None:
    desk = Desk(session, tmp_path, country="TH", province_code=None)
    thai = {
        C.NAME: "ปลาส้มแม่แดง", C.PLACE: "Kalasin", C.PRODUCTS: "ปลาส้ม", C.GROUP: "Thực phẩm",
        C.TAX_CODE: "0100109107", C.COMMUNE: "Xã Không Có",
    }  # fmt: skip
    desk.take(desk.send(thai))
    kept = session.scalars(select(Organisation)).one()
    assert (kept.country, kept.tax_code, kept.commune_code, kept.place) == ("TH", None, None, "Kalasin")
    nowhere = desk.send({**thai, C.NAME: "อื่น", C.PLACE: ""})
    assert [cell.column for cell in from_json(nowhere.preview["rows"])[0].faults] == [C.PLACE]


def test_a_row_that_names_a_producer_twice_is_broken_where_it_repeats(desk: Desk) -> None:
    upload = desk.send(GOOD, {**GOOD, C.NAME: "Tên khác"}, {**GOOD, C.TAX_CODE: ""})
    faults = [
        (row.line, cell.column, cell.fault and (cell.fault.reason, dict(cell.fault.facts)))
        for row in from_json(upload.preview["rows"])
        for cell in row.faults
    ]
    twice = (CellReason.TWICE, {"line": 2})
    assert faults == [(3, C.TAX_CODE, twice), (4, C.NAME, twice)]


def test_changed_cells_say_what_they_were_and_the_number_tells_a_renamed_producer(desk: Desk) -> None:
    desk.take(desk.send(GOOD, {**GOOD, C.NAME: "HTX Quế", C.TAX_CODE: ""}))
    first, second = desk.texts()
    renamed = {**first, C.NAME: "HTX Chè cổ thụ", C.TAX_CODE: "", C.BOOTHS: "3"}
    upload = desk.send(renamed)
    row = from_json(upload.preview["rows"])[0]
    assert {cell.column: cell.was for cell in row.cells if cell.was is not None} == {
        C.NAME: "HTX Chè Suối Nậm Lành",
        C.TAX_CODE: "0100109106",
        C.BOOTHS: "2",
    }
    assert upload.preview["left_alone"] == 1
    assert upload.preview["booths"] == 5
    desk.take(upload)
    assert [each[C.NAME] for each in desk.texts()] == ["HTX Chè cổ thụ", "HTX Quế"]
    assert desk.texts()[1] == second


def test_a_list_over_its_quota_is_not_taken_in(desk: Desk) -> None:
    upload = desk.send({**GOOD, C.BOOTHS: "6"}, {**GOOD, C.NAME: "HTX Quế", C.TAX_CODE: "", C.BOOTHS: "5"})
    with pytest.raises(Refused) as full:
        desk.take(upload)
    assert (full.value.reasons, dict(full.value.facts)) == (
        (DelegationReason.QUOTA_FULL,),
        {"quota": 10, "asked": 11},
    )


def test_taken_back_the_list_is_as_it_was_and_the_same_file_brings_the_same_producers_back(
    desk: Desk,
) -> None:
    desk.take(desk.send(GOOD))
    before = desk.texts()
    changed = {**before[0], C.NAME: "HTX Chè cổ thụ", C.PRODUCTS: "Trà xanh", C.STARS: "", C.BOOTHS: "1"}
    new = {**GOOD, C.NAME: "HTX Quế", C.TAX_CODE: "", C.BOOTHS: "1"}
    upload = desk.take(desk.send(changed, new))
    assert len(desk.texts()) == 2
    desk.back(upload)
    assert desk.texts() == before
    assert [each.state for each in desk.entries()] == [EntryState.ENTERED, EntryState.REMOVED]
    desk.back(upload)  # a second press
    desk.take(desk.send(changed, new))
    assert len(desk.entries()) == 2
    assert len(desk.session.scalars(select(Organisation)).all()) == 2


def test_a_second_press_takes_nothing_in_twice(desk: Desk) -> None:
    upload = desk.send(GOOD)
    desk.take(upload)
    desk.take(upload)
    assert len(desk.entries()) == 1
    taken = desk.session.scalars(select(AuditEntry.what).where(AuditEntry.what.endswith("taken_in"))).all()
    assert taken == ["delegation.workbook_taken_in"]


def test_whatever_was_changed_since_is_never_overwritten_unseen(desk: Desk) -> None:
    upload, late = desk.send(GOOD), desk.send({**GOOD, C.NAME: "HTX Quế", C.TAX_CODE: ""})
    with pytest.raises(Refused) as early:
        desk.back(upload)
    assert early.value.reasons == (SheetReason.NOT_TAKEN_IN,)
    desk.take(upload)
    with pytest.raises(Clash):
        desk.take(late)
    told = Told("HTX Gạo", commune_code=COMMUNES[1].code, booth_kind_id=desk.kind.id)
    enter_producer(desk.session, desk.head, desk.delegation.id, told, NOW)
    with pytest.raises(Refused) as since:
        desk.back(upload)
    assert since.value.reasons == (SheetReason.CHANGED_SINCE,)


def test_an_endorsed_producer_is_not_changed_by_a_file(desk: Desk) -> None:
    desk.take(desk.send(GOOD))
    entry = desk.entries()[0]
    endorse_producers(desk.session, desk.head, Endorse(desk.delegation.id, (entry.id,), True), NOW)
    same, other = desk.texts()[0], {**desk.texts()[0], C.BOOTHS: "1"}
    assert from_json(desk.send(same).preview["rows"])[0].kind is RowKind.SAME
    fault = from_json(desk.send(other).preview["rows"])[0].faults[0].fault
    assert fault is not None
    assert fault.reason is DelegationReason.ENTRY_NOT_FROM_HERE


def test_a_persons_number_goes_round_masked_and_stays(desk: Desk) -> None:
    owner = "010188001234"
    desk.take(desk.send({**GOOD, C.TAX_CODE: owner}))
    shown = desk.texts()[0]
    assert shown[C.TAX_CODE] == "0101••••••34"
    assert owner not in str(desk.texts())
    desk.take(desk.send({**shown, C.BOOTHS: "1"}))
    assert desk.session.scalars(select(Organisation.personal_number)).one() == owner


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", FileReason.EMPTY),
        (b"%PDF-1.7 x", FileReason.NOT_A_LIST),
        (b"PK\x03\x04 broken", FileReason.DAMAGED),
        (csv_bytes(["a", "b", "c"], [["1", "2", "3"]]), SheetReason.NOT_THE_TEMPLATE),
        (b"x" * (8 * 1024 * 1024 + 1), FileReason.TOO_LARGE),
    ],
)
def test_a_wrong_file_is_refused_and_leaves_no_trace(desk: Desk, data: bytes, reason: Any) -> None:
    order = SendWorkbook(desk.delegation.id, "x", data)
    with pytest.raises(Refused) as refused:
        send_workbook(desk.session, desk.head, order, WORDS, desk.files, NOW)
    assert refused.value.reasons == (reason,)
    assert desk.session.scalars(select(DelegationUpload)).all() == []


def test_nobody_else_sends_takes_in_or_takes_back(desk: Desk) -> None:
    upload = desk.send(GOOD)
    other = make.delegation(desk.session, desk.delegation.fair, make.account(desk.session))
    rival = make.actor(account_id=other.head_id)
    for delegation_id in (desk.delegation.id, other.id):
        with pytest.raises(Missing):
            take_in(desk.session, rival, delegation_id, upload.id, WORDS, desk.files, NOW)
        with pytest.raises(Missing):
            take_back(desk.session, rival, delegation_id, upload.id, NOW)
