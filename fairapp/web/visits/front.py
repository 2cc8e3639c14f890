"""The quick door to booth pages: bytes made once, given out as long as nothing public has changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from fairapp.i18n import LANGUAGES
from fairapp.web.languages import language_for

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]
MOST_PAGES = 6000
MOST_SPELLINGS = 500
QUARTER = 15 * 60
"""Seconds. Whether a fair is over, or a certificate still holds, changes at some zone's midnight, and every
midnight of the world falls on a quarter of an hour."""
_PREFIX = "/B/"
_QUERIES = {"": None} | {f"lang={language}": language for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer as it goes out."""

    headers: list[tuple[str, str]]
    body: bytes
    etag: str


class BoothFront:
    """WSGI middleware before everything else for ``GET /B/…``.

    It never reads a cookie, asks the database for the public version with every request, and lets the
    application make each page once per version, language and quarter of an hour. Whatever is unusual goes
    to the application.
    """

    def __init__(
        self,
        app: Application,
        version: Callable[[], int | None],
        is_known_host: Callable[[str], bool],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app = app
        self.version = version
        self.is_known_host = is_known_host
        self.clock = clock
        self.pages: dict[tuple[str, str], Page] = {}
        self.made_for: tuple[int, int] | None = None
        self.spoken: dict[str, str] = {}
        self.lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(_PREFIX):
            return self.app(environ, start_response)
        environ.pop("HTTP_COOKIE", None)
        query = environ.get("QUERY_STRING", "")
        if (
            environ["REQUEST_METHOD"] != "GET"
            or query not in _QUERIES
            or not self.is_known_host(environ.get("HTTP_HOST", ""))
        ):
            return self.app(environ, start_response)
        return self._answer(environ, start_response, path, _QUERIES[query])

    def _answer(self, environ: Environ, start_response: Any, path: str, asked: str | None) -> Iterable[bytes]:
        language = asked or self._spoken(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        version = self.version()
        if version is None:
            return self.app(environ, start_response)
        present = (version, int(self.clock() // QUARTER))
        if present != self.made_for:
            with self.lock:
                self.pages, self.made_for = {}, present
        pages = self.pages  # the pages of this version, whatever another thread does next
        key = (path, f"{language}?{asked}")
        page = pages.get(key)
        if page is None:
            seen = environ.get("HTTP_IF_NONE_MATCH")
            environ.pop("HTTP_IF_NONE_MATCH", None)
            environ["HTTP_ACCEPT_LANGUAGE"] = (
                language  # the page is kept under this one: nobody decides again
            )
            made, answer = self._make(environ)
            if made is None:
                start_response(*answer[0])
                return answer[1]
            if len(pages) < MOST_PAGES:
                pages[key] = made
            page = made
            if seen is not None:
                environ["HTTP_IF_NONE_MATCH"] = seen
        if environ.get("HTTP_IF_NONE_MATCH") == page.etag:
            kept = [(name, value) for name, value in page.headers if name not in _OF_BODIES]
            start_response("304 NOT MODIFIED", kept)
            return []
        start_response("200 OK", page.headers)
        return [page.body]

    def _make(self, environ: Environ) -> tuple[Page | None, tuple[tuple[str, Any], list[bytes]]]:
        """Let the application answer; a page to keep when it is a whole one without a cookie."""
        told: list[Any] = []
        body = self.app(environ, lambda status, headers, exc_info=None: told.append((status, headers)))
        try:
            whole = b"".join(body)
        finally:
            if (close := getattr(body, "close", None)) is not None:
                close()
        status, headers = told[-1]
        etag = next((value for name, value in headers if name.lower() == "etag"), "")
        is_plain = (
            status.startswith("200") and etag and all(name.lower() != "set-cookie" for name, _ in headers)
        )
        if not is_plain:
            return None, ((status, headers), [whole])
        return Page(headers, whole, etag), ((status, headers), [whole])

    def _spoken(self, accepted: str) -> str:
        """The page's language for an Accept-Language header; the same few headers come again and again."""
        found = self.spoken.get(accepted)
        if found is None:
            parsed = parse_accept_header(accepted[:200], LanguageAccept)
            found = language_for(parsed)
            if len(self.spoken) < MOST_SPELLINGS:
                self.spoken[accepted] = found
        return found


_OF_BODIES = frozenset({"Content-Length", "Content-Type"})
