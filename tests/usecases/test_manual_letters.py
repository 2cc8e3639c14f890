"""Letters about what is owed: before and after a day, each once; by hand once a day to each who is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.config import read_settings
from fairapp.jobs.letters import render
from fairapp.jobs.manual import manual_owed
from fairapp.jobs.work import Work
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.duties import ReminderSettings
from fairapp.rules.errors import NotAllowed, Refused
from fairapp.rules.manual import ManualRefusal, TaskKind
from fairapp.store.manual import DutyLetter
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.manual_letters import (
    SetReminders,
    WriteToLate,
    remind,
    reminders_due,
    set_reminders,
    write_to_late,
)
from tests import factories as make
from tests.usecases.test_manual import Desk

NOW = make.NOW
SETTINGS = read_settings({"FAIRAPP_INSTANCE": "/tmp/nowhere"})


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def promised(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))


def test_a_letter_goes_out_once_before_and_once_after_the_day(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    make.manual_task(session, desk.fair, TaskKind.TICK)
    make.manual_task(session, desk.fair, TaskKind.TICK, is_required=False)
    days = {
        -4: 0, -3: 2, -2: 0,  # both fall together: one letter, remembered twice
        0: 0, 2: 2, 3: 0, 40: 0,
    }  # fmt: skip
    for day, expected in days.items():
        at = task.due_at + timedelta(days=day)
        due = reminders_due(session, desk.fair, at)
        assert sum(map(len, due.values())) == expected, day
        for exhibitor_id, keys in due.items():
            assert [remind(session, SYSTEM, exhibitor_id, keys, at) for _ in range(2)] == [True, False]
    assert promised(session) == ["mail.manual_owed"] * 2
    assert len(session.scalars(select(DutyLetter)).all()) == 4


def test_nobody_is_reminded_of_what_is_done_or_when_letters_are_off(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    at = task.due_at - timedelta(days=1)
    assert reminders_due(session, desk.fair, at)
    off = SetReminders(desk.fair.id, ReminderSettings(is_on=False))
    set_reminders(session, desk.organiser, off, NOW)
    assert reminders_due(session, desk.fair, at) == {}
    set_reminders(session, desk.organiser, SetReminders(desk.fair.id, ReminderSettings(True, 0, 0)), NOW)
    assert reminders_due(session, desk.fair, at) == {}
    assert reminders_due(session, desk.fair, task.due_at)
    desk.answer(session, task, text="CHÈ")
    assert reminders_due(session, desk.fair, task.due_at) == {}
    wrong = SetReminders(desk.fair.id, ReminderSettings(True, -1, 0))
    with pytest.raises(Refused) as refused:
        set_reminders(session, desk.organiser, wrong, NOW)
    assert refused.value.reasons == (ManualRefusal.DAYS,)
    desk.exhibitor.left_at = NOW
    assert remind(session, SYSTEM, desk.exhibitor.id, ["late:1:20270101"], NOW) is False


def test_all_who_are_late_get_one_letter_a_day(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, due_at=NOW)
    after = NOW + timedelta(hours=1)
    gone = make.exhibitor(session, make.organisation(session), desk.fair)
    everybody = (desk.exhibitor.id, gone.id)
    order = WriteToLate(desk.fair.id, everybody, "Xin nộp sớm.")
    assert write_to_late(session, desk.organiser, order, after) == 1
    with pytest.raises(Refused) as refused:
        write_to_late(session, desk.organiser, order, after)
    assert refused.value.reasons == (ManualRefusal.NOBODY_TO_WRITE,)
    assert write_to_late(session, desk.organiser, order, after + timedelta(days=1)) == 1
    assert [row.facts for row in session.scalars(select(OutboxMessage))] == [
        {"exhibitor_id": desk.exhibitor.id, "words": "Xin nộp sớm."}
    ] * 2
    desk.answer(session, task, text="CHÈ")
    with pytest.raises(Refused):
        write_to_late(session, desk.organiser, order, after + timedelta(days=2))
    for other in (desk.maker, make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(NotAllowed):
            write_to_late(session, other, order, after)


@pytest.mark.parametrize(("language", "said"), [("vi", "còn chờ"), ("en", "still waits for")])
def test_the_letter_says_what_is_late_and_what_is_due_soon_in_its_readers_language(
    session: Session, desk: Desk, language: str, said: str
) -> None:
    reader = make.account(session, language=language)
    make.member(session, reader, desk.organisation)
    make.manual_task(
        session, desk.fair, due_at=NOW - timedelta(days=1), names={"vi": "Muộn", "en": "Late one"}
    )
    make.manual_task(
        session, desk.fair, due_at=NOW + timedelta(days=9), names={"vi": "Sắp", "en": "Soon one"}
    )
    make.manual_task(session, desk.fair, due_at=NOW + timedelta(days=30), names={"vi": "Xa", "en": "Far one"})
    work = Work(session, SETTINGS, NOW)
    (letter,) = manual_owed(work, exhibitor_id=desk.exhibitor.id, words="Chào nhé.")
    subject, body = render(letter, SETTINGS)
    late, soon, far = ("Muộn", "Sắp", "Xa") if language == "vi" else ("Late one", "Soon one", "Far one")
    assert (letter.to, desk.fair.names[language] in subject) == (reader.email, True)
    assert (said in body, f"- {late} (" in body, f"- {soon} (" in body, far in body) == (
        True,
        True,
        True,
        False,
    )
    assert "Chào nhé." in body
    assert f"/me/applications/{desk.application.id}/manual" in body


def test_no_letter_goes_when_nothing_is_owed_any_more(session: Session, desk: Desk) -> None:
    make.member(session, make.account(session), desk.organisation)
    make.badge(session, desk.exhibitor)
    work = Work(session, SETTINGS, NOW)
    assert manual_owed(work, exhibitor_id=desk.exhibitor.id) == []
    assert manual_owed(work, exhibitor_id=desk.exhibitor.id + 999) == []
