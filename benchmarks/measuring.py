"""How the benchmarks measure: each program in a process of its own, CPU seconds and the largest resident
size."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What one run cost: CPU seconds, MiB at its peak, and things made; ``said`` is what it printed."""

    cpu_s: float
    peak_mib: float
    made: int
    said: str = ""

    @property
    def rate(self) -> float:
        """Things made in a CPU second."""
        return self.made / self.cpu_s


def told(work: Callable[[], int]) -> None:
    """Run the work in this process, and print its cost as one JSON line for ``measured``."""
    start = time.process_time()
    made = work()
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(asdict(Cost(spent, peak, made))))


def measured(script: str, *arguments: str) -> Cost:
    """Run a benchmark script again as a process of its own, and read what it told."""
    command = [sys.executable, str(Path(__file__).parent / script), *arguments]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(**json.loads(ended.stdout.splitlines()[-1]))


def whole(
    command: Sequence[str], made: int, more: Mapping[str, str] | None = None, allowed: Sequence[int] = (0,)
) -> Cost:
    """Run a program, and give what all of it cost, start and exit too; ``more`` goes to its environment."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=said, env={**os.environ, **(more or {})})
        _, status, spent = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in allowed:
            raise subprocess.CalledProcessError(child.returncode, command)
        said.seek(0)
        return Cost(spent.ru_utime + spent.ru_stime, spent.ru_maxrss / 1024, made, said.read().decode())


def line(name: str, cost: Cost, unit: str) -> str:
    return f"{name:<34}{cost.made:>7}{cost.rate:>12.0f} {unit}/CPU s{cost.peak_mib:>9.0f} MiB"
