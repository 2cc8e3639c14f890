"""The fields of one JSON object, each read with its type; a wrong one is named with where it stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fairapp.optimiser.faults import BadInstance, Fault, Found
from fairapp.optimiser.model import Placement

LONGEST_TEXT, LARGEST_NUMBER = 200, 1e9


def repeated(names: Iterable[str]) -> list[str]:
    """Every name that stands there more than once."""
    return sorted(name for name, count in Counter(names).items() if count > 1)


@dataclass(slots=True)
class Fields:
    """One object and where it stands in the file."""

    data: Any
    where: str

    def wrong(self, key: str, expected: str) -> BadInstance:
        """The fault of a field that is missing or of another kind."""
        given = self.data.get(key, "missing") if isinstance(self.data, dict) else self.data
        told = f"In {self.where}, {key} must be {expected}, not {str(given)[:80]!r}."
        return BadInstance(Found(Fault.SHAPE, self.where, told))

    def _value(self, key: str) -> Any:
        if not isinstance(self.data, dict):
            raise self.wrong(key, "a field of an object")
        return self.data.get(key)

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self._value(key)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
            raise self.wrong(key, f"a text of 1 to {LONGEST_TEXT} characters")
        return value

    def maybe_text(self, key: str) -> str | None:
        """A text, or null."""
        return None if self._value(key) is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._value(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, "a list of texts")
        return tuple(value)

    def whole(self, key: str, least: int, most: int = 1_000_000) -> int:
        """A whole number within bounds."""
        value = self._value(key)
        if type(value) is not int or not least <= value <= most:
            raise self.wrong(key, f"a whole number from {least} to {most}")
        return value

    def number(self, key: str, least: float = -LARGEST_NUMBER) -> float:
        """A finite number within bounds."""
        return self._number(key, self._value(key), least)

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of finite numbers."""
        value = self._value(key)
        if not isinstance(value, list):
            raise self.wrong(key, "a list of numbers")
        return tuple(self._number(key, item, -LARGEST_NUMBER) for item in value)

    def _number(self, key: str, value: Any, least: float) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not least <= value <= LARGEST_NUMBER:
            raise self.wrong(key, f"a number from {least:g} to {LARGEST_NUMBER:g}")
        return float(value)

    def truth(self, key: str) -> bool:
        """True or false."""
        value = self._value(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "true or false")
        return value

    def object(self, key: str) -> dict[str, Any]:
        """An object."""
        value = self._value(key)
        if not isinstance(value, dict):
            raise self.wrong(key, "an object")
        return value

    def maybe_object(self, key: str) -> dict[str, Any] | None:
        """An object, or null."""
        return None if self._value(key) is None else self.object(key)

    def place(self, key: str) -> Placement | None:
        """A place, or null."""
        found = self.maybe_object(key)
        if found is None:
            return None
        inner = Fields(found, f"{self.where}, {key}")
        return Placement(inner.text("row"), inner.whole("start", -1_000_000))


def entries(fields: Fields, key: str, most: int) -> list[tuple[int, Any]]:
    """The numbered entries of a list, at most so many."""
    value = fields.data.get(key)
    if not isinstance(value, list) or len(value) > most:
        raise fields.wrong(key, f"a list of at most {most} entries")
    return list(enumerate(value, 1))
