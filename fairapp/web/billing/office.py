"""The money of a fair at a glance: its sums, its invoices, and what waits to be invoiced."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy import func, select

from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.billing import InvoiceState, Payer
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import reading, transaction
from fairapp.store.billing import Invoice
from fairapp.store.billing_lists import (
    OVERDUE,
    exhibitors_to_invoice,
    invoices_by_state,
    invoices_found,
    next_due,
    open_for_payers,
    page_of_invoices,
    sums_of_fair,
)
from fairapp.store.billing_queries import charges_to_credit
from fairapp.usecases.billing_invoices import InvoicePayer, draft_for_payer, issue_all
from fairapp.usecases.billing_lines import draft_for_many
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import MONEY, bp
from fairapp.web.billing.showing import common, today_at
from fairapp.web.paging import page_asked

SIZE = 50
AT_ONCE = 100
"""Exhibitors that are drafted, or drafts that are issued, by one press."""


@bp.get(MONEY)
@needs(Permission.MONEY_SEE)
def money(fair_code: str) -> str:
    """Sums and invoices, fifty to a page."""
    session, fair = reading(), current_fair()
    today = today_at(fair)
    asked = request.args.get("state", "")
    state = asked if asked in (OVERDUE, *InvoiceState) else ""
    query = request.args.get("q", "")[:200]
    found = invoices_found(fair.id, state, query, today)
    page = page_asked(session.scalar(select(func.count()).select_from(found.subquery())) or 0, SIZE)
    rows = page_of_invoices(session, found, page.skipped, page.size)
    late = invoices_found(fair.id, OVERDUE, "", today)
    return render_template(
        "billing/money.html",
        sums=sums_of_fair(session, fair.id, today),
        rows=rows,
        page=page,
        due=next_due(session, [row.id for row in rows]),
        counts=invoices_by_state(session, fair.id),
        overdue=session.scalar(select(func.count()).select_from(late.subquery())) or 0,
        state=state,
        query=query,
        today=today,
        OVERDUE=OVERDUE,
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        **common(),
    )


@bp.get(f"{MONEY}/open")
@needs(Permission.MONEY_SEE)
def to_invoice(fair_code: str) -> str:
    """What waits to be invoiced, issued or credited."""
    session, fair = reading(), current_fair()
    waiting = exhibitors_to_invoice(fair.id)
    page = page_asked(session.scalar(select(func.count()).select_from(waiting.subquery())) or 0, SIZE)
    drafts = select(Invoice).where(Invoice.fair_id == fair.id, Invoice.state == InvoiceState.DRAFT)
    return render_template(
        "billing/open.html",
        exhibitors=session.scalars(waiting.offset(page.skipped).limit(page.size)).all(),
        page=page,
        payers=open_for_payers(session, fair.id),
        drafts=session.scalar(select(func.count()).select_from(drafts.subquery())) or 0,
        to_credit=session.scalars(charges_to_credit(fair.id).limit(SIZE)).all(),
        at_once=AT_ONCE,
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        **common(),
    )


@bp.post(f"{MONEY}/open/exhibitors")
@needs(Permission.MONEY_EDIT)
def draft_exhibitors(fair_code: str) -> Any:
    """A draft for everybody who waits, a hundred at once."""
    fair = current_fair()
    with transaction() as session:
        ids = session.scalars(
            exhibitors_to_invoice(fair.id).with_only_columns(Exhibitor.id).limit(AT_ONCE)
        ).all()
        drafts, refused = draft_for_many(session, current_actor(), ids, datetime.now(UTC))
    if drafts:
        flash(
            ngettext(
                "%(num)s draft is ready. Look at it, then issue it.",
                "%(num)s drafts are ready. Look at them, then issue them.",
                len(drafts),
            ),
            "ok",
        )
    if refused:
        flash(
            ngettext(
                "%(num)s exhibitor has nothing that can be invoiced: open it to see why.",
                "%(num)s exhibitors have nothing that can be invoiced: open them to see why.",
                refused,
            ),
            "warn",
        )
    return redirect(url_for("billing.to_invoice", fair_code=fair.code), 303)


@bp.post(f"{MONEY}/open/payer")
@needs(Permission.MONEY_EDIT)
def draft_payer(fair_code: str) -> Any:
    """One draft for everything that another payer owes."""
    fair, said = current_fair(), request.form
    if said.get("payer") not in (Payer.PROVINCE, Payer.ORGANISER):
        abort(404)
    order = InvoicePayer(
        fair.id, Payer(said["payer"]), said.get("payer_name", "")[:200], said.get("currency", "")[:3]
    )
    with transaction() as session:
        invoice = draft_for_payer(session, current_actor(), order, datetime.now(UTC))
    return redirect(url_for("billing.invoice", fair_code=fair.code, invoice_id=invoice.id), 303)


@bp.post(f"{MONEY}/open/issue")
@needs(Permission.MONEY_EDIT)
def issue_drafts(fair_code: str) -> Any:
    """Issue the drafts in their order, a hundred at once; a second press finds none left."""
    fair = current_fair()
    with transaction() as session:
        ids = session.scalars(
            select(Invoice.id)
            .where(Invoice.fair_id == fair.id, Invoice.state == InvoiceState.DRAFT)
            .order_by(Invoice.id)
            .limit(AT_ONCE)
        ).all()
        issued = issue_all(session, current_actor(), fair.id, ids, datetime.now(UTC))
    flash(
        ngettext(
            "%(num)s invoice is issued and on its way.",
            "%(num)s invoices are issued and on their way.",
            len(issued),
        ),
        "ok",
    )
    return redirect(url_for("billing.money", fair_code=fair.code), 303)
