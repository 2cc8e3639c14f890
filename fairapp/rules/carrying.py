"""Carry an earlier application over to the next fair: what comes along, and what must be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fairapp.rules.answers import Answers, Unfit, answer_from, is_blank
from fairapp.rules.applications import Part
from fairapp.rules.form_versions import means_another
from fairapp.rules.questions import Body, Question, QuestionType
from fairapp.rules.wishes import BUDGET

CARRIED = "carried"
"""In an application's ``answers``: from which one it was filled in, and what is still to be looked at."""


class CarryMark(StrEnum):
    """Why something that was said for the last fair must be looked at again."""

    KIND_GONE = "carried_kind_gone"
    PRICE_CHANGED = "carried_price_changed"
    PLACE_GONE = "carried_place_gone"
    PRODUCTS_GONE = "carried_products_gone"
    CONSENT = "carried_consent"
    FILE = "carried_file"
    DATE = "carried_date"
    CHANGED = "carried_changed"
    REWORDED = "carried_reworded"


class CarryHindrance(StrEnum):
    """What keeps an application back that was filled in from an earlier one."""

    NOT_LOOKED_AT = "carried_not_looked_at"


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of booth as a fair offers it."""

    price_minor: int
    unit_area_m2: float
    min_area_m2: float
    currency: str


def kind_mark(before: Offer | None, now: Offer | None) -> CarryMark | None:
    """Whether the kind of booth is still what it was."""
    if before is None:
        return None
    if now is None:
        return CarryMark.KIND_GONE
    return None if before == now else CarryMark.PRICE_CHANGED


_OF_ONE_FAIR = ("days", BUDGET)
"""Days and prices are the last fair's own."""


def carried_wishes(
    wishes: Mapping[str, Any], zones: Collection[str], halls: Collection[str]
) -> tuple[dict[str, Any], CarryMark | None]:
    """The wishes that mean something in the next fair too."""
    wishes = {name: value for name, value in wishes.items() if name not in _OF_ONE_FAIR}
    gone = {
        name
        for name, known in (("zone", zones), ("hall", halls))
        if wishes.get(name) and wishes[name] not in known
    }
    kept = {name: value for name, value in wishes.items() if name not in gone}
    return kept, CarryMark.PLACE_GONE if gone else None


def carried_answers(
    answered: Body, answers: Answers, asked: Body
) -> tuple[dict[str, Any], dict[str, CarryMark]]:
    """Answers to the same questions of the last fair, and why others must be given or looked at again.

    A consent is given to one fair, a day and a file belong to one, so these never come along.
    """
    kept: dict[str, Any] = {}
    marks: dict[str, CarryMark] = {}
    anew = {
        QuestionType.CONSENT: CarryMark.CONSENT,
        QuestionType.FILE: CarryMark.FILE,
        QuestionType.DATE: CarryMark.DATE,
    }
    for question in asked.questions():
        before, said = answered.question(question.key), answers.get(question.key)
        if before is None or is_blank(said):
            continue
        if question.type in anew:
            marks[question.key] = anew[question.type]
        elif means_another(before, question) or not _fits(question, said):
            marks[question.key] = CarryMark.CHANGED
        else:
            kept[question.key] = said
            if dict(before.labels) != dict(question.labels):
                marks[question.key] = CarryMark.REWORDED
    return kept, marks


def _fits(question: Question, said: Any) -> bool:
    try:
        return answer_from(question, said) is not None
    except Unfit:
        return False


def marks_from(plain: Mapping[str, Any]) -> dict[Part, CarryMark]:
    """The parts still to be looked at, as an application keeps them."""
    kept = plain.get(CARRIED, {}).get("parts", {})
    return {Part(part): CarryMark(mark) for part, mark in kept.items()}


def looked_at(plain: Mapping[str, Any], part: str) -> dict[str, Any]:
    """The application's ``answers`` once ``part`` was looked at."""
    carried = plain.get(CARRIED)
    if carried is None or part not in carried.get("parts", {}):
        return dict(plain)
    parts = {name: mark for name, mark in carried["parts"].items() if name != part}
    return {**plain, CARRIED: {**carried, "parts": parts}}
