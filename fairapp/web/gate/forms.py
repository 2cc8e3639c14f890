"""What the gate's forms send."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, NumberRange, Optional

from fairapp.usecases.gate import CheckIn, UndoAdmission

_ID = NumberRange(1, 2**31 - 1)
MOST_READ = 2000
"""A token has 120 characters; scanners add a few before and after."""
MOST_SENT = 8000
"""The largest QR code holds 4,296 letters: what is longer was not read from one."""


class CheckInForm(FlaskForm):  # type: ignore[misc]
    """A scan: what the field holds, the keys that typed it, or a badge chosen from a list."""

    code = StringField(default="")
    keys = StringField(default="")
    badge_id = IntegerField(validators=[Optional(), _ID])

    @property
    def is_no_scan(self) -> bool:
        """More than any scanner could have read."""
        return max(len(field.data or "") for field in (self.code, self.keys)) > MOST_SENT

    def order(self, gate_id: int) -> CheckIn:
        """The scan at this gate; a number that is none means no badge, which is an answer too."""
        badge_id = None if self.badge_id.errors else self.badge_id.data
        return CheckIn(
            gate_id, (self.code.data or "")[:MOST_READ], (self.keys.data or "")[:MOST_READ], badge_id
        )


class UndoForm(FlaskForm):  # type: ignore[misc]
    """Which admission is taken back, and why."""

    scan_id = IntegerField(validators=[DataRequired(), _ID])
    reason = StringField(default="")

    def order(self) -> UndoAdmission:
        """The wish of the form."""
        return UndoAdmission(self.scan_id.data or 0, " ".join((self.reason.data or "").split())[:200])
