"""What a line of money comes to: the one way of rounding, and prices with or without their tax."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PricesAre(StrEnum):
    """Whether prices are said without the tax or with it."""

    NET = "net"
    GROSS = "gross"


@dataclass(frozen=True, slots=True)
class Amounts:
    """A line in sums; net and VAT add up to gross."""

    net: int
    vat: int
    gross: int


def halves_up(numerator: int, denominator: int) -> int:
    """A quotient in whole units, halves away from zero: the one way of rounding in money here."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    return sign * ((2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator)))


def line_amounts(quantity_milli: int, unit_price_minor: int, vat_bp: int, prices: PricesAre) -> Amounts:
    """What a line comes to: the price times the quantity, then its VAT, each in whole units."""
    listed = halves_up(quantity_milli * unit_price_minor, 1_000)
    if prices is PricesAre.NET:
        vat = halves_up(listed * vat_bp, 10_000)
        return Amounts(listed, vat, listed + vat)
    net = halves_up(listed * 10_000, 10_000 + vat_bp)
    return Amounts(net, listed - net, listed)
