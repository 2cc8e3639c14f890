"""What every request must pass and every answer must carry: hosts, origins, readable text, strict headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, abort, current_app, g, request
from flask_wtf import CSRFProtect

csrf = CSRFProtect()
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_UNREADABLE = re.compile("[\0\ud800-\udfff\u202d\u202e\ufffd]")
"""With U+FFFD, which stands where bytes were no text (a lone surrogate in a multipart form, say)."""
_URLENCODED = "application/x-www-form-urlencoded"

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def guard(app: Flask) -> None:
    """Put the guards before every request and the headers on every answer."""
    app.before_request(_refuse_unknown_hosts)
    app.before_request(_refuse_foreign_origins)
    app.before_request(_refuse_broken_bytes)
    app.before_request(_refuse_unreadable_text)
    csrf.init_app(app)  # reads the form, so it stands behind the guards of its bytes
    app.after_request(_add_headers)


def allow_wasm() -> None:
    """Let this one answer run WebAssembly: the camera page reads codes with it."""
    g.wasm_allowed = True


def sandbox_answer() -> None:
    """Let this one answer be looked at only: it holds what somebody sent us, and runs nothing."""
    g.sandboxed = True


def host_is_known(host: str, known: tuple[str, ...]) -> bool:
    """Whether the Host header, its port aside, is one of ours."""
    name = host.lower().rsplit(":", 1)[0] if not host.endswith("]") else host.lower()
    return name in known


def _refuse_unknown_hosts() -> None:
    if not host_is_known(request.environ.get("HTTP_HOST", ""), current_app.config["FAIRAPP"].trusted_hosts):
        abort(400)


def _refuse_foreign_origins() -> None:
    """An unsafe request comes from our own pages: browsers say so in Origin or Sec-Fetch-Site."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is None:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)
        return
    parts = urlsplit(origin)
    own = {current_app.config["FAIRAPP"].base_url, request.host_url.rstrip("/")}
    if f"{parts.scheme}://{parts.netloc}" not in own:
        abort(403)


def _refuse_broken_bytes() -> None:
    """Percent-encoded bytes must be UTF-8, and no form of plain text is larger than a book.

    Werkzeug bounds multipart forms only, and keeps bytes that are no text as they were typed.
    """
    if not _is_utf8(request.query_string):
        abort(400)
    if request.method in SAFE_METHODS or request.mimetype != _URLENCODED:
        return
    most = 2 * current_app.config["MAX_FORM_MEMORY_SIZE"]  # percent signs make Vietnamese three times as long
    if (request.content_length or 0) > most:
        abort(413)
    raw = request.get_data(parse_form_data=False)
    if len(raw) > most:
        abort(413)
    if not _is_utf8(raw):
        abort(400)


def _is_utf8(quoted: bytes) -> bool:
    try:
        unquote_to_bytes(quoted).decode()
    except UnicodeDecodeError:
        return False
    return True


def _texts() -> Iterator[str]:
    yield request.path
    for name, values in request.args.lists():
        yield name
        yield from values
    if request.method not in SAFE_METHODS and request.mimetype in (
        _URLENCODED,
        "multipart/form-data",
    ):
        for name, values in request.form.lists():
            yield name
            yield from values
        for name, files in request.files.lists():
            yield name
            yield from (file.filename or "" for file in files)


def _refuse_unreadable_text() -> None:
    """NUL, lone surrogates and direction overrides are nobody's name: refuse them before any view."""
    if any(_UNREADABLE.search(text) for text in _texts()):
        abort(400)


def _add_headers(response: Response) -> Response:
    policy = dict(_POLICY) if not g.get("sandboxed", False) else {"default-src": "'none'", "sandbox": ""}
    if g.get("wasm_allowed", False):
        policy["script-src"] += " 'wasm-unsafe-eval'"
    headers = response.headers
    headers["Content-Security-Policy"] = "; ".join(
        f"{name} {value}".rstrip() for name, value in policy.items()
    )
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
    if current_app.config["FAIRAPP"].is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if (g.get("signed_in", False) and not g.get("sandboxed", False)) or "Set-Cookie" in headers:
        headers["Cache-Control"] = "no-store"
    return response
