"""The figures by which a fair's plans are checked."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.plan_figures import figures_of
from fairapp.store.base import transaction
from fairapp.usecases.fairs_figures import SetFigures, set_figures
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms_studio import FiguresForm


@bp.route("/o/<fair_code>/plan/figures", methods=["GET", "POST"])
@needs(Permission.PLAN_EDIT)
def plan_figures(fair_code: str) -> str | Response | tuple[str, int]:
    """See and set the figures."""
    fair = current_fair()
    form = FiguresForm.of(figures_of(fair.settings.get("plan", {})))
    if form.validate_on_submit():
        with transaction() as session:
            set_figures(session, current_actor(), SetFigures(fair.id, form.figures()), datetime.now(UTC))
        flash(_("The figures are saved. Every check measures by them from now on."), "ok")
        return redirect(url_for("fairs.plan_figures", fair_code=fair.code), 303)
    page = render_template("fairs/plan_figures.html", form=form)
    return (page, 422) if form.is_submitted() else page
