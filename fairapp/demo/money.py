"""The demo fair's money: a price list, a subsidy, and invoices that are paid, open, late or to come."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM
from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.prices import MoneySettings
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Invoice
from fairapp.store.billing_lists import exhibitors_to_invoice
from fairapp.store.billing_queries import instalments_of, lines_of
from fairapp.store.fairs import BoothKind, Fair
from fairapp.usecases.billing_credits import CreditLines, credit_lines
from fairapp.usecases.billing_invoices import (
    EnterEInvoice,
    InvoicePayer,
    draft_for_exhibitor,
    draft_for_payer,
    enter_e_invoice,
    issue_invoice,
)
from fairapp.usecases.billing_lines import AddLine, add_line
from fairapp.usecases.billing_payments import ReceivePayment, receive_payment
from fairapp.usecases.billing_prices import (
    KeepPrice,
    KeepSubsidy,
    keep_money_settings,
    keep_price,
    keep_subsidy,
)

DATA = Path(__file__).parent / "data" / "money.toml"
PAID, DEPOSIT, LATE, FRESH, DRAFT, WAITING = range(6)
"""How far the money of one exhibitor has come; they take turns."""
TURNS = (PAID, DEPOSIT, FRESH, PAID, LATE, DEPOSIT, FRESH, WAITING, DRAFT)


def keep_money(session: Session, fair: Fair, now: datetime) -> None:
    """Set the fair's money up and bring its exhibitors as far as the turns say."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    plain = {name: value for name, value in told.items() if name not in ("price", "subsidy")}
    keep_money_settings(session, SYSTEM, fair.id, MoneySettings(**plain, hand_over_needs_payment=True), now)
    items = _prices(session, fair, told["price"], now)
    _subsidy(session, fair, told["subsidy"], now)
    waiting = session.scalars(exhibitors_to_invoice(fair.id)).all()
    for number, exhibitor in enumerate(waiting):
        turn = TURNS[number % len(TURNS)]
        if number % 3 == 0:
            key = f"demo{exhibitor.id}"
            add_line(session, SYSTEM, AddLine(exhibitor.id, items["power-3kw"], 1_000, key), now)
        if turn != WAITING:
            _play(session, exhibitor, turn, now)
    _others(session, fair, told["subsidy"]["payer_name"], now)


def _prices(session: Session, fair: Fair, told: list[dict[str, Any]], now: datetime) -> dict[str, int]:
    kinds = {
        kind.code: kind.id for kind in session.scalars(select(BoothKind).where(BoothKind.fair_id == fair.id))
    }
    until = (now - timedelta(days=30)).date()
    kept = {}
    for one in told:
        order = KeepPrice(
            fair.id,
            one["code"],
            PriceKind(one["kind"]),
            one["names"],
            one["unit"],
            1_000,
            kinds.get(one.get("booth_kind", "")),
            until if "early" in one else None,
            one.get("early"),
            {"USD": {"unit": one["usd"]}},
        )
        kept[one["code"]] = keep_price(session, SYSTEM, order, now).id
    return kept


def _subsidy(session: Session, fair: Fair, told: dict[str, Any], now: datetime) -> None:
    order = KeepSubsidy(
        fair.id,
        told["names"],
        Payer.ORGANISER,
        told["payer_name"],
        told["share_bp"],
        payer_address=told["payer_address"],
        payer_email=told["payer_email"],
        most_booths=told["most_booths"],
        budget_minor=told["budget"],
        countries=(fair.country,),
    )
    keep_subsidy(session, SYSTEM, order, now)


def _play(session: Session, exhibitor: Exhibitor, turn: int, now: datetime) -> None:
    at = now - timedelta(days=25 if turn == LATE else 8 if turn != FRESH else 1)
    draft = draft_for_exhibitor(session, SYSTEM, exhibitor.id, at)
    if turn == DRAFT:
        return
    invoice = issue_invoice(session, SYSTEM, draft.id, at)
    parts = instalments_of(session, [invoice.id])
    for part in parts if turn == PAID else parts[:1] if turn == DEPOSIT else ():
        paid_at = at + timedelta(days=3)
        order = ReceivePayment(
            part.id, part.open_minor, paid_at.date(), f"demo{part.id}", text=part.reference
        )
        receive_payment(session, SYSTEM, order, paid_at)
    if turn == PAID:
        number = f"1C{at:%y}TMA-{invoice.number:05d}"
        enter_e_invoice(session, SYSTEM, EnterEInvoice(invoice.id, number), at + timedelta(days=4))


def _others(session: Session, fair: Fair, payer_name: str, now: datetime) -> None:
    """The subsidy's payer gets its invoice, and one exhibitor a credit note for its power line."""
    order = InvoicePayer(fair.id, Payer.ORGANISER, payer_name, fair.currency)
    draft = draft_for_payer(session, SYSTEM, order, now - timedelta(days=5))
    issue_invoice(session, SYSTEM, draft.id, now - timedelta(days=5))
    for invoice in session.scalars(
        select(Invoice).where(Invoice.fair_id == fair.id, Invoice.number.is_not(None)).order_by(Invoice.id)
    ):
        power = [line.id for line in lines_of(session, invoice.id) if line.kind is PriceKind.SERVICE]
        if power and invoice.paid_minor == 0:
            reason = "Đơn vị không dùng điện 3 kW nữa"
            credit_lines(session, SYSTEM, CreditLines(invoice.id, tuple(power), reason), now)
            return
