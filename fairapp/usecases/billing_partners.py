"""What an exhibitor owes for companies beside it: its places in others' booths, and whom it names itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.partners import PartnerKind
from fairapp.rules.quotes import Listed, QuoteLine
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing_queries import shared_places
from fairapp.store.partners_queries import approved_partners

FEES = {PartnerKind.CO_EXHIBITOR: PriceKind.CO_EXHIBITOR, PartnerKind.REPRESENTED: PriceKind.REPRESENTED}


def partner_lines(session: Session, exhibitor: Exhibitor, prices: Sequence[Listed]) -> tuple[QuoteLine, ...]:
    """The fees for companies beside it that the price list has; none once the exhibitor has left."""
    if exhibitor.left_at is not None:
        return ()
    fees = {
        fee.kind: fee
        for fee in reversed(prices)  # of two lines of a kind the first counts
        if fee.kind in FEES.values()
    }
    return (*_shared(session, exhibitor, fees.get(PriceKind.CO_EXHIBITOR)), *_named(session, exhibitor, fees))


def _shared(session: Session, exhibitor: Exhibitor, fee: Listed | None) -> Iterable[QuoteLine]:
    """A fee for each place in somebody else's booth."""
    if fee is None or not fee.unit_minor:
        return
    for place in shared_places(session, exhibitor.id):
        yield _line(f"co_exhibitor:{place.id}", fee, fee.unit_minor, place.claim.booth.code, place.claim_id)


def _named(session: Session, exhibitor: Exhibitor, fees: dict[PriceKind, Listed]) -> Iterable[QuoteLine]:
    """A fee for each company that the exhibitor names, once whatever its booths; it pays for all."""
    for partner in approved_partners(session, exhibitor.id):
        fee = fees.get(FEES[partner.kind])
        if fee is not None and fee.unit_minor:
            yield _line(f"partner:{partner.id}", fee, fee.unit_minor, partner.name)


def _line(source: str, fee: Listed, unit_minor: int, of_what: str, claim_id: int | None = None) -> QuoteLine:
    return QuoteLine(
        source,
        fee.kind,
        {language: f"{name} · {of_what}" for language, name in fee.names.items()},
        1_000,
        unit_minor,
        fee.vat_bp,
        fee.item_id,
        Payer.PRODUCER,
        claim_id=claim_id,
    )
