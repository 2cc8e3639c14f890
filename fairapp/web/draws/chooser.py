"""An exhibitor's own choice: its turn, its hold, and the booths that suit it, on the plan and as a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.allocation import ClaimState, Stand, obstacles
from fairapp.rules.applications import ADMITTED
from fairapp.rules.draws import TurnState
from fairapp.rules.errors import Clash, Missing, Refused
from fairapp.rules.geometry import as_rings
from fairapp.rules.holds import ChoosingSettings, HoldStep, may_choose, outside
from fairapp.rules.plans import facilities_from_json
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import exhibitor_from
from fairapp.store.applications_review import halls_to_choose
from fairapp.store.base import db, reading, transaction
from fairapp.store.draws_queries import entry_of, running_draw, turns_before
from fairapp.store.fairs import Booth, Hall
from fairapp.store.holds import FloorRow, floor_of_hall, own_booths, pending_of, taken_booths
from fairapp.store.points import ledger_of, points_of
from fairapp.usecases.claiming import days_asked, kept_by_offers, wish_with_guests
from fairapp.usecases.draws_choosing import (
    AnswerHold,
    Party,
    PickBooth,
    answer_hold,
    chooser,
    deposit_hindrances,
    party,
    pass_turn,
    pick_booth,
    turn_of,
)
from fairapp.usecases.draws_offers import OfferBooth, offer_booth
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.draws.bp import MINE, bp
from fairapp.web.draws.office import TURN_TAGS
from fairapp.web.plan_drawing import BoothFacts, HallDrawing, MarkState, booth_title, draw_hall, with_words
from fairapp.web.wording import sentences

MOST_LISTED = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A booth of the hall for one exhibitor."""

    booth: Booth
    state: MarkState
    suits: bool


@bp.get(f"{MINE}/choose")
@signed_in
def choose(application_id: int) -> str:
    """The booths to choose from, and how the choice stands."""
    return _page(*_mine(application_id))


@bp.post(f"{MINE}/choose")
@signed_in
def pick(application_id: int) -> Any:
    """Hold a booth."""
    order = PickBooth(application_id, _number("booth_id"))
    done = _("The booth is kept for you. Take it before the time is up.")
    return _act(application_id, lambda session: pick_booth(session, current_actor(), order, _now()), done)


@bp.post(f"{MINE}/choose/<any(take,let_go):step>")
@signed_in
def answer(application_id: int, step: str) -> Any:
    """Take what is on hold or offered, or let it go."""
    order = AnswerHold(application_id, _number("claim_id"), HoldStep(step))
    done = _("The booth is yours.") if step == "take" else _("The booth is free for others again.")
    return _act(application_id, lambda session: answer_hold(session, current_actor(), order, _now()), done)


@bp.post(f"{MINE}/choose/pass")
@signed_in
def pass_on(application_id: int) -> Any:
    """Let the turn go."""
    done = _("You have passed. The next in the order chooses now.")
    return _act(
        application_id, lambda session: pass_turn(session, current_actor(), application_id, _now()), done
    )


@bp.post(f"{MINE}/choose/offer")
@signed_in
def offer(application_id: int) -> Any:
    """The office offers a booth for some time."""
    exhibitor = exhibitor_from(reading(), application_id)
    if exhibitor is None:
        raise Missing
    order = OfferBooth(exhibitor.id, _number("booth_id"))
    done = _("The booth is offered. It is free again by itself when nobody answers in time.")
    return _act(application_id, lambda session: offer_booth(session, current_actor(), order, _now()), done)


def _act(application_id: int, act: Callable[[Session], object], done: str) -> Any:
    _mine(application_id)
    try:
        with transaction() as session:
            act(session)
    except (Refused, Clash) as refusal:
        db.session.rollback()
        near = refusal.facts.get("neighbours", ())
        return _page(*_mine(application_id), sentences(refusal), near), 409
    flash(done, "ok")
    return redirect(url_for("draws.choose", application_id=application_id), 303)


def _number(name: str) -> int:
    asked = request.form.get(name, "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Missing
    return int(asked)


def _now() -> datetime:
    return datetime.now(UTC)


def _mine(application_id: int) -> tuple[Application, Party]:
    application, part = party(reading(), current_actor(), application_id)
    g.fair = application.fair
    return application, part


def _page(application: Application, part: Party, reasons: tuple[str, ...] = (), near: Any = ()) -> str:
    session, now, fair = reading(), _now(), application.fair
    exhibitor = exhibitor_from(session, application.id)
    admitted = exhibitor is not None and exhibitor.left_at is None and application.state in ADMITTED
    shown: dict[str, Any] = {}
    if exhibitor is not None and admitted:
        shown = _shown(session, application, exhibitor, now)
    return render_template(
        "draws/choose.html",
        application=application,
        part=part,
        Party=Party,
        admitted=admitted,
        settings=ChoosingSettings.read(fair.settings),
        reasons=reasons,
        near=near,
        now=now,
        turn_tags=TURN_TAGS,
        Turn=TurnState,
        Claim=ClaimState,
        entries=ledger_of(session, fair.id, application.organisation_id),
        total=points_of(session, fair.id, [application.organisation_id]).get(application.organisation_id, 0),
        **shown,
    )


def _shown(session: Session, application: Application, exhibitor: Exhibitor, now: datetime) -> dict[str, Any]:
    settings = ChoosingSettings.read(application.fair.settings)
    draw = running_draw(session, application.fair_id)
    entrant = turn_of(session, draw, exhibitor)
    against = may_choose(settings, chooser(session, exhibitor, draw, entrant, now))
    halls = [
        hall
        for hall in halls_to_choose(session, application.fair)
        if not settings.halls or hall.code in settings.halls
    ]
    asked = request.args.get("hall", "")
    hall = next((each for each in halls if each.code == asked), halls[0] if halls else None)
    pending = pending_of(session, exhibitor.id, now)
    entry = entry_of(session, exhibitor.id)
    choices = [] if hall is None else _choices(session, application, exhibitor, settings, hall, now)
    held = {claim.booth_id for claim in pending}
    selected = request.args.get("booth", "")
    return {
        "own": own_booths(session, exhibitor.id),
        "pending": pending,
        "hindrances": deposit_hindrances(session, application) if pending else (),
        "entry": entry,
        "before": 0 if entry is None else turns_before(session, entry),
        "against": [phrase(each) for each in against],
        "halls": halls,
        "hall": hall,
        "drawing": None if hall is None else _draw(hall, choices, held, selected),
        "suiting": [each for each in choices if each.suits][:MOST_LISTED],
        "many": sum(each.suits for each in choices),
        "chosen": next((each for each in choices if str(each.booth.id) == selected), None),
    }


def _choices(
    session: Session,
    application: Application,
    exhibitor: Exhibitor,
    settings: ChoosingSettings,
    hall: Hall,
    now: datetime,
) -> list[Choice]:
    wish = wish_with_guests(session, exhibitor)
    days = days_asked(exhibitor)
    taken, offered = taken_booths(session, hall.id, now, days), kept_by_offers(session, hall.fair_id, days)
    zone_is_hard = bool(application.fair.settings.get("zone_is_hard", False))
    found = []
    for row in floor_of_hall(session, hall.id):
        booth = row.booth
        stand = _stand(row, zone_is_hard, booth.id in taken, hall, booth.id in offered)
        suits = not obstacles(wish, stand) and not outside(settings, hall.code, booth.zone, wish.zone)
        free = MarkState.BLOCKED if booth.blocked_because is not None else MarkState.FREE
        found.append(Choice(booth, MarkState.ALLOCATED if booth.id in taken else free, suits))
    return found


def _stand(row: FloorRow, zone_is_hard: bool, taken: bool, hall: Hall, offered: bool) -> Stand:
    booth = row.booth
    plain = Stand(booth.fair_id, booth.area_m2, booth.kind.value, booth.zone, zone_is_hard)
    return replace(
        plain,
        holders=frozenset({-1}) if taken else frozenset(),
        blocked=booth.blocked_because is not None,
        offered=offered,
        open_sides=booth.open_sides,
        hall=hall.code,
        delegation=row.delegation_id,
    )


def _draw(hall: Hall, choices: list[Choice], held: set[int], selected: str) -> HallDrawing:
    return draw_hall(
        hall.code,
        [_facts(each, hall, held, selected) for each in choices],
        outline=as_rings(hall.outline) if hall.outline else (),
        facilities=with_words(facilities_from_json(hall.facilities), hall.fair.settings),
    )


def _facts(choice: Choice, hall: Hall, held: set[int], selected: str) -> BoothFacts:
    booth, mine = choice.booth, choice.booth.id in held
    state = MarkState.HELD if mine else choice.state
    title = booth_title(booth.code, booth.area_m2, state)
    if state is MarkState.FREE and not choice.suits:
        state = MarkState.BLOCKED
        title = ", ".join((booth.code, formats.area(booth.area_m2), _("does not suit you")))
    here = f"?hall={hall.code}&booth={booth.id}#booth"
    return BoothFacts(
        id=booth.id,
        code=booth.code,
        rings=as_rings(booth.outline),
        state=state,
        title=title,
        href=here,
        selected=str(booth.id) == selected,
        you=mine,
    )
