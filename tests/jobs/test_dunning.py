"""Reminders go out by themselves: once each, to whoever pays, never for what is paid or gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import Settings, read_settings
from fairapp.jobs.dunning import money_reminder, send_reminders
from fairapp.jobs.letters import render
from fairapp.jobs.table import hourly_jobs, letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.billing import InvoiceState, Payer
from fairapp.rules.dunning import Reminder
from fairapp.rules.fairs import FairState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import db
from fairapp.store.billing import Dunning, Instalment, Invoice
from fairapp.store.operations import OutboxMessage
from tests import factories as make

MORNING = datetime(2027, 2, 3, 1, tzinfo=UTC)
"""Two days after the first instalment of ``make.invoice`` was due."""


class House:
    """A fair with one invoice, in a database of its own."""

    def __init__(self, settings: Settings, session: Session) -> None:
        self.settings, self.session = settings, session
        self.fair = make.fair(session)
        organisation = make.organisation(session, "HTX Chè Bản Liền")
        self.member = make.account(session, language="vi", email="lan@example.org")
        make.member(session, self.member, organisation)
        self.exhibitor: Exhibitor = make.exhibitor(session, organisation, self.fair)
        self.invoice: Invoice = make.invoice(session, self.exhibitor)
        self.first: Instalment = make.instalments_of(session, self.invoice)[0]
        session.commit()

    def rounds(self, at: datetime) -> list[str]:
        """Look for what is due, and say which letters that made."""
        self.session.commit()
        before = len(self.session.scalars(select(Dunning.id)).all())
        done = send_reminders(self.settings, at)
        self.session.expire_all()
        rows = self.session.scalars(select(Dunning).order_by(Dunning.id)).all()
        assert len(rows) - before == done
        return [row.reminder for row in rows[before:]]

    def letters(self, reminder: Reminder, now: datetime = MORNING) -> list[tuple[str, str, str]]:
        """(to, subject, body) of one letter."""
        work = Work(self.session, self.settings, now)
        made = money_reminder(work, instalment_id=self.first.id, reminder=reminder.value)
        return [(letter.to, *render(letter, self.settings)) for letter in made]


@pytest.fixture
def house(ready_database: str, tmp_path: Path) -> Iterator[House]:
    settings = read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    app: Flask = create_app(settings)
    with app.app_context():
        yield House(settings, db.session())
        db.session.remove()
        db.engine.dispose()


def test_each_reminder_goes_out_once_on_its_day(house: House) -> None:
    days = {day: house.rounds(MORNING + timedelta(day)) for day in range(-7, 16)}
    assert {day: letters for day, letters in days.items() if letters} == {
        -5: ["coming"],
        0: ["first"],
        5: ["coming"],  # of the second instalment, due ten days later
        7: ["second"],
        10: ["first"],
        14: ["last"],
    }
    assert house.rounds(MORNING) == []
    posted = house.session.scalars(select(OutboxMessage.name)).all()
    assert set(posted) == {"mail.money_reminder"}
    assert "mail.money_reminder" in letter_jobs()
    assert "money_reminders" in hourly_jobs()


def test_the_day_is_that_of_the_fair(house: House) -> None:
    late = datetime(2027, 2, 2, 16, 59, tzinfo=UTC)  # 23:59 of the day before in Hà Nội
    assert house.rounds(late) == []
    assert house.rounds(late + timedelta(minutes=1)) == ["first"]


@pytest.mark.parametrize("state", [InvoiceState.PAID, InvoiceState.VOIDED, InvoiceState.WRITTEN_OFF])
def test_nobody_is_reminded_of_what_is_paid_or_dead(house: House, state: InvoiceState) -> None:
    house.invoice.state = state
    assert house.rounds(MORNING) == []
    assert house.letters(Reminder.FIRST) == []


def test_nobody_is_reminded_who_has_left_or_where_the_fair_sends_none(house: House) -> None:
    house.exhibitor.left_at = MORNING
    assert house.rounds(MORNING) == []
    house.exhibitor.left_at = None
    house.fair.settings = {"dunning": {"is_on": False}}
    assert house.rounds(MORNING) == []
    house.fair.settings = {}
    house.fair.state = FairState.CANCELLED
    assert house.rounds(MORNING) == []


def test_the_letter_says_what_is_due_and_how_to_pay_it(house: House) -> None:
    ((to, subject, body),) = house.letters(Reminder.FIRST)
    assert to == "lan@example.org"
    assert "Nhắc thanh toán" in subject
    assert house.first.reference in body
    assert "3.300.000" in body
    house.member.language = "en"
    house.session.commit()
    ((_to, subject, body),) = house.letters(Reminder.COMING, datetime(2027, 1, 20, tzinfo=UTC))
    assert subject.startswith("Soon due")
    assert "is due on 1 February 2027" in body


def test_another_payers_invoice_goes_to_its_own_address(house: House) -> None:
    house.invoice.payer, house.invoice.payer_email = Payer.PROVINCE, "sct@example.org"
    house.session.commit()
    assert [to for to, _subject, _body in house.letters(Reminder.LAST)] == ["sct@example.org"]
