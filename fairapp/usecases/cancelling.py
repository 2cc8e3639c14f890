"""What leaving a fair costs: everything charged ends, and a fee by the day takes its place.

Called where an exhibitor leaves, in the same transaction. What was invoiced is credited by a person, for its
number has gone out; until then money for it is a credit, and the office has it on its list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.amounts import halves_up
from fairapp.rules.billing import MoneyTaskKind, Payer, PriceKind
from fairapp.rules.dunning import cancellation_fee_minor, cancellation_share_bp, fee_steps
from fairapp.rules.fairs import FairState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import LOCK
from fairapp.store.billing import Charge
from fairapp.store.billing_bank import MoneyTask
from fairapp.usecases import audit
from fairapp.usecases.charging import ChargeFor, charge

NAMES = {"vi": "Phí hủy tham gia ({share} %)", "en": "Cancellation fee ({share} %)"}


def end_charges(
    session: Session, actor: Actor, exhibitor: Exhibitor, now: datetime, *, with_fee: bool
) -> int:
    """End everything the exhibitor owes; ``with_fee``: charge what cancelling costs today. Answers the fee.

    The fee is a share of what the exhibitor itself would have paid, for each rate of VAT on its own.
    """
    owed = session.scalars(
        select(Charge)
        .where(Charge.exhibitor_id == exhibitor.id, Charge.cancelled_at.is_(None))
        .order_by(Charge.id)
        .with_for_update(of=Charge, **LOCK)
    ).all()
    live = [each for each in owed if each.kind is not PriceKind.CANCELLATION]
    for each in live:
        each.cancelled_at = now
    if any(each.invoice_line_id is not None for each in live):
        _remember(session, exhibitor, now)
    fee = _charge_fee(session, actor, exhibitor, owed, now) if with_fee else 0
    if live:
        audit.record(
            session,
            actor,
            "money.charges_ended",
            now,
            fair_id=exhibitor.fair_id,
            exhibitor=exhibitor.id,
            charges=len(live),
            fee=fee,
        )
    return fee


def fee_today(exhibitor: Exhibitor, charges: Iterable[Charge], now: datetime) -> dict[int, int]:
    """What cancelling costs on this day by rate of VAT, as prices are listed; ``charges``: all that live.

    Who leaves a second time owes the dearer of both fees, not both: what was charged before is taken off.
    """
    fair = exhibitor.fair
    if fair.state is FairState.CANCELLED:
        return {}
    today, steps = now.astimezone(ZoneInfo(fair.timezone)).date(), fee_steps(fair.settings)
    owed: dict[int, int] = {}
    before: dict[int, int] = {}
    for each in charges:
        if each.kind is PriceKind.CANCELLATION:
            before[each.vat_bp] = before.get(each.vat_bp, 0) + each.unit_price_minor
        elif each.payer is Payer.PRODUCER:
            listed = halves_up(each.quantity_milli * each.unit_price_minor, 1_000)
            owed[each.vat_bp] = owed.get(each.vat_bp, 0) + listed
    fees = {
        vat_bp: cancellation_fee_minor(amount, today, fair.starts_on, steps)
        for vat_bp, amount in sorted(owed.items())
        if amount > 0
    }
    further = {vat_bp: fee - before.get(vat_bp, 0) for vat_bp, fee in fees.items()}
    return {vat_bp: fee for vat_bp, fee in further.items() if fee > 0}


def _charge_fee(
    session: Session, actor: Actor, exhibitor: Exhibitor, charges: Iterable[Charge], now: datetime
) -> int:
    fair = exhibitor.fair
    today = now.astimezone(ZoneInfo(fair.timezone)).date()
    share = cancellation_share_bp(today, fair.starts_on, fee_steps(fair.settings))
    fees = fee_today(exhibitor, charges, now)
    for vat_bp, fee in fees.items():
        order = ChargeFor(
            exhibitor.id,
            f"cancellation:{exhibitor.id}:{vat_bp}:{now:%Y%m%d%H%M%S}",
            kind=PriceKind.CANCELLATION,
            names={language: text.format(share=f"{share / 100:g}") for language, text in NAMES.items()},
            unit_price_minor=fee,
            vat_bp=vat_bp,
        )
        charge(session, actor, order, now)
    return sum(fees.values())


def _remember(session: Session, exhibitor: Exhibitor, now: datetime) -> None:
    there = select(MoneyTask.id).where(
        MoneyTask.exhibitor_id == exhibitor.id,
        MoneyTask.kind == MoneyTaskKind.CREDIT_NOTE_DUE,
        MoneyTask.done_at.is_(None),
    )
    if session.scalar(there.limit(1)) is None:
        session.add(
            MoneyTask(
                fair_id=exhibitor.fair_id,
                kind=MoneyTaskKind.CREDIT_NOTE_DUE,
                exhibitor_id=exhibitor.id,
                made_at=now,
            )
        )
