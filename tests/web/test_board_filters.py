"""The list beside the plan narrowed, the plan coloured, and holds whose time is up: as the address says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.fairs import Booth
from tests import factories as make
from tests.asking import queries

Browse = Callable[..., FlaskClient]
HOUR = timedelta(hours=1)


class Office:
    """A fair with three to place: tea of Lào Cai, silk of Japan, and salt of which nothing is known."""

    def __init__(self, rows: Session) -> None:
        self.fair = make.fair(rows)
        self.hall = make.hall(rows, self.fair)
        self.booths: list[Booth] = [make.booth(rows, self.hall, f"A-{n:03d}") for n in range(1, 7)]
        self.organiser = make.account(rows, name="Phạm Thu Hà")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.tea = self.applicant(
            rows, "Chè Suối Nậm Lành", "drink", 4, area_m2=18.0, needs={"power_w": 500}, province_code="10"
        )
        self.silk = self.applicant(
            rows,
            "Lụa Kyoto",
            "craft",
            0,
            area_m2=9.0,
            needs={"water": True},
            country="JP",
            province_code=None,
        )
        listed = make.organisation(rows, "Muối Bạc Liêu", province_code=None)
        make.product(rows, listed, group_code="food", stars=3)
        self.salt = make.exhibitor(rows, listed, self.fair)
        make.invoice(rows, self.silk)
        rows.commit()
        self.board = f"/o/{self.fair.code}/board/A"

    def applicant(self, rows: Session, name: str, group: str, stars: int, **asked: Any) -> Exhibitor:
        places = {key: asked.pop(key) for key in ("country", "province_code") if key in asked}
        organisation = make.organisation(rows, name, **places)
        make.product(rows, organisation, group_code=group, stars=stars or None)
        application = make.application(rows, organisation, self.fair, state=State.CONFIRMED, **asked)
        return make.exhibitor(rows, organisation, self.fair, application_id=application.id)

    def give(self, rows: Session, to: Exhibitor, booth: int = 0, **values: Any) -> BoothClaim:
        claim = make.claim(rows, self.booths[booth], to, self.fair, **values)
        rows.commit()
        return claim


@pytest.fixture
def office(rows: Session) -> Office:
    return Office(rows)


@pytest.fixture
def seen(browse: Browse, office: Office) -> Callable[[str], str]:
    """The board as the organiser reads it under some query."""
    reader = browse(office.organiser)
    return lambda query: str(reader.get(f"{office.board}?{query}&lang=en").get_data(as_text=True))


def listed(page: str) -> list[str]:
    return re.findall(r'class="queue__name"[^>]*>([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("group=drink", ["Chè Suối Nậm Lành"]),
        ("place=JP", ["Lụa Kyoto"]),
        ("place=10", ["Chè Suối Nậm Lành"]),
        ("stars=3", ["Chè Suối Nậm Lành", "Muối Bạc Liêu"]),
        ("size=s", ["Lụa Kyoto"]),
        ("need=power", ["Chè Suối Nậm Lành"]),
        ("need=water", ["Lụa Kyoto"]),
        ("paid=due", ["Lụa Kyoto"]),
        ("paid=none", ["Chè Suối Nậm Lành", "Muối Bạc Liêu"]),
        ("stars=4&paid=none", ["Chè Suối Nậm Lành"]),
        ("stars=3&place=JP", []),
        ("q=kyoto&size=s", ["Lụa Kyoto"]),
        ("size=nonsense", []),
        ("stars=²", []),
    ],
)
def test_the_list_is_narrowed_by_everything_that_the_address_says(
    seen: Callable[[str], str], query: str, names: list[str]
) -> None:
    assert listed(seen(query)) == names


def test_a_choice_says_how_many_it_would_leave_and_the_others_stay(seen: Callable[[str], str]) -> None:
    page = seen("stars=3")
    assert "needs power (1)" in page
    assert "needs water" not in page
    assert "4 stars or more (1)" in page
    assert re.search(r'<input type="hidden" name="stars" value="3">', page)
    assert 'href="?' in page
    assert "3 stars or more" in page


def test_nobody_who_matches_is_said_with_the_way_back(seen: Callable[[str], str]) -> None:
    page = seen("stars=3&place=JP")
    assert "Nobody matches." in page
    assert "Show everybody again" in page


def marks(page: str) -> dict[str, str]:
    return {code: look for look, code in re.findall(r'<a class="(bth [^"]*)"[^>]* data-code="([^"]+)"', page)}


@pytest.mark.parametrize(
    ("colour", "look", "words"),
    [
        ("group", "bth--drink", "Beverages"),
        ("state", "bth--firm", "taking part confirmed"),
        ("payment", "bth--due", "first payment open"),
        ("score", "bth--score-b", "70 to 84 points"),
        ("nonsense", "bth--drink", "Beverages"),
    ],
)
def test_the_colour_tells_what_the_address_names_and_its_mark_and_words_tell_the_same(
    office: Office, rows: Session, seen: Callable[[str], str], colour: str, look: str, words: str
) -> None:
    make.invoice(rows, office.tea)
    make.review(rows, make.reviewer(rows, office.fair), office.tea.application, mean=8000)
    office.give(rows, office.tea, state=ClaimState.CONFIRMED)
    page = seen(f"colour={colour}")
    assert look in marks(page)["A-001"]
    said = re.search(r'data-code="A-001"[^>]* aria-label="([^"]+)"', page)
    assert said is not None
    assert "Chè Suối Nậm Lành" in said[1]
    key = re.search(
        rf'data-filter="{look.removeprefix("bth--")}".*?<path class="bth__m".*?</svg>(.*?)</li>', page
    )
    assert key is not None
    assert re.search(r"data-look-count>1<", key[1])
    assert words in said[1] or colour in ("group", "nonsense")
    assert words.split()[0] in key[1] or colour in ("group", "nonsense")


def test_a_hold_whose_time_is_up_keeps_its_booth_from_nobody(
    office: Office, rows: Session, seen: Callable[[str], str]
) -> None:
    now = datetime.now(UTC)
    office.give(rows, office.tea, 0, state=ClaimState.HELD, expires_at=now - HOUR)
    office.give(rows, office.silk, 1, state=ClaimState.HELD, expires_at=now + HOUR)
    page = seen(f"booth={office.booths[0].id}")
    looks = marks(page)
    assert (looks["A-001"].split()[1], looks["A-002"].split()[1]) == ("bth--free", "bth--held")
    assert "5 of 6 booths free" in page
    assert "Chè Suối Nậm Lành" in listed(page)
    assert "Lụa Kyoto" not in listed(page)
    assert "Free booth" in page.split('id="booth"')[1]


def test_a_page_asks_for_the_booth_whose_time_ran_out_meanwhile(
    office: Office, rows: Session, browse: Browse
) -> None:
    office.give(rows, office.tea, state=ClaimState.HELD, expires_at=datetime.now(UTC) - HOUR)
    address = f"/o/{office.fair.code}/board-changes/0/A?over={office.booths[0].id},0,x,{2**40}"
    news = browse(office.organiser).get(address, headers={"Accept": "application/json"}).get_json()
    assert news["booths"] == [office.booths[0].id]
    assert "bth--free" in news["marks"]


def test_how_many_share_a_booth_is_part_of_its_piece(office: Office, rows: Session, browse: Browse) -> None:
    claim = office.give(rows, office.tea)
    rows.add(CoExhibitor(claim_id=claim.id, exhibitor_id=office.silk.id, added_at=make.NOW))
    rows.commit()
    address = f"/o/{office.fair.code}/board-changes/0/A?over={office.booths[0].id}"
    news = browse(office.organiser).get(address, headers={"Accept": "application/json"}).get_json()
    assert re.search(r'class="bth__co[^>]*>\+1</text>', news["marks"])


@pytest.mark.parametrize("colour", ["group", "state", "payment", "score"])
def test_filters_and_colours_ask_as_many_questions_for_three_as_for_many(
    office: Office, rows: Session, browse: Browse, colour: str
) -> None:
    reader, address = browse(office.organiser), f"{office.board}?colour={colour}&stars=1&paid=none"
    queries(reader, address)
    few = len(queries(reader, address))
    for n in range(12):
        another = office.applicant(rows, f"HTX {n}", "food", 3, area_m2=9.0)
        make.claim(rows, make.booth(rows, office.hall), another, office.fair)
        make.invoice(rows, office.applicant(rows, f"Tổ {n}", "food", 3, area_m2=9.0))
    rows.commit()
    assert len(queries(reader, address)) == few
