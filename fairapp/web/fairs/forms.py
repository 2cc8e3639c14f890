"""What an organiser fills in about a fair, part by part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    DateTimeLocalField,
    DecimalField,
    EmailField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.fairs import FloorKind
from fairapp.usecases.fairs import CopyFair, CreateFair, FairDetails

CURRENCIES = ("VND", "USD", "EUR", "THB", "JPY", "KRW", "CNY", "LAK", "KHR", "IDR", "MYR", "PHP", "SGD")
_DATE_NEEDED = _l("Choose a day.")
_LONGEST = _l("Shorten this text.")


def _line(label: Any, longest: int = 200, *more: Any) -> StringField:
    return StringField(label, [*more, Length(max=longest, message=_LONGEST)], filters=[_stripped])


def _text(label: Any, longest: int = 20_000) -> TextAreaField:
    return TextAreaField(label, [Length(max=longest, message=_LONGEST)], filters=[_stripped])


def _stripped(text: str | None) -> str:
    return (text or "").strip()


def texts(vi: str | None, en: str | None) -> dict[str, str]:
    """A text per language, empty ones left out."""
    return {language: text for language, text in (("vi", vi or ""), ("en", en or "")) if text}


class NewFairForm(FlaskForm):  # type: ignore[misc]
    """A fair to begin with: everything else has a default or comes later."""

    code = _line(_l("Code in addresses"), 20, InputRequired(_l("Write a code, such as OCOP27.")))
    name_vi = _line(_l("Name of the fair"))
    name_en = _line(_l("Name of the fair"))
    starts_on = DateField(_l("First day"), [InputRequired(_DATE_NEEDED)])
    ends_on = DateField(_l("Last day"), [InputRequired(_DATE_NEEDED)])

    def order(self) -> CreateFair:
        """The fair to make."""
        return CreateFair(
            str(self.code.data),
            FairDetails(
                texts(self.name_vi.data, self.name_en.data), _day(self.starts_on), _day(self.ends_on)
            ),
        )


class CopyForm(FlaskForm):  # type: ignore[misc]
    """The next edition of a fair."""

    code = _line(_l("Code in addresses"), 20, InputRequired(_l("Write a code, such as OCOP27.")))
    starts_on = DateField(_l("First day"), [InputRequired(_DATE_NEEDED)])
    ends_on = DateField(_l("Last day"), [InputRequired(_DATE_NEEDED)])

    def order(self, fair_id: int) -> CopyFair:
        """The copy to make."""
        return CopyFair(fair_id, str(self.code.data), _day(self.starts_on), _day(self.ends_on))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why a fair is postponed or cancelled, in each language; empty when it is published."""

    reason_vi = _text(_l("Reason"), 2_000)
    reason_en = _text(_l("Reason"), 2_000)

    def reason(self) -> dict[str, str]:
        """The reason by language."""
        return texts(self.reason_vi.data, self.reason_en.data)


class NamesPart(FlaskForm):  # type: ignore[misc]
    """How the fair is called and described."""

    name_vi, name_en = _line(_l("Name of the fair")), _line(_l("Name of the fair"))
    tagline_vi, tagline_en = _line(_l("One line about it")), _line(_l("One line about it"))
    text_vi, text_en = _text(_l("Description")), _text(_l("Description"))
    organiser_vi, organiser_en = _line(_l("Organiser")), _line(_l("Organiser"))
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

    starts_on = DateField(_l("First day"), [InputRequired(_DATE_NEEDED)])
    ends_on = DateField(_l("Last day"), [InputRequired(_DATE_NEEDED)])
    opening_hours = _line(
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
            starts_on=_day(self.starts_on),
            ends_on=_day(self.ends_on),
            opening_hours=hours,
            timezone=str(self.timezone.data),
        )


class DeadlinesPart(FlaskForm):  # type: ignore[misc]
    """From when to when producers apply and name people; times of the fair's own zone."""

    apply_from = DateTimeLocalField(_l("Applications open from"), [Optional()], format=["%Y-%m-%dT%H:%M"])
    apply_until = DateTimeLocalField(_l("Applications close"), [Optional()], format=["%Y-%m-%dT%H:%M"])
    badges_until = DateTimeLocalField(_l("Names for badges close"), [Optional()], format=["%Y-%m-%dT%H:%M"])

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

    venue_vi, venue_en = _line(_l("Venue")), _line(_l("Venue"))
    venue_address = _line(_l("Address"), 300)
    country = SelectField(_l("Country"), choices=[])
    contact_email = EmailField(
        _l("E-mail of the fair office"),
        [
            Length(max=254, message=_LONGEST),
            Regexp(r"^$|^[^@\s]+@[^@\s]+$", message=_l("Write it like name@example.org.")),
        ],
        filters=[_stripped],
    )
    contact_phone = TelField(
        _l("Telephone of the fair office"), [Length(max=20, message=_LONGEST)], filters=[_stripped]
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

    terms_vi, terms_en = _text(_l("Terms of taking part")), _text(_l("Terms of taking part"))

    def fill(self, details: FairDetails) -> None:
        """Show what is known."""
        _fill_pairs(self, details, (("terms", "terms"),))

    def changed(self, details: FairDetails) -> FairDetails:
        """The details with this part as filled in."""
        return _changed_pairs(self, details, (("terms", "terms"),))


class KindForm(FlaskForm):  # type: ignore[misc]
    """A kind of booth with its price."""

    code = _line(
        _l("Short name in lists"),
        20,
        InputRequired(_l("Write a short name, such as standard.")),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9_-]*$", message=_l("Use letters, digits and hyphens only.")),
    )
    name_vi, name_en = _line(_l("Name of the kind")), _line(_l("Name of the kind"))
    text_vi, text_en = _text(_l("What it includes"), 2_000), _text(_l("What it includes"), 2_000)
    floor = RadioField(_l("Floor"), choices=[])
    unit_area_m2 = DecimalField(
        _l("Area of one booth"), [InputRequired(_l("Write the area in m².")), NumberRange(1, 10_000)]
    )
    min_area_m2 = DecimalField(
        _l("Smallest area"), [InputRequired(_l("Write the area in m².")), NumberRange(1, 10_000)]
    )
    price = DecimalField(
        _l("Price"), [InputRequired(_l("Write the price; 0 when it is free.")), NumberRange(0, 10**12)]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.floor.choices = [SelectChoice(kind.value, phrase(kind)) for kind in FloorKind]


class PairForm(FlaskForm):  # type: ignore[misc]
    """A name per language for a hall or a gate; ``code`` is for new gates."""

    code = _line(
        _l("Code"),
        20,
        Optional(),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9-]*$", message=_l("Use letters, digits and hyphens only.")),
    )
    name_vi, name_en = _line(_l("Name")), _line(_l("Name"))

    def names(self) -> dict[str, str]:
        """The name by language."""
        return texts(self.name_vi.data, self.name_en.data)


class PlanFileForm(FlaskForm):  # type: ignore[misc]
    """A floor plan as a file."""

    file = FileField(_l("GeoJSON file"), [InputRequired(_l("Choose a file."))])
    hall = _line(_l("Hall, where the file names none"), 40)


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


def _day(field: Any) -> date:
    day: date = field.data
    return day
