"""Which function answers to which name in the outbox: each room adds its own."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import fairapp.jobs
from fairapp.jobs.work import LetterJob, LongJob, PeriodicJob

_STAIRWELL = frozenset({"work", "table", "outbox", "letters", "queue", "running", "beating", "hours"})


@cache
def letter_jobs() -> dict[str, LetterJob]:
    """Names like ``mail.booth_assigned``; a room's module lists them in ``LETTERS``."""
    return {name: job for module in _rooms() for name, job in getattr(module, "LETTERS", {}).items()}


@cache
def long_jobs() -> dict[str, LongJob]:
    """Names like ``catalogue``; a room's module lists them in ``LONG``."""
    return {name: job for module in _rooms() for name, job in getattr(module, "LONG", {}).items()}


@cache
def periodic_jobs() -> dict[str, PeriodicJob]:
    """Names like ``waiting_offers``; a room's module lists them in ``PERIODIC``."""
    return {name: job for module in _rooms() for name, job in getattr(module, "PERIODIC", {}).items()}


@cache
def hourly_jobs() -> dict[str, PeriodicJob]:
    """The same for what has a day rather than a minute; a room's module lists them in ``HOURLY``."""
    return {name: job for module in _rooms() for name, job in getattr(module, "HOURLY", {}).items()}


def _rooms() -> list[object]:
    found = iter_modules(fairapp.jobs.__path__)
    return [import_module(f"fairapp.jobs.{room.name}") for room in found if room.name not in _STAIRWELL]
