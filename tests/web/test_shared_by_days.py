"""A booth shared by days on its pages: the board, the public plan, the visitor's page, print and the gate."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.badges import BadgeKind, BadgeState
from fairapp.rules.days import DaySettings
from fairapp.store.allocation import ClaimDay
from fairapp.store.applications_waiting import WaitingOffer
from fairapp.store.badges import Badge
from fairapp.store.base import db
from fairapp.store.catalogue_queries import booths_to_sign
from fairapp.store.claim_days import days_of_claims, days_of_exhibitors
from fairapp.store.fairs_numbers import numbers_of
from fairapp.store.visits_queries import exhibitors_at
from fairapp.usecases.claiming import fair_days
from fairapp.usecases.gate import valid_days
from tests import factories as make

VI = {"Accept-Language": "vi"}


class Booth:
    """One booth of a fair of five days: tea on the first two, silk on the fourth."""

    def __init__(self, rows: Session) -> None:
        self.rows = rows
        self.fair = make.fair(rows)
        hall = make.hall(rows, self.fair)
        self.booth, self.other = make.booth(rows, hall, "A-001"), make.booth(rows, hall, "A-002")
        self.days = fair_days(self.fair)
        self.silk = make.exhibitor(rows, make.organisation(rows, "Lụa Vạn Phúc"), self.fair)
        self.tea = make.exhibitor(rows, make.organisation(rows, "Trà Tân Cương"), self.fair)
        self.silk_claim = self.claim(self.silk, self.days[3:4])
        self.tea_claim = self.claim(self.tea, self.days[:2])
        self.waiting = make.exhibitor(rows, make.organisation(rows, "Gốm Bát Tràng"), self.fair)
        self.organiser = make.account(rows)
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        rows.commit()

    def claim(self, by: Any, days: tuple[date, ...]) -> Any:
        """A claim for these days, whoever made it."""
        rest = select(ClaimDay).where(ClaimDay.booth_id == self.booth.id)
        kept = [(row.day, row.claim_id) for row in self.rows.scalars(rest)]
        self.rows.execute(delete(ClaimDay).where(ClaimDay.booth_id == self.booth.id))
        claim = make.claim(self.rows, self.booth, by, self.fair)
        self.rows.execute(
            delete(ClaimDay).where(ClaimDay.claim_id == claim.id, ClaimDay.day.not_in(list(days)))
        )
        self.rows.add_all(ClaimDay(booth_id=self.booth.id, day=day, claim_id=each) for day, each in kept)
        self.rows.flush()
        return claim


@pytest.fixture
def shared(rows: Session) -> Booth:
    return Booth(rows)


def test_a_scan_names_who_is_here_today_first_and_everybodys_days(client: FlaskClient, shared: Booth) -> None:
    page = client.get(f"/B/{shared.booth.short_code}", headers=VI).get_data(as_text=True)
    assert page.index("Trà Tân Cương</h1>") < page.index("Lụa Vạn Phúc</h3>")
    assert "Ở gian này vào 15–16.4.2027" in page
    assert "Ở gian này vào 18.4.2027" in page


def test_on_its_own_day_the_second_tenant_is_met_first(rows: Session, shared: Booth) -> None:
    for day, first in ((shared.days[0], "Trà Tân Cương"), (shared.days[2], "Lụa Vạn Phúc")):
        there = exhibitors_at(rows, shared.booth, day)
        assert there[0].organisation.name == first
        assert len(there) == 2
    after = exhibitors_at(rows, shared.booth, shared.days[4] + timedelta(days=30))
    assert after[0].organisation.name == "Lụa Vạn Phúc"


def test_the_public_plan_shows_all_days_or_one(client: FlaskClient, shared: Booth) -> None:
    address = f"/f/{shared.fair.code}/plan"
    everyday = client.get(address, headers=VI).get_data(as_text=True)
    assert everyday.count("bth__d--") >= 5  # tea, nobody, silk, nobody, and the legend's key
    assert "Trà Tân Cương (15–16.4), Lụa Vạn Phúc (18.4)" in everyday
    fourth = client.get(f"{address}?day={shared.days[3]}", headers=VI).get_data(as_text=True)
    assert "Lụa Vạn Phúc" in fourth
    assert "Trà Tân Cương" not in fourth
    third = client.get(f"{address}?day={shared.days[2]}", headers=VI).get_data(as_text=True)
    assert "Lụa Vạn Phúc" not in third


def test_whose_hold_is_over_stands_on_no_public_plan_and_counts_nowhere(
    client: FlaskClient, browse: Callable[..., FlaskClient], rows: Session, shared: Booth
) -> None:
    claim = make.claim(rows, shared.other, shared.waiting, shared.fair, state=ClaimState.HELD)
    looks = []
    for hours in (1, -1):
        claim.expires_at = datetime.now(UTC) + timedelta(hours=hours)
        rows.commit()
        plan = client.get(f"/f/{shared.fair.code}/plan", headers=VI).get_data(as_text=True)
        mark = re.search(rf'class="(bth[^"]*)"[^>]*data-id="{shared.other.id}"', plan)
        assert mark is not None
        numbers = numbers_of(rows, shared.fair, datetime.now(UTC))
        looks.append((mark[1], numbers.claims.get(ClaimState.HELD), numbers.without_booth))
    assert looks == [("bth bth--held", 1, 0), ("bth bth--free", None, 1)]


def test_an_offer_for_some_days_shows_on_those_days_only(
    browse: Callable[..., FlaskClient], rows: Session, shared: Booth
) -> None:
    days = [day.isoformat() for day in shared.days]
    shared.fair.settings = {**shared.fair.settings, "days": DaySettings(asked=True).kept()}
    organisation = make.organisation(rows, "Nón Chuông")
    asks = make.application(rows, organisation, shared.fair, wishes={"days": days[2:3]})
    until = datetime.now(UTC) + timedelta(hours=9)
    offer = WaitingOffer(
        fair_id=shared.fair.id,
        application_id=asks.id,
        booth_id=shared.other.id,
        offered_at=make.NOW,
        expires_at=until,
    )
    rows.add(offer)
    rows.commit()
    browser, address = browse(shared.organiser), f"/o/{shared.fair.code}/board/A?booth={shared.other.id}"
    for day, look in (("", "offered"), (days[2], "offered"), (days[3], "free")):
        page = browser.get(f"{address}&day={day}").get_data(as_text=True)
        drawn = re.search(rf'<a class="(bth [^"]*)"[^>]*data-id="{shared.other.id}"', page)
        assert drawn is not None
        assert f"bth--{look}" in drawn[1]
        assert "Chỉ vào 17.4" in page


def test_the_day_looked_at_outlives_search_filters_and_picking_up(
    browse: Callable[..., FlaskClient], shared: Booth
) -> None:
    day = shared.days[3].isoformat()
    address = f"/o/{shared.fair.code}/board/A?booth={shared.booth.id}&day={day}"
    page = browse(shared.organiser).get(address).get_data(as_text=True)
    assert page.count(f'<input type="hidden" name="day" value="{day}">') == 2
    picked = re.findall(r'href="([^"]*claim=\d+[^"]*)"', page)
    assert len(picked) == 2
    assert all(f"day={day}" in link and "exhibitor" not in link for link in picked)


def test_nobody_changes_places_with_a_hold_whose_time_is_up(
    browse: Callable[..., FlaskClient], send: Callable[..., Any], rows: Session, shared: Booth
) -> None:
    over = datetime.now(UTC) - timedelta(hours=1)
    make.claim(rows, shared.other, shared.waiting, shared.fair, state=ClaimState.HELD, expires_at=over)
    rows.commit()
    browser, board = browse(shared.organiser), f"/o/{shared.fair.code}/board/A"
    swap = f"/o/{shared.fair.code}/claims/{shared.tea_claim.id}/swap"
    assert send(browser, board, swap, code="A-002", hall="A").status_code == 422


def test_the_pages_around_the_board_stand_under_its_tab(
    browse: Callable[..., FlaskClient], shared: Booth
) -> None:
    browser = browse(shared.organiser)
    for page in ("board-history", "board-list/A", f"booths/{shared.booth.id}"):
        text = browser.get(f"/o/{shared.fair.code}/{page}").get_data(as_text=True)
        here = re.search(r'<a class="parts__i" href="([^"]*)" aria-current="page"', text)
        assert here is not None, page
        assert here[1] == f"/o/{shared.fair.code}/board"


def test_the_board_shows_a_day_and_its_panel_says_who_is_here_when(
    browse: Callable[..., FlaskClient], shared: Booth
) -> None:
    browser, address = browse(shared.organiser), f"/o/{shared.fair.code}/board/A"
    page = browser.get(f"{address}?booth={shared.booth.id}&day={shared.days[3]}").get_data(as_text=True)
    drawn = re.search(rf'<a class="bth[^>]*data-id="{shared.booth.id}"[^>]*aria-label="([^"]*)"', page)
    assert drawn is not None
    assert "Lụa Vạn Phúc (18.4)" in drawn[1]
    assert "Trà Tân Cương" not in drawn[1]
    assert re.search(r"15–16\.4</dt><dd dir=\"auto\">Trà Tân Cương", page)
    assert re.search(r"17\.4, 19\.4</dt><dd class=\"muted\">Trống", page)


def test_a_day_of_a_shared_booth_is_assigned_and_the_days_changed_by_its_forms(
    browse: Callable[..., FlaskClient], send: Callable[..., Any], shared: Booth
) -> None:
    browser, fair = browse(shared.organiser), shared.fair.code
    order = {"exhibitor_id": shared.waiting.id, "booth_id": shared.booth.id, "by_days": "1"}
    board = f"/o/{fair}/board/A"
    taken = send(browser, board, f"/o/{fair}/claims", **{**order, "day": shared.days[1].isoformat()})
    assert taken.status_code == 409
    assert "Trà Tân Cương (16.4)" in taken.get_data(as_text=True)
    free = send(browser, board, f"/o/{fair}/claims", **{**order, "day": shared.days[2].isoformat()})
    assert free.status_code == 303
    claims = f"/o/{fair}/claims/{shared.tea_claim.id}/days"
    changed = {"by_days": "1", "day": shared.days[0].isoformat()}
    assert send(browser, board, claims, **changed).status_code == 303
    tea = shared.tea_claim.id
    db.session.remove()
    assert days_of_claims(db.session(), [tea]) == {tea: shared.days[:1]}


def test_days_are_changed_in_ones_own_fair_only(
    browse: Callable[..., FlaskClient], send: Callable[..., Any], rows: Session, shared: Booth
) -> None:
    stranger, elsewhere = make.account(rows), make.fair(rows, "OTHER1")
    make.grant(rows, stranger, Role.ORGANISER, elsewhere)
    make.hall(rows, elsewhere)
    rows.commit()
    changed = {"by_days": "1", "day": shared.days[0].isoformat()}
    for fair in (shared.fair.code, elsewhere.code):
        address = f"/o/{fair}/claims/{shared.tea_claim.id}/days"
        answer = send(browse(stranger), f"/o/{elsewhere.code}/board/A", address, **changed)
        assert answer.status_code == 404


def test_a_sign_knows_its_tenants_in_the_order_of_their_days(rows: Session, shared: Booth) -> None:
    sign = next(each for each in booths_to_sign(rows, shared.fair) if each.booth_id == shared.booth.id)
    assert sign.exhibitor_ids == (shared.tea.id, shared.silk.id)
    assert sign.days == {shared.tea.id: shared.days[:2], shared.silk.id: shared.days[3:4]}


def test_a_badge_opens_the_gate_on_the_days_of_the_booth(rows: Session, shared: Booth) -> None:
    ids = [shared.tea.id, shared.silk.id, shared.waiting.id]
    assert days_of_exhibitors(rows, shared.fair, ids) == {
        shared.tea.id: shared.days[:2],
        shared.silk.id: shared.days[3:4],
    }
    badge = Badge(
        fair_id=shared.fair.id,
        exhibitor_id=shared.tea.id,
        kind=BadgeKind.EXHIBITOR,
        state=BadgeState.ISSUED,
        name="Mai",
        short_code="ABCDEFGH",
        named_at=datetime(2027, 1, 1, tzinfo=UTC),
        days=0,
    )
    assert valid_days(rows, shared.fair, badge) == shared.days[:2]
    badge.exhibitor_id = shared.waiting.id
    assert valid_days(rows, shared.fair, badge) == shared.days
