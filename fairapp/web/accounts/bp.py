"""The blueprint of the accounts' pages, and how somebody enters and leaves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, g, request, session
from flask_login import login_user, logout_user

from fairapp.rules.accounts import Seal, own_path
from fairapp.store.accounts import Account
from fairapp.web.accounts.forms import SignInForm
from fairapp.web.actor import SignedIn
from fairapp.web.form_owner import name_owner
from fairapp.web.languages import SESSION_KEY

bp = Blueprint("accounts", __name__)
REGISTERED = "registered"
"""Where the session remembers the nonce of its own registration."""


@bp.after_request
def _keep_no_copy(response: Response) -> Response:
    """Links with tokens and pages with addresses are kept by no cache."""
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.app_context_processor
def _sign_in_form() -> dict[str, Any]:
    """The page of a session that ended holds the form of the door."""
    return {"sign_in_form": lambda: SignInForm(formdata=None)}


def seal() -> Seal:
    """The installation's secret at work."""
    return Seal(current_app.config["FAIRAPP"].secret_key)


def enter(account: Account, *, stay: bool = False) -> None:
    """Begin a new session for the account: nothing of the visitor's, but for the language, goes over."""
    language = session.get(SESSION_KEY)
    session.clear()
    g.pop("csrf_token", None)  # it belonged to the old session
    g.pop("actor", None)
    if language is not None:
        session[SESSION_KEY] = language
    login_user(SignedIn(account))
    name_owner(account.id)
    session.permanent = stay
    g.signed_in = True


def leave() -> None:
    """End the session; the language stays."""
    language = session.get(SESSION_KEY)
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.pop("actor", None)
    if language is not None:
        session[SESSION_KEY] = language


def asked_next() -> str:
    """Where the visitor wanted to go, when that is a path of ours; else nothing."""
    wanted: Any = request.values.get("next")
    return own_path(wanted) or ""
