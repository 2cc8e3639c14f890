"""Days asked for: allowed by the office, ticked by the applicant, read by the office, changed by request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.days import DaySettings
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_forms import ChangeRequest
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry
from fairapp.usecases.claiming import fair_days
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
SWITCH = "/o/OCOP27/settings/booths-by-days"


class Desk:
    """A fair of five days, a maker with a draft, an organiser of the fair and one of another."""

    def __init__(self, rows: Session) -> None:
        self.rows = rows
        self.fair = make.fair(rows)
        self.kind = make.booth_kind(rows, self.fair)
        self.days = [day.isoformat() for day in fair_days(self.fair)]
        self.maker, self.organiser, self.stranger = (make.account(rows, language="en") for _ in range(3))
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        make.grant(rows, self.stranger, Role.ORGANISER, make.fair(rows, code="KHAC28"))
        organisation = make.organisation(rows, "HTX Trà")
        make.member(rows, self.maker, organisation)
        self.mine = make.application(
            rows, organisation, self.fair, state=State.DRAFT, booth_kind_id=self.kind.id, wishes={"zone": "A"}
        )
        rows.commit()
        self.here = f"/me/applications/{self.mine.id}"

    def allow(self, **more: bool) -> None:
        self.rows.get_one(Fair, self.fair.id).settings = {"days": DaySettings(asked=True, **more).kept()}
        self.rows.commit()

    def wishes(self) -> dict[str, Any]:
        self.rows.expire_all()
        return self.rows.get_one(Application, self.mine.id).wishes

    def put(self, state: State) -> None:
        self.rows.get_one(Application, self.mine.id).state = state
        self.rows.commit()


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def ticked(page: str) -> list[str]:
    boxes = re.findall(r'<input[^>]*name="days"[^>]*>', page)
    return [re.findall(r'value="([^"]+)"', box)[0] for box in boxes if "checked" in box]


def test_the_organiser_sets_the_switches_and_nobody_else_does(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    organiser = browse(desk.organiser)
    assert f'href="{SWITCH}"' in organiser.get("/o/OCOP27/settings").get_data(as_text=True)
    for _ in range(2):  # a double click sets it once
        assert send(organiser, SWITCH, asked="y", priced_by_day="y").status_code == 303
    assert rows.get_one(Fair, desk.fair.id).settings["days"] == {"asked": True, "priced_by_day": True}
    assert len(rows.scalars(select(AuditEntry).where(AuditEntry.what == "fair.days_set")).all()) == 1
    assert send(organiser, SWITCH).status_code == 303
    rows.expire_all()
    assert DaySettings.read(rows.get_one(Fair, desk.fair.id).settings) == DaySettings()
    assert browse(desk.stranger).get(SWITCH).status_code == 404
    assert browse(None).get(SWITCH).status_code == 302


def test_no_day_is_asked_where_the_fair_lets_none_be_chosen(desk: Desk, browse: Browse, send: Send) -> None:
    maker = browse(desk.maker)
    form = f"{desk.here}/form/kind"
    assert 'name="days"' not in maker.get(form).get_data(as_text=True)
    sent = send(maker, form, kind=str(desk.kind.id), booths="1", days=desk.days[:1])
    assert sent.status_code == 303
    assert desk.wishes() == {"zone": "A"}


def test_an_applicant_ticks_days_and_reads_them_again(desk: Desk, browse: Browse, send: Send) -> None:
    desk.allow()
    maker, form = browse(desk.maker), f"{desk.here}/form/kind"
    assert ticked(maker.get(form).get_data(as_text=True)) == desk.days
    fields = {"kind": str(desk.kind.id), "booths": "1"}
    none = send(maker, form, **fields)
    assert none.status_code == 422
    assert "Tick at least one day" in none.get_data(as_text=True)
    assert send(maker, form, days=["2001-01-01"], **fields).status_code == 422
    assert send(maker, form, days=desk.days[1:3], **fields).status_code == 303
    assert desk.wishes() == {"zone": "A", "days": desk.days[1:3]}
    assert send(maker, f"{desk.here}/form/wishes", near="stage").status_code == 303
    assert desk.wishes() == {"near": "stage", "days": desk.days[1:3]}
    assert ticked(maker.get(form).get_data(as_text=True)) == desk.days[1:3]
    assert "16–17 April 2027" in maker.get(f"{desk.here}/check").get_data(as_text=True)
    assert send(maker, form, days=desk.days, **fields).status_code == 303
    assert desk.wishes() == {"near": "stage"}
    assert "All days" in maker.get(f"{desk.here}/check").get_data(as_text=True)


def test_the_price_on_the_form_follows_the_days_where_the_fair_says_so(
    desk: Desk, browse: Browse, send: Send
) -> None:
    desk.allow(priced_by_day=True)
    maker, form = browse(desk.maker), f"{desk.here}/form/kind"
    assert "data-by-day" in maker.get(form).get_data(as_text=True)
    fields = {"kind": str(desk.kind.id), "booths": "1"}
    assert send(maker, form, days=desk.days[:2], **fields).status_code == 303
    assert "2,400,000" in maker.get(f"{desk.here}/check").get_data(as_text=True)
    desk.allow()
    assert "6,000,000" in maker.get(f"{desk.here}/check").get_data(as_text=True)
    assert "data-by-day" not in maker.get(form).get_data(as_text=True)


def test_the_office_reads_the_days_and_the_board_takes_them_as_default(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.allow()
    mine = rows.get_one(Application, desk.mine.id)
    mine.wishes = {"days": desk.days[3:]}
    desk.put(State.ACCEPTED)
    hall = make.hall(rows, desk.fair)
    booth = make.booth(rows, hall, "A-001")
    exhibitor = make.exhibitor(rows, mine.organisation, desk.fair, application_id=mine.id)
    rows.commit()
    organiser = browse(desk.organiser)
    shown = organiser.get(f"/o/OCOP27/applications/{desk.mine.id}").get_data(as_text=True)
    assert "18–19 April 2027" in shown
    board = organiser.get(f"/o/OCOP27/board/A?exhibitor={exhibitor.id}&booth={booth.id}").get_data(
        as_text=True
    )
    boxes = re.findall(r'<input[^>]*name="day"[^>]*>', board)
    assert [re.findall(r'value="([^"]+)"', box)[0] for box in boxes if "checked" in box] == desk.days[3:]


def test_days_are_changed_by_request_and_wishes_leave_them_alone(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.allow()
    rows.get_one(Application, desk.mine.id).wishes = {"zone": "A", "days": desk.days[:2]}
    rows.get_one(Application, desk.mine.id).booths = 1
    desk.put(State.ACCEPTED)
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    new = f"{desk.here}/changes/new/kind"
    assert ticked(maker.get(new).get_data(as_text=True)) == desk.days[:2]
    fields = {"kind": str(desk.kind.id), "booths": "1", "why": "Xe đến muộn"}
    assert send(maker, new, days=desk.days[:2], **fields).status_code == 409
    assert send(maker, new, days=desk.days[2:4], **fields).status_code == 303
    change = rows.scalars(select(ChangeRequest)).one()
    assert change.fields == {"days": {"was": desk.days[:2], "would": desk.days[2:4]}}
    office = "/o/OCOP27/changes"
    shown = organiser.get(office).get_data(as_text=True)
    assert "15–16 April 2027" in shown
    assert "17–18 April 2027" in shown
    step, seen = f"{office}/{change.id}/approve", {"version": str(change.version), "reason": ""}
    assert send(organiser, office, step, **seen).status_code == 303
    assert desk.wishes() == {"zone": "A", "days": desk.days[2:4]}
    sent = send(maker, f"{desk.here}/changes/new/wishes", near="stage", why="Gần sân khấu")
    assert sent.status_code == 303
    last = rows.scalars(select(ChangeRequest).order_by(ChangeRequest.id.desc())).first()
    assert last is not None
    assert set(last.fields) == {"near", "zone"}


def test_a_limit_of_what_the_place_may_cost_is_kept_and_read_again(
    desk: Desk, browse: Browse, send: Send
) -> None:
    maker, form = browse(desk.maker), f"{desk.here}/form/wishes"
    assert send(maker, form, budget="a lot").status_code == 422
    assert send(maker, form, budget="2500000").status_code == 303
    assert desk.wishes() == {"budget": 2_500_000}
    assert 'value="2500000"' in maker.get(form).get_data(as_text=True)
    assert "2,500,000" in maker.get(f"{desk.here}/check").get_data(as_text=True)
