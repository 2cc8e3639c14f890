"""What a day brings, read from a file: withdrawals in the public format, or changes of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fairapp.optimiser.changing import Change, Late, Lost, Withdrawn
from fairapp.optimiser.faults import BadInstance, Fault, Found
from fairapp.optimiser.fields import Fields, entries, repeated
from fairapp.optimiser.model import Instance
from fairapp.optimiser.reading import (
    MOST_APPLICANTS,
    MOST_MODULES,
    WITHDRAWALS,
    applicant_of,
    dangling_in,
    of_format,
    read_json,
)

CHANGES = "booth-allocation-changes/1"


def read_changes(path: Path, instance: Instance) -> list[Change]:
    """Everything that happens, in its order; raises BadInstance with every name that means nothing."""
    data = read_json(path)
    if data.get("format") == CHANGES:
        listed = entries(of_format(data, CHANGES, "the scenario"), "changes", MOST_APPLICANTS)
        found = [_change(Fields(item, f"change {number}")) for number, item in listed]
    else:
        scenario = of_format(data, WITHDRAWALS, "the scenario")
        listed = entries(scenario, "withdrawals", MOST_APPLICANTS)
        found = [Withdrawn(Fields(item, f"withdrawal {number}").text("applicant")) for number, item in listed]
    if wrong := tuple(_wrong(found, instance)):
        raise BadInstance(*wrong)
    return found


def _change(fields: Fields) -> Change:
    kind = fields.text("kind")
    if kind == "withdrawn":
        return Withdrawn(fields.text("applicant"))
    if kind == "late":
        return Late(applicant_of(Fields(fields.object("applicant"), f"{fields.where}, applicant")))
    if kind == "lost":
        return Lost(fields.text("row"), fields.whole("module", 0, MOST_MODULES))
    raise fields.wrong("kind", "withdrawn, late or lost")


def _wrong(changes: list[Change], instance: Instance) -> Iterator[Found]:
    """Names of nobody, whoever comes or goes twice, modules that are not there."""
    known, gone = {*instance.applicants, *instance.pavilions}, list[str]()
    for change in changes:
        if isinstance(change, Late):
            late = change.applicant
            if late.id in known:
                yield Found(
                    Fault.REPEATED, late.id, f"The id {late.id} of a late application is given already."
                )
            if late.pinned is not None:
                yield Found(Fault.SHAPE, late.id, f"{late.id} applies late and cannot be pinned.")
            known.add(late.id)
            yield from dangling_in(instance, late)
        elif isinstance(change, Withdrawn):
            gone.append(change.applicant)
            if change.applicant not in known or change.applicant in instance.pavilions:
                told = f"In the scenario, the applicant {change.applicant} does not exist."
                yield Found(Fault.UNKNOWN, "the scenario", told)
        else:
            row = instance.rows.get(change.row)
            if row is None or change.module >= row.modules:
                told = f"In the scenario, module {change.module} of row {change.row} does not exist."
                yield Found(Fault.UNKNOWN, change.row, told)
    for name in repeated(gone):
        yield Found(Fault.REPEATED, name, f"{name} withdraws twice.")
