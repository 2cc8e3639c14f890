"""How money is shown: sums in words, looks of states, and the code that a bank's app reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.rules.amounts import PricesAre
from fairapp.rules.billing import InvoiceState, number_text
from fairapp.rules.quotes import QuoteLine, Totals, totals
from fairapp.rules.vietqr import is_account, payload
from fairapp.store.billing import Charge, Instalment, Invoice
from fairapp.store.fairs import Fair

TAGS = {
    InvoiceState.DRAFT: ("", "edit"),
    InvoiceState.ISSUED: ("info", "clock"),
    InvoiceState.PART_PAID: ("warn", "clock"),
    InvoiceState.PAID: ("ok", "check"),
    InvoiceState.CREDITED: ("", "undo"),
    InvoiceState.VOIDED: ("", "ban"),
    InvoiceState.WRITTEN_OFF: ("", "x"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with its sum, as it stands in a table."""

    id: int
    names: dict[str, str]
    quantity: float
    unit_minor: int
    vat_bp: int
    listed_minor: int
    payer_name: str = ""
    by_hand: bool = False


def number_of(invoice: Invoice) -> str:
    """An invoice's number; a draft says that it is one."""
    return number_text(invoice.fair.code, invoice.kind, invoice.number) or _(
        "Draft %(number)s", number=invoice.id
    )


def today_at(fair: Fair) -> date:
    """The day in the fair's time zone."""
    return datetime.now(UTC).astimezone(ZoneInfo(fair.timezone)).date()


def per_cent(basis_points: int) -> str:
    """A share: ``8 %``."""
    return f"{formats.number(basis_points / 100)} %"


def transfer_text(invoice: Invoice, instalment: Instalment) -> str:
    """What a bank's app reads for an instalment: nothing where no such transfer can be made."""
    seller: dict[str, str] = invoice.seller
    bank, account = seller.get("bank_bin", ""), seller.get("account_number", "")
    if invoice.currency != "VND" or instalment.open_minor <= 0 or not is_account(bank, account):
        return ""
    return payload(bank, account, instalment.open_minor, instalment.reference)


def code_of(invoice: Invoice, instalment: Instalment) -> Markup:
    """The QR code of an instalment as a drawing."""
    from fairapp.adapters.qr import svg, symbol  # drawn only where something is due

    text = transfer_text(invoice, instalment)
    if not text:
        return Markup()
    title = _("QR code for a transfer of %(sum)s", sum=formats.money(instalment.open_minor, invoice.currency))
    return Markup(svg(symbol(text), title))  # noqa: S704 - our own drawing, its title escaped


def quoted(lines: Iterable[QuoteLine]) -> list[Shown]:
    """The lines of a quote."""
    return [
        Shown(
            0,
            dict(line.names),
            line.quantity_milli / 1_000,
            line.unit_minor,
            line.vat_bp,
            line.quantity_milli * line.unit_minor // 1_000,
            line.payer_name,
        )
        for line in lines
    ]


def charged(charges: Iterable[Charge]) -> list[Shown]:
    """Charges as lines."""
    return [
        Shown(
            each.id,
            each.names,
            each.quantity_milli / 1_000,
            each.unit_price_minor,
            each.vat_bp,
            each.quantity_milli * each.unit_price_minor // 1_000,
            each.payer_name,
            each.source.startswith("hand:"),
        )
        for each in charges
    ]


def totals_of(lines: Iterable[QuoteLine | Charge], prices: PricesAre) -> Totals:
    """What lines come to."""
    return totals(
        (
            (
                each.quantity_milli,
                each.unit_price_minor if isinstance(each, Charge) else each.unit_minor,
                each.vat_bp,
            )
            for each in lines
        ),
        prices,
    )


def common() -> dict[str, Any]:
    """What every page of the room uses."""
    return {"tags": TAGS, "number_of": number_of, "per_cent": per_cent, "InvoiceState": InvoiceState}
