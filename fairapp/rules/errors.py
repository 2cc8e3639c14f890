"""The ways in which a wish can fail; edges turn them into answers, always with a sentence and a cure."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum


class FairError(Exception):
    """The root of everything a use-case refuses on purpose."""


class Missing(FairError):
    """The thing is not there, or not there for this actor: both answer alike (404)."""


class NotAllowed(FairError):
    """The actor sees the thing but lacks the permission for this act (403)."""

    def __init__(self, permission: Enum | None = None) -> None:
        super().__init__(permission)
        self.permission = permission


class Refused(FairError):
    """A rule says no (409): every reason at once, and the facts their sentences need."""

    def __init__(self, *reasons: Enum, **facts: object) -> None:
        super().__init__(*reasons)
        self.reasons = reasons
        self.facts: Mapping[str, object] = facts


class Clash(FairError):
    """Somebody else was quicker (409): nothing of this actor's is lost, ``facts`` say what to do next."""

    def __init__(self, reason: Enum, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts: Mapping[str, object] = facts


class Invalid(FairError):
    """What was sent has the wrong shape (422): per field, why."""

    def __init__(self, **fields: Enum) -> None:
        super().__init__(fields)
        self.fields: Mapping[str, Enum] = fields

    def facts_of(self, name: str) -> Mapping[str, object]:
        """The facts that the sentence about a field needs."""
        return {}


class Overlong(Invalid):
    """Texts that do not fit (422): per field, how many characters are over."""

    def __init__(self, reason: Enum, **over: int) -> None:
        super().__init__(**dict.fromkeys(over, reason))
        self.over = over

    def facts_of(self, name: str) -> Mapping[str, object]:
        """How many characters have to go."""
        return {"over": self.over[name]}


class TooMany(FairError):
    """Too many tries (429): again after ``seconds``."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
