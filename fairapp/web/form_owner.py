"""Whose form it is: the token of every form says, signed, which account it was made for.

When a session ends while a form is open, its text is carried to the door and comes back, to that account
alone: on a shared device the next person who signs in reads nothing of it.
"""

from __future__ import annotations

import secrets

from flask import Flask, current_app, session
from itsdangerous import BadData, URLSafeTimedSerializer

_TOKEN = "csrf_token"  # noqa: S105  where Flask-WTF keeps the session's own part of every token
_SALT = "wtf-csrf-token"


def prepare(app: Flask) -> None:
    """Name the owner in every session before its first form is made."""
    app.before_request(_name_owner)


def name_owner(account_id: int) -> None:
    """Make the session's forms those of this account."""
    session[_TOKEN] = f"{account_id}.{secrets.token_hex(20)}"


def owner_of(token: str) -> int | None:
    """The account for which a form with this token was made, however old it is; None when it says none."""
    secret: str = current_app.config["FAIRAPP"].secret_key
    try:
        own = URLSafeTimedSerializer(secret, salt=_SALT).loads(token)
    except BadData:
        return None
    owner, dot, _rest = str(own).partition(".")
    return int(owner) if dot and owner.isascii() and owner.isdigit() else None


def _name_owner() -> None:
    remembered = str(session.get("_user_id", "")).partition(".")[0]
    if _TOKEN not in session and remembered.isdigit():
        name_owner(int(remembered))
