"""Session cookies, but none on pages that promise to need none."""

from __future__ import annotations

from flask import Flask, Response, g
from flask.sessions import SecureCookieSessionInterface, SessionMixin


class QuietSessions(SecureCookieSessionInterface):
    """Flask's own signed cookies; a view that sets ``g.no_cookie`` neither sends one nor depends on one."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Leave the answer of a cookie-free page alone."""
        if not g.get("no_cookie", False):
            super().save_session(app, session, response)
