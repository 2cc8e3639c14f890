"""The forms of invitation letters: who travels, who signs, why not."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import Length

from fairapp.i18n import LANGUAGES
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.visa_letters import (
    LONGEST_EMBASSY,
    LONGEST_NAME,
    LONGEST_NATIONALITY,
    LONGEST_REASON,
    MOST_PEOPLE,
    Traveller,
    passport_number,
)
from fairapp.usecases.letters_visa import AskVisaLetter

_TOO_LONG = _l("This is too long. Shorten it.")


class TravellerForm(Form):  # type: ignore[misc]
    """One person; an empty row is nobody."""

    name = StringField(_l("Name as in the passport"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    nationality = StringField(_l("Nationality"), [Length(max=LONGEST_NATIONALITY, message=_TOO_LONG)])
    passport = StringField(_l("Passport number"), [Length(max=40, message=_TOO_LONG)])


class AskForm(FlaskForm):  # type: ignore[misc]
    """Everybody who needs the letter."""

    people = FieldList(FormField(TravellerForm), min_entries=MOST_PEOPLE, max_entries=MOST_PEOPLE)
    embassy = StringField(
        _l("Embassy or consulate where the visas are asked for"),
        [Length(max=LONGEST_EMBASSY, message=_TOO_LONG)],
    )
    language = RadioField(
        _l("Language of the letter"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()],
        default="en",
    )

    def rows(self) -> list[tuple[int, Traveller]]:
        """(place in the form, person) of every row that is not empty."""
        found = []
        for place, entry in enumerate(self.people.entries):
            row = entry.form
            name, nationality = (row.name.data or "").strip(), (row.nationality.data or "").strip()
            person = Traveller(name, nationality, passport_number(row.passport.data or ""))
            if person != Traveller("", ""):
                found.append((place, person))
        return found

    def order(self, application_id: int) -> AskVisaLetter:
        """What was written."""
        people = tuple(person for _place, person in self.rows())
        return AskVisaLetter(application_id, people, self.embassy.data or "", self.language.data or "en")


class IssueForm(FlaskForm):  # type: ignore[misc]
    """Who signs for the organiser."""

    signer = StringField(
        _l("Your full name, as your signature"), [Length(max=LONGEST_NAME, message=_TOO_LONG)]
    )


class RefuseForm(FlaskForm):  # type: ignore[misc]
    """Why there is no letter."""

    reason = TextAreaField(
        _l("Why the letter is not issued"), [Length(max=LONGEST_REASON, message=_TOO_LONG)]
    )
