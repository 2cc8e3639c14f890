"""Charges of other rooms: once for each source, in one currency, never lost when invoiced."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import InvoiceState, PriceKind
from fairapp.rules.errors import Refused
from fairapp.rules.prices import PriceRefusal
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Charge, Invoice, InvoiceLine, PriceItem
from fairapp.usecases.charging import ChargeFor, charge, currency_of, uncharge
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def exhibitor(session: Session) -> Exhibitor:
    return make.exhibitor(session, make.organisation(session), make.fair(session))


def power(session: Session, exhibitor: Exhibitor, **values: object) -> PriceItem:
    plain: dict[str, object] = {
        "code": "power",
        "kind": PriceKind.SERVICE,
        "names": {"en": "Power, 3 kW"},
        "unit_price_minor": 900_000,
        "vat_bp": 800,
    }
    return make.kept(session, PriceItem(fair_id=exhibitor.fair_id, **{**plain, **values}))


def test_the_same_source_is_charged_once_and_changed_while_it_is_open(
    session: Session, exhibitor: Exhibitor
) -> None:
    item = power(session, exhibitor)
    order = ChargeFor(exhibitor.id, "service_order:1", price_item_id=item.id)
    first = charge(session, SYSTEM, order, NOW)
    assert charge(session, SYSTEM, order, NOW).id == first.id
    two = ChargeFor(exhibitor.id, "service_order:1", 2_000, item.id)
    assert charge(session, SYSTEM, two, NOW).id == first.id
    (kept,) = session.scalars(select(Charge))
    assert (kept.quantity_milli, kept.unit_price_minor, kept.vat_bp) == (2_000, 900_000, 800)
    assert kept.names == {"en": "Power, 3 kW"}


def test_what_was_invoiced_stays_for_a_credit_note_when_it_changes(
    session: Session, exhibitor: Exhibitor
) -> None:
    item = power(session, exhibitor)
    first = charge(session, SYSTEM, ChargeFor(exhibitor.id, "order:1", price_item_id=item.id), NOW)
    invoice = make.kept(
        session,
        Invoice(
            fair_id=exhibitor.fair_id,
            series="OCOP27",
            payer_name="HTX",
            currency="VND",
            net_minor=900_000,
            vat_minor=72_000,
            gross_minor=972_000,
            state=InvoiceState.ISSUED,
            made_at=NOW,
        ),
    )
    line = make.kept(
        session,
        InvoiceLine(
            invoice_id=invoice.id,
            position=1,
            kind=PriceKind.SERVICE,
            names=item.names,
            quantity_milli=1_000,
            unit_price_minor=900_000,
            vat_bp=800,
            net_minor=900_000,
            vat_minor=72_000,
            gross_minor=972_000,
        ),
    )
    first.invoice_line_id = line.id
    second = charge(session, SYSTEM, ChargeFor(exhibitor.id, "order:1", 3_000, item.id), NOW)
    assert second.id != first.id
    assert (first.cancelled_at, second.cancelled_at) == (NOW, None)
    uncharge(session, SYSTEM, exhibitor.fair_id, "order:1", NOW)
    assert second.cancelled_at == NOW


def test_the_early_price_counts_by_the_day_in_the_fairs_zone(session: Session, exhibitor: Exhibitor) -> None:
    item = power(session, exhibitor, early_until=date(2027, 1, 31), early_price_minor=700_000)
    order = ChargeFor(exhibitor.id, "order:1", price_item_id=item.id)
    evening = datetime(2027, 1, 31, 16, 59, tzinfo=UTC)  # one minute before midnight in Hà Nội
    midnight = datetime(2027, 1, 31, 17, 0, tzinfo=UTC)
    assert charge(session, SYSTEM, order, evening).unit_price_minor == 700_000
    assert charge(session, SYSTEM, order, midnight).unit_price_minor == 900_000


def test_an_exhibitor_from_abroad_is_billed_in_one_currency_throughout(session: Session) -> None:
    fair = make.fair(session, settings={"money": {"currency_abroad": "USD"}})
    exhibitor = make.exhibitor(session, make.organisation(session, country="TH"), fair)
    item = power(session, exhibitor, other_prices={"USD": {"unit": 3_900}})
    done = charge(session, SYSTEM, ChargeFor(exhibitor.id, "order:1", price_item_id=item.id), NOW)
    assert (done.currency, done.unit_price_minor) == ("USD", 3_900)
    fair.settings = {"money": {"currency_abroad": "EUR"}}
    assert currency_of(session, exhibitor) == "USD"


def test_a_price_that_is_not_said_in_the_currency_is_refused_by_name(session: Session) -> None:
    fair = make.fair(session, settings={"money": {"currency_abroad": "USD"}})
    exhibitor = make.exhibitor(session, make.organisation(session, country="TH"), fair)
    item = power(session, exhibitor)
    with pytest.raises(Refused) as refused:
        charge(session, SYSTEM, ChargeFor(exhibitor.id, "order:1", price_item_id=item.id), NOW)
    assert refused.value.reasons == (PriceRefusal.NOT_IN_CURRENCY,)
    assert session.scalar(select(Charge.id)) is None
