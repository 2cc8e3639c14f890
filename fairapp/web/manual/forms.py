"""The forms of the manual: what is handed in, a task, times to move in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from fairapp.i18n import LANGUAGES, pick
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.duties import MOST_DAYS, ReminderSettings
from fairapp.rules.manual import (
    LONGEST_NAME,
    LONGEST_REASON,
    LONGEST_TEXT,
    MOST_PER_SLOT,
    WRITTEN,
    TaskKind,
)
from fairapp.store.fairs import BoothKind, Hall
from fairapp.store.manual import ManualTask
from fairapp.usecases.manual import AddSlots, KeepTask
from fairapp.usecases.manual_letters import LONGEST_WORDS
from fairapp.web.fields import WholeField

_TOO_LONG = _l("This is too long. Shorten it.")
_WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
YEARS = range(2000, 2100)
LONGEST_SENT = 20_000
"""Of a text that is sent: what is longer than its task takes is told by how much."""
MOST_CHARACTERS = max(most for _usual, most in WRITTEN.values())


def moment(label: Any) -> DateTimeLocalField:
    """A day and time that must be chosen."""
    return DateTimeLocalField(
        label, [InputRequired(_l("Choose a day and time.")), _of_our_time], format=_WRITTEN
    )


def _of_our_time(_form: Any, field: Any) -> None:
    at: datetime | None = field.data
    if at is not None and at.year not in YEARS:
        raise ValidationError(str(_l("This year is far off. Check the day.")))


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What is handed in; a task shows the fields of its kind."""

    text = TextAreaField(_l("Your text"), [Length(max=LONGEST_SENT, message=_TOO_LONG)])
    fascia = StringField(_l("Text on the fascia"), [Length(max=LONGEST_SENT, message=_TOO_LONG)])
    story_vi = TextAreaField(_l("In Vietnamese"), [Length(max=LONGEST_SENT, message=_TOO_LONG)])
    story_en = TextAreaField(_l("In English"), [Length(max=LONGEST_SENT, message=_TOO_LONG)])
    version = HiddenField()
    is_ticked = BooleanField(_l("Done and understood"))
    slot = RadioField(_l("When do you come?"), choices=[], validators=[Optional()], validate_choice=False)
    file = FileField(_l("File"))

    @property
    def seen(self) -> int:
        """The version of the profile that the form was made from."""
        said = self.version.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1

    @property
    def slot_id(self) -> int | None:
        """The slot that was chosen."""
        said = self.slot.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None

    def blame(self, name: str, reason: Enum, facts: Mapping[str, object]) -> None:
        """Put what is wrong beside the field that was shown."""
        shown = "fascia" if name == "text" and self.fascia.raw_data else name
        self[shown].errors = [*self[shown].errors, phrase(reason, **facts)]


class CheckForm(FlaskForm):  # type: ignore[misc]
    """What an organiser says to what was handed in."""

    reason = TextAreaField(_l("What has to be done better"), [Length(max=LONGEST_REASON, message=_TOO_LONG)])


class TaskForm(FlaskForm):  # type: ignore[misc]
    """A task: what, of whom, until when."""

    kind = SelectField(_l("What is asked for"))
    name_vi = StringField(_l("Name of the task"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    name_en = StringField(_l("Name of the task"), [Length(max=LONGEST_NAME, message=_TOO_LONG)])
    text_vi = TextAreaField(_l("What exactly has to be done"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    text_en = TextAreaField(_l("What exactly has to be done"), [Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    due_at = moment(_l("Until when"))
    booth_kinds = SelectMultipleField(_l("For which kinds of booths"))
    is_required = BooleanField(_l("It has to be done: who has not done it is late"))
    is_checked = BooleanField(_l("An organiser approves it or sends it back"))
    most = WholeField(_l("Characters at most"), [Optional(), NumberRange(1, MOST_CHARACTERS)])

    def offer(self, kinds: Iterable[BoothKind]) -> None:
        """Choose among these."""
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in TaskKind]
        self.booth_kinds.choices = [SelectChoice(kind.code, pick(kind.names)) for kind in kinds]

    def fill(self, there: ManualTask | None, zone: str) -> None:
        """Show what is kept, its time where the fair is; or what most tasks begin with."""
        if there is None:
            self.is_required.data = True
            return
        self.kind.data, self.booth_kinds.data = there.kind.value, there.booth_kinds
        for language in LANGUAGES:
            self[f"name_{language}"].data = there.names.get(language)
            self[f"text_{language}"].data = there.texts.get(language)
        self.due_at.data = there.due_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        self.is_required.data, self.is_checked.data = there.is_required, there.is_checked
        self.most.data = there.most if there.kind in WRITTEN else None

    def order(self, fair_id: int, zone: str, there: ManualTask | None) -> KeepTask:
        """What was typed."""
        return KeepTask(
            fair_id,
            TaskKind(self.kind.data) if there is None else there.kind,
            {language: self[f"name_{language}"].data or "" for language in LANGUAGES},
            self.due_at.data.replace(tzinfo=ZoneInfo(zone)),
            {language: self[f"text_{language}"].data or "" for language in LANGUAGES},
            tuple(self.booth_kinds.data or ()),
            bool(self.is_required.data),
            bool(self.is_checked.data),
            self.most.data,
            None if there is None else there.id,
        )


class SlotsForm(FlaskForm):  # type: ignore[misc]
    """Times to move in, one after the other."""

    hall = SelectField(_l("Hall"))
    starts_at, ends_at = moment(_l("The first begins")), moment(_l("The last ends"))
    minutes = WholeField(
        _l("Minutes for each"), [InputRequired(_l("Write how long.")), NumberRange(5, 1_440)]
    )
    capacity = WholeField(
        _l("Exhibitors in each"), [InputRequired(_l("Write how many.")), NumberRange(1, MOST_PER_SLOT)]
    )

    def offer(self, halls: Iterable[Hall]) -> None:
        """Choose among these."""
        self.hall.choices = [
            SelectChoice("", str(_l("All halls"))),
            *(SelectChoice(str(hall.id), pick(hall.names) or hall.code) for hall in halls),
        ]

    def order(self, fair_id: int, zone: str) -> AddSlots:
        """What was typed."""
        return AddSlots(
            fair_id,
            self.starts_at.data.replace(tzinfo=ZoneInfo(zone)),
            self.ends_at.data.replace(tzinfo=ZoneInfo(zone)),
            self.minutes.data,
            self.capacity.data,
            int(self.hall.data) if self.hall.data else None,
        )


class CapacityForm(FlaskForm):  # type: ignore[misc]
    """How many exhibitors may have a slot."""

    capacity = WholeField(
        _l("Exhibitors in each"), [InputRequired(_l("Write how many.")), NumberRange(1, MOST_PER_SLOT)]
    )


class WordsForm(FlaskForm):  # type: ignore[misc]
    """A few words of the organiser's own above what is owed."""

    words = TextAreaField(_l("Your own words"), [Length(max=LONGEST_WORDS, message=_TOO_LONG)])


class RemindersForm(FlaskForm):  # type: ignore[misc]
    """When letters go out by themselves."""

    is_on = BooleanField(_l("Letters go out by themselves"))
    days_before = WholeField(
        _l("Days before it is due"), [InputRequired(_l("Write how many.")), NumberRange(0, MOST_DAYS)]
    )
    days_after = WholeField(
        _l("Days after it was due"), [InputRequired(_l("Write how many.")), NumberRange(0, MOST_DAYS)]
    )

    def fill(self, kept: ReminderSettings) -> None:
        """Show what is kept."""
        self.is_on.data = kept.is_on
        self.days_before.data, self.days_after.data = kept.days_before, kept.days_after

    def settings(self) -> ReminderSettings:
        """What was typed."""
        return ReminderSettings(bool(self.is_on.data), self.days_before.data, self.days_after.data)
