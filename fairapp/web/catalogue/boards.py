"""The fascia board of one's own stand, as it will be cut."""

from __future__ import annotations

from flask import Response, request

from fairapp.store.badges_queries import exhibitor_seen
from fairapp.store.base import reading
from fairapp.usecases.boards import board_proof
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.catalogue.bp import bp

PROOF_DPI = 110


@bp.get("/me/exhibitors/<int(max=2147483647):exhibitor_id>/board.png")
@signed_in
def board_picture(exhibitor_id: int) -> Response:
    """The board with the text that is kept, or with the one being typed, 1:10."""
    from fairapp.adapters.pdf.rendering import page_png  # heavy: only who draws pays for it

    session = reading()
    exhibitor = exhibitor_seen(session, current_actor(), exhibitor_id)
    data = board_proof(session, exhibitor, request.args.get("text", exhibitor.fascia_name))
    answer = Response(page_png(data, 0, PROOF_DPI), mimetype="image/png")
    answer.headers["Cache-Control"] = "no-store"
    return answer
