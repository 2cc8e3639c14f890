"""What is offered to somebody on the waiting list: look at it, take it, or let it go."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.waiting_list import OfferState, OfferStep
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import offers_to, place_in_line
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_waiting import AnswerOffer, answer_offer
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.applications.applicant import own
from fairapp.web.applications.bp import MINE, bp

ANSWERS = {"accept": OfferStep.ACCEPT, "decline": OfferStep.DECLINE}
ANSWERED = {OfferStep.ACCEPT: OfferState.ACCEPTED, OfferStep.DECLINE: OfferState.DECLINED}


@bp.get(f"{MINE}/offer")
@signed_in
def offered(application_id: int) -> Any:
    """The latest offer: open, with its two answers, or how it ended."""
    return _page(own(application_id))


@bp.post(f"{MINE}/offer")
@signed_in
def answer(application_id: int) -> Any:
    """Take it or let it go; a second press finds it answered."""
    application, asked = own(application_id), request.form.get("offer", "")
    step = ANSWERS.get(request.form.get("answer", ""))
    if step is None or not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return _page(application, (_("Choose one of the two answers."),)), 422
    order = AnswerOffer(application_id, int(asked), step)
    try:
        with transaction() as session:
            answer_offer(session, current_actor(), order, datetime.now(UTC))
    except (Refused, Clash) as refusal:
        db.session.rollback()
        application = own(application_id)
        done = [each for each in offers_to(reading(), application_id) if each.id == order.offer_id]
        if done and done[0].state is ANSWERED[step]:
            return redirect(url_for("applications.status", application_id=application_id), 303)
        reasons = refusal.reasons if isinstance(refusal, Refused) else (refusal.reason,)
        return _page(application, tuple(phrase(each, **refusal.facts) for each in reasons)), 409
    if step is OfferStep.ACCEPT:
        flash(_("The place is yours. Now confirm that you take part."), "ok")
    else:
        flash(_("You have let the place go. You stay on the waiting list."), "ok")
    return redirect(url_for("applications.status", application_id=application_id), 303)


def _page(application: Application, reasons: tuple[str, ...] = ()) -> str:
    session = reading()
    made = offers_to(session, application.id)
    return render_template(
        "applications/offered.html",
        application=application,
        offer=made[0] if made else None,
        past=made[1:],
        place=place_in_line(session, application),
        now=datetime.now(UTC),
        reasons=reasons,
        OfferState=OfferState,
    )
