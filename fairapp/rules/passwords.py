"""Which passwords are too easy to guess; how they are kept is the adapter's business."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

AT_LEAST = 10
AT_MOST = 200

_RUNS = (
    "0123456789" * 3,
    "abcdefghijklmnopqrstuvwxyz" * 2,
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb",
)
_COMMON = """
    password passw0rd passwort matkhau matkhaumoi admin administrator welcome iloveyou letmein
    qwerty qwertyuiop abc abcd abcdef abc123abc changeme secret monkey dragon football princess
    sunshine superman master login hello whatever trustno1 google facebook zalo vietnam
    vietnamvodich hanoi saigon hochiminh danang anhyeuem emyeuanh yeuem yeuanh toiyeuem conyeume
    giadinh khongbiet khongnho toiyeuvietnam motconvit ocop hoicho fairapp gianhang
"""
_WORDS = frozenset(_COMMON.split())


class PasswordReason(StrEnum):
    """Why a new password is refused."""

    TOO_SHORT = "password_too_short"
    TOO_LONG = "password_too_long"
    ONE_CHARACTER = "password_one_character"
    TOO_COMMON = "password_too_common"
    LIKE_EMAIL = "password_like_email"
    LIKE_NAME = "password_like_name"


def same_spelling(password: str) -> str:
    """One spelling for what keyboards of different makers send for the same keys (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def password_faults(password: str, email: str = "", name: str = "") -> tuple[PasswordReason, ...]:
    """Every reason why ``password`` will not do for the owner of ``email`` and ``name``, at once."""
    spelt = same_spelling(password)
    bare = _bare(spelt)
    faults = {
        PasswordReason.TOO_SHORT: len(spelt) < AT_LEAST,
        PasswordReason.TOO_LONG: len(spelt) > AT_MOST,
        PasswordReason.ONE_CHARACTER: 0 < len(set(spelt)) <= 2,
        PasswordReason.TOO_COMMON: _is_common(bare),
        PasswordReason.LIKE_EMAIL: _is_made_of(bare, (_bare(email), _bare(email.partition("@")[0]))),
        PasswordReason.LIKE_NAME: _is_made_of(bare, (_bare(name), *map(_bare, name.split()))),
    }
    if faults[PasswordReason.TOO_LONG]:
        return (PasswordReason.TOO_LONG,)
    return tuple(reason for reason, holds in faults.items() if holds)


def _bare(text: str) -> str:
    """Letters and digits only, without accents and case."""
    parts = unicodedata.normalize("NFD", text[: AT_MOST + 1].casefold().replace("đ", "d"))
    return "".join(letter for letter in parts if letter.isalnum())


def _is_common(bare: str) -> bool:
    """Whether the password is a run of keys, or one well-known word with a number before or after it."""
    if len(bare) >= 4 and any(bare in run or bare in run[::-1] for run in _RUNS):
        return True
    core = bare.strip("0123456789")
    return core in _WORDS or bare in _WORDS or _repeats(bare) or (bare.isdigit() and len(set(bare)) <= 3)


def _repeats(bare: str) -> bool:
    """Whether it is one short piece over and over: ``abc1abc1abc1``."""
    return any(
        len(bare) >= 2 * size and bare == (bare[:size] * len(bare))[: len(bare)] for size in range(1, 5)
    )


def _is_made_of(bare: str, pieces: tuple[str, ...]) -> bool:
    """Whether nothing but digits is left when one of the ``pieces`` is taken away."""
    return any(
        len(piece) >= 4 and piece in bare and bare.replace(piece, "").strip("0123456789") == ""
        for piece in pieces
    )
