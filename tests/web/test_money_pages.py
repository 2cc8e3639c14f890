"""The pages about money: who may enter, what they show, and that no press counts twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.applications import State
from fairapp.rules.billing import InvoiceState, PriceKind
from fairapp.rules.prices import MoneySettings
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Charge, Invoice, PriceItem, Subsidy
from fairapp.store.billing_bank import Payment
from fairapp.store.billing_queries import instalments_of, lines_of
from fairapp.store.fairs import BoothKind, Fair
from fairapp.usecases.billing_invoices import draft_for_exhibitor
from tests import factories as make
from tests import money
from tests.asking import queries
from tests.factories import NOW

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
O = "/o/OCOP27/money"  # noqa: E741 - the office's address


@pytest.fixture
def fair(rows: Session) -> Fair:
    made = money.fair(rows)
    rows.commit()
    return made


@pytest.fixture
def finance(rows: Session, fair: Fair, browse: Browse) -> FlaskClient:
    return browse(somebody(rows, Role.FINANCE, fair))


def somebody(rows: Session, role: Role, fair: Fair) -> Account:
    account = make.account(rows, language="en")
    make.grant(rows, account, role, fair)
    rows.commit()
    return account


def stand(rows: Session, fair: Fair, **values: Any) -> Exhibitor:
    """An exhibitor with a booth and the application that it came of."""
    made = money.stand(rows, fair, **values)
    application = make.application(rows, made.organisation, fair, state=State.CONFIRMED)
    made.application_id = application.id
    rows.flush()
    return made


def issued(rows: Session, fair: Fair, **values: Any) -> Invoice:
    made = money.invoice(rows, stand(rows, fair, **values), make.NOW)
    rows.commit()
    return made


def read(browser: FlaskClient, page: str) -> str:
    answer = browser.get(page)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def words_of(browser: FlaskClient, paper: str) -> str:
    """The text of a PDF."""
    document = pypdfium2.PdfDocument(browser.get(paper).data)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)


def test_sums_and_invoices_stand_on_the_first_page(rows: Session, fair: Fair, finance: FlaskClient) -> None:
    issued(rows, fair, name="HTX Chè Tà Xùa")
    page = read(finance, f"{O}?lang=en")
    assert "₫6,600,000" in page
    assert "OCOP27-00001" in page
    assert "HTX Chè Tà Xùa" in page
    assert "HTX Chè Tà Xùa" not in read(finance, f"{O}?q=khong-co")
    assert "HTX Chè Tà Xùa" in read(finance, f"{O}?q=OCOP27-00001")
    assert "HTX Chè Tà Xùa" not in read(finance, f"{O}?state=paid")


@pytest.mark.parametrize("page", ["", "/open", "/prices"])
def test_a_list_asks_the_same_whatever_its_length(
    rows: Session, fair: Fair, finance: FlaskClient, page: str
) -> None:
    issued(rows, fair)
    stand(rows, fair)
    money.price(rows, fair)
    money.subsidy(rows, fair)
    rows.commit()
    few = queries(finance, f"{O}{page}")
    for number in range(2):
        issued(rows, fair)
        stand(rows, fair)
        money.price(rows, fair, code=f"p{number}")
        money.subsidy(rows, fair)
    rows.commit()
    assert len(queries(finance, f"{O}{page}")) == len(few)


def test_other_roles_and_other_fairs_stay_outside(rows: Session, fair: Fair, browse: Browse) -> None:
    invoice = issued(rows, fair)
    other = money.fair(rows, "OTHER")
    reviewer = browse(somebody(rows, Role.REVIEWER, fair))
    stranger = browse(somebody(rows, Role.FINANCE, other))
    for page in (O, f"{O}/open", f"{O}/prices", f"{O}/settings", f"{O}/invoices/{invoice.id}"):
        assert reviewer.get(page).status_code == 403
        assert stranger.get(page).status_code == 404
    assert stranger.get(f"/o/OTHER/money/invoices/{invoice.id}").status_code == 404
    assert stranger.get(f"/o/OTHER/money/invoices/{invoice.id}.pdf").status_code == 404


def test_a_price_is_kept_and_applicants_read_it_at_the_kind(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    kind = rows.scalars(select(BoothKind)).one()
    fields = {
        "name_en": "Shell scheme",
        "code": "shell",
        "kind": "booth",
        "booth_kind_id": str(kind.id),
        "price": "7000000",
        "vat": "8",
        "early_price": "6500000",
        "early_until": "2027-01-31",
        "is_on": "y",
    }
    assert send(finance, f"{O}/prices/new", **fields).status_code == 303
    item = rows.scalars(select(PriceItem)).one()
    assert (item.unit_price_minor, item.early_price_minor, item.vat_bp) == (7_000_000, 6_500_000, 800)
    assert rows.scalars(select(BoothKind.price_minor)).one() == 7_000_000
    assert "Shell scheme" in read(finance, f"{O}/prices/{item.id}")
    again = send(finance, f"{O}/prices/new?lang=en", **{**fields, "early_price": "8000000"})
    assert again.status_code == 422
    page = again.get_data(as_text=True)
    assert "Another line of the price list has the short name shell." in page
    assert "The early price has to be lower" in page
    assert 'value="8000000"' in page


def test_a_subsidy_is_kept_with_its_limits(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    fields = {"name_vi": "Tỉnh hỗ trợ", "payer": "province", "payer_name": "Sở Công Thương", "share": "50"}
    answer = send(finance, f"{O}/subsidies/new", **fields, most_booths="2", provinces=["14"], is_on="y")
    assert answer.status_code == 303
    subsidy = rows.scalars(select(Subsidy)).one()
    assert (subsidy.share_bp, subsidy.most_booths, subsidy.provinces) == (5_000, 2, ["14"])
    refused = send(finance, f"{O}/subsidies/new?lang=en", **{**fields, "payer_name": ""})
    assert "Write who pays the subsidy" in refused.get_data(as_text=True)


def test_settings_are_kept_beside_those_of_other_rooms(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    fair.settings = {**fair.settings, "review": {"is_blind": True}}
    rows.commit()
    fields = {
        "seller_name": "Trung tâm",
        "bank_bin": "970436",
        "account_number": "0011002345678",
        "prices_are": "gross",
        "vat": "8",
        "deposit": "30",
        "deposit_days": "7",
        "balance_days": "20",
        "confirm_needs_deposit": "y",
        "currency_abroad": "",
    }
    assert send(finance, f"{O}/settings", **fields).status_code == 303
    kept = rows.scalars(select(Fair.settings)).one()
    said = MoneySettings.read(kept)
    assert kept["review"] == {"is_blind": True}
    assert (said.deposit_bp, said.bank_name, said.confirm_needs_deposit) == (3_000, "Vietcombank", True)
    wrong = send(finance, f"{O}/settings?lang=en", **{**fields, "account_number": "00 11"})
    assert wrong.status_code == 422


def test_drafts_for_everybody_then_issued_together(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    for _ in range(3):
        stand(rows, fair)
    rows.commit()
    assert send(finance, f"{O}/open", f"{O}/open/exhibitors").status_code == 303
    assert send(finance, f"{O}/open", f"{O}/open/issue").status_code == 303
    assert sorted(rows.scalars(select(Invoice.number))) == [1, 2, 3]
    send(finance, "/o/OCOP27/money/settings", f"{O}/open/issue")
    assert sorted(rows.scalars(select(Invoice.number))) == [1, 2, 3]


def test_another_payer_gets_one_draft_for_all(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    money.subsidy(rows, fair)
    for _ in range(2):
        draft_for_exhibitor(rows, SYSTEM, stand(rows, fair).id, make.NOW)
    rows.commit()
    assert "Sở Công Thương Sơn La" in read(finance, f"{O}/open")
    fields = {"payer": "province", "payer_name": "Sở Công Thương Sơn La", "currency": "VND"}
    answer = send(finance, f"{O}/open", f"{O}/open/payer", **fields)
    invoice = rows.scalars(select(Invoice).where(Invoice.exhibitor_id.is_(None))).one()
    assert answer.headers["Location"].endswith(f"/invoices/{invoice.id}")
    assert invoice.net_minor == 6_000_000
    again = send(finance, f"{O}/open", f"{O}/open/payer", **fields)
    assert again.status_code == 409


def test_issuing_twice_gives_one_number(rows: Session, fair: Fair, finance: FlaskClient, send: Send) -> None:
    draft = draft_for_exhibitor(rows, SYSTEM, stand(rows, fair).id, make.NOW)
    rows.commit()
    page = f"{O}/invoices/{draft.id}"
    for _ in range(2):
        assert send(finance, page, f"{page}/issue").status_code == 303
    assert rows.scalars(select(Invoice.number)).all() == [1]


def test_a_draft_is_discarded(rows: Session, fair: Fair, finance: FlaskClient, send: Send) -> None:
    draft = draft_for_exhibitor(rows, SYSTEM, stand(rows, fair).id, make.NOW)
    rows.commit()
    page = f"{O}/invoices/{draft.id}"
    assert send(finance, page, f"{page}/discard").status_code == 303
    assert rows.scalar(select(func.count()).select_from(Invoice)) == 0


def test_a_payment_pressed_twice_counts_once_and_a_wrong_sum_says_so(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    part = instalments_of(rows, [invoice.id])[0]
    form = f"{O}/invoices/{invoice.id}/instalments/{part.id}/payment"
    shown = read(finance, form)
    key = re.search(r'name="entry_key"[^>]*value="([0-9a-f]{32})"', shown)
    assert key is not None
    fields = {"amount": "3000000", "received_on": "2026-11-20", "entry_key": key[1]}
    wrong = send(finance, f"{form}?lang=en", **fields)
    assert wrong.status_code == 422
    assert "₫3,000,000 came in, but ₫3,300,000 is due." in wrong.get_data(as_text=True)
    for _ in range(2):
        assert send(finance, form, **fields, is_checked="y").status_code == 303
    assert rows.scalar(select(func.count()).select_from(Payment)) == 1
    assert "₫3,000,000" in read(finance, f"{O}/invoices/{invoice.id}?lang=en")


def test_a_sum_is_read_as_its_language_writes_it_and_a_wrong_one_is_one_fault(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    part = instalments_of(rows, [invoice.id])[0]
    form = f"{O}/invoices/{invoice.id}/instalments/{part.id}/payment"
    fields = {"received_on": "2026-11-20", "entry_key": "0" * 32}
    wrong = send(finance, f"{form}?lang=vi", amount="ba triệu", **fields)
    assert wrong.status_code == 422
    assert wrong.get_data(as_text=True).count('class="field__error"') == 1
    assert send(finance, f"{form}?lang=vi", amount="3.300.000", **fields).status_code == 303
    assert rows.scalars(select(Payment.amount_minor)).all() == [3_300_000]


def test_late_money_for_who_has_left_is_said_to_be_kept_as_a_credit(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    part = instalments_of(rows, [invoice.id])[0]
    left = rows.get_one(Exhibitor, invoice.exhibitor_id)
    left.left_at = NOW
    rows.commit()
    form = f"{O}/invoices/{invoice.id}/instalments/{part.id}/payment"
    fields = {"amount": "3300000", "received_on": "2026-11-20", "entry_key": "0" * 32}
    assert send(finance, form, **fields).status_code == 303
    told = read(finance, f"{O}/invoices/{invoice.id}?lang=en")
    assert "The payment is kept as a credit. The application has ended or the booth is somebody" in told
    assert (part.paid_minor, rows.scalars(select(Payment.matched_minor)).all()) == (0, [0])


def test_a_day_is_moved_and_a_past_one_refused(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    part = instalments_of(rows, [invoice.id])[0]
    form = f"{O}/invoices/{invoice.id}/instalments/{part.id}/day"
    assert send(finance, form, due_on="2027-03-01").status_code == 303
    refused = send(finance, f"{form}?lang=en", due_on="2020-01-01")
    assert "The day is past." in refused.get_data(as_text=True)


def test_the_paper_is_a_payment_request_until_the_tax_offices_number_is_there(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    page = f"{O}/invoices/{invoice.id}"
    paper = finance.get(f"{page}.pdf?paper=en")
    assert paper.headers["Content-Disposition"] == "attachment; filename=OCOP27-00001.pdf"
    said = {language: words_of(finance, f"{page}.pdf?paper={language}") for language in ("en", "vi")}
    assert "Payment request" in said["en"]
    assert "not an invoice in the sense of tax law" in said["en"]
    assert "Đề nghị thanh toán" in said["vi"]
    assert send(finance, page, f"{page}/number", number="1C27TAA-17").status_code == 303
    legal = words_of(finance, f"{page}.pdf?paper=en")
    assert ("Payment request" in legal, "1C27TAA-17" in legal) == (False, True)
    assert rows.scalars(select(Invoice.e_invoice_number)).one() == "1C27TAA-17"
    assert "1C27TAA-17" in read(finance, page)
    refused = send(finance, f"{O}/open", f"{page}/number", number="")
    assert refused.status_code == 422


def test_lines_are_credited_with_a_reason(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    invoice = issued(rows, fair)
    line = lines_of(rows, invoice.id)[0]
    page = f"{O}/invoices/{invoice.id}"
    bare = send(finance, f"{page}?lang=en", f"{page}/credit?lang=en", lines=str(line.id))
    assert bare.status_code == 409
    assert "Say why: the payer reads it." in bare.get_data(as_text=True)
    assert send(finance, page, f"{page}/credit", lines=str(line.id), reason="Trả gian").status_code == 303
    states = rows.scalars(select(Invoice.state).order_by(Invoice.id)).all()
    assert states == [InvoiceState.CREDITED, InvoiceState.ISSUED]
    assert "OCOP27-CN00001" in read(finance, page)


def test_an_invoice_is_made_void(rows: Session, fair: Fair, finance: FlaskClient, send: Send) -> None:
    invoice = issued(rows, fair)
    page = f"{O}/invoices/{invoice.id}"
    assert send(finance, page, f"{page}/void", reason="Sai bên trả").status_code == 303
    assert rows.scalars(select(Invoice.state)).one() is InvoiceState.VOIDED


def test_the_exhibitors_sheet_quotes_takes_lines_and_drafts(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    made = stand(rows, fair)
    item = money.price(rows, fair)
    rows.commit()
    sheet = f"/o/OCOP27/applications/{made.application_id}/money"
    page = read(finance, f"{sheet}?lang=en")
    assert "₫6,600,000" in page
    key = "0" * 32
    for _ in range(2):
        fields = {"price_item_id": str(item.id), "quantity": "2", "entry_key": key}
        assert send(finance, sheet, f"{sheet}/lines", **fields).status_code == 303
    charge = rows.scalars(select(Charge)).one()
    assert (charge.quantity_milli, charge.kind) == (2_000, PriceKind.SERVICE)
    assert send(finance, sheet, f"{sheet}/lines/{charge.id}/remove").status_code == 303
    rows.expire_all()
    assert rows.scalars(select(Charge.cancelled_at)).one() is not None
    assert send(finance, f"{sheet}/payer", payer_name="Công ty Mẹ").status_code == 303
    answer = send(finance, sheet, f"{sheet}/draft")
    assert answer.status_code == 303
    assert rows.scalars(select(Invoice.payer_name)).one() == "Công ty Mẹ"
    again = send(finance, sheet, f"{sheet}/draft")
    assert again.status_code == 409


def test_another_exhibitors_line_cannot_be_removed_from_this_sheet(
    rows: Session, fair: Fair, finance: FlaskClient, send: Send
) -> None:
    one, other = stand(rows, fair), stand(rows, fair)
    item = money.price(rows, fair)
    rows.commit()
    base = "/o/OCOP27/applications"
    theirs = f"{base}/{other.application_id}/money"
    send(finance, theirs, f"{theirs}/lines", price_item_id=str(item.id), quantity="1", entry_key="a" * 32)
    charge = rows.scalars(select(Charge)).one()
    mine = f"{base}/{one.application_id}/money"
    assert send(finance, mine, f"{mine}/lines/{charge.id}/remove").status_code == 404


def test_an_exhibitor_sees_what_is_due_with_a_code_and_nobody_elses(
    rows: Session, fair: Fair, browse: Browse
) -> None:
    invoice = issued(rows, fair, name="HTX Chè Tà Xùa")
    other = issued(rows, fair, name="HTX Khác")
    owner = make.account(rows, language="en")
    exhibitor = rows.get(Exhibitor, invoice.exhibitor_id)
    assert exhibitor is not None
    make.member(rows, owner, exhibitor.organisation)
    rows.commit()
    browser = browse(owner)
    mine = f"/me/applications/{exhibitor.application_id}/money"
    page = read(browser, f"{mine}?lang=en")
    assert 'class="qr"' in page
    assert instalments_of(rows, [invoice.id])[0].reference in page
    assert "HTX Khác" not in page
    assert browser.get(f"{mine}/{invoice.id}.pdf").data.startswith(b"%PDF")
    assert browser.get(f"{mine}/{other.id}.pdf").status_code == 404
    theirs = rows.get(Exhibitor, other.exhibitor_id)
    assert theirs is not None
    assert browser.get(f"/me/applications/{theirs.application_id}/money").status_code == 404


def test_an_applicant_reads_the_quote_before_any_invoice(rows: Session, fair: Fair, browse: Browse) -> None:
    organisation = make.organisation(rows)
    kind = rows.scalars(select(BoothKind)).one()
    application = make.application(rows, organisation, fair, booth_kind_id=kind.id, booths=2)
    owner = make.account(rows, language="en")
    make.member(rows, owner, organisation)
    rows.commit()
    page = read(browse(owner), f"/me/applications/{application.id}/money?lang=en")
    assert "₫13,200,000" in page
    assert "You pay nothing before you get an invoice." in page
