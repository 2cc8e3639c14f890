"""Bounded, strict reading of JSON from strangers: size, depth, numbers and text are checked before use."""

import json
import re
from typing import Any, NoReturn
from unicodedata import category, normalize

from fairapp.rules.plan_findings import PlanTrouble

MAX_BYTES = 20_000_000
MAX_DEPTH = 24

# A string that never ends is read to the end at once: nothing is ever read twice.
_STRINGS_AND_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.?)*+"?|[\[{]|[\]}]', re.DOTALL)


class PlanUnreadable(Exception):
    """The file is no plan; ``trouble`` says why, ``facts`` holds the numbers for the sentence."""

    def __init__(self, trouble: PlanTrouble, **facts: Any) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble
        self.facts = facts


def load(data: bytes) -> Any:
    """The JSON value in ``data``, or PlanUnreadable."""
    if len(data) > MAX_BYTES:
        raise PlanUnreadable(PlanTrouble.TOO_LARGE, limit_mb=MAX_BYTES // 1_000_000)
    text = _text(data)
    if _depth(text) > MAX_DEPTH:
        raise PlanUnreadable(PlanTrouble.TOO_DEEP, limit=MAX_DEPTH)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise PlanUnreadable(PlanTrouble.NOT_JSON, line=error.lineno, column=error.colno) from None
    except ValueError:  # NaN, or an integer of thousands of digits
        raise PlanUnreadable(PlanTrouble.BAD_NUMBER) from None


def _text(data: bytes) -> str:
    try:
        return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise PlanUnreadable(PlanTrouble.NOT_TEXT) from None


def _depth(text: str) -> int:
    depth = deepest = 0
    for match in _STRINGS_AND_BRACKETS.finditer(text):
        sign = match.group()
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def clean_text(raw: Any, limit: int) -> str | None:
    """A property as one NFC line ("" when it is absent); None when it is no text a booth can be called by."""
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        return None
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = " ".join(normalize("NFC", str(raw)).split())
    # Controls, surrogates, and bidi overrides ("Cf") would show another code than the one kept.
    if len(text) > limit or any(category(sign) in ("Cc", "Cs", "Cf", "Co", "Cn") for sign in text):
        return None
    return text
