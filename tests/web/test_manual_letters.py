"""Write to all who are late from the browser: previewed, sent once a day, to nobody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.manual import send_reminders
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.web.test_manual import LIST, Browse, Desk, Send, words

PAGE = f"{LIST}/letter"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def posted(rows: Session) -> list[dict[str, Any]]:
    rows.expire_all()
    return [row.facts for row in rows.scalars(select(OutboxMessage).order_by(OutboxMessage.id))]


def test_those_who_are_late_get_the_letter_that_was_shown_once_a_day(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser = browse(desk.organiser)
    assert "Nobody to write to" in words(organiser.get(PAGE))
    late = desk.task(rows, due_at=datetime.now(UTC) - timedelta(days=1))
    done = desk.stand(rows, make.organisation(rows, "Tổ hợp Mây"))
    make.task_answer(rows, late, done)
    rows.commit()
    page = words(organiser.get(PAGE))
    for said in ("1 exhibitor gets the letter", "HTX Chè Suối Giàng", "- Task fascia (", "still waits for"):
        assert said in page
    assert "Tổ hợp Mây" not in page
    assert "- Việc phải nộp (" in words(organiser.get(f"{PAGE}?text=vi"))
    looked = words(send(organiser, PAGE, act="look", words="Please hurry."))
    assert (looked.count("Please hurry."), posted(rows)) == (2, [])
    assert send(organiser, PAGE, act="send", words="x" * 1001).status_code == 422
    sent = send(organiser, PAGE, act="send", words="Please hurry.")
    assert (sent.status_code, sent.location) == (303, LIST)
    again = send(organiser, f"{LIST}/reminders", PAGE, act="send", words="Please hurry.")
    assert (again.status_code, "written to today" in words(again)) == (409, True)
    assert posted(rows) == [{"exhibitor_id": desk.exhibitor.id, "words": "Please hurry."}]


def test_the_letter_goes_to_those_whom_the_filter_lets_through(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    desk.task(rows, due_at=datetime.now(UTC) - timedelta(days=1))
    other = desk.stand(rows, make.organisation(rows, "Tổ hợp Mây", folded="to hop may"))
    rows.commit()
    organiser = browse(desk.organiser)
    assert "2 exhibitors get the letter" in words(organiser.get(PAGE))
    assert send(organiser, f"{PAGE}?q=may", act="send").status_code == 303
    assert [facts["exhibitor_id"] for facts in posted(rows)] == [other.id]


def test_the_rounds_promise_each_letter_once(app: Flask, rows: Session, desk: Desk) -> None:
    desk.task(rows, due_at=datetime.now(UTC) + timedelta(days=1))
    settings = app.config["FAIRAPP"]
    assert [send_reminders(settings, datetime.now(UTC)) for _ in range(2)] == [1, 0]
    assert posted(rows) == [{"exhibitor_id": desk.exhibitor.id, "words": ""}]


def test_an_organiser_says_when_letters_go_out(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    organiser, here = browse(desk.organiser), f"{LIST}/reminders"
    assert 'value="3"' in words(organiser.get(here))
    assert send(organiser, here, days_before="99", days_after="1").status_code == 422
    assert send(organiser, here, is_on="y", days_before="7", days_after="0").status_code == 303
    rows.expire_all()
    assert desk.fair.settings["manual"] == {"is_on": True, "days_before": 7, "days_after": 0}


def test_nobody_else_writes(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    desk.task(rows, due_at=datetime.now(UTC) - timedelta(days=1))
    others = [browse(each) for each in (desk.stranger, desk.elsewhere, desk.reviewer)]
    for page in (PAGE, f"{LIST}/reminders"):
        assert [each.get(page).status_code for each in others] == [404, 404, 403]
    assert send(browse(desk.elsewhere), "/o/ELSEWHERE/manual/reminders", PAGE, act="send").status_code == 404
    assert posted(rows) == []
