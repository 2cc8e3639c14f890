"""Pages take turns, streams wait beside them: open boards never use up the threads that answer pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from typing import Any

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
STREAM = "/board-events"
"""How the address of a stream ends."""


class Turns:
    """WSGI middleware: so many pages at a time are worked on, however many threads the server has.

    The server gets ``pages + STREAM_THREADS`` threads. One that holds a stream sleeps; were they all free to
    render pages, they would hinder each other more than they would answer.
    """

    def __init__(self, app: Application, pages: int) -> None:
        self.app = app
        self.free = BoundedSemaphore(pages)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").endswith(STREAM):
            return self.app(environ, start_response)
        with self.free:
            return self.app(environ, start_response)
