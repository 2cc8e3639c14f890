"""One's own account: who one is here, what one agreed to, password and address."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, url_for

from fairapp.i18n import current_language
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import PRIVACY, PRIVACY_VERSION, AccountReason, Purpose
from fairapp.rules.errors import Refused
from fairapp.store.accounts import Account
from fairapp.store.accounts_queries import consents_of, grants_of, organisations_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.accounts import agree as keep_agreement
from fairapp.usecases.accounts_letters import ask_email_change, change_password
from fairapp.usecases.accounts_signing import Checked, check_password, new_password_hash, sign_out_everywhere
from fairapp.web.access import signed_in
from fairapp.web.accounts.bp import bp, enter, seal
from fairapp.web.accounts.forms import EmailForm, PasswordForm
from fairapp.web.actor import current_account, current_actor


def _own() -> Account:
    account = current_account()
    assert account is not None, "the view is for people who have signed in"
    return account


def _checked(account: Account, password: str) -> Checked:
    now = datetime.now(UTC)
    return check_password(reading(), current_actor(), account.email_folded, account, password, seal(), now)


@bp.get("/account")
@signed_in
def home() -> Any:
    """Name, address, organisations, roles and consents."""
    account, session = _own(), reading()
    consents = consents_of(session, account.id)
    agreed = any(
        consent.notice == PRIVACY and consent.version == PRIVACY_VERSION and consent.withdrawn_at is None
        for consent in consents
    )
    return render_template(
        "accounts/home.html",
        consents=consents,
        has_agreed=agreed,
        grants=grants_of(session, account.id),
        organisations=organisations_of(session, account.id),
    )


@bp.post("/account/agree")
@signed_in
def agree() -> Any:
    """Keep that today's privacy notice was agreed to."""
    with transaction() as session:
        keep_agreement(session, current_actor(), current_language(), datetime.now(UTC))
    flash(_("Thank you. Your agreement is kept with its date."), "ok")
    return redirect(url_for("accounts.home"))


@bp.post("/account/sign-out-everywhere")
@signed_in
def leave_everywhere() -> Any:
    """End the account's sessions on all other devices; this one goes on."""
    with transaction() as session:
        account = sign_out_everywhere(session, current_actor(), datetime.now(UTC))
    enter(account)
    flash(_("You are signed out on all other devices."), "ok")
    return redirect(url_for("accounts.home"))


@bp.get("/account/password")
@signed_in
def password() -> Any:
    """The form for a new password."""
    return render_template("accounts/password.html", form=PasswordForm(_own().email, _own().name))


@bp.post("/account/password")
@signed_in
def try_password() -> Any:
    """Set the new password; this session goes on, all others end."""
    own = _own()
    form = PasswordForm(own.email, own.name)
    if not form.validate():
        return render_template("accounts/password.html", form=form), 422
    checked = _checked(own, form.current_password.data)
    new_hash = new_password_hash(form.new_password.data, own.email, own.name)
    with transaction() as session:
        account = change_password(session, current_actor(), checked, new_hash, datetime.now(UTC))
    if account is None:
        form.current_password.errors = [phrase(AccountReason.WRONG_PASSWORD)]
        return render_template("accounts/password.html", form=form), 422
    enter(account)
    flash(_("Your new password holds. You were signed out everywhere else."), "ok")
    return redirect(url_for("accounts.home"))


@bp.get("/account/email")
@signed_in
def email() -> Any:
    """The form for a new address."""
    return render_template("accounts/email.html", form=EmailForm())


@bp.post("/account/email")
@signed_in
def try_email() -> Any:
    """Promise a letter to the new address; until it is confirmed the old one holds."""
    own, form = _own(), EmailForm()
    if not form.validate():
        return render_template("accounts/email.html", form=form), 422
    checked, nonce = _checked(own, form.current_password.data), secrets.token_urlsafe(16)
    now, actor = datetime.now(UTC), current_actor()
    try:
        with transaction() as session:
            account = ask_email_change(session, actor, checked, form.email.found, seal(), nonce, now)
    except Refused as refused:
        form.email.errors = [phrase(reason) for reason in refused.reasons]
        return render_template("accounts/email.html", form=form), 422
    if account is None:
        form.current_password.errors = [phrase(AccountReason.WRONG_PASSWORD)]
        return render_template("accounts/email.html", form=form), 422
    return render_template("accounts/letter_sent.html", email=form.email.found.address, purpose=Purpose.EMAIL)
