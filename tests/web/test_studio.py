"""The floor-plan studio: halls begun, drawn, saved by one of two, rows by rule and booths by numbers."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.plans import FacilityKind, PlanDraft, from_json
from fairapp.store.accounts import Account
from fairapp.store.fairs import Fair, FloorPlan
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
PLAN = "/o/OCOP27/plan"
STUDIO = f"{PLAN}/1/studio"


@pytest.fixture
def browser(browse: Browse, rows: Session, send: Any) -> FlaskClient:
    fair = make.fair(rows)
    organiser = make.account(rows, language="en")
    make.grant(rows, organiser, Role.ORGANISER, fair)
    rows.commit()
    client = browse(organiser)
    assert send(client, PLAN, f"{PLAN}/halls", name="A", width="30", depth="20,5").status_code == 303
    return client


def shape(
    kind: str, code: str, x: float, y: float, w: float = 3, h: float = 3, **more: Any
) -> dict[str, Any]:
    ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"kind": kind, "code": code, **more}, "geometry": geometry}


DRAWN = [
    shape("hall", "", 0, 0, 30, 20),
    shape("zone", "Food", 0, 0, 15, 20),
    shape("entrance", "Gate 1", 12, 19.5, 4, 0.5),
    shape("booth", "A01", 5, 5),
    shape("booth", "A02", 8, 5),
    shape("booth", "B01", 20, 5, booth_kind="raw_space"),
]


def save(send: Any, browser: FlaskClient, features: Any, revision: int = 0, **more: Any) -> Any:
    drawing = features if isinstance(features, str) else json.dumps(features)
    return send(browser, STUDIO, f"{STUDIO}?hall=A", drawing=drawing, revision=str(revision), **more)


def draft(rows: Session, version: int = 1) -> PlanDraft:
    rows.expire_all()
    return from_json(rows.scalars(select(FloorPlan).where(FloorPlan.version == version)).one().body)


def test_an_empty_hall_is_begun_and_opens_in_the_studio(browser: FlaskClient, rows: Session) -> None:
    page = browser.get(f"{STUDIO}?hall=A")
    assert (page.status_code, "Draw hall A" in page.get_data(as_text=True)) == (200, True)
    (hall,) = draft(rows).halls
    assert hall.rings == (((0.0, 0.0), (30.0, 0.0), (30.0, 20.5), (0.0, 20.5)),)


def test_a_drawing_is_saved_whole_with_open_sides_and_zones_and_what_the_check_finds(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    answer = save(send, browser, DRAWN)
    assert (answer.status_code, answer.get_json()) == (200, {"revision": 1, "findings": []})
    drawn = draft(rows)
    assert [(b.code, b.zone, b.open_sides, b.kind.value) for b in drawn.booths] == [
        ("A01", "Food", 3, "shell_scheme"),
        ("A02", "Food", 3, "shell_scheme"),
        ("B01", None, 4, "raw_space"),
    ]
    assert [f.kind for f in drawn.facilities] == [FacilityKind.ZONE, FacilityKind.ENTRANCE]
    narrow = [*DRAWN, shape("booth", "A03", 5, 9.5)]
    found = save(send, browser, narrow, revision=1).get_json()["findings"]
    assert [one["at"] for one in found] == [[3, 6]]
    assert found[0]["words"].startswith("The way between A01, A03 is 1.5 m wide; 2 m are wanted.")


def test_who_saves_over_another_revision_is_told_and_loses_nothing(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    assert save(send, browser, DRAWN).status_code == 200
    late = [*DRAWN[:3], shape("booth", "Z09", 5, 5)]
    answer = save(send, browser, late)
    assert (answer.status_code, "keep it as a version of its own" in answer.get_json()["message"]) == (
        409,
        True,
    )
    assert [b.code for b in draft(rows).booths] == ["A01", "A02", "B01"]
    kept = save(send, browser, late, as_new="y")
    assert kept.get_json() == {"address": f"{PLAN}/2/studio?hall=A"}
    assert [b.code for b in draft(rows, 2).booths] == ["Z09"]


@pytest.mark.parametrize("drawing", ["", "no json", "{}", "[" * 99])
def test_what_is_no_drawing_is_refused(browser: FlaskClient, send: Any, rows: Session, drawing: str) -> None:
    assert save(send, browser, drawing).status_code == 422
    assert draft(rows).booths == ()


def test_a_shape_that_cannot_be_taken_is_named_and_nothing_is_saved(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    flat = shape("booth", "A09", 5, 5, 3, 0)
    answer = save(send, browser, [*DRAWN, flat])
    assert (answer.status_code, [one["at"] for one in answer.get_json()["refused"]]) == (422, [6])
    assert draft(rows).booths == ()


def test_rows_are_laid_out_without_a_script_and_a_taken_number_is_refused(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    page = f"{STUDIO}?hall=A"
    rule = {
        "count": "3",
        "rows": "2",
        "width": "3",
        "depth": "3",
        "aisle": "3",
        "x": "3",
        "y": "3",
        "turn": "0",
    }
    rule |= {
        "letter": "h",
        "first": "1",
        "digits": "2",
        "separator": "-",
        "numbering": "along",
        "double": "y",
    }
    assert send(browser, page, f"{STUDIO}/rows?hall=A", **rule).status_code == 303
    assert [b.code for b in draft(rows).booths] == ["H-01", "H-02", "H-03", "J-01", "J-02", "J-03"]
    again = send(browser, page, f"{STUDIO}/rows?hall=A", **rule)
    assert (again.status_code, "These numbers are taken" in again.get_data(as_text=True)) == (409, True)
    wrong = send(browser, page, f"{STUDIO}/rows?hall=A", **{**rule, "count": "many"})
    text = wrong.get_data(as_text=True)
    assert (wrong.status_code, "Write a whole number." in text, 'value="many"' in text) == (422, True, True)


def test_a_booth_gets_its_numbers_without_a_script_and_leaves(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    save(send, browser, DRAWN)
    page, first = f"{STUDIO}?hall=A", draft(rows).booths[0]
    to = f"{STUDIO}/booths/{first.number}?hall=A"
    numbers = {"code": "C7", "x": "2", "y": "2", "width": "4", "depth": "2,5", "turn": "0"}
    assert send(browser, page, to, **numbers).status_code == 303
    changed = draft(rows).booths[0]
    assert (changed.code, changed.area_m2, changed.rings[0][2]) == ("C7", 10.0, (6.0, 4.5))
    taken = send(browser, page, to, **{**numbers, "code": "a 02"})
    assert taken.status_code == 409
    assert send(browser, page, to, leave="y").status_code == 303
    assert [b.code for b in draft(rows).booths] == ["A02", "B01"]


def test_figures_of_the_check_are_the_fairs_own(browser: FlaskClient, send: Any, rows: Session) -> None:
    page = f"{PLAN}/figures"
    figures = {"aisle_m": "3", "door_clear_m": "2", "exit_reach_m": "30"}
    figures |= {"power_w_m2": "80", "power_point_kw": "9", "power_reach_m": "20"}
    assert send(browser, page, **figures).status_code == 303
    rows.expire_all()
    assert rows.scalars(select(Fair)).one().settings["plan"]["aisle_m"] == 3.0
    assert send(browser, page, **{**figures, "aisle_m": "0.1"}).status_code == 422


def test_a_version_is_copied_into_a_new_draft_and_only_drafts_are_drawn_in(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    save(send, browser, DRAWN)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 303
    assert browser.get(STUDIO).headers["Location"].endswith(f"{PLAN}/1")
    late = {"drawing": json.dumps(DRAWN), "revision": "1"}
    assert send(browser, PLAN, f"{STUDIO}?hall=A", **late).status_code == 409
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/copy").headers["Location"] == f"{PLAN}/2/studio"
    assert [b.code for b in draft(rows, 2).booths] == ["A01", "A02", "B01"]


def test_another_fairs_organiser_draws_nothing_here(
    browser: FlaskClient, browse: Browse, send: Any, rows: Session
) -> None:
    other = make.fair(rows, code="OTHER")
    stranger = make.account(rows, language="en")
    make.grant(rows, stranger, Role.ORGANISER, other)
    rows.commit()
    client = browse(stranger)
    assert client.get(STUDIO).status_code in (403, 404)
    answer = send(client, "/o/OTHER/plan", f"{STUDIO}?hall=A", drawing=json.dumps(DRAWN), revision="0")
    assert answer.status_code in (403, 404)
    assert draft(rows).booths == ()


def test_a_picture_to_trace_is_painted_anew_and_seen_by_its_own_organisers_only(
    browser: FlaskClient, browse: Browse, send: Any, rows: Session
) -> None:
    to, page = f"{STUDIO}/picture?hall=A", f"{STUDIO}?hall=A"
    placed = {"x": "1", "y": "2", "width": "30", "turn": "-90", "strength": "40"}
    assert send(browser, page, to, **placed).status_code == 409
    assert send(browser, page, to, file=(BytesIO(b"no picture"), "x.png"), **placed).status_code == 409
    image = BytesIO()
    Image.new("RGB", (400, 200), "red").save(image, "PNG")
    image.write(b"<script>hidden</script>")
    image.seek(0)
    assert send(browser, page, to, file=(image, "x.png"), **placed).status_code == 303
    seen = browser.get(to)
    assert (seen.status_code, b"hidden" in seen.data, seen.mimetype) == (200, False, "image/jpeg")
    drawn = browser.get(page).get_data(as_text=True)
    assert 'transform="rotate(-90.0 10.0 20.0)" opacity="0.4"' in drawn
    assert send(browser, page, to, **{**placed, "strength": "0"}).status_code == 422
    stranger = make.account(rows, language="en")
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, code="OTHER"))
    rows.commit()
    assert browse(stranger).get(to).status_code in (403, 404)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/copy").status_code == 303
    assert browser.get(f"{PLAN}/2/studio/picture?hall=A").status_code == 200
    assert browse(None).get(to).status_code in (302, 303, 401)
    assert send(browser, page, to, leave="y").status_code == 303
    assert browser.get(to).status_code == 404
