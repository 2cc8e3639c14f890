"""What leaving a fair costs: by the day, of what the exhibitor itself would have paid, and nothing twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.applications import State, Step
from fairapp.rules.billing import InvoiceState, MoneyTaskKind, PriceKind
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import FairState
from fairapp.rules.matching import Doubt
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Charge
from fairapp.store.billing_bank import MoneyTask
from fairapp.store.billing_matching import dues_of
from fairapp.store.billing_queries import lines_of
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.billing_balance import trial_balances
from fairapp.usecases.billing_credits import CreditLines, credit_lines
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.billing_quotes import bring_up_to_date
from tests import factories as make
from tests import money
from tests.factories import NOW

OPENS = datetime(2027, 4, 15, 1, tzinfo=NOW.tzinfo)
"""The first morning of the fair."""


def admitted(session: Session, **settings: object) -> Exhibitor:
    """An exhibitor with a booth of 6,000,000 đồng and 10 % VAT, by an accepted application."""
    fair = money.fair(session)
    fair.settings = {**fair.settings, **settings}
    exhibitor = money.stand(session, fair)
    application = make.application(session, exhibitor.organisation, fair, state=State.ACCEPTED)
    exhibitor.application_id = application.id
    session.flush()
    bring_up_to_date(session, SYSTEM, exhibitor.id, NOW)
    return exhibitor


def leave(session: Session, exhibitor: Exhibitor, at: datetime, step: Step = Step.WITHDRAW) -> None:
    assert exhibitor.application_id is not None
    take_step(session, SYSTEM, TakeStep(exhibitor.application_id, step, "words"), at)


def live(session: Session, exhibitor: Exhibitor) -> list[tuple[PriceKind, int, int]]:
    rows = session.scalars(
        select(Charge).where(Charge.exhibitor_id == exhibitor.id, Charge.cancelled_at.is_(None))
    )
    return [(each.kind, each.unit_price_minor, each.vat_bp) for each in rows]


@pytest.mark.parametrize(
    ("days_before", "fee"), [(70, 0), (60, 1_500_000), (30, 3_000_000), (14, 6_000_000), (1, 6_000_000)]
)
@pytest.mark.parametrize("step", [Step.WITHDRAW, Step.CANCEL])
def test_cancelling_costs_what_the_day_says_and_ends_everything_else(
    session: Session, days_before: int, fee: int, step: Step
) -> None:
    exhibitor = admitted(session)
    leave(session, exhibitor, OPENS - timedelta(days_before), step)
    assert live(session, exhibitor) == ([(PriceKind.CANCELLATION, fee, 1_000)] if fee else [])
    assert session.scalars(select(MoneyTask)).all() == []


def test_a_fair_with_a_schedule_of_its_own_charges_by_it(session: Session) -> None:
    exhibitor = admitted(session, cancellation=[[90, 1_250]])
    leave(session, exhibitor, OPENS - timedelta(80))
    assert live(session, exhibitor) == [(PriceKind.CANCELLATION, 750_000, 1_000)]
    charge = session.scalars(select(Charge).where(Charge.kind == PriceKind.CANCELLATION)).one()
    assert charge.names == {"vi": "Phí hủy tham gia (12.5 %)", "en": "Cancellation fee (12.5 %)"}


def test_nobody_pays_for_a_fair_that_is_cancelled_itself(session: Session) -> None:
    exhibitor = admitted(session)
    exhibitor.fair.state = FairState.CANCELLED
    leave(session, exhibitor, OPENS - timedelta(10))
    assert live(session, exhibitor) == []


def test_the_fee_is_of_what_the_exhibitor_itself_would_have_paid(session: Session) -> None:
    fair = money.fair(session)
    money.subsidy(session, fair)
    exhibitor = money.stand(session, fair)
    application = make.application(session, exhibitor.organisation, fair, state=State.ACCEPTED)
    exhibitor.application_id = application.id
    session.flush()
    bring_up_to_date(session, SYSTEM, exhibitor.id, NOW)
    leave(session, exhibitor, OPENS - timedelta(30))
    assert live(session, exhibitor) == [(PriceKind.CANCELLATION, 1_500_000, 1_000)]


def test_a_second_withdrawal_is_refused_and_charges_nothing(session: Session) -> None:
    exhibitor = admitted(session)
    leave(session, exhibitor, OPENS - timedelta(30))
    with pytest.raises(Refused):
        leave(session, exhibitor, OPENS - timedelta(10))
    assert live(session, exhibitor) == [(PriceKind.CANCELLATION, 3_000_000, 1_000)]


def test_what_was_invoiced_is_a_task_takes_no_money_by_itself_and_its_fee_does(session: Session) -> None:
    exhibitor = admitted(session)
    invoice = money.invoice(session, exhibitor)
    leave(session, exhibitor, OPENS - timedelta(30))
    assert invoice.state is InvoiceState.ISSUED
    (task,) = session.scalars(select(MoneyTask))
    assert (task.kind, task.exhibitor_id) == (MoneyTaskKind.CREDIT_NOTE_DUE, exhibitor.id)
    assert {due.dead for due in dues_of(session, exhibitor.fair_id, "VND")} == {Doubt.CLAIM_GONE}
    fee = issue_invoice(session, SYSTEM, draft_for_exhibitor(session, SYSTEM, exhibitor.id, NOW).id, NOW)
    dues = {due.invoice_id: due.dead for due in dues_of(session, exhibitor.fair_id, "VND")}
    assert dues == {invoice.id: Doubt.CLAIM_GONE, fee.id: None}
    lines = tuple(line.id for line in lines_of(session, invoice.id))
    credit_lines(session, SYSTEM, CreditLines(invoice.id, lines, "cancelled"), NOW)
    finance = make.actor(Role.FINANCE, exhibitor.fair)
    balance = trial_balances(session, finance, exhibitor.fair_id)["VND"]
    assert balance.closes
    assert (balance.invoiced, balance.credited, balance.due) == (9_900_000, 6_600_000, 3_300_000)


@pytest.mark.parametrize(("second", "further"), [(50, []), (30, [1_500_000]), (10, [4_500_000])])
def test_who_is_admitted_again_and_leaves_again_owes_the_dearer_fee_and_not_both(
    session: Session, second: int, further: list[int]
) -> None:
    exhibitor = admitted(session)
    leave(session, exhibitor, OPENS - timedelta(60))  # a quarter: 1,500,000
    application = exhibitor.application
    assert application is not None
    application.state, exhibitor.left_at = State.ACCEPTED, None
    hall = make.hall(session, exhibitor.fair, "B")
    make.claim(session, make.booth(session, hall), exhibitor, exhibitor.fair)
    bring_up_to_date(session, SYSTEM, exhibitor.id, NOW)
    leave(session, exhibitor, OPENS - timedelta(second))
    assert [fee for _, fee, _ in live(session, exhibitor)] == [1_500_000, *further]
