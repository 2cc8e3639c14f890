"""The price list as rooms ask it: its lines on a day, and what one booth costs by them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from fairapp.rules.amounts import halves_up
from fairapp.rules.billing import PriceKind
from fairapp.rules.fairs import FloorKind
from fairapp.rules.prices import MoneySettings, Price
from fairapp.rules.quotes import Floor, Listed, quote
from fairapp.store.billing import PriceItem
from fairapp.store.billing_queries import prices_of
from fairapp.store.fairs import Booth, BoothKind, Fair
from fairapp.store.fairs_queries import kinds_of


def price_of(item: PriceItem) -> Price:
    """A line of the price list as a price."""
    return Price(item.unit_price_minor, item.early_until, item.early_price_minor, item.other_prices)


def listed(session: Session, fair: Fair, currency: str, day: date) -> tuple[Listed, ...]:
    """The price list on a day in a currency; a kind of booth that it leaves out has its own price."""
    found = [
        Listed(
            item.id,
            item.kind,
            item.booth_kind_id,
            item.names,
            price_of(item).on(day, currency, fair.currency),
            item.vat_bp,
        )
        for item in prices_of(session, fair.id)
    ]
    vat_bp = MoneySettings.read(fair.settings).vat_bp
    for kind in kinds_of(session, fair.id):
        for_it = PriceKind.RAW_M2 if kind.floor is FloorKind.RAW_SPACE else PriceKind.BOOTH
        if not any(one.kind is for_it and one.booth_kind_id in (kind.id, None) for one in found):
            unit = kind.price_minor if currency == fair.currency else None
            found.append(Listed(None, for_it, kind.id, kind.names, unit, vat_bp))
    return tuple(found)


def kind_for(booth: Booth, chosen: BoothKind | None, kinds: Iterable[BoothKind]) -> BoothKind | None:
    """The kind as which a booth is let: the chosen one where its floor is of that kind."""
    if chosen is not None and chosen.floor is booth.kind:
        return chosen
    return next((kind for kind in kinds if kind.floor is booth.kind), None)


def floor_for(source: str, booth: Booth, kind: BoothKind | None, claim_id: int | None = None) -> Floor:
    """A booth as floor of a kind."""
    unit = kind.unit_area_m2 if kind is not None else booth.area_m2
    return Floor(
        source,
        None if kind is None else kind.id,
        booth.kind,
        booth.area_m2,
        max(1, round(booth.area_m2 / unit)),
        max(0, booth.open_sides - 1),
        booth.code,
        claim_id,
    )


def booth_price(booth: Booth, kinds: Sequence[BoothKind], prices: Sequence[Listed]) -> int | None:
    """What the booth costs by itself, further open sides with it; None where the list does not say."""
    lines, gaps = quote([floor_for("", booth, kind_for(booth, None, kinds))], prices)
    if gaps:
        return None
    return sum(halves_up(line.quantity_milli * line.unit_minor, 1_000) for line in lines)
