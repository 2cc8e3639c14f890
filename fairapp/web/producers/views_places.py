"""The communes of a province, for the form that asks for one."""

from __future__ import annotations

from typing import Any

from flask import g, jsonify, request

from fairapp.adapters import places
from fairapp.web.access import public
from fairapp.web.producers.bp import bp


@bp.get("/places/communes")
@public
def communes() -> Any:
    """The communes of ``?province=CODE``, in the order of the alphabet; unknown codes have none."""
    g.no_cookie = True
    found = places.communes(request.args.get("province", "")[:10])
    answer = jsonify(communes=[each.name for each in found])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer
