"""The forms of the bank's room: a statement, its columns, parts of a payment, days and fees."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.bank_columns import BankColumnReason, BankColumnsRefused
from fairapp.rules.bank_figures import amount_of
from fairapp.rules.bank_titles import BankField
from fairapp.rules.dunning import DunningSettings, FeeStep, Reminder
from fairapp.rules.text import TextRefused, clean
from fairapp.usecases.billing_bank import KeepStatement
from fairapp.usecases.billing_dunning import SetDays
from fairapp.usecases.billing_matching import MOST_PARTS, BookParts, SendBack
from fairapp.web.fields import WholeField

MOST_FEES = 5
_TOO_LONG = _l("This is too long. Shorten it.")


def _tidied(longest: int) -> Any:
    def tidy(_form: FlaskForm, field: Field) -> None:
        try:
            field.data = clean(field.data or "", longest=longest)
        except TextRefused as refused:
            raise ValidationError(phrase(refused.reason, longest=refused.longest)) from None

    return tidy


class StatementForm(FlaskForm):  # type: ignore[misc]
    """A CSV or XLSX file of the bank, and in which currency its account is."""

    file = FileField(_l("Statement (CSV or XLSX)"))
    currency = SelectField(_l("Currency of the account"))

    def __init__(self, currencies: Sequence[str]) -> None:
        super().__init__()
        self.currency.choices = [SelectChoice(each, each) for each in currencies]

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))

    def order(self, fair_id: int) -> KeepStatement:
        """The file's bytes and its name."""
        sent, currency = self.file.data, self.currency.data
        return KeepStatement(fair_id, sent.filename or "", sent.read(), currency, formats.decimals(currency))


def columns_sent(sent: Mapping[str, str], width: int) -> dict[BankField, int]:
    """What was chosen for each column.

    :raises BankColumnsRefused: when one field was chosen for two columns.
    """
    chosen: dict[BankField, int] = {}
    for place in range(width):
        word = sent.get(f"column-{place}", "")
        if word not in {field.value for field in BankField}:
            continue
        field = BankField(word)
        if field in chosen:
            raise BankColumnsRefused(BankColumnReason.FIELD_TWICE, field=phrase(field))
        chosen[field] = place
    return chosen


class KeyedForm(FlaskForm):  # type: ignore[misc]
    """A form that counts once, however often its button is pressed."""

    key = HiddenField(validators=[Length(max=16)])

    def stamp(self) -> None:
        """Give a fresh form its key; one that comes back keeps it."""
        if not (self.key.data or "").isalnum():
            self.key.data = secrets.token_hex(8)


class BookForm(KeyedForm):
    """Sums for instalments; their fields are called ``amount-<instalment>``."""

    def parts_sent(self, sent: Mapping[str, str], currency: str) -> tuple[dict[int, str], list[str]]:
        """What was typed by instalment, and what is wrong with it."""
        typed: dict[int, str] = {}
        for name, text in list(sent.items())[: MOST_PARTS * 2]:
            number = name.removeprefix("amount-")
            is_ours = name != number and number.isascii() and number.isdigit() and len(number) < 10
            if is_ours and text.strip():
                typed[int(number)] = text.strip()[:40]
        decimals = formats.decimals(currency)
        wrong = [text for text in typed.values() if amount_of(text, decimals) is None]
        faults = [_("“%(text)s” is no sum of money. Write digits only.", text=text) for text in wrong]
        if not typed:
            faults.append(_("Write a sum beside what the money is for."))
        return typed, faults

    def order(self, payment_id: int, typed: Mapping[int, str], currency: str) -> BookParts:
        """The order of the form."""
        decimals = formats.decimals(currency)
        parts = tuple((number, amount_of(text, decimals) or 0) for number, text in typed.items())
        return BookParts(payment_id, parts, self.key.data or "")


class RefundForm(KeyedForm):
    """How much went back, and how."""

    amount = StringField(_l("Sum sent back"), [InputRequired(_l("Write the sum.")), Length(max=40)])
    note = StringField(
        _l("How it went back"),
        [
            InputRequired(_l("Write how the money went back, such as the bank's number of the transfer.")),
            Length(max=1200, message=_TOO_LONG),
            _tidied(300),
        ],
    )

    def order(self, payment_id: int, currency: str) -> SendBack | None:
        """The order of the form; None when the sum cannot be read."""
        amount = amount_of(self.amount.data or "", formats.decimals(currency))
        if amount is None:
            self.amount.errors = [
                *self.amount.errors,
                _("“%(text)s” is no sum of money. Write digits only.", text=self.amount.data),
            ]
            return None
        return SendBack(payment_id, amount, self.note.data, f"refund:{self.key.data}")


class WriteOffForm(FlaskForm):  # type: ignore[misc]
    """Why what is due is given up."""

    reason = StringField(
        _l("Why it is written off"),
        [
            InputRequired(_l("Write why nothing more will come: the books keep it.")),
            Length(max=1200, message=_TOO_LONG),
            _tidied(300),
        ],
    )


_DAY = NumberRange(-60, 365, message=_l("Write a number of days from -60 to 365."))
_DAYS = [InputRequired(_l("Write how many days.")), _DAY]


class FeeForm(Form):  # type: ignore[misc]
    """From so many days before the fair on, cancelling costs so many per cent."""

    days = WholeField(
        _l("Days before the fair"),
        [Optional(), NumberRange(0, 730, message=_l("Write a number of days from 0 to 730."))],
    )
    share = WholeField(
        _l("Fee in per cent"),
        [Optional(), NumberRange(0, 100, message=_l("Write a number from 0 to 100."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Both are written, or neither."""
        is_right = bool(super().validate(extra_validators))
        if is_right and (self.days.data is None) != (self.share.data is None):
            missing = self.days if self.days.data is None else self.share
            missing.errors = [_("Write both numbers, or leave both empty.")]
            return False
        return is_right


class DaysForm(FlaskForm):  # type: ignore[misc]
    """When reminders go out, and what cancelling costs from when on."""

    is_on = BooleanField(_l("Send reminders by themselves"))
    coming = WholeField(_l("Before it is due"), _DAYS)
    first = WholeField(_l("First reminder"), _DAYS)
    second = WholeField(_l("Second reminder"), _DAYS)
    last = WholeField(_l("Last reminder"), _DAYS)
    fees = FieldList(FormField(FeeForm), min_entries=MOST_FEES, max_entries=MOST_FEES)

    @classmethod
    def filled(cls, settings: DunningSettings, steps: Sequence[FeeStep]) -> DaysForm:
        """The form with what is kept."""
        fees = [{"days": step.days_before, "share": step.share_bp // 100} for step in steps[:MOST_FEES]]
        days = {reminder.value: number for reminder, number in settings.days}
        return cls(data={"is_on": settings.is_on, **days, "fees": fees})

    def order(self, fair_id: int) -> SetDays:
        """The order of the form."""
        days = tuple((reminder, int(self[reminder.value].data)) for reminder in Reminder)
        fees = tuple(
            FeeStep(each["days"], each["share"] * 100)
            for each in self.fees.data
            if each["days"] is not None and each["share"] is not None
        )
        return SetDays(fair_id, DunningSettings(bool(self.is_on.data), days), fees)
