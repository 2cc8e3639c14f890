"""The table of what print costs, in one run: the catalogue, one exhibitor changed in it, badges, QR symbols.

    python benchmarks/print_table.py [--entries 300]
    python benchmarks/print_table.py --fair DIR [--bench DIR] [--python PYTHON]

Every row is a process of its own, measured as a whole from its start to its exit. Without ``--fair`` a small
fair is made up, and the peers are those of ``catalogue.py`` and ``badges.py``. ``--fair`` is a folder with
fair.json, badges.json and photos; ``--bench`` one with peers and judges for it, which ``--python`` runs (it
needs their packages). WeasyPrint is left out where a fair has more than 600 exhibitors: it prints nine of
them in a CPU second.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fairfile import make
from measuring import Cost, measured, whole

HERE = Path(__file__).parent
_FEW = 600
_NAME, _RATE = 40, 10


@dataclass(frozen=True)
class Fair:
    """The files to print from, the folder to print into, and whose peers and judges there are."""

    folder: Path
    out: Path
    bench: Path | None
    python: str

    @property
    def catalogue(self) -> Path:
        return self.folder / "fair.json"

    @property
    def badges(self) -> Path:
        return self.folder / "badges.json"

    def entries(self) -> int:
        return len(json.loads(self.catalogue.read_bytes())["exhibitors"])

    def people(self) -> int:
        return len(json.loads(self.badges.read_bytes())["badges"])


def row(name: str, cost: Cost, note: str = "") -> None:
    """One line of the table."""
    rate = f"{cost.rate:,.0f}/s"
    print(
        f"{name:<{_NAME}}{cost.made:>7,}{cost.cpu_s:>9.2f}s{rate:>{_RATE}}{cost.peak_mib:>7.0f} MiB  {note}",
        flush=True,
    )


def ratio(name: str, value: float, goal: str) -> None:
    print(f"{name:<{_NAME}}{value:>16.1f}  goal {goal}\n", flush=True)


def judged(fair: Fair, judge: str, source: Path, printed: Path) -> str:
    """What the judge says: whether all that is required holds, and every check that is not full."""
    if fair.bench is None:
        return ""
    found = whole([fair.python, str(fair.bench / judge), str(source), str(printed)], 1, allowed=(0, 1)).said
    told = json.loads(found.splitlines()[-1])
    short = [f"{key} {value}" for key, value in told.items() if _is_short(value)]
    return " ".join([f"ok={told['ok']}", *short])


def _is_short(value: object) -> bool:
    """Whether a check is not full: numbers that differ, a no, or nothing found."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(each, int) for each in value):
        return bool(value[0] != value[1])
    return value in (False, None, "")


def peers(fair: Fair, kind: str, many: int) -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """The peers that are there for this work, with their commands."""
    listed = {
        "catalogue": (("typst", "peer_typst.py", {}), ("WeasyPrint", "peer_weasyprint.py", {})),
        "badges": (
            ("fpdf2 + segno, mask fixed", "peer_fpdf2_segno.py", {"PEER_SEGNO_MASK": "3"}),
            ("ReportLab + qrcode", "peer_reportlab_qrcode.py", {}),
        ),
    }
    for name, script, more in listed[kind]:
        if fair.bench and (name != "WeasyPrint" or many <= _FEW):
            yield name, [fair.python, str(fair.bench / script)], more


def catalogues(fair: Fair) -> None:
    """The book, its peers, and the book once more with one exhibitor changed."""
    count, out = fair.entries(), fair.out / "catalogue.pdf"
    command = [sys.executable, str(HERE / "catalogue.py"), str(fair.catalogue), str(out)]
    own = whole(command, count)
    row("catalogue, ours", own, judged(fair, "judge_catalogue.py", fair.catalogue, out))
    best = 0.0
    for name, other, more in peers(fair, "catalogue", count):
        cost = whole([*other, str(fair.catalogue), str(out)], count, more)
        row(f"catalogue, {name}", cost, judged(fair, "judge_catalogue.py", fair.catalogue, out))
        best = best or cost.rate
    if fair.bench is None:
        own_work = measured("catalogue.py", "--run", "ours", "--entries", str(count))
        cost = measured("catalogue.py", "--run", "peer", "--entries", str(count))
        row("the same work without start, ours", own_work)
        row("the same work, platypus and qrcode", cost)
        best, own_rate = cost.rate, own_work.rate
    else:
        own_rate = own.rate
    ratio("catalogue, ours : peer", own_rate / best, "3 (typst)")
    changed(fair, command, count, out)


def changed(fair: Fair, command: list[str], count: int, out: Path) -> None:
    """One exhibitor has another name and another story; pages that are as they were are taken over."""
    stock = ["--stock", str(fair.out / "stock")]
    first = whole([*command, *stock], count)
    row("catalogue, ours, with a stock kept", first)
    told = json.loads(fair.catalogue.read_bytes())
    other = told["exhibitors"][count // 2]
    other["name"] += " 2"
    other["description_vi"] += " " + other["description_vi"][:60]
    source = fair.folder / ".changed.json"
    source.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    try:
        again = whole([command[0], command[1], str(source), str(out), *stock], count)
        row("one exhibitor changed, ours", again, judged(fair, "judge_catalogue.py", source, out))
    finally:
        source.unlink()
    ratio("whole run : one changed", first.cpu_s / again.cpu_s, "20")


def badges(fair: Fair) -> None:
    """The badge sheets and their peers."""
    count, out = fair.people(), fair.out / "badges.pdf"
    own = whole([sys.executable, str(HERE / "badges.py"), str(fair.badges), str(out)], count)
    row("badges, ours", own, judged(fair, "judge_badges.py", fair.badges, out))
    best = 0.0
    for name, other, more in peers(fair, "badges", count):
        cost = whole([*other, str(fair.badges), str(out)], count, more)
        row(f"badges, {name}", cost, judged(fair, "judge_badges.py", fair.badges, out))
        best = max(best, cost.rate)
    if fair.bench is None:
        own = measured("badges.py", "--run", "ours", "--badges", str(count))
        cost = measured("badges.py", "--run", "peer", "--badges", str(count))
        row("the same work without start, ours", own)
        row("the same work, ReportLab and qrcode", cost)
        best = cost.rate
    ratio("badges, ours : best peer", own.rate / best, "5")


def symbols(count: int) -> None:
    """QR symbols of one mask, ours and qrcode's, which are the same bit for bit."""
    from badges import same_symbols

    own = measured("badges.py", "--run", "symbols-ours", "--badges", str(count * 10))
    other = measured("badges.py", "--run", "symbols-peer", "--badges", str(count))
    same = same_symbols(min(count, 200))
    row("QR symbols, ours, mask fixed", own, f"bit for bit qrcode's: {same[0]} of {same[1]}")
    row("QR symbols, qrcode, mask fixed", other)
    ratio("QR symbols, ours : qrcode", own.rate / other.rate, "20")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--fair", type=Path)
    parser.add_argument("--bench", type=Path)
    parser.add_argument("--python", default=sys.executable)
    asked = parser.parse_args()
    if asked.bench and not asked.fair:
        parser.error("--bench needs a --fair")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        source = asked.fair or make(out / "fair", asked.entries)
        fair = Fair(source, out, asked.bench, asked.python)
        print(f"{'work':<{_NAME}}{'made':>7}{'CPU':>10}{'rate':>{_RATE}}{'peak':>11}", flush=True)
        catalogues(fair)
        badges(fair)
        symbols(300)


if __name__ == "__main__":
    main()
