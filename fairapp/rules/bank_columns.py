"""What the columns of a bank's statement mean: guessed by their titles, checked before lines are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from fairapp.rules.bank_titles import BankField, bank_meaning
from fairapp.rules.errors import Refused


class BankColumnReason(StrEnum):
    """What is wrong with the columns of a statement."""

    NO_DATE = "bank_columns_no_date"
    NO_AMOUNT = "bank_columns_no_amount"
    NO_TEXT = "bank_columns_no_text"
    AMOUNT_TWICE = "bank_columns_amount_twice"
    FIELD_TWICE = "bank_columns_field_twice"
    COLUMN_TWICE = "bank_columns_column_twice"
    UNKNOWN_COLUMN = "bank_columns_unknown_column"


class BankColumnsRefused(Refused):
    """Columns that cannot be meant so; ``facts`` name the column."""

    def __init__(self, reason: BankColumnReason, **facts: object) -> None:
        super().__init__(reason, **facts)
        self.reason = reason


def guess_bank_columns(header: Sequence[str]) -> dict[BankField, int]:
    """Map each field to the column whose title means it best; columns for in and out outdo one amount.

    A bank's running balance has a title that means nothing here, so it is never taken for an amount.
    """
    best: dict[BankField, tuple[int, int]] = {}
    for position, title in enumerate(header):
        hit = bank_meaning(title)
        if hit and (hit[1] not in best or hit[0] < best[hit[1]][0]):
            best[hit[1]] = (hit[0], position)
    if BankField.MONEY_IN in best:
        best.pop(BankField.AMOUNT, None)
        best.pop(BankField.SIGN, None)
    elif BankField.AMOUNT in best:
        best.pop(BankField.MONEY_OUT, None)
    return {field: best[field][1] for field in BankField if field in best}


def check_bank_columns(mapping: Mapping[BankField, int], width: int) -> None:
    """Refuse columns without date, amount or text, two kinds of amount, or one column meant twice."""
    if any(not 0 <= position < width for position in mapping.values()):
        raise BankColumnsRefused(BankColumnReason.UNKNOWN_COLUMN)
    if len(set(mapping.values())) < len(mapping):
        raise BankColumnsRefused(BankColumnReason.COLUMN_TWICE)
    if BankField.BOOKED_ON not in mapping:
        raise BankColumnsRefused(BankColumnReason.NO_DATE)
    if BankField.AMOUNT not in mapping and BankField.MONEY_IN not in mapping:
        raise BankColumnsRefused(BankColumnReason.NO_AMOUNT)
    if BankField.AMOUNT in mapping and {BankField.MONEY_IN, BankField.MONEY_OUT} & set(mapping):
        raise BankColumnsRefused(BankColumnReason.AMOUNT_TWICE)
    if BankField.TEXT not in mapping:
        raise BankColumnsRefused(BankColumnReason.NO_TEXT)
