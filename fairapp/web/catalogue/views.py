"""The page of a fair's documents: have them made, look at earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, url_for

from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.catalogue import CatalogueOrder
from fairapp.rules.errors import Refused
from fairapp.store.base import reading, transaction
from fairapp.store.catalogue_queries import documents_made, exhibitor_count, sign_count
from fairapp.usecases.catalogue import start_catalogue, start_signs
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.catalogue import contents
from fairapp.web.catalogue.bp import bp
from fairapp.web.catalogue.forms import CatalogueForm, SignsForm

__all__ = ["bp", "contents"]
SHOWN = 60


@bp.get("/o/<fair_code>/catalogue")
@needs(Permission.CATALOGUE_PRINT)
def documents(fair_code: str) -> Any:
    """What can be made, and what was."""
    return _page(CatalogueForm(prefix="book"), SignsForm(prefix="signs"))


@bp.post("/o/<fair_code>/catalogue")
@needs(Permission.CATALOGUE_PRINT)
def make_catalogue(fair_code: str) -> Any:
    """Start a catalogue and go to its progress."""
    form = CatalogueForm(prefix="book")
    if not form.validate():
        return _page(form, SignsForm(None, prefix="signs")), 422
    return _started(form, form, SignsForm(None, prefix="signs"))


@bp.post("/o/<fair_code>/signs")
@needs(Permission.CATALOGUE_PRINT)
def make_signs(fair_code: str) -> Any:
    """Start the signs and go to their progress."""
    form = SignsForm(prefix="signs")
    if not form.validate():
        return _page(CatalogueForm(None, prefix="book"), form), 422
    return _started(form, CatalogueForm(None, prefix="book"), form)


def _started(form: CatalogueForm | SignsForm, book: CatalogueForm, signs: SignsForm) -> Any:
    fair_id, actor, now = current_fair().id, current_actor(), datetime.now(UTC)
    try:
        with transaction() as session:
            if isinstance(form, CatalogueForm):
                job = start_catalogue(session, actor, form.wanted(fair_id), now)
            else:
                job = start_signs(session, actor, form.wanted(fair_id), now)
            job_id = job.id
    except Refused as refused:
        return _page(book, signs, [phrase(reason) for reason in refused.reasons]), 422
    return redirect(url_for("operations.job", job_id=job_id), 303)


def _page(book: CatalogueForm, signs: SignsForm, reasons: list[str] | None = None) -> str:
    session, fair = reading(), current_fair()
    return render_template(
        "catalogue/documents.html",
        book=book,
        signs=signs,
        reasons=reasons or [],
        exhibitors=exhibitor_count(session, fair.id),
        booths=sign_count(session, fair.id),
        made=documents_made(session, fair.id, SHOWN),
        order_of=CatalogueOrder,
    )
