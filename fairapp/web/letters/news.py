"""No more news: a page that works without log-in, and the one-click address of RFC 8058."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import abort, current_app, g, render_template, request

from fairapp.rules.actors import Actor
from fairapp.rules.mailings import digest_in
from fairapp.store.base import reading, transaction
from fairapp.usecases.letters_mailings import start_news, stop_news, wants_news
from fairapp.web.access import public
from fairapp.web.letters.bp import bp
from fairapp.web.security import csrf


@bp.get("/unsubscribe/<token>")
@public
def unsubscribe(token: str) -> str:
    """Say what would stop; nothing changes by looking, for programs look at links too."""
    return _page(token, _digest(token))


@bp.post("/unsubscribe/<token>")
@public
def stop(token: str) -> str:
    """Stop the news at once, or let it come again. A mail program presses this without any page or cookie:
    the signed token is what only the letter's reader has."""
    digest, now = _digest(token), datetime.now(UTC)
    asker = Actor(account_id=None, address=request.remote_addr)
    with transaction() as session:
        if request.form.get("again") == "1":
            start_news(session, asker, digest, now)
        else:
            stop_news(session, asker, digest, now)
    return _page(token, digest)


csrf.exempt(stop)


def _digest(token: str) -> str:
    g.no_cookie = True
    digest = digest_in(current_app.config["FAIRAPP"].secret_key, token)
    if digest is None:
        abort(404)
    return digest


def _page(token: str, digest: str) -> str:
    return render_template("letters/unsubscribe.html", token=token, wants=wants_news(reading(), digest))
