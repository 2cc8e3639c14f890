"""What a printed badge says beside the person's own texts, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from fairapp.rules.badges import BadgeKind


@dataclass(frozen=True, slots=True)
class Band:
    """The coloured band of a kind of badge: its name in two languages, its colours, its icon."""

    name: str
    second: str
    colour: str
    ink: str
    icon: str


@dataclass(frozen=True, slots=True)
class BadgeWords:
    """The document's title, the fair, its days and place, the word before the halls, and the bands."""

    title: str
    fair: str
    days: str
    hall: str
    language: str
    bands: Mapping[BadgeKind, Band]
    some_days: Callable[[Collection[date]], str]
    """What stands in the place of ``days`` on a badge that is not for all of them."""
