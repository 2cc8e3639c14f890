"""Print badges: at once while somebody waits, or as long work when there are many."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from flask import Response, abort, current_app, redirect, request, url_for

from fairapp.adapters.files import FolderFiles
from fairapp.adapters.signing import BadgeKeys
from fairapp.i18n import current_language
from fairapp.i18n.printed_badges import badge_words
from fairapp.rules.actors import Permission
from fairapp.rules.badge_words import BadgeWords
from fairapp.rules.badges import BadgeRefusal
from fairapp.rules.errors import Refused
from fairapp.store.badges_lists import printable_ids
from fairapp.store.base import transaction
from fairapp.store.fairs import Fair
from fairapp.usecases import outbox
from fairapp.usecases.badges_printing import (
    IN_THE_REQUEST,
    Format,
    PrintBadges,
    Sign,
    keep_printings,
    print_badges,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.forms import chosen_badges


@bp.post("/o/<fair_code>/badges/print")
@needs(Permission.BADGE_PRINT)
def printed(fair_code: str) -> Any:
    """The badges ticked, or all that may be printed, as a PDF or as a job that makes it."""
    fair, actor, now = current_fair(), current_actor(), datetime.now(UTC)
    wants_all = request.form.get("all") == "1"
    chosen = None if wants_all else chosen_badges()
    if chosen == ():
        raise Refused(BadgeRefusal.NOTHING_CHOSEN)
    if (wanted := request.form.get("format", "a4")) not in ("a4", "single"):
        abort(400)
    layout: Format = "single" if wanted == "single" else "a4"
    with transaction() as session:
        ids = tuple(printable_ids(session, fair.id, chosen))
        if len(ids) > IN_THE_REQUEST:
            job = outbox.start_job(
                session,
                actor,
                "badges",
                now,
                fair_id=fair.id,
                of_fair=fair.id,
                by=actor.account_id,
                badge_ids=list(ids),
                layout=layout,
                language=current_language(),
                asked_at=now.isoformat(),
            )
            return redirect(url_for("operations.job", job_id=job.id), 303)
        out = BytesIO()
        order = PrintBadges(fair.id, ids, layout)
        _report, done = print_badges(session, actor, order, words_of(fair), sign(), kept_files(), out)
        keep_printings(session, actor, fair.id, done, now)
    return private_file(out.getvalue(), "application/pdf", f"{fair.code}-badges.pdf")


def words_of(fair: Fair) -> BadgeWords:
    """What the badges of the fair say."""
    return badge_words(fair.names, fair.venue_names, fair.starts_on, fair.ends_on, fair.country)


def sign() -> Sign:
    """How badges' tokens are signed here."""
    return BadgeKeys(current_app.config["FAIRAPP"].keys).sign


def kept_files() -> FolderFiles:
    """Where the pictures of designs lie."""
    return FolderFiles(current_app.config["FAIRAPP"].files)


def private_file(data: bytes, kind: str, name: str, *, inline: bool = False) -> Response:
    """A file for this reader alone."""
    answer = Response(data, mimetype=kind)
    answer.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
