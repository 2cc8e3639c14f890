"""Money: what is charged, invoiced, due and paid; all sums are integers of the smallest unit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.rules.amounts import PricesAre
from fairapp.rules.billing import InstalmentKind, InvoiceKind, InvoiceState, Payer, PriceKind
from fairapp.store.allocation import BoothClaim, Exhibitor
from fairapp.store.base import Base, Json, Texts, one_of
from fairapp.store.fairs import BoothKind, Fair


class PriceItem(Base):
    """A line of a fair's price list."""

    __tablename__ = "price_item"
    __table_args__ = (UniqueConstraint("fair_id", "code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    code: Mapped[str] = mapped_column(String(20))
    kind: Mapped[PriceKind] = mapped_column(one_of(PriceKind))
    booth_kind_id: Mapped[int | None] = mapped_column(ForeignKey("booth_kind.id"))
    """For one kind of booth only; None: for all."""
    names: Mapped[Texts]
    unit_price_minor: Mapped[int] = mapped_column(BigInteger)
    """In the fair's currency."""
    early_until: Mapped[date | None]
    """The last day of the early price, in the fair's time zone."""
    early_price_minor: Mapped[int | None] = mapped_column(BigInteger)
    other_prices: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Prices for exhibitors billed in another currency: {"USD": {"unit": 25000, "early": 22000}}."""
    vat_bp: Mapped[int] = mapped_column(default=0)
    """VAT in hundredths of a per cent."""
    position: Mapped[int] = mapped_column(default=0)
    is_on: Mapped[bool] = mapped_column(default=True)
    booth_kind: Mapped[BoothKind | None] = relationship()


class Subsidy(Base):
    """Somebody else pays a share of the floor of some exhibitors, up to its limits."""

    __tablename__ = "subsidy"
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    names: Mapped[Texts]
    payer: Mapped[Payer] = mapped_column(one_of(Payer), default=Payer.PROVINCE)
    payer_name: Mapped[str] = mapped_column(String(200))
    payer_tax_code: Mapped[str] = mapped_column(String(20), default="")
    payer_address: Mapped[str] = mapped_column(String(300), default="")
    payer_email: Mapped[str] = mapped_column(String(254), default="")
    share_bp: Mapped[int]
    most_booths: Mapped[int | None]
    """For so many booths of one exhibitor; the dearest count."""
    most_minor: Mapped[int | None] = mapped_column(BigInteger)
    """At most so much for one exhibitor, as prices are listed."""
    budget_minor: Mapped[int | None] = mapped_column(BigInteger)
    """At most so much for all."""
    countries: Mapped[list[Any]] = mapped_column(default=list)
    provinces: Mapped[list[Any]] = mapped_column(default=list)
    groups: Mapped[list[Any]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    is_on: Mapped[bool] = mapped_column(default=True)


class BillingDetails(Base):
    """How one exhibitor is billed; nothing said: as its organisation and the fair say."""

    __tablename__ = "billing_details"
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), primary_key=True)
    currency: Mapped[str] = mapped_column(String(3))
    """One for everything, from the first charge on."""
    payer_name: Mapped[str] = mapped_column(String(200), default="")
    payer_tax_code: Mapped[str] = mapped_column(String(20), default="")
    payer_address: Mapped[str] = mapped_column(String(300), default="")
    payer_email: Mapped[str] = mapped_column(String(254), default="")
    exhibitor: Mapped[Exhibitor] = relationship()


class Invoice(Base):
    """An invoice or a credit note for one payer; from its issue on nothing in it changes but its state."""

    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("fair_id", "series", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"), index=True)
    kind: Mapped[InvoiceKind] = mapped_column(one_of(InvoiceKind), default=InvoiceKind.INVOICE)
    series: Mapped[str] = mapped_column(String(20))
    number: Mapped[int | None]
    """Without gaps in its series, from the moment of issue."""
    credits_id: Mapped[int | None] = mapped_column(ForeignKey("invoice.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    """None: for several exhibitors, as a subsidy's payer gets it."""
    delegation_id: Mapped[int | None] = mapped_column(index=True)
    payer: Mapped[Payer] = mapped_column(one_of(Payer), default=Payer.PRODUCER)
    payer_name: Mapped[str] = mapped_column(String(200))
    payer_tax_code: Mapped[str] = mapped_column(String(20), default="")
    payer_address: Mapped[str] = mapped_column(String(300), default="")
    payer_email: Mapped[str] = mapped_column(String(254), default="")
    seller: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Who asks for the money and where it goes, as it was at the issue."""
    currency: Mapped[str] = mapped_column(String(3))
    prices_are: Mapped[PricesAre] = mapped_column(one_of(PricesAre), default=PricesAre.NET)
    net_minor: Mapped[int] = mapped_column(BigInteger)
    vat_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    paid_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    credited_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    written_off_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[InvoiceState] = mapped_column(one_of(InvoiceState), default=InvoiceState.DRAFT, index=True)
    reason: Mapped[str] = mapped_column(String(300), default="")
    """Why it was credited, voided or written off."""
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    issued_on: Mapped[date | None]
    e_invoice_number: Mapped[str] = mapped_column(String(40), default="")
    """The legal e-invoice's number; until it is there, the paper calls itself a payment request."""
    version: Mapped[int] = mapped_column(default=1)
    fair: Mapped[Fair] = relationship()
    exhibitor: Mapped[Exhibitor | None] = relationship()
    credits: Mapped[Invoice | None] = relationship(remote_side=[id])


class InvoiceLine(Base):
    """A line of an invoice, in sums that add up."""

    __tablename__ = "invoice_line"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    position: Mapped[int]
    exhibitor_id: Mapped[int | None] = mapped_column(ForeignKey("exhibitor.id"))
    kind: Mapped[PriceKind] = mapped_column(one_of(PriceKind))
    names: Mapped[Texts]
    quantity_milli: Mapped[int] = mapped_column(BigInteger)
    unit_price_minor: Mapped[int] = mapped_column(BigInteger)
    vat_bp: Mapped[int]
    net_minor: Mapped[int] = mapped_column(BigInteger)
    vat_minor: Mapped[int] = mapped_column(BigInteger)
    gross_minor: Mapped[int] = mapped_column(BigInteger)
    credits_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"), index=True)
    """The line that a credit note takes back."""
    invoice: Mapped[Invoice] = relationship()
    exhibitor: Mapped[Exhibitor | None] = relationship()


class Charge(Base):
    """Something an exhibitor owes, or somebody owes for it, before and after it is invoiced."""

    __tablename__ = "charge"
    __table_args__ = (
        Index(
            "uq_charge_live_source",
            "fair_id",
            "source",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    exhibitor_id: Mapped[int] = mapped_column(ForeignKey("exhibitor.id"), index=True)
    price_item_id: Mapped[int | None] = mapped_column(ForeignKey("price_item.id"))
    kind: Mapped[PriceKind] = mapped_column(one_of(PriceKind))
    names: Mapped[Texts]
    quantity_milli: Mapped[int] = mapped_column(BigInteger)
    unit_price_minor: Mapped[int] = mapped_column(BigInteger)
    vat_bp: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    payer: Mapped[Payer] = mapped_column(one_of(Payer), default=Payer.PRODUCER)
    payer_name: Mapped[str] = mapped_column(String(200), default="")
    """Empty: the exhibitor itself."""
    subsidy_id: Mapped[int | None] = mapped_column(ForeignKey("subsidy.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("booth_claim.id"), index=True)
    """The claim on a booth that it was made for."""
    source: Mapped[str] = mapped_column(String(60))
    """What it comes from, such as ``service_order:12``: one live charge of a fair for each."""
    made_at: Mapped[datetime]
    invoice_line_id: Mapped[int | None] = mapped_column(ForeignKey("invoice_line.id"), index=True)
    cancelled_at: Mapped[datetime | None]
    """Not owed any more; what was invoiced needs a credit note."""
    exhibitor: Mapped[Exhibitor] = relationship()
    claim: Mapped[BoothClaim | None] = relationship()
    invoice_line: Mapped[InvoiceLine | None] = relationship()


class Instalment(Base):
    """A part of an invoice that falls due on a day."""

    __tablename__ = "instalment"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"))
    position: Mapped[int]
    kind: Mapped[InstalmentKind] = mapped_column(one_of(InstalmentKind))
    due_on: Mapped[date] = mapped_column(index=True)
    amount_minor: Mapped[int] = mapped_column(BigInteger)
    paid_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    waived_minor: Mapped[int] = mapped_column(BigInteger, default=0)
    """Credited, voided or written off: not due any more."""
    reference: Mapped[str] = mapped_column(String(30), unique=True)
    """What the transfer has to say."""
    invoice: Mapped[Invoice] = relationship()

    @property
    def open_minor(self) -> int:
        """What is still to be paid of it."""
        return self.amount_minor - self.paid_minor - self.waived_minor


class NumberSeries(Base):
    """The next number of a series; the row is locked while one is taken, so none is lost."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(ForeignKey("fair.id"))
    name: Mapped[str] = mapped_column(String(20))
    next: Mapped[int] = mapped_column(default=1)


class Dunning(Base):
    """A letter about an open instalment went out: each kind of it once."""

    __tablename__ = "dunning"
    __table_args__ = (UniqueConstraint("instalment_id", "reminder"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    instalment_id: Mapped[int] = mapped_column(ForeignKey("instalment.id"))
    reminder: Mapped[str] = mapped_column(String(24))
    note: Mapped[str] = mapped_column(Text, default="")
    sent_at: Mapped[datetime]
    instalment: Mapped[Instalment] = relationship()
