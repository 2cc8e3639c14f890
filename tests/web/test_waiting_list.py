"""The waiting list in the browser: kept by organisers, answered by applicants, told by letters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.config import Settings
from fairapp.jobs.applications import end_old_offers, let_lapse
from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.rules.waiting_list import OfferState
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_waiting import WaitingOffer, WaitingPlace, line_of, open_offer_to
from fairapp.store.fairs import Fair
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Line:
    """A fair with a free booth and two on its waiting list, one of whom has an account."""

    def __init__(self, rows: Session) -> None:
        today = datetime.now(UTC).date()
        self.fair = make.fair(rows, starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=94))
        self.kind = make.booth_kind(rows, self.fair)
        self.hall = make.hall(rows, self.fair)
        self.booth = make.booth(rows, self.hall, "A-001")
        self.producer = make.account(rows, language="en")
        self.waits = self.join(rows, 1, "HTX Chè Suối Giàng")
        make.member(rows, self.producer, self.waits.organisation)
        self.other = self.join(rows, 2, "HTX Gốm Phù Lãng")
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.treasurer = make.account(rows, language="en")
        make.grant(rows, self.treasurer, Role.FINANCE, self.fair)
        self.list = f"/o/{self.fair.code}/waiting-list"
        self.mine = f"/me/applications/{self.waits.id}"

    def join(self, rows: Session, rank: int, name: str) -> Application:
        waits = make.application(
            rows,
            make.organisation(rows, name),
            self.fair,
            booth_kind_id=self.kind.id,
            state=State.WAITLISTED,
        )
        make.kept(
            rows, WaitingPlace(application_id=waits.id, fair_id=self.fair.id, rank=rank, since=make.NOW)
        )
        return waits

    def offer(self, rows: Session, hours: float = 72, booth: bool = True) -> WaitingOffer:
        now = datetime.now(UTC)
        return make.kept(
            rows,
            WaitingOffer(
                fair_id=self.fair.id,
                application_id=self.waits.id,
                booth_id=self.booth.id if booth else None,
                state=OfferState.OPEN,
                offered_at=now - timedelta(days=1),
                expires_at=now + timedelta(hours=hours),
            ),
        )


@pytest.fixture
def line(rows: Session) -> Line:
    found = Line(rows)
    rows.commit()
    return found


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_list_shows_the_line_and_moves_somebody(
    rows: Session, browse: Browse, send: Send, line: Line
) -> None:
    desk = browse(line.organiser)
    page = text(desk, line.list)
    assert page.index("Suối Giàng") < page.index("Phù Lãng")
    assert send(desk, f"{line.list}/{line.other.id}/place", to="1").status_code == 303
    assert [place.application_id for place in line_of(rows, line.fair.id)] == [line.other.id, line.waits.id]
    assert send(desk, f"{line.list}/{line.other.id}/place", place="x").status_code == 303
    assert "whole number" in text(desk, line.list)


def test_a_treasurer_reads_the_list_and_keeps_nothing_of_it(browse: Browse, send: Send, line: Line) -> None:
    desk = browse(line.treasurer)
    page = text(desk, line.list)
    assert "Suối Giàng" in page
    assert "Make the offer" not in page
    assert "/place" not in page
    for what in ("place", "offer", "recall"):
        assert send(desk, f"{line.list}/{line.waits.id}/{what}", to="1").status_code == 403
    assert send(desk, f"{line.list}/settings", answer_hours="9", confirm_days="0").status_code == 403


def test_another_fairs_organiser_finds_neither_list_nor_applicant(
    rows: Session, browse: Browse, send: Send, line: Line
) -> None:
    elsewhere = make.fair(rows, "ELSE27")
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, elsewhere)
    rows.commit()
    desk = browse(stranger)
    assert desk.get(line.list).status_code == 404
    assert send(desk, f"/o/ELSE27/waiting-list/{line.waits.id}/offer", booth="").status_code == 404


def test_an_offer_is_made_once_and_taken_back(rows: Session, browse: Browse, send: Send, line: Line) -> None:
    desk, address = browse(line.organiser), f"{line.list}/{line.waits.id}"
    assert "A-001" in text(desk, f"{address}/offer")
    for _press in range(2):
        assert send(desk, f"{address}/offer", booth=str(line.booth.id)).status_code == 303
    assert len(rows.scalars(select(WaitingOffer)).all()) == 1
    refused = send(desk, f"{line.list}/{line.other.id}/offer", booth=str(line.booth.id))
    assert refused.status_code == 409
    assert "offered to somebody else" in refused.get_data(as_text=True)
    assert "Waiting for the answer" in text(desk, line.list)
    for _press in range(2):
        assert send(desk, f"{address}/recall").status_code == 303
    assert rows.scalars(select(WaitingOffer.state)).all() == [OfferState.RECALLED]
    assert send(desk, f"{address}/offer", booth="99999999").status_code == 404


def test_the_settings_are_kept_and_a_wrong_number_comes_back(
    rows: Session, browse: Browse, send: Send, line: Line
) -> None:
    desk = browse(line.organiser)
    wrong = send(desk, f"{line.list}/settings", answer_hours="0", confirm_days="x")
    assert wrong.status_code == 422
    assert "from 1 to 1,440" in wrong.get_data(as_text=True)
    assert send(desk, f"{line.list}/settings", answer_hours="48", confirm_days="7").status_code == 303
    kept = rows.get_one(Fair, line.fair.id).settings["waiting"]
    assert kept == {"by_itself": False, "answer_hours": 48, "confirm_days": 7}


def test_the_applicant_reads_its_place_and_takes_what_is_offered(
    rows: Session, browse: Browse, send: Send, line: Line
) -> None:
    phone = browse(line.producer)
    assert "number 1 on the waiting list" in text(phone, line.mine)
    assert "Nothing is offered yet" in text(phone, f"{line.mine}/offer")
    made = line.offer(rows)
    rows.commit()
    assert "Look at the offer" in text(phone, line.mine)
    assert ">001</span>" in text(phone, f"{line.mine}/offer")
    assert send(phone, f"{line.mine}/offer", offer=str(made.id)).status_code == 422
    for _press in range(2):
        assert send(phone, f"{line.mine}/offer", offer=str(made.id), answer="accept").status_code == 303
    assert rows.get_one(Application, line.waits.id).state is State.ACCEPTED
    assert "Confirm that you take part" in text(phone, line.mine)
    late = send(phone, f"{line.mine}/offer", offer=str(made.id), answer="decline")
    assert late.status_code == 409
    assert "This offer has ended" in late.get_data(as_text=True)


def test_strangers_find_no_offer(rows: Session, browse: Browse, send: Send, line: Line) -> None:
    made = line.offer(rows)
    rows.commit()
    for who in (make.account(rows), line.organiser):
        rows.commit()
        desk = browse(who)
        assert desk.get(f"{line.mine}/offer").status_code == 404
        assert send(desk, f"{line.mine}/offer", offer=str(made.id), answer="accept").status_code == 404


def test_the_worker_ends_old_offers_and_lets_acceptances_lapse(app: Any, rows: Session, line: Line) -> None:
    settings: Settings = app.config["FAIRAPP"]
    now = datetime.now(UTC)
    line.offer(rows, hours=-1)
    of = make.organisation(rows)
    late = make.application(rows, of, line.fair, state=State.ACCEPTED)
    booth = make.booth(rows, line.hall)
    exhibitor = make.exhibitor(rows, of, line.fair, application_id=late.id)
    make.claim(rows, booth, exhibitor, line.fair, state=ClaimState.ACCEPTED, made_at=now - timedelta(days=8))
    fair = rows.get_one(Fair, line.fair.id)
    fair.settings = {"waiting": {"by_itself": True, "answer_hours": 24, "confirm_days": 7}}
    rows.commit()
    assert (end_old_offers(settings, now), let_lapse(settings, now)) == (1, 1)
    assert (end_old_offers(settings, now), let_lapse(settings, now)) == (0, 0)
    rows.expire_all()
    assert rows.get_one(Application, late.id).state is State.LAPSED
    first, second = open_offer_to(rows, line.other.id), open_offer_to(rows, line.waits.id)
    assert first is not None
    assert first.booth_id == line.booth.id
    assert second is not None
    assert second.booth_id == booth.id


def test_the_letters_say_what_is_offered_and_how_it_ended(app: Any, rows: Session, line: Line) -> None:
    settings: Settings = app.config["FAIRAPP"]
    offer = line.offer(rows)
    rows.commit()
    said = {}
    for state in (OfferState.OPEN, OfferState.DECLINED, OfferState.EXPIRED, OfferState.RECALLED):
        offer.state = state
        rows.commit()
        (letter,) = letter_jobs()["mail.waiting_offer"](
            Work(rows, settings, datetime.now(UTC)), offer_id=offer.id
        )
        assert letter.to == line.producer.email
        said[state] = " ".join(render(letter, settings))
    assert "A place is free for you" in said[OfferState.OPEN]
    assert "A-001" in said[OfferState.OPEN]
    assert "has let the offered place" in said[OfferState.DECLINED]
    assert "is up" in said[OfferState.EXPIRED]
    assert "at place 1" in said[OfferState.EXPIRED]
    assert "has taken back" in said[OfferState.RECALLED]


def test_the_list_asks_the_database_the_same_for_one_and_for_three(
    rows: Session, browse: Browse, line: Line
) -> None:
    rows.delete(rows.get_one(WaitingPlace, line.other.id))
    rows.commit()
    desk = browse(line.organiser)
    few = len(queries(desk, line.list))
    for rank in (3, 4):
        line.join(rows, rank, f"HTX số {rank}")
    line.offer(rows)
    rows.commit()
    assert len(queries(desk, line.list)) == few


def test_the_letter_is_posted_when_an_offer_goes_out(
    rows: Session, browse: Browse, send: Send, line: Line
) -> None:
    send(browse(line.organiser), f"{line.list}/{line.waits.id}/offer", booth="")
    names = rows.scalars(select(OutboxMessage.name)).all()
    assert names == ["mail.waiting_offer"]
