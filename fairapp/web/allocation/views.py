"""The board and the page of one booth: looking at who stands where."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.actors import Permission
from fairapp.rules.board_colours import Colour
from fairapp.rules.board_filters import Sift
from fairapp.store.base import reading
from fairapp.store.board_events import last_number
from fairapp.store.fairs import Booth, Fair, Hall
from fairapp.usecases.claiming import fair_days
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation import (  # noqa: F401  (add pages to the blueprint)
    proposals,
    scenarios,
    scenarios_seat,
    views_claims,
    views_days,
    views_handover,
    views_live,
    views_several,
    views_steps,
)
from fairapp.web.allocation.board import drawing_of, halls_on, origin, surroundings
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.by_days import day_looked_at
from fairapp.web.allocation.colours import groups_of, paint_asked
from fairapp.web.allocation.hand import hand_asked, number_asked
from fairapp.web.allocation.panel import panel_of
from fairapp.web.allocation.queue import queue_of

__all__ = ["bp"]
CHOSEN = ("booth", "exhibitor", "claim", "q", "show", "colour", "page", "day", "lang", *Sift)
"""What of the address goes along to the first hall."""


def _booth(session: Session, fair: Fair, booth_id: int) -> Booth | None:
    wanted = select(Booth).where(Booth.id == booth_id, Booth.fair_id == fair.id)
    return session.scalar(wanted.options(joinedload(Booth.hall), joinedload(Booth.fair)))


@bp.get("/o/<fair_code>/board")
@bp.get("/o/<fair_code>/board/<path:hall>")
@needs(Permission.APPLICATION_SEE)
def board(fair_code: str, hall: str | None = None) -> Any:
    """A hall's plan between the queue and the chosen booth."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    halls = halls_on(session, fair, now, day_looked_at(fair))
    chosen = number_asked("booth")
    booth = _booth(session, fair, chosen) if chosen is not None else None
    if hall is None:
        if not halls:
            return render_template("allocation/no_plan.html")
        first = next((each for each in halls if booth is not None and each.id == booth.hall_id), halls[0])
        query: dict[str, Any] = {name: request.args[name] for name in CHOSEN if name in request.args}
        return redirect(url_for("allocation.board", fair_code=fair.code, hall=first.code, **query))
    here = session.scalar(select(Hall).where(Hall.fair_id == fair.id, Hall.code == hall))
    if here is None:
        abort(404)
    seq = last_number(session, fair.id)  # first: what changes while this is drawn is told afterwards
    hand, paint = hand_asked(session, fair, now), paint_asked(session, fair)
    drawing = drawing_of(session, fair, here, paint, hand, chosen, now)
    return render_template(
        "allocation/board.html",
        hall=here,
        halls=halls,
        hand=hand,
        groups=paint.groups,
        drawing=drawing,
        paint=paint,
        colours=Colour,
        legend=paint.legend(drawing),
        panel=panel_of(session, booth, hand, now) if booth is not None else None,
        queue=queue_of(session, fair, now),
        seq=seq,
        fair_days=fair_days(fair),
        may_assign=current_actor().may(Permission.BOOTH_ASSIGN, fair.id),
        origin=origin,
    )


@bp.get("/o/<fair_code>/booths/<int:booth_id>/panel")
@needs(Permission.APPLICATION_SEE)
def panel(fair_code: str, booth_id: int) -> Any:
    """The chosen booth alone, to be put beside the plan that is open."""
    return _booth_page("allocation/_panel.html", booth_id)


@bp.get("/o/<fair_code>/booths/<int:booth_id>")
@needs(Permission.APPLICATION_SEE)
def booth(fair_code: str, booth_id: int) -> Any:
    """One booth with everything that can be done to it, and its whole history."""
    return _booth_page("allocation/booth.html", booth_id, with_map=True)


def _booth_page(template: str, booth_id: int, with_map: bool = False) -> Any:
    session, fair = reading(), current_fair()
    found = _booth(session, fair, booth_id)
    if found is None:
        abort(404)
    now = datetime.now(UTC)
    hand = hand_asked(session, fair, now)
    return render_template(
        template,
        panel=panel_of(session, found, hand, now),
        hall=found.hall,
        hand=hand,
        groups=groups_of(session, fair),
        drawing=surroundings(session, fair, found) if with_map else None,
        may_assign=current_actor().may(Permission.BOOTH_ASSIGN, fair.id),
        origin=origin,
    )
