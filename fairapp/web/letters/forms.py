"""The forms of letters: the organiser's own text of an event, and a letter to many."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length

from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import State
from fairapp.rules.letter_texts import LONGEST_BODY, LONGEST_SUBJECT
from fairapp.rules.mailings import MOST_NAMED, Audience, Filter, MailingKind, Owing
from fairapp.store.base import Texts
from fairapp.usecases.mailing import DraftMailing

_TOO_LONG = _l("This is too long. Shorten it.")
STATES = tuple(state for state in State if state is not State.DRAFT)


@dataclass(frozen=True, slots=True)
class Choices:
    """(value, name) of what the fair has to choose from."""

    groups: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    halls: tuple[tuple[str, str], ...]


class TextForm(FlaskForm):  # type: ignore[misc]
    """The words of one letter in one language."""

    subject = StringField(_l("Subject"), [Length(max=LONGEST_SUBJECT, message=_TOO_LONG)])
    body = TextAreaField(_l("Text of the letter"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])


class MailingForm(FlaskForm):  # type: ignore[misc]
    """A letter to many: to whom, and the words in both languages."""

    audience = RadioField(_l("To whom?"))
    nature = RadioField(_l("What is it about?"))
    state = SelectMultipleField(_l("State of the application"))
    group = SelectField(_l("Product group"), default="")
    place = SelectField(_l("Province, country"), default="")
    kind = SelectField(_l("Kind of booth"), default="")
    hall = SelectField(_l("Hall"), default="")
    unpaid = BooleanField(_l("Only those with an instalment past its day"))
    owing = SelectField(_l("What they owe"), default="")
    to = HiddenField()
    subject_vi = StringField(_l("Subject"), [Length(max=LONGEST_SUBJECT, message=_TOO_LONG)])
    subject_en = StringField(_l("Subject"), [Length(max=LONGEST_SUBJECT, message=_TOO_LONG)])
    body_vi = TextAreaField(_l("Text of the letter"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])
    body_en = TextAreaField(_l("Text of the letter"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])

    def offer(self, choices: Choices) -> None:
        """Put the fair's own groups, places, kinds and halls into the lists."""
        self.audience.choices = [SelectChoice(each.value, phrase(each)) for each in Audience]
        self.nature.choices = [SelectChoice(each.value, phrase(each)) for each in MailingKind]
        self.state.choices = [SelectChoice(each.value, phrase(each)) for each in STATES]
        any_of = [SelectChoice("", _("All"))]
        self.group.choices = any_of + [SelectChoice(*each) for each in choices.groups]
        self.place.choices = any_of + [SelectChoice(*each) for each in choices.places]
        self.kind.choices = any_of + [SelectChoice(*each) for each in choices.kinds]
        self.owing.choices = [
            SelectChoice("", _("Whatever they owe")),
            *(SelectChoice(each.value, phrase(each)) for each in Owing),
        ]
        self.hall.choices = any_of + [SelectChoice(*each) for each in choices.halls]

    def fill(self, wanted: Filter, kind: MailingKind, subjects: Texts, bodies: Texts) -> None:
        """Show what is kept, or what an address asks for."""
        self.audience.data, self.nature.data = wanted.audience.value, kind.value
        self.state.data = [state.value for state in wanted.states]
        self.group.data, self.place.data = wanted.group, wanted.place
        self.kind.data = "" if wanted.kind is None else str(wanted.kind)
        self.hall.data = "" if wanted.hall is None else str(wanted.hall)
        self.owing.data = wanted.owing.value if wanted.owing else ""
        self.unpaid.data, self.to.data = wanted.unpaid, ",".join(str(each) for each in wanted.ids)
        for language in LANGUAGES:
            self[f"subject_{language}"].data = subjects.get(language, "")
            self[f"body_{language}"].data = bodies.get(language, "")

    def order(self, fair_id: int) -> DraftMailing:
        """What was written."""
        wanted = Filter(
            audience=Audience(self.audience.data),
            states=tuple(State(each) for each in self.state.data or ()),
            group=self.group.data or "",
            place=self.place.data or "",
            kind=int(self.kind.data) if self.kind.data else None,
            hall=int(self.hall.data) if self.hall.data else None,
            unpaid=bool(self.unpaid.data),
            owing=Owing(self.owing.data) if self.owing.data else None,
            ids=numbers_in(self.to.data or ""),
        )
        subjects = {language: self[f"subject_{language}"].data or "" for language in LANGUAGES}
        bodies = {language: self[f"body_{language}"].data or "" for language in LANGUAGES}
        return DraftMailing(fair_id, MailingKind(self.nature.data), wanted, subjects, bodies)


def numbers_in(text: str) -> tuple[int, ...]:
    """Numbers of applications, as ``12,15,19``; what is none is left out."""
    found = (each.strip() for each in text[:8000].split(","))
    whole = [int(each) for each in found if each.isascii() and each.isdigit() and len(each) < 10]
    return tuple(dict.fromkeys(whole))[:MOST_NAMED]
