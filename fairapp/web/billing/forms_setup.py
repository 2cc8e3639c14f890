"""What is set about money: prices, subsidies, and how the fair is paid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional, Regexp

from fairapp.adapters.banks import bank_name, banks
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.amounts import PricesAre
from fairapp.rules.billing import LISTED, Payer, PriceKind
from fairapp.rules.prices import MoneySettings
from fairapp.store.billing import PriceItem, Subsidy
from fairapp.store.fairs import Fair
from fairapp.usecases.billing_prices import KeepPrice, KeepSubsidy
from fairapp.web.billing.forms import line, mail, major, minor, money_field
from fairapp.web.fields import NumberField, WholeField


def texts(vi: str | None, en: str | None) -> dict[str, str]:
    return {language: text for language, text in (("vi", vi or ""), ("en", en or "")) if text}


class PriceForm(FlaskForm):  # type: ignore[misc]
    """A line of the price list."""

    name_vi, name_en = line(_l("Name on the invoice")), line(_l("Name on the invoice"))
    code = line(
        _l("Short name in lists"),
        20,
        InputRequired(_l("Write a short name, such as standard.")),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9_-]*$", message=_l("Use letters, digits and hyphens only.")),
    )
    kind = SelectField(_l("What it is for"), choices=[])
    booth_kind_id = SelectField(_l("Kind of booth"), choices=[])
    price = money_field(_l("Price"), InputRequired(_l("Write the price; 0 when it is free.")))
    early_price = money_field(_l("Early price"))
    early_until = DateField(_l("Early price until"), [Optional()])
    vat = NumberField(
        _l("VAT"), [InputRequired(_l("Write the VAT rate; 0 when there is none.")), NumberRange(0, 100)]
    )
    abroad_price, abroad_early = money_field(_l("Price abroad")), money_field(_l("Early price abroad"))
    is_on = BooleanField(_l("On the price list"))

    def offer(self, kinds: Sequence[Any], names: Sequence[str]) -> None:
        """Fill the lists it chooses from: the fair's kinds of booths with their names."""
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in LISTED]
        pairs = zip(kinds, names, strict=True)
        self.booth_kind_id.choices = [
            SelectChoice("", _l("All kinds")),
            *(SelectChoice(str(kind.id), name) for kind, name in pairs),
        ]

    def fill(self, item: PriceItem | None, fair: Fair) -> None:
        """Show what is known."""
        settings = MoneySettings.read(fair.settings)
        if item is None:
            self.vat.data, self.is_on.data = Decimal(settings.vat_bp) / 100, True
            return
        abroad = item.other_prices.get(settings.currency_abroad, {})
        self.name_vi.data, self.name_en.data = item.names.get("vi"), item.names.get("en")
        self.code.data, self.kind.data, self.is_on.data = item.code, item.kind.value, item.is_on
        self.booth_kind_id.data = str(item.booth_kind_id or "")
        self.price.data = major(item.unit_price_minor, fair.currency)
        self.early_price.data = major(item.early_price_minor, fair.currency)
        self.early_until.data, self.vat.data = item.early_until, Decimal(item.vat_bp) / 100
        self.abroad_price.data = major(abroad.get("unit"), settings.currency_abroad or "USD")
        self.abroad_early.data = major(abroad.get("early"), settings.currency_abroad or "USD")

    def order(self, fair: Fair, item: PriceItem | None) -> KeepPrice:
        """The line to keep; prices in currencies that the form does not show stay."""
        abroad = MoneySettings.read(fair.settings).currency_abroad
        others = dict(item.other_prices) if item is not None else {}
        if abroad:
            pairs = (("unit", self.abroad_price), ("early", self.abroad_early))
            said = {name: minor(each.data, abroad) for name, each in pairs if each.data is not None}
            others = {**others, abroad: said} if said else {k: v for k, v in others.items() if k != abroad}
        return KeepPrice(
            fair.id,
            str(self.code.data),
            PriceKind(self.kind.data),
            texts(self.name_vi.data, self.name_en.data),
            minor(self.price.data, fair.currency) or 0,
            int((self.vat.data or 0) * 100),
            int(self.booth_kind_id.data) if self.booth_kind_id.data else None,
            self.early_until.data,
            minor(self.early_price.data, fair.currency),
            others,
            bool(self.is_on.data),
            None if item is None else item.id,
        )


class SubsidyForm(FlaskForm):  # type: ignore[misc]
    """A subsidy with its limits."""

    name_vi, name_en = line(_l("Name on the invoice")), line(_l("Name on the invoice"))
    payer = RadioField(_l("Who pays"), choices=[])
    payer_name = line(_l("Name of the payer"))
    payer_tax_code = line(_l("Tax code of the payer"), 20)
    payer_address = line(_l("Address of the payer"), 300)
    payer_email = mail(_l("E-mail of the payer"))
    share = NumberField(
        _l("Share of the booth's price"),
        [InputRequired(_l("Write the share in per cent.")), NumberRange(0, 100)],
    )
    most_booths = WholeField(_l("Booths of one exhibitor"), [Optional(), NumberRange(1, 100)])
    most, budget = money_field(_l("Most for one exhibitor")), money_field(_l("Budget for all"))
    provinces = SelectMultipleField(_l("Only these provinces"), choices=[])
    groups = SelectMultipleField(_l("Only these product groups"), choices=[])
    is_on = BooleanField(_l("Given at present"))

    def offer(self, provinces: Sequence[tuple[str, str]], groups: Sequence[tuple[str, str]]) -> None:
        """Fill the lists it chooses from: (code, name) each."""
        self.payer.choices = [
            SelectChoice(one.value, phrase(one)) for one in Payer if one is not Payer.PRODUCER
        ]
        self.provinces.choices = [SelectChoice(code, name) for code, name in provinces]
        self.groups.choices = [SelectChoice(code, name) for code, name in groups]

    def fill(self, subsidy: Subsidy | None, fair: Fair) -> None:
        """Show what is known."""
        if subsidy is None:
            self.payer.data, self.is_on.data = Payer.PROVINCE.value, True
            return
        self.name_vi.data, self.name_en.data = subsidy.names.get("vi"), subsidy.names.get("en")
        self.payer.data, self.share.data = subsidy.payer.value, Decimal(subsidy.share_bp) / 100
        for name in ("payer_name", "payer_tax_code", "payer_address", "payer_email", "most_booths"):
            self[name].data = getattr(subsidy, name)
        self.most.data = major(subsidy.most_minor, fair.currency)
        self.budget.data = major(subsidy.budget_minor, fair.currency)
        self.provinces.data, self.groups.data = list(subsidy.provinces), list(subsidy.groups)
        self.is_on.data = subsidy.is_on

    def order(self, fair: Fair, subsidy: Subsidy | None) -> KeepSubsidy:
        """The subsidy to keep."""
        return KeepSubsidy(
            fair.id,
            texts(self.name_vi.data, self.name_en.data),
            Payer(self.payer.data),
            str(self.payer_name.data),
            int((self.share.data or 0) * 100),
            str(self.payer_tax_code.data),
            str(self.payer_address.data),
            str(self.payer_email.data),
            self.most_booths.data,
            minor(self.most.data, fair.currency),
            minor(self.budget.data, fair.currency),
            () if subsidy is None else tuple(subsidy.countries),
            tuple(self.provinces.data or ()),
            tuple(self.groups.data or ()),
            bool(self.is_on.data),
            None if subsidy is None else subsidy.id,
        )


class SettingsForm(FlaskForm):  # type: ignore[misc]
    """How the fair handles its money."""

    seller_name = line(
        _l("Who asks for the money"), 200, InputRequired(_l("Write the name that invoices bear."))
    )
    seller_tax_code, seller_address = line(_l("Tax code"), 20), line(_l("Address"), 300)
    bank_bin = SelectField(_l("Bank"), choices=[])
    account_number = line(
        _l("Account number"),
        19,
        Regexp(r"^$|^[0-9A-Za-z]{3,19}$", message=_l("Write digits only, without blanks.")),
    )
    account_name = line(_l("Name of the account"), 100)
    prices_are = RadioField(_l("Prices are said"), choices=[])
    vat = NumberField(
        _l("Usual VAT"), [InputRequired(_l("Write the VAT rate; 0 when there is none.")), NumberRange(0, 100)]
    )
    currency_abroad = SelectField(_l("Currency for exhibitors from abroad"), choices=[])
    deposit = NumberField(
        _l("Deposit"), [InputRequired(_l("Write the share in per cent.")), NumberRange(0, 100)]
    )
    deposit_days = WholeField(
        _l("Days to pay the deposit"), [InputRequired(_l("Write a number of days.")), NumberRange(0, 365)]
    )
    balance_days = WholeField(
        _l("Days before the fair for the balance"),
        [InputRequired(_l("Write a number of days.")), NumberRange(0, 365)],
    )
    confirm_needs_deposit = BooleanField(_l("Taking part is confirmed after the deposit only"))
    hand_over_needs_payment = BooleanField(_l("Booths are handed over when everything is paid only"))

    def offer(self, currencies: Sequence[str], fair: Fair) -> None:
        """Fill the lists it chooses from."""
        known = [(bank.bin, f"{bank.short_name} · {bank.name}") for bank in banks()]
        now = MoneySettings.read(fair.settings)
        if now.bank_bin and now.bank_bin not in dict(known):
            known.append((now.bank_bin, now.bank_name or now.bank_bin))
        self.bank_bin.choices = [
            SelectChoice("", _l("None: without QR codes")),
            *(SelectChoice(number, name) for number, name in known),
        ]
        self.prices_are.choices = [SelectChoice(one.value, phrase(one)) for one in PricesAre]
        self.currency_abroad.choices = [
            SelectChoice("", _l("The same as for everybody")),
            *(SelectChoice(code, code) for code in currencies if code != fair.currency),
        ]

    def fill(self, settings: MoneySettings) -> None:
        """Show what is known."""
        for name in _PLAIN:
            self[name].data = getattr(settings, name)
        self.prices_are.data = settings.prices_are.value
        self.vat.data, self.deposit.data = Decimal(settings.vat_bp) / 100, Decimal(settings.deposit_bp) / 100

    def settings(self, before: MoneySettings) -> MoneySettings:
        """What was filled in."""
        plain = {name: self[name].data for name in _PLAIN}
        number = str(self.bank_bin.data)
        return MoneySettings(
            **plain,
            prices_are=PricesAre(self.prices_are.data),
            vat_bp=int((self.vat.data or 0) * 100),
            deposit_bp=int((self.deposit.data or 0) * 100),
            bank_name=before.bank_name if number == before.bank_bin else bank_name(number) if number else "",
        )


_PLAIN = (
    "seller_name",
    "seller_tax_code",
    "seller_address",
    "bank_bin",
    "account_number",
    "account_name",
    "currency_abroad",
    "deposit_days",
    "balance_days",
    "confirm_needs_deposit",
    "hand_over_needs_payment",
)
