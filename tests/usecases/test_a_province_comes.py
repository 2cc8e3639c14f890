"""A province from its list to the last đồng: sixty producers by one file, placed, invoiced, paid, closed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step
from fairapp.rules.billing import InvoiceState, Payer
from fairapp.rules.delegation_sheets import SheetColumn, from_json
from fairapp.rules.text import words
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_balance import balances_of
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation
from fairapp.usecases.applications_decisions import DecideMany, decide_many
from fairapp.usecases.billing_bank import KeepStatement, keep_statement, statement_sheet, take_in
from fairapp.usecases.billing_invoices import InvoicePayer, draft_for_exhibitor, draft_for_payer, issue_all
from fairapp.usecases.delegations_booths import Block, ShareOut, give_booths, proposal, share_out
from fairapp.usecases.delegations_endorsing import Endorse, endorse_producers
from fairapp.usecases.delegations_sheets import SendWorkbook, send_workbook
from fairapp.usecases.delegations_sheets import take_in as take_in_list
from tests import factories as make
from tests import money
from tests.delegation_lists import WORDS, makers, workbook
from tests.factories import NOW
from tests.statements import Transfer, mangled, noise, statement

MANY = 60
OFFICE = "Kalasin Community Development Office"
C = SheetColumn
BROKEN = {
    (1, C.NAME): "=1+1",
    (5, C.NAME): "12345",
    (9, C.KIND): "Vương quốc",
    (13, C.PLACE): "",
    (17, C.PHONE): "12",
    (22, C.EMAIL): "som@",
    (26, C.STARS): "6",
    (30, C.GROUP): "Vàng bạc",
    (34, C.BOOTH_KIND): "Lều",
    (38, C.BOOTHS): "0",
}
"""(Row of the list from 0, column) -> a text that cannot be taken."""


def sixty() -> list[dict[SheetColumn, str]]:
    return [
        {
            C.NAME: maker,
            C.NAME_LATIN: f"Kalasin Group {number:02d}",
            C.KIND: "Tổ hợp tác",
            C.PLACE: district,
            C.PHONE: f"+66 43 811 {number:03d}",
            C.EMAIL: f"group{number:02d}@kalasin.example",
            C.PRODUCTS: product,
            C.STARS: str(3 + number % 3),
            C.GROUP: "Thực phẩm",
            C.BOOTH_KIND: "Gian tiêu chuẩn",
            C.BOOTHS: "1",
        }
        for number, (maker, product, district) in enumerate(makers(MANY))
    ]


def test_a_list_becomes_stands_and_invoices_and_two_payers_settle_them_to_the_last_dong(
    session: Session, tmp_path: Path
) -> None:
    files = FolderFiles(tmp_path)
    fair = money.fair(session)
    money.subsidy(session, fair, payer_name=OFFICE, names={"en": "Half of the booth"})
    delegation = entered(session, fair, files)
    accepted(session, fair)
    placed(session, fair, delegation)
    invoices = invoiced(session, fair)
    assert [each.gross_minor for each in invoices] == [3_300_000] * MANY + [MANY * 3_300_000]
    paid(session, fair, files, invoices)
    balance = balances_of(session, fair.id)["VND"]
    assert balance.closes
    assert (balance.invoiced, balance.paid, balance.due) == (MANY * 6_600_000, MANY * 6_600_000, 0)
    assert set(session.scalars(select(Invoice.state))) == {InvoiceState.PAID}


def entered(session: Session, fair: Fair, files: FolderFiles) -> Delegation:
    """The head sends a list with ten broken cells, mends and sends it again, and endorses everybody."""
    account = make.account(session)
    head = make.actor(account_id=account.id)
    delegation = make.delegation(session, fair, account, country="TH", province_code=None, quota_booths=MANY)
    rows = sixty()
    broken = [dict(row) for row in rows]
    for (row, column), text in BROKEN.items():
        broken[row][column] = text
    order = SendWorkbook(delegation.id, "kalasin.xlsx", workbook(broken))
    upload = send_workbook(session, head, order, WORDS, files, NOW)
    read = from_json(upload.preview["rows"])
    faults = {(row.line, cell.column) for row in read for cell in row.faults}
    assert faults == {(row + 2, column) for row, column in BROKEN}  # the titles stand in line 1
    order = SendWorkbook(delegation.id, "kalasin.xlsx", workbook(rows))
    upload = send_workbook(session, head, order, WORDS, files, NOW)
    take_in_list(session, head, delegation.id, upload.id, WORDS, files, NOW)
    assert set(map(words, session.scalars(select(Organisation.name)))) == {words(row[C.NAME]) for row in rows}
    entries = tuple(session.scalars(select(DelegationEntry.id).order_by(DelegationEntry.id)))
    endorsed = endorse_producers(session, head, Endorse(delegation.id, entries, has_agreed=True), NOW)
    assert (len(endorsed.done), endorsed.refused) == (MANY, ())
    return delegation


def accepted(session: Session, fair: Fair) -> None:
    """The organiser accepts everybody."""
    organiser = make.actor(Role.ORGANISER, fair)
    ids = tuple(session.scalars(select(Application.id)))
    decided = decide_many(session, organiser, DecideMany(ids, Step.ACCEPT), NOW)
    assert (len(decided.done), decided.refused) == (MANY, ())
    assert set(session.scalars(select(Application.state))) == {State.ACCEPTED}


def placed(session: Session, fair: Fair, delegation: Delegation) -> None:
    """The organiser gives a block, the head shares it out."""
    hall = make.hall(session, fair)
    block = tuple(make.booth(session, hall, f"A-{number:03d}").id for number in range(MANY))
    give_booths(session, make.actor(Role.ORGANISER, fair), Block(delegation.id, block), NOW)
    head = make.actor(account_id=delegation.head_id)
    pairs = tuple(
        (entry, booth) for entry, booths in proposal(session, delegation).items() for booth in booths
    )
    shared = share_out(session, head, ShareOut(delegation.id, pairs), NOW)
    assert (len(shared.claims), shared.refused) == (MANY, ())
    assert set(session.scalars(select(BoothClaim.booth_id))) == set(session.scalars(select(Booth.id)))


def invoiced(session: Session, fair: Fair) -> list[Invoice]:
    """The office asks every producer for its half, and the province for the other."""
    finance = make.actor(Role.FINANCE, fair)
    exhibitors = session.scalars(select(Exhibitor.id).order_by(Exhibitor.id)).all()
    drafts = [draft_for_exhibitor(session, finance, each, NOW) for each in exhibitors]
    drafts.append(
        draft_for_payer(session, finance, InvoicePayer(fair.id, Payer.PROVINCE, OFFICE, "VND"), NOW)
    )
    issue_all(session, finance, fair.id, [each.id for each in drafts], NOW)
    assert [each.number for each in drafts] == list(range(1, MANY + 2))
    return drafts


def paid(session: Session, fair: Fair, files: FolderFiles, invoices: list[Invoice]) -> None:
    """A statement of two hundred lines, the payments' references as banks and people mangle them."""
    wanted = select(Instalment).where(Instalment.invoice_id.in_([each.id for each in invoices]))
    transfers = [
        Transfer(f"{way % 28 + 1:02d}/02/2027", each.open_minor, mangled(each.reference, way), f"OTOP {way}")
        for way, each in enumerate(session.scalars(wanted.order_by(Instalment.id)))
    ]
    lines = [*transfers, *noise(200 - len(transfers))]
    lines.sort(key=lambda each: (each.day, each.text))
    assert len(lines) == 200
    finance = make.actor(Role.FINANCE, fair)
    order = KeepStatement(fair.id, "sao-ke.csv", statement(lines), "VND", 0)
    run = keep_statement(session, finance, order, statement_sheet(order.data), files, NOW)
    take_in(session, finance, run.id, fair.id, files, NOW)
    assert session.scalar(select(func.sum(Instalment.paid_minor))) == MANY * 6_600_000
