"""The bank's room in the browser: statements, payments by hand, reminders, the balance, and who may enter."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.billing import InvoiceState, MoneyTaskKind
from fairapp.store.base import db
from fairapp.store.billing import Dunning, Instalment, Invoice
from fairapp.store.billing_bank import BankStatement, MoneyTask, Payment, PaymentPart
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, OutboxMessage
from tests import factories as make
from tests.factories import NOW
from tests.statements import Transfer, noise, statement

BANK = "/o/OCOP27/bank"
BALANCE = "/o/OCOP27/money/balance"
REMINDERS = "/o/OCOP27/money/reminders"
Browse = Callable[..., FlaskClient]


class Office:
    """A fair with one invoice of two instalments, and its finance officer in a browser."""

    def __init__(self, rows: Session, browse: Browse, send: Any) -> None:
        self.rows, self.browse, self.send = rows, browse, send
        self.fair: Fair = make.fair(rows)
        organisation = make.organisation(rows, "HTX Chè Bản Liền")
        self.exhibitor = make.exhibitor(rows, organisation, self.fair)
        self.invoice = make.invoice(rows, self.exhibitor)
        self.first, self.second = make.instalments_of(rows, self.invoice)
        self.person = make.account(rows, language="en")
        make.grant(rows, self.person, Role.FINANCE, self.fair)
        rows.commit()
        self.browser = browse(self.person)

    def other(self, role: Role, of: Fair | None = None) -> FlaskClient:
        """Somebody else's browser."""
        account = make.account(self.rows)
        make.grant(self.rows, account, role, of or self.fair)
        self.rows.commit()
        return self.browse(account)

    def page(self, address: str) -> str:
        answer = self.browser.get(address)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    def upload(self, data: bytes, name: str = "vcb.csv") -> Any:
        file = (io.BytesIO(data), name)
        return self.send(self.browser, f"{BANK}/statements", file=file, currency="VND")

    def payment(self, amount: int = 3_300_000, **values: Any) -> Payment:
        made = make.payment(self.rows, self.fair, amount, **values)
        self.rows.commit()
        return made

    def act(self, payment: Payment, action: str, **fields: Any) -> Any:
        """Send a form of the payment's page, with the key that it was given."""
        address = f"{BANK}/payments/{payment.id}"
        shown = self.page(address)
        key = re.findall(r'name="key"[^>]*value="([^"]+)"', shown)
        fields.setdefault("key", key[0] if key else "")
        return self.send(self.browser, address, f"{address}/{action}", **fields)


@pytest.fixture
def office(rows: Session, browse: Browse, send: Any) -> Office:
    return Office(rows, browse, send)


def test_a_statement_goes_from_file_over_columns_and_preview_into_the_books(office: Office) -> None:
    lines = [Transfer("05/02/2027", 3_300_000, office.first.reference, "HTX"), *noise(7)]
    kept = office.upload(statement(lines))
    assert kept.status_code == 303
    run = office.rows.scalars(select(BankStatement)).one()
    columns = office.page(kept.location)
    assert "Ngày GD/ Trans. Date" in columns
    assert office.first.reference in columns
    chosen = {f"column-{place}": field for field, place in run.columns.items()}
    told = office.send(office.browser, kept.location, **chosen)
    preview = office.page(told.location)
    assert office.first.reference in preview
    assert office.rows.scalars(select(Payment)).all() == []
    taken = office.send(office.browser, told.location, f"{told.location}/take-in")
    again = office.send(office.browser, f"{BANK}/statements", f"{told.location}/take-in")
    assert (taken.status_code, again.status_code) == (303, 303)
    assert office.rows.get_one(Instalment, office.first.id).open_minor == 0
    assert office.rows.scalar(select(func.count()).select_from(Payment)) == 4
    assert "Lines left out" in office.page(told.location)
    assert office.upload(statement(lines)).location == told.location


def test_columns_that_contradict_each_other_come_back_with_the_reason(office: Office) -> None:
    columns = office.upload(statement([Transfer("05/02/2027", 1_000, "a")])).location
    answer = office.send(office.browser, columns, **{"column-1": "booked_on", "column-2": "booked_on"})
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert "was chosen for two columns" in text
    assert text.count('value="booked_on" selected') == 2


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-1.7", "alert"), (b"", "alert"), (b"day;amount\n" + b"1;2\n" * 5_001, "5000")],
)
def test_what_is_no_statement_is_refused_with_the_cure(office: Office, data: bytes, said: str) -> None:
    answer = office.upload(data)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert office.rows.scalars(select(BankStatement)).all() == []


def test_a_payment_is_split_over_instalments_once_however_often_the_button_is_pressed(office: Office) -> None:
    payment = office.payment(5_000_000, text="che ban lien", payer_name="HTX CHE BAN LIEN")
    shown = office.page(f"{BANK}/payments/{payment.id}")
    assert office.first.reference in shown
    assert "The payer&#39;s name is there" in shown
    fields = {
        f"amount-{office.first.id}": "3.300.000",
        f"amount-{office.second.id}": "1,700,000 ₫",
        "key": "abc123",
    }
    for _press in range(2):
        assert office.act(payment, "book", **fields).status_code == 303
    assert office.rows.get_one(Payment, payment.id).left_minor == 0
    assert office.rows.get_one(Invoice, office.invoice.id).paid_minor == 5_000_000
    assert office.rows.scalar(select(func.count()).select_from(PaymentPart)) == 2


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("4.000.000", 409, "Only ₫3,300,000 is due"),
        ("viele", 422, "is no sum of money"),
        ("", 422, "Write a sum"),
        ("0", 409, "above zero"),
    ],
)
def test_a_wrong_sum_comes_back_as_it_was_typed(office: Office, typed: str, status: int, said: str) -> None:
    payment = office.payment(6_000_000, text="che ban lien")
    answer = office.act(payment, "book", **{f"amount-{office.first.id}": typed})
    text = answer.get_data(as_text=True)
    assert answer.status_code == status
    assert said in text
    assert not typed or f'value="{typed}"' in text
    assert office.rows.scalars(select(PaymentPart)).all() == []


def test_an_instalment_is_found_by_payer_without_its_accents(office: Office) -> None:
    payment = office.payment(1, text="nop tien", payer_name="")
    assert office.first.reference not in office.page(f"{BANK}/payments/{payment.id}")
    assert office.first.reference in office.page(f"{BANK}/payments/{payment.id}?q=ban+lien")


def test_what_does_not_belong_is_taken_off_and_sent_back_once(office: Office) -> None:
    payment = office.payment(text="che ban lien")
    assert office.act(payment, "book", **{f"amount-{office.first.id}": "3300000"}).status_code == 303
    assert office.act(payment, f"take-off/{office.first.id}").status_code == 303
    assert office.rows.get_one(Instalment, office.first.id).paid_minor == 0
    too_much = office.act(payment, "refund", amount="3300001", note="FT1")
    assert too_much.status_code == 409
    assert "Only ₫3,300,000" in too_much.get_data(as_text=True)
    assert office.act(payment, "refund", amount="viel", note="FT1").status_code == 422
    assert office.act(payment, "refund", amount="3300000", note="").status_code == 422
    for _press in range(2):
        sent = office.send(
            office.browser,
            f"{BANK}/statements",
            f"{BANK}/payments/{payment.id}/refund",
            key="once",
            amount="3300000",
            note="FT270201",
        )
        assert sent.status_code == 303
    assert office.rows.get_one(Payment, payment.id).refunded_minor == 3_300_000
    assert "FT270201" in office.page(f"{BANK}/payments/{payment.id}")


def test_a_task_without_a_payment_is_listed_until_somebody_is_done_with_it(office: Office) -> None:
    task = MoneyTask(
        fair_id=office.fair.id,
        kind=MoneyTaskKind.CREDIT_NOTE_DUE,
        exhibitor_id=office.exhibitor.id,
        made_at=NOW,
    )
    make.kept(office.rows, task)
    office.rows.commit()
    assert "HTX Chè Bản Liền" in office.page(BANK)
    assert office.send(office.browser, BANK, f"{BANK}/tasks/{task.id}/done").status_code == 303
    assert "HTX Chè Bản Liền" not in office.page(BANK)


def test_the_balance_says_that_the_books_close_and_is_a_workbook_too(office: Office) -> None:
    payment = office.payment(5_000_000, text="che ban lien")
    office.act(payment, "book", **{f"amount-{office.first.id}": "3300000"})
    shown = office.page(BALANCE)
    assert "The books close" in shown
    assert "₫6,600,000" in shown
    assert "₫1,700,000" in shown
    book = CalamineWorkbook.from_filelike(io.BytesIO(office.browser.get(f"{BALANCE}.xlsx").data))
    first, invoices, payments = (book.get_sheet_by_index(n).to_python() for n in range(3))
    assert first[1] == ["VND", 6.6e6, 3.3e6, 3.3e6, 0.0, 0.0, 5e6, 3.3e6, 1.7e6, 0.0]
    assert (len(invoices), len(payments)) == (2, 2)
    office.invoice.paid_minor += 1
    office.rows.commit()
    assert "The books do not close" in office.page(BALANCE)


def test_what_is_due_is_written_off_with_a_reason_and_only_once(office: Office) -> None:
    address = f"{BALANCE}/{office.invoice.id}/write-off"
    assert office.send(office.browser, address, reason="").status_code == 422
    assert office.send(office.browser, address, reason="HTX đã giải thể").status_code == 303
    invoice = office.rows.get_one(Invoice, office.invoice.id)
    assert (invoice.state, invoice.written_off_minor) == (InvoiceState.WRITTEN_OFF, 6_600_000)
    assert "The books close" in office.page(BALANCE)
    again = office.send(office.browser, f"{BANK}/statements", address, reason="once more")
    assert again.status_code == 409
    assert office.rows.get_one(Invoice, office.invoice.id).written_off_minor == 6_600_000


def test_reminders_by_hand_go_to_the_late_ones_and_step_by_step(office: Office) -> None:
    office.first.due_on = NOW.date().replace(year=2020)
    office.second.due_on = NOW.date().replace(year=2090)
    office.rows.commit()
    for number, reminder in enumerate(("first", "second", "last"), 1):
        sent = office.send(office.browser, REMINDERS, pick=[office.first.id, office.second.id])
        assert sent.status_code == 303
        rows = office.rows.scalars(select(Dunning).order_by(Dunning.id)).all()
        assert (len(rows), rows[-1].reminder) == (number, reminder)
    office.send(office.browser, REMINDERS, pick=[office.first.id])
    assert office.rows.scalar(select(func.count()).select_from(Dunning)) == 3
    assert office.rows.scalar(select(func.count()).select_from(OutboxMessage)) == 3
    assert "Last reminder" in office.page(REMINDERS)


def test_days_and_fees_are_kept_and_contradictions_come_back(office: Office) -> None:
    address = f"{REMINDERS}/days"
    days = {"is_on": "y", "coming": "-5", "first": "1", "second": "8", "last": "20"}
    fees = {"fees-0-days": "45", "fees-0-share": "30", "fees-1-days": "10", "fees-1-share": "100"}
    assert office.send(office.browser, address, **days, **fees).status_code == 303
    kept = office.rows.get_one(Fair, office.fair.id).settings
    assert kept["cancellation"] == [[45, 3_000], [10, 10_000]]
    assert kept["dunning"] == {"is_on": True, "coming": -5, "first": 1, "second": 8, "last": 20}
    assert office.send(office.browser, address, **{**days, "last": "2"}, **fees).status_code == 409
    falling = {**fees, "fees-1-share": "10"}
    assert office.send(office.browser, address, **days, **falling).status_code == 409
    assert office.send(office.browser, address, **days, **{"fees-0-days": "45"}).status_code == 422
    assert 'value="45"' in office.page(address)


@pytest.mark.parametrize(
    "address", [BANK, f"{BANK}/statements", BALANCE, f"{BALANCE}.xlsx", REMINDERS, f"{REMINDERS}/days"]
)
def test_only_the_money_people_of_the_fair_enter(office: Office, rows: Session, address: str) -> None:
    elsewhere = office.other(Role.FINANCE, make.fair(rows, "OTHER"))
    assert office.browser.get(address).status_code == 200
    assert office.other(Role.REVIEWER).get(address).status_code == 403
    assert elsewhere.get(address).status_code == 404


def test_payments_statements_and_invoices_of_another_fair_are_not_there(
    office: Office, rows: Session
) -> None:
    other = make.fair(rows, "OTHER")
    payment = make.payment(rows, other)
    invoice = make.invoice(rows, make.exhibitor(rows, make.organisation(rows), other))
    theirs = make.instalments_of(rows, invoice)[0]
    rows.commit()
    mine = office.payment()
    for address in (f"{BANK}/payments/{payment.id}", f"{BALANCE}/{invoice.id}/write-off"):
        assert office.browser.get(address).status_code == 404
    assert office.act(mine, "book", **{f"amount-{theirs.id}": "1"}).status_code == 404
    assert office.act(mine, f"take-off/{theirs.id}").status_code == 404
    assert f"amount-{theirs.id}" not in office.page(f"{BANK}/payments/{mine.id}?q={theirs.reference}")


def test_lists_ask_as_many_questions_for_three_rows_as_for_one(app: Flask, office: Office) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    def counted(address: str) -> int:
        asked.clear()
        office.page(address)
        return len(asked)

    pages = (f"{BANK}?which=all", BALANCE, REMINDERS, f"{BANK}/statements")
    office.payment()
    office.upload(statement([Transfer("05/02/2027", 1, "a")]))
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        before = [counted(page) for page in pages]
        for number in range(2):
            who = make.exhibitor(office.rows, make.organisation(office.rows), office.fair)
            make.invoice(office.rows, who)
            office.payment()
            office.upload(statement([Transfer("05/02/2027", number + 2, "a")]))
        assert [counted(page) for page in pages] == before
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_every_change_of_money_is_in_the_audit(office: Office) -> None:
    payment = office.payment(text="che ban lien")
    office.act(payment, "book", **{f"amount-{office.first.id}": "3300000"})
    office.act(payment, f"take-off/{office.first.id}")
    office.act(payment, "refund", amount="3300000", note="FT1")
    done = office.rows.scalars(select(AuditEntry.what).order_by(AuditEntry.id)).all()
    assert done == ["money.booked", "money.unbooked", "money.refunded"]
