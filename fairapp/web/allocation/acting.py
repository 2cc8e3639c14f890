"""How an act on the board is done: in one transaction, answered, or refused with every reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.rules.allocation import Obstacle
from fairapp.rules.board_filters import Sift
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation import BoothClaim
from fairapp.store.base import db, reading, transaction
from fairapp.store.board_events import last_number
from fairapp.store.fairs import Booth
from fairapp.usecases.impact import about_claims, do_as_shown
from fairapp.web.access import current_fair
from fairapp.web.allocation.board import address
from fairapp.web.allocation.refusing import Again, refused
from fairapp.web.errors import wants_json
from fairapp.web.impact import confirmation, digest_sent, impact_of

KEPT = ("q", "show", "colour", "page", "day", *Sift)
"""What of the board's address outlives an act."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An act whose consequences are shown before it is done: the claims it changes, and how it is called."""

    claim_ids: tuple[int, ...]
    title: str
    label: str


def do(
    act: Callable[[Session, datetime], str], again: Again, shown: Shown | None = None, **chosen: Any
) -> Any:
    """Do it in one transaction and go back to the board, or say everything that speaks against it."""
    fair, now = current_fair(), datetime.now(UTC)
    try:
        with transaction() as session:
            if shown is None:
                said = act(session, now)
            else:
                about = about_claims(session, fair.id, shown.claim_ids)
                said = do_as_shown(session, about, partial(act, session, now), digest_sent(), now)
    except (Refused, Clash) as failure:
        db.session.rollback()
        impact = impact_of(failure)
        if impact is not None and shown is not None and not wants_json():
            at = reading().get(Booth, again.booth_id) if again.booth_id is not None else None
            back = address(fair.code, None if at is None else at.hall.code, booth=again.booth_id)
            return confirmation(impact, shown.title, shown.label, back)
        if isinstance(failure, Refused) and Obstacle.ALREADY_THEIRS in failure.reasons:
            said = _("This exhibitor holds booth %(code)s already.", code=failure.facts["code"])
            return _done(said, "info", again.booth_id, chosen)
        return refused(failure, again)
    return _done(said, "ok", again.booth_id, chosen)


def _done(said: str, kind: str, booth_id: int | None, chosen: dict[str, Any]) -> Any:
    """Back to the board; a board that is open already only needs to know what was done."""
    if not wants_json():
        flash(said, kind)
        return _back(booth_id, **chosen)
    exhibitor = chosen.get("exhibitor")
    return {
        "said": said,
        "booth": booth_id,
        "exhibitor": _still_to_place(int(exhibitor)) if exhibitor else None,
        "seq": last_number(reading(), current_fair().id),
    }


def _back(booth_id: int | None, **chosen: Any) -> Any:
    fair = current_fair()
    booth = reading().get(Booth, booth_id) if booth_id is not None else None
    kept = {name: value for name, value in parse_qsl(request.form.get("kept", "")[:800]) if name in KEPT}
    query = {**kept, **chosen}
    if query.get("exhibitor"):
        query["exhibitor"] = _still_to_place(int(query["exhibitor"]))
    if booth is None:
        return redirect(url_for("allocation.board", fair_code=fair.code, **query), 303)
    return redirect(address(fair.code, booth.hall.code, booth=booth.id, **query), 303)


def _still_to_place(exhibitor_id: int) -> int | None:
    """Who asked for more booths than it has stays in the hand."""
    found = waiting_rows.candidate(reading(), current_fair().id, exhibitor_id, datetime.now(UTC))
    return exhibitor_id if found is not None and found.placed < found.wanted else None


def of_this_fair(wanted: Any) -> None:
    """A thing of another fair answers like a missing one."""
    if reading().scalar(wanted) != current_fair().id:
        raise Missing


def claim_booth_id(claim_id: int) -> int:
    """The booth of a claim of this fair."""
    found = reading().execute(
        select(Booth.id, Booth.fair_id)
        .join(BoothClaim, BoothClaim.booth_id == Booth.id)
        .where(BoothClaim.id == claim_id)
    )
    row = found.first()
    if row is None or row.fair_id != current_fair().id:
        raise Missing
    return int(row.id)
