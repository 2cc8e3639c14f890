"""Plans and mended plans of the allocation engine, beside the greedy practice of the trade.

    python benchmarks/allocation.py [--bench DIR] [--only NAME]

``--bench`` is a folder with instances/, judge.py, judge_withdraw.py and peer_greedy.py: every instance is
planned by ``fairapp solve`` within the seconds of its size, in a process of its own, and judged by the judge.
Without it two fairs are made up, the same each time; the gap is then to the engine's own bound, the peer our
own greedy.
"""

import argparse
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SECONDS = {60: (3,), 600: (10,), 6000: (30, 120)}  # by applications
GROUPS = ("food", "drinks", "crafts", "herbs", "textiles")
WEIGHTS = {"zone_match": 25, "band": {"C": 0, "B": 5, "A": 10}, "corner": 20, "wishes": [30, 15]}


@dataclass(frozen=True)
class Ran:
    """What a process took: seconds of wall time, MiB at its peak."""

    seconds: float
    peak_mib: float


def ran(*words: str | Path) -> Ran:
    """Run a command to its end; its own peak, and not that of others before it."""
    begun = time.perf_counter()
    process = subprocess.Popen([str(word) for word in words], cwd=ROOT, stderr=subprocess.PIPE)
    assert process.stderr is not None
    told = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(told.decode())
    return Ran(time.perf_counter() - begun, usage.ru_maxrss / 1024)


def fairapp(*words: str | Path) -> Ran:
    return ran(sys.executable, "-m", "fairapp", *words)


def judged(judge: Path, *files: Path) -> dict[str, Any]:
    """The line of a judge; a broken rule is told, not hidden."""
    done = subprocess.run([sys.executable, judge, *files], capture_output=True, text=True, check=False)
    return json.loads(done.stdout)


def row(*cells: object) -> None:
    widths = (26, 7, 7, 8, 9, 8, 8, 7, 7, 9)
    print("".join(f"{cell!s:>{width}}" for cell, width in zip(cells, widths, strict=False)), flush=True)


def public(bench: Path, only: str, work: Path) -> None:
    """Every instance of the folder, then every scenario."""
    row("instance", "within", "took", "gap %", "bound +%", "clashes", "broken", "placed", "MiB", "peer %")
    for file in sorted((bench / "instances").glob("n*.json*")):
        if only not in file.name:
            continue
        applications = int(file.name[1:].split("-")[0])
        peer = work / "peer.json"
        ran(sys.executable, bench / "peer_greedy.py", file, peer)
        peer_gap = judged(bench / "judge.py", file, peer)["gap"]
        for seconds in SECONDS.get(applications, (30,)):
            plan = work / "plan.json"
            cost = fairapp("solve", file, "--seconds", str(seconds), "--out", plan)
            line = judged(bench / "judge.py", file, plan)
            above = 100 * (line["claimed_bound"] / line["bound"] - 1)
            clashes = line["clashes_side"] + line["clashes_facing"]
            row(
                file.name.split(".")[0], f"{seconds} s", f"{cost.seconds:.1f}", f"{100 * line['gap']:.3f}",
                f"{above:.3f}", clashes, len(line["broken"]), line["placed"], f"{cost.peak_mib:.0f}",
                f"{100 * peer_gap:.2f}",
            )  # fmt: skip
    row("scenario", "within", "took", "start %", "end %", "p99 ms", "broken", "moved", "MiB")
    for file in sorted((bench / "instances").glob("withdraw-*.json")):
        if only in file.name:
            withdrawals(bench, file, work)


def withdrawals(bench: Path, file: Path, work: Path) -> None:
    """One scenario, from an own plan."""
    instance = bench / "instances" / json.loads(file.read_text())["instance"]
    seconds = SECONDS.get(int(instance.name[1:].split("-")[0]), (30,))[0]
    answer = work / "answer.json"
    cost = fairapp("mend", instance, file, "--seconds", str(seconds), "--out", answer)
    line = judged(bench / "judge_withdraw.py", instance, file, answer)
    row(
        file.stem, f"{seconds} s", f"{cost.seconds:.1f}", f"{100 * line['gap_start']:.3f}",
        f"{100 * line['gap_end']:.3f}", f"{1000 * line['seconds_p99']:.0f}", len(line["broken"]),
        line["moved_most"], f"{cost.peak_mib:.0f}",
    )  # fmt: skip


def made_up(applications: int, seed: int) -> dict[str, Any]:
    """A fair in the public format: pairs of rows back to back, somewhat less room than is asked for."""
    chance = random.Random(seed)
    rows: list[dict[str, Any]] = []
    asked = 0
    people = []
    for number in range(applications):
        size, group = chance.choice([1, 1, 1, 2, 2, 3]), chance.choice(GROUPS)
        asked += size
        people.append(
            {"id": f"A{number}", "size": size, "group": group, "priority": round(chance.gauss(45, 12), 2)}
            | {"power": chance.choice([0, 1, 1, 2]), "water": chance.random() < 0.1}
            | {"wants_corner": chance.random() < 0.2, "budget_band": chance.choice("CBA"), "pinned": None}
            | {"cluster": f"{group}-{chance.randint(1, 5)}", "wishes": []}
        )
    while sum(one["modules"] for one in rows) < 0.85 * asked:
        length = chance.randint(6, 14)
        for side in (0, 1):
            name, behind = f"R{len(rows)}", f"R{len(rows) + 1 - 2 * side}"
            rows.append(
                {"id": name, "hall": "H", "modules": length, "zone": chance.choice(GROUPS), "facing": None}
                | {"price_band": chance.choice("CBA"), "power": chance.randint(1, 2), "back_row": behind}
                | {"water": chance.random() < 0.3}
            )
    for one in people:
        one["wishes"] = [row["id"] for row in chance.sample(rows, chance.choice([0, 0, 0, 1, 2]))]
    pavilions = [
        {
            "id": f"P{number}",
            "columns": chance.randint(2, 5),
            "priority": chance.randint(40, 80),
            "pinned": None,
        }
        for number in range(max(2, applications // 60))
    ]
    weights = WEIGHTS | {"clash_side": 15, "clash_facing": 8}
    return {
        "format": "booth-allocation/1", "name": f"made-{applications}", "price_bands": ["C", "B", "A"],
        "weights": weights, "rows": rows, "applicants": people, "pavilions": pavilions,
    }  # fmt: skip


def own(work: Path) -> None:
    """Two made-up fairs, beside our own greedy."""
    from fairapp.optimiser.checking import broken
    from fairapp.optimiser.floor import Floor
    from fairapp.optimiser.greedy import place_greedily
    from fairapp.optimiser.judging import clashes, objective
    from fairapp.optimiser.model import Placement, Plan
    from fairapp.optimiser.reading import read_instance
    from fairapp.optimiser.tables import tables_of

    row("instance", "within", "took", "gap %", "bound +%", "clashes", "broken", "placed", "MiB", "peer %")
    for applications in (60, 600):
        file, out = work / f"made-{applications}.json.gz", work / "plan.json"
        file.write_bytes(gzip.compress(json.dumps(made_up(applications, 1)).encode()))
        instance, seconds = read_instance(file), SECONDS[applications][0]
        cost = fairapp("solve", file, "--seconds", str(seconds), "--out", out)
        told = json.loads(out.read_text())
        bound = told["bound"]
        plan = Plan(
            *(
                {name: Placement(place["row"], place["start"]) for name, place in told[key].items()}
                for key in ("placements", "pavilions")
            )
        )
        floor = Floor(tables_of(instance))
        place_greedily(floor)
        row(
            f"made-{applications}", f"{seconds} s", f"{cost.seconds:.1f}",
            f"{100 * (1 - objective(instance, plan) / bound):.3f}", "own", len(clashes(instance, plan)),
            len(broken(instance, plan)), len(plan.placements), f"{cost.peak_mib:.0f}",
            f"{100 * (1 - floor.objective() / bound):.2f}",
        )  # fmt: skip


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--bench", type=Path, help="the folder with instances and judges")
    arguments.add_argument("--only", default="", help="only files whose name holds this")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if chosen.bench:
            public(chosen.bench, chosen.only, Path(folder))
        else:
            own(Path(folder))
