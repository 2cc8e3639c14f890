"""Everything of a fair that goes on paper: how much there is, what is missing, what is being made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.printed_signs import SCAN
from fairapp.rules.actors import Permission
from fairapp.rules.badges import VALID, BadgeState
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.geometry import as_rings, centroid
from fairapp.rules.jobs import UNDER_WAY
from fairapp.rules.signs import STICKERS_ON_SHEET, BoardText, SignKind, aisles_of, fascia_size
from fairapp.store.badges_lists import badges_by_state
from fairapp.store.base import db, reading, transaction
from fairapp.store.catalogue_queries import documents_made, exhibitor_count
from fairapp.store.signs_queries import PlacedBooth, fascia_texts, placed_booths, taken_count, tongues_of
from fairapp.usecases.catalogue import KeepBoard, keep_board, start_signs
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.catalogue.bp import bp
from fairapp.web.catalogue.forms import BoardForm, SignsForm
from fairapp.web.catalogue.names import name_of
from fairapp.web.wording import say_faults

SHOWN = 30
MOST_CHOSEN = 3
NAMED = 40
"""Boards that are missing, by name; of more the page tells the number."""
PRINT = "/o/<fair_code>/print"


@bp.get(PRINT)
@needs(Permission.CATALOGUE_PRINT)
def prints(fair_code: str) -> str:
    """Every kind of paper with its number and its gaps, what is under way, and the last files."""
    return _page()


@bp.post(f"{PRINT}/<any(booth,fascia,directory,aisle,sticker):kind>")
@needs(Permission.CATALOGUE_PRINT)
def make_signs(fair_code: str, kind: str) -> Any:
    """Start one kind of signs and go to its progress."""
    form, fair = SignsForm(prefix=kind), current_fair()
    if not form.validate():
        return _page(form), 422
    try:
        with transaction() as session:
            order = form.wanted(fair.id, SignKind(kind))
            job_id = start_signs(session, current_actor(), order, datetime.now(UTC)).id
    except (Invalid, Refused) as fault:
        return _told(form, fault), 422
    return redirect(url_for("operations.job", job_id=job_id), 303)


@bp.post(f"{PRINT}/board-size")
@needs(Permission.CATALOGUE_PRINT)
def keep_board_size(fair_code: str) -> Any:
    """Keep how large the fair's fascia boards are."""
    form = BoardForm(prefix="board")
    if not form.validate():
        return _page(board=form), 422
    try:
        with transaction() as session:
            order = KeepBoard(current_fair().id, form.wide.data, form.high.data)
            keep_board(session, current_actor(), order, datetime.now(UTC))
    except Invalid as fault:
        db.session.rollback()
        say_faults(form, fault)
        return _page(board=form), 422
    flash(_("Saved. The next boards have this size."), "ok")
    return redirect(url_for("catalogue.prints", fair_code=fair_code), 303)


def _told(form: SignsForm, fault: Invalid | Refused) -> str:
    db.session.rollback()
    say_faults(form, fault)
    return _page(form)


def _forms(sent: SignsForm | None, tongues: Sequence[str]) -> dict[SignKind, SignsForm]:
    """A form for each kind; the one that was sent keeps what was typed. The exhibitors' own languages are
    chosen beforehand."""
    also = [code for code in tongues if code in SCAN][:MOST_CHOSEN]
    forms = {kind: SignsForm(None, prefix=kind.value, also=also) for kind in SignKind}
    if sent is not None:
        forms[SignKind(sent.whose)] = sent
    return forms


def _counts(booths: list[PlacedBooth]) -> dict[SignKind, int]:
    """How many sheets each kind has, apart from boards."""
    halls: defaultdict[int, dict[str, tuple[float, float] | None]] = defaultdict(dict)
    for each in booths:
        halls[each.hall_id][each.code] = centroid(as_rings(each.outline)) if each.outline else None
    return {
        SignKind.BOOTH: len(booths),
        SignKind.DIRECTORY: len(halls),
        SignKind.AISLE: sum(len(aisles_of(places)) for places in halls.values()),
        SignKind.STICKER: -(-len(booths) // STICKERS_ON_SHEET),
    }


def _page(sent: SignsForm | None = None, board: BoardForm | None = None) -> str:
    session, fair, actor = reading(), current_fair(), current_actor()
    size = fascia_size(fair.settings.get("fascia_mm"))
    texts, booths = fascia_texts(session, fair.id), list(placed_booths(session, fair.id))
    badges = badges_by_state(session, fair.id)
    names = ("catalogue", "signs", "badges") if actor.may(Permission.BADGE_PRINT, fair.id) else None
    made = documents_made(session, fair.id, SHOWN, *([names] if names else []))
    return render_template(
        "catalogue/prints.html",
        forms=_forms(sent, tongues_of(session, fair.id)),
        unasked=sum(each.state is BoardText.NOT_ASKED for each in texts),
        BoardText=BoardText,
        sent=sent or board,
        board=board or BoardForm(None, prefix="board", data={"wide": size[0], "high": size[1]}),
        size=size,
        counts={**_counts(booths), SignKind.FASCIA: sum(each.is_ready for each in texts)},
        booths=len(booths),
        empty=len(booths) - taken_count(session, fair.id),
        undrawn=sum(not each.outline for each in booths),
        missing=[each for each in texts if not each.is_ready],
        named=NAMED,
        exhibitors=exhibitor_count(session, fair.id),
        badges=sum(badges.get(state, 0) for state in VALID),
        unapproved=badges.get(BadgeState.NAMED, 0),
        running=[each for each in made if each.job.state in UNDER_WAY],
        made=[each for each in made if each.job.state not in UNDER_WAY],
        name_of=name_of,
        Kind=SignKind,
    )
