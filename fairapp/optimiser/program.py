"""A linear or mixed program to be maximised, put together piece by piece and given to HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
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
    """The best values found (None when none were), a linear program's duals, the search's own bound."""

    values: Floats | None
    duals: Floats
    bound: float


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
        """The entries column by column: where each column starts, the rows, the amounts."""
        columns = np.asarray(self.at_column, dtype=np.int64)
        order = np.argsort(columns, kind="stable")
        starts = np.searchsorted(columns[order], np.arange(len(self.worth) + 1)).astype(np.int32)
        rows = np.asarray(self.at_row, dtype=np.int32)[order]
        return starts, rows, np.asarray(self.entry, dtype=np.float64)[order]

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
        self,
        seconds: float,
        *,
        gap: float = 1e-6,
        threads: int = 1,
        start: Floats | None = None,
        seed: int = 0,
        method: str = "choose",
    ) -> Solved:
        """The best found within ``seconds``; a program with whole columns stops at the relative ``gap``."""
        import highspy

        solver: highspy.Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        options: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "time_limit": max(seconds, 0.01),
            "threads": threads,
            "random_seed": seed,
            "mip_rel_gap": gap,
            "solver": method,
        }
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(self._model())
        if start is not None:
            hint = highspy.HighsSolution()
            hint.col_value = start.tolist()
            solver.setSolution(hint)
        solver.run()
        info, found = solver.getInfo(), solver.getSolution()
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = np.asarray(found.col_value) if feasible else None
        duals = np.asarray(found.row_dual) if found.dual_valid else np.zeros(len(self.row_highest))
        return Solved(values, duals, float(info.mip_dual_bound) if self.whole else INFINITY)

    def _model(self) -> highspy.HighsLp:
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
