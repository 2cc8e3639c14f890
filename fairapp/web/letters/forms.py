"""The forms of letters: the organiser's own text of an event."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.letters import LONGEST_BODY, LONGEST_SUBJECT

_TOO_LONG = _l("This is too long. Shorten it.")


class TextForm(FlaskForm):  # type: ignore[misc]
    """The words of one letter in one language."""

    subject = StringField(_l("Subject"), [Length(max=LONGEST_SUBJECT, message=_TOO_LONG)])
    body = TextAreaField(_l("Text of the letter"), [Length(max=LONGEST_BODY, message=_TOO_LONG)])
