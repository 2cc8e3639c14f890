"""The board's history with the way back, pins and notes, as an organiser meets them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import LIVE
from fairapp.rules.board import BoardAct
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim
from fairapp.store.board_events import BoardEvent, BoothNote
from tests import factories as make

HISTORY = "/o/OCOP27/board-history"
Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Office:
    """A fair with two booths and one exhibitor, two organisers, and an organiser of another fair."""

    def __init__(self, rows: Session) -> None:
        self.fair = make.fair(rows)
        hall = make.hall(rows, self.fair)
        self.booths = [make.booth(rows, hall, f"A-{n}") for n in (1, 2)]
        self.tea = make.exhibitor(rows, make.organisation(rows, "Chè Suối"), self.fair)
        self.lan, self.mai = (make.account(rows, name=name, language="en") for name in ("Lan", "Mai"))
        for account in (self.lan, self.mai):
            make.grant(rows, account, Role.ORGANISER, self.fair)
        self.stranger = make.account(rows, language="en")
        make.grant(rows, self.stranger, Role.ORGANISER, make.fair(rows, "OTHER"))
        rows.commit()

    def page(self, booth: int = 0) -> str:
        return f"/o/OCOP27/booths/{self.booths[booth].id}"


@pytest.fixture
def office(rows: Session) -> Office:
    return Office(rows)


def place(office: Office, send: Send, browser: FlaskClient) -> None:
    fields = {"exhibitor_id": office.tea.id, "booth_id": office.booths[0].id}
    assert send(browser, "/o/OCOP27/board/A", "/o/OCOP27/claims", **fields).status_code == 303


def last(rows: Session) -> BoardEvent:
    found = rows.scalar(select(BoardEvent).order_by(BoardEvent.seq.desc()).limit(1))
    assert found is not None
    return found


def undo(send: Send, browser: FlaskClient, event: BoardEvent) -> Any:
    return send(browser, "/o/OCOP27/board/A", f"/o/OCOP27/board-steps/{event.id}/undo")


def test_a_step_of_ones_own_is_undone_from_the_history(
    office: Office, browse: Browse, send: Send, rows: Session
) -> None:
    lan = browse(office.lan)
    assert "Nothing has happened" in lan.get(HISTORY).get_data(as_text=True)
    place(office, send, lan)
    step = last(rows)
    page = lan.get(HISTORY).get_data(as_text=True)
    assert "Lan placed Chè Suối in A-1" in page
    assert f"/board-steps/{step.id}/undo" in page
    assert undo(send, lan, step).status_code == 303
    assert rows.scalars(select(BoothClaim.id).where(BoothClaim.state.in_(LIVE))).all() == []
    page = lan.get(f"{HISTORY}?show=mine").get_data(as_text=True)
    assert "Undone: Lan took A-1 back from Chè Suối" in page
    assert f"/board-steps/{step.id}/undo" not in page
    assert undo(send, lan, step).status_code == 409


def test_what_another_did_has_no_way_back_here(
    office: Office, browse: Browse, send: Send, rows: Session
) -> None:
    place(office, send, browse(office.lan))
    step, mai = last(rows), browse(office.mai)
    page = mai.get(HISTORY).get_data(as_text=True)
    assert "Lan placed Chè Suối in A-1" in page
    assert "/undo" not in page
    assert "Nothing has happened" in mai.get(f"{HISTORY}?show=mine").get_data(as_text=True)
    answer = undo(send, mai, step)
    assert answer.status_code == 409
    assert "Somebody else did this step." in answer.get_data(as_text=True)


def test_what_others_built_on_is_named(office: Office, browse: Browse, send: Send, rows: Session) -> None:
    lan, mai = browse(office.lan), browse(office.mai)
    place(office, send, lan)
    step, claim = last(rows), rows.scalars(select(BoothClaim)).one()
    move = f"/o/OCOP27/claims/{claim.id}/move"
    assert send(mai, "/o/OCOP27/board/A", move, booth_id=office.booths[1].id).status_code == 303
    answer = undo(send, lan, step)
    assert answer.status_code == 409
    assert "Mai moved Chè Suối from A-1 to A-2" in answer.get_data(as_text=True)


def test_a_holder_is_pinned_and_let_go(office: Office, browse: Browse, send: Send, rows: Session) -> None:
    lan = browse(office.lan)
    place(office, send, lan)
    claim = rows.scalars(select(BoothClaim)).one()
    for pinned in ("1", "0"):
        answer = send(lan, office.page(), f"/o/OCOP27/claims/{claim.id}/pin", pinned=pinned)
        assert answer.status_code == 303
        assert rows.scalars(select(BoothClaim.pinned)).one() is (pinned == "1")
        assert ("Pinned: a new plan" in lan.get(office.page()).get_data(as_text=True)) is (pinned == "1")


def test_a_note_is_read_by_colleagues_and_taken_away(
    office: Office, browse: Browse, send: Send, rows: Session
) -> None:
    lan = browse(office.lan)
    address = f"{office.page()}/note"
    assert send(lan, office.page(), address, text="Ask about <water>").status_code == 303
    assert "Ask about &lt;water&gt;" in browse(office.mai).get(office.page()).get_data(as_text=True)
    assert send(lan, office.page(), address, text="x" * 301).status_code == 422
    assert send(lan, office.page(), address, text="").status_code == 303
    assert rows.scalars(select(BoothNote.text)).all() == []


def test_of_another_fair_nothing_is_there(office: Office, browse: Browse, send: Send, rows: Session) -> None:
    place(office, send, browse(office.lan))
    step, claim = last(rows), rows.scalars(select(BoothClaim)).one()
    stranger = browse(office.stranger)
    assert stranger.get(HISTORY).status_code == 404
    page = "/o/OTHER/team"
    booth_id = office.booths[0].id
    for address in (f"board-steps/{step.id}/undo", f"claims/{claim.id}/pin", f"booths/{booth_id}/note"):
        assert send(stranger, page, f"/o/OTHER/{address}", text="x").status_code == 404
    assert last(rows).id == step.id


def test_a_long_history_is_read_a_page_at_a_time(office: Office, browse: Browse, rows: Session) -> None:
    lan = browse(office.lan)
    for n in range(52):
        event = BoardEvent(fair_id=office.fair.id, seq=n + 1, act=BoardAct.NOTED, at=make.NOW, facts={})
        event.booth_id = office.booths[0].id
        rows.add(event)
    rows.commit()
    first, second = (lan.get(f"{HISTORY}?page={n}").get_data(as_text=True) for n in (1, 2))
    assert first.count("changed the note on A-1") == 50
    assert second.count("changed the note on A-1") == 2
