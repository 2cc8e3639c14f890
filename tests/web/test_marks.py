"""The queue's tags, saved filters and keyboard, all of which work without a script too."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_marks import ApplicationTag, SavedFilter
from fairapp.store.applications_prepared import PreparedDecision
from fairapp.store.applications_waiting import WaitingPlace, line_of
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
QUEUE = "/o/OCOP27/applications"


class Desk:
    """A fair with a few applications, two organisers and somebody from the money side."""

    def __init__(self, rows: Session) -> None:
        today = datetime.now(UTC).date()
        self.fair = make.fair(rows, starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=94))
        self.organiser, self.colleague, self.treasurer = (make.account(rows, language="en") for _ in range(3))
        for account in (self.organiser, self.colleague):
            make.grant(rows, account, Role.ORGANISER, self.fair)
        make.grant(rows, self.treasurer, Role.FINANCE, self.fair)
        self.first, self.second = (
            make.application(rows, make.organisation(rows, name), self.fair)
            for name in ("HTX Chè Suối Giàng", "HTX Gốm Phù Lãng")
        )

    def tagged(self, rows: Session, of: Application, tag: str = "Gọi lại") -> None:
        row = ApplicationTag(application_id=of.id, key="goi lai", tag=tag, fair_id=self.fair.id)
        make.kept(rows, row)


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def text(client: FlaskClient, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_chosen_applications_are_tagged_found_by_the_tag_and_untagged(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    office, picks = browse(desk.organiser), [str(desk.first.id), str(desk.second.id)]
    page = f"{QUEUE}/tags?pick={picks[0]}&pick={picks[1]}&state=waiting"
    assert "Suối Giàng" in text(office, page)
    kept = send(office, page, f"{QUEUE}/tags?state=waiting", pick=picks, tag="Gọi lại")
    assert (kept.status_code, kept.headers["Location"]) == (303, f"{QUEUE}?state=waiting")
    assert "put on 2 applications" in text(office, QUEUE)
    gone = send(office, page, f"{QUEUE}/tags", pick=picks[1:], take="Gọi lại")
    assert gone.status_code == 303
    assert rows.scalars(select(ApplicationTag.application_id)).all() == [desk.first.id]
    found = text(office, f"{QUEUE}?tag=G%E1%BB%8Di+l%E1%BA%A1i")
    assert ("Suối Giàng" in found, "Phù Lãng" in found) == (True, False)
    assert "Nothing found" in text(office, f"{QUEUE}?tag=nothing")
    assert "Gọi lại" not in text(browse(desk.treasurer), QUEUE)


@pytest.mark.parametrize("tag", ["", "x" * 31, "\x00"])
def test_a_tag_that_is_none_is_refused_with_what_was_chosen(
    desk: Desk, browse: Browse, send: Send, tag: str
) -> None:
    page = f"{QUEUE}/tags?pick={desk.first.id}"
    answer = send(browse(desk.organiser), page, f"{QUEUE}/tags", pick=str(desk.first.id), tag=tag)
    assert answer.status_code in (400, 422)
    assert answer.status_code == 400 or "Suối Giàng" in answer.get_data(as_text=True)


def test_nothing_chosen_says_so(desk: Desk, browse: Browse) -> None:
    assert "Nothing is chosen" in text(browse(desk.organiser), f"{QUEUE}/tags")


def test_filters_are_saved_shown_above_the_list_renamed_and_removed(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    office, page = browse(desk.organiser), f"{QUEUE}/filters?state=waiting&group=food&page=2"
    assert "Save this filter" in text(office, f"{QUEUE}?state=waiting")
    for _press in range(2):
        assert send(office, page, name="Thực phẩm chờ").status_code == 303
    kept = rows.scalars(select(SavedFilter)).one()
    assert (kept.query, kept.account_id) == ("state=waiting&group=food", desk.organiser.id)
    queue = text(office, f"{QUEUE}?{kept.query}")
    assert ("Thực phẩm chờ" in queue, "Save this filter" in queue) == (True, False)
    assert "Thực phẩm chờ" not in text(browse(desk.colleague), QUEUE)
    one = f"{QUEUE}/filters/{kept.id}"
    assert send(browse(desk.colleague), page, one, name="Mine").status_code == 404
    assert send(office, page, one, name="Món ăn").status_code == 303
    assert "Món ăn" in text(office, f"{QUEUE}/filters")
    assert send(office, page, one, name=" ").status_code == 422
    for _press in range(2):
        assert send(office, page, one, remove="1").status_code == 303
    assert "No filter is saved" in text(office, f"{QUEUE}/filters")


def test_a_filter_without_a_name_or_without_a_filter_is_refused(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    office = browse(desk.organiser)
    assert send(office, f"{QUEUE}/filters?state=waiting", name="").status_code == 422
    assert send(office, f"{QUEUE}/filters?state=waiting", f"{QUEUE}/filters", name="All").status_code == 422
    assert rows.scalars(select(SavedFilter)).all() == []


def test_a_letter_prepares_a_decision_and_the_list_shows_it(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    office = browse(desk.organiser)
    page = text(office, f"{QUEUE}?sort=name")
    for what in ("data-prepare", 'data-press="a"', 'data-press="w"', 'data-press="d"', "data-keys-on"):
        assert what in page
    kept = send(
        office, f"{QUEUE}?sort=name", f"{QUEUE}/together?sort=name&page=1",
        how="prepare", step="accept", pick=str(desk.first.id),
    )  # fmt: skip
    assert kept.headers["Location"] == f"{QUEUE}?sort=name&page=1"
    assert rows.scalars(select(PreparedDecision.step)).all() == [Step.ACCEPT]
    assert "Prepared: Accept" in text(office, QUEUE)
    looking = text(browse(desk.treasurer), QUEUE)
    assert ("Prepared: Accept" in looking, "data-press" in looking) == (False, False)


def test_more_than_two_hundred_are_refused_in_words_and_nothing_is_done(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    office = browse(desk.organiser)
    picks = [str(each) for each in (desk.first.id, *range(1_000_000, 1_000_200))]
    asked = "&".join(f"pick={each}" for each in picks)
    assert "more than 200 at once" in text(office, f"{QUEUE}/together?step=accept&{asked}")
    for how in ("prepare", "now"):
        answer = send(office, QUEUE, f"{QUEUE}/together", step="accept", pick=picks, how=how)
        assert (answer.status_code, "more than 200 at once" in answer.get_data(as_text=True)) == (409, True)
    assert send(office, QUEUE, f"{QUEUE}/tags", tag="x", pick=picks).status_code == 422
    assert send(office, QUEUE, "/o/OCOP27/decisions/undo", pick=picks).status_code == 303
    assert "more than 200 at once" in text(office, "/o/OCOP27/decisions")
    rows.expire_all()
    assert rows.get_one(Application, desk.first.id).state is State.SUBMITTED
    assert rows.scalars(select(PreparedDecision)).all() == []


def test_the_waiting_list_is_ordered_by_its_reviews(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    for rank, each in enumerate((desk.first, desk.second), 1):
        each.state = State.WAITLISTED
        place = WaitingPlace(application_id=each.id, fair_id=desk.fair.id, rank=rank, since=make.NOW)
        make.kept(rows, place)
    rows.commit()
    office, page = browse(desk.organiser), "/o/OCOP27/waiting-list"
    assert "Order by reviews" not in text(office, page)
    make.review(rows, make.reviewer(rows, desk.fair), desk.second, 7777)
    rows.commit()
    assert "77.8 points from 1 review" in text(office, page)
    assert send(office, page, f"{page}/by-score").status_code == 303
    line = [place.application_id for place in line_of(rows, desk.fair.id)]
    assert line == [desk.second.id, desk.first.id]
    looking = browse(desk.treasurer)
    assert "77.8" not in text(looking, page)
    assert send(looking, page, f"{page}/by-score").status_code == 403


def test_another_fairs_organiser_tags_and_saves_nothing_here(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    elsewhere, stranger = make.fair(rows, "ELSE27"), make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, elsewhere)
    rows.commit()
    for page in (f"{QUEUE}/tags", f"{QUEUE}/filters"):
        assert browse(stranger).get(page).status_code == 404
    there = "/o/ELSE27/applications"
    answer = send(browse(stranger), there + "/filters?q=x", f"{there}/tags", tag="x", pick=str(desk.first.id))
    assert (answer.status_code, rows.scalars(select(ApplicationTag)).all()) == (404, [])


def test_the_queue_asks_the_database_the_same_for_one_row_and_for_three(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    office = browse(desk.organiser)
    desk.tagged(rows, desk.first)
    rows.commit()
    office.get(f"{QUEUE}?q=suoi")
    few = len(queries(office, QUEUE))
    for number in range(3):
        more = make.application(rows, make.organisation(rows), desk.fair)
        desk.tagged(rows, more)
        make.review(rows, make.reviewer(rows, desk.fair), more, 5000 + number)
    rows.commit()
    assert len(queries(office, QUEUE)) == few
