"""Refusals in sentences, and WTForms' own English about a field's shape in words of ours."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_wtf import FlaskForm

from fairapp.i18n import LazyText, formats
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, Invalid, Refused
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


_SUMS = frozenset({"amount", "left", "open"})
"""Facts of refusals that are sums of money, in the currency that is a fact too."""


def sentences(failure: Refused | Clash, currency: str = "") -> tuple[str, ...]:
    """Every reason as a sentence with its facts; sums are written as money."""
    reasons = failure.reasons if isinstance(failure, Refused) else (failure.reason,)
    code = str(failure.facts.get("currency", currency))
    facts = {
        name: formats.money(value, code) if code and name in _SUMS and isinstance(value, int) else value
        for name, value in failure.facts.items()
    }
    return tuple(dict.fromkeys(phrase(reason, **facts) for reason in reasons))


def say_faults(form: Any, refusal: Invalid | Refused) -> None:
    """Put each reason where it belongs: beside its field, else above the form."""
    if isinstance(refusal, Refused):
        form.form_errors.extend(sentences(refusal))
        return
    for name, reason in refusal.fields.items():
        said = phrase(reason, **refusal.facts_of(name))
        if name in form:
            form[name].errors = [*form[name].errors, said]
        else:
            form.form_errors.append(said)


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
