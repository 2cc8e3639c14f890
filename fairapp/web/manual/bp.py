"""The room's blueprint, the numbers its addresses carry, and how the state of a duty looks."""

from __future__ import annotations

from flask import Blueprint, current_app

from fairapp.adapters.files import FolderFiles
from fairapp.rules.duties import Duty, DutyState
from fairapp.rules.manual import AnswerState
from fairapp.store.allocation import Exhibitor
from fairapp.web import one_application

bp = Blueprint("manual", __name__)

MINE = f"{one_application.MINE}/manual"
ONE = f"{one_application.OFFICE}/manual"
OFFICE = "/o/<fair_code>/manual"
TASK = "<int(max=2147483647):manual_task_id>"
ITEM = "<int(max=2147483647):service_item_id>"
ANSWER = "<int(max=2147483647):task_answer_id>"
SLOT = "<int(max=2147483647):move_in_slot_id>"

TAGS: dict[DutyState, tuple[str, str]] = {
    DutyState.LATE: ("err", "warn"),
    DutyState.DUE: ("warn", "clock"),
    DutyState.WAITING: ("info", "eye"),
    DutyState.DONE: ("ok", "check"),
    DutyState.PASSED: ("", "ban"),
}
ANSWER_TAGS: dict[AnswerState, tuple[str, str]] = {
    AnswerState.OPEN: ("", "clock"),
    AnswerState.ANSWERED: ("info", "eye"),
    AnswerState.APPROVED: ("ok", "check"),
    AnswerState.RETURNED: ("err", "undo"),
}


def private_files() -> FolderFiles:
    """Where what is handed in is kept: no public address leads there."""
    return FolderFiles(current_app.config["FAIRAPP"].private)


def way_to(duty: Duty, exhibitor: Exhibitor) -> str:
    """Where the exhibitor does it."""
    if duty.place == "badges":
        return f"/me/exhibitors/{exhibitor.id}/badges"
    return f"/me/applications/{exhibitor.application_id}/{duty.place}"
