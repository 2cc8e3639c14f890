"""The forms of plans: a new one, and what is worth how much."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.scenarios import LEAST_SECONDS, LONGEST_NAME, MOST_SECONDS
from fairapp.rules.weights import LEAST_PERCENT, MOST_PERCENT, MOST_POINTS, NUMBERS, PlanWeights, Rivals

_TOO_LONG = _l("This is too long. Shorten it.")
_LIMITS = _l("Enter a whole number within the limits.")


def _whole(label: Any, least: int, most: int) -> IntegerField:
    return IntegerField(
        label,
        [InputRequired(_LIMITS), NumberRange(least, most, message=_LIMITS)],
        render_kw={"inputmode": "numeric"},
    )


class PlanForm(FlaskForm):  # type: ignore[misc]
    """A new plan: its name and how long it may take."""

    name = StringField(_l("Name of the plan"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    seconds = IntegerField(
        _l("Seconds it may take"),
        [InputRequired(_LIMITS), NumberRange(LEAST_SECONDS, MOST_SECONDS, message=_LIMITS)],
        default=30,
    )


class WeightsForm(FlaskForm):  # type: ignore[misc]
    """What is worth how much, in points."""

    placed = _whole(_l("A place at all, per booth"), 0, MOST_POINTS)
    priority = _whole(_l("Each point of the review's score, per booth"), 0, MOST_POINTS)
    ledger = _whole(
        _l("The priority points of the ledger, per booth: the most in the fair count as 100"), 0, MOST_POINTS
    )
    zone = _whole(_l("The zone asked for, per booth"), 0, MOST_POINTS)
    corner = _whole(_l("A corner for whoever asks for one"), 0, MOST_POINTS)
    hall = _whole(_l("The hall asked for"), 0, MOST_POINTS)
    wish = _whole(_l("The first wish of their ranking; further ones give less"), 0, MOST_POINTS)
    near = _whole(_l("Close to whom it asked for"), 0, MOST_POINTS)
    away = _whole(_l("Taken off: close to whom it wants to avoid"), 0, MOST_POINTS)
    beside = _whole(_l("Taken off: competitors side by side"), 0, MOST_POINTS)
    facing = _whole(_l("Taken off: competitors across the aisle"), 0, MOST_POINTS)
    roomiest = _whole(
        _l("Largest booth for what was asked, in percent of its area"), LEAST_PERCENT, MOST_PERCENT
    )
    rivals = RadioField(_l("Who counts as competitors?"), validate_choice=True)
    zone_is_hard = RadioField(_l("How binding is the zone?"), validate_choice=True)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.rivals.choices = [(each.value, phrase(each)) for each in Rivals]
        self.zone_is_hard.choices = [
            ("no", _l("A wish: it gives points")),
            ("yes", _l("A rule: nobody stands in another zone, whether by hand or by plan")),
        ]

    @classmethod
    def showing(cls, weights: PlanWeights, zone_is_hard: bool) -> WeightsForm:
        """The form with what is kept."""
        values = {name: getattr(weights, name) for name in NUMBERS}
        return cls(**values, rivals=weights.rivals.value, zone_is_hard="yes" if zone_is_hard else "no")

    def numbers(self) -> dict[str, int]:
        """The points by name."""
        return {name: int(self[name].data) for name in NUMBERS}
