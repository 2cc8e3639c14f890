"""Take in what a client is still sending when the answer is known already.

A server that answers and closes in the middle of a large form is a broken connection to some browsers and to
most programs: they never come to read the page that says what was too large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
MOST = 64 * 1024 * 1024
"""More than any form may hold; who sends still more is cut off."""
AT_ONCE = 256 * 1024


class ReadToTheEnd:
    """WSGI middleware: answer once the whole request has arrived, or more than anybody should send."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        answer = self.app(environ, start_response)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            left = MOST
            while left > 0 and (piece := environ["wsgi.input"].read(AT_ONCE)):
                left -= len(piece)
        return answer
