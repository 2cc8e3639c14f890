"""The commands that plan and mend a fair given in the public format; they need no database."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from fairapp.optimiser.changing import DayMender
from fairapp.optimiser.faults import BadInstance
from fairapp.optimiser.reading import read_instance
from fairapp.optimiser.scenarios import read_changes
from fairapp.optimiser.solving import Solution
from fairapp.optimiser.solving import solve as solve_instance
from fairapp.optimiser.writing import answer_of, solution_of, written

WRITING, SHARE = 0.15, 0.01  # seconds, and a share, kept for the last answers, the file and the end
SLOWNESS = 0.6  # and so much of what the start took: a slow or busy machine is slow at the end, too
SECONDS = click.FloatRange(0.5, 86_400)
INSTANCE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
READ = time.monotonic()


@click.command()
@click.argument("file", metavar="INSTANCE", type=INSTANCE)
@click.option("--seconds", type=SECONDS, default=30.0, show_default=True, help="How long it may take in all.")
@click.option("--out", type=OUT, required=True, help="The plan's file.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="The chance that the search uses.")
def solve(file: Path, seconds: float, out: Path, seed: int) -> None:
    """Plan the fair in INSTANCE (.json or .json.gz, format booth-allocation/1)."""
    with named_faults(), no_banner():
        found = solve_instance(read_instance(file), left_of(seconds), seed=seed)
    write(out, solution_of(found))
    click.echo(sentence(found), err=True)


@click.command()
@click.argument("file", metavar="INSTANCE", type=INSTANCE)
@click.argument("scenario", metavar="SCENARIO", type=INSTANCE)
@click.option("--seconds", type=SECONDS, default=30.0, show_default=True, help="How long the plan may take.")
@click.option("--out", type=OUT, required=True, help="The answers' file.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help="The chance that the search uses.")
def mend(file: Path, scenario: Path, seconds: float, out: Path, seed: int) -> None:
    """Plan the fair in INSTANCE, then answer what happens in SCENARIO, one change at a time.

    SCENARIO tells of withdrawals (format booth-allocation-withdrawals/1), or of withdrawals, late
    applications and lost booths (format booth-allocation-changes/1).
    """
    with named_faults(), no_banner():
        instance = read_instance(file)
        read_changes(scenario, instance)  # a bad file is told now; the plan is made without it
        found = solve_instance(instance, left_of(seconds), seed=seed)
        mender = DayMender(instance, found.plan)
        steps = [mender.answer(change) for change in read_changes(scenario, instance)]
    write(out, answer_of(found.plan, steps))
    slowest = max((step.seconds for step in steps), default=0.0)
    click.echo(sentence(found), err=True)
    click.echo(f"{len(steps)} changes answered, the slowest in {1000 * slowest:.0f} ms.", err=True)


@contextmanager
def named_faults() -> Iterator[None]:
    """An instance that cannot be planned ends the command with the sentences of its faults."""
    try:
        yield
    except BadInstance as bad:
        raise click.ClickException(str(bad)) from bad


@contextmanager
def no_banner() -> Iterator[None]:
    """HiGHS greets on standard output, whatever it is told: that goes nowhere."""
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def left_of(seconds: float) -> float:
    """What is left for the search: the time counts from the start of the process to its end."""
    gone = _since_start()
    return max(0.1, seconds * (1 - SHARE) - gone - WRITING - SLOWNESS * gone)


def _since_start() -> float:
    """Seconds since this process began; where the system does not tell, since this module was read."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return time.monotonic() - READ


def write(out: Path, data: Mapping[str, object]) -> None:
    """Write the file, or say why it cannot be written."""
    try:
        out.write_bytes(written(data, out.name))
    except OSError as error:
        raise click.ClickException(f"Cannot write {out}: {error.strerror}.") from error


def sentence(found: Solution) -> str:
    """What came out, for the person at the terminal."""
    placed, built = len(found.plan.placements), len(found.plan.pavilions)
    within = "" if found.gap is None else f", within {100 * found.gap:.2f} % of the best possible"
    return (
        f"{placed} stands and {built} pavilions placed in {found.seconds:.1f} s:"
        f" {found.objective:.2f} points of at most {found.bound:.2f}{within}."
    )
