"""Statements of the bank: what is certain is booked, everything else waits, nothing counts twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.sheets.writing import Column, Table, Value, xlsx_bytes
from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.bank_lines import LineOutcome, LineReason
from fairapp.rules.bank_plan import StatementRefusal
from fairapp.rules.bank_titles import BankField
from fairapp.rules.billing import (
    BankLineState,
    InvoiceState,
    MoneyTaskKind,
    Payer,
    PaymentState,
    PriceKind,
)
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.matching import Doubt
from fairapp.rules.sheets import FileRefused
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Charge, Instalment, Invoice, InvoiceLine
from fairapp.store.billing_balance import balances_of
from fairapp.store.billing_bank import BankLine, BankStatement, MoneyTask, Payment, PaymentPart
from fairapp.store.fairs import Fair
from fairapp.usecases.billing_bank import (
    KeepStatement,
    decide_lines,
    keep_statement,
    statement_sheet,
    take_in,
    tell_columns,
)
from fairapp.usecases.billing_invoices import InvoicePayer, draft_for_payer, issue_invoice
from tests import factories as make
from tests import money
from tests.factories import NOW
from tests.statements import HEADER, Transfer, mangled, noise, statement

REFERENCE = {BankField.BOOKED_ON: 1, BankField.MONEY_IN: 4, BankField.MONEY_OUT: 3, BankField.TEXT: 6}


@pytest.fixture
def fair(session: Session) -> Fair:
    return make.fair(session)


@pytest.fixture
def finance(fair: Fair) -> Actor:
    return make.actor(Role.FINANCE, fair)


@pytest.fixture
def files(tmp_path: Path) -> FolderFiles:
    return FolderFiles(tmp_path)


def exhibitor(session: Session, fair: Fair, name: str | None = None) -> Exhibitor:
    return make.exhibitor(session, make.organisation(session, name), fair)


def kept(
    session: Session, actor: Actor, fair: Fair, files: FolderFiles, data: bytes, name: str = "t2.csv"
) -> BankStatement:
    return keep_statement(
        session, actor, KeepStatement(fair.id, name, data, "VND", 0), statement_sheet(data), files, NOW
    )


def taken(
    session: Session, actor: Actor, fair: Fair, files: FolderFiles, *transfers: Transfer, seed: int = 0
) -> BankStatement:
    run = kept(session, actor, fair, files, statement(transfers, seed=seed))
    return take_in(session, actor, run.id, fair.id, files, NOW)


def refused(act: object) -> tuple[object, ...]:
    with pytest.raises(Refused) as caught:
        act()  # type: ignore[operator]
    return caught.value.reasons


def test_a_statement_of_200_lines_pays_what_60_producers_and_their_province_owe_and_the_books_close(
    session: Session, files: FolderFiles
) -> None:
    fair = money.fair(session)
    finance = make.actor(Role.FINANCE, fair)
    money.subsidy(session, fair)
    stands = [money.stand(session, fair) for _ in range(60)]
    invoices = [money.invoice(session, stand) for stand in stands]
    order = InvoicePayer(fair.id, Payer.PROVINCE, "Sở Công Thương Sơn La", "VND")
    province = draft_for_payer(session, finance, order, NOW)
    invoices.append(issue_invoice(session, finance, province.id, NOW))
    assert {invoice.gross_minor for invoice in invoices} == {3_300_000, 60 * 3_300_000}
    instalments = [each for invoice in invoices for each in make.instalments_of(session, invoice)]
    transfers = [
        Transfer(f"{way % 28 + 1:02d}/02/2027", each.open_minor, mangled(each.reference, way), f"HTX {way}")
        for way, each in enumerate(instalments)
    ]
    twice = transfers[:3]  # paid again by mistake
    lines = [*transfers, *twice, *noise(200 - len(transfers) - len(twice))]
    lines.sort(key=lambda each: (each.day, each.text))
    run = kept(session, finance, fair, files, statement(lines))
    assert len(lines) == 200
    assert decide_lines(session, run, files).figures.lines[LineOutcome.MATCHED] == len(transfers)
    take_in(session, finance, run.id, fair.id, files, NOW)
    assert set(session.scalars(select(Invoice.state))) == {InvoiceState.PAID}
    balance = balances_of(session, fair.id)["VND"]
    assert balance.closes
    assert (balance.invoiced, balance.paid, balance.due) == (396_000_000, 396_000_000, 0)
    assert balance.credit == balance.received - balance.invoiced > sum(each.came for each in twice)


def test_nothing_is_written_before_it_is_taken_in_and_nothing_twice_afterwards(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    first = make.instalments_of(session, make.invoice(session, exhibitor(session, fair)))[0]
    transfer = Transfer("05/02/2027", 3_300_000, first.reference)
    data = statement([transfer])
    run = kept(session, finance, fair, files, data)
    decide_lines(session, run, files)
    assert session.scalars(select(Payment)).all() == []
    take_in(session, finance, run.id, fair.id, files, NOW)
    take_in(session, finance, run.id, fair.id, files, NOW)
    assert kept(session, finance, fair, files, data, "again.csv").id == run.id
    assert session.scalar(select(func.count()).select_from(Payment)) == 1
    assert (first.paid_minor, session.scalars(select(BankLine.state)).all()) == (
        3_300_000,
        [BankLineState.MATCHED],
    )


def test_a_transfer_in_two_statements_counts_once_even_when_other_columns_were_told(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    lines = [
        Transfer("05/02/2027", 1_000, "nop tien", "LAN"),
        Transfer("05/02/2027", 1_000, "nop tien", "MAI"),
    ]
    taken(session, finance, fair, files, *lines)
    more = [*lines, Transfer("06/02/2027", 1_000, "nop tien", "LAN")]
    run = kept(session, finance, fair, files, statement(more, seed=0) + b"\n")
    tell_columns(session, finance, run.id, fair.id, REFERENCE, NOW)
    take_in(session, finance, run.id, fair.id, files, NOW)
    assert session.scalar(select(func.sum(Payment.amount_minor))) == 3_000
    assert run.counts["reasons"][LineReason.ALREADY_THERE.value] == 2


def test_transfers_alike_in_all_but_the_banks_number_are_two(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    taken(session, finance, fair, files, Transfer("05/02/2027", 1_000, "nop tien"), seed=1)
    taken(session, finance, fair, files, Transfer("05/02/2027", 1_000, "nop tien"), seed=2)
    assert session.scalar(select(func.sum(Payment.amount_minor))) == 2_000


@pytest.mark.parametrize(
    ("came", "paid", "left", "state", "doubt"),
    [
        (3_300_000, 3_300_000, 0, PaymentState.MATCHED, None),
        (3_000_000, 3_000_000, 0, PaymentState.MATCHED, None),
        (3_500_000, 3_300_000, 200_000, PaymentState.SPLIT, Doubt.OVERPAID),
    ],
)
def test_a_wrong_sum_is_booked_as_far_as_it_goes_and_the_rest_waits(
    session: Session,
    fair: Fair,
    finance: Actor,
    files: FolderFiles,
    came: int,
    paid: int,
    left: int,
    state: PaymentState,
    doubt: Doubt | None,
) -> None:
    first = make.instalments_of(session, make.invoice(session, exhibitor(session, fair)))[0]
    taken(session, finance, fair, files, Transfer("05/02/2027", came, first.reference))
    payment = session.scalars(select(Payment)).one()
    assert (first.paid_minor, payment.left_minor, payment.state, payment.doubt) == (paid, left, state, doubt)
    tasks = session.scalars(select(MoneyTask.kind)).all()
    assert tasks == ([MoneyTaskKind.CREDIT_LEFT] if left else [])
    assert balances_of(session, fair.id)["VND"].closes


def claimed(session: Session, fair: Fair, who: Exhibitor, state: ClaimState, kind: PriceKind) -> Instalment:
    """An open instalment of an invoice for a claim in this state."""
    booth = make.booth(session, make.hall(session, fair, f"H{who.id}"))
    claim = make.claim(session, booth, who, fair, state=state)
    invoice = make.invoice(session, who)
    line = InvoiceLine(
        invoice_id=invoice.id,
        position=1,
        exhibitor_id=who.id,
        kind=kind,
        names={"en": "Booth"},
        quantity_milli=1_000,
        unit_price_minor=6_600_000,
        vat_bp=0,
        net_minor=6_600_000,
        vat_minor=0,
        gross_minor=6_600_000,
    )
    make.kept(session, line)
    charge = Charge(
        fair_id=fair.id,
        exhibitor_id=who.id,
        kind=kind,
        names={"en": "Booth"},
        quantity_milli=1_000,
        unit_price_minor=6_600_000,
        currency="VND",
        claim_id=claim.id,
        source=f"claim:{claim.id}",
        made_at=NOW,
        invoice_line_id=line.id,
    )
    make.kept(session, charge)
    return make.instalments_of(session, invoice)[0]


@pytest.mark.parametrize(
    ("claim", "has_left", "kind", "is_booked"),
    [
        (ClaimState.CONFIRMED, False, PriceKind.BOOTH, True),
        (ClaimState.VACATED, False, PriceKind.BOOTH, True),
        (ClaimState.NO_SHOW, False, PriceKind.BOOTH, True),
        (ClaimState.RELEASED, False, PriceKind.BOOTH, False),
        (ClaimState.EXPIRED, False, PriceKind.BOOTH, False),
        (ClaimState.MOVED, False, PriceKind.BOOTH, False),
        (ClaimState.CONFIRMED, True, PriceKind.BOOTH, False),
        (ClaimState.RELEASED, True, PriceKind.CANCELLATION, True),
    ],
)
def test_late_money_for_a_claim_that_has_ended_is_a_credit_with_a_task(
    session: Session,
    fair: Fair,
    finance: Actor,
    files: FolderFiles,
    claim: ClaimState,
    has_left: bool,
    kind: PriceKind,
    is_booked: bool,
) -> None:
    who = exhibitor(session, fair)
    who.left_at = NOW if has_left else None
    first = claimed(session, fair, who, claim, kind)
    taken(session, finance, fair, files, Transfer("05/02/2027", 3_300_000, first.reference))
    payment = session.scalars(select(Payment)).one()
    assert first.paid_minor == (3_300_000 if is_booked else 0)
    tasks = session.execute(select(MoneyTask.kind, MoneyTask.payment_id, MoneyTask.instalment_id)).all()
    assert tasks == ([] if is_booked else [(MoneyTaskKind.CLAIM_GONE, payment.id, first.id)])
    assert payment.left_minor == (0 if is_booked else 3_300_000)


def test_who_was_moved_to_another_booth_still_pays_for_the_first(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    who = exhibitor(session, fair)
    first = claimed(session, fair, who, ClaimState.MOVED, PriceKind.BOOTH)
    make.claim(session, make.booth(session, make.hall(session, fair, "Z")), who, fair)
    taken(session, finance, fair, files, Transfer("05/02/2027", 3_300_000, first.reference))
    assert first.open_minor == 0


@pytest.mark.parametrize("state", [InvoiceState.VOIDED, InvoiceState.CREDITED, InvoiceState.WRITTEN_OFF])
def test_money_for_a_dead_invoice_revives_nothing(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles, state: InvoiceState
) -> None:
    invoice = make.invoice(session, exhibitor(session, fair), (3_300_000,), state=state)
    (whole,) = make.instalments_of(session, invoice)
    whole.waived_minor = 3_300_000
    taken(session, finance, fair, files, Transfer("05/02/2027", 3_300_000, whole.reference))
    assert (invoice.state, invoice.paid_minor) == (state, 0)
    assert session.scalars(select(MoneyTask.kind)).all() == [MoneyTaskKind.DEAD_INVOICE]
    assert session.scalars(select(PaymentPart)).all() == []


def test_references_of_another_fair_and_another_currency_are_not_known_here(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    other = exhibitor(session, make.fair(session, "OTHER"))
    elsewhere = make.instalments_of(session, make.invoice(session, other))[0]
    dollars = make.instalments_of(session, make.invoice(session, exhibitor(session, fair), currency="USD"))[0]
    lines = [Transfer("05/02/2027", 3_300_000, each.reference) for each in (elsewhere, dollars)]
    taken(session, finance, fair, files, *lines)
    assert set(session.scalars(select(Payment.doubt))) == {Doubt.NO_REFERENCE}
    assert (elsewhere.paid_minor, dollars.paid_minor) == (0, 0)


def test_the_columns_of_a_statement_are_remembered_by_their_titles(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    first = kept(session, finance, fair, files, statement([Transfer("05/02/2027", 1_000, "a")]))
    assert first.columns["counterpart"] == HEADER.index("Tên đối ứng")
    tell_columns(session, finance, first.id, fair.id, REFERENCE, NOW)
    take_in(session, finance, first.id, fair.id, files, NOW)
    second = kept(session, finance, fair, files, statement([Transfer("06/02/2027", 1_000, "b")]))
    assert second.columns == {field.value: place for field, place in REFERENCE.items()}
    tell_columns(session, finance, first.id, fair.id, {**REFERENCE, BankField.COUNTERPART: 7}, NOW)
    assert "counterpart" not in first.columns  # taken in: as it was


def test_a_workbook_is_read_as_a_bank_writes_it(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    first, second = make.instalments_of(session, make.invoice(session, exhibitor(session, fair)))
    titles = ("STT", "Ngày hiệu lực", "Số tiền ghi nợ", "Số tiền ghi có", "Số dư", "Nội dung giao dịch")
    lines: list[tuple[Value, ...]] = [
        (1, datetime(2027, 2, 5, 13, 4, tzinfo=UTC), None, 3_300_000, 1e8, first.reference),
        (2, date(2027, 2, 6), 11_000, None, 1e8, "Phi"),
        (3, "07/02/2027", None, "3,300,000", 1e8, second.reference),
    ]
    data = xlsx_bytes([Table("Sao kê", tuple(map(Column, titles)), lines)])
    run = kept(session, finance, fair, files, data, "vcb.xlsx")
    take_in(session, finance, run.id, fair.id, files, NOW)
    assert (first.open_minor, second.open_minor) == (0, 0)
    days = session.scalars(select(Payment.received_on).order_by(Payment.id)).all()
    assert days == [date(2027, 2, 5), date(2027, 2, 7)]


def test_a_list_that_is_no_statement_waits_for_its_columns(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    run = kept(session, finance, fair, files, b"name,booth\nLan,A-01\n")
    assert refused(lambda: take_in(session, finance, run.id, fair.id, files, NOW)) == (
        StatementRefusal.COLUMNS_UNTOLD,
    )
    with pytest.raises(FileRefused):
        kept(session, finance, fair, files, b"%PDF-1.7")


def test_a_file_that_is_gone_is_said_so(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    run = kept(session, finance, fair, files, statement([Transfer("05/02/2027", 1_000, "a")]))
    files.forget(run.file_key)
    assert refused(lambda: take_in(session, finance, run.id, fair.id, files, NOW)) == (
        StatementRefusal.FILE_GONE,
    )


def test_only_the_money_people_of_the_fair_take_statements_in(
    session: Session, fair: Fair, finance: Actor, files: FolderFiles
) -> None:
    run = kept(session, finance, fair, files, statement([Transfer("05/02/2027", 1_000, "a")]))
    stranger = make.actor(Role.ORGANISER, make.fair(session, "OTHER"))
    with pytest.raises(Missing):
        take_in(session, stranger, run.id, fair.id, files, NOW)
    with pytest.raises(NotAllowed):
        kept(session, make.actor(Role.REVIEWER, fair), fair, files, statement([]))
