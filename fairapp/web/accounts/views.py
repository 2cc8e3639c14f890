"""Sign in and out, choose a language, and begin where one's work is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, session, url_for

from fairapp.i18n import LANGUAGES, ngettext
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import AccountReason, own_path, start_path
from fairapp.rules.errors import TooMany
from fairapp.store.accounts_queries import fair_days
from fairapp.store.base import reading, transaction
from fairapp.usecases.accounts import choose_language
from fairapp.usecases.accounts_signing import check_sign_in
from fairapp.usecases.accounts_signing import sign_in as keep_sign_in
from fairapp.web.access import public, signed_in
from fairapp.web.accounts import views_account, views_letters, views_people, views_register
from fairapp.web.accounts.bp import asked_next, bp, enter, leave, seal
from fairapp.web.accounts.forms import SignInForm
from fairapp.web.actor import current_account, current_actor
from fairapp.web.form_owner import owner_of
from fairapp.web.languages import SESSION_KEY

__all__ = ["bp", "views_account", "views_letters", "views_people", "views_register"]


@bp.get("/sign-in")
@public
def sign_in() -> Any:
    """The form; whoever has signed in already goes on."""
    if current_account() is not None:
        return redirect(asked_next() or url_for("accounts.start"))
    return render_template("accounts/sign_in.html", form=SignInForm(data={"next": asked_next()}), reasons=[])


@bp.post("/sign-in")
@public
def try_sign_in() -> Any:
    """Let somebody in, or say why not; a text typed before comes along either way."""
    form = SignInForm()
    if not form.validate():
        return _again(form, [], 422)
    now = datetime.now(UTC)
    try:
        checked = check_sign_in(reading(), current_actor(), form.order(), seal(), now)
        with transaction() as session_:
            account = keep_sign_in(session_, current_actor(), checked, datetime.now(UTC))
    except TooMany as limit:
        return _too_many(form, limit.seconds)
    if account is None:
        return _again(form, [phrase(AccountReason.WRONG_SIGN_IN)], 422)
    enter(account, stay=bool(form.stay.data))
    action, kept = own_path(request.form.get("kept_action")), _kept()
    if action is not None and kept:
        if owner_of(request.form.get("kept_by", "")) == account.id:
            return render_template("accounts/send_again.html", action=action, typed=kept)
        flash(_("What was typed before is not shown: it belongs to another account."), "info")
    return redirect(asked_next() or url_for("accounts.start"))


def _again(form: SignInForm, reasons: list[str], status: int) -> tuple[str, int]:
    return render_template("accounts/sign_in.html", form=form, reasons=reasons), status


def _too_many(form: SignInForm, seconds: int) -> Response:
    minutes = -(-seconds // 60)
    sentence = ngettext(
        "Too many wrong passwords. Wait %(num)s minute, then try again, or set a new password by mail.",
        "Too many wrong passwords. Wait %(num)s minutes, then try again, or set a new password by mail.",
        minutes,
    )
    response = make_response(*_again(form, [sentence], 429))
    response.headers["Retry-After"] = str(seconds)
    return response


def _kept() -> list[tuple[str, str]]:
    """What a form held when its session ended: pairs of names and texts, carried as JSON."""
    try:
        pairs = json.loads(request.form.get("kept", ""))
    except (ValueError, RecursionError):
        return []
    if not isinstance(pairs, list):
        return []
    return [
        (pair[0], pair[1])
        for pair in pairs
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(text, str) for text in pair)
    ]


@bp.post("/sign-out")
@public
def sign_out() -> Any:
    """End this session."""
    leave()
    flash(_("You have signed out."), "ok")
    return redirect(url_for("accounts.sign_in"))


@bp.get("/language")
@public
def language() -> Any:
    """Speak another language from here on in this session alone: a link changes no account."""
    wanted = request.args.get("lang", "")
    if wanted in LANGUAGES:
        session[SESSION_KEY] = wanted
    return redirect(asked_next() or "/")


@bp.post("/language")
@signed_in
def speak() -> Any:
    """Speak another language from here on: in this session, and in letters to the account."""
    wanted = request.form.get("lang", "")
    if wanted in LANGUAGES:
        session[SESSION_KEY] = wanted
        with transaction() as session_:
            choose_language(session_, current_actor(), wanted, datetime.now(UTC))
    return redirect(asked_next() or "/", 303)


@bp.get("/start")
@signed_in
def start() -> Any:
    """Where one's work is: the office of a fair, its gate, the accounts, or the producer's own page."""
    actor = current_actor()
    everywhere = any(grant.fair_id is None for grant in actor.grants)
    ids = None if everywhere else [grant.fair_id for grant in actor.grants if grant.fair_id is not None]
    return redirect(start_path(actor, fair_days(reading(), ids), datetime.now(UTC).date()))
