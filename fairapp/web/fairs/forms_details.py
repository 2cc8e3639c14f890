"""A fair's details as forms, part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, SelectField, TelField
from wtforms.validators import Length, Optional, Regexp

from fairapp.i18n import lazy_gettext as _l
from fairapp.usecases.fairs import FairDetails
from fairapp.web.fairs.fields import TOO_LONG, day, day_of, line, moment, stripped, text, texts

CURRENCIES = ("VND", "USD", "EUR", "THB", "JPY", "KRW", "CNY", "LAK", "KHR", "IDR", "MYR", "PHP", "SGD")


class NamesPart(FlaskForm):  # type: ignore[misc]
    """How the fair is called and described."""

    name_vi, name_en = line(_l("Name of the fair")), line(_l("Name of the fair"))
    tagline_vi, tagline_en = line(_l("One line about it")), line(_l("One line about it"))
    text_vi, text_en = text(_l("Description")), text(_l("Description"))
    organiser_vi, organiser_en = line(_l("Organiser")), line(_l("Organiser"))
    _pairs = (
        ("name", "names"),
        ("tagline", "taglines"),
        ("text", "texts"),
        ("organiser", "organiser_names"),
    )

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        _fill_pairs(self, details, self._pairs)

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        return _changed_pairs(self, details, self._pairs)


class DaysPart(FlaskForm):  # type: ignore[misc]
    """When and in which zone the fair is open."""

    starts_on = day(_l("First day"))
    ends_on = day(_l("Last day"))
    opening_hours = line(
        _l("Opening hours"),
        20,
        Optional(),
        Regexp(r"\d{1,2}:\d{2}\s*[–-]\s*\d{1,2}:\d{2}", message=_l("Write them like 08:30–21:00.")),
    )
    timezone = SelectField(_l("Time zone"), choices=[])

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        self.starts_on.data, self.ends_on.data = details.starts_on, details.ends_on
        self.opening_hours.data, self.timezone.data = details.opening_hours, details.timezone

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        hours = str(self.opening_hours.data or "").replace("-", "–").replace(" ", "")
        return replace(
            details,
            starts_on=day_of(self.starts_on),
            ends_on=day_of(self.ends_on),
            opening_hours=hours,
            timezone=str(self.timezone.data),
        )


class DeadlinesPart(FlaskForm):  # type: ignore[misc]
    """From when to when producers apply and name people; times of the fair's own zone."""

    apply_from = moment(_l("Applications open from"))
    apply_until = moment(_l("Applications close"))
    badges_until = moment(_l("Names for badges close"))

    def fill(self, details: FairDetails) -> None:
        """Show what is known, in the fair's zone."""
        zone = ZoneInfo(details.timezone)
        for name in ("apply_from", "apply_until", "badges_until"):
            at: datetime | None = getattr(details, name)
            self[name].data = None if at is None else at.astimezone(zone).replace(tzinfo=None)

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        zone = ZoneInfo(details.timezone)

        def instant(field: Any) -> datetime | None:
            return None if field.data is None else field.data.replace(tzinfo=zone)

        return replace(
            details,
            apply_from=instant(self.apply_from),
            apply_until=instant(self.apply_until),
            badges_until=instant(self.badges_until),
        )


class PlacePart(FlaskForm):  # type: ignore[misc]
    """Where the fair is and who answers for it."""

    venue_vi, venue_en = line(_l("Venue")), line(_l("Venue"))
    venue_address = line(_l("Address"), 300)
    country = SelectField(_l("Country"), choices=[])
    contact_email = EmailField(
        _l("E-mail of the fair office"),
        [
            Length(max=254, message=TOO_LONG),
            Regexp(r"^$|^[^@\s]+@[^@\s]+$", message=_l("Write it like name@example.org.")),
        ],
        filters=[stripped],
    )
    contact_phone = TelField(
        _l("Telephone of the fair office"), [Length(max=20, message=TOO_LONG)], filters=[stripped]
    )

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        _fill_pairs(self, details, (("venue", "venue_names"),))
        for name in ("venue_address", "country", "contact_email", "contact_phone"):
            self[name].data = getattr(details, name)

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        return replace(
            _changed_pairs(self, details, (("venue", "venue_names"),)),
            venue_address=self.venue_address.data,
            country=self.country.data,
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data,
        )


class MoneyPart(FlaskForm):  # type: ignore[misc]
    """In which money prices are, and how products are grouped."""

    currency = SelectField(_l("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    scheme = SelectField(_l("Scheme of product groups"), choices=[])

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        self.currency.data, self.scheme.data = details.currency, details.scheme

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        return replace(details, currency=str(self.currency.data), scheme=str(self.scheme.data))


class TermsPart(FlaskForm):  # type: ignore[misc]
    """What applicants agree to."""

    terms_vi, terms_en = text(_l("Terms of taking part")), text(_l("Terms of taking part"))

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        _fill_pairs(self, details, (("terms", "terms"),))

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        return _changed_pairs(self, details, (("terms", "terms"),))


PARTS: dict[str, type[FlaskForm]] = {
    "names": NamesPart,
    "days": DaysPart,
    "deadlines": DeadlinesPart,
    "place": PlacePart,
    "money": MoneyPart,
    "terms": TermsPart,
}
"""The parts of a fair's details by their address."""


def offer_choices(form: FlaskForm, countries: Callable[[], list[SelectChoice]], schemes: list[str]) -> None:
    """Fill the lists a part chooses from."""
    if "timezone" in form:
        form.timezone.choices = [SelectChoice(zone, zone) for zone in sorted(available_timezones())]
    if "country" in form:
        form.country.choices = countries()
    if "scheme" in form:
        form.scheme.choices = [SelectChoice(scheme, scheme) for scheme in schemes]


def _fill_pairs(form: FlaskForm, details: FairDetails, pairs: tuple[tuple[str, str], ...]) -> None:
    for field, column in pairs:
        for language in ("vi", "en"):
            form[f"{field}_{language}"].data = getattr(details, column).get(language, "")


def _changed_pairs(form: FlaskForm, details: FairDetails, pairs: tuple[tuple[str, str], ...]) -> FairDetails:
    changes: dict[str, Any] = {}
    for field, column in pairs:
        kept = {k: v for k, v in getattr(details, column).items() if k not in ("vi", "en")}
        changes[column] = kept | texts(form[f"{field}_vi"].data, form[f"{field}_en"].data)
    return replace(details, **changes)
