"""The forms of an application, one for each part, and the organiser's words."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from fairapp.i18n import formats, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import Part, StepRefusal
from fairapp.rules.fairs import FloorKind
from fairapp.rules.text import TextRefused, clean
from fairapp.store.applications import Application
from fairapp.store.fairs import BoothKind
from fairapp.usecases.applications import FillIn
from fairapp.web.fields import WholeField

MOST_AREA, MOST_BOOTHS, MOST_POWER = 10_000.0, 60, 200_000
MOST_BUDGET = 10**12
_TOO_LONG = _l("This is too long. Shorten it.")


def tidied(longest: int, lines: bool = False) -> Any:
    """A check that cleans the text of a field, or says why it cannot be kept."""

    def tidy(_form: FlaskForm, field: Field) -> None:
        try:
            field.data = clean(field.data or "", longest=longest, lines=lines)
        except TextRefused as refused:
            raise ValidationError(phrase(refused.reason, longest=refused.longest)) from None

    return tidy


def _words(label: Any, longest: int) -> StringField:
    return StringField(label, [Length(max=4 * longest, message=_TOO_LONG), tidied(longest)], default="")


class PartForm(FlaskForm):  # type: ignore[misc]
    """What every part carries: which version it was made from, and which open form it is."""

    version = HiddenField()
    tab = HiddenField()
    part: Part
    answers: Callable[[], dict[str, Any]]
    """The part's own answers, by the names of the order: each form has its own."""

    def stamp(self, application: Application, anew: bool = False) -> None:
        """Mark the form with what it was made from; ``anew`` once the newer answers were shown."""
        if anew or not number(self.version.data or ""):
            self.version.data = str(application.version)
        if not (self.tab.data or "").isalnum():
            self.tab.data = secrets.token_hex(8)
        self.tab.data = self.tab.data[:32]

    def order(self, application_id: int, is_finished: bool) -> FillIn:
        """The wish of the form."""
        return FillIn(
            application_id,
            version=number(self.version.data or ""),
            part=self.part.value,
            tab=(self.tab.data or "")[:32],
            is_finished=is_finished,
            **self.answers(),
        )


class KindForm(PartForm):
    """Kind of booth, and how much of it."""

    kind = RadioField(
        _l("Kind of booth"),
        [InputRequired(_l("Choose a kind of booth."))],
        validate_choice=True,
    )
    booths = WholeField(
        _l("Number of booths"),
        [Optional(), NumberRange(1, MOST_BOOTHS, message=_l("Write a number from 1 to 60."))],
    )
    area = StringField(_l("Floor you need"), [Length(max=20, message=_TOO_LONG)])
    days = SelectMultipleField(
        _l("Days on which you come"), [InputRequired(_l("Tick at least one day; all of them if you stay."))]
    )
    part = Part.KIND

    def offer(self, kinds: list[BoothKind]) -> None:
        """Choose among these."""
        self.kinds = {str(kind.id): kind for kind in kinds}
        self.kind.choices = [SelectChoice(value, pick(kind.names)) for value, kind in self.kinds.items()]

    def offer_days(self, days: tuple[date, ...]) -> None:
        """Choose among the fair's days; where it lets none be chosen, nothing is asked."""
        if days:
            self.days.choices = [
                SelectChoice(day.isoformat(), f"{formats.weekday(day)} {formats.date(day)}") for day in days
            ]
        else:
            del self.days

    def chosen(self) -> BoothKind | None:
        """The kind that is ticked."""
        return self.kinds.get(str(self.kind.data or ""))

    def wanted_area(self) -> float | None:
        """The area typed."""
        found = formats.read_number((self.area.data or "").replace("m²", ""))
        value = 0.0 if found is None else round(float(found), 2)
        return value if 0 < value <= MOST_AREA else None

    def validate_area(self, field: Field) -> None:
        """Raw space is asked for by the square metre, from its smallest size on."""
        kind = self.chosen()
        if kind is None or kind.floor is not FloorKind.RAW_SPACE:
            return
        area = self.wanted_area()
        if area is None:
            raise ValidationError(phrase(StepRefusal.NO_AREA))
        if area < kind.min_area_m2:
            raise ValidationError(phrase(StepRefusal.AREA_TOO_SMALL))

    def answers(self) -> dict[str, Any]:
        kind = self.chosen()
        if kind is None:
            return {}
        said = {"booth_kind_id": kind.id, "days": tuple(self.days.data or ()) if "days" in self else None}
        if kind.floor is FloorKind.RAW_SPACE:
            return {**said, "booths": 1, "area_m2": self.wanted_area()}
        booths = self.booths.data or 1
        return {**said, "booths": booths, "area_m2": booths * kind.unit_area_m2}


class WishesForm(PartForm):
    """Where the applicant would like to stand."""

    hall = SelectField(_l("Hall"), default="")
    zone = SelectField(_l("Zone"), default="")
    corner = BooleanField(_l("A corner booth, if there is one"))
    near = _words(_l("Close to"), 200)
    not_near = _words(_l("Away from"), 200)
    budget = WholeField(
        _l("At most for the place"),
        [Optional(), NumberRange(0, MOST_BUDGET, message=_l("Write a whole sum, or leave it empty."))],
    )
    part = Part.WISHES
    unit = 1
    """How many of the smallest unit make one of the fair's currency."""

    def answers(self) -> dict[str, Any]:
        said = {
            "hall": self.hall.data,
            "zone": self.zone.data,
            "corner": bool(self.corner.data),
            "near": self.near.data,
            "not_near": self.not_near.data,
            "budget": (self.budget.data or 0) * self.unit,
        }
        return {"wishes": {name: value for name, value in said.items() if value}}


class NeedsForm(PartForm):
    """Power, water and whatever else."""

    power_w = WholeField(
        _l("Power"),
        [Optional(), NumberRange(0, MOST_POWER, message=_l("Write a number from 0 to 200,000."))],
    )
    water = BooleanField(_l("Water supply and drain"))
    words = TextAreaField(
        _l("Anything else the organiser should prepare"),
        [Length(max=8000, message=_TOO_LONG), tidied(2000, lines=True)],
        default="",
    )
    part = Part.NEEDS

    def answers(self) -> dict[str, Any]:
        said = {
            "power_w": self.power_w.data or 0,
            "water": bool(self.water.data),
            "words": self.words.data,
        }
        return {"needs": {name: value for name, value in said.items() if value}}


class ProductsForm(PartForm):
    """What will stand on the shelves."""

    products = SelectMultipleField(_l("Products to show"))
    part = Part.PRODUCTS

    def validate_products(self, field: Field) -> None:
        """At least one."""
        if not field.data:
            raise ValidationError(phrase(StepRefusal.NO_PRODUCTS))

    def answers(self) -> dict[str, Any]:
        return {"product_ids": tuple(int(value) for value in self.products.data or ())}


class TermsForm(PartForm):
    """The terms of the fair."""

    accepts = BooleanField(
        _l("We have read the terms and accept them"),
        [DataRequired(_l("Read and accept the terms of the fair."))],
    )
    part = Part.TERMS

    def answers(self) -> dict[str, Any]:
        return {"accepts_terms": bool(self.accepts.data)}


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """The organiser's words to the applicant, and which parts they are about."""

    reason = TextAreaField(
        _l("Your words to the applicant"),
        [Length(max=8000, message=_TOO_LONG), tidied(2000, lines=True)],
        default="",
    )
    fields = SelectMultipleField(
        _l("Parts to put right"), choices=[SelectChoice(part.value, "") for part in Part]
    )
    version = HiddenField()


class NoteForm(FlaskForm):  # type: ignore[misc]
    """A note that the applicant never sees."""

    text = TextAreaField(
        _l("Note for your team"),
        [
            DataRequired(_l("Write the note first.")),
            Length(max=8000, message=_TOO_LONG),
            tidied(2000, lines=True),
        ],
    )


def number(text: str) -> int | None:
    """The number of a version or a row in what was sent; nothing when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
