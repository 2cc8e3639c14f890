"""The outbox: what was promised is sent once, again after a failure, by one at a time, and not for ever."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from fairapp.adapters.mail import MailFailed
from fairapp.config import Settings
from fairapp.jobs.outbox import LEASE, MOST_TRIES, drain
from fairapp.store.base import db, transaction
from fairapp.store.operations import OutboxMessage
from fairapp.usecases import outbox
from tests import factories as make
from tests.serving import free_port

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
UNKNOWN = "mail.account_unknown"


def settings_of(app: Flask) -> Settings:
    settings: Settings = app.config["FAIRAPP"]
    return settings


def promise(name: str = UNKNOWN, **facts: Any) -> int:
    """Post a message; by default a letter to Lan."""
    plain = {"email": "lan@example.org", "language": "en"} if name == UNKNOWN and not facts else facts
    with transaction() as session:
        outbox.post(session, name, NOW, **plain)
        session.flush()
        return session.scalars(select(OutboxMessage.id).order_by(OutboxMessage.id.desc())).first() or 0


def kept(message_id: int) -> OutboxMessage:
    return db.session().get_one(OutboxMessage, message_id, populate_existing=True)


def work(app: Flask, at: datetime = NOW, enqueue: Callable[[int], None] = lambda job: None) -> int:
    return drain(settings_of(app), at, enqueue)


def sent(app: Flask) -> list[EmailMessage]:
    file = settings_of(app).instance / "mail.jsonl"
    lines = file.read_text().splitlines() if file.exists() else []
    return [message_from_string(json.loads(line)["raw"], policy=default) for line in lines]  # type: ignore[misc]


def test_a_letter_is_sent_once_with_absolute_links(app: Flask) -> None:
    message = promise()
    assert (work(app), work(app), work(app, NOW + timedelta(days=1))) == (1, 0, 0)
    (letter,) = sent(app)
    assert str(letter["To"]) == "lan@example.org"
    assert str(letter["From"]) == "fairapp@fair.example"
    assert str(letter["Subject"]) == "There is no account with this address"
    assert str(letter["Message-ID"]) == f"<outbox-{message}-0@fair.example>"
    assert "https://fair.example/register" in letter.get_content()
    assert kept(message).done_at == NOW


def test_a_letter_speaks_its_readers_language(app: Flask) -> None:
    with transaction() as session:
        account = make.account(session, email="lan@example.org", language="vi", name="Lan")
    promise("mail.password_changed", account_id=account.id)
    work(app)
    (letter,) = sent(app)
    assert str(letter["Subject"]) == "Mật khẩu của bạn đã đổi"
    assert letter.get_content().startswith("Chào Lan,\n")


def test_nothing_is_promised_by_a_transaction_that_failed(app: Flask) -> None:
    def fail() -> None:
        with transaction() as session:
            outbox.post(session, UNKNOWN, NOW, email="lan@example.org", language="en")
            session.flush()
            raise ArithmeticError

    with pytest.raises(ArithmeticError):
        fail()
    assert (work(app), sent(app)) == (0, [])


def test_a_failed_letter_waits_twice_as_long_each_time(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    message = promise("mail.no_such_letter")
    at, waits = NOW, []
    for _ in range(4):
        assert work(app, at) == 0
        due = kept(message).due_at
        waits.append((due - at).total_seconds())
        assert work(app, due - timedelta(seconds=1)) == 0
        assert kept(message).due_at == due, "nothing is tried before its time"
        at = due
    assert waits == [20, 40, 80, 160]
    assert kept(message).tries == 4
    assert kept(message).error == "KeyError: 'mail.no_such_letter'"
    assert len(caplog.records) == 4


def test_a_hopeless_letter_is_given_up_and_kept_with_its_error(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    message, at = promise("mail.no_such_letter"), NOW
    for _ in range(MOST_TRIES):
        work(app, at)
        at += timedelta(hours=6)
    assert kept(message).given_up_at == at - timedelta(hours=6)
    assert work(app, at + timedelta(days=30)) == 0
    assert kept(message).tries == MOST_TRIES
    assert len(caplog.records) == MOST_TRIES


class Refusing:
    """A way out that refuses some readers, for now or for ever, and notes whom it reached."""

    def __init__(self, refused: dict[str, bool]) -> None:
        self.refused, self.reached = refused, list[str]()

    def send(self, message: EmailMessage) -> None:
        """Refuse, or note the reader."""
        if str(message["To"]) in self.refused:
            raise MailFailed("no", temporary=self.refused[str(message["To"])])
        self.reached.append(str(message["To"]))


def test_a_reader_who_is_refused_keeps_no_other_back_and_nobody_gets_a_letter_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        fair, organisation = make.fair(session), make.organisation(session)
        for name in ("an", "binh", "chi"):
            address = f"{name}@example.org"
            make.member(session, make.account(session, email=address, email_folded=address), organisation)
        application = make.application(session, organisation, fair)
    message = promise("mail.application_step", application_id=application.id, step="submit")
    way_out = Refusing({"an@example.org": False, "binh@example.org": True})
    monkeypatch.setattr("fairapp.jobs.outbox.mail.transport_for", lambda setting, instance: way_out)
    work(app)
    assert way_out.reached == ["chi@example.org"]
    assert kept(message).given_up_at is None, "one of them may be reached later"
    del way_out.refused["binh@example.org"]
    work(app, kept(message).due_at)
    assert way_out.reached == ["chi@example.org", "binh@example.org"]
    assert kept(message).given_up_at is not None, "the other one never will be"


def test_a_slow_server_never_outlasts_the_lease(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 10_000, 40))
    monkeypatch.setattr("fairapp.jobs.outbox.monotonic", lambda: float(next(seconds)))
    for _ in range(5):
        promise()
    assert [work(app), work(app), work(app), work(app)] == [1, 1, 1, 1]


def test_makers_whose_language_is_none_of_ours_are_written_to_in_english(app: Flask) -> None:
    with transaction() as session:
        fair = make.fair(session)
        maker = make.organisation(session, email="lao@example.org", name_language="lo", country="LA")
        application = make.application(session, maker, fair)
    promise("mail.application_step", application_id=application.id, step="submit")
    work(app)
    assert "International OCOP Fair" in sent(app)[0].get_content()


def test_one_bad_message_never_stops_the_others(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    promise()
    bad = [
        promise("mail.no_such_letter"),
        promise("mail.password_changed", account_id=999),
        promise("mail.password_changed", nonsense=1),
        promise(UNKNOWN, email="lan@example.org\r\nBcc: all@example.org", language="en"),
    ]
    promise()
    assert work(app) == 2
    assert len(sent(app)) == 2
    assert [kept(message).done_at for message in bad] == [None] * 4
    assert all(kept(message).error for message in bad)
    assert len(caplog.records) == 4


def test_a_message_under_way_is_left_to_its_worker_until_the_lease_ends(app: Flask) -> None:
    """A worker was killed in the middle: its message comes back after the lease, not before."""
    message = promise("job.catalogue", job_id=7)
    seen: list[int] = []

    def killed(job: int) -> None:
        seen.append(job)
        if len(seen) == 1:
            assert drain(settings_of(app), NOW + timedelta(seconds=1), killed) == 0, "another worker looks"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work(app, NOW, killed)
    assert work(app, NOW + LEASE - timedelta(seconds=1), killed) == 0
    assert work(app, NOW + LEASE, killed) == 1
    assert seen == [7, 7]
    assert kept(message).tries == 2


def test_long_work_is_put_into_the_queue_once(app: Flask) -> None:
    promise("job.catalogue", job_id=7)
    queued: list[int] = []
    assert (work(app, NOW, queued.append), work(app, NOW, queued.append)) == (1, 0)
    assert queued == [7]


class PostOffice:
    """A real SMTP server that keeps what it gets, and turns away whom it is told to."""

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.turned_away: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the reader, or say to come back later."""
        if address in self.turned_away:
            return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the letter."""
        self.letters.append(envelope.content)
        return "250 OK"


@pytest.fixture
def post_office() -> Iterator[tuple[PostOffice, str]]:
    """The server, and the setting that names it."""
    office, port = PostOffice(), free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield office, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_real_server_gets_the_letter_once_and_a_temporary_refusal_is_tried_again(
    app: Flask, post_office: tuple[PostOffice, str], caplog: pytest.LogCaptureFixture
) -> None:
    office, setting = post_office
    settings = replace(settings_of(app), mail=setting)
    office.turned_away.add("mai@example.org")
    promise()
    later = promise(UNKNOWN, email="mai@example.org", language="vi")

    assert drain(settings, NOW, lambda job: None) == 1
    assert "451" in kept(later).error
    office.turned_away.clear()
    assert drain(settings, kept(later).due_at, lambda job: None) == 1

    found = [message_from_bytes(raw, policy=default) for raw in office.letters]
    assert [str(letter["To"]) for letter in found] == ["lan@example.org", "mai@example.org"]
    assert str(found[1]["Subject"]) == "Địa chỉ này chưa có tài khoản"
    assert str(found[1]["Message-ID"]) == f"<outbox-{later}-0@fair.example>"
    assert len(caplog.records) == 1


def test_a_server_that_is_away_loses_no_letter(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    settings = replace(settings_of(app), mail=f"smtp://127.0.0.1:{free_port()}")
    message = promise()
    assert drain(settings, NOW, lambda job: None) == 0
    assert work(app, kept(message).due_at) == 1
    assert len(sent(app)) == 1
    assert len(caplog.records) == 1
