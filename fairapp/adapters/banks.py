"""The banks that VietQR reaches, by their numbers with NAPAS."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent.parent / "data" / "vn_banks.csv"


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: six digits, the name people use, the name in full."""

    bin: str
    short_name: str
    name: str


@cache
def banks() -> tuple[Bank, ...]:
    """All of them, by the name people use."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(Bank(row["bin"], row["short_name"], row["name"]) for row in csv.DictReader(file))


def bank_name(bank_bin: str) -> str:
    """What a bank is called; its number where it is not on the list."""
    return next((bank.short_name for bank in banks() if bank.bin == bank_bin), bank_bin)
