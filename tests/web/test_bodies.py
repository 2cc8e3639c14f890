"""A form too large is read to its end, so that whoever sends it comes to read the answer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Flask

from fairapp.web.bodies import MOST, ReadToTheEnd


def left_unread(body: BytesIO, method: str = "POST") -> int:
    """How much of a body is still waiting after an answer that asked for none of it."""

    def refuses(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        return [b"too large"]

    asked = {"REQUEST_METHOD": method, "wsgi.input": body}
    assert list(ReadToTheEnd(refuses)(asked, None)) == [b"too large"]
    return len(body.getvalue()) - body.tell()


def test_what_a_refusal_did_not_read_is_taken_in() -> None:
    assert left_unread(BytesIO(b"x" * 5_000_000)) == 0


def test_nobody_can_send_for_ever() -> None:
    assert left_unread(BytesIO(bytes(MOST + 3_000_000))) > 0


def test_looking_at_a_page_waits_for_nothing() -> None:
    assert left_unread(BytesIO(b"x" * 10), "GET") == 10


def test_the_service_reads_a_refused_form_to_its_end(app: Flask) -> None:
    body = BytesIO(b"email=" + b"x" * 5_000_000)
    answer = app.test_client().post(
        "/sign-in",
        input_stream=body,
        content_length=len(body.getvalue()),
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "http://127.0.0.1:8000"},
    )
    assert 400 <= answer.status_code < 500
    assert body.read() == b""
