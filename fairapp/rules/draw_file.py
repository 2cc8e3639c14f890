"""A published draw read back: its shape to the last member, its commitment, its order and its seal."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fairapp.rules.draw_order import (
    ALGORITHM,
    FORMAT,
    MOST_BYTES,
    MOST_ENTRANTS,
    MOST_POINTS,
    DrawFault,
    DrawFileWrong,
    commitment_of,
    digest,
    is_hex,
    order_from,
)
from fairapp.rules.draws import DrawRule

LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class Proof:
    """What a sound file proves; without an order it is only sealed yet."""

    terms: Mapping[str, Any]
    commitment: str
    public_value: str
    order: tuple[int, ...]


def verify(content: bytes, commitment: str = "") -> Proof:
    """Recompute everything in the file, or say what is wrong with it.

    ``commitment``: what was published beforehand, noted by whoever checks.

    :raises DrawFileWrong: with the fault and the place in the file.
    """
    body = read(content)
    terms = body["terms"]
    if commitment and body["commitment"] != commitment.strip().lower():
        raise DrawFileWrong(DrawFault.OTHER_COMMITMENT, "commitment")
    opening = body.get("opening")
    if opening is not None:
        if commitment_of(terms, opening["seed"]) != body["commitment"]:
            raise DrawFileWrong(DrawFault.COMMITMENT, "commitment")
        if order_from(terms, opening["seed"], opening["public_value"]) != body["order"]:
            raise DrawFileWrong(DrawFault.ORDER, "order")
    if digest({name: value for name, value in body.items() if name != "seal"}) != body["seal"]:
        raise DrawFileWrong(DrawFault.SEAL, "seal")
    value = "" if opening is None else opening["public_value"]
    return Proof(terms, body["commitment"], value, tuple(body.get("order", ())))


def read(content: bytes) -> dict[str, Any]:
    """The file's body, of the one shape it can have.

    :raises DrawFileWrong: when it is no such file.
    """
    if len(content) > MOST_BYTES:
        raise DrawFileWrong(DrawFault.TOO_LARGE)
    try:
        body = json.loads(content.decode(), object_pairs_hook=_each_once, parse_constant=_no_number)
    except DrawFileWrong:
        raise
    except (ValueError, RecursionError):
        raise DrawFileWrong(DrawFault.UNREADABLE) from None
    opened = isinstance(body, dict) and ("opening" in body or "order" in body)
    _members(body, _BODY | (_OPENED if opened else {}), "")
    terms = body["terms"]
    if terms["algorithm"] != ALGORITHM or body["format"] != FORMAT:
        raise DrawFileWrong(DrawFault.OTHER_ALGORITHM, "terms.algorithm")
    numbers = [row["number"] for row in terms["entrants"]]
    if numbers != list(range(1, len(numbers) + 1)):
        raise DrawFileWrong(DrawFault.SHAPE, "terms.entrants")
    if opened and sorted(body["order"]) != numbers:
        raise DrawFileWrong(DrawFault.ORDER, "order")
    return dict(body)


Check = Callable[[Any], bool]


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A member twice would be read differently by different programs."""
    if len({name for name, _value in pairs}) != len(pairs):
        raise DrawFileWrong(DrawFault.SHAPE)
    return dict(pairs)


def _no_number(_text: str) -> Any:
    raise DrawFileWrong(DrawFault.UNREADABLE)


def _members(value: Any, wanted: Mapping[str, Check], where: str) -> None:
    if not isinstance(value, dict):
        raise DrawFileWrong(DrawFault.SHAPE, where)
    for name in sorted({*value, *wanted}):
        if name not in value or name not in wanted or not wanted[name](value[name]):
            raise DrawFileWrong(DrawFault.SHAPE, f"{where}.{name}".lstrip("."))


def _text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and _is_writable(value)


def _is_writable(value: str) -> bool:
    """Half of a surrogate pair can be typed in JSON and written in no UTF-8."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _whole(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _terms(value: Any) -> bool:
    _members(value, _TERMS, "terms")
    return True


def _entrants(value: Any) -> bool:
    if not isinstance(value, list) or len(value) > MOST_ENTRANTS:
        return False
    for at, row in enumerate(value):
        _members(row, _ENTRANT, f"terms.entrants[{at}]")
    return True


def _opening(value: Any) -> bool:
    _members(value, {"seed": is_hex, "public_value": _text}, "opening")
    return True


_ENTRANT: dict[str, Check] = {
    "number": _whole(1, MOST_ENTRANTS),
    "points": _whole(0, MOST_POINTS),
    "applied": _day,
    "name": _text,
}
_TERMS: dict[str, Check] = {
    "algorithm": _text,
    "fair": _text,
    "draw": _whole(1, MOST_ENTRANTS),
    "rule": lambda value: value in list(DrawRule),
    "public_source": _text,
    "public_from": _moment,
    "entrants": _entrants,
}
_BODY: dict[str, Check] = {"format": _text, "terms": _terms, "commitment": is_hex, "seal": is_hex}
_OPENED: dict[str, Check] = {
    "opening": _opening,
    "order": lambda value: isinstance(value, list) and all(type(each) is int for each in value),
}
