"""What a day brings, read from files."""

import json
from pathlib import Path
from typing import Any

import pytest

from fairapp.optimiser.changing import Late, Lost, Withdrawn
from fairapp.optimiser.faults import BadInstance
from fairapp.optimiser.reading import instance_of
from fairapp.optimiser.scenarios import CHANGES, read_changes
from tests.optimiser.test_reading import public

FAIR = instance_of(public())
LATE: dict[str, Any] = {**public()["applicants"][0], "id": "L1", "pinned": None}


def written(folder: Path, *changes: dict[str, Any]) -> Path:
    file = folder / "scenario.json"
    file.write_text(json.dumps({"format": CHANGES, "changes": changes}))
    return file


def test_each_kind_of_change_is_read_in_its_order_and_whoever_came_late_may_withdraw(tmp_path: Path) -> None:
    row = next(iter(FAIR.rows))
    file = written(
        tmp_path,
        {"kind": "late", "applicant": LATE},
        {"kind": "lost", "row": row, "module": 0},
        {"kind": "withdrawn", "applicant": "L1"},
    )
    late, lost, gone = read_changes(file, FAIR)
    assert isinstance(late, Late)
    assert late.applicant.id == "L1"
    assert (lost, gone) == (Lost(row, 0), Withdrawn("L1"))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "withdrawn", "applicant": "A9"}, "the applicant A9 does not exist"),
        ({"kind": "withdrawn", "applicant": "P1"}, "the applicant P1 does not exist"),
        ({"kind": "lost", "row": "R9", "module": 0}, "module 0 of row R9 does not exist"),
        ({"kind": "lost", "row": next(iter(FAIR.rows)), "module": 99}, "module 99 of row"),
        (
            {"kind": "late", "applicant": {**LATE, "id": "A1"}},
            "The id A1 of a late application is given already",
        ),
        ({"kind": "late", "applicant": {**LATE, "wishes": ["R9"]}}, "the wished row R9 does not exist"),
        ({"kind": "late", "applicant": {**LATE, "size": 0}}, "size must be a whole number"),
        (
            {"kind": "late", "applicant": {**LATE, "pinned": {"row": next(iter(FAIR.rows)), "start": 0}}},
            "L1 applies late and cannot be pinned",
        ),
        ({"kind": "burnt"}, "kind must be withdrawn, late or lost"),
    ],
)
def test_a_change_that_means_nothing_is_named(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadInstance, match=told):
        read_changes(written(tmp_path, change), FAIR)


def test_whoever_withdraws_twice_is_named(tmp_path: Path) -> None:
    gone = {"kind": "withdrawn", "applicant": "A1"}
    with pytest.raises(BadInstance, match="A1 withdraws twice"):
        read_changes(written(tmp_path, gone, gone), FAIR)
