"""The order of a draw from a committed seed and a public value, as docs/draw.md describes it for everybody.

Nothing here knows more than the published file: another program that follows the document comes to the
same order, and ``verify`` says by name what is wrong with a file that was changed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from fairapp.rules.draws import DrawRule

ALGORITHM = "fairapp-draw-1"
FORMAT = "fairapp-draw/1"
MOST_BYTES = 20_000_000
MOST_ENTRANTS = 100_000
MOST_POINTS = 1_000_000
_HEX = frozenset("0123456789abcdef")


class DrawFault(StrEnum):
    """What is wrong with a published file."""

    UNREADABLE = "draw_file_unreadable"
    TOO_LARGE = "draw_file_too_large"
    SHAPE = "draw_file_shape"
    OTHER_ALGORITHM = "draw_file_other_algorithm"
    COMMITMENT = "draw_file_commitment"
    OTHER_COMMITMENT = "draw_file_other_commitment"
    ORDER = "draw_file_order"
    SEAL = "draw_file_seal"


class DrawFileWrong(Exception):
    """A file that proves nothing: why, and where in it."""

    def __init__(self, fault: DrawFault, where: str = "") -> None:
        super().__init__(fault, where)
        self.fault = fault
        self.where = where


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody in the draw: the number, the points, and the day of the application."""

    number: int
    points: int
    applied: date
    name: str = ""


def canonical(value: object) -> bytes:
    """The one way to write whole numbers, texts, lists and objects: keys sorted, no blanks, UTF-8."""
    written = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return written.encode()


def digest(value: object) -> str:
    """SHA-256 over the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def commitment_of(terms: Mapping[str, Any], seed: str) -> str:
    """What is published beforehand: it binds the seed and the terms and tells nothing of the seed."""
    return hashlib.sha256(f"{ALGORITHM}\n{seed}\n{digest(terms)}".encode()).hexdigest()


def chance_from(seed: str, commitment: str, public_value: str) -> Callable[[int], int]:
    """``below(n)``: the next number of the draw's own sequence, each from 0 to n - 1 equally likely.

    Block i is HMAC-SHA256(key, i as 8 bytes, the highest first), read as one number of 256 bits; numbers at
    or above the largest multiple of n are passed over, so that none of the n is favoured.
    """
    said = f"{ALGORITHM}\n{commitment}\n{public_value}".encode()
    key = hmac.new(bytes.fromhex(seed), said, hashlib.sha256).digest()
    block = 0

    def below(n: int) -> int:
        nonlocal block
        limit = (1 << 256) - (1 << 256) % n
        while True:
            found = int.from_bytes(hmac.new(key, block.to_bytes(8), hashlib.sha256).digest())
            block += 1
            if found < limit:
                return found % n

    return below


def order_of(entrants: Sequence[Entrant], rule: DrawRule, below: Callable[[int], int]) -> list[int]:
    """The entrants' numbers in the order in which they choose."""
    by_number = sorted(entrants, key=lambda each: each.number)
    if rule is DrawRule.TICKETS:
        return _by_tickets(by_number, below)
    groups: dict[tuple[int, date], list[int]] = {}
    for each in by_number:
        groups.setdefault(_standing(each, rule), []).append(each.number)
    return [number for standing in sorted(groups) for number in shuffled(groups[standing], below)]


def shuffled(numbers: Sequence[int], below: Callable[[int], int]) -> list[int]:
    """Fisher and Yates: from the last to the second, each changes places with one at or before it."""
    cards = list(numbers)
    for last in range(len(cards) - 1, 0, -1):
        chosen = below(last + 1)
        cards[last], cards[chosen] = cards[chosen], cards[last]
    return cards


def _standing(each: Entrant, rule: DrawRule) -> tuple[int, date]:
    points = 0 if rule is DrawRule.LOT else -each.points
    return points, each.applied if rule is DrawRule.POINTS_THEN_DATE else date.min


def _by_tickets(entrants: Sequence[Entrant], below: Callable[[int], int]) -> list[int]:
    left, order = [(each.number, each.points + 1) for each in entrants], list[int]()
    total = sum(tickets for _number, tickets in left)
    while left:
        ticket, at = below(total), 0
        while ticket >= left[at][1]:
            ticket -= left[at][1]
            at += 1
        number, tickets = left.pop(at)
        total -= tickets
        order.append(number)
    return order


def terms_of(
    fair: str, number: int, rule: DrawRule, source: str, known_from: str, entrants: Sequence[Entrant]
) -> dict[str, Any]:
    """What the commitment covers beside the seed, as the file has it."""
    return {
        "algorithm": ALGORITHM,
        "fair": fair,
        "draw": number,
        "rule": rule.value,
        "public_source": source,
        "public_from": known_from,
        "entrants": [
            {
                "number": each.number,
                "points": each.points,
                "applied": each.applied.isoformat(),
                "name": each.name,
            }
            for each in sorted(entrants, key=lambda each: each.number)
        ],
    }


def entrants_of(terms: Mapping[str, Any]) -> list[Entrant]:
    """The entrants of well-formed terms."""
    return [
        Entrant(row["number"], row["points"], date.fromisoformat(row["applied"]), row["name"])
        for row in terms["entrants"]
    ]


def order_from(terms: Mapping[str, Any], seed: str, public_value: str) -> list[int]:
    """The whole way from what was committed and what became public to the order."""
    below = chance_from(seed, commitment_of(terms, seed), public_value)
    return order_of(entrants_of(terms), DrawRule(terms["rule"]), below)


def sealed_file(terms: Mapping[str, Any], commitment: str, opening: Mapping[str, str] | None) -> bytes:
    """The file as it is published: before the reveal without its opening, afterwards with the order."""
    body: dict[str, Any] = {"format": FORMAT, "terms": dict(terms), "commitment": commitment}
    if opening is not None:
        body["opening"] = dict(opening)
        body["order"] = order_from(terms, opening["seed"], opening["public_value"])
    body["seal"] = digest(body)
    return canonical(body) + b"\n"


def is_hex(text: object) -> bool:
    """Whether it is a SHA-256 or a seed: 64 hexadecimal digits, small letters."""
    return isinstance(text, str) and len(text) == 64 and set(text) <= _HEX
