"""The command that plans a fair given in the public format."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from fairapp.optimiser.checking import broken
from fairapp.optimiser.model import Placement, Plan
from fairapp.optimiser.reading import read_instance
from tests.optimiser.test_reading import public


def command(*words: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "fairapp", *map(str, words)]
    return subprocess.run(call, capture_output=True, text=True, check=False)


def places(found: dict[str, dict[str, int | str]]) -> dict[str, Placement]:
    return {name: Placement(str(place["row"]), int(place["start"])) for name, place in found.items()}


def test_a_plan_is_written_that_breaks_nothing(tmp_path: Path) -> None:
    fair, out = tmp_path / "fair.json", tmp_path / "plan.json"
    fair.write_text(json.dumps(public()))
    done = command("solve", fair, "--seconds", "60", "--out", out)
    plan = json.loads(out.read_text())
    whole = Plan(places(plan["placements"]), places(plan["pavilions"]))
    assert (done.returncode, done.stdout) == (0, "")
    assert broken(read_instance(fair), whole) == ()
    assert sorted([*whole.placements, *whole.pavilions]) == ["A1", "A2", "P1"]
    # two stands of 2 modules: priority, band and zone each, a corner each, one wish; the pavilion beside them
    assert plan["bound"] >= 2 * 2 * (10.5 + 5 + 25) + 2 * 20 + 30 + 2 * (2 * 50 + 2 * 5)


def test_an_impossible_fair_is_refused_by_name_and_leaves_no_file(tmp_path: Path) -> None:
    fair, out = tmp_path / "fair.json", tmp_path / "plan.json"
    data = public()
    data["pavilions"][0]["columns"] = 9
    fair.write_text(json.dumps(data))
    done = command("solve", fair, "--out", out)
    assert done.returncode == 1
    assert "Pavilion P1 needs 9 columns; the longest pair of back-to-back rows has 4." in done.stderr
    assert not out.exists()


def test_planning_reads_no_application(tmp_path: Path) -> None:
    whole = "{'flask', 'sqlalchemy', 'fairapp.app'}"
    look = f"import sys, fairapp.__main__, fairapp.cli.solving; print(sorted({whole} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert told.stdout.strip() == "[]"


def test_withdrawals_are_answered_one_by_one_from_an_own_plan(tmp_path: Path) -> None:
    fair, scenario, out = tmp_path / "fair.json", tmp_path / "scenario.json", tmp_path / "answer.json"
    fair.write_text(json.dumps(public()))
    leaving = [{"applicant": "A2", "bound": 0}, {"applicant": "A1", "bound": 0}]
    scenario.write_text(
        json.dumps({"format": "booth-allocation-withdrawals/1", "withdrawals": leaving, "moves_allowed": 2})
    )
    done = command("mend", fair, scenario, "--seconds", "60", "--out", out)
    answer = json.loads(out.read_text())
    assert (done.returncode, done.stdout) == (0, "")
    assert sorted(answer["start"]["placements"]) == ["A1", "A2"]
    assert [(step["withdrawn"], sorted(step["changes"])) for step in answer["steps"]] in (
        [("A2", []), ("A1", [])],
        [("A2", ["A1"]), ("A1", [])],
    )


def test_a_withdrawal_of_a_stranger_is_named(tmp_path: Path) -> None:
    fair, scenario = tmp_path / "fair.json", tmp_path / "scenario.json"
    fair.write_text(json.dumps(public()))
    leaving = [{"applicant": "A9", "bound": 0}]
    scenario.write_text(json.dumps({"format": "booth-allocation-withdrawals/1", "withdrawals": leaving}))
    done = command("mend", fair, scenario, "--seconds", "60", "--out", tmp_path / "answer.json")
    assert done.returncode == 1
    assert "the applicant A9 does not exist" in done.stderr


def test_a_late_application_and_a_lost_booth_are_answered_with_at_most_two_others_moved(
    tmp_path: Path,
) -> None:
    fair, scenario, out = tmp_path / "fair.json", tmp_path / "scenario.json", tmp_path / "answer.json"
    data = public()
    fair.write_text(json.dumps(data))
    late = {**data["applicants"][0], "id": "L1", "pinned": None}
    row = data["rows"][0]["id"]
    changes = [{"kind": "late", "applicant": late}, {"kind": "lost", "row": row, "module": 0}]
    scenario.write_text(json.dumps({"format": "booth-allocation-changes/1", "changes": changes}))
    done = command("mend", fair, scenario, "--seconds", "60", "--out", out)
    steps = json.loads(out.read_text())["steps"]
    assert (done.returncode, done.stdout) == (0, "")
    assert [next(iter(step.items())) for step in steps] == [("late", "L1"), ("lost", f"{row}/0")]
    assert all(len(set(step["changes"]) - {"L1"}) <= 3 for step in steps)
    assert "2 changes answered" in done.stderr
