"""The health page and the progress of jobs."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, request
from sqlalchemy import text

from fairapp.adapters.files import FolderFiles, NoSuchFile, content_type, is_key
from fairapp.rules.actors import Permission
from fairapp.rules.jobs import JobState
from fairapp.store.base import db, reading
from fairapp.store.migrating import is_current
from fairapp.store.operations import Job
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor

bp = Blueprint("operations", __name__)


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
    """The actor's own job, or one of a fair whose catalogue they may print."""
    job = reading().get(Job, job_id)
    actor = current_actor()
    if job is None or not (
        job.made_by_id == actor.account_id or actor.may(Permission.CATALOGUE_PRINT, job.fair_id)
    ):
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
            finished=found.state not in (JobState.WAITING, JobState.RUNNING),
        )
    return render_template("operations/job.html", job=found)


@bp.get("/jobs/<int:job_id>/file")
@signed_in
def job_file(job_id: int) -> Any:
    """The finished document."""
    found = _visible_job(job_id)
    if found.result_key is None:
        abort(404)
    body = FolderFiles(current_app.config["FAIRAPP"].files).read(found.result_key)
    answer = Response(body, mimetype=content_type(found.result_key))
    answer.headers.set("Content-Disposition", "attachment", filename=found.result_name or "fairapp.pdf")
    return answer


@bp.get("/photos/<key>")
@public
def photo(key: str) -> Any:
    """A picture by its digest: whoever knows the address may see it, and it never changes."""
    if not is_key(key) or not content_type(key).startswith("image/"):
        abort(404)
    try:
        body = FolderFiles(current_app.config["FAIRAPP"].files).read(key)
    except NoSuchFile:
        abort(404)
    answer = Response(body, mimetype=content_type(key))
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    answer.set_etag(key)
    return answer.make_conditional(request)
