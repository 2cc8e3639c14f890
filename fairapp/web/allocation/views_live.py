"""What open boards ask for while others work: the stream of changes, and the marks, list and line anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, render_template, request
from sqlalchemy import func, select

from fairapp.config import STREAM_THREADS
from fairapp.i18n import current_language, formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.board import BoardAct
from fairapp.store import board_events as events
from fairapp.store.base import db, reading
from fairapp.store.fairs import Fair, Hall
from fairapp.usecases.claiming import fair_days
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import actor_remembered, current_account, current_actor
from fairapp.web.allocation.answers import Answers
from fairapp.web.allocation.board import Hand, drawing_of, halls_on, origin
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.by_days import day_looked_at
from fairapp.web.allocation.colours import paint_asked
from fairapp.web.allocation.hand import hand_asked
from fairapp.web.allocation.queue import queue_of
from fairapp.web.allocation.stream import LIFE_S, MOST_AT_ONCE, Reader, Watch, stream

LIFE = "BOARD_STREAM_S"
LINES = 5
"""Lines about the latest changes that one answer holds."""
MOST_OVER = 1_000
"""How much of an address may name booths whose time is up."""


def number(text: str | None) -> int:
    """A number of an event as browsers send it back; anything else is the beginning."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _watch(app: Flask) -> Watch:
    found: Watch | None = app.extensions.get("board_watch")
    if found is None:

        def ask(fair_ids: Iterable[int]) -> dict[int, int]:
            with app.app_context():
                event = events.BoardEvent
                found = select(event.fair_id, func.max(event.seq)).where(event.fair_id.in_(list(fair_ids)))
                newest = db.session.execute(found.group_by(event.fair_id))
                return {fair: seq for fair, seq in newest if seq is not None}

        found = app.extensions.setdefault("board_watch", Watch(ask, STREAM_THREADS))
    return found


def _reader(app: Flask, fair_id: int, remembered: str) -> Reader:
    def news(seq: int) -> list[tuple[int, int, int | None]] | None:
        with app.app_context():  # a session of its own for each look, none while the stream sleeps
            actor = actor_remembered(remembered)
            if actor is None or not actor.may(Permission.APPLICATION_SEE, fair_id):
                return None
            return events.booths_since(db.session(), fair_id, seq, MOST_AT_ONCE)

    return Reader(fair_id, news)


@bp.get("/o/<fair_code>/board-events")
@needs(Permission.APPLICATION_SEE)
def board_events(fair_code: str) -> Response:
    """Every change of the fair's board after the last number that the browser has seen."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    account, fair = current_account(), current_fair()
    assert account is not None
    remembered = f"{account.id}.{account.epoch}"
    seen = number(request.headers.get("Last-Event-ID") or request.args.get("since"))
    seq = min(seen, events.last_number(reading(), fair.id))  # a database put back has lower numbers
    db.session.remove()
    lines = stream(_watch(app), _reader(app, fair.id, remembered), seq, app.config.get(LIFE, LIFE_S))
    return Response(lines, mimetype="text/event-stream", headers={"X-Accel-Buffering": "no"})


def line_of(told: events.Told) -> str:
    """What somebody did, in a sentence."""
    facts = {
        "who": told.who or _("The system"),
        "name": told.name or "",
        "other_name": told.other_name or "",
        "code": told.code,
        "other": told.other_code or "",
        "days": days_of_step(told),
    }
    line = phrase(told.act, **facts)
    if facts["days"] and told.act is not BoardAct.DAYS_CHANGED:
        line = f"{line} ({facts['days']})"
    return _("Undone: %(line)s", line=line) if told.facts.get("undoing") else line


def run_out_here() -> set[int]:
    """The booths whose time has run out in the page that asks, whoever has written it down or not."""
    asked = request.args.get("over", "")[:MOST_OVER].split(",")
    return {number(each) for each in asked} - {0}


def days_of_step(told: events.Told) -> str:
    """The days that a step was about, where it was about some of the fair's days only."""
    days = [date.fromisoformat(day) for day in told.facts.get("days", ())]
    is_part = len(days) < len(fair_days(current_fair()))
    return formats.days(days, "short") if is_part or told.act is BoardAct.DAYS_CHANGED else ""


@bp.get("/o/<fair_code>/board-changes/<int(max=2147483647):since>/<path:hall>")
@needs(Permission.APPLICATION_SEE)
def board_changes(fair_code: str, since: int, hall: str) -> dict[str, Any]:
    """What differs since a number: the booths of this hall as they are now, the list, and who did what.

    All boards ask as soon as something changes, and most of them the same.
    """
    session, fair = reading(), current_fair()
    here = session.scalar(select(Hall).where(Hall.fair_id == fair.id, Hall.code == hall))
    newest = events.last_number(session, fair.id)
    if here is None or since > newest:
        return {"seq": newest, "reload": True}
    actor = current_actor()
    may_assign = actor.may(Permission.BOOTH_ASSIGN, fair.id)
    question = (fair.id, here.id, since, newest, request.query_string, current_language(), may_assign)
    news = _answers().answer(question, partial(_news, fair, here, since, newest))
    if news.get("reload"):
        return news
    lines = [{"text": text, "mine": who == actor.account_id} for who, text in news["lines"]]
    return {**news, "lines": lines}


def _answers() -> Answers:
    found: Answers = current_app.extensions.setdefault("board_answers", Answers())
    return found


def _news(fair: Fair, here: Hall, since: int, newest: int) -> dict[str, Any]:
    """The answer for everybody who asks the same; its lines as (account, text)."""
    session, now = reading(), datetime.now(UTC)
    found = events.booths_since(session, fair.id, since, MOST_AT_ONCE + 1)
    if len(found) > MOST_AT_ONCE:
        return {"seq": newest, "reload": True}
    booths = {each for _, one, other in found for each in (one, other) if each is not None} | run_out_here()
    paint, day = paint_asked(session, fair), day_looked_at(fair)
    drawing = drawing_of(session, fair, here, paint, Hand(day=day), None, now, booths)
    halls = halls_on(session, fair, now, day)
    told = events.told_since(session, fair.id, since, LINES)
    queue = queue_of(session, fair, now)
    return {
        "seq": found[-1][0] if found else newest,
        "booths": sorted(booths),
        "marks": render_template("allocation/_marks.html", drawing=drawing),
        "lines": [(each.account_id, line_of(each)) for each in reversed(told)],
        "count": render_template("allocation/_count.html", hall=here, halls=halls, queue=queue),
        "free": {each.code: formats.number(each.free) for each in halls},
        "total": formats.number(queue.total),
        "queue": render_template(
            "allocation/_queue.html",
            queue=queue,
            hand=hand_asked(session, fair, now),
            groups=paint.groups,
            origin=origin,
            may_assign=current_actor().may(Permission.BOOTH_ASSIGN, fair.id),
        ),
    }
