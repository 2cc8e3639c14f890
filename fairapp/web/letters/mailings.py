"""Letters to many: written, counted and previewed as a draft, confirmed once, and followed to the end."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for

from fairapp.i18n import LANGUAGES, current_language, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.mailings import mailing_language, mailing_words
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.applications import State
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.mailings import (
    PLACES,
    Audience,
    Filter,
    MailingKind,
    MailingState,
    Owing,
    filter_from,
    mailing_faults,
)
from fairapp.store import letters_mailings as rows
from fairapp.store.applications_review import (
    booths_of_applications,
    halls_to_choose,
    places_applied_from,
)
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.store.letters import Mailing
from fairapp.usecases.letters_mailings import (
    addressed,
    confirm_mailing,
    discard_mailing,
    edit_mailing,
    envelopes_of,
    recipients_of,
)
from fairapp.usecases.letters_preview import facts_of_mailing
from fairapp.usecases.mailing import draft_mailing
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.letters.bp import MAILING, MAILINGS, NEW, bp
from fairapp.web.letters.forms import Choices, MailingForm, numbers_in
from fairapp.web.paging import page_asked
from fairapp.web.places import places_together

PER_PAGE = 40
TAGS = {
    MailingState.DRAFT: ("warn", "edit"),
    MailingState.SENDING: ("info", "clock"),
    MailingState.SENT: ("ok", "check"),
}


@bp.get(MAILINGS)
@needs(Permission.LETTER_SEND)
def mailings(fair_code: str) -> str:
    """Every letter to many, the latest first."""
    session, fair = reading(), current_fair()
    page = page_asked(rows.how_many_mailings(session, fair.id), PER_PAGE)
    found = rows.page_of_mailings(session, fair.id, page.skipped, page.size)
    return render_template("letters/mailings.html", rows=found, page=page, tags=TAGS)


@bp.get(NEW)
@needs(Permission.LETTER_SEND)
def new(fair_code: str) -> str:
    """A letter to begin, its recipients as the address names them."""
    form = _offered(MailingForm(formdata=None))
    wanted = _wanted()
    news = wanted.audience is Audience.EARLIER
    form.fill(wanted, MailingKind.NEWS if news else MailingKind.PARTICIPATION, {}, {})
    return _editor(form)


@bp.post(NEW)
@needs(Permission.LETTER_SEND)
def draft(fair_code: str) -> Any:
    """Keep the draft; nothing goes out yet."""
    return _keep(None)


@bp.get(f"{MAILING}/edit")
@needs(Permission.LETTER_SEND)
def edit(fair_code: str, mailing_id: int) -> Any:
    """The draft again."""
    mailing = _mailing(mailing_id)
    if mailing.state is not MailingState.DRAFT:
        return redirect(_to(mailing_id), 303)
    form = _offered(MailingForm(formdata=None))
    form.fill(filter_from(mailing.filter), mailing.kind, mailing.subjects, mailing.bodies)
    return _editor(form, mailing)


@bp.post(f"{MAILING}/edit")
@needs(Permission.LETTER_SEND)
def keep_edited(fair_code: str, mailing_id: int) -> Any:
    """Keep what was changed."""
    return _keep(_mailing(mailing_id))


@bp.get(MAILING)
@needs(Permission.LETTER_SEND)
def mailing(fair_code: str, mailing_id: int) -> str:
    """How many get it and who, what one of them reads, and the button that sends it; later how far it is."""
    return _page(_mailing(mailing_id))


@bp.post(f"{MAILING}/send")
@needs(Permission.LETTER_SEND)
def send(fair_code: str, mailing_id: int) -> Any:
    """Send it; a second press finds it on its way."""
    try:
        with transaction() as session:
            confirm_mailing(session, current_actor(), current_fair().id, mailing_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _page(_mailing(mailing_id), tuple(map(phrase, refused.reasons))), 409
    flash(_("The letters are being written. You may leave this page."), "ok")
    return redirect(_to(mailing_id), 303)


@bp.post(f"{MAILING}/discard")
@needs(Permission.LETTER_SEND)
def discard(fair_code: str, mailing_id: int) -> Any:
    """Throw the draft away."""
    try:
        with transaction() as session:
            discard_mailing(session, current_actor(), current_fair().id, mailing_id, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _page(_mailing(mailing_id), tuple(map(phrase, refused.reasons))), 409
    flash(_("The draft is thrown away. Nobody got it."), "ok")
    return redirect(url_for("letters.mailings", fair_code=fair_code), 303)


def _keep(there: Mailing | None) -> Any:
    form = _offered(MailingForm())
    if not form.validate_on_submit():
        return _editor(form, there), 422
    order, now = form.order(current_fair().id), datetime.now(UTC)
    try:
        with transaction() as session:
            if there is None:
                mailing_id = draft_mailing(session, current_actor(), order, now).id
            else:
                mailing_id = edit_mailing(session, current_actor(), there.id, order, now).id
    except Invalid as invalid:
        db.session.rollback()
        _faults, unknown = mailing_faults(order.subjects, order.bodies)
        for name, fault in invalid.fields.items():
            place = unknown.get(name)
            facts = {"name": f"{{{place.name}}}", "nearest": f"{{{place.nearest}}}"} if place else {}
            form[name].errors = [phrase(fault, **facts)]
        return _editor(form, there), 422
    except Refused as refused:
        db.session.rollback()
        return _editor(form, there, tuple(map(phrase, refused.reasons))), 409
    return redirect(_to(mailing_id), 303)


def _wanted() -> Filter:
    """The recipients that the address names; what makes no sense is no condition."""
    said = request.args
    states = [each for each in said.getlist("state") if each in list(State) and each != State.DRAFT]
    place = said.get("place", "").upper()
    return Filter(
        audience=Audience.EARLIER if said.get("audience") == Audience.EARLIER else Audience.APPLICANTS,
        states=tuple(State(each) for each in states),
        group=said.get("group", "")[:20],
        place=place if place.isascii() and place.isalnum() and len(place) == 2 else "",
        kind=next(iter(numbers_in(said.get("kind", ""))), None),
        hall=next(iter(numbers_in(said.get("hall", ""))), None),
        unpaid=said.get("unpaid") == "1",
        owing=Owing(said["owing"]) if said.get("owing", "") in list(Owing) else None,
        ids=numbers_in(",".join([said.get("to", ""), *said.getlist("pick")])),
    )


def _offered(form: MailingForm) -> MailingForm:
    session, fair = reading(), current_fair()
    form.offer(
        Choices(
            groups=tuple((each.code, pick(each.names)) for each in groups_of(session, fair)),
            places=tuple(
                (each.value, each.name) for each in places_together(places_applied_from(session, fair))
            ),
            kinds=tuple((str(each.id), pick(each.names)) for each in kinds_of(session, fair.id)),
            halls=tuple(
                (str(each.id), pick(each.names) or each.code) for each in halls_to_choose(session, fair)
            ),
        )
    )
    return form


def _editor(form: MailingForm, there: Mailing | None = None, reasons: tuple[str, ...] = ()) -> str:
    named = len(numbers_in(form.to.data or ""))
    return render_template(
        "letters/mailing_edit.html",
        form=form,
        mailing=there,
        named=named,
        reasons=reasons,
        places=PLACES,
        kind_hints={each.value: phrase(each) for each in MailingKind},
    )


def _page(mailing: Mailing, reasons: tuple[str, ...] = ()) -> str:
    session, now = reading(), datetime.now(UTC)
    other_fairs = current_actor().fairs_with(Permission.LETTER_SEND)
    found = recipients_of(session, mailing, other_fairs, now)
    page = page_asked(rows.how_many_recipients(session, found), PER_PAGE)
    some = [(row[0], row[1]) for row in session.execute(found.offset(page.skipped).limit(page.size))]
    organisations = rows.organisations_named(session, [each for each, _application in some])
    return render_template(
        "letters/mailing.html",
        mailing=mailing,
        wanted=filter_from(mailing.filter),
        counted=envelopes_of(session, mailing, other_fairs, now) if _is_draft(mailing) else None,
        some=[(organisations[number], application) for number, application in some],
        page=page,
        preview=_preview(mailing, some),
        reasons=reasons,
        tags=TAGS,
        State=MailingState,
        Kind=MailingKind,
        may_send=_is_draft(mailing),
    )


def _is_draft(mailing: Mailing) -> bool:
    """Whether it can be sent: nobody has, or the work was lost on the way."""
    lost = mailing.job is not None and mailing.job.ended_at is not None
    return mailing.state is MailingState.DRAFT or (mailing.state is MailingState.SENDING and lost)


def _preview(mailing: Mailing, some: list[tuple[int, int | None]]) -> tuple[str, str, str, str] | None:
    """(name, language, subject, body) of one recipient's letter: the one asked for, else the first."""
    asked = request.args.get("for", "")
    chosen = next((each for each in some if str(each[0]) == asked), None) or (some[0] if some else None)
    if chosen is None:
        return None
    session = reading()
    envelopes = addressed(session, mailing, [chosen]).ready
    organisation = rows.organisations_named(session, [chosen[0]])[chosen[0]]
    speaks = envelopes[0].reader.language if envelopes else current_language()
    wanted = request.args.get("in", speaks)
    language = mailing_language(mailing.subjects, wanted if wanted in LANGUAGES else speaks)
    theirs = booths_of_applications(session, [chosen[1]]).get(chosen[1], []) if chosen[1] else []
    facts = facts_of_mailing(current_fair(), organisation, chosen[1], theirs[0] if theirs else None)
    base_url = current_app.config["FAIRAPP"].base_url
    words = mailing_words(mailing.subjects, mailing.bodies, language, facts, base_url)
    return organisation.name, language, *words


def _mailing(mailing_id: int) -> Mailing:
    found = rows.mailing_of(reading(), current_actor(), current_fair().id, mailing_id)
    if found.fair_id != current_fair().id:
        abort(404)
    return found


def _to(mailing_id: int) -> str:
    return url_for("letters.mailing", fair_code=current_fair().code, mailing_id=mailing_id)
