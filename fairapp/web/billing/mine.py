"""What an exhibitor owes: the quote before, then invoices with a code for each transfer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import g, render_template

from fairapp.rules.billing import DEAD, InvoiceKind, InvoiceState, Payer
from fairapp.rules.errors import Missing
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of, exhibitor_from
from fairapp.store.base import reading
from fairapp.store.billing_queries import instalments_of, invoices_of_exhibitor
from fairapp.usecases.billing_quotes import quote_for
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.billing.bp import MINE, bp
from fairapp.web.billing.showing import code_of, common, quoted, today_at, totals_of


def own(application_id: int) -> Application:
    """The application, for a member of its organisation only; its fair fills the page's frame."""
    actor = current_actor()
    application = application_of(reading(), actor, application_id)
    if application.organisation_id not in actor.organisation_ids:
        raise Missing
    g.fair = application.fair
    return application


@bp.get(MINE)
@signed_in
def mine(application_id: int) -> Any:
    """What is due first, then everything that was invoiced; the quote while nothing was."""
    session, application = reading(), own(application_id)
    stand = exhibitor_from(session, application.id)
    invoices = [] if stand is None else invoices_of_exhibitor(session, stand.id)
    shown = [
        each for each in invoices if each.state is not InvoiceState.DRAFT and each.payer is Payer.PRODUCER
    ]
    parts = instalments_of(session, [each.id for each in shown])
    by_id = {each.id: each for each in shown}
    found = quote_for(session, application, datetime.now(UTC))
    return render_template(
        "billing/mine.html",
        application=application,
        invoices=shown,
        parts=parts,
        open_parts=[
            each for each in parts if each.open_minor > 0 and by_id[each.invoice_id].state not in DEAD
        ],
        by_id=by_id,
        quote=found,
        lines=quoted(found.lines),
        total=totals_of(found.lines, found.prices_are),
        today=today_at(application.fair),
        code_of=code_of,
        InvoiceKind=InvoiceKind,
        **common(),
    )
