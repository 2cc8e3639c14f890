"""The queue's filters over a country: their work grows as the list does, not with its square."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session

from fairapp.rules.applications import State
from fairapp.rules.producers import OrganisationKind
from fairapp.store.applications import Application
from fairapp.store.applications_marks import ApplicationTag
from fairapp.store.applications_review import Wanted, applications_found, by_state, page_of_applications
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation, Product
from tests import factories as make
from tests.databases import make_tables

FILTERS = {
    "no filter": Wanted(),
    "a state": Wanted(states=frozenset({State.SUBMITTED})),
    "a group": Wanted(group="drink"),
    "a province": Wanted(place="15"),
    "a country": Wanted(place="TH"),
    "a kind": Wanted(kind=1),
    "words": Wanted(terms=("che", "mat")),
    "a tag": Wanted(tag="goi lai"),
    "everything": Wanted(("che",), frozenset({State.SUBMITTED}), "drink", "15", 1, "-name"),
}


def applied(session: Session, many: int) -> Fair:
    """So many producers with two products each, all of whom apply."""
    fair = make.fair(session)
    make.booth_kind(session, fair)
    numbers = range(1, many + 1)
    makers = [
        {
            "id": number,
            "kind": OrganisationKind.HOUSEHOLD,
            "name": f"Hộ {number}",
            "folded": f"ho {number}",
            "country": "VN" if number % 3 else "TH",
            "province_code": "15" if number % 2 else None,
            "created_at": make.NOW,
            "changed_at": make.NOW,
        }
        for number in numbers
    ]
    goods = [
        {"organisation_id": number, "names": {"vi": "Chè"}, "group_code": group, "folded": "che mat"}
        for number in numbers
        for group in ("drink", "food")
    ]
    asked = [
        {
            "fair_id": fair.id,
            "organisation_id": number,
            "state": state,
            "booth_kind_id": 1,
            "area_m2": 9.0,
            "made_at": make.NOW,
            "changed_at": make.NOW,
        }
        for number, state in zip(numbers, cycle((State.SUBMITTED, State.ACCEPTED)), strict=False)
    ]
    tagged = [
        {"application_id": number, "fair_id": fair.id, "key": "goi lai", "tag": "Gọi lại"}
        for number in numbers
        if number % 5 == 0
    ]
    for table, rows in (
        (Organisation, makers),
        (Product, goods),
        (Application, asked),
        (ApplicationTag, tagged),
    ):
        session.execute(insert(table), rows)
    return fair


def steps(folder: Path, many: int, wanted: Wanted) -> int:
    """How many hundred steps SQLite's machine takes for the queue's first page; the same on every machine."""
    url = f"sqlite:///{folder / f'{many}.db'}"
    make_tables(url)
    engine = create_engine(url)
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    with Session(engine) as session:
        fair = applied(session, many)
        session.flush()
        machine = session.connection().connection.driver_connection
        assert machine is not None
        machine.set_progress_handler(count, 100)
        by_state(session, fair, wanted)
        assert page_of_applications(session, applications_found(fair, wanted), wanted.sort, 0, 60)
        machine.set_progress_handler(None, 100)
    engine.dispose()
    return taken


@pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS.keys())
def test_twice_the_applications_are_about_twice_the_work(tmp_path: Path, wanted: Wanted) -> None:
    few, many = steps(tmp_path, 500, wanted), steps(tmp_path, 1000, wanted)
    assert many / few < 2.5
