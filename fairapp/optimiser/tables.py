"""An instance in numbers: alike applicants form types, alike rows form classes, each pair has its worth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fairapp.optimiser.judging import hindrances
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Row


@dataclass(slots=True)
class Tables:
    """Applicants, rows and pavilions by number, in the order of the instance.

    ``worth[type][class]`` is what a stand of the type gives in a row of the class besides priority, corner,
    wishes and clashes, or None where it may not stand. ``bonus[applicant]`` holds what single rows add.
    """

    instance: Instance
    applicants: list[Applicant]
    rows: list[Row]
    pavilions: list[Pavilion]
    type_of: list[int]
    types: list[list[int]]
    class_of: list[int]
    classes: list[list[int]]
    worth: list[list[float | None]]
    bonus: list[dict[int, float]]
    clusters: list[int]
    back: list[int]
    across: list[int]
    corner: float


def tables_of(instance: Instance) -> Tables:
    """Number everything once; all parts of the engine share the numbers."""
    applicants, rows = list(instance.applicants.values()), list(instance.rows.values())
    number = {row.id: place for place, row in enumerate(rows)}
    type_of, types = _grouped(_type_key(one) for one in applicants)
    class_of, classes = _grouped(
        (row.zone, row.price_band, row.power, row.water, row.kind, row.bars) for row in rows
    )
    worth = [
        [_worth(instance, applicants[members[0]], rows[alike[0]]) for alike in classes] for members in types
    ]
    names = {
        name: place for place, name in enumerate(sorted({one.cluster for one in applicants if one.cluster}))
    }
    tables = Tables(
        instance=instance,
        applicants=applicants,
        rows=rows,
        pavilions=list(instance.pavilions.values()),
        type_of=type_of,
        types=types,
        class_of=class_of,
        classes=classes,
        worth=worth,
        bonus=[],
        clusters=[-1 if one.cluster is None else names[one.cluster] for one in applicants],
        back=[-1 if row.back_row is None else number[row.back_row] for row in rows],
        across=[-1 if row.facing_row is None else number[row.facing_row] for row in rows],
        corner=instance.weights.corner,
    )
    tables.bonus = [_bonus(tables, number, who) for who in range(len(applicants))]
    return tables


def _type_key(one: Applicant) -> Any:
    return one.size, one.group, one.power, one.water, one.wants_corner, one.budget_band, one.kind, one.marks


def _grouped(keys: Iterable[Any]) -> tuple[list[int], list[list[int]]]:
    """Which group each belongs to, and each group's members; groups are numbered as they first appear."""
    numbers: dict[Any, int] = {}
    group_of, groups = [], defaultdict(list)
    for place, key in enumerate(keys):
        group = numbers.setdefault(key, len(numbers))
        group_of.append(group)
        groups[group].append(place)
    return group_of, [groups[group] for group in range(len(groups))]


def _worth(instance: Instance, one: Applicant, row: Row) -> float | None:
    if hindrances(instance, one, row):
        return None
    weights = instance.weights
    matches = row.zone is not None and row.zone == one.group
    return one.size * (weights.band[row.price_band] + (weights.zone_match if matches else 0.0))


def _bonus(tables: Tables, number: dict[str, int], who: int) -> dict[int, float]:
    """What the rows that an applicant may stand in add beyond the class: wishes and points of their own."""
    one, points = tables.applicants[who], tables.instance.weights.wishes
    found: dict[int, float] = {}
    for row_id, added in [*zip(one.wishes, points, strict=False), *one.extra]:
        row = number[row_id]
        if tables.worth[tables.type_of[who]][tables.class_of[row]] is not None:
            found[row] = found.get(row, 0.0) + added
    return {row: added for row, added in found.items() if added}
