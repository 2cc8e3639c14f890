"""The public format: what is wrong with a file is named, and nothing of it is planned."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from fairapp.optimiser.faults import BadInstance, Fault
from fairapp.optimiser.reading import instance_of, read_instance


def public(**changes: Any) -> dict[str, Any]:
    """A fair of two pairs of rows in the public format."""
    row = {"hall": "H1", "modules": 4, "zone": "food", "price_band": "B", "power": 2, "water": True}
    applicant = {"size": 2, "group": "food", "priority": 10.5, "power": 1, "water": False}
    applicant |= {"wants_corner": True, "budget_band": "A", "cluster": None, "wishes": ["R1"], "pinned": None}
    data: dict[str, Any] = {
        "format": "booth-allocation/1",
        "name": "two-rows",
        "price_bands": ["C", "B", "A"],
        "weights": {
            "zone_match": 25,
            "band": {"C": 0, "B": 5, "A": 10},
            "corner": 20,
            "wishes": [30, 15],
            "clash_side": 15,
            "clash_facing": 8,
        },
        "bound": "not looked at",
        "rows": [
            {"id": "R1", "back_row": "R2", "facing": None} | row,
            {"id": "R2", "back_row": "R1", "facing": None} | row,
        ],
        "applicants": [{"id": "A1"} | applicant, {"id": "A2"} | applicant],
        "pavilions": [{"id": "P1", "columns": 2, "priority": 50, "pinned": None}],
    }
    return data | changes


def pinned(data: dict[str, Any], number: int, row: str, start: int) -> dict[str, Any]:
    data["applicants"][number]["pinned"] = {"row": row, "start": start}
    return data


def faults_of(data: dict[str, Any]) -> list[tuple[Fault, str]]:
    with pytest.raises(BadInstance) as refused:
        instance_of(data)
    return [(one.fault, one.subject) for one in refused.value.found]


def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    plain, packed = tmp_path / "fair.json", tmp_path / "fair.json.gz"
    plain.write_text(json.dumps(public()))
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_instance(plain) == read_instance(packed) == instance_of(public())


def test_another_format_is_named() -> None:
    assert faults_of(public(format="booths/9")) == [(Fault.FORMAT, "format")]


def test_a_file_that_is_no_json_or_repeats_a_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "fair.json"
    for body in ["{", "[]", '{"format": 1, "format": 2}', '{"bound": NaN}']:
        file.write_text(body)
        with pytest.raises(BadInstance, match=r"fair\.json"):
            read_instance(file)


def test_a_torn_packed_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "fair.json.gz"
    file.write_bytes(gzip.compress(b"{}" * 999)[:-9])
    with pytest.raises(BadInstance, match="Cannot read"):
        read_instance(file)


def test_two_pins_on_one_module_are_named() -> None:
    data = pinned(pinned(public(), 0, "R1", 1), 1, "R1", 2)
    assert faults_of(data) == [(Fault.PINS_OVERLAP, "A2")]


def test_more_pins_than_places_are_named() -> None:
    data = public()
    data["applicants"].append(data["applicants"][0] | {"id": "A3"})
    for number in range(3):
        pinned(data, number, "R1", number)
    assert (Fault.TOO_MANY_PINS, "R1") in faults_of(data)


def test_a_pin_outside_its_row_is_named() -> None:
    assert faults_of(pinned(public(), 0, "R1", 3)) == [(Fault.PIN_OUTSIDE, "A1")]


def test_a_pin_where_its_owner_may_not_stand_is_named() -> None:
    data = pinned(public(), 0, "R1", 0)
    data["applicants"][0]["power"] = 3
    assert faults_of(data) == [(Fault.PIN_NOT_ALLOWED, "A1")]


def test_a_pavilion_larger_than_any_pair_of_rows_is_named() -> None:
    data = public()
    data["pavilions"][0]["columns"] = 5
    assert faults_of(data) == [(Fault.PAVILION_TOO_LARGE, "P1")]


def test_neighbours_that_do_not_agree_are_named() -> None:
    data = public()
    data["rows"][1]["back_row"] = None
    assert faults_of(data)[0] == (Fault.NOT_MUTUAL, "R1")


def test_an_id_given_twice_is_named() -> None:
    data = public()
    data["pavilions"][0]["id"] = "A1"
    assert faults_of(data) == [(Fault.REPEATED, "A1")]


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("rows", "modules", 0),
        ("rows", "modules", True),
        ("rows", "facing", {"row": "R1", "offset": "1"}),
        ("rows", "water", 1),
        ("applicants", "size", 1.5),
        ("applicants", "priority", "61"),
        ("applicants", "wishes", "R1"),
        ("applicants", "pinned", {"row": 3, "start": 0}),
        ("pavilions", "columns", -1),
    ],
)
def test_a_field_of_the_wrong_kind_is_named_with_its_owner(where: str, key: str, value: object) -> None:
    data = public()
    owner = data[where][0]["id"]
    data[where][0][key] = value
    with pytest.raises(BadInstance, match=owner) as refused:
        instance_of(data)
    assert refused.value.found[0].fault is Fault.SHAPE


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("rows", "price_band", "Z"),
        ("rows", "back_row", "R9"),
        ("applicants", "budget_band", "Z"),
        ("applicants", "wishes", ["R9"]),
        ("applicants", "pinned", {"row": "R9", "start": 0}),
    ],
)
def test_a_name_that_does_not_exist_is_named(where: str, key: str, value: object) -> None:
    data = public()
    data[where][0][key] = value
    assert Fault.UNKNOWN in [fault for fault, _ in faults_of(data)]
