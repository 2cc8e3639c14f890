"""Badges as values: who wears each, its role, and what all of a run share."""

from __future__ import annotations

from dataclasses import dataclass

from fairapp.adapters.pdf import art
from fairapp.rules.badge_designs import Design


@dataclass(frozen=True)
class BadgeRole:
    """The band of a badge: two names of the role, colours as #RRGGBB, an icon of ``art``."""

    name: str
    second: str = ""
    color: str = art.INDIGO
    ink: str = "#FFFFFF"
    icon: str = "home"


@dataclass(frozen=True)
class Badge:
    """One person's badge; ``record`` names it in the report, ``token`` is the text of its QR code."""

    record: str
    name: str
    role: BadgeRole
    token: str
    code: str = ""
    latin: str = ""
    organisation: str = ""
    organisation_lang: str = ""
    booth: str = ""
    halls: tuple[str, ...] = ()
    lang: str = "vi"
    duty: str = ""
    days: str = ""
    """Its days and place, where they are not the sheet's."""
    design: Design | None = None
    """The fair's own; None: the house's."""


@dataclass(frozen=True)
class BadgeSheet:
    """What all badges of a run share: fair, its days and place, the word before the halls, title and
    language."""

    title: str
    fair: str
    days: str
    hall_label: str
    lang: str = "vi"
