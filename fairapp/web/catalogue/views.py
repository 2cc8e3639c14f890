"""The page of a fair's catalogue: have it made, look at earlier ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, url_for

from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.store.base import reading, transaction
from fairapp.store.catalogue_queries import documents_made, exhibitor_count
from fairapp.usecases.catalogue import start_catalogue
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.catalogue import contents, prints
from fairapp.web.catalogue.bp import bp
from fairapp.web.catalogue.forms import CatalogueForm
from fairapp.web.catalogue.names import name_of

__all__ = ["bp", "contents", "prints"]
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


def _page(book: CatalogueForm, reasons: list[str] | None = None) -> str:
    session, fair = reading(), current_fair()
    return render_template(
        "catalogue/documents.html",
        book=book,
        reasons=reasons or [],
        exhibitors=exhibitor_count(session, fair.id),
        made=documents_made(session, fair.id, SHOWN, ("catalogue",)),
        name_of=name_of,
    )
