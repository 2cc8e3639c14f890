"""Letters, header for header, and every way they leave the house; SMTP against a real server on loopback."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from fairapp.adapters.mail import (
    Attachment,
    FolderTransport,
    JsonLinesTransport,
    Letter,
    LetterRefused,
    MailFailed,
    MailSettingWrong,
    SmtpTransport,
    composed,
    transport_for,
)

LETTER = Letter(
    to="lan@example.com",
    to_name="Nguyễn Thị Lan, chủ nhiệm",
    sender="fair@example.org",
    sender_name="Hội chợ OCOP Quốc tế",
    subject="Hồ sơ của bạn được chấp thuận: gian hàng A-012 chờ bạn xác nhận trước 17:00 thứ Tư",
    text="Chào bạn,\n\nNhận gian: https://fair.example.org/me/offer?token=abc=\n",
    date=datetime(2026, 4, 1, 8, 30, tzinfo=UTC),
    message_id="<outbox-12@fair.example.org>",
)


def reread(message: EmailMessage) -> EmailMessage:
    found = message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_every_header_and_letter_arrives_as_it_was_written() -> None:
    found = reread(composed(LETTER))
    assert str(found["Subject"]) == LETTER.subject
    assert [(one.display_name, one.addr_spec) for one in found["To"].addresses] == [
        (LETTER.to_name, LETTER.to)
    ]
    assert [(one.display_name, one.addr_spec) for one in found["From"].addresses] == [
        (LETTER.sender_name, LETTER.sender)
    ]
    assert found["Date"].datetime == LETTER.date
    assert found["Message-ID"] == LETTER.message_id
    assert found["Auto-Submitted"] == "auto-generated"
    assert found.get_content() == LETTER.text
    assert found.get_content_type() == "text/plain"
    assert not found.defects


def test_the_same_letter_is_the_same_bytes() -> None:
    assert composed(LETTER).as_bytes() == composed(LETTER).as_bytes()


def test_every_line_fits_the_wire() -> None:
    long = replace(LETTER, text="rất dài " * 500, subject="chữ" * 200)
    raw = composed(long).as_bytes()
    assert max(len(line) for line in raw.split(b"\n")) <= 998
    assert raw.isascii()
    assert str(reread(composed(long))["Subject"]) == long.subject


def test_an_english_link_stays_whole_in_the_raw_letter() -> None:
    link = "https://fair.example.org/account/reset?token=" + "x" * 200
    assert link.encode() in composed(replace(LETTER, text=f"Open:\n{link}\n")).as_bytes()


def test_html_attachments_and_unsubscribing_are_added_when_given() -> None:
    calendar = Attachment("hội chợ.ics", "text/calendar", b"BEGIN:VCALENDAR")
    letter = replace(
        LETTER,
        html="<p>Chào bạn</p>",
        attachments=(calendar,),
        unsubscribe_url="https://fair.example.org/u/1",
        reply_to="office@example.org",
    )
    found = reread(composed(letter))
    plain, rich = found.get_body(("plain",)), found.get_body(("html",))
    assert plain is not None
    assert rich is not None
    assert (plain.get_content(), rich.get_content()) == (LETTER.text, "<p>Chào bạn</p>\n")
    assert [(one.get_filename(), one.get_payload(decode=True)) for one in found.iter_attachments()] == [
        ("hội chợ.ics", b"BEGIN:VCALENDAR")
    ]
    assert found["List-Unsubscribe"] == "<https://fair.example.org/u/1>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Reply-To"] == "office@example.org"


@pytest.mark.parametrize(
    "field", ["to", "to_name", "sender", "sender_name", "subject", "message_id", "reply_to"]
)
@pytest.mark.parametrize("smuggled", ["\nBcc: x@evil.com", "\r\n\r\nbody", "\x00", "\u2028Bcc: x@evil.com"])
def test_no_header_can_be_smuggled_in(field: str, smuggled: str) -> None:
    with pytest.raises(LetterRefused):
        composed(replace(LETTER, **{field: getattr(LETTER, field) + smuggled}))


@pytest.mark.parametrize(
    "address", ["", "lan", "lan@", "@example.com", "lan@ng ọc.vn", "a@b.com, c@d.com", "Lan <a@b.com>"]
)
def test_what_is_no_single_address_gets_no_letter(address: str) -> None:
    with pytest.raises(LetterRefused):
        composed(replace(LETTER, to=address))


def test_a_domain_in_letters_of_its_own_is_written_as_the_wire_takes_it() -> None:
    message = composed(replace(LETTER, to="hoa@bücher.example"))
    assert message["To"].addresses[0].addr_spec == "hoa@xn--bcher-kva.example"


def test_a_date_without_its_zone_is_refused() -> None:
    with pytest.raises(LetterRefused):
        composed(replace(LETTER, date=datetime(2026, 4, 1, 8, 30)))  # noqa: DTZ001 - the point of the test


def test_the_json_file_gets_one_whole_line_per_letter_even_from_many_writers(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "mail.jsonl"
    letters = [replace(LETTER, message_id=f"<{number}@x>", text="dài " * 5000) for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda letter: JsonLinesTransport(path).send(composed(letter)), letters))
    raws = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert all(list(raw) == ["raw"] for raw in raws)
    found = [message_from_string(raw["raw"], policy=default) for raw in raws]
    assert {str(one["Message-ID"]) for one in found} == {letter.message_id for letter in letters}
    assert {one.get_content() for one in found} == {letters[0].text + "\n"}
    assert path.stat().st_mode & 0o077 == 0, "letters hold reset links"


def test_the_folder_gets_one_file_per_letter_and_a_repeated_letter_is_one(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path / "mail")
    for letter in (LETTER, LETTER, replace(LETTER, message_id="<other@x>")):
        transport.send(composed(letter))
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.name[:16] for path in files] == ["20260401T083000-"] * 2
    assert {path.suffix for path in files} == {".eml"}
    assert str(message_from_bytes(files[0].read_bytes(), policy=default)["Subject"]) == LETTER.subject


def test_a_disk_that_refuses_is_a_temporary_failure(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file where a folder should be")
    for transport in (FolderTransport(tmp_path / "blocked"), JsonLinesTransport(tmp_path / "blocked" / "x")):
        with pytest.raises(MailFailed) as failure:
            transport.send(composed(LETTER))
        assert failure.value.temporary


@pytest.mark.parametrize(
    ("setting", "transport"),
    [
        ("", FolderTransport(Path("/i/mail"))),
        ("file:/tmp/x.jsonl", JsonLinesTransport(Path("/tmp/x.jsonl"))),
        ("file:///tmp/x.jsonl", JsonLinesTransport(Path("/tmp/x.jsonl"))),
        ("file:mail.jsonl", JsonLinesTransport(Path("mail.jsonl"))),
        ("folder:/tmp/mail", FolderTransport(Path("/tmp/mail"))),
        ("smtp://localhost", SmtpTransport("localhost", 25)),
        ("smtp://mail.example.org:2525", SmtpTransport("mail.example.org", 2525)),
        (
            "smtp://me%40x.vn:p%2Fw@mail.example.org?starttls=1",
            SmtpTransport("mail.example.org", 587, "me@x.vn", "p/w", must_encrypt=True),
        ),
        (
            "smtps://me:pw@mail.example.org",
            SmtpTransport("mail.example.org", 465, "me", "pw", encrypted=True),
        ),
        ("smtp://me:pw@127.0.0.1:1025", SmtpTransport("127.0.0.1", 1025, "me", "pw")),
    ],
)
def test_the_setting_names_the_transport(setting: str, transport: object) -> None:
    assert transport_for(setting, Path("/i")) == transport


@pytest.mark.parametrize(
    "setting",
    [
        "smtp://",
        "smtp://host:port",
        "smtp://me:pw@mail.example.org",
        "http://x",
        "nonsense",
        "file:",
        "folder:",
    ],
)
def test_a_wrong_setting_is_told_at_once(setting: str) -> None:
    with pytest.raises(MailSettingWrong):
        transport_for(setting, Path("/i"))


def test_a_password_never_shows_in_a_log() -> None:
    assert "secret" not in repr(transport_for("smtps://me:secret@mail.example.org", Path("/i")))


class PostOffice:
    """A mail server's handler that keeps what it gets, and refuses what it is told to."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.answers.get("data", "250 OK")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def server(office: PostOffice) -> Iterator[Controller]:
    def check(
        _server: object, _session: object, _envelope: object, _mechanism: str, data: object
    ) -> AuthResult:
        login, password = getattr(data, "login", b""), getattr(data, "password", b"")
        return AuthResult(success=(login, password) == (b"me", b"p/w"), handled=False)

    found = Controller(
        office,
        hostname="127.0.0.1",
        port=free_port(),
        server_hostname="localhost",
        authenticator=check,
        auth_require_tls=False,
    )
    found.start()
    yield found
    found.stop()


def test_a_real_server_gets_the_letter(server: Controller, office: PostOffice, tmp_path: Path) -> None:
    transport_for(f"smtp://me:p%2Fw@127.0.0.1:{server.port}", tmp_path).send(composed(LETTER))
    [envelope] = office.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("fair@example.org", ["lan@example.com"])
    assert isinstance(envelope.content, bytes)
    found = message_from_bytes(envelope.content, policy=default)
    assert (str(found["Subject"]), found.get_content().replace("\r\n", "\n")) == (LETTER.subject, LETTER.text)


@pytest.mark.parametrize(
    ("place", "answer", "temporary"),
    [
        ("lan@example.com", "550 no such user", False),
        ("lan@example.com", "450 try later", True),
        ("data", "554 looks like spam", False),
        ("data", "451 try later", True),
    ],
)
def test_a_refusal_says_whether_trying_again_makes_sense(
    server: Controller, office: PostOffice, place: str, answer: str, temporary: bool
) -> None:
    office.answers[place] = answer
    with pytest.raises(MailFailed) as failure:
        SmtpTransport("127.0.0.1", server.port).send(composed(LETTER))
    assert failure.value.temporary is temporary
    assert answer[:3] in str(failure.value)


def test_a_wrong_log_in_or_an_absent_server_may_be_mended(server: Controller) -> None:
    for transport in (
        SmtpTransport("127.0.0.1", server.port, "me", "wrong"),
        SmtpTransport("127.0.0.1", free_port()),
    ):
        with pytest.raises(MailFailed) as failure:
            transport.send(composed(LETTER))
        assert failure.value.temporary


def test_without_the_encryption_that_was_asked_for_nothing_is_sent(
    server: Controller, office: PostOffice
) -> None:
    with pytest.raises(MailFailed):
        SmtpTransport("127.0.0.1", server.port, "me", "p/w", must_encrypt=True).send(composed(LETTER))
    assert office.envelopes == []
