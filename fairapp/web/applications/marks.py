"""Tags on the applications that are chosen, and filters of one's own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.rules.marks import LONGEST_FILTER_NAME, LONGEST_TAG
from fairapp.rules.text import TextRefused, clean
from fairapp.store.applications_marks import SavedFilter, filters_of, tags_in, tags_on
from fairapp.store.applications_review import applications_chosen
from fairapp.store.base import db, reading, transaction
from fairapp.usecases.applications_marks import (
    KeepFilter,
    TagMany,
    keep_filter,
    put_tag,
    remove_filter,
    rename_filter,
    take_tag,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.applications.bp import QUEUE, bp
from fairapp.web.applications.decisions import back_to_queue, numbers_picked
from fairapp.web.applications.filtering import filters_asked, kept_filters

FILTERS = f"{QUEUE}/filters"
ONE_FILTER = f"{FILTERS}/<int(max=2147483647):saved_filter_id>"


@bp.get(f"{QUEUE}/tags")
@needs(Permission.APPLICATION_DECIDE)
def tags(fair_code: str) -> Any:
    """The applications chosen, their tags, and what to put on or take off."""
    return _tags_page(numbers_picked(request.args))


@bp.post(f"{QUEUE}/tags")
@needs(Permission.APPLICATION_DECIDE)
def tag(fair_code: str) -> Any:
    """Put a tag on each of them, or take one off."""
    chosen, gone = numbers_picked(request.form), request.form.get("take", "")
    order = TagMany(current_fair().id, chosen, gone[:LONGEST_TAG] or _cleaned(request.form.get("tag", "")))
    try:
        with transaction() as session:
            act = take_tag if gone else put_tag
            many = act(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        db.session.rollback()
        return _tags_page(chosen, tuple(map(phrase, refused.reasons)), order.tag), 422
    if gone:
        said = ngettext(
            "“%(tag)s” is taken off %(num)s application.",
            "“%(tag)s” is taken off %(num)s applications.",
            many,
            tag=order.tag,
        )
    else:
        said = ngettext(
            "“%(tag)s” is put on %(num)s application.",
            "“%(tag)s” is put on %(num)s applications.",
            many,
            tag=order.tag,
        )
    flash(said, "ok")
    return back_to_queue()


@bp.get(FILTERS)
@needs(Permission.APPLICATION_SEE)
def filters(fair_code: str) -> Any:
    """One's own filters, to be renamed and removed; the ones in the address, to be saved."""
    return _filters_page()


@bp.post(FILTERS)
@needs(Permission.APPLICATION_SEE)
def save_filter(fair_code: str) -> Any:
    """Keep the filters of the address under a name."""
    name = _cleaned(request.form.get("name", ""))
    order = KeepFilter(current_fair().id, name, urlencode(filters_asked()))
    try:
        with transaction() as session:
            keep_filter(session, current_actor(), order)
    except Refused as refused:
        db.session.rollback()
        return _filters_page(tuple(map(phrase, refused.reasons)), name), 422
    flash(_("The filter is saved. You find it above the list."), "ok")
    return back_to_queue()


@bp.post(ONE_FILTER)
@needs(Permission.APPLICATION_SEE)
def change_filter(fair_code: str, saved_filter_id: int) -> Any:
    """Rename one of one's own filters, or remove it."""
    fair, removes = current_fair(), "remove" in request.form
    try:
        with transaction() as session:
            if removes:
                remove_filter(session, current_actor(), fair.id, saved_filter_id)
            else:
                name = _cleaned(request.form.get("name", ""))
                rename_filter(session, current_actor(), fair.id, saved_filter_id, name)
    except Refused as refused:
        db.session.rollback()
        return _filters_page(tuple(map(phrase, refused.reasons))), 422
    flash(_("The filter is removed.") if removes else _("Saved."), "ok")
    return redirect(url_for("applications.filters", fair_code=fair.code), 303)


def my_filters() -> list[tuple[SavedFilter, str, bool]]:
    """(filter, its address, whether the queue shows it now) of the account in this fair."""
    fair = current_fair()
    here, queue = urlencode(filters_asked()), url_for("applications.queue", fair_code=fair.code)
    rows = filters_of(reading(), fair.id, current_actor().account_id)
    return [(row, f"{queue}?{row.query}", row.query == here) for row in rows]


def _cleaned(text: str) -> str:
    """The words as they are kept; what cannot be kept is no word."""
    try:
        return clean(text[:200], longest=200)
    except TextRefused:
        return ""


def _tags_page(chosen: tuple[int, ...], reasons: tuple[str, ...] = (), said: str = "") -> str:
    session, fair = reading(), current_fair()
    rows = applications_chosen(session, fair, chosen)
    there = tags_on(session, [row.id for row in rows])
    on_some = {each.key: each.tag for tags in there.values() for each in tags}
    return render_template(
        "applications/tags.html",
        rows=rows,
        there=there,
        on_some=dict(sorted(on_some.items())),
        known=tags_in(session, fair.id),
        reasons=reasons,
        said=said,
        longest=LONGEST_TAG,
        kept=kept_filters(),
    )


def _filters_page(reasons: tuple[str, ...] = (), name: str = "") -> str:
    return render_template(
        "applications/filters.html",
        rows=my_filters(),
        asked=filters_asked(),
        reasons=reasons,
        name=name,
        longest=LONGEST_FILTER_NAME,
    )
