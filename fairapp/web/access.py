"""Who may open a view: each one names a permission, or says that it is for everybody or for members."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from fairapp.rules.actors import Permission
from fairapp.rules.fairs import FairState
from fairapp.store.base import reading
from fairapp.store.fairs import Fair
from fairapp.web.actor import current_actor

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Everybody may open it."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Whoever has signed in; the use-case asks for the rest."""
    view.access = "signed_in"  # type: ignore[attr-defined]
    return view


def needs(permission: Permission) -> Callable[[View], View]:
    """Whoever holds ``permission`` in the fair of the address (``fair_code``), or anywhere without one."""

    def mark(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]
        return view

    return mark


def guard_views(app: Flask) -> None:
    """Ask before every view; a view that says nothing is closed to all."""
    app.before_request(_check)


def current_fair() -> Fair:
    """The fair named in the address; a missing or hidden one ends the request with 404."""
    fair: Fair = g.fair
    return fair


def needs_sign_in() -> bool:
    """Whether this view is for people who have signed in, and nobody has."""
    access = getattr(current_app.view_functions.get(request.endpoint or ""), "access", None)
    return access not in (None, "public") and current_actor().account_id is None


def _check() -> Response | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    access = getattr(current_app.view_functions[request.endpoint], "access", None)
    if access is None:
        abort(403)
    if access != "public" and current_actor().account_id is None:
        # Before the fair is looked for: strangers learn nothing of hidden ones.
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        abort(401)
    fair = _fair()
    if fair is not None and not _is_there(fair, access):
        abort(404)
    g.fair = fair  # only now: the page of a refusal carries the name of no hidden fair
    if access in ("public", "signed_in"):
        return None
    actor = current_actor()
    if not (actor.may(access, fair.id) if fair is not None else actor.fairs_with(access) != frozenset()):
        abort(403)
    return None


def _fair() -> Fair | None:
    """The fair of the address, where it names one."""
    code = (request.view_args or {}).get("fair_code")
    if code is None:
        return None
    fair = reading().scalar(select(Fair).where(Fair.code == code.upper()))
    if fair is None:
        abort(404)
    return fair


def _is_there(fair: Fair, access: str) -> bool:
    """Whether the actor may know of the fair: a published one; in its office one where they have a part."""
    if access in ("public", "signed_in"):
        return fair.state is not FairState.PLANNED or current_actor().may(Permission.FAIR_SEE, fair.id)
    return any(current_actor().may(permission, fair.id) for permission in Permission)
