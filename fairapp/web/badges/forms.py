"""The forms of the badge room."""

from __future__ import annotations

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.badges import BadgeStep
from fairapp.rules.text import TextRefused, clean
from fairapp.usecases.badges import BadgesStep, NamePerson

LARGEST_ID = 2**31 - 1
MOST_CHOSEN = 500
_TOO_LONG = _l("Write at most 120 characters.")


def _tidy(_form: FlaskForm, field: Field) -> None:
    try:
        field.data = clean(field.data or "", longest=120)
    except TextRefused as refused:
        raise ValidationError(phrase(refused.reason, longest=refused.longest)) from None


class PersonForm(FlaskForm):  # type: ignore[misc]
    """Who wears the badge."""

    name = StringField(
        _l("Name, as the person writes it"),
        [DataRequired(_l("Write the person's name.")), Length(max=400, message=_TOO_LONG), _tidy],
    )
    name_latin = StringField(
        _l("Name in Latin letters"), [Length(max=400, message=_TOO_LONG), _tidy], default=""
    )
    duty = StringField(_l("Duty at the stand"), [Length(max=400, message=_TOO_LONG), _tidy], default="")

    def order(self, exhibitor_id: int, badge_id: int | None = None) -> NamePerson:
        """The wish of the form."""
        return NamePerson(
            exhibitor_id,
            self.name.data or "",
            self.name_latin.data or "",
            self.duty.data or "",
            badge_id,
        )


def chosen_badges() -> tuple[int, ...]:
    """The badges ticked in the list; what is no number of a badge is left out."""
    numbers = (text for text in request.form.getlist("badge")[:MOST_CHOSEN] if len(text) < 11)
    return tuple(
        dict.fromkeys(
            int(text) for text in numbers if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID
        )
    )


def chosen_step(step: BadgeStep) -> BadgesStep:
    """The step for the badges ticked; its reason is one line."""
    return BadgesStep(chosen_badges(), step, " ".join(request.form.get("reason", "").split())[:200])
