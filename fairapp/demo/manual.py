"""The demo fair's manual: tasks in every state, times to move in, services of which some are sold out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.demo.drawings.papers import scan
from fairapp.rules.actors import SYSTEM, Actor
from fairapp.rules.billing import PriceKind
from fairapp.rules.errors import FairError
from fairapp.rules.manual import AnswerStep, TaskKind
from fairapp.store.allocation import Exhibitor
from fairapp.store.duties_queries import exhibitors_asked
from fairapp.store.fairs import Fair, Hall
from fairapp.store.manual import ManualTask, MoveInSlot, TaskAnswer
from fairapp.store.manual_queries import booth_kind_of
from fairapp.usecases.billing_prices import KeepPrice, keep_price
from fairapp.usecases.documents import take_file
from fairapp.usecases.manual import AddSlots, KeepTask, add_slots, keep_task
from fairapp.usecases.manual_answers import AnswerTask, CheckAnswer, answer_task, check_answer
from fairapp.usecases.manual_services import KeepService, OrderService, keep_service, order_service

TOLD = Path(__file__).parent / "data" / "manual.toml"
FIRST, VANS = time(8, 0), 6


@dataclass(slots=True)
class _Desk:
    session: Session
    fair: Fair
    actors: Mapping[int, Actor]
    now: datetime
    told: dict[str, Any]

    def day(self, wanted: Mapping[str, Any]) -> datetime:
        """The end of a working day, counted from today or before the fair."""
        today = self.now.astimezone(ZoneInfo(self.fair.timezone)).date()
        day = self.fair.starts_on - timedelta(days=wanted.get("before_fair", 0))
        if "in_days" in wanted:
            day = min(today + timedelta(days=wanted["in_days"]), self.fair.ends_on)
        return datetime.combine(day, time(17, 0), ZoneInfo(self.fair.timezone))


def keep_manual(
    session: Session, fair: Fair, actors: Mapping[int, Actor], files: FolderFiles, now: datetime
) -> None:
    """Ask, offer, and let most exhibitors have answered and ordered; ``actors``: who acts for whom."""
    desk = _Desk(session, fair, actors, now, tomllib.loads(TOLD.read_text(encoding="utf-8")))
    tasks = {told["key"]: _task(desk, told) for told in desk.told["task"]}
    slots = _slots(desk)
    items = [_service(desk, told) for told in desk.told["service"]]
    plan = take_file(files, scan("stand plan"))
    raw = 0
    for place, exhibitor in enumerate(session.scalars(exhibitors_asked(fair.id)).all()):
        _answer(desk, exhibitor, place, tasks, slots)
        if booth_kind_of(exhibitor) == "raw":
            _plan(desk, exhibitor, tasks["plan"], plan.key, plan.size, raw)
            raw += 1
        for turn, item_id in enumerate(items):
            if (place + 2 * turn) % 5 == 0:
                _order(desk, exhibitor, item_id, 1 + (place + turn) % 3)


def _task(desk: _Desk, told: Mapping[str, Any]) -> ManualTask:
    order = KeepTask(
        desk.fair.id,
        TaskKind(told["kind"]),
        told["names"],
        desk.day(told),
        told.get("texts", {}),
        tuple(told.get("booth_kinds", ())),
        told.get("is_required", True),
        told.get("is_checked", False),
    )
    return keep_task(desk.session, SYSTEM, order, desk.now - timedelta(days=40))


def _slots(desk: _Desk) -> list[MoveInSlot]:
    """Two mornings and afternoons before the fair, for each hall."""
    zone, made = ZoneInfo(desk.fair.timezone), []
    for hall in desk.session.scalars(select(Hall).where(Hall.fair_id == desk.fair.id).order_by(Hall.id)):
        for before in (2, 1):
            start = datetime.combine(desk.fair.starts_on - timedelta(days=before), FIRST, zone)
            order = AddSlots(desk.fair.id, start, start + timedelta(hours=8), 120, VANS, hall.id)
            made += add_slots(desk.session, SYSTEM, order, desk.now)
    return made


def _service(desk: _Desk, told: Mapping[str, Any]) -> int:
    """A line of the price list and the service that costs it; it was open for orders a while ago too."""
    price = KeepPrice(
        desk.fair.id,
        told["code"],
        PriceKind.SERVICE,
        told["names"],
        told["unit"],
        1_000,
        other_prices={"USD": {"unit": told["usd"]}},
    )
    line = keep_price(desk.session, SYSTEM, price, desk.now)
    order = KeepService(
        desk.fair.id,
        line.id,
        desk.day(told),
        told["names"],
        told.get("texts", {}),
        told["units"],
        told.get("stock"),
        watts=told.get("watts", 0),
    )
    return keep_service(desk.session, SYSTEM, order, desk.now).id


def _answer(
    desk: _Desk, exhibitor: Exhibitor, place: int, tasks: Mapping[str, ManualTask], slots: list[MoveInSlot]
) -> None:
    """Most have done what was due; some are late, some early."""
    at = desk.now - timedelta(days=6, hours=place)
    if place % 5 != 4:
        _hand_in(desk, exhibitor, tasks["fascia"], at, text=exhibitor.fascia_name)
    if place % 4 != 1:
        _hand_in(desk, exhibitor, tasks["safety"], at, is_ticked=True)
    if place % 3 == 0:
        _hand_in(desk, exhibitor, tasks["catalogue"], at)
    if place % 2 == 0:
        for turn in range(len(slots)):
            slot = slots[(place * 3 + turn) % len(slots)]
            if _hand_in(desk, exhibitor, tasks["move_in"], at, slot_id=slot.id):
                break


def _plan(desk: _Desk, exhibitor: Exhibitor, task: ManualTask, key: str, size: int, turn: int) -> None:
    """Plans wait, come back or are approved in turns."""
    at = desk.now - timedelta(days=3, hours=turn)
    if turn % 4 == 3:
        return
    answer = _hand_in(desk, exhibitor, task, at, file_key=key, size=size)
    step = (None, AnswerStep.RETURN, AnswerStep.APPROVE)[turn % 3]
    if answer is not None and step is not None:
        check = CheckAnswer(desk.fair.id, answer.id, step, desk.told["plan_returned"])
        check_answer(desk.session, SYSTEM, check, desk.now - timedelta(days=1))


def _hand_in(
    desk: _Desk, exhibitor: Exhibitor, task: ManualTask, at: datetime, **values: Any
) -> TaskAnswer | None:
    """What the rules refuse (a hall without a booth, a full slot) is not in the story."""
    actor, application_id = desk.actors.get(exhibitor.organisation_id), exhibitor.application_id
    if actor is None or application_id is None:
        return None
    try:
        return answer_task(desk.session, actor, AnswerTask(application_id, task.id, **values), at)
    except FairError:
        return None


def _order(desk: _Desk, exhibitor: Exhibitor, item_id: int, quantity: int) -> None:
    actor, application_id = desk.actors.get(exhibitor.organisation_id), exhibitor.application_id
    if actor is None or application_id is None:
        return
    try:
        order = OrderService(application_id, item_id, quantity)
        order_service(desk.session, actor, order, desk.now - timedelta(days=4))
    except FairError:
        return  # sold out by now
