"""Roles, lost races and shapes in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Role
from fairapp.rules.reasons import Lost, Shape

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Role.PRODUCER, _l("Producer")),
    (Role.DELEGATION_HEAD, _l("Delegation head")),
    (Role.REVIEWER, _l("Reviewer")),
    (Role.ORGANISER, _l("Organiser")),
    (Role.FINANCE, _l("Finance")),
    (Role.STEWARD, _l("Gate steward")),
    (Role.SUPERVISOR, _l("Gate supervisor")),
    (Role.ADMINISTRATOR, _l("Administrator")),
    (Lost.RACE, _l("Somebody else was a moment quicker. Nothing of yours is lost: look again, then choose.")),
    (
        Lost.CHANGED_MEANWHILE,
        _l("This was changed meanwhile. Look at what it says now, then save yours again."),
    ),
    (Shape.REQUIRED, _l("Fill this in.")),
    (Shape.TOO_LONG, _l("This is too long. Shorten it.")),
    (Shape.NOT_A_CHOICE, _l("Choose one of the list.")),
    (Shape.NOT_A_NUMBER, _l("Write a number, such as 12.")),
    (Shape.NOT_A_DATE, _l("Write a date, such as 2027-04-15.")),
    (Shape.NOT_A_TIME, _l("Write a day and a time, such as 2027-04-15 17:00.")),
    (
        Shape.UNREADABLE_TEXT,
        _l("The text holds hidden characters that cannot be kept. Type it again without copying."),
    ),
)
