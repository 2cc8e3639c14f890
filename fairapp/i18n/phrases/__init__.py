"""Sentences for the reasons, states and roles of the rules floor, one module per room."""

from __future__ import annotations

from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from fairapp.i18n import LazyText


@cache
def sentences() -> dict[tuple[type[Enum], str], LazyText]:
    """Every room's ``SENTENCES``, keyed by class and name: equal texts of two StrEnums compare equal."""
    said: dict[tuple[type[Enum], str], LazyText] = {}
    for room in iter_modules(__path__):
        module = import_module(f"{__name__}.{room.name}")
        pairs = module.SENTENCES
        for member, text in pairs.items() if isinstance(pairs, dict) else pairs:
            said[type(member), member.name] = text
    return said


def phrase(member: Enum, **facts: object) -> str:
    """What ``member`` means in the current language, its fields filled with ``facts``.

    :raises KeyError: when no room has a sentence for it (a house test keeps that from happening).
    """
    text = sentences()[type(member), member.name]
    return text % facts if facts else str(text)
