"""What a form says of a field's shape: WTForms' own English sentences in words of ours."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_wtf import FlaskForm

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.reasons import Shape

_SHAPES = {
    "This field is required.": Shape.REQUIRED,
    "Not a valid choice.": Shape.NOT_A_CHOICE,
    "Invalid Choice: could not coerce.": Shape.NOT_A_CHOICE,
    "'%(value)s' is not a valid choice for this field.": Shape.NOT_A_CHOICE,
    "Invalid value, must be one of: %(values)s.": Shape.NOT_A_CHOICE,
    "Not a valid integer value.": Shape.NOT_A_NUMBER,
    "Not a valid decimal value.": Shape.NOT_A_NUMBER,
    "Not a valid float value.": Shape.NOT_A_NUMBER,
    "Not a valid date value.": Shape.NOT_A_DATE,
    "Not a valid datetime value.": Shape.NOT_A_DATE,
    "Not a valid time value.": Shape.NOT_A_TIME,
    "Field cannot be longer than %(max)d character.": Shape.TOO_LONG,
}
_BOUNDS: dict[str, LazyText] = {
    "Number must be between %(min)s and %(max)s.": _l("Write a number from %(min)s to %(max)s."),
    "Number must be at least %(min)s.": _l("Write a number of %(min)s or more."),
    "Number must be at most %(max)s.": _l("Write a number of %(max)s or less."),
}


class Wording:
    """The translations that every field asks for."""

    def gettext(self, sentence: str) -> str:
        """Our words, in the language of the moment; WTForms fills in the bounds."""
        if sentence in _SHAPES:
            return phrase(_SHAPES[sentence])
        return str(_BOUNDS.get(sentence, sentence))

    def ngettext(self, singular: str, _plural: str, _number: int) -> str:
        """As ``gettext``: none of our words bends with the number."""
        return self.gettext(singular)


def prepare(app: Flask) -> None:
    """Give our words to the forms of all rooms, at the one place where Flask-WTF asks for them."""
    app.config["WTF_I18N_ENABLED"] = True
    said = Wording()

    def translations(_meta: Any, _form: Any) -> Wording:
        return said

    FlaskForm.Meta.get_translations = translations
