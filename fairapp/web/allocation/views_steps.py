"""The board's history with the way back of one's own steps, and what colleagues leave: pins and notes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template, request
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import Length

from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.actors import Permission
from fairapp.rules.board import INVERSE, BoardAct
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.reasons import Shape
from fairapp.store import board_events as events
from fairapp.store.base import reading
from fairapp.store.fairs import Booth
from fairapp.usecases.allocation_marks import (
    LONGEST_NOTE,
    NoteBooth,
    PinClaim,
    note_booth,
    pin_claim,
)
from fairapp.usecases.allocation_undo import UndoStep, standing, undo_step
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.acting import Shown, claim_booth_id, do, of_this_fair
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.refusing import Again, unclear
from fairapp.web.allocation.views_live import line_of
from fairapp.web.paging import page_asked

PER_PAGE = 50
_CHANGES_A_CLAIM = (BoardAct.PLACED, BoardAct.MOVED, BoardAct.SWAPPED, BoardAct.DAYS_CHANGED)


class NoteForm(FlaskForm):  # type: ignore[misc]
    """What colleagues should know of a booth."""

    text = TextAreaField(_l("Note"), [Length(max=LONGEST_NOTE)])


@bp.get("/o/<fair_code>/board-history")
@needs(Permission.APPLICATION_SEE)
def board_history(fair_code: str) -> str:
    """Who did what on the board, the newest first; one's own steps with their way back."""
    session, fair, actor = reading(), current_fair(), current_actor()
    mine = request.args.get("show") == "mine"
    whose = actor.account_id if mine else None
    page = page_asked(events.how_many_told(session, fair.id, whose), PER_PAGE)
    told = events.told_page(session, fair.id, whose, page.skipped, page.size)
    may = actor.may(Permission.BOOTH_ASSIGN, fair.id)
    return render_template(
        "allocation/history.html",
        steps=[(each, line_of(each), may and _has_way_back(each, actor.account_id)) for each in told],
        page=page,
        mine=mine,
    )


def _has_way_back(told: events.Told, account_id: int | None) -> bool:
    return told.account_id == account_id and told.undone_by is None and told.act in INVERSE


@bp.post("/o/<fair_code>/board-steps/<int(max=2147483647):event_id>/undo")
@needs(Permission.BOOTH_ASSIGN)
def undo(fair_code: str, event_id: int) -> Any:
    """Take back a step of one's own, or say who built on it."""
    session, actor = reading(), current_actor()
    event = session.get(events.BoardEvent, event_id)
    if event is None or event.fair_id != current_fair().id:
        raise Missing
    code, booth_id = session.get_one(Booth, event.booth_id).code, event.booth_id
    claim_id = standing(session, booth_id, event.exhibitor_id) if event.act in _CHANGES_A_CLAIM else None

    def act(session: Session, now: datetime) -> str:
        try:
            undo_step(session, actor, UndoStep(event_id, _("Undone on the board")), now)
        except Refused as refused:
            built_on: Any = refused.facts.get("built_on")
            later = "" if built_on is None else line_of(built_on)
            facts = {"code": code, **refused.facts, "built_on": None, "later": later}
            raise Refused(*refused.reasons, **facts) from refused
        return _("The step about %(code)s is undone.", code=code)

    shown = None if claim_id is None else Shown((claim_id,), _("Undo this step?"), _("Undo"))
    return do(act, Again("", booth_id), shown)


@bp.post("/o/<fair_code>/claims/<int:claim_id>/pin")
@needs(Permission.BOOTH_ASSIGN)
def pin(fair_code: str, claim_id: int) -> Any:
    """Have the optimiser keep this holder here, or let it go again."""
    booth_id, actor, pinned = claim_booth_id(claim_id), current_actor(), request.form.get("pinned") == "1"

    def act(session: Session, now: datetime) -> str:
        claim = pin_claim(session, actor, PinClaim(claim_id, pinned), now)
        if pinned:
            return _("A new plan keeps %(code)s as it is.", code=claim.booth.code)
        return _("A new plan may change %(code)s.", code=claim.booth.code)

    return do(act, Again("", booth_id))


@bp.post("/o/<fair_code>/booths/<int:booth_id>/note")
@needs(Permission.BOOTH_ASSIGN)
def note(fair_code: str, booth_id: int) -> Any:
    """Keep a note on a booth; an empty one takes it away."""
    form = NoteForm()
    of_this_fair(select(Booth.fair_id).where(Booth.id == booth_id))
    if not form.validate():
        return unclear(Shape.TOO_LONG)
    text, actor = form.text.data or "", current_actor()

    def act(session: Session, now: datetime) -> str:
        kept = note_booth(session, actor, NoteBooth(booth_id, text), now)
        return _("The note is kept.") if kept is not None else _("The booth has no note now.")

    return do(act, Again("", booth_id))
