"""What taking part costs: lines of the price list for what somebody asks or has, and who pays them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fairapp.rules.amounts import PricesAre, halves_up, line_amounts
from fairapp.rules.billing import FLOOR, Payer, PriceKind
from fairapp.rules.fairs import FloorKind


class QuoteGap(StrEnum):
    """Why a quote is not whole."""

    NO_PRICE = "quote_no_price"
    NO_PRICE_IN_CURRENCY = "quote_no_price_in_currency"
    NO_KIND = "quote_no_kind"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the price list on a day in a currency."""

    item_id: int | None
    """None: the kind of booth's own price."""
    kind: PriceKind
    booth_kind_id: int | None
    names: Mapping[str, str]
    unit_minor: int | None
    """None: not said in this currency."""
    vat_bp: int


@dataclass(frozen=True, slots=True)
class Floor:
    """A booth that is held, or the floor that is asked for."""

    source: str
    booth_kind_id: int | None
    floor: FloorKind
    area_m2: float
    booths: int = 1
    further_sides: int = 0
    """Open sides beyond the first."""
    code: str = ""
    """The booth's."""
    claim_id: int | None = None
    days: tuple[int, int] | None = None
    """How many of how many days, where floor is priced by the day and these are not all."""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line: what, how much, who pays."""

    source: str
    kind: PriceKind
    names: Mapping[str, str]
    quantity_milli: int
    unit_minor: int
    vat_bp: int
    item_id: int | None = None
    payer: Payer = Payer.PRODUCER
    payer_name: str = ""
    subsidy_id: int | None = None
    claim_id: int | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """A subsidy as far as a quote needs it; its limits as prices are listed."""

    subsidy_id: int
    names: Mapping[str, str]
    payer: Payer
    payer_name: str
    share_bp: int
    most_booths: int | None = None
    most_minor: int | None = None
    left_minor: int | None = None
    """What is left of its budget for this exhibitor."""


def quote(
    floors: Iterable[Floor], prices: Sequence[Listed]
) -> tuple[tuple[QuoteLine, ...], tuple[QuoteGap, ...]]:
    """The lines for floor and further open sides, and what is missing of them."""
    lines: list[QuoteLine] = []
    gaps: dict[QuoteGap, None] = {}
    for floor in floors:
        kind = PriceKind.RAW_M2 if floor.floor is FloorKind.RAW_SPACE else PriceKind.BOOTH
        price = _listed(prices, kind, floor.booth_kind_id)
        if price is None or price.unit_minor is None:
            gaps[QuoteGap.NO_PRICE if price is None else QuoteGap.NO_PRICE_IN_CURRENCY] = None
            continue
        milli = round(floor.area_m2 * 1_000) if kind is PriceKind.RAW_M2 else floor.booths * 1_000
        lines.append(_line(floor.source, price, milli, price.unit_minor, floor))
        sides = _listed(prices, PriceKind.OPEN_SIDE, floor.booth_kind_id)
        if floor.further_sides and sides is not None and sides.unit_minor:
            milli = floor.further_sides * 1_000
            lines.append(_line(f"{floor.source}:sides", sides, milli, sides.unit_minor, floor))
    return tuple(lines), tuple(gaps)


def subsidised(lines: Iterable[QuoteLine], by: Help | None) -> tuple[QuoteLine, ...]:
    """The lines with the subsidy taken off for the producer and put on its payer, within every limit.

    The dearest booths count first. Raw space of one exhibitor is one booth.
    """
    kept = tuple(lines)
    if by is None:
        return kept
    left = min((most for most in (by.most_minor, by.left_minor) if most is not None), default=None)
    booths = by.most_booths
    given: list[QuoteLine] = []
    for line in sorted(
        (line for line in kept if line.kind in FLOOR), key=lambda line: (-_booth_price(line), line.source)
    ):
        here = 1_000 if line.kind is PriceKind.RAW_M2 else line.quantity_milli
        counted = here if booths is None else min(here, booths * 1_000)
        whole = halves_up(line.quantity_milli * line.unit_minor, 1_000)
        amount = halves_up(whole * counted * by.share_bp, here * 10_000) if here else 0
        amount = amount if left is None else min(amount, max(0, left))
        if amount <= 0:
            continue
        booths = None if booths is None else booths - -(-counted // 1_000)
        left = None if left is None else left - amount
        given += _both_sides(line, by, amount)
    return kept + tuple(given)


def _both_sides(line: QuoteLine, by: Help, amount: int) -> tuple[QuoteLine, QuoteLine]:
    taken = replace(
        line,
        source=f"{line.source}:subsidy",
        kind=PriceKind.SUBSIDY,
        names=by.names,
        quantity_milli=1_000,
        unit_minor=-amount,
        item_id=None,
        subsidy_id=by.subsidy_id,
    )
    paid = replace(
        taken,
        source=f"{line.source}:subsidy:paid",
        unit_minor=amount,
        payer=by.payer,
        payer_name=by.payer_name,
    )
    return taken, paid


def _booth_price(line: QuoteLine) -> int:
    """What one booth of the line costs; raw space is one booth."""
    return line.unit_minor * line.quantity_milli if line.kind is PriceKind.RAW_M2 else line.unit_minor * 1_000


def _listed(prices: Sequence[Listed], kind: PriceKind, booth_kind_id: int | None) -> Listed | None:
    """The price for this kind of booth, else the one for all kinds."""
    fitting = [price for price in prices if price.kind is kind]
    own = next((price for price in fitting if price.booth_kind_id == booth_kind_id), None)
    return own or next((price for price in fitting if price.booth_kind_id is None), None)


def _line(source: str, price: Listed, milli: int, unit: int, floor: Floor) -> QuoteLine:
    names = {
        language: " · ".join(part for part in (name, floor.code, _days_said(floor, language)) if part)
        for language, name in price.names.items()
    }
    if floor.days is not None:  # the unit price is rounded, halves up: quantity times price stays exact
        unit = halves_up(unit * floor.days[0], floor.days[1])
    return QuoteLine(
        source, price.kind, names, milli, unit, price.vat_bp, price.item_id, claim_id=floor.claim_id
    )


def _days_said(floor: Floor, language: str) -> str:
    if floor.days is None:
        return ""
    return f"{floor.days[0]}/{floor.days[1]} {_DAYS.get(language, _DAYS['en'])}"


_DAYS = {"vi": "ngày", "en": "days"}
"""As lines of an invoice say it, which keep their text in each language of the price list."""


@dataclass(frozen=True, slots=True)
class Totals:
    """What lines come to together."""

    net: int = 0
    vat: int = 0
    gross: int = 0


def totals(lines: Iterable[tuple[int, int, int]], prices: PricesAre) -> Totals:
    """The sum of (quantity in thousandths, unit price, VAT) lines: each is rounded, then they are added."""
    net = vat = gross = 0
    for quantity_milli, unit, vat_bp in lines:
        amounts = line_amounts(quantity_milli, unit, vat_bp, prices)
        net, vat, gross = net + amounts.net, vat + amounts.vat, gross + amounts.gross
    return Totals(net, vat, gross)
