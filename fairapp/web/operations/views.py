"""The health page, the progress of jobs, and pictures by their digest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from sqlalchemy import text

from fairapp.adapters.files import FolderFiles, NoSuchFile, content_type, is_key
from fairapp.rules.actors import Permission
from fairapp.rules.jobs import STEPS, UNDER_WAY, JobStep
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair
from fairapp.store.migrating import is_current
from fairapp.store.operations import Job
from fairapp.usecases.catalogue_work import KEEPS_PAGES, STOPPABLE, resume_work, stop_work
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.security import sandbox_answer

bp = Blueprint("operations", __name__)
ROOM_OF = {
    "catalogue": "catalogue",
    "signs": "print",
    "badges": "badges",
    "import": "import",
    "mailing": "letters/mailings",
    "allocate": "scenarios",
}
"""Below a fair's address, where each kind of work is asked for; so no room need know another."""

MAY_SEE = {
    "catalogue": Permission.CATALOGUE_PRINT,
    "signs": Permission.CATALOGUE_PRINT,
    "badges": Permission.BADGE_PRINT,
    "import": Permission.LIST_IMPORT,
    "mailing": Permission.LETTER_SEND,
    "allocate": Permission.BOOTH_ASSIGN,
}
"""Whose work each kind is; another kind is seen by its maker, who still has a part in the fair."""


@bp.get("/healthz")
@public
def healthz() -> Any:
    """200 when the database answers in its newest shape and the instance folder can be written."""
    try:
        reading().execute(text("SELECT 1"))
        checks = {"database": True, "migrated": is_current(db.engine)}
    except Exception:  # whatever it is, the answer is "not now"
        checks = {"database": False, "migrated": False}
    probe = current_app.config["FAIRAPP"].instance / ".healthz"
    try:
        probe.write_text("ok")
        checks["instance"] = True
    except OSError:
        checks["instance"] = False
    answer: Response = jsonify(ok=all(checks.values()), **checks)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if all(checks.values()) else 503


def _visible_job(job_id: int) -> Job:
    """A job of a fair where the actor may have such work done; who lost the role has lost its files."""
    job, actor = reading().get(Job, job_id), current_actor()
    if job is None:
        abort(404)
    if job.name in MAY_SEE:
        may_see = actor.may(MAY_SEE[job.name], job.fair_id)
    else:
        takes_part = job.fair_id is None or any(actor.may(each, job.fair_id) for each in Permission)
        may_see = job.made_by_id == actor.account_id and takes_part
    if not may_see:
        abort(404)
    return job


@bp.get("/jobs/<int:job_id>")
@signed_in
def job(job_id: int) -> Any:
    """How far a job is, as a page or (for the progress bar) as JSON."""
    found = _visible_job(job_id)
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(
            state=found.state.value,
            done=found.done,
            total=found.total,
            finished=found.state not in UNDER_WAY,
        )
    fair = reading().get(Fair, found.fair_id) if found.fair_id is not None else None
    room = ROOM_OF.get(found.name)
    back = f"/o/{fair.code}/{room}" if fair is not None and room else ""
    can = [step for step in JobStep if found.name in STOPPABLE and (found.state, step) in STEPS]
    keeps = found.name in KEEPS_PAGES
    return render_template("operations/job.html", job=found, back=back, of=fair, can=can, keeps=keeps)


@bp.post("/jobs/<int:job_id>/cancel")
@signed_in
def cancel(job_id: int) -> Any:
    """Stop the making of a document."""
    return _stepped(job_id, stop_work)


@bp.post("/jobs/<int:job_id>/resume")
@signed_in
def resume(job_id: int) -> Any:
    """Take it up again where it stopped."""
    return _stepped(job_id, resume_work)


def _stepped(job_id: int, take: Callable[..., Job]) -> Any:
    _visible_job(job_id)
    with transaction() as session:
        take(session, current_actor(), job_id, datetime.now(UTC))
    return redirect(url_for("operations.job", job_id=job_id), 303)


@bp.get("/jobs/<int:job_id>/file")
@signed_in
def job_file(job_id: int) -> Any:
    """The finished document."""
    found = _visible_job(job_id)
    if found.result_key is None:
        abort(404)
    files = FolderFiles(current_app.config["FAIRAPP"].files)
    if not files.exists(found.result_key):
        abort(404)
    return send_file(
        files.path(found.result_key),
        mimetype=content_type(found.result_key),
        as_attachment=True,
        download_name=found.result_name or "fairapp.pdf",
    )


@bp.get("/photos/<key>")
@public
def photo(key: str) -> Any:
    """A picture: whoever knows its digest may see it, it never changes, and nothing in it runs."""
    g.no_cookie = True
    if not is_key(key) or not content_type(key).startswith("image/"):
        abort(404)
    try:
        body = FolderFiles(current_app.config["FAIRAPP"].files).read(key)
    except NoSuchFile:
        abort(404)
    sandbox_answer()
    answer = Response(body, mimetype=content_type(key))
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.headers["Content-Disposition"] = "inline"
    answer.set_etag(key)
    return answer.make_conditional(request)
