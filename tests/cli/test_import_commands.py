"""The commands that bring lists in and out, as a shell runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairapp.adapters import qr
from fairapp.app import create_app
from fairapp.cli.main import fairapp
from fairapp.config import read_settings
from fairapp.store.base import db
from fairapp.store.migrating import migrate

Run = Callable[..., Result]
PLAN = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"hall": "A", "code": f"A-{n:02d}", "kind": "booth"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[4 * n, 0], [4 * n + 3, 0], [4 * n + 3, 3], [4 * n, 3], [4 * n, 0]]],
            },
        }
        for n in range(3)
    ],
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("fairs", "add", …)``: a command on a migrated database of its own."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    app = create_app(read_settings({"FAIRAPP_INSTANCE": str(tmp_path / "instance")}))
    with app.app_context():
        migrate(db.engine)
        db.session.remove()

    def ran(*arguments: str) -> Result:
        return CliRunner().invoke(fairapp, arguments, obj=lambda: app)

    return ran


def test_a_fair_a_plan_and_a_list_come_in_and_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    days = ("--starts", "2027-05-01", "--ends", "2027-05-02")
    made = run("fairs", "add", "tet", "--name-vi", "Chợ Tết", *days, "--json")
    assert json.loads(made.stdout) == {"fair": "TET", "state": "published"}
    plan, names, report = tmp_path / "plan.geojson", tmp_path / "names.csv", tmp_path / "report.csv"
    plan.write_text(json.dumps(PLAN))
    drawn = run("import", "plan", str(plan), "--fair", "TET", "--json")
    assert json.loads(drawn.stdout) == {"halls": 1, "booths": 3, "refused": 0}
    names.write_text("shop,id\nMột,A-00\nHai,A-00\nBa,Z-1\n", encoding="utf-8")
    order = ("import", "exhibitors", str(names), "--fair", "TET", "--columns", "name=shop,booth=id", "--json")
    dry = run(*order, "--dry-run")
    first = run(*order, "--report", str(report))
    again = run(*order)
    assert [json.loads(each.stdout) for each in (dry, first, again)] == [
        {"rows": 3, "taken": 1, "merged": 1, "refused": 1},
        {"rows": 3, "taken": 1, "merged": 1, "refused": 1},
        {"rows": 3, "taken": 0, "merged": 2, "refused": 1},
    ]
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 4
    out = tmp_path / "fair.xlsx"
    written = run("export", "TET", "--out", str(out), "--json")
    assert json.loads(written.stdout)["exhibitors"] == 2
    assert out.read_bytes().startswith(b"PK")


def test_what_cannot_be_done_is_one_sentence_and_a_code(run: Run, tmp_path: Path) -> None:
    gone = run("import", "exhibitors", str(tmp_path / "none.csv"), "--fair", "TET")
    unknown = run("export", "TET", "--out", str(tmp_path / "x.xlsx"))
    assert (gone.exit_code, unknown.exit_code) == (2, 1)
    assert unknown.stderr == "Error: There is no fair “TET”. Fairs: –.\n"


def test_a_healthy_installation_is_said_to_be_in_order(run: Run, tmp_path: Path) -> None:
    assert json.loads(run("check", "--json").stdout) == {"ok": True, "faults": {}, "warnings": {}}
    (tmp_path / "instance" / "keys" / "session.key").chmod(0o644)
    open_to_all = run("check", "--json")
    assert open_to_all.exit_code == 1
    assert json.loads(open_to_all.stdout)["faults"] == {"health_keys_open": 1}


def test_codes_that_the_reference_does_not_draw_are_said_before_anything_is_printed(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = qr.symbol
    monkeypatch.setattr(qr, "symbol", lambda text, level: right(text + "X", level))
    wrong = run("check", "--json")
    assert (wrong.exit_code, json.loads(wrong.stdout)["faults"]) == (1, {"health_codes_wrong": 1})
