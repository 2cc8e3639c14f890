"""Sign in: is it the right password, has it been tried too often, and who is it then.

Checking a password takes a while on purpose, so it happens before the transaction that keeps the outcome;
that transaction asks once more whether the tries are used up. Of a hundred guesses sent at the same moment
no more are answered than of a hundred sent one by one.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email, email
from fairapp.adapters.passwords import hashed, matches, needs_new_hash
from fairapp.rules.accounts import LIMITS, Counted, Seal, network_of, seconds_to_wait
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Refused, TooMany
from fairapp.rules.passwords import password_faults
from fairapp.store.accounts import Account
from fairapp.store.accounts_counting import count, counted_times, forget
from fairapp.store.accounts_queries import account_called
from fairapp.store.base import LOCK, one_at_a_time
from fairapp.usecases import audit


@dataclass(frozen=True, slots=True)
class SignIn:
    """An address and a password as they were typed."""

    email: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check: whose password it was, and under which names a failure is counted."""

    account_id: int | None
    epoch: int
    fits: bool
    new_hash: str | None = field(repr=False)
    counters: tuple[tuple[Counted, str], ...] = ()


def check_sign_in(session: Session, actor: Actor, order: SignIn, seal: Seal, now: datetime) -> Checked:
    """Compare the password of a confirmed account; an unknown one takes exactly as long.

    :raises TooMany: when this account or this address has failed too often of late.
    """
    found = account_called(session, folded_email(order.email))
    if found is not None and found.confirmed_at is None:
        found = None
    return check_password(session, actor, folded_email(order.email), found, order.password, seal, now)


def check_password(
    session: Session,
    actor: Actor,
    email_folded: str,
    account: Account | None,
    password: str,
    seal: Seal,
    now: datetime,
) -> Checked:
    """Compare the password with that of ``account``; None never fits and is as slow.

    :raises TooMany: when this account or this address has failed too often of late.
    """
    counters = (
        (Counted.ACCOUNT, seal.counted(Counted.ACCOUNT, email_folded)),
        (Counted.ADDRESS, seal.counted(Counted.ADDRESS, network_of(actor.address))),
    )
    refuse_too_many(session, counters, now)
    kept = None if account is None else account.password_hash
    fits = matches(kept, password)
    return Checked(
        account_id=None if account is None else account.id,
        epoch=0 if account is None else account.epoch,
        fits=fits,
        new_hash=hashed(password) if fits and kept is not None and needs_new_hash(kept) else None,
        counters=counters,
    )


def settle(session: Session, actor: Actor, checked: Checked, now: datetime) -> Account | None:
    """Count a failure, or forget the earlier ones and answer the account; the caller audits a success.

    :raises TooMany: when others have meanwhile used up the tries.
    """
    one_at_a_time(session, [digest for _, digest in checked.counters])
    refuse_too_many(session, checked.counters, now)
    account = None
    if checked.fits:
        account = session.get(Account, checked.account_id, with_for_update=LOCK, populate_existing=True)
    if account is None or account.closed_at is not None or account.epoch != checked.epoch:
        for kind, digest in checked.counters:
            count(session, kind, digest, now)
        audit.record(session, actor, "account.password_failed", now, account_id=checked.account_id)
        return None
    forget(session, *checked.counters[0])
    if checked.new_hash is not None:
        account.password_hash = checked.new_hash
    return account


def sign_in(session: Session, actor: Actor, checked: Checked, now: datetime) -> Account | None:
    """Keep how the sign-in went: the account, or None when address and password do not fit.

    :raises TooMany: when others have meanwhile used up the tries.
    """
    account = settle(session, actor, checked, now)
    if account is not None:
        audit.record(session, as_account(actor, account), "account.signed_in", now)
    return account


def sign_out_everywhere(session: Session, actor: Actor, now: datetime) -> Account:
    """End every session of the actor's account, on every device."""
    account = session.get_one(Account, actor.account_id, with_for_update=LOCK, populate_existing=True)
    account.epoch += 1
    audit.record(session, actor, "account.signed_out_everywhere", now)
    return account


def refuse_too_many(session: Session, counters: tuple[tuple[Counted, str], ...], now: datetime) -> None:
    """Go on while every counter has a try left.

    :raises TooMany: otherwise, with the seconds until all of them have.
    """
    seconds = max(
        seconds_to_wait(counted_times(session, kind, digest, now), LIMITS[kind], now)
        for kind, digest in counters
    )
    if seconds:
        raise TooMany(seconds)


def limit_letters(session: Session, actor: Actor, email_folded: str, seal: Seal, now: datetime) -> None:
    """Count a letter that anybody may ask for, whether or not it will be written.

    :raises TooMany: when this reader got, or this asker caused, too many of late.
    """
    counters = (
        (Counted.READER, seal.counted(Counted.READER, email_folded)),
        (Counted.ASKER, seal.counted(Counted.ASKER, network_of(actor.address))),
    )
    one_at_a_time(session, [digest for _, digest in counters])
    refuse_too_many(session, counters, now)
    for kind, digest in counters:
        count(session, kind, digest, now)


def new_password_hash(password: str, email: str, name: str) -> str:
    """The hash to keep of a new password; slow, so call it before the transaction.

    :raises Refused: with every reason why the password is too easy.
    """
    if faults := password_faults(password, email, name):
        raise Refused(*faults)
    return hashed(password)


def folded_email(typed: str) -> str:
    """The one spelling of an address, or of whatever was typed in its place."""
    found = email(typed)
    return found.folded if isinstance(found, Email) else typed[:254].strip().casefold()


def as_account(actor: Actor, account: Account) -> Actor:
    """The same visitor, now known."""
    return replace(actor, account_id=account.id, name=account.name)
