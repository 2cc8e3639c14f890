"""What is filled in about money: lines, payments, credit notes, and whom invoices go to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from fairapp.i18n import lazy_gettext as _l
from fairapp.store.billing import BillingDetails
from fairapp.usecases.billing_credits import CreditLines, VoidInvoice
from fairapp.usecases.billing_invoices import EnterEInvoice, MoveDueDay
from fairapp.usecases.billing_lines import AddLine, KeepBillingDetails
from fairapp.usecases.billing_payments import ReceivePayment
from fairapp.web.fields import NumberField

_LONGEST = _l("Shorten this text.")
_SUM_NEEDED = _l("Write the sum as a number.")
MOST = 10**12


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def line(label: Any, longest: int = 200, *more: Any) -> StringField:
    """One line of text."""
    return StringField(label, [*more, Length(max=longest, message=_LONGEST)], filters=[_stripped])


def mail(label: Any) -> EmailField:
    """An e-mail address, or nothing."""
    shape = Regexp(r"^$|^[^@\s]+@[^@\s]+$", message=_l("Write it like name@example.org."))
    return EmailField(label, [Length(max=254, message=_LONGEST), shape], filters=[_stripped])


def money_field(label: Any, *checks: Any) -> NumberField:
    """A sum of money as people write it; optional where nothing else is said."""
    return NumberField(label, [*(checks or (Optional(),)), NumberRange(0, MOST)])


def minor(value: Decimal | None, currency: str) -> int | None:
    """A sum as people write it, in the currency's smallest unit."""
    return None if value is None else int(value.scaleb(get_currency_precision(currency)))


def major(value: int | None, currency: str) -> Decimal | None:
    """The other way round."""
    return None if value is None else Decimal(value).scaleb(-get_currency_precision(currency))


_KEY = Regexp(r"[0-9a-f]{32}$")


class PaymentForm(FlaskForm):  # type: ignore[misc]
    """Money that came in for an instalment."""

    amount = money_field(_l("Sum that came in"), InputRequired(_SUM_NEEDED))
    received_on = DateField(_l("Day on which it came in"), [InputRequired(_l("Choose a day."))])
    payer_name = line(_l("Who sent it"), 300)
    text = line(_l("Text of the transfer"), 300)
    is_checked = BooleanField(_l("I have checked the sum"))
    entry_key = HiddenField(validators=[InputRequired(), _KEY])

    def order(self, instalment_id: int, currency: str) -> ReceivePayment:
        """The payment to record."""
        return ReceivePayment(
            instalment_id,
            minor(self.amount.data, currency) or 0,
            _day(self.received_on),
            str(self.entry_key.data),
            str(self.payer_name.data),
            str(self.text.data),
            bool(self.is_checked.data),
        )


class CreditForm(FlaskForm):  # type: ignore[misc]
    """Which lines are taken back, and why; without lines: why an invoice is void."""

    lines = SelectMultipleField(_l("Lines to take back"), choices=[])
    reason = line(_l("Reason"), 300)

    def credit(self, invoice_id: int) -> CreditLines:
        """The lines to credit."""
        return CreditLines(
            invoice_id, tuple(int(each) for each in self.lines.data or ()), str(self.reason.data)
        )

    def void(self, invoice_id: int) -> VoidInvoice:
        """The invoice to make void."""
        return VoidInvoice(invoice_id, str(self.reason.data))


class NumberForm(FlaskForm):  # type: ignore[misc]
    """The legal e-invoice's number."""

    number = line(
        _l("Number of the e-invoice"), 40, InputRequired(_l("Write the number as the tax office has it."))
    )

    def order(self, invoice_id: int) -> EnterEInvoice:
        """The number to enter."""
        return EnterEInvoice(invoice_id, str(self.number.data))


class DueForm(FlaskForm):  # type: ignore[misc]
    """Another day for an instalment."""

    due_on = DateField(_l("Due on"), [InputRequired(_l("Choose a day."))])

    def order(self, instalment_id: int) -> MoveDueDay:
        """The day to move to."""
        return MoveDueDay(instalment_id, _day(self.due_on))


class LineForm(FlaskForm):  # type: ignore[misc]
    """So much of a line of the price list."""

    price_item_id = SelectField(_l("From the price list"), choices=[])
    quantity = NumberField(
        _l("Quantity"), [InputRequired(_l("Write how many.")), NumberRange(Decimal("0.001"), 100_000)]
    )
    entry_key = HiddenField(validators=[InputRequired(), _KEY])

    def order(self, exhibitor_id: int) -> AddLine:
        """The line to add."""
        return AddLine(
            exhibitor_id,
            int(self.price_item_id.data),
            int((self.quantity.data or 0) * 1_000),
            str(self.entry_key.data),
        )


class BillingForm(FlaskForm):  # type: ignore[misc]
    """Whom an exhibitor's invoices go to."""

    payer_name, payer_tax_code = line(_l("Name on the invoice")), line(_l("Tax code"), 20)
    payer_address, payer_email = line(_l("Address"), 300), mail(_l("E-mail"))

    def fill(self, details: BillingDetails | None) -> None:
        """Show what is known."""
        for name in ("payer_name", "payer_tax_code", "payer_address", "payer_email"):
            self[name].data = "" if details is None else getattr(details, name)

    def order(self, exhibitor_id: int) -> KeepBillingDetails:
        """The details to keep."""
        return KeepBillingDetails(
            exhibitor_id,
            str(self.payer_name.data),
            str(self.payer_tax_code.data),
            str(self.payer_address.data),
            str(self.payer_email.data),
        )


def _day(field: Any) -> date:
    day: date = field.data
    return day
