"""Sentences for the reasons, states and roles of the rules floor, one module per room."""

from __future__ import annotations

from datetime import date
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from fairapp.i18n import LazyText, formats
from fairapp.rules.days import Stay


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

    A fact that is a member of its own is said in words, and several (a tuple) are listed.

    :raises KeyError: when no room has a sentence for it (a house test keeps that from happening).
    """
    text = sentences()[type(member), member.name]
    return text % {name: _said(fact) for name, fact in facts.items()} if facts else str(text)


def _said(fact: object) -> object:
    if isinstance(fact, Stay):
        return f"{fact.name} ({formats.days(fact.days, 'short')})"
    if isinstance(fact, tuple) and fact and all(isinstance(each, date) for each in fact):
        return formats.days(fact)
    if isinstance(fact, tuple):
        return formats.listing([str(_said(each)) for each in fact])
    if isinstance(fact, Enum) and (type(fact), fact.name) in sentences():
        return phrase(fact)
    return fact
