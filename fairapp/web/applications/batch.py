"""The batch of decisions: what is prepared, the letters that will go out, and the button that publishes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for

from fairapp.i18n import LANGUAGES, current_language, ngettext
from fairapp.i18n.letters import written
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.applications import STEPS
from fairapp.rules.errors import Missing, Refused
from fairapp.store.applications_prepared import PreparedDecision, prepared_counts, prepared_page
from fairapp.store.base import reading, transaction
from fairapp.store.letters_queries import own_text
from fairapp.usecases.applications_letters import TEMPLATE, facts_of_step, who_reads
from fairapp.usecases.applications_prepared import MOST_PUBLISHED, publish_prepared, undo_prepared
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import BATCH, bp
from fairapp.web.applications.decisions import numbers_picked
from fairapp.web.applications.review import of_this_fair
from fairapp.web.applications.showing import TAGS, size_of
from fairapp.web.applications.telling import say_still_prepared
from fairapp.web.paging import page_asked

PER_PAGE = 60


@bp.get(BATCH)
@needs(Permission.APPLICATION_DECIDE)
def batch(fair_code: str) -> Any:
    """Everything that is prepared."""
    session, fair = reading(), current_fair()
    counts = prepared_counts(session, fair.id)
    page = page_asked(sum(counts.values()), PER_PAGE)
    return render_template(
        "applications/batch.html",
        rows=prepared_page(session, fair.id, page.skipped, page.size),
        counts=counts,
        page=page,
        most=MOST_PUBLISHED,
        possible=STEPS,
        size_of=size_of,
        tags=TAGS,
    )


@bp.get(f"{BATCH}/<int(max=2147483647):application_id>")
@needs(Permission.APPLICATION_DECIDE)
def letter(fair_code: str, application_id: int) -> Any:
    """The letter of one prepared decision as each of its readers will get it."""
    session, application = reading(), of_this_fair(application_id)
    decision = session.get(PreparedDecision, application.id)
    if decision is None:
        raise Missing
    facts = facts_of_step(application, decision.step, decision.reason)
    base_url = current_app.config["FAIRAPP"].base_url
    own = {each: own_text(session, application.fair_id, TEMPLATE, facts, each) for each in LANGUAGES}
    readers = who_reads(session, application.organisation)
    languages = sorted({language for _to, language in readers}) or [current_language()]
    return render_template(
        "applications/batch_letter.html",
        application=application,
        decision=decision,
        letters=[
            (
                language,
                [to for to, speaks in readers if speaks == language],
                *written(TEMPLATE, language, facts, base_url, own.get(language)),
            )
            for language in languages
        ],
    )


@bp.post(f"{BATCH}/undo")
@needs(Permission.APPLICATION_DECIDE)
def undo(fair_code: str) -> Any:
    """Take the chosen ones out of the batch."""
    chosen = numbers_picked(request.form)
    try:
        with transaction() as session:
            gone = undo_prepared(session, current_actor(), current_fair().id, chosen, datetime.now(UTC))
    except Refused as refused:
        flash(" ".join(map(phrase, refused.reasons)), "warn")
        return _back()
    flash(
        ngettext(
            "%(num)s decision is not prepared any more. Nobody was told.",
            "%(num)s decisions are not prepared any more. Nobody was told.",
            gone,
        ),
        "ok" if gone else "warn",
    )
    return _back()


@bp.post(f"{BATCH}/publish")
@needs(Permission.APPLICATION_DECIDE)
def publish(fair_code: str) -> Any:
    """Take every prepared decision; say which could not be taken and why."""
    fair = current_fair()
    with transaction() as session:
        decided = publish_prepared(session, current_actor(), fair.id, datetime.now(UTC))
        many = len(decided.done)
        say_still_prepared(decided.refused)
    flash(
        ngettext(
            "%(num)s decision is published. The letter is on its way.",
            "%(num)s decisions are published. The letters are on their way.",
            many,
        ),
        "ok" if many else "warn",
    )
    return _back()


def _back() -> Any:
    return redirect(url_for("applications.batch", fair_code=current_fair().code), 303)
