"""Fields that the forms of a fair share: lines and texts with a length, days that a fair can have."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from wtforms import DateField, DateTimeLocalField, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired, Length, Optional

from fairapp.i18n import lazy_gettext as _l

TOO_LONG = _l("Shorten this text.")
CODE_NEEDED = _l("Write a code, such as OCOP27.")
YEARS = range(2000, 2100)
"""Fairs, and everything about them, lie in these; dates far off are slips of the hand."""


def stripped(text: str | None) -> str:
    """Without blanks around it."""
    return (text or "").strip()


def line(label: Any, longest: int = 200, *more: Any) -> StringField:
    """One line of text."""
    return StringField(label, [*more, Length(max=longest, message=TOO_LONG)], filters=[stripped])


def text(label: Any, longest: int = 20_000) -> TextAreaField:
    """A text of several lines."""
    return TextAreaField(label, [Length(max=longest, message=TOO_LONG)], filters=[stripped])


def day(label: Any) -> DateField:
    """A day that must be chosen."""
    return DateField(label, [InputRequired(_l("Choose a day.")), _of_our_time])


def moment(label: Any) -> DateTimeLocalField:
    """A day and time, or none."""
    written = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
    return DateTimeLocalField(label, [Optional(), _of_our_time], format=written)


def day_of(field: Any) -> date:
    """The day of a field that holds one."""
    found: date = field.data
    return found


def texts(vi: str | None, en: str | None) -> dict[str, str]:
    """A text per language, empty ones left out."""
    return {language: text for language, text in (("vi", vi or ""), ("en", en or "")) if text}


def _of_our_time(_form: Any, field: Any) -> None:
    at: date | datetime | None = field.data
    if at is not None and at.year not in YEARS:
        raise ValidationError(str(_l("Choose a day of this century.")))
