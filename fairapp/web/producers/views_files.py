"""Pictures by their digest, and the communes of a province for the form that asks for one."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, g, jsonify, request

from fairapp.adapters import places
from fairapp.adapters.files import NoSuchFile, content_type, is_key
from fairapp.web.access import public
from fairapp.web.producers.bp import bp, files
from fairapp.web.security import sandbox_answer

FOR_EVER = "public, max-age=31536000, immutable"


@bp.get("/media/<key>")
@public
def media(key: str) -> Any:
    """A picture: whoever knows its digest may see it, it never changes, and nothing in it runs."""
    g.no_cookie = True
    if not is_key(key) or not content_type(key).startswith("image/"):
        abort(404)
    try:
        body = files().read(key)
    except NoSuchFile:
        abort(404)
    sandbox_answer()
    answer = Response(body, mimetype=content_type(key))
    answer.headers["Cache-Control"] = FOR_EVER
    answer.headers["Content-Disposition"] = "inline"
    answer.set_etag(key)
    return answer.make_conditional(request)


@bp.get("/places/communes")
@public
def communes() -> Any:
    """The communes of ``?province=CODE``, in the order of the alphabet; unknown codes have none."""
    g.no_cookie = True
    found = places.communes(request.args.get("province", "")[:10])
    answer = jsonify(communes=[each.name for each in found])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
