"""How the demo fair gives booths: the ways that are open, wishes and points, and a draw that was held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.draws import DrawRule, NamesShown
from fairapp.rules.holds import ChoosingSettings, HoldStep
from fairapp.rules.priority_points import PointKind
from fairapp.rules.wishes import Wished, WishKind
from fairapp.store.applications import Application
from fairapp.store.draws import DrawEntrant, SpaceDraw
from fairapp.store.draws_queries import called_now
from fairapp.store.fairs import Booth, Fair
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.draws import (
    PrepareDraw,
    StartTurns,
    prepare_draw,
    reveal_draw,
    seal_draw,
    start_turns,
)
from fairapp.usecases.draws_choosing import (
    AnswerHold,
    PickBooth,
    answer_hold,
    keep_choosing,
    pass_turn,
    pick_booth,
)
from fairapp.usecases.draws_points import GivePoints, give_points
from fairapp.usecases.draws_turns import move_on
from fairapp.usecases.draws_wishes import KeepWishes, keep_wishes

WAYS = ChoosingSettings(assigned=True, self_service=True, draw=True, hold_minutes=30)
SOURCE = "Xổ số Mega 6/45, kỳ quay {day:%d/%m/%Y}: sáu số theo thứ tự tăng dần"
VALUE = "07 12 19 28 33 41"
POINTS = (4, 2, 6, 0, 3, 2, 5, 0, 2, 6, 3)
"""Starting points of the entrants, one after the other."""
STARTED = "Tham gia Hội chợ OCOP kỳ trước"
EARNED = "Giới thiệu sản phẩm tại Diễn đàn OCOP"
EXPIRED = "Điểm của kỳ hội chợ trước nữa hết hiệu lực"
MISSES = 4
"""The turn, counted from the first, in which nobody chooses."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """An accepted application before it has a booth, who acts for it, and the booth that it will choose."""

    application: Application
    actor: Actor
    booth: Booth | None


def keep_draw(
    session: Session, fair: Fair, drawn: Sequence[Drawn], now: datetime, below: Callable[[int], int]
) -> SpaceDraw:
    """Give points, take wishes, and hold the draw a few days ago, turn by turn."""
    keep_choosing(session, SYSTEM, fair.id, WAYS, now - timedelta(days=9))
    _keep_points(session, drawn, now - timedelta(days=8))
    _keep_wishes(session, drawn, now - timedelta(days=8))
    known = _at(fair, now - timedelta(days=6), time(18, 30))
    order = PrepareDraw(fair.id, DrawRule.POINTS, NamesShown.FULL, SOURCE.format(day=known), known)
    draw = prepare_draw(session, SYSTEM, order, now - timedelta(days=7, hours=2))
    seed = "".join(f"{below(16):x}" for _ in range(64))
    seal_draw(session, SYSTEM, draw.id, seed, now - timedelta(days=7))
    reveal_draw(session, SYSTEM, draw.id, VALUE, known + timedelta(minutes=40))
    begins = _at(fair, now - timedelta(days=5), time(8))
    start_turns(session, SYSTEM, StartTurns(draw.id, begins, 60), known + timedelta(hours=1))
    of_application = {each.application.id: each for each in drawn}
    turn = 0
    while (entrant := called_now(session, draw.id)) is not None:
        turn += 1
        _take_turn(session, entrant, of_application, turn)
    return draw


def _take_turn(session: Session, entrant: DrawEntrant, drawn: dict[int, Drawn], turn: int) -> None:
    starts, ends, of = entrant.starts_at, entrant.ends_at, entrant.exhibitor.application_id
    assert starts is not None  # it is called
    assert ends is not None
    assert of is not None
    each = drawn[of]
    if each.booth is None:
        pass_turn(session, each.actor, of, starts + timedelta(minutes=5))
    elif turn == MISSES:
        move_on(session, entrant.draw_id, ends)
        assign_booth(
            session, SYSTEM, AssignBooth(entrant.exhibitor_id, each.booth.id), ends + timedelta(days=1)
        )
    else:
        held = pick_booth(session, each.actor, PickBooth(of, each.booth.id), starts + timedelta(minutes=9))
        answer = AnswerHold(of, held.id, HoldStep.TAKE)
        answer_hold(session, each.actor, answer, starts + timedelta(minutes=14))


def _keep_points(session: Session, drawn: Sequence[Drawn], at: datetime) -> None:
    for each, points in zip(drawn, POINTS, strict=False):
        entries = [(PointKind.STARTING, points, STARTED)] if points else []
        if points > 3:
            entries.append((PointKind.EARNED, 2, EARNED))
            entries.append((PointKind.EXPIRED, -1, EXPIRED))
        for kind, amount, cause in entries:
            order = GivePoints(each.application.id, kind, amount, cause, f"demo-{kind.value}")
            give_points(session, SYSTEM, order, at)


def _keep_wishes(session: Session, drawn: Sequence[Drawn], at: datetime) -> None:
    """Whoever will choose a booth wishes for it first, then for its zone; some name neighbours."""
    names = [each.application.organisation.name for each in drawn]
    for place, each in enumerate(drawn):
        if each.booth is None:
            continue
        wished = [Wished(WishKind.BOOTH, each.booth.code), Wished(WishKind.HALL, each.booth.hall.code)]
        if each.booth.zone:
            wished.insert(1, Wished(WishKind.ZONE, each.booth.zone))
        near = (names[place - 1],) if place % 3 == 1 else ()
        apart = (names[place - 2],) if place % 4 == 3 else ()
        keep_wishes(session, each.actor, KeepWishes(each.application.id, tuple(wished), near, apart), at)


def _at(fair: Fair, day: datetime, hour: time) -> datetime:
    zone = ZoneInfo(fair.timezone)
    return datetime.combine(day.astimezone(zone).date(), hour, zone)
