"""The picture under a hall of a draft: laid, moved, taken away, and shown to who may draw there only."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Response, abort, current_app, flash, redirect, request, send_file, url_for
from werkzeug.wrappers import Response as Answered

from fairapp.adapters.files import FolderFiles, NoSuchFile, content_type
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Refused
from fairapp.store import fairs_queries
from fairapp.store.base import reading, transaction
from fairapp.store.fairs import FloorPlan
from fairapp.usecases.fairs_backgrounds import SetBackground, set_background
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.fairs.bp import bp
from fairapp.web.fairs.forms_studio import PictureForm
from fairapp.web.fairs.studio_page import studio_page
from fairapp.web.wording import sentences

MOST_BYTES = 20_000_000


@bp.get("/o/<fair_code>/plan/<int(max=2147483647):number>/studio/picture")
@needs(Permission.PLAN_EDIT)
def background(fair_code: str, number: int) -> Response:
    """The picture under a hall; under the first that has one where none is named."""
    laid = _plan(number).backgrounds
    under = laid.get(request.args.get("hall") or min(laid, default=""))
    if under is None:
        abort(404)
    try:
        body = _files().open(under["key"])
    except NoSuchFile:
        abort(404)
    answer = send_file(body, mimetype=content_type(under["key"]))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.post("/o/<fair_code>/plan/<int(max=2147483647):number>/studio/picture")
@needs(Permission.PLAN_EDIT)
def lay_background(fair_code: str, number: int) -> str | Answered | tuple[str, int]:
    """Lay a picture under a hall, place it anew, or take it away."""
    plan, form, hall = _plan(number), PictureForm(), request.args.get("hall", "")
    leaves = bool(request.form.get("leave"))
    if not leaves and not form.validate():
        return studio_page(plan, picture_form=form), 422
    placed = None if leaves else form.placed()
    data = form.file.data.read(MOST_BYTES) if form.file.data and not leaves else b""
    order = SetBackground(plan.id, hall, placed, data)
    try:
        with transaction() as session:
            set_background(session, current_actor(), order, _files(), datetime.now(UTC))
    except Refused as refused:
        return studio_page(_plan(number), picture_form=form, reasons=sentences(refused)), 409
    flash(_("The picture is taken away.") if leaves else _("The picture lies under the hall."), "ok")
    return redirect(url_for("fairs.studio", fair_code=fair_code, number=number, hall=hall), 303)


def _plan(number: int) -> FloorPlan:
    plan = fairs_queries.plan_version(reading(), current_fair().id, number)
    if plan is None:
        abort(404)
    return plan


def _files() -> FolderFiles:
    return FolderFiles(current_app.config["FAIRAPP"].private)
