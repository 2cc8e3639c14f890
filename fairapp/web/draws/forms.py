"""What the forms of draws and of the ways to a booth send."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateTimeLocalField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.draws import LEAST_MINUTES, MOST_MINUTES, DrawRule, NamesShown
from fairapp.rules.holds import MOST_HOURS, ChoosingSettings
from fairapp.rules.holds import MOST_MINUTES as MOST_HOLD_MINUTES
from fairapp.store.fairs import Fair, Hall
from fairapp.usecases.draws import PrepareDraw, StartTurns
from fairapp.web.fields import WholeField

_WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_TIME = re.compile(r"^([01]\d|2[0-3]):[0-5]\d$")


def _whole(label: Any, least: int, most: int) -> WholeField:
    return WholeField(label, [InputRequired(_l("Write a number.")), NumberRange(least, most)])


def _hour(label: Any, usual: str) -> StringField:
    return StringField(
        label, [Regexp(_TIME, message=_l("Write hours and minutes, like 08:00."))], default=usual
    )


def moment_in(fair: Fair, typed: datetime | None) -> datetime | None:
    """A moment as it was typed: in the fair's own time."""
    return None if typed is None else typed.replace(tzinfo=ZoneInfo(fair.timezone)).astimezone(UTC)


def _typed(fair: Fair, kept: str) -> datetime | None:
    if not kept:
        return None
    return datetime.fromisoformat(kept).astimezone(ZoneInfo(fair.timezone)).replace(tzinfo=None)


class ChoosingForm(FlaskForm):  # type: ignore[misc]
    """The ways that a fair opens, and how its exhibitors choose by themselves."""

    assigned = BooleanField(_l("The office assigns booths by hand"))
    self_service = BooleanField(_l("Exhibitors choose by themselves, whoever comes first"))
    draw = BooleanField(_l("Exhibitors choose in an order that is drawn"))
    opens_at = DateTimeLocalField(_l("Choosing begins"), [Optional()], format=_WRITTEN)
    closes_at = DateTimeLocalField(_l("Choosing ends"), [Optional()], format=_WRITTEN)
    hold_minutes = _whole(_l("Minutes that a booth is kept while somebody decides"), 2, MOST_HOLD_MINUTES)
    needs_deposit = BooleanField(_l("A booth is theirs only when the deposit is paid"))
    deposit_hours = _whole(_l("Hours that it is kept until the deposit has come"), 1, MOST_HOURS)
    offer_hours = _whole(_l("Hours that an offer of the office stands"), 1, MOST_HOURS)
    own_zone = BooleanField(_l("Only booths in the zone they wished, or in none"))
    halls = SelectMultipleField(_l("Halls to choose in"))

    def offer(self, fair: Fair, halls: list[Hall]) -> None:
        """Name the halls; fill in what is kept when nothing was sent."""
        self.halls.choices = [SelectChoice(hall.code, pick(hall.names) or hall.code) for hall in halls]
        if self.is_submitted():
            return
        kept = ChoosingSettings.read(fair.settings)
        for name in ("assigned", "self_service", "draw", "needs_deposit", "own_zone"):
            self[name].data = getattr(kept, name)
        for name in ("hold_minutes", "deposit_hours", "offer_hours"):
            self[name].data = getattr(kept, name)
        self.halls.data = list(kept.halls)
        self.opens_at.data, self.closes_at.data = _typed(fair, kept.opens_at), _typed(fair, kept.closes_at)

    def settings(self, fair: Fair) -> ChoosingSettings:
        """What the form says."""
        opens, closes = moment_in(fair, self.opens_at.data), moment_in(fair, self.closes_at.data)
        return ChoosingSettings(
            assigned=bool(self.assigned.data),
            self_service=bool(self.self_service.data),
            draw=bool(self.draw.data),
            opens_at="" if opens is None else opens.isoformat(),
            closes_at="" if closes is None else closes.isoformat(),
            hold_minutes=int(self.hold_minutes.data),
            needs_deposit=bool(self.needs_deposit.data),
            deposit_hours=int(self.deposit_hours.data),
            offer_hours=int(self.offer_hours.data),
            own_zone=bool(self.own_zone.data),
            halls=tuple(self.halls.data or ()),
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """One way at least, and an end after the beginning."""
        sound = bool(super().validate(extra_validators))
        if not (self.assigned.data or self.self_service.data or self.draw.data):
            self.assigned.errors = [_l("Open one way at least, or nobody gets a booth.")]
            return False
        if self.opens_at.data and self.closes_at.data and self.closes_at.data <= self.opens_at.data:
            self.closes_at.errors = [_l("The end lies before the beginning. Choose a later one.")]
            return False
        return sound


class PrepareForm(FlaskForm):  # type: ignore[misc]
    """A new draw."""

    rule = SelectField(_l("How the order is made"))
    names_shown = SelectField(_l("How the public reads who takes part"))
    public_source = StringField(
        _l("The public value"),
        [
            InputRequired(_l("Name the value, where it is published and of which day.")),
            Length(10, 200, message=_l("Name the value in 10 to 200 characters.")),
        ],
    )
    public_from = DateTimeLocalField(
        _l("Known from"), [InputRequired(_l("Write when the value becomes known."))], format=_WRITTEN
    )

    def offer(self) -> None:
        """Say the rules in the language of the moment."""
        self.rule.choices = [SelectChoice(rule.value, phrase(rule)) for rule in DrawRule]
        self.names_shown.choices = [SelectChoice(shown.value, phrase(shown)) for shown in NamesShown]

    def order(self, fair: Fair) -> PrepareDraw:
        """What the form asks for."""
        known = moment_in(fair, self.public_from.data)
        assert known is not None  # the validator wants one
        shown = NamesShown(self.names_shown.data)
        return PrepareDraw(fair.id, DrawRule(self.rule.data), shown, self.public_source.data or "", known)


class RevealForm(FlaskForm):  # type: ignore[misc]
    """The public value as it was published."""

    public_value = StringField(
        _l("The public value as published"), [Length(max=200, message=_l("This is too long. Shorten it."))]
    )


class StartForm(FlaskForm):  # type: ignore[misc]
    """When and how the turns run."""

    starts_at = DateTimeLocalField(
        _l("The first turn begins"), [InputRequired(_l("Write when the first turn begins."))], format=_WRITTEN
    )
    window_minutes = _whole(_l("Minutes for each turn"), LEAST_MINUTES, MOST_MINUTES)
    opens_at = _hour(_l("Turns from"), "08:00")
    closes_at = _hour(_l("Turns until"), "18:00")

    def validate(self, extra_validators: Any = None) -> bool:
        """The hours of a day in their order."""
        sound = bool(super().validate(extra_validators))
        if sound and str(self.closes_at.data) <= str(self.opens_at.data):
            self.closes_at.errors = [_l("The end lies before the beginning. Choose a later one.")]
            return False
        return sound

    def order(self, fair: Fair, draw_id: int) -> StartTurns:
        """What the form asks for."""
        begins = moment_in(fair, self.starts_at.data)
        assert begins is not None  # the validator wants one
        hours = str(self.opens_at.data), str(self.closes_at.data)
        return StartTurns(draw_id, begins, int(self.window_minutes.data), *hours)


class AnnulForm(FlaskForm):  # type: ignore[misc]
    """Why a draw counts no more."""

    reason = TextAreaField(
        _l("Why the draw is annulled"), [Length(max=300, message=_l("This is too long. Shorten it."))]
    )
