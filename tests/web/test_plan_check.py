"""What a plan's check finds, drawn on a version's page with its cure, and the power that was ordered."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.store.accounts import Account
from fairapp.store.fairs import Booth, Fair
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
PLAN = "/o/OCOP27/plan"


def shape(kind: str, code: str, x: float, y: float, w: float = 3.0, h: float = 3.0) -> dict[str, Any]:
    ring = [[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
    properties = {"kind": kind, "code": code, "hall": "A", "amount": 1.2 if kind == "power" else 0}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


HALL = (
    shape("hall", "", 0, 0, 30, 20),
    shape("entrance", "Gate 1", 12, 19.5, 4, 0.5),
    shape("power", "P1", 1, 1, 0.5, 0.5),
)
NARROW = (*HALL, shape("booth", "A1", 5, 5), shape("booth", "A2", 9, 5))
WIDE = (*HALL, shape("booth", "A1", 5, 5), shape("booth", "A2", 10, 5))


@pytest.fixture
def browser(browse: Browse, rows: Session) -> FlaskClient:
    organiser = make.account(rows, language="en")
    make.grant(rows, organiser, Role.ORGANISER, make.fair(rows))
    rows.commit()
    return browse(organiser)


def upload(send: Any, browser: FlaskClient, features: Any) -> None:
    body = json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()
    assert send(browser, PLAN, file=(BytesIO(body), "plan.geojson"), hall="").status_code == 303


def page(browser: FlaskClient, version: int) -> str:
    return browser.get(f"{PLAN}/{version}").get_data(as_text=True)


def areas(rows: Session) -> dict[str, float]:
    rows.expire_all()
    return {booth.code: booth.area_m2 for booth in rows.scalars(select(Booth))}


def test_a_finding_stands_on_the_plan_and_in_the_list_under_one_number(
    browser: FlaskClient, send: Any
) -> None:
    upload(send, browser, NARROW)
    seen = page(browser, 1)
    assert 'id="note-1" href="#lint-1"' in seen
    assert 'id="lint-1"' in seen
    assert "The way between A1, A2 is 1 m wide; 2 m are wanted. Move one side away." in seen
    assert '<path class="pnote__l" d="M' in seen


def test_a_hall_that_just_has_enough_shows_nothing(browser: FlaskClient, send: Any) -> None:
    upload(send, browser, WIDE)
    seen = page(browser, 1)
    assert ("pnote" in seen, "Nothing found. The hall can be put in force." in seen) == (False, True)


def test_power_that_was_ordered_is_added_up_at_its_power_point(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, WIDE)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 303
    fair = rows.scalars(select(Fair)).one()
    stand = rows.scalars(select(Booth).where(Booth.code == "A1")).one()
    holder = make.exhibitor(rows, make.organisation(rows), fair)
    make.claim(rows, stand, holder, fair)
    item = make.service_item(rows, make.price_item(rows, fair), watts=3_000)
    order = make.service_order(rows, item, holder, quantity=0)
    rows.commit()
    upload(send, browser, WIDE)
    assert "kW" not in page(browser, 2)
    order.quantity = 1
    rows.commit()
    assert "A1, A2 together need 3.5 kW; their power point gives 1.2 kW." in page(browser, 2)
    holder.left_at = order.ordered_at
    rows.commit()
    assert "together need" not in page(browser, 2)


def test_putting_a_changed_booth_in_force_says_first_what_follows_for_who_stands_there(
    browser: FlaskClient, send: Any, rows: Session
) -> None:
    upload(send, browser, WIDE)
    assert send(browser, f"{PLAN}/1", f"{PLAN}/1/publish").status_code == 303
    fair = rows.scalars(select(Fair)).one()
    stand = rows.scalars(select(Booth).where(Booth.code == "A1")).one()
    make.claim(rows, stand, make.exhibitor(rows, make.organisation(rows, "HTX Sông Hương"), fair), fair)
    rows.commit()
    upload(send, browser, (*HALL, shape("booth", "A1", 5, 5, 4), shape("booth", "A2", 12, 5)))
    seen = page(browser, 2)
    assert seen.index("Changed booths") < seen.index("HTX Sông Hương")
    answer = send(browser, f"{PLAN}/2", f"{PLAN}/2/publish")
    assert (answer.status_code, areas(rows)) == (200, {"A1": 9.0, "A2": 9.0})
    (digest,) = re.findall(r'name="digest" value="([^"]+)"', answer.get_data(as_text=True))
    assert send(browser, f"{PLAN}/2", f"{PLAN}/2/publish", digest=digest).status_code == 303
    assert areas(rows) == {"A1": 12.0, "A2": 9.0}
