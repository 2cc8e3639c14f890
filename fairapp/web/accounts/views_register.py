"""Register, and confirm the address by the link in the letter."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import redirect, render_template, session, url_for

from fairapp.i18n import current_language
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import PRIVACY_VERSION, AccountReason, Purpose
from fairapp.rules.errors import Refused
from fairapp.store.accounts import MailedLink
from fairapp.store.accounts_queries import open_link
from fairapp.store.base import reading, transaction
from fairapp.usecases.accounts import Register
from fairapp.usecases.accounts import confirm as keep_confirmed
from fairapp.usecases.accounts import register as keep_registration
from fairapp.usecases.accounts_signing import check_password, new_password_hash
from fairapp.web.access import public
from fairapp.web.accounts.bp import REGISTERED, asked_next, bp, enter, seal
from fairapp.web.accounts.forms import PasswordOnlyForm, RegisterForm
from fairapp.web.actor import current_account, current_actor


@bp.get("/register")
@public
def register() -> Any:
    """The form; whoever has signed in already goes on."""
    if current_account() is not None:
        return redirect(asked_next() or url_for("accounts.start"))
    return render_template("accounts/register.html", form=RegisterForm(data={"next": asked_next()}))


@bp.post("/register")
@public
def try_register() -> Any:
    """Promise a letter. The answer is the same whoever has an account: only the letter says."""
    form = RegisterForm()
    if not form.validate():
        return render_template("accounts/register.html", form=form), 422
    address = form.address()
    order = Register(
        email=address,
        name=form.name.data,
        password_hash=new_password_hash(form.password.data, address.address, form.name.data),
        language=current_language(),
        next_path=asked_next() or None,
    )
    nonce = secrets.token_urlsafe(16)
    with transaction() as session_:
        keep_registration(session_, current_actor(), order, seal(), nonce, datetime.now(UTC))
    session[REGISTERED] = nonce
    return render_template("accounts/letter_sent.html", email=address.address, purpose=Purpose.CONFIRM)


@bp.get("/confirm/<token>")
@public
def confirm(token: str) -> Any:
    """One button in the browser that registered; the password once more in any other."""
    link = open_link(reading(), Purpose.CONFIRM, token, datetime.now(UTC))
    if link is None:
        return render_template("accounts/link_ended.html", purpose=Purpose.CONFIRM), 410
    return _page(link, token, PasswordOnlyForm(), [])


@bp.post("/confirm/<token>")
@public
def try_confirm(token: str) -> Any:
    """Open the account and let its owner in."""
    now = datetime.now(UTC)
    link = open_link(reading(), Purpose.CONFIRM, token, now)
    if link is None:
        return render_template("accounts/link_ended.html", purpose=Purpose.CONFIRM), 410
    form, checked = PasswordOnlyForm(), None
    if not _same_browser(link, token):
        if not form.validate():
            return _page(link, token, form, []), 422
        account, typed = link.account, form.password.data
        checked = check_password(
            reading(), current_actor(), account.email_folded, account, typed, seal(), now
        )
    try:
        with transaction() as session_:
            opened = keep_confirmed(session_, current_actor(), token, checked, datetime.now(UTC))
    except Refused:
        return render_template("accounts/link_ended.html", purpose=Purpose.CONFIRM), 410
    if opened is None:
        return _page(link, token, form, [phrase(AccountReason.WRONG_REGISTRATION)]), 422
    enter(opened)
    return redirect(asked_next() or url_for("accounts.start"))


def _page(link: MailedLink, token: str, form: PasswordOnlyForm, reasons: list[str]) -> str:
    return render_template(
        "accounts/confirm.html",
        form=form,
        email=link.account.email,
        same_browser=_same_browser(link, token),
        next_path=asked_next(),
        reasons=reasons,
    )


def _same_browser(link: MailedLink, token: str) -> bool:
    """Whether this session asked for the very link that it now follows."""
    nonce = session.get(REGISTERED)
    return isinstance(nonce, str) and secrets.compare_digest(
        seal().token(Purpose.CONFIRM, link.account_id, nonce).encode(), token.encode("utf-8", "replace")
    )


@bp.get("/privacy")
@public
def privacy() -> Any:
    """What is kept about people, why and for how long; in the reader's language."""
    return render_template(
        "accounts/privacy.html",
        notice=f"accounts/_privacy.{current_language()}.html",
        version=PRIVACY_VERSION,
    )
