"""The room's blueprint, its addresses, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, current_app

from fairapp.adapters.files import FolderFiles
from fairapp.i18n import formats
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Refused
from fairapp.rules.prices import MoneySettings
from fairapp.store.fairs import Fair

bp = Blueprint("bank", __name__)

BANK = "/o/<fair_code>/bank"
MONEY = "/o/<fair_code>/money"
STATEMENT = f"{BANK}/statements/<int:bank_statement_id>"
PAYMENT = f"{BANK}/payments/<int:payment_id>"
PER_PAGE = 50


def files() -> FolderFiles:
    """Where statements are kept."""
    return FolderFiles(current_app.config["FAIRAPP"].files)


def currencies_of(fair: Fair) -> tuple[str, ...]:
    """The currencies in which the fair takes money, its own first."""
    abroad = MoneySettings.read(fair.settings).currency_abroad
    return tuple(dict.fromkeys(each for each in (fair.currency, abroad) if each))


def said(refused: Refused, currency: str) -> tuple[str, ...]:
    """The reasons as sentences, their sums written as money."""
    facts = {
        name: formats.money(value, currency) if isinstance(value, int) and name in SUMS else value
        for name, value in refused.facts.items()
    }
    return tuple(phrase(reason, **facts) for reason in refused.reasons)


SUMS = frozenset({"left", "open", "amount"})
"""Facts of refusals that are sums of money."""
