"""The public format ``booth-allocation/1`` read into an instance; whatever is wrong with it is named."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fairapp.optimiser.faults import BadInstance, Fault, Found, faults
from fairapp.optimiser.fields import Fields, entries, repeated
from fairapp.optimiser.model import Applicant, Instance, Pavilion, Row, Weights

FORMAT = "booth-allocation/1"
WITHDRAWALS = "booth-allocation-withdrawals/1"
LARGEST = 64 * 1024 * 1024  # bytes once unpacked; 6,000 applications are 1.5 million
MOST_ROWS, MOST_APPLICANTS, MOST_MODULES = 20_000, 100_000, 1_000


def read_instance(path: Path) -> Instance:
    """The instance of a .json or .json.gz file, checked; raises BadInstance with every fault."""
    return instance_of(read_json(path))


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file; a key that stands twice in one object is a fault."""
    try:
        with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
            body = file.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise BadInstance(Found(Fault.UNREADABLE, str(path), f"Cannot read {path}: {error}.")) from error
    if len(body) > LARGEST:
        told = f"{path} holds more than {LARGEST // 1024**2} MiB."
        raise BadInstance(Found(Fault.UNREADABLE, str(path), told))
    try:
        data = json.loads(body, object_pairs_hook=_no_repeats, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadInstance(Found(Fault.UNREADABLE, str(path), f"{path} is not JSON: {error}.")) from error
    if not isinstance(data, dict):
        raise BadInstance(Found(Fault.SHAPE, str(path), f"{path} holds no JSON object."))
    return data


def of_format(data: dict[str, Any], expected: str, where: str) -> Fields:
    """The fields of a file, if it is of the expected format."""
    if data.get("format") != expected:
        told = f"The format is {data.get('format')!r}, not {expected!r}."
        raise BadInstance(Found(Fault.FORMAT, "format", told))
    return Fields(data, where)


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError(f"a key is given twice: {', '.join(repeated(name for name, _ in pairs))}")
    return result


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def instance_of(data: dict[str, Any]) -> Instance:
    """The instance in a parsed file, checked; its ``bound`` is not looked at."""
    whole = of_format(data, FORMAT, "the instance")
    bands = whole.texts("price_bands")
    rows = [_row(Fields(item, f"row {number}")) for number, item in entries(whole, "rows", MOST_ROWS)]
    applicants = [
        applicant_of(Fields(item, f"applicant {number}"))
        for number, item in entries(whole, "applicants", MOST_APPLICANTS)
    ]
    pavilions = [
        _pavilion(Fields(item, f"pavilion {number}"))
        for number, item in entries(whole, "pavilions", MOST_ROWS)
    ]
    ids = [one.id for one in applicants] + [one.id for one in pavilions]
    if twice := repeated(ids) + repeated(row.id for row in rows):
        raise BadInstance(*(Found(Fault.REPEATED, name, f"The id {name} is given twice.") for name in twice))
    instance = Instance(
        name=whole.text("name"),
        price_bands=bands,
        weights=_weights(Fields(whole.object("weights"), "weights"), bands),
        rows={row.id: row for row in rows},
        applicants={one.id: one for one in applicants},
        pavilions={one.id: one for one in pavilions},
    )
    if found := tuple(_dangling(instance)) or tuple(faults(instance)):
        raise BadInstance(*found)
    return instance


def _weights(fields: Fields, bands: tuple[str, ...]) -> Weights:
    per_band = Fields(fields.object("band"), "weights.band")
    return Weights(
        zone_match=fields.number("zone_match"),
        band={band: per_band.number(band) for band in bands},
        corner=fields.number("corner", 0.0),
        wishes=fields.numbers("wishes"),
        clash_side=fields.number("clash_side", 0.0),
        clash_facing=fields.number("clash_facing", 0.0),
    )


def _row(fields: Fields) -> Row:
    identifier = fields.text("id")
    fields.where = f"row {identifier}"
    facing = fields.maybe_object("facing")
    across = None if facing is None else Fields(facing, f"row {identifier}, facing")
    return Row(
        id=identifier,
        hall=fields.text("hall"),
        modules=fields.whole("modules", 1, MOST_MODULES),
        zone=fields.maybe_text("zone"),
        price_band=fields.text("price_band"),
        power=fields.whole("power", 0),
        water=fields.truth("water"),
        back_row=fields.maybe_text("back_row"),
        facing_row=None if across is None else across.text("row"),
        facing_offset=0 if across is None else across.whole("offset", -MOST_MODULES, MOST_MODULES),
    )


def applicant_of(fields: Fields) -> Applicant:
    """One applicant as the public format writes it."""
    identifier = fields.text("id")
    fields.where = f"applicant {identifier}"
    return Applicant(
        id=identifier,
        size=fields.whole("size", 1, MOST_MODULES),
        group=fields.text("group"),
        priority=fields.number("priority"),
        power=fields.whole("power", 0),
        water=fields.truth("water"),
        wants_corner=fields.truth("wants_corner"),
        budget_band=fields.text("budget_band"),
        cluster=fields.maybe_text("cluster"),
        wishes=fields.texts("wishes"),
        pinned=fields.place("pinned"),
    )


def _pavilion(fields: Fields) -> Pavilion:
    identifier = fields.text("id")
    fields.where = f"pavilion {identifier}"
    return Pavilion(
        id=identifier,
        columns=fields.whole("columns", 1, MOST_MODULES),
        priority=fields.number("priority"),
        pinned=fields.place("pinned"),
    )


def _dangling(instance: Instance) -> Iterator[Found]:
    """Names of things that do not exist, and neighbours that do not agree on being neighbours."""
    rows, bands = instance.rows, instance.price_bands
    for row in rows.values():
        if row.price_band not in bands:
            yield _unknown(f"row {row.id}", "the price band", row.price_band)
        for name, other in (("the back row", row.back_row), ("the facing row", row.facing_row)):
            if other is not None and other not in rows:
                yield _unknown(f"row {row.id}", name, other)
        back, across = rows.get(row.back_row or ""), rows.get(row.facing_row or "")
        if back is not None and (back.back_row != row.id or back is row):
            yield _not_mutual(row, back, "back to back with")
        offsets_agree = across is not None and across.facing_offset == -row.facing_offset
        if across is not None and not (offsets_agree and across.facing_row == row.id):
            yield _not_mutual(row, across, "facing")
    for applicant in instance.applicants.values():
        yield from dangling_in(instance, applicant)


def dangling_in(instance: Instance, applicant: Applicant) -> Iterator[Found]:
    """Bands and rows that an applicant names and the instance does not know."""
    who, most = f"applicant {applicant.id}", len(instance.weights.wishes)
    if applicant.budget_band not in instance.price_bands:
        yield _unknown(who, "the budget band", applicant.budget_band)
    for wished in applicant.wishes:
        if wished not in instance.rows:
            yield _unknown(who, "the wished row", wished)
    if len(applicant.wishes) > most or len(set(applicant.wishes)) < len(applicant.wishes):
        yield Found(Fault.SHAPE, applicant.id, f"The wishes of {who} repeat a row, or are more than {most}.")


def _unknown(where: str, what: str, name: str) -> Found:
    return Found(Fault.UNKNOWN, where, f"In {where}, {what} {name} does not exist.")


def _not_mutual(row: Row, other: Row, how: str) -> Found:
    told = f"Row {row.id} says that it is {how} row {other.id}, which does not say the same."
    return Found(Fault.NOT_MUTUAL, row.id, told)
