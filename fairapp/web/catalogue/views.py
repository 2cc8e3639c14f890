"""The page of a fair's catalogue: have it made, look at earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, url_for

from fairapp.i18n import LANGUAGES
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.catalogue_contents import cut_offs_of
from fairapp.store.catalogue_queries import documents_made, exhibitor_count
from fairapp.usecases import catalogue_cut_offs as cut_offs
from fairapp.usecases.catalogue import start_catalogue
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.catalogue import boards, contents, prints
from fairapp.web.catalogue.bp import bp
from fairapp.web.catalogue.forms import ADDENDUM, CatalogueForm, CutOffForm
from fairapp.web.catalogue.names import name_of
from fairapp.web.wording import say_faults

__all__ = ["boards", "bp", "contents", "prints"]
SHOWN = 60


@bp.get("/o/<fair_code>/catalogue")
@needs(Permission.CATALOGUE_PRINT)
def documents(fair_code: str) -> Any:
    """What can be made, and what was."""
    return _page(CatalogueForm(prefix="book"))


@bp.post("/o/<fair_code>/catalogue")
@needs(Permission.CATALOGUE_PRINT)
def make_catalogue(fair_code: str) -> Any:
    """Start a catalogue and go to its progress."""
    form = CatalogueForm(prefix="book")
    if not form.validate():
        return _page(form), 422
    return _started(form)


def _started(form: CatalogueForm) -> Any:
    try:
        with transaction() as session:
            order = form.wanted(current_fair().id)
            job_id = start_catalogue(session, current_actor(), order, datetime.now(UTC)).id
    except Refused as refused:
        return _page(form, [phrase(reason) for reason in refused.reasons]), 422
    return redirect(url_for("operations.job", job_id=job_id), 303)


@bp.post("/o/<fair_code>/catalogue/cut-off")
@needs(Permission.CATALOGUE_PRINT)
def set_cut_off(fair_code: str) -> Any:
    """Set until when changes go into the catalogue of one language."""
    form, fair = CutOffForm(prefix="cut"), current_fair()
    if not form.validate():
        return _page(CatalogueForm(None, prefix="book"), cut=form), 422
    try:
        with transaction() as session:
            cut_offs.set_cut_off(
                session, current_actor(), form.wanted(fair.id, fair.timezone), datetime.now(UTC)
            )
    except Invalid as fault:
        db.session.rollback()
        say_faults(form, fault)
        return _page(CatalogueForm(None, prefix="book"), cut=form), 422
    flash(_("Saved. What changes after this moment goes into the addendum."), "ok")
    return redirect(url_for("catalogue.documents", fair_code=fair_code), 303)


@bp.post("/o/<fair_code>/catalogue/cut-off/<language>/lift")
@needs(Permission.CATALOGUE_PRINT)
def lift_cut_off(fair_code: str, language: str) -> Any:
    """Let everything go into the catalogue again."""
    if language not in LANGUAGES:
        abort(404)
    with transaction() as session:
        order = cut_offs.SetCutOff(current_fair().id, language, None)
        cut_offs.set_cut_off(session, current_actor(), order, datetime.now(UTC))
    flash(_("Lifted. Everything goes into the catalogue again."), "ok")
    return redirect(url_for("catalogue.documents", fair_code=fair_code), 303)


def _page(book: CatalogueForm, reasons: list[str] | None = None, cut: CutOffForm | None = None) -> str:
    session, fair = reading(), current_fair()
    return render_template(
        "catalogue/documents.html",
        book=book,
        cut=cut or CutOffForm(None, prefix="cut"),
        cut_offs=cut_offs_of(session, fair.id),
        now=datetime.now(UTC),
        ADDENDUM=ADDENDUM,
        reasons=reasons or [],
        exhibitors=exhibitor_count(session, fair.id),
        made=documents_made(session, fair.id, SHOWN, ("catalogue",)),
        name_of=name_of,
    )
