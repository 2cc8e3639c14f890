"""Reviewing: criteria with their weights, the mean of a review, its life, and who reads which application."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import NamedTuple

from fairapp.rules.applications import WAITING, State

MOST_CRITERIA, MOST_WEIGHT, MOST_POINTS, LEAST_POINTS = 20, 100, 100, 2
MOST_PARTS = 200
"""Assignments of one reviewer."""
WHOLE = 10_000
GREAT_SPREAD = 1_500
"""A mean is kept in hundredths of a point of 100, as a whole number; 15 points apart are far apart."""


class ReviewState(StrEnum):
    """Where one reviewer's review of one application stands."""

    OPEN = "open"
    DONE = "done"
    CONFLICT = "conflict"


class ReviewStep(StrEnum):
    """What can be done to it."""

    SCORE = "score"
    DECLARE = "declare"
    LIFT = "lift"


STEPS: dict[tuple[ReviewState, ReviewStep], ReviewState] = {
    (ReviewState.OPEN, ReviewStep.SCORE): ReviewState.DONE,
    (ReviewState.DONE, ReviewStep.SCORE): ReviewState.DONE,
    (ReviewState.OPEN, ReviewStep.DECLARE): ReviewState.CONFLICT,
    (ReviewState.DONE, ReviewStep.DECLARE): ReviewState.CONFLICT,
    (ReviewState.CONFLICT, ReviewStep.LIFT): ReviewState.OPEN,
}
"""The reviewer scores and declares; the organiser lifts a conflict that was declared by mistake."""


class ReviewRefusal(StrEnum):
    """Why something about reviews cannot be done."""

    IN_CONFLICT = "review_in_conflict"
    NO_CONFLICT = "review_no_conflict"
    DECIDED = "review_decided"
    WITH_APPLICANT = "review_with_applicant"
    NO_CRITERIA = "review_no_criteria"
    SCORE_MISSING = "review_score_missing"
    NOT_ON_THE_SCALE = "review_not_on_the_scale"
    CRITERIA_IN_USE = "review_criteria_in_use"
    TOO_MANY_CRITERIA = "review_too_many_criteria"
    NOT_A_REVIEWER = "review_not_a_reviewer"
    TOO_MANY_PARTS = "review_too_many_parts"
    NO_SUCH_PART = "review_no_such_part"
    REMINDER_DAYS = "review_reminder_days"
    DEADLINE_AFTER_FAIR = "review_deadline_after_fair"
    NOBODY_TO_WRITE = "review_nobody_to_write"


class Reads(StrEnum):
    """By what a reviewer is given applications."""

    ALL = "all"
    GROUP = "group"
    PROVINCE = "province"
    COUNTRY = "country"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion as far as the mean asks: points from 0 to ``most``, and how much they weigh."""

    criterion_id: int
    weight: int
    most: int


def score_faults(scores: Mapping[int, int], scales: Sequence[Scale]) -> tuple[ReviewRefusal, ...]:
    """Every reason why the scores are no whole review: none at all when they are."""
    against = {
        ReviewRefusal.NO_CRITERIA: not scales,
        ReviewRefusal.SCORE_MISSING: any(each.criterion_id not in scores for each in scales),
        ReviewRefusal.NOT_ON_THE_SCALE: any(
            not 0 <= scores.get(each.criterion_id, 0) <= each.most for each in scales
        ),
    }
    return tuple(reason for reason, holds in against.items() if holds)


def weighted_mean(scores: Mapping[int, int], scales: Sequence[Scale]) -> int:
    """The review in hundredths of a point of 100: each criterion's part of its scale, by weight, half up."""
    weights = sum(each.weight for each in scales)
    reached = sum(
        (Fraction(each.weight * scores[each.criterion_id], each.most) for each in scales), Fraction()
    )
    return floor(reached * WHOLE / weights + Fraction(1, 2)) if weights else 0


def refusals(state: ReviewState, step: ReviewStep, of: State) -> tuple[ReviewRefusal, ...]:
    """Every reason why the step cannot be taken on an application in state ``of``: none when it can."""
    if (state, step) not in STEPS:
        in_conflict = state is ReviewState.CONFLICT
        return (ReviewRefusal.IN_CONFLICT if in_conflict else ReviewRefusal.NO_CONFLICT,)
    if step is ReviewStep.SCORE and of is State.RETURNED:
        return (ReviewRefusal.WITH_APPLICANT,)
    if step is ReviewStep.SCORE and of not in WAITING:
        return (ReviewRefusal.DECIDED,)
    return ()


@dataclass(frozen=True, slots=True)
class Subject:
    """An application as far as its reviewers are found by it."""

    application_id: int
    country: str
    province: str | None
    groups: frozenset[str] = frozenset()
    members: frozenset[int] = frozenset()
    """Accounts of the applicant: nobody reviews their own."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One part that a reviewer reads."""

    account_id: int
    by: Reads
    value: str = ""


class Rota:
    """Who reads what in a fair, ready to be asked about thousands of applications."""

    def __init__(self, assigned: Iterable[Assigned]) -> None:
        self._by: dict[tuple[Reads, str], set[int]] = defaultdict(set)
        self._alike: dict[tuple[str, str | None, frozenset[str]], frozenset[int]] = {}
        for each in assigned:
            self._by[each.by, each.value].add(each.account_id)

    @property
    def accounts(self) -> frozenset[int]:
        """Everybody who reads something."""
        return frozenset(account_id for some in self._by.values() for account_id in some)

    @property
    def groups(self) -> frozenset[str]:
        """The groups of products that somebody reads."""
        return frozenset(value for by, value in self._by if by is Reads.GROUP)

    def readers(self, of: Subject) -> frozenset[int]:
        """The accounts that are to read the application, its own members never among them."""
        alike = (of.country, of.province, of.groups)
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = self._readers_of(*alike)
        if own := self._by.get((Reads.APPLICATION, str(of.application_id))):
            found = found | own
        return found - of.members if of.members else found

    def _readers_of(self, country: str, province: str | None, groups: frozenset[str]) -> frozenset[int]:
        keys = [(Reads.ALL, ""), (Reads.COUNTRY, country), *((Reads.GROUP, group) for group in groups)]
        if country == "VN" and province:
            keys.append((Reads.PROVINCE, province))
        return frozenset(account_id for key in keys for account_id in self._by.get(key, ()))


class Given(NamedTuple):
    """A review that was done, or the conflict that stands in its place."""

    account_id: int
    mean: int | None
    """None: a conflict was declared."""


@dataclass(frozen=True, slots=True)
class Line:
    """How far the reviewing of one application is, and how far the reviewers are apart."""

    application_id: int
    readers: frozenset[int] = frozenset()
    """Who reads it, without those in conflict."""
    means: Mapping[int, int] = field(default_factory=dict)
    """By account, the reviews that are done."""
    conflicts: frozenset[int] = frozenset()

    @property
    def expected(self) -> int:
        """How many reviews there will be: those to come and those that are there."""
        return len(self.readers | self.means.keys())

    @property
    def open(self) -> frozenset[int]:
        """Who has still to read it."""
        return self.readers - self.means.keys()

    @property
    def mean(self) -> int | None:
        """Of all reviews, half up; None while there is none."""
        if not self.means:
            return None
        many = len(self.means)
        return (2 * sum(self.means.values()) + many) // (2 * many)

    @property
    def spread(self) -> int:
        """From the lowest review to the highest."""
        return max(self.means.values()) - min(self.means.values()) if self.means else 0

    @property
    def is_without_a_reader(self) -> bool:
        """Nobody reads it, or only people in conflict: it is to be given to somebody."""
        return not self.expected


def line_of(subject: Subject, rota: Rota, given: Collection[Given]) -> Line:
    """How far one application is."""
    if not given:
        return Line(subject.application_id, rota.readers(subject))
    means, conflicts = {}, set()
    for each in given:
        if each.mean is None:
            conflicts.add(each.account_id)
        else:
            means[each.account_id] = each.mean
    return Line(subject.application_id, rota.readers(subject) - conflicts, means, frozenset(conflicts))


class Order(StrEnum):
    """In which order progress is read."""

    SPREAD = "spread"
    MEAN = "mean"
    FEWEST = "fewest"


def in_order(lines: Iterable[Line], order: Order) -> list[Line]:
    """The greatest disagreement first, the best first, or the fewest reviews of those expected first."""
    keys: dict[Order, Callable[[Line], tuple[float, ...]]] = {
        Order.SPREAD: lambda line: (-line.spread, -len(line.means), line.application_id),
        Order.MEAN: lambda line: (line.mean is None, -(line.mean or 0), line.application_id),
        Order.FEWEST: lambda line: (len(line.means) / (line.expected or 1), line.application_id),
    }
    return sorted(lines, key=keys[order])
