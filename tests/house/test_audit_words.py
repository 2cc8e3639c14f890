"""Whatever is written into the audit can be read there: every act, every part of the fair, every fact."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

from fairapp.rules.allocation_handover import ClaimStep
from fairapp.rules.applications import Step
from fairapp.rules.badge_queue import PrintJobStep
from fairapp.rules.badges import BadgeStep
from fairapp.rules.changes import ChangeStep
from fairapp.rules.delegations import DelegationStep, EntryStep
from fairapp.rules.documents import DocumentStep
from fairapp.rules.draws import TurnStep
from fairapp.rules.fairs import FairStep
from fairapp.rules.holds import HOLD_STEPS
from fairapp.rules.manual import AnswerStep
from fairapp.rules.partners import PartnerStep
from fairapp.rules.priority_points import PointKind
from fairapp.rules.services import OrderStep
from fairapp.rules.waiting_list import OfferStep
from fairapp.web.fairs.acts import FACTS, ROOMS
from fairapp.web.fairs.acts_words import ACTS

NAME = re.compile(r"[a-z_]+\.[a-z_]+")
KEPT_BY = frozenset({"_record", "record_claim"})
STEPS: dict[str, tuple[type[StrEnum], frozenset[str]]] = {
    "application": (Step, frozenset()),
    "badge": (BadgeStep, frozenset({"rename"})),
    "booth": (ClaimStep, frozenset()),
    "change": (ChangeStep, frozenset()),
    "document": (DocumentStep, frozenset({"upload", "remove"})),
    "delegation": (DelegationStep, frozenset()),
    "entry": (EntryStep, frozenset()),
    "fair": (FairStep, frozenset()),
    "manual": (AnswerStep, frozenset()),
    "partner": (PartnerStep, frozenset()),
    "points": (PointKind, frozenset()),
    "print_job": (PrintJobStep, frozenset()),
    "service": (OrderStep, frozenset()),
    "turn": (TurnStep, frozenset()),
    "waiting": (OfferStep, frozenset()),
}
"""Acts that are named after the step of a life, and the steps that are written under another name."""
NAMED = {
    "draw": ("prepared", "committed", "revealed", "started", "annulled"),
    "visa_letter": ("asked", "issued", "refused", "revoked", "withdrawn", "erased"),
}
"""Acts whose second half is a word of the code."""


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for path in sorted(Path("fairapp").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _is_audit(node.func):
                yield path, node


def _is_audit(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return called.attr == "record" and isinstance(called.value, ast.Name) and called.value.id == "audit"
    return isinstance(called, ast.Name) and called.id in KEPT_BY


def _names() -> set[str]:
    """Names of acts that stand in the code as they are."""
    found = set()
    for path in [*Path("fairapp/usecases").rglob("*.py"), *Path("fairapp/jobs").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_act_that_is_written_has_words() -> None:
    known = {act.partition(".")[0] for act in ACTS}
    said = {name for name in _names() if name.partition(".")[0] in known}
    assert len(said) > 100
    assert sorted(said - ACTS.keys()) == []


def test_every_act_written_as_it_is_belongs_to_a_part_of_the_fair() -> None:
    written = {
        str(argument.value)
        for _path, call in _calls()
        for argument in call.args
        if isinstance(argument, ast.Constant) and NAME.fullmatch(str(argument.value))
    }
    assert len(written) > 100
    assert sorted(written - ACTS.keys()) == []


@pytest.mark.parametrize("room", STEPS)
def test_every_step_of_a_life_has_words(room: str) -> None:
    steps, elsewhere = STEPS[room]
    missing = [step for step in steps if step.value not in elsewhere and f"{room}.{step.value}" not in ACTS]
    assert missing == []


def test_every_act_put_together_is_known_here() -> None:
    begins = {
        str(argument.values[0].value).rstrip(".")
        for _path, call in _calls()
        for argument in call.args
        if isinstance(argument, ast.JoinedStr) and isinstance(argument.values[0], ast.Constant)
    }
    assert len(begins) > 10
    assert begins <= STEPS.keys() | NAMED.keys()
    assert {f"{room}.{word}" for room, words in NAMED.items() for word in words} <= ACTS.keys()


def test_every_end_of_a_hold_has_words() -> None:
    ends = {f"booth.{before.value}_{step.value}" for before, step in HOLD_STEPS if step.value != "take"}
    assert ends <= ACTS.keys()


def test_every_part_of_the_fair_has_a_name() -> None:
    assert {act.partition(".")[0] for act in ACTS} == ROOMS.keys()


def test_every_fact_has_a_name() -> None:
    given = {
        keyword.arg
        for _path, call in _calls()
        for keyword in call.keywords
        if keyword.arg not in (None, "fair_id", "now")
    }
    assert len(given) > 50
    assert sorted(given - FACTS.keys()) == []
