"""The quick door to booth pages, without an application behind it."""

from typing import Any

from fairapp.web.visits.front import QUARTER, BoothFront


def test_a_page_is_made_anew_when_midnight_may_have_passed() -> None:
    made: list[str] = []

    def page(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        made.append(environ["PATH_INFO"])
        start_response("200 OK", [("ETag", '"1"')])
        return [b"It is %d." % len(made)]

    now = [7 * QUARTER - 1.0]
    front = BoothFront(page, lambda: 1, lambda _host: True, clock=lambda: now[0])

    def seen() -> bytes:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/B/ABCDEFG", "HTTP_HOST": "localhost"}
        return b"".join(front(environ, lambda *_told: None))

    assert [seen(), seen()] == [b"It is 1.", b"It is 1."]
    now[0] += 1
    assert [seen(), seen()] == [b"It is 2.", b"It is 2."]
