"""Wishes about the place: the applicant's page, and all of them for the office."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.text import LONGEST_NAME
from fairapp.rules.wishes import (
    LONGEST_WISH,
    MOST_APART,
    MOST_NEAR,
    MOST_WISHES,
    TAKEN_FROM,
    Beside,
    Wished,
    WishKind,
)
from fairapp.store.applications import Application
from fairapp.store.applications_review import halls_to_choose
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.wishes import BoothPreference, how_many_wish, neighbours_of, preferences_of, wishing
from fairapp.usecases.draws_wishes import KeepWishes, keep_wishes
from fairapp.web.access import current_fair, needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.draws.bp import MINE, OFFICE, bp
from fairapp.web.one_application import own
from fairapp.web.paging import page_asked
from fairapp.web.wording import say_faults
from fairapp.web.zones import zone_names

PER_PAGE = 50


class WishesForm(FlaskForm):  # type: ignore[misc]
    """Ranked wishes as a kind and a word each, and the names of neighbours."""

    def order(self, application_id: int) -> KeepWishes:
        """What the form asks for."""
        return KeepWishes(
            application_id,
            tuple(
                Wished(WishKind(self[f"kind_{n}"].data), self[f"what_{n}"].data or "")
                for n in range(1, MOST_WISHES + 1)
            ),
            tuple(self[f"near_{n}"].data or "" for n in range(1, MOST_NEAR + 1)),
            tuple(self[f"apart_{n}"].data or "" for n in range(1, MOST_APART + 1)),
        )

    def offer(self) -> None:
        """Say the kinds in the language of the moment."""
        for n in range(1, MOST_WISHES + 1):
            self[f"kind_{n}"].choices = [SelectChoice(kind.value, phrase(kind)) for kind in WishKind]


def _grow() -> None:
    """Give the form as many fields as there may be wishes."""
    word = [Length(max=LONGEST_WISH, message=_l("This is too long. Shorten it."))]
    name = [Length(max=LONGEST_NAME, message=_l("This is too long. Shorten it."))]
    for n in range(1, MOST_WISHES + 1):
        setattr(WishesForm, f"kind_{n}", SelectField(_l("What it is"), default=WishKind.BOOTH.value))
        setattr(WishesForm, f"what_{n}", StringField(_l("Code or name"), word))
    for n in range(1, MOST_NEAR + 1):
        setattr(WishesForm, f"near_{n}", StringField(_l("Near this exhibitor"), name))
    for n in range(1, MOST_APART + 1):
        setattr(WishesForm, f"apart_{n}", StringField(_l("Not beside this exhibitor"), name))


_grow()


@bp.route(f"{MINE}/wishes", methods=["GET", "POST"])
@signed_in
def my_wishes(application_id: int) -> Any:
    """What the applicant wishes of its place."""
    application, form = own(application_id), WishesForm()
    form.offer()
    if not form.is_submitted():
        _fill(reading(), form, application)
        return _page(application, form)
    if not form.validate():
        return _page(application, form), 422
    try:
        with transaction() as session:
            keep_wishes(session, current_actor(), form.order(application_id), datetime.now(UTC))
    except (Invalid, Refused) as refusal:
        db.session.rollback()
        say_faults(form, refusal)
        return _page(own(application_id), form), 422 if isinstance(refusal, Invalid) else 409
    flash(_("Your wishes are kept. The organiser reads them when booths are given."), "ok")
    return redirect(url_for("draws.my_wishes", application_id=application_id), 303)


@bp.get(f"{OFFICE}/wishes")
@needs(Permission.APPLICATION_SEE)
def wishes(fair_code: str) -> str:
    """Everybody's wishes, a page at a time."""
    session, fair = reading(), current_fair()
    page = page_asked(how_many_wish(session, fair.id), PER_PAGE)
    rows = session.scalars(wishing(fair.id).offset(page.skipped).limit(page.size)).all()
    ids = [row.id for row in rows]
    return render_template(
        "draws/wishes.html",
        rows=rows,
        page=page,
        ranked=preferences_of(session, ids),
        beside=neighbours_of(session, ids),
        said=_said_by(session, fair),
        Beside=Beside,
    )


def _page(application: Application, form: WishesForm) -> str:
    session, fair = reading(), application.fair
    return render_template(
        "draws/my_wishes.html",
        application=application,
        form=form,
        open=application.state in TAKEN_FROM,
        most={"wishes": MOST_WISHES, "near": MOST_NEAR, "apart": MOST_APART},
        halls=[pick(hall.names) or hall.code for hall in halls_to_choose(session, fair)],
        zones=list(zone_names(session, fair).values()),
    )


def _fill(session: Session, form: WishesForm, application: Application) -> None:
    """Show what is kept; before anything is, what the application's own form asked."""
    said, ranked = _said_by(session, application.fair), preferences_of(session, [application.id])
    beside = neighbours_of(session, [application.id]).get(application.id, [])
    for row in ranked.get(application.id, []):
        form[f"kind_{row.rank}"].data, form[f"what_{row.rank}"].data = row.kind.value, said(row)
    named = {kind: [row.name for row in beside if row.kind is kind] for kind in Beside}
    if not ranked and not beside:
        named = {
            Beside.NEAR: [str(application.wishes.get("near") or "")],
            Beside.APART: [str(application.wishes.get("not_near") or "")],
        }
    for kind, names in named.items():
        for n, name in enumerate(names, start=1):
            form[f"{kind.value}_{n}"].data = name


def _said_by(session: Session, fair: Fair) -> Any:
    """How a ranked wish is written: the booth's code, the hall's or the zone's name."""
    zones = zone_names(session, fair)

    def said(row: BoothPreference) -> str:
        if row.booth is not None:
            return row.booth.code
        if row.hall is not None:
            return pick(row.hall.names) or row.hall.code
        return zones.get(row.zone or "", row.zone or "")

    return said
