"""What is written and sent for a catalogue's own pages."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import AnyOf

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.catalogue import InsertKind, InsertPlace


class TextForm(FlaskForm):  # type: ignore[misc]
    """A text: its heading, its words, who signs."""

    heading = StringField(_l("Heading"))
    body = TextAreaField(_l("Text"))
    signed = StringField(_l("Who signs"))


def _kinds() -> list[SelectChoice]:
    return [SelectChoice(kind.value, phrase(kind)) for kind in InsertKind]


def _places() -> list[SelectChoice]:
    return [SelectChoice(place.value, phrase(place)) for place in InsertPlace]


def _one_of(label: Any, kind: Any, choices: Any, default: str) -> RadioField:
    known = AnyOf([each.value for each in kind], message=_l("Choose one of the answers."))
    return RadioField(label, choices=choices, default=default, validate_choice=False, validators=[known])


class InsertForm(FlaskForm):  # type: ignore[misc]
    """An advertisement with its picture, or whose entry has a page of its own."""

    kind = _one_of(_l("What it is"), InsertKind, _kinds, InsertKind.FULL.value)
    place = _one_of(_l("Where it stands"), InsertPlace, _places, InsertPlace.FRONT.value)
    picture = FileField(_l("Picture"))
    said = StringField(_l("What the picture shows"))
    whose = StringField(_l("Whose entry"))

    @property
    def at(self) -> InsertPlace:
        """Where it stands."""
        return InsertPlace(self.place.data)
