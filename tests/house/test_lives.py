"""Every life that is a table of (state, step) has its matrix in the tests: each state by each step."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import fairapp.rules

Life = tuple[type[Enum], type[Enum]]
TESTS = Path(__file__).parent.parent


def lives() -> dict[Life, str]:
    """The enums of states and steps of each table of the rules, with the module that keeps it."""
    found: dict[Life, str] = {}
    for room in iter_modules(fairapp.rules.__path__):
        module = import_module(f"fairapp.rules.{room.name}")
        for table in vars(module).values():
            if not isinstance(table, dict) or not table:
                continue
            key = next(iter(table))
            if not isinstance(key, tuple) or len(key) != 2 or not all(isinstance(each, Enum) for each in key):
                continue
            state, step = (type(each) for each in key)
            if state.__name__.endswith("State") and step.__name__.endswith("Step"):
                found.setdefault((state, step), room.name)
    return found


def matrices() -> dict[str, set[str]]:
    """By test file, the names of the enums whose every member is a case of its tests."""
    found = defaultdict(set)
    for path in TESTS.rglob("test_*.py"):
        text = path.read_text(encoding="utf-8")
        for names in re.findall(r"product\(([^()]*)\)", text):
            found[path.name] |= set(re.split(r",\s*", names))
        found[path.name] |= set(re.findall(r'parametrize\(\s*"\w+",\s*(?:list\()?(\w+)\)', text))
    return found


def test_the_house_knows_its_lives() -> None:
    named = {state.__name__ for state, _step in lives()}
    assert {"State", "ClaimState", "DelegationState", "DocumentState", "InvoiceState", "BadgeState"} <= named
    assert len(named) >= 20


@pytest.mark.parametrize("life", lives(), ids=lambda life: life[0].__qualname__ + "-" + life[1].__qualname__)
def test_every_state_by_every_step_is_tested(life: Life) -> None:
    names = {each.__name__ for each in life}
    assert [file for file, whole in matrices().items() if names <= whole], f"no matrix of {names}"


@pytest.mark.parametrize("life", lives(), ids=lambda life: life[0].__qualname__ + "-" + life[1].__qualname__)
def test_every_step_is_taken_from_somewhere(life: Life) -> None:
    module = import_module(f"fairapp.rules.{lives()[life]}")
    used = {
        key[1]
        for table in vars(module).values()
        if isinstance(table, dict)
        for key in table
        if isinstance(key, tuple) and len(key) == 2 and isinstance(key[0], life[0])
    }
    assert used == set(life[1])
