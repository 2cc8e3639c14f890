"""What an account changes by letter: a forgotten password, a new password, a new address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.rules.accounts import AccountReason, Purpose, Seal
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Refused
from fairapp.store.accounts import Account
from fairapp.store.accounts_queries import account_called, address_is_taken, end_links, open_link
from fairapp.usecases import audit, outbox
from fairapp.usecases.accounts import add_link
from fairapp.usecases.accounts_signing import Checked, as_account, folded_email, limit_letters, settle


@dataclass(frozen=True, slots=True)
class AskReset:
    """Somebody who cannot sign in, and the language in which they asked."""

    email: Email
    language: str


def ask_reset(session: Session, actor: Actor, order: AskReset, seal: Seal, nonce: str, now: datetime) -> None:
    """Promise a letter: with a link when the address has an account, else saying that it has none.

    :raises TooMany: when the address or the asker has had too many letters of late.
    """
    limit_letters(session, actor, order.email.folded, seal, now)
    account = account_called(session, order.email.folded, for_update=True)
    if account is None:
        facts = {"email": order.email.address, "language": order.language}
        outbox.post(session, "mail.account_unknown", now, **facts)
        audit.record(session, actor, "account.reset_asked", now, account_id=None)
        return
    add_link(session, account, Purpose.RESET, seal, nonce, now)
    outbox.post(session, "mail.password_reset", now, account_id=account.id, nonce=nonce)
    audit.record(session, actor, "account.reset_asked", now, account_id=account.id)


@dataclass(frozen=True, slots=True)
class Reset:
    """The link's token and the new password, hashed already."""

    token: str = field(repr=False)
    password_hash: str = field(repr=False)


def reset_password(session: Session, actor: Actor, order: Reset, now: datetime) -> Account:
    """Put the new password in place: every session and every other link ends, the address is confirmed.

    :raises Refused: when the link was used, or is too old.
    """
    link = open_link(session, Purpose.RESET, order.token, now, for_update=True)
    if link is None:
        raise Refused(AccountReason.LINK_ENDED)
    account = link.account
    _set_password(session, account, order.password_hash, now)
    account.confirmed_at = account.confirmed_at or now
    audit.record(session, as_account(actor, account), "account.password_reset", now)
    return account


def change_password(
    session: Session, actor: Actor, checked: Checked, password_hash: str, now: datetime
) -> Account | None:
    """Replace the password; every session ends but the one told the new epoch. None: it was not theirs.

    :raises TooMany: when the present password was guessed too often.
    """
    account = settle(session, actor, checked, now)
    if account is None:
        return None
    _set_password(session, account, password_hash, now)
    audit.record(session, actor, "account.password_changed", now)
    return account


def _set_password(session: Session, account: Account, password_hash: str, now: datetime) -> None:
    account.password_hash = password_hash
    account.epoch += 1
    end_links(session, account.id, now)
    outbox.post(session, "mail.password_changed", now, account_id=account.id)


def ask_email_change(
    session: Session, actor: Actor, checked: Checked, email: Email, seal: Seal, nonce: str, now: datetime
) -> Account | None:
    """Promise a letter to the new address; nothing changes before it is confirmed. None: not their password.

    :raises Refused: when it is the account's address already.
    :raises TooMany: when the password was guessed, or letters were asked for, too often.
    """
    account = settle(session, actor, checked, now)
    if account is None:
        return None
    if account.email_folded == email.folded:
        raise Refused(AccountReason.SAME_EMAIL)
    limit_letters(session, actor, email.folded, seal, now)
    audit.record(session, actor, "account.email_change_asked", now)
    if address_is_taken(session, email.folded):
        taken = account_called(session, email.folded)
        if taken is not None:
            outbox.post(session, "mail.account_exists", now, account_id=taken.id)
        return account
    add_link(session, account, Purpose.EMAIL, seal, nonce, now, new_email=email.address)
    facts = {"account_id": account.id, "email": email.address, "nonce": nonce}
    outbox.post(session, "mail.email_confirm", now, **facts)
    return account


def change_email(session: Session, actor: Actor, token: str, now: datetime) -> Account:
    """Take the confirmed address over, and tell the old one.

    :raises Refused: when the link is not the actor's, was used or is too old, or the address was taken.
    """
    link = open_link(session, Purpose.EMAIL, token, now, for_update=True)
    if link is None or link.new_email is None or link.account_id != actor.account_id:
        raise Refused(AccountReason.LINK_ENDED)
    if address_is_taken(session, folded_email(link.new_email)):
        raise Refused(AccountReason.EMAIL_TAKEN)
    account = link.account
    facts = {"account_id": account.id, "old_email": account.email}
    outbox.post(session, "mail.email_changed", now, **facts)
    account.email, account.email_folded = link.new_email, folded_email(link.new_email)
    end_links(session, account.id, now)
    audit.record(session, actor, "account.email_changed", now)
    return account
