"""The form with which somebody is invited by mail: the address, and the language of the letter."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, SelectChoice, SelectField
from wtforms.validators import StopValidation

from fairapp.adapters.emails import email
from fairapp.i18n import LANGUAGES, current_language
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.identifiers import EmailReason


class InviteForm(FlaskForm):  # type: ignore[misc]
    """Whom to write to, and in which language."""

    email = EmailField(_l("Email"))
    language = SelectField(_l("Language of the letter"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name) for code, name in LANGUAGES.items()]

    def validate_email(self, field: Any) -> None:
        """Read the address, or say what is wrong."""
        found = email(field.data or "")
        if isinstance(found, EmailReason):
            raise StopValidation(phrase(found))
        field.found = found

    @property
    def language_chosen(self) -> str:
        """One of ours; without a choice the inviter's own."""
        return str(self.language.data) if self.language.data in LANGUAGES else current_language()
