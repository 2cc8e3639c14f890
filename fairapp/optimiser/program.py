"""A linear or mixed program to be maximised, put together piece by piece and given to HiGHS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]
INFINITY = float("inf")


@dataclass(frozen=True, slots=True)
class Solved:
    """The best values found (None when none were), a linear program's duals, the values' worth, a proof."""

    values: Floats | None
    duals: Floats
    worth: float
    is_proved: bool


@dataclass(slots=True)
class Program:
    """Columns with a worth each, rows with bounds, and the entries between them."""

    worth: list[float] = field(default_factory=list)
    lowest: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    row_lowest: list[float] = field(default_factory=list)
    row_highest: list[float] = field(default_factory=list)
    at_row: list[int] = field(default_factory=list)
    at_column: list[int] = field(default_factory=list)
    entry: list[float] = field(default_factory=list)

    def column(
        self,
        worth: float,
        highest: float,
        *entries: tuple[int, float],
        lowest: float = 0.0,
        whole: bool = False,
    ) -> int:
        """Add a column with its entries; its number."""
        number = len(self.worth)
        self.worth.append(worth)
        self.lowest.append(lowest)
        self.highest.append(highest)
        if whole:
            self.whole.append(number)
        for row, amount in entries:
            self.at_row.append(row)
            self.at_column.append(number)
            self.entry.append(amount)
        return number

    def row(self, highest: float, lowest: float = -INFINITY) -> int:
        """Add a row; its number."""
        self.row_lowest.append(lowest)
        self.row_highest.append(highest)
        return len(self.row_highest) - 1

    def enter(self, row: int, column: int, amount: float) -> None:
        """Add one entry."""
        self.at_row.append(row)
        self.at_column.append(column)
        self.entry.append(amount)

    def by_column(self) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
        """The entries column by column: where each column starts, the rows, the sums of amounts."""
        columns, rows = np.asarray(self.at_column, dtype=np.int64), np.asarray(self.at_row, dtype=np.int64)
        cells, where = np.unique(columns * len(self.row_highest) + rows, return_inverse=True)
        amounts = np.bincount(where, np.asarray(self.entry, dtype=np.float64), len(cells))
        columns, rows = np.divmod(cells, max(len(self.row_highest), 1))
        starts = np.searchsorted(columns, np.arange(len(self.worth) + 1))
        return starts.astype(np.int32), rows.astype(np.int32), amounts.astype(np.float64)

    def proved(self, duals: Sequence[float] | Floats) -> float:
        """A bound on every solution's worth that any duals prove, however roughly they were found.

        For multipliers u (at least 0 where a row has no lower bound), each feasible x has
        worth·x <= u·Ax + Σ max over x_j in its bounds of (worth_j - (uA)_j) x_j, and u·Ax <= u·b. Weak
        duality asks for no optimality: a solver that stops early, or within tolerances, cannot make this
        untrue.
        """
        lower, upper = np.asarray(self.row_lowest), np.asarray(self.row_highest)
        held = np.asarray(duals, dtype=np.float64)
        held = np.where(np.isfinite(upper), held, np.minimum(held, 0.0))
        held = np.where(np.isfinite(lower), held, np.maximum(held, 0.0))
        sides = np.where(
            held >= 0, np.where(np.isfinite(upper), upper, 0), np.where(np.isfinite(lower), lower, 0)
        )
        left = np.asarray(self.worth, dtype=np.float64)
        np.subtract.at(
            left, np.asarray(self.at_column), held[np.asarray(self.at_row)] * np.asarray(self.entry)
        )
        ends = np.where(left > 0, np.asarray(self.highest), np.asarray(self.lowest))
        return float(held @ sides + left @ ends)

    def solve(
        self, seconds: float, *, gap: float = 1e-6, seed: int = 0, start: Mapping[int, float] | None = None
    ) -> Solved:
        """The best found within ``seconds``; a program with whole columns stops at the relative ``gap``."""
        solver = Solver(self, gap=gap, seed=seed)
        if start:
            solver.begin_with(start)
        return solver.run(seconds)

    def model(self) -> highspy.HighsLp:
        import highspy

        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.worth), len(self.row_highest)
        model.col_cost_ = np.asarray(self.worth, dtype=np.float64)
        model.col_lower_ = np.asarray(self.lowest, dtype=np.float64)
        model.col_upper_ = np.asarray(self.highest, dtype=np.float64)
        model.row_lower_ = np.asarray(self.row_lowest, dtype=np.float64)
        model.row_upper_ = np.asarray(self.row_highest, dtype=np.float64)
        starts, rows, amounts = self.by_column()
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, rows, amounts
        model.sense_ = highspy.ObjSense.kMaximize
        if self.whole:
            kinds = [highspy.HighsVarType.kContinuous] * len(self.worth)
            for number in self.whole:
                kinds[number] = highspy.HighsVarType.kInteger
            model.integrality_ = kinds
        return model


def silent_solver() -> highspy.Highs:
    """HiGHS that says nothing; else the first of a process prints its name into what a command says."""
    import highspy

    class Silent(highspy.Highs):
        def enableCallbacks(self) -> None:  # noqa: N802 (HiGHS calls it while it is made)
            self.setOptionValue("output_flag", False)
            super().enableCallbacks()  # type: ignore[no-untyped-call]

    return Silent()  # type: ignore[no-untyped-call]


class Solver:
    """HiGHS with one program; columns may be narrowed between runs, and each run goes on from the last."""

    def __init__(self, program: Program, *, gap: float = 1e-6, seed: int = 0) -> None:
        import highspy

        self.program = program
        self.optimal = highspy.HighsModelStatus.kOptimal
        self.feasible = highspy.SolutionStatus.kSolutionStatusFeasible
        self.highs = silent_solver()
        options: dict[str, bool | int | float | str] = {
            "threads": 1,
            "random_seed": seed,
            "mip_rel_gap": gap,
        }
        for name, value in options.items():
            self.highs.setOptionValue(name, value)
        self.highs.passModel(program.model())

    def begin_with(self, values: Mapping[int, float]) -> None:
        """Tell the values of the whole columns in a solution that is known; the others follow from them."""
        columns = np.fromiter(values.keys(), dtype=np.int32, count=len(values))
        known = np.fromiter(values.values(), dtype=np.float64, count=len(values))
        self.highs.setSolution(len(values), columns, known)

    def narrow(self, column: int, lowest: float, highest: float) -> None:
        """Change the bounds of a column."""
        self.highs.changeColBounds(column, lowest, highest)

    def run(self, seconds: float) -> Solved:
        """The best found within ``seconds``."""
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(seconds, 0.01))
        self.highs.run()
        info, found = self.highs.getInfo(), self.highs.getSolution()
        values = np.asarray(found.col_value) if info.primal_solution_status == self.feasible else None
        duals = np.asarray(found.row_dual) if found.dual_valid else np.zeros(len(self.program.row_highest))
        proved = self.highs.getModelStatus() == self.optimal
        return Solved(values, duals, float(info.objective_function_value), proved)
