"""The audit of a fair: who did what, when."""

from __future__ import annotations

from flask import render_template, request

from fairapp.rules.actors import Permission
from fairapp.store import fairs_numbers, fairs_search
from fairapp.store.base import reading
from fairapp.web.access import current_fair, needs
from fairapp.web.fairs.acts import act_word, facts_line, room_word
from fairapp.web.fairs.bp import bp
from fairapp.web.paging import page_asked

PER_PAGE = 100


@bp.get("/o/<fair_code>/audit")
@needs(Permission.AUDIT_SEE)
def audit(fair_code: str) -> str:
    """Every change of the fair, the newest first, by room and by person."""
    session, fair = reading(), current_fair()
    rooms = sorted(
        {what.partition(".")[0] for what in fairs_numbers.kinds_of_acts(session, fair.id)}, key=room_word
    )
    room, by = request.args.get("room", ""), request.args.get("by", "")
    room = room if room in rooms else ""
    account_id = int(by) if by.isascii() and by.isdigit() and len(by) < 10 else None
    found = fairs_numbers.audit_entries(fair.id, room, account_id)
    page = page_asked(fairs_search.how_many(session, found), PER_PAGE)
    return render_template(
        "fairs/audit.html",
        rows=fairs_numbers.page_of_audit(session, found, page.skipped, page.size),
        page=page,
        rooms=rooms,
        room=room,
        by=account_id,
        people=fairs_numbers.acting_accounts(session, fair.id),
        act_word=act_word,
        room_word=room_word,
        facts_line=facts_line,
    )
