"""When an invoice falls due: a deposit first, the balance before the fair, and what each transfer says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from fairapp.rules.amounts import halves_up
from fairapp.rules.billing import InstalmentKind
from fairapp.rules.prices import MoneySettings


@dataclass(frozen=True, slots=True)
class Planned:
    """A part of an invoice with its day."""

    kind: InstalmentKind
    due_on: date
    amount: int


def plan_instalments(
    gross: int, issued_on: date, starts_on: date, settings: MoneySettings
) -> tuple[Planned, ...]:
    """A deposit and a balance; one sum where there is no deposit, or no time between the two days."""
    first = issued_on + timedelta(days=settings.deposit_days)
    last = starts_on - timedelta(days=settings.balance_days)
    deposit = halves_up(gross * settings.deposit_bp, 10_000)
    if not 0 < deposit < gross or last <= first:
        return (Planned(InstalmentKind.WHOLE, first, gross),)
    return (
        Planned(InstalmentKind.DEPOSIT, first, deposit),
        Planned(InstalmentKind.BALANCE, last, gross - deposit),
    )


_CHECK = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters that are not taken for digits."""


def reference_of(fair_code: str, number: int, position: int) -> str:
    """What a transfer says: plain capitals and digits, closed by a letter, so that nothing runs into it."""
    start = "".join(char for char in fair_code.upper() if char.isascii() and char.isalnum())
    said = f"{start}{number:05d}{position}"
    weight = sum(place * ord(char) for place, char in enumerate(said, 1))
    return said + _CHECK[weight % len(_CHECK)]
