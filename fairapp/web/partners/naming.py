"""Naming partners: the exhibitor's own pages, and the same for the office in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.partners import STEPS, PartnerStep
from fairapp.store.applications import Application
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of
from fairapp.store.partners import Partner
from fairapp.usecases.impact import about_application, do_as_shown
from fairapp.usecases.partners import take_partner_back, tell_partner
from fairapp.web.access import needs, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.one_application import of_this_fair, own
from fairapp.web.partners.bp import MINE, ONE, PARTNER, bp, fresh_secrets, stand_page
from fairapp.web.partners.forms import PartnerForm, RefuseForm
from fairapp.web.wording import sentences


@bp.get(MINE)
@signed_in
def mine(application_id: int) -> str:
    """Whom the exhibitor names, and how many more fit its stand."""
    return render_template("partners/mine.html", page=stand_page(reading(), own(application_id)))


@bp.route(f"{MINE}/new", methods=["GET", "POST"])
@bp.route(f"{MINE}/{PARTNER}", methods=["GET", "POST"])
@signed_in
def tell(application_id: int, partner_id: int | None = None) -> Any:
    """Name a company, or tell it anew."""
    return _tell(own(application_id), partner_id, url_for("partners.mine", application_id=application_id))


@bp.post(f"{MINE}/{PARTNER}/take-back")
@signed_in
def take_back(application_id: int, partner_id: int) -> Any:
    """Name a company no more."""
    back = url_for("partners.mine", application_id=application_id)
    return _take_back(own(application_id), partner_id, back, to_exhibitor=True)


@bp.get(ONE)
@needs(Permission.APPLICATION_SEE)
def theirs(fair_code: str, application_id: int) -> str:
    """Whom an exhibitor names, for the office."""
    return their_page(of_this_fair(application_id), RefuseForm())


@bp.route(f"{ONE}/new", methods=["GET", "POST"])
@bp.route(f"{ONE}/{PARTNER}", methods=["GET", "POST"])
@needs(Permission.APPLICATION_DECIDE)
def tell_for(fair_code: str, application_id: int, partner_id: int | None = None) -> Any:
    """Name a company in an exhibitor's place, after the deadline too."""
    back = url_for("partners.theirs", fair_code=fair_code, application_id=application_id)
    return _tell(of_this_fair(application_id), partner_id, back)


@bp.post(f"{ONE}/{PARTNER}/take-back")
@needs(Permission.APPLICATION_DECIDE)
def take_back_for(fair_code: str, application_id: int, partner_id: int) -> Any:
    """Name a company no more, in its main exhibitor's place."""
    back = url_for("partners.theirs", fair_code=fair_code, application_id=application_id)
    return _take_back(of_this_fair(application_id), partner_id, back, to_exhibitor=False)


def their_page(application: Application, form: RefuseForm, reasons: tuple[str, ...] = ()) -> str:
    """The office's page of an exhibitor's partners."""
    return render_template(
        "partners/theirs.html", page=stand_page(reading(), application), form=form, reasons=reasons
    )


def _tell(application: Application, partner_id: int | None, back: str) -> Any:
    session, form, page = reading(), PartnerForm(), stand_page(reading(), application)
    form.offer(groups_of(session, application.fair))
    there = next((each for each in page.partners if each.id == partner_id), None)
    if partner_id is not None and (there is None or (there.state, PartnerStep.CHANGE) not in STEPS):
        raise Missing
    if not form.is_submitted():
        form.fill(there, request.args.get("kind", ""), application.organisation.country)
        return _form_page(application, form, there, back)
    if not form.validate():
        return _form_page(application, form, there, back), 422
    try:
        with transaction() as writing:
            order = form.order(application.id, partner_id)
            told = tell_partner(writing, current_actor(), order, fresh_secrets(), datetime.now(UTC))
            state, name = told.state, told.name
    except Invalid as invalid:
        db.session.rollback()
        for field, reason in invalid.fields.items():
            form[field].errors = [*form[field].errors, phrase(reason)]
        return _form_page(application, form, there, back), 422
    except Refused as refused:
        db.session.rollback()
        form.form_errors.extend(sentences(refused))
        return _form_page(application, form, there, back), 409
    flash(_("%(name)s is named: %(state)s.", name=name, state=phrase(state)), "ok")
    return redirect(back, 303)


def _form_page(application: Application, form: PartnerForm, there: Partner | None, back: str) -> str:
    return render_template(
        "partners/tell.html",
        application=application,
        page=stand_page(reading(), application),
        form=form,
        there=there,
        back=back,
    )


def _take_back(application: Application, partner_id: int, back: str, to_exhibitor: bool) -> Any:
    """Take it back as what follows was shown; of one that was never approved nothing does."""
    try:
        with transaction() as session:
            now, actor = datetime.now(UTC), current_actor()
            about = about_application(session, application, to_exhibitor)
            act = partial(take_partner_back, session, actor, application.id, partner_id, now)
            name = do_as_shown(session, about, act, digest_sent(), now).name
    except Refused as refused:
        db.session.rollback()
        impact = impact_of(refused)
        if impact is None:
            raise
        layout = "paper" if to_exhibitor else "tool"
        return confirmation(impact, _("Name it no more?"), _("Name it no more"), back, layout)
    flash(_("%(name)s is not named any more.", name=name), "ok")
    return redirect(back, 303)
