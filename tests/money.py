"""Rows of money for tests: a seller, prices, and invoices made as people make them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.fairs import FloorKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Invoice, PriceItem, Subsidy
from fairapp.store.fairs import Fair
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from tests import factories as make
from tests.factories import NOW

SELLER = {
    "seller_name": "Trung tâm Xúc tiến thương mại",
    "bank_bin": "970436",
    "bank_name": "Vietcombank",
    "account_number": "0011002345678",
    "account_name": "TT XUC TIEN THUONG MAI",
}


def fair(session: Session, code: str = "OCOP27", **money: Any) -> Fair:
    """A fair that can ask for money: shell scheme at 6,000,000 đồng, 10 % VAT on top."""
    made = make.fair(session, code, settings={"money": {**SELLER, **money}})
    make.booth_kind(session, made)
    return made


def price(session: Session, of: Fair, kind: PriceKind = PriceKind.SERVICE, **values: Any) -> PriceItem:
    """A line of the price list."""
    plain: dict[str, Any] = {
        "code": kind.value,
        "names": {"vi": "Điện 3 kW", "en": "Power, 3 kW"},
        "unit_price_minor": 900_000,
        "vat_bp": 1_000,
    }
    return make.kept(session, PriceItem(fair_id=of.id, kind=kind, **{**plain, **values}))


def subsidy(session: Session, of: Fair, **values: Any) -> Subsidy:
    """Half of at most two booths, paid by a province's office."""
    plain: dict[str, Any] = {
        "names": {"vi": "Tỉnh hỗ trợ", "en": "Province's subsidy"},
        "payer": Payer.PROVINCE,
        "payer_name": "Sở Công Thương Sơn La",
        "share_bp": 5_000,
        "most_booths": 2,
    }
    return make.kept(session, Subsidy(fair_id=of.id, **{**plain, **values}))


def stand(session: Session, of: Fair, booths: int = 1, **values: Any) -> Exhibitor:
    """An exhibitor that holds some booths of nine square metres."""
    name = values.pop("name", None)
    exhibitor = make.exhibitor(session, make.organisation(session, name, **values), of)
    where = make.hall(session, of, f"H{exhibitor.id}")
    for _ in range(booths):
        make.claim(session, make.booth(session, where, kind=FloorKind.SHELL_SCHEME), exhibitor, of)
    return exhibitor


def invoice(session: Session, to: Exhibitor, now: datetime = NOW) -> Invoice:
    """An issued invoice for what the exhibitor holds."""
    return issue_invoice(session, SYSTEM, draft_for_exhibitor(session, SYSTEM, to.id, now).id, now)
