"""Several booths at once: the list to choose from, what is chosen, and each act on all of them or on none."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.days import DaySettings
from fairapp.store.allocation import BoothClaim
from fairapp.store.board_events import BoardEvent, BoothNote
from fairapp.store.claim_days import days_of_claims
from fairapp.store.fairs import Booth
from fairapp.usecases.claiming import fair_days
from tests import factories as make
from tests.asking import queries

Browse = Callable[..., FlaskClient]
Send = Callable[..., Any]
SEVERAL = "/o/OCOP27/board-several"


class Office:
    """A row of four booths of 3 × 3 m and one across the aisle; an applicant for 27 m², an organiser."""

    def __init__(self, rows: Session) -> None:
        self.fair = make.fair(rows)
        self.hall = make.hall(rows, self.fair)
        at = [(0, 0), (3, 0), (6, 0), (9, 0), (0, 9)]
        self.booths: list[Booth] = [
            make.booth(rows, self.hall, f"A-{n}", outline=[[[x, y], [x + 3, y], [x + 3, y + 3], [x, y + 3]]])
            for n, (x, y) in enumerate(at, 1)
        ]
        self.ids = [booth.id for booth in self.booths]
        applied = make.organisation(rows, "Chè Suối")
        asked = make.application(rows, applied, self.fair, state=State.CONFIRMED, area_m2=27.0, booths=1)
        self.tea = make.exhibitor(rows, applied, self.fair, application_id=asked.id)
        self.silk = make.exhibitor(rows, make.organisation(rows, "Lụa Mã Châu"), self.fair)
        self.lan = make.account(rows, name="Lan", language="en")
        make.grant(rows, self.lan, Role.ORGANISER, self.fair)
        self.elsewhere = make.booth(rows, make.hall(rows, make.fair(rows, "OTHER")), "Z-1")
        rows.commit()


@pytest.fixture
def office(rows: Session) -> Office:
    return Office(rows)


@pytest.fixture
def act(office: Office, browse: Browse, send: Send) -> Callable[..., Any]:
    """Do something to booths as the organiser."""
    lan = browse(office.lan)
    return lambda name, ids, **more: send(
        lan, "/o/OCOP27/board/A", SEVERAL, act=name, booth_id=list(ids), **more
    )


def held(rows: Session) -> dict[int, int]:
    rows.expire_all()
    live = select(BoothClaim.booth_id, BoothClaim.exhibitor_id).where(BoothClaim.state.in_(LIVE))
    return dict(tuple(row) for row in rows.execute(live))


def text_of(answer: Any) -> str:
    return str(answer.get_data(as_text=True))


def test_booths_are_kept_back_and_offered_again_together(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    assert act("block", office.ids[:3], reason="Stage stands here").status_code == 303
    rows.expire_all()
    assert [each.blocked_because for each in office.booths] == ["Stage stands here"] * 3 + [None] * 2
    assert act("offer", office.ids).status_code == 303
    rows.expire_all()
    assert {each.blocked_because for each in office.booths} == {None}
    acts = rows.scalars(select(BoardEvent.act).order_by(BoardEvent.seq)).all()
    assert acts == ["blocked"] * 3 + ["unblocked"] * 3


def test_a_booth_that_cannot_be_kept_back_leaves_the_others_as_they_were(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    make.claim(rows, office.booths[1], office.silk, office.fair)
    rows.commit()
    answer = act("block", office.ids[:3], reason="Stage")
    assert answer.status_code == 409
    assert "A-2" in text_of(answer)
    rows.expire_all()
    assert {each.blocked_because for each in office.booths} == {None}


def test_a_larger_floor_is_placed_on_booths_side_by_side(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    assert act("place", office.ids[:3], exhibitor_id=office.tea.id).status_code == 303
    assert held(rows) == dict.fromkeys(office.ids[:3], office.tea.id)
    assert act("place", office.ids[1:4], exhibitor_id=office.tea.id).status_code == 303
    assert held(rows) == dict.fromkeys(office.ids[:4], office.tea.id)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ((0, 2), "do not stand side by side"),
        ((0, 4), "do not stand side by side"),
        ((0, 1), "is smaller than"),
    ],
)
def test_booths_apart_or_too_small_in_all_are_refused(
    office: Office, rows: Session, act: Callable[..., Any], places: tuple[int, ...], said: str
) -> None:
    answer = act("place", [office.ids[each] for each in places], exhibitor_id=office.tea.id)
    assert answer.status_code == 409
    assert said in text_of(answer)
    assert held(rows) == {}


def test_a_taken_booth_among_them_is_refused_and_nothing_is_placed(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    make.claim(rows, office.booths[2], office.silk, office.fair)
    rows.commit()
    assert act("place", office.ids[:3], exhibitor_id=office.tea.id).status_code == 409
    assert held(rows) == {office.ids[2]: office.silk.id}


def days_held(rows: Session, exhibitor_id: int) -> list[set[str]]:
    """Of each of its booths the days, as ISO dates."""
    claims = select(BoothClaim.id).where(BoothClaim.exhibitor_id == exhibitor_id)
    found = days_of_claims(rows, rows.scalars(claims))
    return [{day.isoformat() for day in days} for days in found.values()]


def test_several_booths_are_placed_for_the_days_that_are_ticked(
    office: Office, rows: Session, act: Callable[..., Any], browse: Browse
) -> None:
    days = [day.isoformat() for day in fair_days(office.fair)]
    assert (
        act("place", office.ids[:3], exhibitor_id=office.silk.id, by_days="1", day=days[:2]).status_code
        == 303
    )
    assert days_held(rows, office.silk.id) == [set(days[:2])] * 3
    query = "&".join(f"booth_id={each}" for each in office.ids[:3])
    page = text_of(browse(office.lan).get(f"/o/OCOP27/board-chosen?{query}&exhibitor={office.tea.id}"))
    assert [f'name="day" value="{day}"' in page for day in days] == [True] * len(days)
    taken = act("place", office.ids[:3], exhibitor_id=office.tea.id, by_days="1", day=days[1:])
    assert taken.status_code == 409
    assert "Lụa Mã Châu" in text_of(taken)
    assert (
        act("place", office.ids[:3], exhibitor_id=office.tea.id, by_days="1", day=days[2:]).status_code == 303
    )
    assert days_held(rows, office.tea.id) == [set(days[2:])] * 3


def test_with_no_day_ticked_nothing_is_placed_and_without_boxes_the_days_asked_for(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    nothing = act("place", office.ids[:3], exhibitor_id=office.tea.id, by_days="1")
    assert (nothing.status_code, held(rows)) == (409, {})
    days = [day.isoformat() for day in fair_days(office.fair)]
    office.fair.settings = {**office.fair.settings, "days": DaySettings(asked=True).kept()}
    office.tea.application.wishes = {"days": days[:1]}
    rows.commit()
    assert act("place", office.ids[:3], exhibitor_id=office.tea.id).status_code == 303
    assert days_held(rows, office.tea.id) == [{days[0]}] * 3


def test_holders_are_pinned_and_their_booths_taken_back_with_a_reason(
    office: Office, rows: Session, act: Callable[..., Any]
) -> None:
    for booth, who in ((0, office.tea), (1, office.silk)):
        make.claim(rows, office.booths[booth], who, office.fair)
    rows.commit()
    assert act("pin", office.ids).status_code == 303
    assert set(rows.scalars(select(BoothClaim.pinned))) == {True}
    assert act("unpin", office.ids).status_code == 303
    assert act("release", office.ids, reason=" ").status_code == 422
    assert len(held(rows)) == 2
    answer = act("release", office.ids, reason="The hall is rebuilt")
    if answer.status_code == 200:
        (digest,) = re.findall(r'name="digest" value="(\w+)"', text_of(answer))
        assert text_of(answer).count('name="booth_id"') == len(office.ids)
        answer = act("release", office.ids, reason="The hall is rebuilt", digest=digest)
    assert answer.status_code == 303
    assert held(rows) == {}
    assert set(rows.scalars(select(BoothClaim.end_reason))) == {"The hall is rebuilt"}


def test_one_note_stands_on_all_of_them(office: Office, rows: Session, act: Callable[..., Any]) -> None:
    assert act("note", office.ids[:2], reason="Near the door").status_code == 303
    assert {note.booth_id: note.text for note in rows.scalars(select(BoothNote))} == dict.fromkeys(
        office.ids[:2], "Near the door"
    )


@pytest.mark.parametrize(
    ("name", "count", "more", "status", "said"),
    [
        ("pin", 5, {}, 409, "Nobody holds any of these booths"),
        ("nonsense", 2, {}, 422, "Nothing says what to do"),
        ("pin", 0, {}, 422, "No booth is chosen"),
        ("place", 2, {}, 422, "Nobody is chosen"),
        ("block", 2, {}, 422, "Say why"),
    ],
)
def test_what_says_too_little_is_answered_with_the_cure(
    office: Office,
    act: Callable[..., Any],
    name: str,
    count: int,
    more: dict[str, Any],
    status: int,
    said: str,
) -> None:
    answer = act(name, office.ids[:count], **more)
    assert answer.status_code == status
    assert said in text_of(answer)


def test_more_than_may_be_done_at_once_is_refused(office: Office, act: Callable[..., Any]) -> None:
    answer = act("pin", range(1, 70))
    assert answer.status_code == 422
    assert "More than 60 booths" in text_of(answer)


def test_a_booth_of_another_fair_is_as_if_it_were_not_there(
    office: Office, rows: Session, act: Callable[..., Any], browse: Browse
) -> None:
    assert act("block", [office.ids[0], office.elsewhere.id], reason="x").status_code == 404
    rows.expire_all()
    assert office.elsewhere.blocked_because is None
    page = text_of(
        browse(office.lan).get(f"/o/OCOP27/board-chosen?booth_id={office.elsewhere.id}&booth_id=x")
    )
    assert "0 booths chosen" in page
    assert "Z-1" not in page


def test_what_is_chosen_is_listed_with_what_makes_sense_for_it(
    office: Office, rows: Session, browse: Browse
) -> None:
    make.claim(rows, office.booths[0], office.silk, office.fair)
    rows.commit()
    lan = browse(office.lan)
    page = text_of(lan.get(f"/o/OCOP27/board-chosen?booth_id={office.ids[0]}&booth_id={office.ids[1]}"))
    assert "2 booths chosen" in page
    assert "18 m² in all" in page
    assert "Lụa Mã Châu" in page
    assert re.findall(r'name="act" value="(\w+)"', page) == ["block", "pin", "unpin", "release", "note"]
    free = text_of(lan.get(f"/o/OCOP27/board-chosen?booth_id={office.ids[1]}&exhibitor={office.tea.id}"))
    assert re.findall(r'name="act" value="(\w+)"', free) == ["place", "block", "note"]


def test_without_a_plan_the_booths_are_a_list_to_choose_from(
    office: Office, rows: Session, browse: Browse
) -> None:
    make.claim(rows, office.booths[0], office.silk, office.fair)
    rows.commit()
    page = text_of(browse(office.lan).get("/o/OCOP27/board-list/A"))
    assert page.count('type="checkbox" name="booth_id"') == len(office.ids)
    assert "Lụa Mã Châu" in page
    assert browse(office.lan).get("/o/OCOP27/board-list/Q").status_code == 404


def test_whoever_may_not_assign_reads_the_list_and_changes_nothing(
    office: Office, rows: Session, browse: Browse, send: Send
) -> None:
    finance = make.account(rows, language="en")
    make.grant(rows, finance, Role.FINANCE, office.fair)
    rows.commit()
    reader = browse(finance)
    assert 'name="act"' not in text_of(reader.get("/o/OCOP27/board-list/A"))
    answer = send(reader, "/o/OCOP27/board-list/A", SEVERAL, act="block", booth_id=office.ids, reason="x")
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ["/o/OCOP27/board-list/A?", "/o/OCOP27/board-chosen?"])
def test_lists_ask_as_many_questions_for_one_booth_as_for_all(
    office: Office, rows: Session, browse: Browse, address: str
) -> None:
    lan = browse(office.lan)
    few = f"{address}&booth_id={office.ids[0]}"
    queries(lan, few)
    once = len(queries(lan, few))
    for booth in office.booths:
        make.claim(rows, booth, make.exhibitor(rows, make.organisation(rows), office.fair), office.fair)
    rows.commit()
    assert len(queries(lan, address + "".join(f"&booth_id={each}" for each in office.ids))) == once
