"""Set a new password by mail, and change one's address by a letter to the new one."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import current_language
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import Purpose
from fairapp.rules.errors import Refused
from fairapp.store.accounts_queries import open_link
from fairapp.store.base import reading, transaction
from fairapp.usecases.accounts_letters import AskReset, Reset, ask_reset, change_email, reset_password
from fairapp.usecases.accounts_signing import new_password_hash
from fairapp.web.access import public, signed_in
from fairapp.web.accounts.bp import bp, enter, seal
from fairapp.web.accounts.forms import ForgotForm, ResetForm
from fairapp.web.actor import current_actor


@bp.get("/forgot")
@public
def forgot() -> Any:
    """Whose password is forgotten."""
    return render_template("accounts/forgot.html", form=ForgotForm())


@bp.post("/forgot")
@public
def try_forgot() -> Any:
    """Promise a letter. The answer is the same whoever has an account: only the letter says."""
    form = ForgotForm()
    if not form.validate():
        return render_template("accounts/forgot.html", form=form), 422
    order = AskReset(email=form.email.found, language=current_language())
    nonce = secrets.token_urlsafe(16)
    with transaction() as session:
        ask_reset(session, current_actor(), order, seal(), nonce, datetime.now(UTC))
    return render_template("accounts/letter_sent.html", email=form.email.found.address, purpose=Purpose.RESET)


@bp.get("/reset/<token>")
@public
def reset(token: str) -> Any:
    """The form for the new password, while the link lives."""
    link = open_link(reading(), Purpose.RESET, token, datetime.now(UTC))
    if link is None:
        return render_template("accounts/link_ended.html", purpose=Purpose.RESET), 410
    form = ResetForm(link.account.email, link.account.name)
    return render_template("accounts/reset.html", form=form, email=link.account.email)


@bp.post("/reset/<token>")
@public
def try_reset(token: str) -> Any:
    """Set the new password, end every session, and let the owner in."""
    link = open_link(reading(), Purpose.RESET, token, datetime.now(UTC))
    if link is None:
        return render_template("accounts/link_ended.html", purpose=Purpose.RESET), 410
    email, name = link.account.email, link.account.name
    form = ResetForm(email, name)
    if not form.validate():
        return render_template("accounts/reset.html", form=form, email=email), 422
    order = Reset(token, new_password_hash(form.new_password.data, email, name))
    try:
        with transaction() as session:
            account = reset_password(session, current_actor(), order, datetime.now(UTC))
    except Refused:
        return render_template("accounts/link_ended.html", purpose=Purpose.RESET), 410
    enter(account)
    flash(_("Your new password holds. You were signed out everywhere else."), "ok")
    return redirect(url_for("accounts.start"))


@bp.get("/account/email/<token>")
@signed_in
def confirm_email(token: str) -> Any:
    """One button that takes the new address over; only in its owner's own session."""
    link = open_link(reading(), Purpose.EMAIL, token, datetime.now(UTC))
    if link is None or link.account_id != current_actor().account_id:
        return render_template("accounts/link_ended.html", purpose=Purpose.EMAIL), 410
    return render_template("accounts/confirm_email.html", email=link.new_email)


@bp.post("/account/email/<token>")
@signed_in
def try_confirm_email(token: str) -> Any:
    """Take the new address over, and tell the old one."""
    try:
        with transaction() as session:
            account = change_email(session, current_actor(), token, datetime.now(UTC))
    except Refused as refused:
        sentences = [phrase(reason) for reason in refused.reasons]
        return render_template("accounts/link_ended.html", purpose=Purpose.EMAIL, reasons=sentences), 410
    flash(_("Your address is now %(email)s.", email=account.email), "ok")
    return redirect(url_for("accounts.home"))
