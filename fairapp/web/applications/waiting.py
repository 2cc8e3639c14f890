"""The waiting list as its organisers keep it: the line, the offers, and how places are filled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.waiting_list import MOST_DAYS, MOST_HOURS, OfferState, WaitingSettings
from fairapp.store.applications import Application
from fairapp.store.applications_reviewing import means_in
from fairapp.store.applications_waiting import (
    line_length,
    line_of,
    offers_made,
    open_offer_to,
    open_offers,
    place_in_line,
)
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_waiting import (
    KeepWaitingSettings,
    MoveInLine,
    OfferPlace,
    booths_that_suit,
    keep_waiting_settings,
    move_in_line,
    offer,
    rank_by_score,
    recall_offer,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import WAITING, bp
from fairapp.web.applications.reading import points
from fairapp.web.applications.review import of_this_fair
from fairapp.web.applications.showing import size_of
from fairapp.web.fields import WholeField
from fairapp.web.paging import page_asked
from fairapp.web.places import place_of

PER_PAGE, PER_HISTORY = 60, 30
OFFER_TAGS = {
    OfferState.OPEN: ("info", "clock"),
    OfferState.ACCEPTED: ("ok", "check"),
    OfferState.DECLINED: ("", "x"),
    OfferState.EXPIRED: ("warn", "clock"),
    OfferState.RECALLED: ("", "undo"),
}


class WaitingForm(FlaskForm):  # type: ignore[misc]
    """How the fair fills places that fall free."""

    by_itself = BooleanField(_l("Offer a booth that falls free to the next at once"))
    answer_hours = WholeField(
        _l("Hours to answer an offer"),
        [
            InputRequired(_l("Write how many hours an offer stands.")),
            NumberRange(1, MOST_HOURS, message=_l("Write a number from 1 to 1,440.")),
        ],
    )
    confirm_days = WholeField(
        _l("Days to confirm, once a booth is assigned"),
        [
            InputRequired(_l("Write a number of days; 0 means no limit.")),
            NumberRange(0, MOST_DAYS, message=_l("Write a number from 0 to 180.")),
        ],
    )


@bp.get(WAITING)
@needs(Permission.APPLICATION_SEE)
def waiting_list(fair_code: str) -> Any:
    """Who waits, in which order, and what was offered to whom."""
    kept = WaitingSettings.of(current_fair().settings)
    return _list_page(WaitingForm(formdata=None, obj=kept))


@bp.post(f"{WAITING}/settings")
@needs(Permission.APPLICATION_DECIDE)
def keep_waiting(fair_code: str) -> Any:
    """Keep how places are filled."""
    form, fair = WaitingForm(), current_fair()
    if not form.validate_on_submit():
        return _list_page(form), 422
    settings = WaitingSettings(
        bool(form.by_itself.data), int(form.answer_hours.data or 1), int(form.confirm_days.data or 0)
    )
    with transaction() as session:
        order = KeepWaitingSettings(fair.id, settings)
        keep_waiting_settings(session, current_actor(), order, datetime.now(UTC))
    flash(_("Saved. It holds for offers from now on."), "ok")
    return _back()


@bp.post(f"{WAITING}/<int(max=2147483647):application_id>/place")
@needs(Permission.APPLICATION_DECIDE)
def move_waiting(fair_code: str, application_id: int) -> Any:
    """Move an applicant to another place of the line."""
    of_this_fair(application_id)
    asked = request.form.get("to") or request.form.get("place", "")
    if not (asked.isascii() and asked.isdigit() and 0 < len(asked) < 6 and int(asked)):
        flash(_("Write the place as a whole number, from 1."), "err")
        return _back()
    return _tried(
        lambda session: move_in_line(
            session, current_actor(), MoveInLine(application_id, int(asked)), datetime.now(UTC)
        )
    )


@bp.post(f"{WAITING}/by-score")
@needs(Permission.APPLICATION_DECIDE)
def rank_waiting(fair_code: str) -> Any:
    """Bring the line into the order of its reviews."""
    with transaction() as session:
        many = rank_by_score(session, current_actor(), current_fair().id, datetime.now(UTC))
    flash(
        _("The list stands in the order of its reviews; who has none stands behind them.")
        if many
        else _("Nobody on the list is reviewed yet, so the order stays as it is."),
        "ok" if many else "warn",
    )
    return _back()


@bp.get(f"{WAITING}/<int(max=2147483647):application_id>/offer")
@needs(Permission.APPLICATION_DECIDE)
def offer_to(fair_code: str, application_id: int) -> Any:
    """Choose what to offer."""
    return _offer_page(of_this_fair(application_id))


@bp.post(f"{WAITING}/<int(max=2147483647):application_id>/offer")
@needs(Permission.APPLICATION_DECIDE)
def make_offer(fair_code: str, application_id: int) -> Any:
    """Offer it; a second press finds the offer made."""
    application, asked = of_this_fair(application_id), request.form.get("booth", "")
    booth_id = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    try:
        with transaction() as session:
            offer(session, current_actor(), OfferPlace(application_id, booth_id), datetime.now(UTC))
    except (Refused, Clash) as refusal:
        db.session.rollback()
        application, made = of_this_fair(application_id), open_offer_to(reading(), application_id)
        if made is not None and made.booth_id == booth_id:
            return _back()
        reasons = refusal.reasons if isinstance(refusal, Refused) else (refusal.reason,)
        return _offer_page(application, tuple(phrase(each, **refusal.facts) for each in reasons), asked), 409
    flash(_("The offer is made. The applicant gets a letter."), "ok")
    return _back()


@bp.post(f"{WAITING}/<int(max=2147483647):application_id>/recall")
@needs(Permission.APPLICATION_DECIDE)
def recall(fair_code: str, application_id: int) -> Any:
    """Take an open offer back."""
    of_this_fair(application_id)
    return _tried(lambda session: recall_offer(session, current_actor(), application_id, datetime.now(UTC)))


def _tried(act: Any) -> Any:
    """Do it and say so; or say why not. Both lead back to the list."""
    try:
        with transaction() as session:
            act(session)
    except (Refused, Clash) as refusal:
        db.session.rollback()
        for each in refusal.reasons if isinstance(refusal, Refused) else (refusal.reason,):
            flash(phrase(each, **refusal.facts), "warn")
    else:
        flash(_("Done."), "ok")
    return _back()


def _back() -> Any:
    return redirect(url_for("applications.waiting_list", fair_code=current_fair().code), 303)


def _list_page(form: WaitingForm) -> str:
    session, fair = reading(), current_fair()
    page = page_asked(line_length(session, fair.id), PER_PAGE)
    history, many = offers_made(session, fair.id, 0, PER_HISTORY)
    line = line_of(session, fair.id, page.skipped, page.size)
    decides = current_actor().may(Permission.APPLICATION_DECIDE, fair.id)
    return render_template(
        "applications/waiting_list.html",
        line=line,
        means=means_in(session, fair.id, [each.application_id for each in line]) if decides else {},
        points=points,
        page=page,
        offers=open_offers(session, fair.id),
        history=history,
        many=many,
        form=form,
        place_of=place_of,
        size_of=size_of,
        offer_tags=OFFER_TAGS,
    )


def _offer_page(application: Application, reasons: tuple[str, ...] = (), chosen: str = "") -> str:
    session = reading()
    return render_template(
        "applications/offer_to.html",
        application=application,
        place=place_in_line(session, application),
        booths=booths_that_suit(session, application, datetime.now(UTC)),
        hours=WaitingSettings.of(current_fair().settings).answer_hours,
        reasons=reasons,
        chosen=chosen,
        size=size_of(application),
    )
