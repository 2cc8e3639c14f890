"""Letters to reviewers: before and after the deadline, each once; by hand once a day; to those who lag."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.config import read_settings
from fairapp.jobs.letters import render
from fairapp.jobs.reviewing import reviews_owed
from fairapp.jobs.work import Work
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.errors import NotAllowed, Refused
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import Reads, ReviewRefusal
from fairapp.store.accounts import RoleGrant
from fairapp.store.applications_reviewing import ReviewLetter
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.applications_criteria import keep_review_settings
from fairapp.usecases.applications_review_letters import (
    WriteToReviewers,
    lagging,
    remind_reviewer,
    reminders_due,
    write_to_reviewers,
)
from tests import factories as make
from tests.usecases.test_applications_reviewing import Table

UNTIL = datetime(2027, 2, 1, 10, tzinfo=UTC)
SETTINGS = read_settings({"FAIRAPP_INSTANCE": "/tmp/nowhere"})


@pytest.fixture
def table(session: Session) -> Table:
    found = Table(session)
    keep_review_settings(session, found.organiser, found.fair.id, ReviewSettings(until=UNTIL), make.NOW)
    return found


def promised(session: Session) -> list[tuple[str, int]]:
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(row.name, row.facts["account_id"]) for row in rows]


def test_a_letter_goes_once_before_and_once_after_the_deadline(session: Session, table: Table) -> None:
    days = {-4: False, -3: True, -2: False, 0: False, 0.5: False, 1: True, 2: False, 31: False}
    for day, expected in days.items():
        at = UNTIL + timedelta(days=day)
        key, to = reminders_due(session, table.fair, at)
        assert bool(to) is expected, day
        for account_id in to:
            told = [remind_reviewer(session, SYSTEM, table.fair.id, account_id, key, at) for _ in range(2)]
            assert told == [True, False]
    assert promised(session) == [("mail.reviews_owed", table.account.id)] * 2
    assert sorted(row.key for row in session.scalars(select(ReviewLetter))) == [
        "coming:202702011000",
        "late:202702011000",
    ]


def test_a_deadline_that_was_moved_is_reminded_of_anew(session: Session, table: Table) -> None:
    key, (account_id,) = reminders_due(session, table.fair, UNTIL)
    assert remind_reviewer(session, SYSTEM, table.fair.id, account_id, key, UNTIL)
    later = ReviewSettings(until=UNTIL + timedelta(days=1))
    keep_review_settings(session, table.organiser, table.fair.id, later, make.NOW)
    assert reminders_due(session, table.fair, UNTIL)[1] == [account_id]


def test_nobody_is_reminded_who_has_read_everything_or_when_letters_are_off(
    session: Session, table: Table
) -> None:
    idle = make.reviewer(session, table.fair)
    assert [one.account.id for one in lagging(session, table.fair)] == [table.account.id]
    for application in (table.tea, table.pots):
        make.review(session, table.account, application)
    make.review(session, table.account, table.silk, mean=None)
    assert reminders_due(session, table.fair, UNTIL)[1] == []
    make.reads(session, idle, table.fair, Reads.GROUP, "craft")
    assert reminders_due(session, table.fair, UNTIL)[1] == [idle.id]
    off = ReviewSettings(until=UNTIL, reminds=False)
    keep_review_settings(session, table.organiser, table.fair.id, off, make.NOW)
    assert reminders_due(session, table.fair, UNTIL)[1] == []


def test_the_letter_says_how_many_are_open_when_it_goes(session: Session, table: Table) -> None:
    facts = {"fair_id": table.fair.id, "account_id": table.account.id}
    work = Work(session, SETTINGS, UNTIL - timedelta(days=1))
    (letter,) = reviews_owed(work, **facts)
    subject, body = render(letter, SETTINGS)
    assert subject == "3 hồ sơ chờ quý vị chấm: Hội chợ OCOP Quốc tế"
    assert f"/o/{table.fair.code}/reviews" in body
    (late,) = reviews_owed(Work(session, SETTINGS, UNTIL + timedelta(days=1)), **facts, words="Gấp!")
    assert "quá hạn" in render(late, SETTINGS)[0]
    assert "Gấp!" in render(late, SETTINGS)[1]
    for application in (table.tea, table.pots, table.silk):
        make.review(session, table.account, application)
    assert reviews_owed(work, **facts) == []


def test_who_is_no_reviewer_any_more_gets_no_letter(session: Session, table: Table) -> None:
    session.delete(session.scalars(select(RoleGrant).where(RoleGrant.account_id == table.account.id)).one())
    session.flush()
    work = Work(session, SETTINGS, UNTIL)
    assert reviews_owed(work, fair_id=table.fair.id, account_id=table.account.id) == []


def test_an_organiser_writes_once_a_day_to_those_who_lag(session: Session, table: Table) -> None:
    idle = make.reviewer(session, table.fair)
    order = WriteToReviewers(table.fair.id, (table.account.id, idle.id), "Please hurry.")
    assert write_to_reviewers(session, table.organiser, order, UNTIL) == 1
    with pytest.raises(Refused) as refused:
        write_to_reviewers(session, table.organiser, order, UNTIL + timedelta(hours=1))
    assert refused.value.reasons == (ReviewRefusal.NOBODY_TO_WRITE,)
    assert write_to_reviewers(session, table.organiser, order, UNTIL + timedelta(days=1)) == 1
    assert promised(session) == [("mail.reviews_owed", table.account.id)] * 2


def test_nobody_else_writes_to_reviewers(session: Session, table: Table) -> None:
    order = WriteToReviewers(table.fair.id, (table.account.id,))
    for who in (table.reviewer, make.actor(Role.ORGANISER, make.fair(session, code="OTHER"))):
        with pytest.raises(NotAllowed):
            write_to_reviewers(session, who, order, UNTIL)
    assert promised(session) == []


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        (ReviewSettings(days_before=31), ReviewRefusal.REMINDER_DAYS),
        (ReviewSettings(days_after=-1), ReviewRefusal.REMINDER_DAYS),
        (ReviewSettings(until=datetime(2099, 1, 1, tzinfo=UTC)), ReviewRefusal.DEADLINE_AFTER_FAIR),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(
    session: Session, table: Table, settings: ReviewSettings, reason: ReviewRefusal
) -> None:
    with pytest.raises(Refused) as refused:
        keep_review_settings(session, table.organiser, table.fair.id, settings, make.NOW)
    assert refused.value.reasons == (reason,)
    assert ReviewSettings.of(table.fair.settings).until == UNTIL
