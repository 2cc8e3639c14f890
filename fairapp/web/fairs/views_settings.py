"""A fair's details, part by part."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from fairapp.i18n import LazyText, current_language
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Permission
from fairapp.rules.days import DaySettings
from fairapp.rules.errors import Refused
from fairapp.rules.fairs import FAIR_STEPS, FairState, FairStep
from fairapp.store import fairs_queries
from fairapp.store.base import reading, transaction
from fairapp.usecases.fairs import EditFair, details_of, edit_fair
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms_details import PARTS, offer_choices
from fairapp.web.places import place_name
from fairapp.web.wording import sentences

TITLES: dict[str, LazyText] = {
    "names": _l("Names and texts"),
    "days": _l("Days and hours"),
    "deadlines": _l("Deadlines"),
    "place": _l("Venue and contact"),
    "money": _l("Currency and groups"),
    "terms": _l("Terms"),
}


@bp.get("/o/<fair_code>/settings")
@needs(Permission.FAIR_EDIT)
def settings(fair_code: str) -> str:
    """Everything that is set for the fair, each part with its way to change it."""
    session, fair = reading(), current_fair()
    return render_template(
        "fairs/settings.html",
        titles=TITLES,
        by_days=DaySettings.read(fair.settings),
        kinds=fairs_queries.kinds_of(session, fair.id),
        halls=fairs_queries.halls_of(session, fair.id),
        gates=fairs_queries.gates_of(session, fair.id),
        steps=[step for step in FairStep if (fair.state, step) in FAIR_STEPS],
        FairState=FairState,
        FairStep=FairStep,
        place_name=place_name,
    )


@bp.route("/o/<fair_code>/settings/<part>", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def part(fair_code: str, part: str) -> str | Response | tuple[str, int]:
    """One part of the details."""
    fair = current_fair()
    reasons: tuple[str, ...] = ()
    if part not in PARTS:
        abort(404)
    form = PARTS[part]()
    offer_choices(form, _countries, list(fairs_queries.schemes(reading())))
    if form.validate_on_submit():
        try:
            with transaction() as session:
                order = EditFair(fair.id, form.changed(details_of(fair)))
                edit_fair(session, current_actor(), order, datetime.now(UTC))
            flash(_("Saved."), "ok")
            return redirect(url_for("fairs.settings", fair_code=fair.code), 303)
        except Refused as refused:
            reasons = sentences(refused)
    elif not form.is_submitted():
        form.fill(details_of(fair))
    page = render_template(f"fairs/part_{part}.html", form=form, reasons=reasons, title=TITLES[part])
    return (page, 422) if form.is_submitted() else page


def _countries() -> list[SelectChoice]:
    from fairapp.adapters import places  # read when first asked for

    return [SelectChoice(one.alpha2, one.name) for one in places.countries(current_language())]
