"""What the catalogue holds beside its entries: texts, advertisements, pages of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for

from fairapp.adapters.files import FolderFiles
from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.catalogue import (
    LONGEST_BODY,
    LONGEST_HEADING,
    LONGEST_SAID,
    LONGEST_SIGNED,
    InsertKind,
    TextKind,
)
from fairapp.rules.errors import Invalid
from fairapp.rules.pictures import BYTES_AT_MOST
from fairapp.store.base import db, reading, transaction
from fairapp.store.catalogue_contents import inserts_of, texts_of
from fairapp.usecases.catalogue_contents import (
    AddInsert,
    KeepText,
    add_insert,
    keep_text,
    remove_insert,
    take_advert,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.catalogue.bp import bp
from fairapp.web.catalogue.contents_forms import InsertForm, TextForm
from fairapp.web.wording import say_faults

LIMITS = {"heading": LONGEST_HEADING, "body": LONGEST_BODY, "signed": LONGEST_SIGNED, "said": LONGEST_SAID}


@bp.get("/o/<fair_code>/catalogue/contents")
@needs(Permission.CATALOGUE_PRINT)
def contents(fair_code: str) -> str:
    """What is there, and the form that adds a page."""
    return _page(InsertForm(formdata=None))


@bp.post("/o/<fair_code>/catalogue/contents")
@needs(Permission.CATALOGUE_PRINT)
def insert(fair_code: str) -> Any:
    """Add an advertisement, or give an exhibitor a page of its own."""
    form = InsertForm()
    if not form.validate() or not _done(form, lambda: _insert(form)):
        return _page(form), 422
    flash(_("Saved. It stands in the next printing."), "ok")
    return redirect(url_for("catalogue.contents", fair_code=fair_code), 303)


def _insert(form: InsertForm) -> None:
    kind = InsertKind(form.kind.data)
    sent = form.picture.data.read(BYTES_AT_MOST + 1) if form.picture.data else b""
    files = FolderFiles(current_app.config["FAIRAPP"].files)
    key = "" if kind is InsertKind.ENTRY else take_advert(files, sent)
    order = AddInsert(
        current_fair().id, kind, form.at, form.said.data or "", key, (form.whose.data or "").strip()
    )
    with transaction() as session:
        add_insert(session, current_actor(), order, datetime.now(UTC))


@bp.post("/o/<fair_code>/catalogue/contents/<int(max=2147483647):catalogue_insert_id>/remove")
@needs(Permission.CATALOGUE_PRINT)
def take_out(fair_code: str, catalogue_insert_id: int) -> Any:
    """Take an advertisement or a page out again."""
    with transaction() as session:
        remove_insert(session, current_actor(), current_fair().id, catalogue_insert_id, datetime.now(UTC))
    flash(_("Taken out. The next printing is without it."), "ok")
    return redirect(url_for("catalogue.contents", fair_code=fair_code), 303)


@bp.route("/o/<fair_code>/catalogue/texts/<any(welcome,organisers):kind>/<language>", methods=["GET", "POST"])
@needs(Permission.CATALOGUE_PRINT)
def text(fair_code: str, kind: str, language: str) -> Any:
    """Write one of the texts in one language."""
    if language not in LANGUAGES:
        abort(404)
    of = TextKind(kind)
    kept = texts_of(reading(), current_fair().id).get((of, language))
    form = TextForm(obj=kept)
    if form.is_submitted():
        if form.validate() and _done(form, lambda: _keep(form, of, language)):
            flash(_("Saved. It stands in the next printing."), "ok")
            return redirect(url_for("catalogue.contents", fair_code=fair_code), 303)
        return _text(form, of, language), 422
    return _text(form, of, language)


def _keep(form: TextForm, kind: TextKind, language: str) -> None:
    order = KeepText(
        current_fair().id,
        kind,
        language,
        form.heading.data or "",
        form.body.data or "",
        form.signed.data or "",
    )
    with transaction() as session:
        keep_text(session, current_actor(), order, datetime.now(UTC))


def _done(form: Any, act: Callable[[], None]) -> bool:
    """Whether it was done; otherwise the form knows why not."""
    try:
        act()
    except Invalid as invalid:
        db.session.rollback()
        say_faults(form, invalid)
        return False
    return True


def _text(form: TextForm, kind: TextKind, language: str) -> str:
    return render_template("catalogue/text.html", form=form, kind=kind, spoken=language, limits=LIMITS)


def _page(form: InsertForm) -> str:
    session, fair = reading(), current_fair()
    return render_template(
        "catalogue/contents.html",
        form=form,
        kinds=list(TextKind),
        texts=texts_of(session, fair.id),
        inserts=inserts_of(session, fair.id),
        limits=LIMITS,
        max_mb=BYTES_AT_MOST // 2**20,
    )
