"""The office's partners: those that wait, the answer to each, and the fair's rules for them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.partners import STEPS, PartnerSettings, PartnerState, PartnerStep
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.base import db, reading, transaction
from fairapp.store.partners_queries import how_many, page_of_partners, partners_in, partners_of
from fairapp.usecases.impact import about_application, do_as_shown
from fairapp.usecases.partners_deciding import DecidePartner, decide_partner, keep_partner_settings
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.impact import confirmation, digest_sent, impact_of
from fairapp.web.one_application import of_this_fair
from fairapp.web.paging import page_asked
from fairapp.web.partners.bp import OFFICE, ONE, PARTNER, TAGS, bp, fresh_secrets
from fairapp.web.partners.forms import RefuseForm, SettingsForm
from fairapp.web.partners.naming import their_page
from fairapp.web.wording import sentences

PER_PAGE = 50
SHOWN = {
    "waiting": PartnerState.PROPOSED,
    "approved": PartnerState.APPROVED,
    "refused": PartnerState.REFUSED,
}
DECISIONS = "<any(approve,refuse):step>"


@bp.get(OFFICE)
@needs(Permission.APPLICATION_SEE)
def queue(fair_code: str) -> str:
    """Every partner named at the fair in a state, a page at a time; those that wait come first."""
    session, fair = reading(), current_fair()
    show, query = request.args.get("show", "waiting"), request.args.get("q", "")[:200]
    show = show if show in SHOWN else "waiting"
    found = partners_in(fair.id, SHOWN[show], query)
    page = page_asked(how_many(session, found), PER_PAGE)
    return render_template(
        "partners/queue.html",
        rows=page_of_partners(session, found, page.skipped, page.size),
        page=page,
        show=show,
        q=query,
        states=SHOWN,
        tags=TAGS,
        settings=PartnerSettings.read(fair.settings),
    )


@bp.post(f"{ONE}/{PARTNER}/{DECISIONS}")
@needs(Permission.APPLICATION_DECIDE)
def decide(fair_code: str, application_id: int, partner_id: int, step: str) -> Any:
    """Approve or refuse a partner; a second press does no harm."""
    application, form, asked = of_this_fair(application_id), RefuseForm(), PartnerStep(step)
    session = reading()
    main = exhibitor_from(session, application.id)
    there = [each for each in partners_of(session, main.id) if each.id == partner_id] if main else []
    if main is None or not there:
        raise Missing
    here = url_for("partners.theirs", fair_code=fair_code, application_id=application_id)
    if not form.validate_on_submit():
        return their_page(application, form), 422
    outcome = {after for (_before, taken), after in STEPS.items() if taken is asked}
    if (there[0].state, asked) not in STEPS and there[0].state in outcome:
        return redirect(here, 303)
    try:
        with transaction() as writing:
            now, actor = datetime.now(UTC), current_actor()
            order = DecidePartner(main.id, partner_id, asked, (form.reason.data or "").strip())
            act = partial(decide_partner, writing, actor, order, fresh_secrets(), now)
            if asked is PartnerStep.REFUSE:
                about = about_application(writing, application, to_exhibitor=False)
                partner = do_as_shown(writing, about, act, digest_sent(), now)
            else:
                partner = act()
            name, state = partner.name, partner.state
    except Refused as refused:
        db.session.rollback()
        if (impact := impact_of(refused)) is not None:
            return confirmation(impact, _("Refuse this partner?"), _("Refuse"), here)
        reasons = sentences(refused)
        return their_page(of_this_fair(application_id), form, reasons), 409
    flash(_("%(name)s: %(state)s. Its main exhibitor gets a letter.", name=name, state=phrase(state)), "ok")
    return redirect(here, 303)


@bp.route(f"{OFFICE}/settings", methods=["GET", "POST"])
@needs(Permission.FAIR_EDIT)
def settings(fair_code: str) -> Any:
    """Until when partners are named, who decides, and how much floor each company needs."""
    fair, form = current_fair(), SettingsForm()
    form.offer()
    if not form.is_submitted():
        form.fill(PartnerSettings.read(fair.settings), fair)
        return render_template("partners/settings.html", form=form)
    if not form.validate():
        return render_template("partners/settings.html", form=form), 422
    with transaction() as session:
        keep_partner_settings(session, current_actor(), fair.id, form.settings(fair), datetime.now(UTC))
    flash(_("Saved."), "ok")
    return redirect(url_for("partners.queue", fair_code=fair_code), 303)
