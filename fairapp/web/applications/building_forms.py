"""What an organiser fills in to build a form: a section, a question, when details are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, Optional

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.form_building import FormRefusal
from fairapp.rules.forms import FormSettings, Stop
from fairapp.rules.questions import (
    CAN_DECIDE,
    GIVEN,
    LONGEST_HELP,
    LONGEST_LABEL,
    LONGEST_UNIT,
    Choice,
    Condition,
    Need,
    Phase,
    Question,
    QuestionType,
)
from fairapp.web.applications.forms import tidied

_TOO_LONG = _l("This is too long. Shorten it.")


def _line(label: Any, longest: int) -> StringField:
    return StringField(label, [Length(max=4 * longest, message=_TOO_LONG), tidied(longest)], default="")


def _text(label: Any, longest: int) -> TextAreaField:
    return TextAreaField(
        label, [Length(max=4 * longest, message=_TOO_LONG), tidied(longest, lines=True)], default=""
    )


def _pair(vi: Any, en: Any) -> dict[str, str]:
    return {code: field.data for code, field in (("vi", vi), ("en", en)) if field.data}


class VersionForm(FlaskForm):  # type: ignore[misc]
    """What every act on a draft carries: the version that the organiser looked at."""

    version = HiddenField()

    def seen(self) -> int | None:
        """The draft's version of the page."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class NewFormForm(FlaskForm):  # type: ignore[misc]
    """Which form to begin."""

    phase = RadioField(_l("When it is asked"), default=Phase.APPLY.value)
    kind = SelectField(_l("Of whom"), default="")
    copy_of = SelectField(_l("Begin with"), default="", validate_choice=True)

    def offer(self, kinds: Sequence[tuple[int, str]], forms: Sequence[tuple[int, str]]) -> None:
        """Choose among these."""
        self.phase.choices = [SelectChoice(each.value, phrase(each)) for each in Phase]
        self.kind.choices = [SelectChoice("", str(_l("All kinds of booths")))]
        self.kind.choices += [SelectChoice(str(number), name) for number, name in kinds]
        self.copy_of.choices = [SelectChoice("", str(_l("An empty form")))]
        self.copy_of.choices += [SelectChoice(str(number), name) for number, name in forms]


class SectionForm(VersionForm):
    """The heading of a section."""

    name_vi, name_en = _line(_l("Heading"), LONGEST_LABEL), _line(_l("Heading"), LONGEST_LABEL)

    def names(self) -> dict[str, str]:
        """By language."""
        return _pair(self.name_vi, self.name_en)


class QuestionForm(VersionForm):
    """One question with everything that belongs to its type."""

    type = SelectField(_l("Kind of answer"))
    label_vi, label_en = _line(_l("Question"), LONGEST_LABEL), _line(_l("Question"), LONGEST_LABEL)
    help_vi, help_en = _text(_l("Help below it"), LONGEST_HELP), _text(_l("Help below it"), LONGEST_HELP)
    need = RadioField(_l("Must it be answered?"), default=Need.OPTIONAL.value)
    when = SelectMultipleField(_l("Needed when one of these was answered"), validate_choice=False)
    choices_vi, choices_en = _text(_l("Answers to choose from"), 8000), _text(_l("Answers"), 8000)
    columns_vi, columns_en = _text(_l("Columns of the table"), 2000), _text(_l("Columns"), 2000)
    unit_vi, unit_en = _line(_l("Unit"), LONGEST_UNIT), _line(_l("Unit"), LONGEST_UNIT)
    least, most = _line(_l("At least"), 20), _line(_l("At most"), 20)

    def offer(self, before: Sequence[Question]) -> None:
        """What the answer may depend on: the questions asked earlier."""
        self.type.choices = [SelectChoice(each.value, phrase(each)) for each in QuestionType]
        self.need.choices = [SelectChoice(each.value, phrase(each)) for each in Need]
        self.when.choices = [
            SelectChoice(f"{each.key}={code}", f"{pick(each.labels)}: {name}")
            for each in before
            if each.type in CAN_DECIDE
            for code, name in (
                [(one.code, pick(one.names)) for one in each.choices] or [(GIVEN, str(_l("Yes")))]
            )
        ]

    def fill(self, question: Question) -> None:
        """Show the question as it is."""
        self.type.data, self.need.data = question.type.value, question.need.value
        for name, texts in (("label", question.labels), ("help", question.helps), ("unit", question.units)):
            for language in ("vi", "en"):
                self[f"{name}_{language}"].data = texts.get(language, "")
        for name, named in (("choices", question.choices), ("columns", question.columns)):
            for language in ("vi", "en"):
                self[f"{name}_{language}"].data = "\n".join(each.names.get(language, "") for each in named)
        self.least.data, self.most.data = question.least, question.most
        if question.condition:
            self.when.data = [f"{question.condition.question}={value}" for value in question.condition.values]

    def question(self, key: str) -> Question | FormRefusal:
        """The question as it was filled in; what its type does not know is left out."""
        kind, need = QuestionType(self.type.data), Need(self.need.data)
        condition = self._condition() if need is Need.REQUIRED_IF else None
        if isinstance(condition, FormRefusal):
            return condition
        bounded = kind not in (QuestionType.CHOICE, QuestionType.FILE, QuestionType.CONSENT)
        return Question(
            key=key,
            type=kind,
            labels=_pair(self.label_vi, self.label_en),
            helps=_pair(self.help_vi, self.help_en),
            need=need,
            condition=condition,
            choices=self._named("choices") if kind in (QuestionType.CHOICE, QuestionType.SEVERAL) else (),
            columns=self._named("columns") if kind is QuestionType.TABLE else (),
            units=_pair(self.unit_vi, self.unit_en) if kind is QuestionType.NUMBER else {},
            least=(self.least.data or "").replace(",", ".") if bounded else "",
            most=(self.most.data or "").replace(",", ".") if bounded else "",
        )

    def _condition(self) -> Condition | FormRefusal | None:
        known = {choice.value for choice in self.when.choices}
        chosen = [each.partition("=") for each in self.when.data or () if each in known]
        if len({key for key, _equals, _value in chosen}) > 1:
            return FormRefusal.CONDITION_OF_TWO
        return Condition(chosen[0][0], tuple(value for _key, _equals, value in chosen)) if chosen else None

    def _named(self, name: str) -> tuple[Choice, ...]:
        """One for each line; the lines of both languages belong together by their order."""
        vi, en = (self[f"{name}_{language}"].data.split("\n") for language in ("vi", "en"))
        found = []
        for place in range(max(len(vi), len(en))):
            texts = {
                language: lines[place].strip()[:LONGEST_LABEL]
                for language, lines in (("vi", vi), ("en", en))
                if place < len(lines) and lines[place].strip()
            }
            if texts:
                found.append(Choice("", texts))
        return tuple(found)


class DetailsDueForm(FlaskForm):  # type: ignore[misc]
    """Until when details are given, and what missing ones hold back."""

    until = DateTimeLocalField(_l("Details close"), [Optional()], format=["%Y-%m-%dT%H:%M"])
    stop = RadioField(_l("As long as details are missing"), default=Stop.CONFIRM.value)

    def offer(self) -> None:
        """Name the choices."""
        self.stop.choices = [SelectChoice(each.value, phrase(each)) for each in Stop]

    def fill(self, chosen: FormSettings, zone: str) -> None:
        """Show what is set, in the fair's zone."""
        at = chosen.details_until
        self.until.data = None if at is None else at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        self.stop.data = chosen.stop.value

    def chosen(self, zone: str) -> FormSettings:
        """The settings as filled in."""
        at: datetime | None = self.until.data
        return FormSettings(None if at is None else at.replace(tzinfo=ZoneInfo(zone)), Stop(self.stop.data))
