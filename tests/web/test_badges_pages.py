"""Badges as an exhibitor names them and an organiser approves, prints and revokes them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.badges import printed_badges
from fairapp.jobs.letters import render
from fairapp.jobs.running import run_job
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeState
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.base import reading
from fairapp.store.operations import Job, JobState, OutboxMessage
from tests import factories as make
from tests.asking import statements
from tests.web.stalls import OpenFair

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
LIST = "/o/OPEN/badges"


@pytest.fixture
def open_fair(app: Flask, rows: Session) -> OpenFair:
    fair = OpenFair(app, rows)
    rows.commit()
    return fair


def mine(open_fair: OpenFair) -> str:
    """The exhibitor's page."""
    return f"/me/exhibitors/{open_fair.exhibitor.id}/badges"


def state_of(open_fair: OpenFair, badge: Badge) -> BadgeState:
    """Where the badge stands now."""
    open_fair.rows.rollback()
    open_fair.rows.refresh(badge)
    return badge.state


def test_an_exhibitor_says_what_is_spoken_at_its_stand(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    page, stand = mine(open_fair), open_fair.exhibitor
    said, producer = f"/me/exhibitors/{stand.id}/languages", browse(open_fair.producer)
    assert send(producer, page, said, language=["lo", "vi"]).status_code == 302
    open_fair.rows.rollback()
    assert stand.spoken == ["vi", "lo"]
    shown = producer.get(page).get_data(as_text=True)
    assert re.findall(r'value="(\w+)" checked', shown) == ["vi", "lo"]
    many = send(producer, page, said, language=["vi", "en", "th", "lo", "km", "my", "zh"])
    assert (many.status_code, many.get_data(as_text=True).count(" checked")) == (409, 7)
    stranger = make.account(open_fair.rows)
    make.member(open_fair.rows, stranger, open_fair.stand("Gốm Thanh Hà").organisation)
    open_fair.rows.commit()
    theirs = open_fair.rows.scalars(select(Exhibitor.id).order_by(Exhibitor.id.desc()).limit(1)).one()
    other = send(browse(stranger), f"/me/exhibitors/{theirs}/badges", said, language=["en"])
    open_fair.rows.rollback()
    assert (other.status_code, stand.spoken) == (404, ["vi", "lo"])


def test_an_exhibitor_names_renames_and_takes_back(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    producer = browse(open_fair.producer)
    page = mine(open_fair)
    answer = send(producer, page, name="ກອງ ແກ້ວ", name_latin="Kong Keo", duty="Bán hàng")
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    badge = open_fair.rows.scalars(select(Badge)).one()
    assert (badge.name, badge.name_latin, badge.duty, badge.state) == (
        "ກອງ ແກ້ວ",
        "Kong Keo",
        "Bán hàng",
        BadgeState.NAMED,
    )
    assert send(producer, f"{page}/{badge.id}", name="Kong", name_latin="", duty="").status_code == 302
    assert state_of(open_fair, badge) is BadgeState.NAMED
    assert badge.name == "Kong"
    assert send(producer, page, f"{page}/{badge.id}/remove").status_code == 302
    assert state_of(open_fair, badge) is BadgeState.REVOKED
    assert (
        "Kong"
        not in producer.get(page + "?lang=en")
        .get_data(as_text=True)
        .partition("main")[2]
        .split('class="flashes')[0]
    )


def test_more_people_than_badges_are_refused_with_the_text_kept(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    producer = browse(open_fair.producer)
    page = mine(open_fair)
    for number in range(4):
        open_fair.badge(f"Người {number}", BadgeState.NAMED)
    open_fair.rows.commit()
    shown = producer.get(f"{page}?lang=en").get_data(as_text=True)
    assert "4 of 5 badges have names" in shown
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', shown)
    assert token is not None
    for expected in (302, 409):
        answer = producer.post(
            page,
            data={"csrf_token": token[1], "name": "Vàng Thị Mai"},
            headers={"Origin": "http://localhost"},
        )
        assert answer.status_code == expected
    assert "All 5 badges of your stand have names" in answer.get_data(as_text=True).replace(
        "Cả 5 thẻ của gian đã có tên", "All 5 badges of your stand have names"
    )


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": ""}, 422),
        ({"name": "x" * 121}, 422),
        ({"name": "x" * 10_000}, 422),
        ({"name": "a\0b"}, 400),
        ({"name": "a\u202eb"}, 400),
        ({"name": "Mai", "duty": "d" * 200}, 422),
    ],
)
def test_names_of_the_wrong_shape_are_not_kept(
    open_fair: OpenFair, browse: Browse, send: Send, fields: dict[str, str], status: int
) -> None:
    assert send(browse(open_fair.producer), mine(open_fair), **fields).status_code == status
    assert open_fair.rows.scalars(select(Badge)).all() == []


def test_after_the_deadline_names_are_closed(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    open_fair.fair.badges_until = datetime.now(UTC) - timedelta(hours=1)
    badge = open_fair.badge("Mai", BadgeState.NAMED)
    open_fair.rows.commit()
    producer, page = browse(open_fair.producer), mine(open_fair)
    assert "Names were open until" in producer.get(f"{page}?lang=en").get_data(as_text=True)
    assert send(producer, f"{page}/{badge.id}", name="Late").status_code == 409


def test_strangers_find_nothing(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    badge = open_fair.badge("Mai", BadgeState.NAMED)
    stranger = make.account(open_fair.rows)
    make.member(open_fair.rows, stranger, make.organisation(open_fair.rows))
    open_fair.rows.commit()
    browser, page = browse(stranger), mine(open_fair)
    asked = [page, f"{page}/{badge.id}", "/me/exhibitors/999999/badges", f"/me/exhibitors/{'9' * 30}/badges"]
    assert [browser.get(one).status_code for one in asked] == [404] * 4
    assert browse(None).get(page).status_code == 302
    assert [
        browse(open_fair.producer).get(LIST).status_code,
        browse(open_fair.steward).get(LIST).status_code,
    ] == [
        404,
        403,
    ]


def test_the_organiser_approves_revokes_and_replaces(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    one, other = open_fair.badge("Mai", BadgeState.NAMED), open_fair.badge("Páo", BadgeState.NAMED)
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)
    assert send(organiser, LIST, f"{LIST}/approve", badge=[one.id, other.id]).status_code == 302
    assert [state_of(open_fair, one), state_of(open_fair, other)] == [BadgeState.APPROVED] * 2
    letters = open_fair.rows.scalars(
        select(OutboxMessage.facts).where(OutboxMessage.name == "mail.badges_approved")
    ).all()
    assert letters == [{"exhibitor_id": open_fair.exhibitor.id}]
    assert send(organiser, LIST, f"{LIST}/approve", badge=one.id).status_code == 409
    assert send(organiser, LIST, f"{LIST}/replace", badge=one.id).status_code == 409  # was never printed
    assert send(organiser, LIST, f"{LIST}/print", badge=one.id).status_code == 200
    assert send(organiser, LIST, f"{LIST}/replace", badge=one.id).status_code == 302
    assert (state_of(open_fair, one), one.issue) == (BadgeState.APPROVED, 2)
    assert send(organiser, LIST, f"{LIST}/revoke", badge=other.id, reason=" ").status_code == 409
    assert send(organiser, LIST, f"{LIST}/revoke", badge=other.id, reason="Left").status_code == 302
    assert (state_of(open_fair, other), other.revoked_because) == (BadgeState.REVOKED, "Left")
    assert send(organiser, LIST, f"{LIST}/approve").status_code == 409


def test_a_badge_is_replaced_254_times_and_no_more(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    badge = open_fair.badge("Mai", BadgeState.ISSUED, issue=255)
    open_fair.rows.commit()
    answer = send(browse(open_fair.organiser), LIST, f"{LIST}/replace", badge=badge.id)
    assert answer.status_code == 409
    assert "was replaced 254 times" in answer.get_data(as_text=True)
    assert (state_of(open_fair, badge), badge.issue) == (BadgeState.ISSUED, 255)


def test_badges_of_another_fair_are_out_of_reach(open_fair: OpenFair, browse: Browse, send: Send) -> None:
    elsewhere = make.fair(open_fair.rows, code="ELSE")
    theirs = make.badge(
        open_fair.rows, make.exhibitor(open_fair.rows, make.organisation(open_fair.rows), elsewhere)
    )
    open_fair.badge("Mai", BadgeState.NAMED)
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)
    assert send(organiser, LIST, f"{LIST}/approve", badge=theirs.id).status_code == 404
    assert send(organiser, LIST, f"{LIST}/print", badge=theirs.id).status_code == 409
    assert state_of(open_fair, theirs) is BadgeState.NAMED


@pytest.mark.parametrize(("layout", "size"), [("a4", (595, 842)), ("single", (244, 351))])
def test_printed_badges_carry_tokens_that_verify_and_are_kept_as_printed(
    open_fair: OpenFair, browse: Browse, send: Send, layout: str, size: tuple[int, int]
) -> None:
    badge = open_fair.badge("Vàng Thị Mai")
    open_fair.badge("Not yet", BadgeState.NAMED)
    open_fair.rows.commit()
    answer = send(browse(open_fair.organiser), LIST, f"{LIST}/print", all="1", format=layout)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "filename=OPEN-badges.pdf" in answer.headers["Content-Disposition"].replace('"', "")
    document = pypdfium2.PdfDocument(io.BytesIO(answer.data))
    assert len(document) == 1
    assert document[0].get_size() == pytest.approx(size, abs=0.6)
    text = document[0].get_textpage().get_text_bounded()
    assert "Vàng Thị Mai" in text
    assert "Not yet" not in text
    codes = zxingcpp.read_barcodes(document[0].render(scale=3).to_pil())
    assert [open_fair.keys.verify(code.text) for code in codes] == [Claims(open_fair.fair.id, badge.id, 1, 1)]
    assert state_of(open_fair, badge) is BadgeState.ISSUED
    prints = open_fair.rows.execute(select(BadgePrint.badge_id, BadgePrint.issue, BadgePrint.by_id)).all()
    assert prints == [(badge.id, 1, open_fair.organiser.id)]


def test_a_format_that_no_button_sends_prints_nothing(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    open_fair.badge("Vàng Thị Mai")
    open_fair.rows.commit()
    answer = send(browse(open_fair.organiser), LIST, f"{LIST}/print", all="1", format="[" * 20_000)
    assert answer.status_code == 400
    assert open_fair.rows.scalars(select(BadgePrint)).all() == []


def test_more_than_two_hundred_become_long_work(
    open_fair: OpenFair, browse: Browse, send: Send, app: Flask
) -> None:
    for number in range(201):
        open_fair.badge(f"Người {number}", short_code=f"C{number:07d}")
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)
    answer = send(organiser, LIST, f"{LIST}/print", all="1", format="single")
    job = open_fair.rows.scalars(select(Job)).one()
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/jobs/{job.id}")
    assert open_fair.rows.scalars(select(BadgePrint)).all() == []
    run_job(app.config["FAIRAPP"], job.id, lambda: datetime.now(UTC))
    open_fair.rows.rollback()
    open_fair.rows.refresh(job)
    assert (job.state, job.done, job.total, job.error, job.report) == (JobState.DONE, 201, 201, "", [])
    document = pypdfium2.PdfDocument(io.BytesIO(organiser.get(f"/jobs/{job.id}/file").data))
    assert len(document) == 201
    assert len(open_fair.rows.scalars(select(BadgePrint)).all()) == 201
    begun_again = Work(open_fair.rows, app.config["FAIRAPP"], datetime.now(UTC))
    printed_badges(begun_again, lambda _done, _total: None, **job.facts)
    open_fair.rows.rollback()
    assert len(open_fair.rows.scalars(select(BadgePrint)).all()) == 201, "each is kept once for the job"


def test_the_list_is_filtered_searched_and_paged_by_the_same_queries(
    open_fair: OpenFair, browse: Browse
) -> None:
    for number in range(3):
        open_fair.badge(f"Lý Thị {number}", BadgeState.NAMED)
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)

    def asked(address: str) -> tuple[int, int]:
        with statements() as queries:
            page = organiser.get(address).get_data(as_text=True)
        return page.count('class="pick"'), len(queries)

    few = asked(LIST)
    for number in range(60):
        stand = open_fair.exhibitor
        if number % 10 == 0:
            open_fair.exhibitor = open_fair.stand(f"Hộ {number}")
        open_fair.badge(f"Phàn Phủ {number}", BadgeState.APPROVED)
        open_fair.exhibitor = stand
    open_fair.rows.commit()
    many = asked(LIST)
    assert (few[0], many[0]) == (3, 50)
    assert few[1] == many[1]
    assert asked(f"{LIST}?page=2")[0] == 13
    assert asked(f"{LIST}?page=99999")[0] == 13
    assert asked(f"{LIST}?state=named")[0] == 3
    assert asked(f"{LIST}?q=ly+thi+2")[0] == 1
    assert asked(f"{LIST}?state=revoked")[0] == 0


def test_the_letter_names_whoever_got_a_badge(open_fair: OpenFair, app: Flask) -> None:
    open_fair.badge("Vàng Thị Mai")
    open_fair.badge("Not yet", BadgeState.NAMED)
    open_fair.rows.commit()
    settings = app.config["FAIRAPP"]
    work = Work(reading(), settings, datetime.now(UTC))
    letters = letter_jobs()["mail.badges_approved"](work, exhibitor_id=open_fair.exhibitor.id)
    assert [(letter.to, letter.language) for letter in letters] == [(open_fair.producer.email, "vi")]
    subject, body = render(letters[0], settings)
    assert subject == "Thẻ đã duyệt: Hội chợ OCOP Quốc tế"
    assert "- Vàng Thị Mai\n" in body
    assert "Not yet" not in body
    assert body.endswith(f"http://localhost{mine(open_fair)}\n")
