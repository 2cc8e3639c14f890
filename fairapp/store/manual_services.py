"""Services that a fair offers, what exhibitors ordered of them, and the questions about both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, contains_eager, joinedload, mapped_column, relationship

from fairapp.rules.errors import Missing
from fairapp.rules.services import Offer, OrderState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import LOCK, Base, Texts, one_of
from fairapp.store.billing import Charge, Invoice, InvoiceLine, PriceItem
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation


class ServiceItem(Base):
    """A service that exhibitors can order until its cut-off."""

    __tablename__ = "service_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    price_item_id: Mapped[int] = mapped_column(ForeignKey("price_item.id"))
    names: Mapped[Texts]
    texts: Mapped[Texts] = mapped_column(default=dict)
    units: Mapped[Texts] = mapped_column(default=dict)
    """What one is: a socket, a table, a day."""
    stock: Mapped[int | None]
    watts: Mapped[int] = mapped_column(default=0, server_default="0")
    """What one of it draws: the check of the plan adds it up by power point."""
    until: Mapped[datetime]
    is_on: Mapped[bool] = mapped_column(default=True)
    fair: Mapped[Fair] = relationship()
    price_item: Mapped[PriceItem] = relationship()

    @property
    def offer(self) -> Offer:
        """The service as rules judge it."""
        return Offer(self.until, self.stock, self.is_on)


class ServiceOrder(Base):
    """How many of a service an exhibitor has ordered: one order of each, changed rather than repeated."""

    __tablename__ = "service_order"
    __table_args__ = (UniqueConstraint("exhibitor_id", "service_item_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"))
    service_item_id: Mapped[int] = mapped_column(ForeignKey("service_item.id"), index=True)
    quantity: Mapped[int]
    state: Mapped[OrderState] = mapped_column(one_of(OrderState))
    ordered_at: Mapped[datetime]
    """The day whose price counts."""
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    exhibitor: Mapped[Exhibitor] = relationship()
    item: Mapped[ServiceItem] = relationship()

    @property
    def source(self) -> str:
        """What its charge comes from."""
        return f"service_order:{self.id}"


def services_of(session: Session, fair_id: int, also_off: bool = False) -> Sequence[ServiceItem]:
    """The fair's services, the first to close first."""
    wanted = select(ServiceItem).where(ServiceItem.fair_id == fair_id)
    if not also_off:
        wanted = wanted.where(ServiceItem.is_on)
    return session.scalars(
        wanted.options(joinedload(ServiceItem.price_item)).order_by(ServiceItem.until, ServiceItem.id)
    ).all()


def service_of(session: Session, fair_id: int, item_id: int, lock: bool = False) -> ServiceItem:
    """The fair's own service; with its row locked when what is left of it is counted.

    :raises Missing: when there is none.
    """
    found = session.get(ServiceItem, item_id, with_for_update=LOCK if lock else None, populate_existing=lock)
    if found is None or found.fair_id != fair_id:
        raise Missing
    return found


def live_orders(fair_id: int) -> Select[ServiceOrder]:
    """What is ordered by whoever is still there."""
    return (
        select(ServiceOrder)
        .join(ServiceItem, ServiceItem.id == ServiceOrder.service_item_id)
        .join(Exhibitor, Exhibitor.id == ServiceOrder.exhibitor_id)
        .where(ServiceItem.fair_id == fair_id, ServiceOrder.state == OrderState.ORDERED)
        .where(Exhibitor.left_at.is_(None))
    )


def ordered_of(session: Session, item_ids: Iterable[int], besides: int | None = None) -> Mapping[int, int]:
    """How many of each service are ordered, ``besides`` by one exhibitor."""
    rows = session.execute(
        select(ServiceOrder.service_item_id, func.sum(ServiceOrder.quantity))
        .join(Exhibitor, Exhibitor.id == ServiceOrder.exhibitor_id)
        .where(
            ServiceOrder.service_item_id.in_(list(item_ids)),
            ServiceOrder.state == OrderState.ORDERED,
            ServiceOrder.exhibitor_id != (besides or 0),
            Exhibitor.left_at.is_(None),
        )
        .group_by(ServiceOrder.service_item_id)
    )
    return {item_id: int(many) for item_id, many in rows}


def order_for(session: Session, exhibitor_id: int, item_id: int) -> ServiceOrder | None:
    """What the exhibitor has ordered of a service."""
    return session.scalar(
        select(ServiceOrder).where(
            ServiceOrder.exhibitor_id == exhibitor_id, ServiceOrder.service_item_id == item_id
        )
    )


def orders_of(session: Session, exhibitor_id: int) -> Mapping[int, ServiceOrder]:
    """What the exhibitor has ordered, by service."""
    rows = session.scalars(
        select(ServiceOrder).where(
            ServiceOrder.exhibitor_id == exhibitor_id, ServiceOrder.state == OrderState.ORDERED
        )
    )
    return {row.service_item_id: row for row in rows}


def invoices_with(session: Session, fair_id: int, sources: Iterable[str]) -> Mapping[str, Invoice]:
    """The invoice (or its draft) on which each of these sources' live charges stands."""
    rows = session.execute(
        select(Charge.source, Invoice)
        .join(InvoiceLine, InvoiceLine.id == Charge.invoice_line_id)
        .join(Invoice, Invoice.id == InvoiceLine.invoice_id)
        .where(Charge.fair_id == fair_id, Charge.source.in_(list(sources)), Charge.cancelled_at.is_(None))
    )
    return dict(rows.all())


def orders_found(fair_id: int, item_id: int | None = None) -> Select[ServiceOrder]:
    """The fair's live orders by name of who ordered, of one service or of all."""
    wanted = (
        live_orders(fair_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .options(
            contains_eager(ServiceOrder.exhibitor).contains_eager(Exhibitor.organisation),
            contains_eager(ServiceOrder.item),
        )
        .order_by(Organisation.name_key, ServiceOrder.id)
    )
    return wanted if item_id is None else wanted.where(ServiceItem.id == item_id)


def how_many_orders(session: Session, fair_id: int, item_id: int | None = None) -> int:
    """How many live orders there are."""
    wanted = live_orders(fair_id).with_only_columns(ServiceOrder.id)
    if item_id is not None:
        wanted = wanted.where(ServiceItem.id == item_id)
    return session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
