"""What the board's forms send: who, which booth (by number or by the code on its sign), and why."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.allocation import PlaceRefusal
from fairapp.rules.reasons import Shape

LARGEST = NumberRange(1, 2**31 - 1)


class BoothForm(FlaskForm):  # type: ignore[misc]
    """A booth: by its number, or by its code and perhaps the hall in whose view it was typed."""

    booth_id = IntegerField(_l("Booth"), [Optional(), LARGEST])
    code = StringField(_l("Booth code"), [Length(max=80)])
    hall = StringField(_l("Hall"), [Length(max=40)])


class AssignForm(BoothForm):
    """An exhibitor and a booth for it."""

    exhibitor_id = IntegerField(_l("Exhibitor"), [InputRequired(), LARGEST])


class SwapForm(BoothForm):
    """The claim to change places with, or the booth it is on."""

    other_claim_id = IntegerField(_l("Booth"), [Optional(), LARGEST])


class ShareForm(FlaskForm):  # type: ignore[misc]
    """Somebody who shares the booth."""

    exhibitor_id = IntegerField(_l("Exhibitor"), [InputRequired(), LARGEST])


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is taken back or kept back."""

    reason = TextAreaField(_l("Reason"), [Length(max=200)])

    def words(self) -> str:
        """The reason, trimmed."""
        return (self.reason.data or "").strip()

    def fault(self) -> PlaceRefusal | Shape | None:
        """What is wrong with it: nothing was said, or too much."""
        if not self.words():
            return PlaceRefusal.REASON_MISSING
        return None if self.validate() else Shape.TOO_LONG
