"""Who is late, which letters went out, and by which days reminding and cancelling go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.billing import number_text
from fairapp.rules.dunning import DunningSettings, Reminder, fee_steps
from fairapp.rules.errors import Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing_bank_queries import how_many
from fairapp.store.billing_dunning import open_instalments, reminders_sent
from fairapp.usecases.billing_dunning import remind_by_hand, set_days, today_in
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.bank.bp import MONEY, PER_PAGE, bp
from fairapp.web.bank.forms import DaysForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences


@bp.get(f"{MONEY}/reminders")
@needs(Permission.MONEY_SEE)
def reminders(fair_code: str) -> str:
    """Everything that is still to be paid, the longest due first, with the letters about it."""
    session, fair = reading(), current_fair()
    found = open_instalments(fair.id)
    page = page_asked(how_many(session, found), PER_PAGE)
    shown = session.scalars(found.offset(page.skipped).limit(page.size)).all()
    settings = DunningSettings.read(fair.settings)
    return render_template(
        "bank/reminders.html",
        instalments=shown,
        sent=reminders_sent(session, [each.id for each in shown]),
        page=page,
        today=today_in(fair, datetime.now(UTC)),
        settings=settings,
        days=dict(settings.days),
        fees=fee_steps(fair.settings),
        number_text=number_text,
        Reminder=Reminder,
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
    )


@bp.post(f"{MONEY}/reminders")
@needs(Permission.MONEY_EDIT)
def send_reminders(fair_code: str) -> Any:
    """Send the next letter to those who were ticked."""
    picked = [text for text in request.form.getlist("pick")[: PER_PAGE * 2] if len(text) < 10]
    numbers = [int(text) for text in picked if text.isascii() and text.isdigit()]
    with transaction() as session:
        done = remind_by_hand(session, current_actor(), numbers, current_fair().id, datetime.now(UTC))
    if done:
        flash(
            ngettext(
                "%(num)s reminder is on its way.",
                "%(num)s reminders are on their way.",
                done,
            ),
            "ok",
        )
    else:
        flash(_("Nobody was written to: tick what is late and has not had its last reminder."), "warn")
    return redirect(url_for("bank.reminders", fair_code=current_fair().code), 303)


@bp.get(f"{MONEY}/reminders/days")
@needs(Permission.MONEY_EDIT)
def days(fair_code: str) -> str:
    """The form for the days of reminding and the fees of cancelling."""
    fair = current_fair()
    form = DaysForm.filled(DunningSettings.read(fair.settings), fee_steps(fair.settings))
    return render_template("bank/days.html", form=form, reasons=())


@bp.post(f"{MONEY}/reminders/days")
@needs(Permission.MONEY_EDIT)
def keep_days(fair_code: str) -> Any:
    """Keep the days and the fees."""
    fair, form = current_fair(), DaysForm()
    if not form.validate_on_submit():
        return render_template("bank/days.html", form=form, reasons=()), 422
    try:
        with transaction() as session:
            set_days(session, current_actor(), form.order(fair.id), datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return render_template("bank/days.html", form=form, reasons=sentences(refused, fair.currency)), 409
    flash(_("Kept."), "ok")
    return redirect(url_for("bank.reminders", fair_code=fair_code), 303)
