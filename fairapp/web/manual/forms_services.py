"""The forms of services: an order, and a service that is offered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairapp.i18n import LANGUAGES, formats, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.manual import LONGEST_NAME, LONGEST_TEXT
from fairapp.rules.services import LONGEST_UNIT, MOST_ORDERED, MOST_STOCK, MOST_WATTS
from fairapp.store.billing import PriceItem
from fairapp.store.manual_services import ServiceItem
from fairapp.usecases.manual_services import KeepService
from fairapp.web.fields import WholeField
from fairapp.web.manual.forms import moment

_TOO_LONG = _l("This is too long. Shorten it.")


class OrderForm(FlaskForm):  # type: ignore[misc]
    """How many of a service, in all."""

    quantity = WholeField(
        _l("How many in all"),
        [
            InputRequired(_l("Write how many.")),
            NumberRange(0, MOST_ORDERED, _l("Write a number from 0 to 999.")),
        ],
    )


class ServiceForm(FlaskForm):  # type: ignore[misc]
    """A service that is offered."""

    price = SelectField(_l("Line of the price list"))
    name_vi = StringField(_l("Name"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    name_en = StringField(_l("Name"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    text_vi = TextAreaField(_l("Description"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    text_en = TextAreaField(_l("Description"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    unit_vi = StringField(_l("Unit of measure"), [Length(max=LONGEST_UNIT, message=_TOO_LONG)])
    unit_en = StringField(_l("Unit of measure"), [Length(max=LONGEST_UNIT, message=_TOO_LONG)])
    stock = WholeField(_l("How many there are"), [Optional(), NumberRange(0, MOST_STOCK)])
    watts = WholeField(_l("Power that one draws, in watts"), [Optional(), NumberRange(0, MOST_WATTS)])
    until = moment(_l("Ordered until"))
    is_on = BooleanField(_l("Exhibitors can order it"))

    def offer(self, prices: Iterable[PriceItem], currency: str) -> None:
        """Choose among these lines of the price list."""
        self.price.choices = [
            SelectChoice(
                str(item.id), f"{pick(item.names)} · {formats.money(item.unit_price_minor, currency)}"
            )
            for item in prices
        ]

    def fill(self, there: ServiceItem | None, zone: str) -> None:
        """Show what is kept, its time where the fair is."""
        if there is None:
            self.is_on.data = True
            return
        self.price.data, self.stock.data, self.is_on.data = str(there.price_item_id), there.stock, there.is_on
        self.watts.data = there.watts or None
        for language in LANGUAGES:
            self[f"name_{language}"].data = there.names.get(language)
            self[f"text_{language}"].data = there.texts.get(language)
            self[f"unit_{language}"].data = there.units.get(language)
        self.until.data = there.until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def order(self, fair_id: int, zone: str, item_id: int | None) -> KeepService:
        """What was typed."""

        def said(name: str) -> dict[str, Any]:
            return {language: self[f"{name}_{language}"].data or "" for language in LANGUAGES}

        return KeepService(
            fair_id,
            int(self.price.data),
            self.until.data.replace(tzinfo=ZoneInfo(zone)),
            said("name"),
            said("text"),
            said("unit"),
            self.stock.data,
            bool(self.is_on.data),
            item_id,
            self.watts.data or 0,
        )
