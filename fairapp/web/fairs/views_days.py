"""What a fair lets be done by days: the days that applications ask for, and the price of a few days."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Permission
from fairapp.rules.days import DaySettings
from fairapp.store.base import transaction
from fairapp.usecases.fairs_days import SetDays, set_days
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp


class BoothDaysForm(FlaskForm):  # type: ignore[misc]
    """The two switches."""

    asked = BooleanField(_l("Applications may ask for some of the fair's days"))
    priced_by_day = BooleanField(_l("Floor for some days costs the share of those days"))


@bp.route("/o/<fair_code>/settings/booths-by-days", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def booth_days(fair_code: str) -> str | Response:
    """See and set the switches."""
    fair = current_fair()
    form = BoothDaysForm(data=DaySettings.read(fair.settings).kept())
    if form.validate_on_submit():
        settings = DaySettings(bool(form.asked.data), bool(form.priced_by_day.data))
        with transaction() as session:
            set_days(session, current_actor(), SetDays(fair.id, settings), datetime.now(UTC))
        flash(_("Saved."), "ok")
        return redirect(url_for("fairs.settings", fair_code=fair.code), 303)
    return render_template("fairs/booth_days.html", form=form, reasons=(), title=_("Booths by days"))
