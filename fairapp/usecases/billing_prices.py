"""What an organiser sets about money: the price list, subsidies, and how the fair is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.prices import MoneySettings, PriceRefusal
from fairapp.store.base import LOCK
from fairapp.store.billing import PriceItem, Subsidy
from fairapp.store.fairs import BoothKind, Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require

Row = TypeVar("Row", PriceItem, Subsidy)


@dataclass(frozen=True, slots=True)
class KeepPrice:
    """A line of the price list, new or (with its id) changed."""

    fair_id: int
    code: str
    kind: PriceKind
    names: dict[str, str]
    unit_price_minor: int
    vat_bp: int
    booth_kind_id: int | None = None
    early_until: date | None = None
    early_price_minor: int | None = None
    other_prices: dict[str, Mapping[str, int]] = field(default_factory=dict)
    is_on: bool = True
    price_item_id: int | None = None


@dataclass(frozen=True, slots=True)
class KeepSubsidy:
    """A subsidy, new or (with its id) changed."""

    fair_id: int
    names: dict[str, str]
    payer: Payer
    payer_name: str
    share_bp: int
    payer_tax_code: str = ""
    payer_address: str = ""
    payer_email: str = ""
    most_booths: int | None = None
    most_minor: int | None = None
    budget_minor: int | None = None
    countries: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    is_on: bool = True
    subsidy_id: int | None = None


def keep_price(session: Session, actor: Actor, order: KeepPrice, now: datetime) -> PriceItem:
    """Add a line to the price list, or change one; what is invoiced keeps its price.

    :raises Refused: with every reason why the line cannot be kept.
    """
    fair = money_of(session, actor, order.fair_id)
    item = _own(session, PriceItem, order.price_item_id, fair)
    twin = select(PriceItem.id).where(PriceItem.fair_id == fair.id, PriceItem.code == order.code)
    taken = session.scalar(twin.where(PriceItem.id != (order.price_item_id or 0))) is not None
    if order.booth_kind_id is not None:
        kind = session.get(BoothKind, order.booth_kind_id)
        if kind is None or kind.fair_id != fair.id:
            raise Missing
    early = order.early_price_minor
    against = {
        PriceRefusal.CODE_TAKEN: taken,
        PriceRefusal.NO_NAME: not any(name.strip() for name in order.names.values()),
        PriceRefusal.NO_EARLY_DAY: early is not None and order.early_until is None,
        PriceRefusal.NO_EARLY_PRICE: early is None and order.early_until is not None,
        PriceRefusal.EARLY_NOT_LOWER: early is not None and early >= order.unit_price_minor,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, code=order.code)
    if item is None:
        last = session.scalars(select(PriceItem.position).where(PriceItem.fair_id == fair.id)).all()
        item = PriceItem(fair_id=fair.id, position=max(last, default=-1) + 1)
        session.add(item)
    for name, value in _values(order, ("fair_id", "price_item_id")).items():
        setattr(item, name, value)
    session.flush()
    if item.booth_kind_id is not None and item.kind in (PriceKind.BOOTH, PriceKind.RAW_M2):
        # Applicants read the price at the kind of booth: it is one price in both places.
        session.execute(
            update(BoothKind)
            .where(BoothKind.id == item.booth_kind_id)
            .values(price_minor=item.unit_price_minor)
        )
    audit.record(session, actor, "money.price_kept", now, fair_id=fair.id, price=item.id, code=item.code)
    return item


def keep_subsidy(session: Session, actor: Actor, order: KeepSubsidy, now: datetime) -> Subsidy:
    """Offer a subsidy, or change one; what is invoiced by it stays.

    :raises Refused: with every reason why it cannot be kept.
    """
    fair = money_of(session, actor, order.fair_id)
    subsidy = _own(session, Subsidy, order.subsidy_id, fair)
    against = {
        PriceRefusal.NO_NAME: not any(name.strip() for name in order.names.values()),
        PriceRefusal.NO_PAYER: not order.payer_name.strip() or order.payer is Payer.PRODUCER,
        PriceRefusal.NO_SHARE: not 0 < order.share_bp <= 10_000,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons)
    if subsidy is None:
        last = session.scalars(select(Subsidy.position).where(Subsidy.fair_id == fair.id)).all()
        subsidy = Subsidy(fair_id=fair.id, position=max(last, default=-1) + 1)
        session.add(subsidy)
    for name, value in _values(order, ("fair_id", "subsidy_id")).items():
        setattr(subsidy, name, list(value) if isinstance(value, tuple) else value)
    session.flush()
    audit.record(session, actor, "money.subsidy_kept", now, fair_id=fair.id, subsidy=subsidy.id)
    return subsidy


def keep_money_settings(
    session: Session, actor: Actor, fair_id: int, settings: MoneySettings, now: datetime
) -> Fair:
    """Say how the fair handles its money; invoices that are out keep what they said."""
    fair = money_of(session, actor, fair_id)
    # other rooms keep their settings in the same place
    session.refresh(fair, with_for_update={"of": Fair, **LOCK})
    fair.settings = {**fair.settings, "money": settings.kept()}
    audit.record(session, actor, "money.settings_kept", now, fair_id=fair.id)
    return fair


def money_of(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair, for those who keep its books.

    :raises Missing: when there is none.
    :raises NotAllowed: when the actor does not keep its books.
    """
    fair = session.get(Fair, fair_id)
    if fair is None:
        raise Missing
    require(actor, Permission.MONEY_EDIT, fair.id)
    return fair


def _own(session: Session, table: type[Row], row_id: int | None, fair: Fair) -> Row | None:
    row = None if row_id is None else session.get(table, row_id)
    if row_id is not None and (row is None or row.fair_id != fair.id):
        raise Missing
    return row


def _values(order: KeepPrice | KeepSubsidy, but: tuple[str, ...]) -> dict[str, object]:
    return {name: value for name, value in asdict(order).items() if name not in but}
