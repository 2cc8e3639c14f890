"""Every refusal as a page with a sentence and a cure; nothing that somebody typed is lost."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress

from flask import Flask, g, jsonify, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from fairapp.i18n.phrases import phrase
from fairapp.rules.errors import Clash, FairError, Invalid, Missing, NotAllowed, Refused, TooMany
from fairapp.store.base import db
from fairapp.web.access import needs_sign_in
from fairapp.web.form_owner import owner_of
from fairapp.web.wording import sentences

SECRETS = frozenset({"csrf_token", "password", "new_password", "current_password", "repeated"})
PAGES = frozenset({400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503})


def prepare(app: Flask) -> None:
    """Answer refusals, broken rules and mistakes with pages of our own."""
    app.register_error_handler(FairError, _refusal)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _failure)


def wants_json() -> bool:
    """Whether the asker reads JSON rather than pages."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def _answer(status: int, reasons: Sequence[str], **facts: object) -> tuple[Response | str, int]:
    if wants_json():
        plain = {name: value for name, value in facts.items() if isinstance(value, str | int | list)}
        return jsonify(status=status, reasons=reasons, **plain), status
    page = status if status in PAGES else 400
    return render_template(f"errors/{page}.html", reasons=reasons, facts=facts), status


def _refusal(error: FairError) -> tuple[Response | str, int]:
    db.session.rollback()
    if isinstance(error, Missing):
        return _answer(404, [])
    if isinstance(error, NotAllowed):
        return _answer(403, [])
    if isinstance(error, Refused | Clash):
        return _answer(409, sentences(error), **error.facts)
    if isinstance(error, Invalid):
        return _answer(422, [phrase(reason) for reason in error.fields.values()])
    if isinstance(error, TooMany):
        answer, status = _answer(429, [], seconds=error.seconds)
        response = answer if isinstance(answer, Response) else Response(answer, mimetype="text/html")
        response.headers["Retry-After"] = str(error.seconds)
        return response, status
    raise error


def _expired(error: CSRFError) -> tuple[Response | str, int]:
    """The form is older than the session: give its text back in a form that can be sent again."""
    if wants_json():
        return _answer(400, [str(error.description)])
    if needs_sign_in():
        return _expired_session()
    return render_template("errors/expired.html", typed=_typed(), action=request.full_path.rstrip("?")), 400


def _typed() -> list[tuple[str, str]]:
    """What the form held, but for its secrets."""
    return [(name, value) for name, values in request.form.lists() for value in values if name not in SECRETS]


def _http(error: HTTPException) -> tuple[Response | str, int] | Response:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error.get_response()
    if status == 401:
        return _expired_session()
    return _answer(status, [])


def _expired_session() -> tuple[Response | str, int]:
    if wants_json():
        return _answer(401, [])
    token, kept = request.form.get("csrf_token", ""), ""
    if owner_of(token) is not None:
        kept = json.dumps(_typed(), ensure_ascii=False)
    action = request.full_path.rstrip("?")
    return render_template("errors/401.html", kept=kept, kept_by=token, action=action), 401


def _failure(error: Exception) -> tuple[Response | str, int]:
    """Our mistake: the page needs neither the database nor the actor."""
    g.failed = True  # the page asks nobody who is looking
    with suppress(Exception):  # a database that cannot be asked is why we are here, perhaps
        db.session.rollback()
    return _answer(500, [])
