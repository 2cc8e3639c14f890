"""What an organiser fills in to make a fair, to move it on, and about its booths, halls and gates."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional, Regexp

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.fairs import FloorKind
from fairapp.rules.plan_layers import Unit, parse_layers
from fairapp.usecases.fairs import CopyFair, CreateFair, FairDetails
from fairapp.web.fairs.fields import CODE_NEEDED, day, day_of, line, text, texts
from fairapp.web.fields import NumberField


class NewFairForm(FlaskForm):  # type: ignore[misc]
    """A fair to begin with: everything else has a default or comes later."""

    code = line(_l("Code in addresses"), 20, InputRequired(CODE_NEEDED))
    name_vi = line(_l("Name of the fair"))
    name_en = line(_l("Name of the fair"))
    starts_on = day(_l("First day"))
    ends_on = day(_l("Last day"))

    def order(self) -> CreateFair:
        """The fair to make."""
        return CreateFair(
            str(self.code.data),
            FairDetails(
                texts(self.name_vi.data, self.name_en.data), day_of(self.starts_on), day_of(self.ends_on)
            ),
        )


class CopyForm(FlaskForm):  # type: ignore[misc]
    """The next edition of a fair."""

    code = line(_l("Code in addresses"), 20, InputRequired(CODE_NEEDED))
    starts_on = day(_l("First day"))
    ends_on = day(_l("Last day"))

    def order(self, fair_id: int) -> CopyFair:
        """The copy to make."""
        return CopyFair(fair_id, str(self.code.data), day_of(self.starts_on), day_of(self.ends_on))


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why a fair is postponed or cancelled, in each language; empty when it is published."""

    reason_vi = text(_l("Reason"), 2_000)
    reason_en = text(_l("Reason"), 2_000)

    def reason(self) -> dict[str, str]:
        """The reason by language."""
        return texts(self.reason_vi.data, self.reason_en.data)


class KindForm(FlaskForm):  # type: ignore[misc]
    """A kind of booth with its price in a currency of so many ``digits`` behind the comma."""

    code = line(
        _l("Short name in lists"),
        20,
        InputRequired(_l("Write a short name, such as standard.")),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9_-]*$", message=_l("Use letters, digits and hyphens only.")),
    )
    name_vi, name_en = line(_l("Name of the kind")), line(_l("Name of the kind"))
    text_vi, text_en = text(_l("What it includes"), 2_000), text(_l("What it includes"), 2_000)
    floor = RadioField(_l("Floor"), choices=[])
    unit_area_m2 = NumberField(
        _l("Area of one booth"), [InputRequired(_l("Write the area in m².")), NumberRange(1, 10_000)]
    )
    min_area_m2 = NumberField(
        _l("Smallest area"), [InputRequired(_l("Write the area in m².")), NumberRange(1, 10_000)]
    )
    price = NumberField(
        _l("Price"), [InputRequired(_l("Write the price; 0 when it is free.")), NumberRange(0, 10**12)]
    )

    def __init__(self, digits: int) -> None:
        self.digits = digits
        super().__init__()
        self.floor.choices = [SelectChoice(kind.value, phrase(kind)) for kind in FloorKind]

    def validate_price(self, field: Any) -> None:
        """No part of the currency's smallest unit is lost in silence."""
        if field.data is not None and field.data.scaleb(self.digits) % 1:
            raise ValidationError(str(_l("This currency has no unit that small. Write fewer decimals.")))


class PairForm(FlaskForm):  # type: ignore[misc]
    """A name per language for a hall or a gate; ``code`` is for new gates."""

    code = line(
        _l("Code"),
        20,
        Optional(),
        Regexp(r"[A-Za-z0-9][A-Za-z0-9-]*$", message=_l("Use letters, digits and hyphens only.")),
    )
    name_vi, name_en = line(_l("Name")), line(_l("Name"))

    def names(self) -> dict[str, str]:
        """The name by language."""
        return texts(self.name_vi.data, self.name_en.data)


class PlanFileForm(FlaskForm):  # type: ignore[misc]
    """A floor plan as a file."""

    file = FileField(_l("Plan file: GeoJSON, SVG or DXF"), [FileRequired(_l("Choose a file."))])
    hall = line(_l("Hall, where the file names none"), 40)
    unit = SelectField(
        _l("One unit of the drawing"), [AnyOf(["", *(unit.value for unit in Unit)])], default=""
    )
    layers = line(_l("What layers hold, where their names do not tell"), 1_000)
    letter_zones = BooleanField(_l("The letter at the beginning of a booth's number is its zone"))
    keeps_halls = BooleanField(_l("Keep the other halls of the newest version"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.unit.choices = [("", _("As the file says")), *((each.value, phrase(each)) for each in Unit)]

    def validate_layers(self, field: Any) -> None:
        """Say which part is no mapping."""
        try:
            parse_layers(field.data or "")
        except ValueError as error:
            raise ValidationError(
                _(
                    "“%(part)s” is not written as LAYER=booths, labels, hall, facilities or left_out.",
                    part=error,
                )
            ) from None
