"""What an organiser types in the studio: a hall's size, rows by a rule, a booth, the check's figures."""

from __future__ import annotations

from dataclasses import asdict
from math import atan2, degrees, hypot
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, FloatField, IntegerField, SelectField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.plan_figures import LEAST, MOST, Figures
from fairapp.rules.plan_laying import MOST_BOOTHS, MOST_ROWS, Count, RowRule
from fairapp.rules.plans import BoothOutline
from fairapp.usecases.fairs_backgrounds import Placed

METRES = _l("Write a number of metres.")
WHOLE = _l("Write a whole number.")


class Metres(FloatField):  # type: ignore[misc]
    """A number of metres, with a comma or a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read 3,5 like 3.5, and nothing that is not finite."""
        raw = (valuelist or [""])[0].strip().replace(",", ".")
        self.data = None
        if not raw:
            return
        try:
            value = float(raw)
        except ValueError:
            raise ValueError(METRES) from None
        if not abs(value) < 1_000_000:
            raise ValueError(METRES)
        self.data = value


class Whole(IntegerField):  # type: ignore[misc]
    """A whole number."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Say in our words that it is none."""
        raw = (valuelist or [""])[0].strip()
        self.data = None
        if not raw:
            return
        if not raw.isascii() or not raw.isdigit() or len(raw) > 6:
            raise ValueError(WHOLE)
        self.data = int(raw)


def _metres(label: Any, least: float, most: float, default: float) -> Metres:
    said = _l("Write a number of metres from %(least)s to %(most)s.", least=least, most=most)
    return Metres(label, [InputRequired(METRES), NumberRange(least, most, said)], default=default)


def _whole(label: Any, least: int, most: int, default: int) -> Whole:
    said = _l("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
    return Whole(label, [InputRequired(WHOLE), NumberRange(least, most, said)], default=default)


class HallForm(FlaskForm):  # type: ignore[misc]
    """A hall to begin with."""

    name = StringField(_l("Code of the hall"), [InputRequired(_l("Write the hall's code.")), Length(max=40)])
    width = _metres(_l("Width in metres"), 3, 1_000, 40.0)
    depth = _metres(_l("Depth in metres"), 3, 1_000, 30.0)


class RowsForm(FlaskForm):  # type: ignore[misc]
    """Rows of booths by a rule."""

    count = _whole(_l("Booths in a row"), 1, MOST_BOOTHS, 10)
    rows = _whole(_l("Number of rows"), 1, MOST_ROWS, 2)
    width = _metres(_l("Frontage in metres"), 0.5, 100, 3.0)
    depth = _metres(_l("Depth of a booth in metres"), 0.5, 100, 3.0)
    aisle = _metres(_l("Aisle in metres"), 0, 100, 3.0)
    double = BooleanField(_l("Two rows back to back"), default=True)
    x = _metres(_l("From the left in metres"), -1_000, 1_000, 3.0)
    y = _metres(_l("From the top in metres"), -1_000, 1_000, 3.0)
    turn = _metres(_l("Turned by degrees"), -360, 360, 0.0)
    letter = StringField(_l("Letter of the first row"), [Length(max=3)], default="A")
    first = _whole(_l("First number"), 0, 99_999, 1)
    digits = _whole(_l("Digits"), 1, 5, 2)
    separator = StringField(_l("Between letter and number"), [Length(max=3)], default="")
    numbering = SelectField(
        _l("Numbers run"), [AnyOf([each.value for each in Count])], default=Count.ALONG.value
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.numbering.choices = [(each.value, phrase(each)) for each in Count]

    def rule(self) -> RowRule:
        """The rule as it was typed."""
        return RowRule(
            **{
                name: getattr(self, name).data
                for name in (
                    "count",
                    "rows",
                    "width",
                    "depth",
                    "aisle",
                    "double",
                    "x",
                    "y",
                    "turn",
                    "first",
                    "digits",
                )
            },
            letter=(self.letter.data or "").strip().upper(),
            separator=(self.separator.data or "").strip(),
            numbering=Count(self.numbering.data),
        )

    def first_fault(self) -> str:
        """The first thing that is wrong, with the name of its field."""
        for field in self:
            if field.errors:
                return f"{field.label.text}: {field.errors[0]}"
        return ""


class BoothForm(FlaskForm):  # type: ignore[misc]
    """One booth as numbers."""

    code = StringField(
        _l("Number of the booth"), [InputRequired(_l("Write the booth's number.")), Length(max=64)]
    )
    x = _metres(_l("From the left in metres"), -10_000, 10_000, 0.0)
    y = _metres(_l("From the top in metres"), -10_000, 10_000, 0.0)
    width = _metres(_l("Frontage in metres"), 0.5, 500, 3.0)
    depth = _metres(_l("Depth of a booth in metres"), 0.5, 500, 3.0)
    turn = _metres(_l("Turned by degrees"), -360, 360, 0.0)


def numbers_of(booth: BoothOutline) -> dict[str, Any]:
    """A booth as numbers: its first corner, the sides beside it, the turn of the first."""
    (ax, ay), (bx, by), *_rest, (dx, dy) = booth.rings[0]
    return {
        "code": booth.code,
        "x": ax,
        "y": ay,
        "width": round(hypot(bx - ax, by - ay), 3),
        "depth": round(hypot(dx - ax, dy - ay), 3),
        "turn": round(degrees(atan2(by - ay, bx - ax)), 3),
    }


class PictureForm(FlaskForm):  # type: ignore[misc]
    """A picture to trace, and where it lies."""

    file = FileField(_l("Picture to trace"))
    x = _metres(_l("From the left in metres"), -1_000, 1_000, 0.0)
    y = _metres(_l("From the top in metres"), -1_000, 1_000, 0.0)
    width = _metres(_l("Width in metres"), 1, 2_000, 40.0)
    turn = _metres(_l("Turned by degrees"), -360, 360, 0.0)
    strength = Whole(
        _l("How strong, in percent"),
        [InputRequired(WHOLE), NumberRange(5, 100, _l("Write a number from 5 to 100."))],
        default=55,
    )

    def placed(self) -> Placed:
        """Where the picture is to lie."""
        corner = (self.x.data or 0.0, self.y.data or 0.0, self.width.data or 1.0)
        return Placed(*corner, self.turn.data or 0.0, self.strength.data or 55)


class FiguresForm(FlaskForm):  # type: ignore[misc]
    """What the fair wants of its halls."""

    aisle_m = _metres(_l("Aisles at least, in metres"), LEAST["aisle_m"], MOST["aisle_m"], 2.0)
    door_clear_m = _metres(
        _l("Free before every door, in metres"), LEAST["door_clear_m"], MOST["door_clear_m"], 1.5
    )
    exit_reach_m = _metres(
        _l("To the next exit at most, in metres"), LEAST["exit_reach_m"], MOST["exit_reach_m"], 40.0
    )
    power_w_m2 = _metres(_l("Power of a booth, in watts per m²"), 0, MOST["power_w_m2"], 60.0)
    power_point_kw = _metres(_l("Power point without a figure, in kW"), 0, MOST["power_point_kw"], 11.0)
    power_reach_m = _metres(_l("Cable to the power point at most, in metres"), 0, MOST["power_reach_m"], 30.0)

    @classmethod
    def of(cls, figures: Figures) -> FiguresForm:
        """The form with what holds now."""
        return cls(data=asdict(figures))

    def figures(self) -> Figures:
        """The figures as typed."""
        return Figures(**{name: getattr(self, name).data for name in asdict(Figures())})
