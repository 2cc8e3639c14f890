"""Passwords as argon2id hashes; an unknown account costs an attacker exactly as much time as a known one."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from fairapp.rules.passwords import AT_MOST, same_spelling

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_AT_ONCE = BoundedSemaphore(2)
"""One hash takes 64 MiB for a moment (RFC 9106, low memory); a flood of log-ins must not multiply it."""


def hashed(password: str) -> str:
    """The hash to keep, with its salt and parameters in it."""
    with _AT_ONCE:
        return _hasher().hash(same_spelling(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether ``password`` is the one behind ``kept``; None (no such account) is as slow and always False."""
    from argon2.exceptions import InvalidHashError, VerificationError

    dummy = _dummy()
    spelt = same_spelling(password[: 4 * AT_MOST])
    with _AT_ONCE:
        try:
            _hasher().verify(kept or dummy, spelt)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None and len(password) <= AT_MOST


def needs_new_hash(kept: str) -> bool:
    """Whether ``kept`` was made with weaker parameters than today's: hash again after the next log-in."""
    return _hasher().check_needs_rehash(kept)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher, profiles

    return PasswordHasher.from_parameters(profiles.RFC_9106_LOW_MEMORY)


@cache
def _dummy() -> str:
    """A hash with today's parameters that no password is known for."""
    from secrets import token_urlsafe

    return hashed(token_urlsafe(32))
