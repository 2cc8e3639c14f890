"""The ledger of priority points: who has how many, one organisation's entries, and a new entry."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import func, select
from wtforms import HiddenField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.priority_points import LONGEST_CAUSE, PointKind
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.points import fairs_with_points, holding_points, ledger_of, points_of
from fairapp.usecases.draws_points import CarryPoints, GivePoints, carry_points, give_points
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.draws.bp import OFFICE, bp
from fairapp.web.fields import WholeField
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.wording import say_faults, sentences

PER_PAGE = 50
ONE = f"{OFFICE}/points/<int(max=2147483647):application_id>"


class PointsForm(FlaskForm):  # type: ignore[misc]
    """One entry of the ledger."""

    kind = SelectField(_l("Kind of entry"))
    amount = WholeField(_l("Priority points"), [InputRequired(_l("Write how many points, not zero."))])
    cause = StringField(
        _l("What for"), [Length(max=LONGEST_CAUSE, message=_l("This is too long. Shorten it."))]
    )
    entry_key = HiddenField(validators=[Length(min=8, max=60)])

    def offer(self) -> None:
        """Say the kinds, and make a key that tells a second press from a second entry."""
        self.kind.choices = [SelectChoice(kind.value, phrase(kind)) for kind in PointKind]
        self.entry_key.data = self.entry_key.data or secrets.token_urlsafe(12)


@bp.get(f"{OFFICE}/points")
@needs(Permission.BOOTH_ASSIGN)
def points(fair_code: str) -> str:
    """Who has how many points, the most first."""
    session, fair = reading(), current_fair()
    query = request.args.get("q", "")[:200]
    found = holding_points(fair.id, query)
    total = session.scalar(select(func.count()).select_from(found.order_by(None).subquery())) or 0
    page = page_asked(total, PER_PAGE)
    return render_template(
        "draws/points.html",
        rows=session.execute(found.offset(page.skipped).limit(page.size)).all(),
        page=page,
        q=query,
        earlier=fairs_with_points(session, fair.id, current_actor().fairs_with(Permission.BOOTH_ASSIGN)),
    )


@bp.post(f"{OFFICE}/points/carry")
@needs(Permission.BOOTH_ASSIGN)
def carry(fair_code: str) -> Any:
    """Start with the points of an earlier fair."""
    asked = request.form.get("from_fair", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Missing
    try:
        with transaction() as session:
            order = CarryPoints(current_fair().id, int(asked))
            many = carry_points(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        for said in sentences(refused):
            flash(said, "warn")
    else:
        flash(
            ngettext(
                "%(num)s exhibitor starts with its earlier points.",
                "%(num)s exhibitors start with their earlier points.",
                many,
            ),
            "ok",
        )
    return redirect(url_for("draws.points", fair_code=fair_code), 303)


@bp.route(ONE, methods=["GET", "POST"])
@needs(Permission.BOOTH_ASSIGN)
def points_of_one(fair_code: str, application_id: int) -> Any:
    """The ledger of one organisation, and a new entry."""
    application, form = of_this_fair(application_id), PointsForm()
    form.offer()
    if not form.is_submitted():
        return _page(application, form)
    if not form.validate():
        return _page(application, form), 422
    order = GivePoints(
        application_id,
        PointKind(form.kind.data),
        int(form.amount.data),
        form.cause.data or "",
        form.entry_key.data,
    )
    try:
        with transaction() as session:
            give_points(session, current_actor(), order, datetime.now(UTC))
    except (Invalid, Refused) as refusal:
        db.session.rollback()
        say_faults(form, refusal)
        return _page(of_this_fair(application_id), form), 422 if isinstance(refusal, Invalid) else 409
    flash(_("The entry stands in the ledger."), "ok")
    return redirect(url_for("draws.points_of_one", fair_code=fair_code, application_id=application_id), 303)


def _page(application: Application, form: PointsForm) -> str:
    session, of = reading(), application.organisation_id
    return render_template(
        "draws/points_of.html",
        application=application,
        form=form,
        entries=ledger_of(session, application.fair_id, of),
        total=points_of(session, application.fair_id, [of]).get(of, 0),
    )
