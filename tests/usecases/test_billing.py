"""From booths to invoices, payments and credit notes: every sum adds up, and nothing is done twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.allocation import LIVE, ClaimState
from fairapp.rules.billing import (
    InstalmentKind,
    InvoiceRefusal,
    InvoiceState,
    MoneyTaskKind,
    Payer,
    PaymentRefusal,
    PaymentState,
    PriceKind,
)
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.matching import Doubt
from fairapp.store.allocation import BoothClaim, ClaimDay
from fairapp.store.billing import Charge, Instalment, Invoice
from fairapp.store.billing_bank import MoneyTask, Payment
from fairapp.store.billing_queries import charges_to_credit, instalments_of, invoice_of, lines_of
from fairapp.store.fairs import Booth
from fairapp.store.operations import AuditEntry
from fairapp.usecases.billing_credits import CreditLines, VoidInvoice, credit_lines, void_invoice
from fairapp.usecases.billing_invoices import (
    EnterEInvoice,
    InvoicePayer,
    MoveDueDay,
    discard_draft,
    draft_for_exhibitor,
    draft_for_payer,
    enter_e_invoice,
    issue_invoice,
    move_due_day,
)
from fairapp.usecases.billing_payments import ReceivePayment, receive_payment
from fairapp.usecases.billing_quotes import bring_up_to_date
from fairapp.usecases.leaving import leave_fair
from tests import factories as make
from tests import money
from tests.factories import NOW

TODAY = date(2027, 1, 12)


def parts(session: Session, invoice: Invoice) -> list[Instalment]:
    return list(instalments_of(session, [invoice.id]))


def paying(instalment: Instalment, amount: int, key: str = "one", **values: object) -> ReceivePayment:
    return ReceivePayment(instalment.id, amount, TODAY, key, **values)  # type: ignore[arg-type]


def test_booths_become_charges_once_and_follow_what_is_held(session: Session) -> None:
    fair = money.fair(session)
    stand = money.stand(session, fair, booths=2)
    for _ in range(2):
        bring_up_to_date(session, SYSTEM, stand.id, NOW)
    charges = session.scalars(select(Charge)).all()
    assert [(each.kind, each.quantity_milli, each.unit_price_minor) for each in charges] == [
        (PriceKind.BOOTH, 1_000, 6_000_000)
    ] * 2
    leave_fair(session, SYSTEM, stand, NOW, "withdrawn")
    bring_up_to_date(session, SYSTEM, stand.id, NOW)
    assert all(each.cancelled_at == NOW for each in charges)


def test_an_invoice_asks_for_a_deposit_and_a_balance(session: Session) -> None:
    fair = money.fair(session)
    invoice = money.invoice(session, money.stand(session, fair))
    assert (invoice.number, invoice.net_minor, invoice.vat_minor, invoice.gross_minor) == (
        1,
        6_000_000,
        600_000,
        6_600_000,
    )
    deposit, balance = parts(session, invoice)
    assert (deposit.kind, deposit.due_on, deposit.amount_minor) == (
        InstalmentKind.DEPOSIT,
        date(2027, 1, 22),
        3_300_000,
    )
    assert (balance.kind, balance.due_on, balance.amount_minor) == (
        InstalmentKind.BALANCE,
        date(2027, 3, 16),
        3_300_000,
    )
    assert invoice.seller["account_number"] == "0011002345678"


def test_two_payers_get_an_invoice_each_and_pay_the_whole_together(session: Session) -> None:
    fair = money.fair(session)
    money.subsidy(session, fair, provinces=["14"])
    helped = money.stand(session, fair, booths=3, province_code="14", name="HTX Chè Tà Xùa")
    other = money.stand(session, fair, booths=1, province_code="01", name="HTX Khác")
    own = money.invoice(session, helped)
    assert (own.net_minor, own.payer_name) == (18_000_000 - 6_000_000, "HTX Chè Tà Xùa")
    assert money.invoice(session, other).net_minor == 6_000_000
    order = InvoicePayer(fair.id, Payer.PROVINCE, "Sở Công Thương Sơn La", "VND")
    theirs = draft_for_payer(session, SYSTEM, order, NOW)
    assert (theirs.net_minor, theirs.exhibitor_id) == (6_000_000, None)
    assert [line.exhibitor_id for line in lines_of(session, theirs.id)] == [helped.id] * 2
    with pytest.raises(Refused) as refused:
        draft_for_payer(session, SYSTEM, order, NOW)
    assert refused.value.reasons == (InvoiceRefusal.NOTHING_TO_INVOICE,)


def test_a_budget_ends_where_it_ends_for_all_together(session: Session) -> None:
    fair = money.fair(session)
    money.subsidy(session, fair, budget_minor=4_000_000)
    first, second = money.stand(session, fair), money.stand(session, fair)
    for stand in (first, second):
        bring_up_to_date(session, SYSTEM, stand.id, NOW)
    given = select(func.sum(Charge.unit_price_minor)).where(Charge.payer == Payer.PROVINCE)
    assert session.scalar(given) == 4_000_000
    assert session.scalar(given.where(Charge.exhibitor_id == second.id)) == 1_000_000


def test_a_fully_subsidised_exhibitor_has_an_invoice_of_nothing_that_is_paid(session: Session) -> None:
    fair = money.fair(session)
    money.subsidy(session, fair, share_bp=10_000)
    invoice = money.invoice(session, money.stand(session, fair))
    assert (invoice.gross_minor, invoice.state, parts(session, invoice)) == (0, InvoiceState.PAID, [])


def test_what_was_invoiced_keeps_its_price_and_its_subsidy(session: Session) -> None:
    fair = money.fair(session)
    stand = money.stand(session, fair)
    money.invoice(session, stand)
    money.price(session, fair, PriceKind.BOOTH, unit_price_minor=9_000_000)
    money.subsidy(session, fair)
    bring_up_to_date(session, SYSTEM, stand.id, NOW)
    (charge,) = session.scalars(select(Charge))
    assert (charge.unit_price_minor, charge.cancelled_at) == (6_000_000, None)


def test_a_draft_can_go_and_its_charges_are_open_again(session: Session) -> None:
    stand = money.stand(session, money.fair(session))
    draft = draft_for_exhibitor(session, SYSTEM, stand.id, NOW)
    assert draft.number is None
    discard_draft(session, SYSTEM, draft.id, NOW)
    assert session.scalar(select(Invoice.id)) is None
    assert money.invoice(session, stand).number == 1


def test_nothing_is_issued_for_nobody_or_twice(session: Session) -> None:
    fair = make.fair(session)
    make.booth_kind(session, fair)
    draft = draft_for_exhibitor(session, SYSTEM, money.stand(session, fair).id, NOW)
    with pytest.raises(Refused) as refused:
        issue_invoice(session, SYSTEM, draft.id, NOW)
    assert refused.value.reasons == (InvoiceRefusal.NO_SELLER,)
    fair.settings = {"money": money.SELLER}
    issue_invoice(session, SYSTEM, draft.id, NOW)
    with pytest.raises(Refused) as refused:
        issue_invoice(session, SYSTEM, draft.id, NOW)
    assert refused.value.reasons == (InvoiceRefusal.ALREADY_ISSUED,)


def test_a_payment_is_booked_once_however_often_its_form_is_sent(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    deposit, balance = parts(session, invoice)
    first = receive_payment(session, SYSTEM, paying(deposit, 3_300_000), NOW)
    again = receive_payment(session, SYSTEM, paying(deposit, 3_300_000), NOW)
    assert (again.id, first.state) == (first.id, PaymentState.MATCHED)
    assert (deposit.open_minor, balance.open_minor) == (0, 3_300_000)
    assert (invoice.state, invoice.paid_minor) == (InvoiceState.PART_PAID, 3_300_000)
    assert session.scalar(select(func.count()).select_from(Payment)) == 1


def test_a_wrong_sum_says_so_and_is_booked_when_somebody_checked_it(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    deposit, balance = parts(session, invoice)
    with pytest.raises(Refused) as refused:
        receive_payment(session, SYSTEM, paying(deposit, 3_000_000), NOW)
    assert refused.value.reasons == (PaymentRefusal.WRONG_SUM,)
    assert (refused.value.facts["amount"], refused.value.facts["open"]) == (3_000_000, 3_300_000)
    assert session.scalar(select(Payment.id)) is None
    receive_payment(session, SYSTEM, paying(deposit, 3_000_000, is_checked=True), NOW)
    assert deposit.open_minor == 300_000
    receive_payment(session, SYSTEM, paying(deposit, 700_000, "two", is_checked=True), NOW)
    assert (deposit.open_minor, balance.open_minor) == (0, 2_900_000)


def test_what_is_too_much_stays_as_a_credit_with_a_task(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    deposit, _balance = parts(session, invoice)
    payment = receive_payment(session, SYSTEM, paying(deposit, 7_000_000, is_checked=True), NOW)
    assert (payment.left_minor, payment.state) == (400_000, PaymentState.SPLIT)
    assert invoice.state is InvoiceState.PAID
    (task,) = session.scalars(select(MoneyTask))
    assert (task.kind, task.payment_id) == (MoneyTaskKind.CREDIT_LEFT, payment.id)


@pytest.mark.parametrize(
    ("amount", "day", "reason"),
    [
        (0, TODAY, PaymentRefusal.NOT_POSITIVE),
        (3_300_000, TODAY + timedelta(days=1), PaymentRefusal.IN_THE_FUTURE),
    ],
)
def test_impossible_payments_are_refused_by_name(
    session: Session, amount: int, day: date, reason: PaymentRefusal
) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    order = ReceivePayment(parts(session, invoice)[0].id, amount, day, "key")
    with pytest.raises(Refused) as refused:
        receive_payment(session, SYSTEM, order, NOW)
    assert refused.value.reasons == (reason,)


def test_a_credit_note_lets_the_due_shrink_first_and_frees_the_rest(session: Session) -> None:
    fair = money.fair(session)
    invoice = money.invoice(session, money.stand(session, fair, booths=2))
    deposit, balance = parts(session, invoice)
    payment = receive_payment(session, SYSTEM, paying(deposit, 8_000_000, is_checked=True), NOW)
    line = lines_of(session, invoice.id)[0]
    note = credit_lines(session, SYSTEM, CreditLines(invoice.id, (line.id,), "Booth given back"), NOW)
    assert (note.number, note.gross_minor, note.credits_id) == (1, 6_600_000, invoice.id)
    assert (invoice.credited_minor, invoice.paid_minor) == (6_600_000, 6_600_000)
    assert (invoice.state, payment.left_minor) == (InvoiceState.PAID, 1_400_000)
    assert deposit.open_minor + balance.open_minor == 0
    with pytest.raises(Refused) as refused:
        credit_lines(session, SYSTEM, CreditLines(invoice.id, (line.id,), "again"), NOW)
    assert refused.value.reasons == (InvoiceRefusal.NOTHING_LEFT,)


def test_money_for_a_credited_invoice_is_kept_as_a_credit_with_a_task(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    deposit, _balance = parts(session, invoice)
    everything = tuple(line.id for line in lines_of(session, invoice.id))
    credit_lines(session, SYSTEM, CreditLines(invoice.id, everything, "The fair moved"), NOW)
    payment = receive_payment(session, SYSTEM, paying(deposit, 3_300_000), NOW)
    assert (invoice.state, invoice.paid_minor) == (InvoiceState.CREDITED, 0)
    assert (payment.left_minor, payment.doubt) == (3_300_000, Doubt.DEAD_INVOICE)
    assert session.scalars(select(MoneyTask.kind)).all() == [MoneyTaskKind.DEAD_INVOICE]


def test_late_money_for_a_booth_that_is_somebody_elses_is_kept_as_a_credit_with_a_task(
    session: Session,
) -> None:
    late = money.stand(session, money.fair(session))
    invoice = money.invoice(session, late)
    claim = session.scalars(select(BoothClaim)).one()
    claim.state = ClaimState.RELEASED
    session.execute(delete(ClaimDay))
    other = make.exhibitor(session, make.organisation(session), late.fair)
    theirs = make.claim(session, session.get_one(Booth, claim.booth_id), other, late.fair)
    deposit, _balance = parts(session, invoice)
    twice = [receive_payment(session, SYSTEM, paying(deposit, 3_300_000), NOW) for _ in range(2)]
    assert twice[0] is twice[1]
    assert (deposit.paid_minor, invoice.state) == (0, InvoiceState.ISSUED)
    assert (twice[0].left_minor, twice[0].doubt) == (3_300_000, Doubt.CLAIM_GONE)
    assert session.scalars(select(MoneyTask.kind)).all() == [MoneyTaskKind.CLAIM_GONE]
    assert theirs.state in LIVE


def test_a_draft_takes_no_money(session: Session) -> None:
    invoice = make.invoice(session, money.stand(session, money.fair(session)), state=InvoiceState.DRAFT)
    with pytest.raises(Refused) as refused:
        receive_payment(session, SYSTEM, paying(parts(session, invoice)[0], 3_300_000), NOW)
    assert refused.value.reasons == (InvoiceRefusal.NOT_ISSUED,)
    assert session.scalars(select(Payment)).all() == []


def test_a_booth_cannot_be_credited_without_its_subsidy(session: Session) -> None:
    fair = money.fair(session)
    money.subsidy(session, fair)
    invoice = money.invoice(session, money.stand(session, fair))
    booth = next(line for line in lines_of(session, invoice.id) if line.kind is PriceKind.BOOTH)
    with pytest.raises(Refused) as refused:
        credit_lines(session, SYSTEM, CreditLines(invoice.id, (booth.id,), "Booth given back"), NOW)
    assert refused.value.reasons == (InvoiceRefusal.CREDIT_TOO_MUCH,)


def test_a_void_invoice_keeps_its_number_and_opens_its_charges(session: Session) -> None:
    stand = money.stand(session, money.fair(session))
    invoice = money.invoice(session, stand)
    void_invoice(session, SYSTEM, VoidInvoice(invoice.id, "Wrong payer"), NOW)
    assert (invoice.state, invoice.number, invoice.credited_minor) == (InvoiceState.VOIDED, 1, 6_600_000)
    assert money.invoice(session, stand).number == 2


def test_a_booth_given_back_after_its_invoice_asks_for_a_credit_note(session: Session) -> None:
    fair = money.fair(session)
    stand = money.stand(session, fair)
    invoice = money.invoice(session, stand)
    leave_fair(session, SYSTEM, stand, NOW, "withdrawn")
    bring_up_to_date(session, SYSTEM, stand.id, NOW)
    assert len(session.scalars(charges_to_credit(fair.id)).all()) == 1
    line = lines_of(session, invoice.id)[0]
    credit_lines(session, SYSTEM, CreditLines(invoice.id, (line.id,), "Withdrawn"), NOW)
    assert session.scalars(charges_to_credit(fair.id)).all() == []


def test_the_tax_offices_number_is_entered_once(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    for _ in range(2):
        enter_e_invoice(session, SYSTEM, EnterEInvoice(invoice.id, "1C27TAA-17"), NOW)
    with pytest.raises(Refused) as refused:
        enter_e_invoice(session, SYSTEM, EnterEInvoice(invoice.id, "1C27TAA-18"), NOW)
    assert refused.value.reasons == (InvoiceRefusal.NUMBER_THERE,)
    entered = select(func.count()).where(AuditEntry.what == "money.e_invoice_entered")
    assert session.scalar(entered) == 1


def test_a_due_day_moves_forward_only(session: Session) -> None:
    invoice = money.invoice(session, money.stand(session, money.fair(session)))
    deposit, _balance = parts(session, invoice)
    move_due_day(session, SYSTEM, MoveDueDay(deposit.id, date(2027, 2, 1)), NOW)
    assert deposit.due_on == date(2027, 2, 1)
    with pytest.raises(Refused) as refused:
        move_due_day(session, SYSTEM, MoveDueDay(deposit.id, date(2027, 1, 11)), NOW)
    assert refused.value.reasons == (InvoiceRefusal.DUE_IN_THE_PAST,)


def test_an_exhibitor_from_abroad_needs_prices_in_its_currency(session: Session) -> None:
    fair = money.fair(session, currency_abroad="USD")
    abroad = money.stand(session, fair, country="TH")
    with pytest.raises(Refused) as refused:
        draft_for_exhibitor(session, SYSTEM, abroad.id, NOW)
    assert refused.value.reasons == (InvoiceRefusal.NOTHING_TO_INVOICE,)
    money.price(session, fair, PriceKind.BOOTH, other_prices={"USD": {"unit": 45_000}})
    invoice = money.invoice(session, abroad)
    assert (invoice.currency, invoice.net_minor) == ("USD", 45_000)


def test_finance_sees_its_fairs_money_and_others_do_not(session: Session) -> None:
    fair, other = money.fair(session), money.fair(session, "OCOP28")
    stand = money.stand(session, fair)
    invoice = money.invoice(session, stand)
    finance = make.actor(Role.FINANCE, fair)
    assert invoice_of(session, finance, invoice.id).id == invoice.id
    owner = make.actor(acting_for=(stand.organisation,))
    assert invoice_of(session, owner, invoice.id).id == invoice.id
    stranger = make.actor(acting_for=(make.organisation(session),))
    for nobody in (make.actor(Role.FINANCE, other), make.actor(Role.REVIEWER, fair), stranger):
        with pytest.raises(Missing):
            invoice_of(session, nobody, invoice.id)
    with pytest.raises(NotAllowed):
        receive_payment(session, owner, paying(parts(session, invoice)[0], 3_300_000), NOW)


def test_the_owner_does_not_see_a_draft(session: Session) -> None:
    stand = money.stand(session, money.fair(session))
    draft = draft_for_exhibitor(session, SYSTEM, stand.id, NOW)
    with pytest.raises(Missing):
        invoice_of(session, make.actor(acting_for=(stand.organisation,)), draft.id)
