"""A floor plan in the browser: read, drawn, settled, put in force; and every file that is none."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.fairs import PlanState
from fairapp.rules.plans import from_json
from fairapp.store.accounts import Account
from fairapp.store.fairs import Booth, Fair, FloorPlan
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
FILES = Path(__file__).parents[1] / "data" / "plans"
PLAN = "/o/OCOP27/plan"


@pytest.fixture
def browser(browse: Browse, rows: Session) -> FlaskClient:
    fair = make.fair(rows)
    organiser = make.account(rows, language="en")
    make.grant(rows, organiser, Role.ORGANISER, fair)
    rows.commit()
    return browse(organiser)


def upload(send: Any, browser: FlaskClient, data: bytes, name: str = "plan.geojson") -> Any:
    return send(browser, PLAN, file=(BytesIO(data), name), hall="")


def read(name: str) -> bytes:
    return (FILES / f"{name}.geojson").read_bytes()


def settled(rows: Session) -> list[str]:
    rows.expire_all()
    return [booth.code for booth in from_json(rows.scalars(select(FloorPlan)).one().body).booths]


def test_a_sound_plan_is_drawn_and_put_in_force(browser: FlaskClient, send: Any, rows: Session) -> None:
    answer = upload(send, browser, read("sound"))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{PLAN}/1")
    page = browser.get(f"{PLAN}/1").get_data(as_text=True)
    assert ('data-code="A-001"' in page, "This is the first plan" in page) == (True, True)
    assert rows.scalars(select(Booth)).all() == []
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 303
    assert {"A-001", "A-009"} <= {booth.code for booth in rows.scalars(select(Booth))}
    assert [plan.state for plan in rows.scalars(select(FloorPlan))] == [PlanState.PUBLISHED]


def test_a_troubled_plan_waits_until_everything_is_settled(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, read("troubled"))
    page = browser.get(f"{PLAN}/1").get_data(as_text=True)
    assert ("Take all proposed cures" in page, 'action="/o/OCOP27/plan/1/publish"' in page) == (True, False)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 409
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/settle", take="all").status_code == 303
    assert "Take all proposed cures" not in browser.get(f"{PLAN}/1").get_data(as_text=True)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 303


def test_another_cure_may_be_chosen(browser: FlaskClient, send: Any, rows: Session) -> None:
    upload(send, browser, read("troubled"))
    draft = from_json(rows.scalars(select(FloorPlan)).one().body)
    second = [booth.number for booth in draft.booths if booth.code == "A15"][1]
    key = f"{second}-code_repeated"
    fields = {f"cure-{key}": "recode", f"code-{key}": "A99"}
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/settle", **fields).status_code == 303
    assert ("A99" in settled(rows), settled(rows).count("A15")) == (True, 1)


def test_a_code_that_is_taken_is_refused_and_the_choice_comes_back(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, read("troubled"))
    before = settled(rows)
    draft = from_json(rows.scalars(select(FloorPlan)).one().body)
    second = [booth.number for booth in draft.booths if booth.code == "A15"][1]
    key = f"{second}-code_repeated"
    answer = send(
        browser, f"{PLAN}/1", f"{PLAN}/1/settle", **{f"cure-{key}": "recode", f"code-{key}": "d-01"}
    )
    page = answer.get_data(as_text=True)
    assert (answer.status_code, settled(rows)) == (409, before)
    assert "Write the new code for A15" in page
    assert 'value="d-01"' in page


@pytest.mark.parametrize(
    "fields",
    [{"cure-1-code_repeated": "nonsense"}, {"cure-x-overlaps": "leave_out"}, {}],
)
def test_no_choice_is_said_to_be_none(browser: FlaskClient, send: Any, fields: dict[str, str]) -> None:
    upload(send, browser, read("troubled"))
    answer = send(browser, f"{PLAN}/1", f"{PLAN}/1/settle", **fields)
    assert answer.status_code == 422
    assert "Choose a cure for at least one booth." in answer.get_data(as_text=True)


def test_a_stale_choice_changes_nothing(browser: FlaskClient, send: Any, rows: Session) -> None:
    upload(send, browser, read("sound"))
    before = settled(rows)
    answer = send(browser, f"{PLAN}/1", f"{PLAN}/1/settle", **{"cure-4-overlaps": "leave_out"})
    assert (answer.status_code, settled(rows)) == (409, before)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"not json", "This is no floor plan that can be read."),
        (b"{not json", "This is not JSON"),
        (b'{"type": "Feature"}', "This JSON is no GeoJSON FeatureCollection."),
        (b'{"type": "FeatureCollection", "features": []}', "No booth could be read from this file."),
        (b"\xff\xfe\xff", "This file is not text."),
        (b"[" * 20_000 + b"]" * 20_000, "nested deeper"),
        (b"", "Choose a file."),
    ],
)
def test_a_file_that_is_no_plan_says_why(
    browser: FlaskClient, send: Any, rows: Session, data: bytes, sentence: str
) -> None:
    answer = upload(send, browser, data, "" if sentence == "Choose a file." else "x.geojson")
    assert (answer.status_code, rows.scalars(select(FloorPlan)).all()) == (422, [])
    assert sentence in answer.get_data(as_text=True)


def test_words_where_a_file_belongs_are_no_file(browser: FlaskClient, send: Any) -> None:
    answer = send(browser, PLAN, file="[" * 20_000 + "]" * 20_000)
    assert answer.status_code == 422
    assert "Choose a file." in answer.get_data(as_text=True)


def test_the_next_version_says_who_is_touched_and_waits_for_them(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, read("sound"))
    send(browser, f"{PLAN}/1", f"{PLAN}/1/publish")
    fair = rows.scalars(select(Fair)).one()
    booth = rows.scalars(select(Booth).where(Booth.code == "A-001")).one()
    holder = make.exhibitor(rows, make.organisation(rows, "HTX Ở Lại"), fair)
    make.claim(rows, booth, holder, fair)
    rows.commit()
    upload(send, browser, read("sound").replace(b'"A-001"', b'"A-777"'))
    page = browser.get(f"{PLAN}/2").get_data(as_text=True)
    assert "Move or release these exhibitors first" in page
    assert "HTX Ở Lại" in page
    answer = send(browser, f"{PLAN}/2", f"{PLAN}/2/publish")
    assert (answer.status_code, "A-001" in answer.get_data(as_text=True)) == (409, True)


def test_a_draft_is_thrown_away_but_not_the_plan_in_force(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, read("sound"))
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/discard").status_code == 303
    assert rows.scalars(select(FloorPlan)).all() == []
    upload(send, browser, read("sound"))
    send(browser, f"{PLAN}/1", f"{PLAN}/1/publish")
    assert send(browser, PLAN, f"{PLAN}/1/discard").status_code == 409


def test_a_version_that_is_not_there_is_not_found(browser: FlaskClient) -> None:
    assert browser.get(f"{PLAN}/7").status_code == 404


def dxf_of(scale: float, unit: int) -> bytes:
    body = ["0", "SECTION", "2", "HEADER", "9", "$INSUNITS", "70", str(unit), "0", "ENDSEC"]
    body += ["0", "SECTION", "2", "ENTITIES"]
    for code, x in (("D1", 0.0), ("D2", 3.0)):
        body += ["0", "LWPOLYLINE", "8", "STANDS", "90", "4", "70", "1"]
        for px, py in ((x, 0), (x + 3, 0), (x + 3, 3), (x, 3)):
            body += ["10", str(px * scale), "20", str(py * scale)]
        body += ["0", "TEXT", "8", "NO", "10", str((x + 1.5) * scale), "20", str(1.5 * scale), "40", "1"]
        body += ["1", code]
    return "\n".join([*body, "0", "ENDSEC", "0", "EOF", ""]).encode()


def test_a_dxf_in_inches_becomes_booths_in_metres_and_the_page_says_how_it_was_read(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    assert upload(send, browser, dxf_of(1 / 0.0254, 1), "hall.dxf").status_code == 303
    page = browser.get(f"{PLAN}/1").get_data(as_text=True)
    assert ("The unit is inches." in page, "STANDS" in page, 'data-code="D1"' in page) == (True, True, True)
    body = from_json(rows.scalars(select(FloorPlan)).one().body)
    assert [booth.area_m2 for booth in body.booths] == [9.0, 9.0]


def test_a_unit_that_cannot_be_told_is_asked_for_and_what_was_typed_stays(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    answer = send(browser, PLAN, file=(BytesIO(dxf_of(1 / 0.3048, 0)), "hall.dxf"), hall="West")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "Choose the unit" in page, 'value="West"' in page) == (422, True, True)
    assert rows.scalars(select(FloorPlan)).all() == []
    said = {"file": (BytesIO(dxf_of(1 / 0.3048, 0)), "hall.dxf"), "hall": "West", "unit": "ft"}
    assert send(browser, PLAN, **said).status_code == 303
    wrong = {"file": (BytesIO(dxf_of(1, 6)), "hall.dxf"), "layers": "STANDS"}
    answer = send(browser, PLAN, **wrong)
    assert (answer.status_code, "is not written as LAYER=" in answer.get_data(as_text=True)) == (422, True)


def test_a_second_hall_is_added_beside_the_first(browser: FlaskClient, send: Any, rows: Session) -> None:
    for hall in ("West", "East"):
        file = (BytesIO(dxf_of(1, 6)), "hall.dxf")
        assert send(browser, PLAN, file=file, hall=hall, keeps_halls="y").status_code == 303
    newest = rows.scalars(select(FloorPlan).order_by(FloorPlan.version.desc())).first()
    assert newest is not None
    booths = from_json(newest.body).booths
    assert [(b.hall, b.code) for b in booths] == [(h, c) for h in ("West", "East") for c in ("D1", "D2")]
    assert len({booth.number for booth in booths}) == 4


@pytest.mark.parametrize(
    ("form", "start"), [("geojson", b"{"), ("svg", b"<svg"), ("dxf", b"0\nSECTION"), ("pdf", b"%PDF")]
)
def test_a_version_is_taken_away_in_every_form(
    browser: FlaskClient, send: Any, form: str, start: bytes
) -> None:
    upload(send, browser, read("sound"))
    answer = browser.get(f"{PLAN}/1/file/{form}?hall=A&paper=A3")
    assert (answer.status_code, answer.data[: len(start)]) == (200, start)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=OCOP27-v1-A.{form}"
    assert browser.get(f"{PLAN}/1/file/{form}?hall=Nowhere").status_code == 404
    assert browser.get(f"{PLAN}/7/file/{form}").status_code == 404


def test_a_plan_is_taken_away_by_its_own_organisers_only(
    browser: FlaskClient, browse: Browse, send: Any, rows: Session
) -> None:
    upload(send, browser, read("sound"))
    other_fair = make.fair(rows, code="OTHER")
    stranger = make.account(rows, language="en")
    make.grant(rows, stranger, Role.ORGANISER, other_fair)
    rows.commit()
    assert browse(stranger).get(f"{PLAN}/1/file/dxf").status_code in (403, 404)
    assert browse(stranger).get("/o/OTHER/plan/1/file/dxf").status_code == 404
    assert browse(None).get(f"{PLAN}/1/file/dxf").status_code in (302, 303, 401)
