"""The room's blueprint, its addresses, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, current_app

from fairapp.adapters.files import FolderFiles
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
