"""Guards: what other rooms know that keeps an application or a claim from going on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from fairapp.rules.errors import Refused


class Guarded(StrEnum):
    """The acts that guards watch."""

    SUBMIT = "submit"
    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    NAME_PEOPLE = "name_people"
    """A badge gets its person's name."""


class CureRoom(StrEnum):
    """Where the one who is refused puts it right: a room of the application."""

    APPLICATION = "application"
    DETAILS = "details"
    DOCUMENTS = "documents"
    CONTRACT = "contract"
    MONEY = "money"
    PARTNERS = "partners"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason against an act: its sentence's member and facts, and where the cure is."""

    reason: Enum
    cure: CureRoom
    facts: Mapping[str, object] = field(default_factory=dict)


def refusal(found: Iterable[Hindrance], *others: Enum) -> Refused:
    """All reasons as one refusal: ``others`` first, then the guards' in their order, with their facts."""
    hindrances = tuple(found)
    facts: dict[str, object] = {}
    for each in hindrances:
        facts.update(each.facts)
    return Refused(*others, *(each.reason for each in hindrances), **facts)
