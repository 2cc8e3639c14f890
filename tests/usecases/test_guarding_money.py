"""A deposit before taking part is confirmed, all before a booth is handed over: where the fair says so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import State, Step
from fairapp.rules.billing import MoneyHindrance
from fairapp.rules.guards import Act, Deed
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.billing_queries import instalments_of
from fairapp.usecases.billing_payments import ReceivePayment, receive_payment
from fairapp.usecases.guarding import hindrances
from fairapp.usecases.guarding_money import money_in_the_way
from tests import factories as make
from tests import money
from tests.factories import NOW


def accepted(session: Session, **settings: Any) -> tuple[Application, Exhibitor]:
    fair = money.fair(session, **settings)
    stand = money.stand(session, fair)
    application = make.application(session, stand.organisation, fair, state=State.ACCEPTED)
    stand.application_id = application.id
    session.flush()
    return application, stand


def reasons(session: Session, application: Application, act: Act) -> list[MoneyHindrance]:
    return [found.reason for found in money_in_the_way(session, application, act, NOW)]  # type: ignore[misc]


@pytest.mark.parametrize("act", [*Step, *Deed])
def test_nothing_is_asked_where_the_fair_does_not_say_so(session: Session, act: Act) -> None:
    application, stand = accepted(session)
    money.invoice(session, stand)
    assert reasons(session, application, act) == []


def test_the_deposit_comes_before_taking_part_is_confirmed(session: Session) -> None:
    application, stand = accepted(session, confirm_needs_deposit=True)
    assert reasons(session, application, Step.CONFIRM) == [MoneyHindrance.NOT_INVOICED]
    invoice = money.invoice(session, stand)
    found = hindrances(session, application, Step.CONFIRM, NOW)[-1]
    assert (found.reason, found.cure) == (MoneyHindrance.DEPOSIT_DUE, "money")
    assert found.facts == {"money_number": "OCOP27-00001"}
    assert reasons(session, application, Step.WITHDRAW) == []
    deposit, _balance = instalments_of(session, [invoice.id])
    order = ReceivePayment(deposit.id, deposit.open_minor, NOW.date(), "key")
    receive_payment(session, SYSTEM, order, NOW)
    assert reasons(session, application, Step.CONFIRM) == []


def test_everything_comes_before_a_booth_is_handed_over(session: Session) -> None:
    application, stand = accepted(session, hand_over_needs_payment=True)
    invoice = money.invoice(session, stand)
    for part in instalments_of(session, [invoice.id]):
        assert reasons(session, application, Deed.HAND_OVER) == [MoneyHindrance.PAYMENT_DUE]
        order = ReceivePayment(part.id, part.open_minor, NOW.date(), f"key{part.id}")
        receive_payment(session, SYSTEM, order, NOW)
    assert reasons(session, application, Deed.HAND_OVER) == []
