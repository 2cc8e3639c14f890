"""The forms of the contract: its text, a signature, a countersignature."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length

from fairapp.i18n import LANGUAGES
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.contracts import LONGEST_BODY, LONGEST_NAME, ContractSettings, SignBefore
from fairapp.store.contracts import Contract
from fairapp.usecases.contracts import LONGEST_REASON, KeepDraft

_TOO_LONG = _l("This is too long. Shorten it.")


class TextForm(FlaskForm):  # type: ignore[misc]
    """The next version of the contract."""

    text_vi = TextAreaField(_l("Text of the contract"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])
    text_en = TextAreaField(_l("Text of the contract"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])
    must_sign_again = BooleanField(_l("Whoever has signed an earlier version signs again"))
    before = RadioField(_l("What waits for the contract?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before.choices = [SelectChoice(each.value, phrase(each)) for each in SignBefore]

    def fill(self, there: Contract | None, settings: dict[str, Any]) -> None:
        """Show the draft, or the version in force to go on from."""
        self.before.data = ContractSettings.read(settings).before.value
        self.must_sign_again.data = True
        if there is not None:
            self.text_vi.data, self.text_en.data = there.texts.get("vi"), there.texts.get("en")
            self.must_sign_again.data = there.must_sign_again

    def order(self, fair_id: int) -> KeepDraft:
        """What was written."""
        texts = {language: self[f"text_{language}"].data or "" for language in LANGUAGES}
        return KeepDraft(fair_id, texts, bool(self.must_sign_again.data), SignBefore(self.before.data))


class SignForm(FlaskForm):  # type: ignore[misc]
    """A signature under what the page shows."""

    typed_name = StringField(
        _l("Your full name, as your signature"), [Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )
    agrees = BooleanField(_l("I have read the contract and sign it for this organisation"))
    contract_id = HiddenField()
    digest = HiddenField()


class CountersignForm(FlaskForm):  # type: ignore[misc]
    """The organiser's signature."""

    typed_name = StringField(
        _l("Your full name, as your signature"), [Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why a signature is not taken."""

    reason = TextAreaField(
        _l("Why the signature is not taken"), [Length(max=LONGEST_REASON, message=_TOO_LONG)]
    )
