"""What an earlier application brings along, and what must be looked at again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairapp.rules.applications import Part
from fairapp.rules.carrying import (
    CARRIED,
    CarryMark,
    Offer,
    carried_answers,
    carried_wishes,
    kind_mark,
    looked_at,
    marks_from,
)
from fairapp.rules.questions import Body, Choice, Question, QuestionType, Section

OFFER = Offer(6_000_000, 9.0, 9.0, "VND")


@pytest.mark.parametrize(
    ("before", "now", "mark"),
    [
        (OFFER, OFFER, None),
        (OFFER, None, CarryMark.KIND_GONE),
        (OFFER, replace(OFFER, price_minor=7_000_000), CarryMark.PRICE_CHANGED),
        (OFFER, replace(OFFER, unit_area_m2=6.0), CarryMark.PRICE_CHANGED),
        (OFFER, replace(OFFER, currency="USD"), CarryMark.PRICE_CHANGED),
        (None, None, None),
        (None, OFFER, None),
    ],
)
def test_a_kind_of_booth_is_looked_at_again_when_it_is_another(
    before: Offer | None, now: Offer | None, mark: CarryMark | None
) -> None:
    assert kind_mark(before, now) is mark


def test_wishes_for_places_that_are_not_there_stay_behind() -> None:
    wishes = {"zone": "food", "hall": "A", "corner": True, "near": "cửa"}
    assert carried_wishes(wishes, {"food"}, {"A"}) == (wishes, None)
    kept, mark = carried_wishes(wishes, {"drink"}, {"A"})
    assert (kept, mark) == ({"hall": "A", "corner": True, "near": "cửa"}, CarryMark.PLACE_GONE)
    assert carried_wishes({}, (), ()) == ({}, None)


def body(*questions: Question) -> Body:
    return Body((Section("one", {"en": "One"}, questions),))


def asked(type: QuestionType = QuestionType.SHORT_TEXT, **values: Any) -> Question:
    return Question("it", type, {"en": "It"}, **values)


TEA, RICE = Choice("tea", {"en": "Tea"}), Choice("rice", {"en": "Rice"})
CHOICE = asked(QuestionType.CHOICE, choices=(TEA, RICE))


@pytest.mark.parametrize(
    ("before", "said", "now", "kept", "mark"),
    [
        (asked(), "x", asked(), "x", None),
        (asked(), "x", replace(asked(), labels={"en": "It?"}), "x", CarryMark.REWORDED),
        (asked(), "xxxx", asked(most="3"), None, CarryMark.CHANGED),
        (CHOICE, "tea", CHOICE, "tea", None),
        (CHOICE, "tea", replace(CHOICE, choices=(RICE, Choice("silk", {}))), None, CarryMark.CHANGED),
        (CHOICE, "tea", asked(QuestionType.NUMBER), None, CarryMark.CHANGED),
        (asked(QuestionType.CONSENT), True, asked(QuestionType.CONSENT), None, CarryMark.CONSENT),
        (asked(QuestionType.FILE), 7, asked(QuestionType.FILE), None, CarryMark.FILE),
        (asked(QuestionType.DATE), "2026-04-01", asked(QuestionType.DATE), None, CarryMark.DATE),
        (asked(), "", asked(), None, None),
    ],
)
def test_an_answer_comes_along_where_the_question_is_the_same(
    before: Question, said: Any, now: Question, kept: Any, mark: CarryMark | None
) -> None:
    found, marks = carried_answers(body(before), {"it": said}, body(now))
    assert (found.get("it"), marks.get("it")) == (kept, mark)


def test_a_new_question_is_neither_answered_nor_marked() -> None:
    assert carried_answers(body(), {"it": "x"}, body(asked())) == ({}, {})


def test_a_part_that_was_looked_at_is_marked_no_longer() -> None:
    kept = {"written": {}, CARRIED: {"from": 3, "parts": {"kind": "carried_kind_gone"}}}
    assert marks_from(kept) == {Part.KIND: CarryMark.KIND_GONE}
    seen = looked_at(kept, "kind")
    assert (marks_from(seen), seen[CARRIED]["from"], seen["written"]) == ({}, 3, {})
    assert looked_at(kept, "needs") == kept
    assert (looked_at({}, "kind"), marks_from({})) == ({}, {})
