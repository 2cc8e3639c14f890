"""Several booths at once: a hall's booths as a list to choose from, the chosen ones, and each act on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from flask import abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.i18n import gettext as _
from fairapp.i18n import ngettext
from fairapp.rules.actors import Permission
from fairapp.rules.allocation import PlaceRefusal
from fairapp.rules.board_several import MOST_AT_ONCE, NEEDS_WORDS, SeveralAct, SeveralRefusal
from fairapp.rules.errors import Missing
from fairapp.store import allocation_board as rows
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import reading
from fairapp.store.fairs import Booth, Hall
from fairapp.usecases.allocation_several import ActOnSeveral, act_on_several, claims_on
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.acting import Shown, do, of_this_fair
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.by_days import days_sent
from fairapp.web.allocation.chosen import chosen_of, days_to_place, listing_of
from fairapp.web.allocation.forms import ReasonForm
from fairapp.web.allocation.hand import hand_asked
from fairapp.web.allocation.refusing import Again, unclear
from fairapp.web.paging import page_asked

PER_PAGE = 100
SAID = {
    SeveralAct.BLOCK: lambda num: ngettext(
        "%(num)s booth is kept back.", "%(num)s booths are kept back.", num
    ),
    SeveralAct.OFFER: lambda num: ngettext(
        "%(num)s booth is offered again.", "%(num)s booths are offered again.", num
    ),
    SeveralAct.PIN: lambda num: ngettext(
        "A new plan keeps %(num)s holder in place.", "A new plan keeps %(num)s holders in place.", num
    ),
    SeveralAct.UNPIN: lambda num: ngettext(
        "A new plan may move %(num)s holder.", "A new plan may move %(num)s holders.", num
    ),
    SeveralAct.RELEASE: lambda num: ngettext(
        "%(num)s booth is taken back.", "%(num)s booths are taken back.", num
    ),
    SeveralAct.NOTE: lambda num: ngettext(
        "The note stands on %(num)s booth.", "The note stands on %(num)s booths.", num
    ),
    SeveralAct.PLACE: lambda num: ngettext("%(num)s booth is assigned.", "%(num)s booths are assigned.", num),
}


def _numbers(sent: Iterable[str]) -> tuple[int, ...]:
    """Booths as an address or a form names them: as many as are done at once, and one to be refused."""
    listed = list(
        dict.fromkeys(each for each in sent if each.isascii() and each.isdigit() and len(each) < 10)
    )
    return tuple(int(each) for each in listed[: MOST_AT_ONCE + 1])


@bp.get("/o/<fair_code>/board-list/<path:hall>")
@needs(Permission.APPLICATION_SEE)
def booth_list(fair_code: str, hall: str) -> Any:
    """The booths of a hall as a list, to choose several of them."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    here = session.scalar(select(Hall).where(Hall.fair_id == fair.id, Hall.code == hall))
    if here is None:
        abort(404)
    listed, hand = rows.booths_of_hall(session, here.id), hand_asked(session, fair, now)
    page = page_asked(len(listed), PER_PAGE)
    shown = listed[page.skipped : page.skipped + page.size]
    return render_template(
        "allocation/booth_list.html",
        hall=here,
        halls=rows.halls_with_counts(session, fair.id, now),
        listed=listing_of(session, fair, here.id, shown, now),
        page=page,
        hand=hand,
        days=days_to_place(session, fair, hand),
        acts=list(SeveralAct),
        may_assign=current_actor().may(Permission.BOOTH_ASSIGN, fair.id),
    )


@bp.get("/o/<fair_code>/board-chosen")
@needs(Permission.APPLICATION_SEE)
def chosen(fair_code: str) -> Any:
    """The booths that are chosen on the open plan, to be put beside it."""
    session, fair, now = reading(), current_fair(), datetime.now(UTC)
    numbers, hand = _numbers(request.args.getlist("booth_id")), hand_asked(session, fair, now)
    found = chosen_of(session, fair, numbers, now)
    return render_template(
        "allocation/_chosen.html",
        chosen=found,
        hand=hand,
        days=days_to_place(session, fair, hand),
        acts=found.acts,
        may_assign=current_actor().may(Permission.BOOTH_ASSIGN, fair.id),
    )


@bp.post("/o/<fair_code>/board-several")
@needs(Permission.BOOTH_ASSIGN)
def several(fair_code: str) -> Any:
    """Do one thing to every chosen booth, or to none of them."""
    form, numbers, now = ReasonForm(), _numbers(request.form.getlist("booth_id")), datetime.now(UTC)
    named = next((each for each in SeveralAct if each == request.form.get("act")), None)
    if named is None:
        return unclear(SeveralRefusal.NO_ACT)
    if not numbers:
        return unclear(SeveralRefusal.NOTHING_CHOSEN)
    if len(numbers) > MOST_AT_ONCE:
        return unclear(SeveralRefusal.TOO_MANY, most=MOST_AT_ONCE)
    if named in NEEDS_WORDS and (fault := form.fault()) is not None:
        return unclear(fault)
    sent = _numbers([request.form.get("exhibitor_id", "")])
    if named is SeveralAct.PLACE and not sent:
        return unclear(PlaceRefusal.NOBODY_CHOSEN)
    session, actor, act = reading(), current_actor(), named
    _all_of_this_fair(session, numbers)
    for exhibitor_id in sent:
        of_this_fair(select(Exhibitor.fair_id).where(Exhibitor.id == exhibitor_id))
    order = ActOnSeveral(numbers, act, form.words(), sent[0] if sent else None, days_sent(current_fair()))

    def run(session: Session, now: datetime) -> str:
        return SAID[act](act_on_several(session, actor, order, now))

    shown = None
    if act is SeveralAct.RELEASE and (claims := claims_on(session, numbers, now)):
        shown = Shown(tuple(claims), _("Take these booths back?"), _("Take the booths back"))
    put_down = {"exhibitor": sent[0]} if act is SeveralAct.PLACE else {}
    return do(run, Again("", numbers[0]), shown, **put_down)


def _all_of_this_fair(session: Session, numbers: tuple[int, ...]) -> None:
    """One booth of another fair is as if it were not there."""
    wanted = select(Booth.id).where(Booth.id.in_(numbers), Booth.fair_id == current_fair().id)
    if len(set(session.scalars(wanted))) != len(numbers):
        raise Missing
