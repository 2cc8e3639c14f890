"""The hard rules of a plan, each break named with who and where."""

from __future__ import annotations

from collections.abc import Iterator

from fairapp.optimiser.judging import Break, Rule, hindrances
from fairapp.optimiser.model import Instance, Placement, Plan


def broken(instance: Instance, plan: Plan) -> tuple[Break, ...]:
    """Every hard rule that the plan breaks; none when it is valid."""
    taken: dict[tuple[str, int], str] = {}
    return (
        *_broken_by_pavilions(instance, plan, taken),
        *_broken_by_stands(instance, plan, taken),
        *_broken_pins(instance, plan),
    )


def _broken_by_pavilions(
    instance: Instance, plan: Plan, taken: dict[tuple[str, int], str]
) -> Iterator[Break]:
    for identifier, place in plan.pavilions.items():
        pavilion, row = instance.pavilions.get(identifier), instance.rows.get(place.row)
        if pavilion is None or row is None:
            yield Break(Rule.PLAN, identifier, place.row)
        elif row.back_row is None:
            yield Break(Rule.PAVILION, identifier, row.id)
        else:
            shortest = min(row.modules, instance.rows[row.back_row].modules)
            if not 0 <= place.start <= shortest - pavilion.columns:
                yield Break(Rule.OUTSIDE, identifier, row.id, place.start)
            else:
                for row_id in (row.id, row.back_row):
                    yield from _occupied(instance, identifier, row_id, place.start, pavilion.columns, taken)


def _broken_by_stands(instance: Instance, plan: Plan, taken: dict[tuple[str, int], str]) -> Iterator[Break]:
    for identifier, place in plan.placements.items():
        applicant, row = instance.applicants.get(identifier), instance.rows.get(place.row)
        if applicant is None or row is None:
            yield Break(Rule.PLAN, identifier, place.row)
        elif not 0 <= place.start <= row.modules - applicant.size:
            yield Break(Rule.OUTSIDE, identifier, row.id, place.start)
        else:
            for rule in hindrances(instance, applicant, row):
                yield Break(rule, identifier, row.id, place.start)
            yield from _occupied(instance, identifier, row.id, place.start, applicant.size, taken)


def _occupied(
    instance: Instance, who: str, row_id: str, start: int, size: int, taken: dict[tuple[str, int], str]
) -> Iterator[Break]:
    """Take the modules; each that is blocked or somebody else's already is a break."""
    blocked = instance.rows[row_id].blocked
    for module in range(start, start + size):
        if module in blocked:
            yield Break(Rule.BLOCKED, who, row_id, module)
        if (other := taken.setdefault((row_id, module), who)) != who:
            yield Break(Rule.OVERLAP, who, row_id, module, other)


def _broken_pins(instance: Instance, plan: Plan) -> Iterator[Break]:
    for applicant in instance.applicants.values():
        pinned = applicant.pinned
        if pinned is not None and plan.placements.get(applicant.id) != pinned:
            yield Break(Rule.PIN, applicant.id, pinned.row, pinned.start)
    for pavilion in instance.pavilions.values():
        pinned = pavilion.pinned
        if pinned is not None and not _kept(instance, pinned, plan.pavilions.get(pavilion.id)):
            yield Break(Rule.PIN, pavilion.id, pinned.row, pinned.start)


def _kept(instance: Instance, pinned: Placement, place: Placement | None) -> bool:
    if place is None or place.start != pinned.start:
        return False
    return place.row in (pinned.row, instance.rows[pinned.row].back_row)
