"""What a fair's price list says on a day in a currency, and how a fair handles its money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from fairapp.rules.amounts import PricesAre


class PriceRefusal(StrEnum):
    """Why a price list, a subsidy or a charge cannot be kept."""

    CODE_TAKEN = "price_code_taken"
    NO_NAME = "price_no_name"
    NO_EARLY_DAY = "price_no_early_day"
    NO_EARLY_PRICE = "price_no_early_price"
    EARLY_NOT_LOWER = "price_early_not_lower"
    NOT_IN_CURRENCY = "price_not_in_currency"
    IN_USE = "price_in_use"
    NO_PAYER = "subsidy_no_payer"
    NO_SHARE = "subsidy_no_share"
    CURRENCY_FIXED = "price_currency_fixed"


@dataclass(frozen=True, slots=True)
class Price:
    """One price with its early bird, in each currency that it is said in."""

    unit_minor: int
    """In the fair's currency."""
    early_until: date | None = None
    early_minor: int | None = None
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Other currencies: ``{"USD": {"unit": 25000, "early": 22000}}``."""

    def on(self, day: date, currency: str, home: str) -> int | None:
        """The price on a day; None where it is not said in this currency."""
        is_early = self.early_until is not None and day <= self.early_until
        if currency == home:
            return self.early_minor if is_early and self.early_minor is not None else self.unit_minor
        said = self.others.get(currency, {})
        return said.get("early", said.get("unit")) if is_early else said.get("unit")


@dataclass(frozen=True, slots=True)
class MoneySettings:
    """How a fair handles its money: ``settings["money"]`` of a fair; what is missing is as usual."""

    prices_are: PricesAre = PricesAre.NET
    vat_bp: int = 1_000
    """Where the price list says nothing else."""
    currency_abroad: str = ""
    """For exhibitors from other countries; empty: the fair's own."""
    deposit_bp: int = 5_000
    deposit_days: int = 10
    """Days from the issue to the deposit's day."""
    balance_days: int = 30
    """Days from the balance's day to the first day of the fair."""
    confirm_needs_deposit: bool = False
    hand_over_needs_payment: bool = False
    seller_name: str = ""
    seller_tax_code: str = ""
    seller_address: str = ""
    bank_bin: str = ""
    """The bank's number with NAPAS, six digits."""
    bank_name: str = ""
    account_number: str = ""
    account_name: str = ""

    @property
    def seller(self) -> dict[str, str]:
        """Who asks for the money and where it goes, as an invoice keeps it."""
        names = ("seller_name", "seller_tax_code", "seller_address", "bank_bin", "bank_name")
        return {name: str(getattr(self, name)) for name in (*names, "account_number", "account_name")}

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> MoneySettings:
        """From a fair's settings."""
        said: Mapping[str, Any] = settings.get("money", {})
        known = {name: said[name] for name in cls.__dataclass_fields__ if name in said}
        return cls(**{**known, "prices_are": PricesAre(known.get("prices_are", PricesAre.NET))})

    def kept(self) -> dict[str, Any]:
        """As they are written into a fair's settings."""
        return {**asdict(self), "prices_are": self.prices_are.value}
