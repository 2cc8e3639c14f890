"""The forms of the accounts: their fields, and what is said when one is missing or odd."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Form, HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, StopValidation

from fairapp.adapters.emails import Email, email
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import LONGEST_NAME, AccountReason
from fairapp.rules.identifiers import EmailReason
from fairapp.rules.passwords import password_faults
from fairapp.rules.text import TextRefused, clean
from fairapp.usecases.accounts_signing import SignIn

FILL_IN = _l("Fill this in.")


class Address:
    """The field holds an e-mail address that mail can reach; ``field.found`` is the address read."""

    def __call__(self, form: Form, field: Any) -> None:
        """Read it, or say what is wrong."""
        found = email(field.data or "")
        if isinstance(found, EmailReason):
            raise StopValidation(phrase(found))
        field.found = found


class NameLine:
    """The field holds a name of one line, cleaned."""

    def __call__(self, form: Form, field: Any) -> None:
        """Clean it, or say what is wrong."""
        try:
            field.data = clean(field.data or "", longest=LONGEST_NAME)
        except TextRefused as refused:
            raise StopValidation(phrase(refused.reason, longest=refused.longest)) from refused
        if not field.data:
            raise StopValidation(str(FILL_IN))


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password; ``next`` is where the visitor wanted to go."""

    email = StringField(_l("Email"), [InputRequired(FILL_IN)])
    password = PasswordField(_l("Password"), [InputRequired(FILL_IN)])
    stay = BooleanField(_l("Keep me signed in on this device"))
    next = HiddenField()

    def order(self) -> SignIn:
        """What was typed."""
        return SignIn(email=self.email.data, password=self.password.data)


class RegisterForm(FlaskForm):  # type: ignore[misc]
    """Who wants an account, and their agreement to the privacy notice."""

    name = StringField(_l("Your name"), [NameLine()])
    email = EmailField(_l("Email"), [Address()])
    password = PasswordField(_l("Password"), [InputRequired(FILL_IN)])
    agree = BooleanField(_l("I have read the privacy notice and agree to it"))
    next = HiddenField()

    def validate_password(self, field: Any) -> None:
        """Every reason at once, in the words of the reader."""
        _refuse_easy(field, self.email.data or "", self.name.data or "")

    def validate_agree(self, field: Any) -> None:
        """Without it no account is kept."""
        if not field.data:
            raise StopValidation(phrase(AccountReason.NO_CONSENT))

    def address(self) -> Email:
        """The address as it was read."""
        found: Email = self.email.found
        return found


class PasswordOnlyForm(FlaskForm):  # type: ignore[misc]
    """The password, typed once more."""

    password = PasswordField(_l("Password"), [InputRequired(FILL_IN)])


class ForgotForm(FlaskForm):  # type: ignore[misc]
    """Whose password is forgotten."""

    email = EmailField(_l("Email"), [Address()])


class _NewPassword(FlaskForm):  # type: ignore[misc]
    """A new password for a known account."""

    new_password = PasswordField(_l("New password"), [InputRequired(FILL_IN)])

    def __init__(self, email: str, name: str) -> None:
        self.of = (email, name)
        super().__init__()

    def validate_new_password(self, field: Any) -> None:
        """Every reason at once, in the words of the reader."""
        _refuse_easy(field, *self.of)


class ResetForm(_NewPassword):
    """The new password, after a mailed link."""


class PasswordForm(_NewPassword):
    """The present password and a new one."""

    current_password = PasswordField(_l("Present password"), [InputRequired(FILL_IN)])


class EmailForm(FlaskForm):  # type: ignore[misc]
    """A new address, and the password as proof."""

    email = EmailField(_l("New email address"), [Address()])
    current_password = PasswordField(_l("Present password"), [InputRequired(FILL_IN)])


class GrantForm(FlaskForm):  # type: ignore[misc]
    """A role for the account of an address."""

    email = EmailField(_l("Email"), [Address()])
    role = SelectField(_l("Role"), validate_choice=True)


class GrantHereForm(FlaskForm):  # type: ignore[misc]
    """A role for the account whose page is open, in a fair or in all."""

    role = SelectField(_l("Role"))
    fair = SelectField(_l("Fair"))


def _refuse_easy(field: Any, email_typed: str, name: str) -> None:
    faults = password_faults(field.data or "", email_typed, name)
    if faults:
        field.errors = [*field.errors, *(phrase(fault) for fault in faults[:-1])]
        raise StopValidation(phrase(faults[-1]))
