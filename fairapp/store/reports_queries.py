"""The exhibitors of a fair as reports count them, in six questions whatever its size."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.allocation import LIVE
from fairapp.rules.billing import InvoiceKind, InvoiceState
from fairapp.rules.reports import Subject, shares_of
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.billing import Invoice, InvoiceLine
from fairapp.store.fairs import Booth, Fair
from fairapp.store.producers import Organisation, Product


def subjects_of(session: Session, fair: Fair) -> list[Subject]:
    """Everybody who exhibits; only products of the fair's own scheme count."""
    held = _floor(session, fair)
    sharing = _sharing(session, fair)
    products = _products(session, fair)
    invoiced, paid = _money(session, fair)
    rows = session.execute(
        select(
            Exhibitor.id,
            Exhibitor.organisation_id,
            Organisation.country,
            Organisation.province_code,
            Organisation.kind,
        )
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
    )
    found = []
    for exhibitor_id, organisation_id, country, province, kind in rows:
        booths, area = held.get(exhibitor_id, (0, 0.0))
        shares = exhibitor_id in sharing
        shown = products.get(organisation_id, {})
        sums = invoiced.get(exhibitor_id, 0), paid.get(exhibitor_id, 0)
        found.append(Subject(country, province, kind.value, booths, area, shares, shown, *sums))
    return found


def _floor(session: Session, fair: Fair) -> dict[int, tuple[int, float]]:
    """By exhibitor the booths and their floor; one shared by days counts once, with who has most of them."""
    rows = session.execute(
        select(BoothClaim.exhibitor_id, Booth.id, Booth.area_m2)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .join(ClaimDay, ClaimDay.claim_id == BoothClaim.id, isouter=True)
        .where(Booth.fair_id == fair.id, BoothClaim.state.in_(LIVE))
        .group_by(BoothClaim.id, BoothClaim.exhibitor_id, Booth.id, Booth.area_m2)
        .order_by(func.count(ClaimDay.day).desc(), BoothClaim.id)
    )
    counted, found = set[int](), defaultdict[int, tuple[int, float]](lambda: (0, 0.0))
    for exhibitor_id, booth_id, area in rows:
        booths, floor = found[exhibitor_id]
        if booth_id not in counted:
            found[exhibitor_id] = booths + 1, floor + float(area)
        counted.add(booth_id)
    return found


def _sharing(session: Session, fair: Fair) -> set[int]:
    """Who stands in a booth that somebody else may hold: beside the holder, or on other days."""
    by_days = (
        select(BoothClaim.booth_id)
        .join(Booth, Booth.id == BoothClaim.booth_id)
        .where(Booth.fair_id == fair.id, BoothClaim.state.in_(LIVE))
        .group_by(BoothClaim.booth_id)
        .having(func.count() > 1)
    )
    turns = select(BoothClaim.exhibitor_id).where(
        BoothClaim.state.in_(LIVE), BoothClaim.booth_id.in_(by_days)
    )
    return set(session.scalars(turns)) | set(
        session.scalars(
            select(CoExhibitor.exhibitor_id)
            .join(BoothClaim, BoothClaim.id == CoExhibitor.claim_id)
            .join(Booth, Booth.id == BoothClaim.booth_id)
            .where(Booth.fair_id == fair.id, BoothClaim.state.in_(LIVE))
        )
    )


def _money(session: Session, fair: Fair) -> tuple[dict[int, int], dict[int, int]]:
    """What was invoiced for each exhibitor and what of it is paid, whoever pays; in the fair's currency."""
    rows = session.execute(
        select(
            Invoice.id,
            Invoice.kind,
            Invoice.paid_minor,
            InvoiceLine.exhibitor_id,
            func.sum(InvoiceLine.gross_minor),
        )
        .join(InvoiceLine, InvoiceLine.invoice_id == Invoice.id)
        .where(Invoice.fair_id == fair.id, Invoice.currency == fair.currency)
        .where(Invoice.state.not_in((InvoiceState.DRAFT, InvoiceState.VOIDED)))
        .group_by(Invoice.id, Invoice.kind, Invoice.paid_minor, InvoiceLine.exhibitor_id)
        .order_by(Invoice.id, InvoiceLine.exhibitor_id)
    )
    invoiced: dict[int, int] = defaultdict(int)
    parts: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for invoice_id, kind, paid, exhibitor_id, gross in rows:
        if exhibitor_id is not None:
            is_invoice = kind is InvoiceKind.INVOICE
            invoiced[exhibitor_id] += int(gross) if is_invoice else -int(gross)
            if is_invoice:
                parts[invoice_id, int(paid)][exhibitor_id] = int(gross)
    arrived: dict[int, int] = defaultdict(int)
    for (_invoice_id, paid), by_exhibitor in parts.items():
        for exhibitor_id, share in shares_of(paid, by_exhibitor).items():
            arrived[exhibitor_id] += share
    return invoiced, arrived


def _products(session: Session, fair: Fair) -> dict[int, dict[tuple[str, int], int]]:
    stars = func.coalesce(Product.stars, 0)
    rows = session.execute(
        select(Product.organisation_id, Product.group_code, stars, func.count())
        .join(Exhibitor, Exhibitor.organisation_id == Product.organisation_id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.left_at.is_(None))
        .where(Product.removed_at.is_(None), Product.scheme == fair.scheme)
        .group_by(Product.organisation_id, Product.group_code, stars)
    )
    found: dict[int, dict[tuple[str, int], int]] = defaultdict(dict)
    for organisation_id, group, best, many in rows:
        found[organisation_id][group, best] = many
    return found
