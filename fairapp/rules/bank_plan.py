"""What becomes of every line of a statement, decided before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.bank_lines import Entry, LineOutcome, LineReason, ReadLine
from fairapp.rules.matching import Matcher, Verdict


class StatementRefusal(StrEnum):
    """Why a statement cannot be looked at or taken in."""

    FILE_GONE = "statement_file_gone"
    TOO_MANY_LINES = "statement_too_many_lines"
    COLUMNS_UNTOLD = "statement_columns_untold"


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line: what it says, and what it pays or why it is left out."""

    line: int
    entry: Entry | None
    reason: LineReason | None = None
    verdict: Verdict | None = None

    @property
    def outcome(self) -> LineOutcome:
        """How it ends; what waits for a person in part waits as a whole."""
        if self.verdict is None:
            return LineOutcome.IGNORED
        return LineOutcome.UNMATCHED if self.verdict.left_minor else LineOutcome.MATCHED


def plan_statement(lines: Sequence[ReadLine], matcher: Matcher) -> tuple[LinePlan, ...]:
    """Decide every line in its order; what one pays is not open for the next."""
    return tuple(
        LinePlan(line.line, line.entry, line.reason, matcher.decide(line.entry))
        if line.entry is not None and line.reason is None
        else LinePlan(line.line, line.entry, line.reason)
        for line in lines
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """A statement in numbers: how many lines end how, what they come to, and why lines are left out."""

    lines: Mapping[LineOutcome, int]
    sums: Mapping[LineOutcome, int]
    left_minor: int
    reasons: Mapping[LineReason, int]


def figures_of(plan: Iterable[LinePlan]) -> Figures:
    """Count the lines of a plan."""
    lines: Counter[LineOutcome] = Counter()
    sums: Counter[LineOutcome] = Counter()
    reasons: Counter[LineReason] = Counter()
    left = 0
    for each in plan:
        lines[each.outcome] += 1
        if each.verdict is not None and each.entry is not None:
            sums[each.outcome] += each.entry.amount_minor
            left += each.verdict.left_minor
        elif each.reason is not None:
            reasons[each.reason] += 1
    return Figures(
        {outcome: lines[outcome] for outcome in LineOutcome},
        {outcome: sums[outcome] for outcome in LineOutcome},
        left,
        {reason: reasons[reason] for reason in LineReason if reasons[reason]},
    )
