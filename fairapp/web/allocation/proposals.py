"""Changes of the day: proposals that move at most two others, each taken with one press."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import formats, ngettext
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.planning_changes import Proposal
from fairapp.store import scenarios_queries as kept
from fairapp.store.allocation_waiting import count_waiting
from fairapp.store.base import db, reading, transaction
from fairapp.store.fairs import Fair
from fairapp.usecases.planning_proposals import Day, TakeProposal, proposals_today, take_proposal
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.showing_scenarios import reason_said
from fairapp.web.impact import confirmation, digest_sent, impact_of

MOST_MOVES_SENT = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One move in words."""

    name: str
    before: kept.BoothWord | None
    after: tuple[kept.BoothWord, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal on the page, and what is sent when it is taken."""

    moves: tuple[Step, ...]
    said: str
    sent: str


@bp.get("/o/<fair_code>/proposals")
@needs(Permission.BOOTH_ASSIGN)
def proposals(fair_code: str) -> Any:
    """Who lacks a booth; asked for, what could be done for them now and who would be better served.

    Working it out reads the whole fair, so the page comes first and asks for it by itself.
    """
    session, fair = reading(), current_fair()
    if "worked" in request.args:
        return render_template("allocation/proposals.html", worked=True, **_worked(session, fair))
    waiting = count_waiting(session, fair.id, datetime.now(UTC))
    return render_template("allocation/proposals.html", worked=False, waiting=waiting)


def _worked(session: Session, fair: Fair) -> dict[str, Any]:
    day = proposals_today(session, current_actor(), fair)
    booths = kept.booth_words(session, day.known.ground.lots)
    names = day.known.names
    codes = {number: word.code for number, word in booths.items()}
    return {
        "cards": [
            (names[who], [_shown(day, each, booths) for each in ways])
            for who, ways in day.without_place.items()
        ],
        "better": [_shown(day, each, booths) for each in day.better],
        "hopeless": [(names[who], reason_said(why, names, codes)) for who, why in day.hopeless.items()],
        "without": day.waiting,
        "shown": len(day.without_place) + len(day.hopeless),
    }


def _shown(day: Day, proposal: Proposal, booths: dict[int, kept.BoothWord]) -> Shown:
    steps = []
    for who, place in proposal.moves:
        held = [claim.booth_id for claim in day.known.claims.get(who, ())]
        before = booths.get(held[0]) if held else None
        steps.append(Step(day.known.names[who], before, tuple(booths[booth] for booth in place)))
    others = ngettext("%(num)s other moves", "%(num)s others move", proposal.others)
    points = formats.number(round(abs(proposal.gain), 1))
    said = _("%(others)s · %(points)s points gained", others=others, points=points)
    if proposal.gain < 0:
        said = _("%(others)s · %(points)s points lost", others=others, points=points)
    sent = ",".join(f"{who}:{booth}" for who, place in proposal.moves for booth in place)
    return Shown(tuple(steps), said, sent)


@bp.post("/o/<fair_code>/proposals")
@needs(Permission.BOOTH_ASSIGN)
def take_proposal_now(fair_code: str) -> Any:
    """Do all moves of a proposal, once what follows from them was shown."""
    fair, back = current_fair(), url_for("allocation.proposals", fair_code=fair_code)
    order = TakeProposal(fair.id, _moves(request.form.get("moves", "")), digest_sent())
    try:
        with transaction() as session:
            moved = take_proposal(session, current_actor(), order, datetime.now(UTC))
    except (Refused, Clash) as failure:
        db.session.rollback()
        impact = impact_of(failure)
        if impact is None:
            raise
        return confirmation(impact, _("Do this change?"), _("Do this"), back)
    flash(ngettext("%(num)s move done.", "%(num)s moves done.", moved), "ok")
    return redirect(back, 303)


def _moves(sent: str) -> tuple[tuple[int, int], ...]:
    """Exhibitor and booth of each move, in order."""
    found = []
    for part in sent[:400].split(","):
        who, _colon, booth = part.partition(":")
        if not (who.isascii() and who.isdigit() and booth.isascii() and booth.isdigit()):
            abort(422)
        found.append((int(who[:9]), int(booth[:9])))
    if len(found) > MOST_MOVES_SENT:
        abort(422)
    return tuple(found)
