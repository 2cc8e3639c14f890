"""Open an account: register, confirm the address by a mailed link, and speak the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.rules.accounts import (
    LINK_LIVES,
    PRIVACY,
    PRIVACY_VERSION,
    AccountReason,
    Purpose,
    Seal,
    token_digest,
)
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Refused
from fairapp.store.accounts import Account, Consent, MailedLink
from fairapp.store.accounts_queries import account_called, address_is_taken, end_links, open_link
from fairapp.usecases import audit, outbox
from fairapp.usecases.accounts_signing import Checked, as_account, limit_letters, settle


@dataclass(frozen=True, slots=True)
class Register:
    """Whoever wants an account; the password is hashed already, and the privacy notice was agreed to."""

    email: Email
    name: str
    password_hash: str = field(repr=False)
    language: str
    next_path: str | None = None


def register(session: Session, actor: Actor, order: Register, seal: Seal, nonce: str, now: datetime) -> None:
    """Promise a letter with the next step, whether or not the address has an account: only the letter says.

    Somebody else's unconfirmed registration of the address gives way: its password, its consent and its
    links end, so that confirming can never open an account with a stranger's password.

    :raises TooMany: when the address or the asker has had too many letters of late.
    """
    limit_letters(session, actor, order.email.folded, seal, now)
    account = account_called(session, order.email.folded, for_update=True)
    if account is not None and account.confirmed_at is not None:
        outbox.post(session, "mail.account_exists", now, account_id=account.id)
        audit.record(session, actor, "account.registered_again", now, account_id=account.id)
        return
    if account is None and address_is_taken(session, order.email.folded):
        audit.record(session, actor, "account.registered_closed", now)
        return
    account = _new_account(session, account, order, now)
    add_link(session, account, Purpose.CONFIRM, seal, nonce, now)
    facts = {"account_id": account.id, "nonce": nonce, "next_path": order.next_path}
    outbox.post(session, "mail.account_confirm", now, **facts)
    audit.record(session, actor, "account.registered", now, account_id=account.id)


def _new_account(session: Session, account: Account | None, order: Register, now: datetime) -> Account:
    if account is None:
        account = Account(email_folded=order.email.folded, created_at=now)
        session.add(account)
    else:
        session.execute(delete(Consent).where(Consent.account_id == account.id))
        end_links(session, account.id, now)
    account.email, account.name = order.email.address, order.name
    account.password_hash, account.language = order.password_hash, order.language
    session.flush()
    session.add(
        Consent(
            account_id=account.id,
            notice=PRIVACY,
            version=PRIVACY_VERSION,
            language=order.language,
            given_at=now,
        )
    )
    return account


def add_link(
    session: Session,
    account: Account,
    purpose: Purpose,
    seal: Seal,
    nonce: str,
    now: datetime,
    new_email: str | None = None,
) -> None:
    """Keep the digest of a link's token; earlier links of the purpose end."""
    end_links(session, account.id, now, purpose)
    session.add(
        MailedLink(
            account_id=account.id,
            purpose=purpose.value,
            digest=token_digest(seal.token(purpose, account.id, nonce)),
            new_email=new_email,
            expires_at=now + LINK_LIVES[purpose],
        )
    )
    session.flush()


def confirm(
    session: Session, actor: Actor, token: str, checked: Checked | None, now: datetime
) -> Account | None:
    """Open the account whose link this is; answer None when the password was not the registration's.

    ``checked`` is None when the very browser that registered opens the link: it need not prove itself again.

    :raises Refused: when the link was used, or is too old.
    """
    link = open_link(session, Purpose.CONFIRM, token, now, for_update=True)
    if link is None:
        raise Refused(AccountReason.LINK_ENDED)
    account = link.account
    if checked is not None and settle(session, actor, checked, now) is not account:
        return None
    account.confirmed_at = now
    end_links(session, account.id, now)
    audit.record(session, as_account(actor, account), "account.confirmed", now)
    return account


def choose_language(session: Session, actor: Actor, language: str, now: datetime) -> None:
    """Write to the actor in this language from now on."""
    account = session.get_one(Account, actor.account_id)
    if account.language != language:
        account.language = language
        audit.record(session, actor, "account.language_chosen", now, language=language)


def agree(session: Session, actor: Actor, language: str, now: datetime) -> Consent:
    """Keep that the actor agreed to today's privacy notice."""
    consent = Consent(
        account_id=actor.account_id,
        notice=PRIVACY,
        version=PRIVACY_VERSION,
        language=language,
        given_at=now,
    )
    session.add(consent)
    audit.record(session, actor, "account.agreed", now, notice=PRIVACY, version=PRIVACY_VERSION)
    return consent
