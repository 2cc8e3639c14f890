"""Guards: what other rooms know that keeps an application from going on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum

from fairapp.rules.applications import Step
from fairapp.rules.errors import Refused


class Deed(StrEnum):
    """What is done to the things that came of an application, and that guards can hold back too."""

    HAND_OVER = "hand_over"


Act = Step | Deed


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One reason against a step: its sentence's member and facts, and where the cure is."""

    reason: Enum
    cure: str = ""
    """The application's room where it is put right, as its address ends; empty: the application itself."""
    facts: Mapping[str, object] = field(default_factory=dict)


def refusal(found: Iterable[Hindrance], *others: Enum) -> Refused:
    """All reasons as one refusal: ``others`` first, then the guards' in their order, with their facts."""
    hindrances = tuple(found)
    facts: dict[str, object] = {}
    for each in hindrances:
        facts.update(each.facts)
    return Refused(*others, *(each.reason for each in hindrances), **facts)
