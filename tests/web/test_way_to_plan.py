"""From an application to its booth on the plan."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.applications import State
from tests import factories as make


def test_the_way_to_the_plan_leads_to_the_hall_of_the_booth(
    rows: Session, browse: Callable[..., FlaskClient]
) -> None:
    fair, producer, organisation = make.fair(rows), make.account(rows), make.organisation(rows)
    make.member(rows, producer, organisation)
    mine = make.application(rows, organisation, fair, state=State.CONFIRMED)
    make.booth(rows, make.hall(rows, fair, "A"), "A-001")
    stand = make.booth(rows, make.hall(rows, fair, "B2", position=1), "B2-007")
    admitted = make.exhibitor(rows, organisation, fair, application_id=mine.id)
    make.claim(rows, stand, admitted, fair)
    rows.commit()
    browser = browse(producer)
    shown = browser.get(f"/me/applications/{mine.id}").get_data(as_text=True)
    way = re.search(r'href="(/f/OCOP27/plan[^"]+)"', shown)
    assert way is not None
    plan = browser.get(way[1].replace("&amp;", "&")).get_data(as_text=True)
    assert f'bth--sel" href="/B/{stand.short_code}"' in plan
