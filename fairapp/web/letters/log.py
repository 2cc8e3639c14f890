"""The log of a fair's letters: who got which one when, what failed and why, and trying it again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import LetterEvent
from fairapp.store import letters_queries as rows
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.letters import send_again
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.letters.bp import LETTER, OFFICE, TAGS, bp
from fairapp.web.paging import page_asked

PER_PAGE = 60


@bp.get(OFFICE)
@needs(Permission.LETTER_SEND)
def log(fair_code: str) -> str:
    """Every letter of the fair that answers to the filter, the newest first."""
    session, fair = reading(), current_fair()
    state, event = request.args.get("state", ""), request.args.get("event", "")
    query, mailing = request.args.get("q", "")[:200], request.args.get("mailing", "")
    wanted = rows.LettersWanted(
        LetterState(state) if state in list(LetterState) else None,
        LetterEvent(event) if event in list(LetterEvent) else None,
        query,
        int(mailing) if mailing.isascii() and mailing.isdigit() and len(mailing) < 10 else None,
    )
    found = rows.letters_found(fair.id, wanted)
    page = page_asked(rows.how_many_letters(session, found), PER_PAGE)
    return render_template(
        "letters/log.html",
        rows=rows.page_of_letters(session, found, page.skipped, page.size),
        page=page,
        wanted=wanted,
        counts=rows.letters_by_state(session, fair.id),
        states=LetterState,
        events=LetterEvent,
        tags=TAGS,
    )


@bp.get(LETTER)
@needs(Permission.LETTER_SEND)
def letter(fair_code: str, letter_log_id: int) -> str:
    """One letter as it was read."""
    found = rows.letter_of(reading(), current_actor(), current_fair().id, letter_log_id)
    return render_template("letters/letter.html", letter=found, tags=TAGS, State=LetterState)


@bp.post(f"{LETTER}/again")
@needs(Permission.LETTER_SEND)
def again(fair_code: str, letter_log_id: int) -> Any:
    """Try a failed letter once more; a second press finds it on its way already."""
    try:
        with transaction() as session:
            send_again(session, current_actor(), current_fair().id, letter_log_id, datetime.now(UTC))
        flash(_("The letter is on its way again."), "ok")
    except Refused as refused:
        db.session.rollback()
        for reason in refused.reasons:
            flash(phrase(reason), "warn")
    return redirect(url_for("letters.letter", fair_code=fair_code, letter_log_id=letter_log_id), 303)
