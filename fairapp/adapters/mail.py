"""Letters as RFC 5322 messages, and their ways out: SMTP, a file of JSON lines, or a folder."""

from __future__ import annotations

import hashlib
import json
import os
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from fairapp.adapters.emails import Email, email
from fairapp.adapters.files import write_whole

TIMEOUT_SECONDS = 20


class LetterRefused(ValueError):
    """A header holds a line break or another control character, or an address is none."""


class MailFailed(Exception):
    """The letter did not leave; ``temporary`` says whether trying again makes sense."""

    def __init__(self, text: str, *, temporary: bool) -> None:
        super().__init__(text)
        self.temporary = temporary


class MailSettingWrong(ValueError):
    """The setting names no transport, or would send a password in the clear."""


@dataclass(frozen=True)
class Letter:
    """One message to one person. ``message_id`` is ``<unique@host>``; the same letter sent again keeps it."""

    to: str
    sender: str
    subject: str
    text: str
    date: datetime
    message_id: str
    to_name: str = ""
    sender_name: str = ""
    reply_to: str = ""
    html: str = ""
    unsubscribe_url: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file in a letter; ``media_type`` like ``text/calendar``."""

    name: str
    media_type: str
    data: bytes = field(repr=False)


class Transport(Protocol):
    """A way out of the house."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over for good. Raises MailFailed."""


def composed(letter: Letter) -> EmailMessage:
    """The letter as a message: UTF-8, plain text first, marked as a machine's. Raises LetterRefused."""
    if letter.date.tzinfo is None:
        raise LetterRefused("a letter's date needs its time zone")
    message = EmailMessage(policy=default)
    for name, value in _headers(letter).items():
        message[name] = value
    _set_text(message, letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for attachment in letter.attachments:
        main, _, sub = attachment.media_type.partition("/")
        message.add_attachment(
            attachment.data, maintype=main, subtype=sub, filename=_one_line(attachment.name), cte="base64"
        )
    return message


def transport_for(setting: str, instance: Path) -> Transport:
    """The transport that ``FAIRAPP_MAIL`` names; an empty setting is the folder ``instance/mail``.

    ``smtp://[user:password@]host[:port][?starttls=1]``, ``smtps://…``, ``file:PATH`` (JSON lines) or
    ``folder:PATH``.
    """
    scheme, colon, rest = setting.strip().partition(":")
    if not colon and not scheme:
        return FolderTransport(instance / "mail")
    if scheme in ("file", "folder") and rest:
        path = Path(rest.removeprefix("//"))
        return JsonLinesTransport(path) if scheme == "file" else FolderTransport(path)
    if scheme in ("smtp", "smtps"):
        return _smtp_transport(urlsplit(setting.strip()))
    raise MailSettingWrong(f"unknown kind of mail transport: {scheme!r}")


@dataclass(frozen=True)
class SmtpTransport:
    """An SMTP server; encrypted from the start, by STARTTLS (``must_encrypt``), or as the server offers."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    encrypted: bool = False
    must_encrypt: bool = False

    def send(self, message: EmailMessage) -> None:
        """One connection, one letter."""
        try:
            with self._connection(message["From"].addresses[0].domain) as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _text in problem.recipients.values()]
            raise MailFailed(
                f"recipient refused: {codes}", temporary=any(code < 500 for code in codes)
            ) from None
        except smtplib.SMTPResponseException as problem:
            raise MailFailed(_said(problem), temporary=_may_change(problem)) from None
        except (smtplib.SMTPNotSupportedError, MessageError, UnicodeError) as problem:
            raise MailFailed(str(problem), temporary=False) from problem
        except (smtplib.SMTPException, OSError) as problem:
            raise MailFailed(str(problem) or type(problem).__name__, temporary=True) from problem

    def _connection(self, own_name: str) -> smtplib.SMTP:
        """Connect, greeting by the sender's domain: asking DNS for our own name may take long, or fail."""
        secure = ssl.create_default_context()
        if self.encrypted:
            return smtplib.SMTP_SSL(self.host, self.port, own_name, timeout=TIMEOUT_SECONDS, context=secure)
        server = smtplib.SMTP(self.host, self.port, own_name, timeout=TIMEOUT_SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            if self.must_encrypt or (server.has_extn("starttls") and not _is_loopback(self.host)):
                server.starttls(context=secure)
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class JsonLinesTransport:
    """One line ``{"raw": message}`` per letter at the end of a file, whole even when many write at once."""

    path: Path

    def send(self, message: EmailMessage) -> None:
        """Append under a lock and sync."""
        import fcntl

        raw = message.as_bytes().decode("ascii")
        line = json.dumps({"raw": raw}, ensure_ascii=True).encode() + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                while line:
                    line = line[os.write(handle, line) :]
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as problem:
            raise MailFailed(str(problem), temporary=True) from problem


@dataclass(frozen=True)
class FolderTransport:
    """One ``.eml`` file per letter, to be opened with any mail program."""

    folder: Path

    def send(self, message: EmailMessage) -> None:
        """Write the file; the same letter sent again is the same file."""
        raw = message.as_bytes()
        stamp = message["Date"].datetime.strftime("%Y%m%dT%H%M%S")
        digest = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:12]
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_whole(self.folder / f"{stamp}-{digest}.eml", raw, mode=0o600)
        except OSError as problem:
            raise MailFailed(str(problem), temporary=True) from problem


def _headers(letter: Letter) -> Mapping[str, object]:
    headers: dict[str, object] = {
        "From": _address(letter.sender_name, letter.sender),
        "To": _address(letter.to_name, letter.to),
        "Subject": _one_line(letter.subject),
        "Date": letter.date,
        "Message-ID": _one_line(letter.message_id),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.reply_to:
        headers["Reply-To"] = _address("", letter.reply_to)
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{_one_line(letter.unsubscribe_url)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _address(name: str, address: str) -> Address:
    if not address.isascii() and isinstance(known := email(address), Email):
        address = known.ascii  # a domain in letters of its own, as the wire writes it
    try:
        found = Address(display_name=_one_line(name), addr_spec=_one_line(address))
    except (ValueError, MessageError, IndexError) as problem:
        raise LetterRefused(f"not an address: {address!r}") from problem
    if not (found.username and found.domain and address.isascii()):
        raise LetterRefused(f"not an address: {address!r}")
    return found


def _one_line(text: str) -> str:
    """The text itself; a control character in it is an attempt to add a header."""
    if any(ord(letter) < 32 or ord(letter) in (127, 0x85, 0x2028, 0x2029) for letter in text):
        raise LetterRefused(f"control character in a header: {text[:40]!r}")
    return text


def _set_text(message: EmailMessage, text: str) -> None:
    """Plain when it is ASCII with short lines, so that links stay whole; else quoted-printable."""
    plain = text.isascii() and all(len(line) <= 900 for line in text.splitlines())
    message.set_content(text, cte="7bit" if plain else "quoted-printable")


def _smtp_transport(url: SplitResult) -> SmtpTransport:
    try:
        host, port = url.hostname or "", url.port
    except ValueError:
        raise MailSettingWrong("the port is not a number") from None
    if not host:
        raise MailSettingWrong("the mail server's name is missing")
    encrypted = url.scheme == "smtps"
    must_encrypt = parse_qs(url.query).get("starttls", ["0"])[0] in ("1", "true", "yes")
    user = unquote(url.username or "")
    if user and not (encrypted or must_encrypt or _is_loopback(host)):
        raise MailSettingWrong("a password needs smtps:// or ?starttls=1")
    standard = 465 if encrypted else 587 if must_encrypt else 25
    password = unquote(url.password or "")
    return SmtpTransport(host, port or standard, user, password, encrypted, must_encrypt)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _may_change(problem: smtplib.SMTPResponseException) -> bool:
    """4xx may pass later; so may a wrong log-in, once somebody has mended the setting."""
    return problem.smtp_code < 500 or isinstance(problem, smtplib.SMTPAuthenticationError)


def _said(problem: smtplib.SMTPResponseException) -> str:
    said = problem.smtp_error
    return f"{problem.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
