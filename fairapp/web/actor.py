"""From the session cookie to the actor of this request."""

from __future__ import annotations

from flask import Flask, g, request
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import select

from fairapp.rules.actors import NOBODY, Actor, Grant
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.base import reading
from fairapp.store.producers import Membership

login_manager = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]
    """What the session remembers: the account and the epoch of its password."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        """``<account id>.<epoch>``: a new password ends every older session."""
        return f"{self.account.id}.{self.account.epoch}"


def prepare(app: Flask) -> None:
    """Let Flask-Login find accounts."""
    login_manager.init_app(app, add_context_processor=False)
    login_manager.session_protection = None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(remembered: str) -> SignedIn | None:
    account = _account(remembered)
    if account is None:
        return None
    g.signed_in = True
    return SignedIn(account)


def _account(remembered: str) -> Account | None:
    account_id, _, epoch = remembered.partition(".")
    if not (account_id.isdigit() and epoch.isdigit()):
        return None
    account = reading().get(Account, int(account_id))
    if account is None or account.closed_at is not None or account.epoch != int(epoch):
        return None
    return account


def actor_remembered(remembered: str) -> Actor | None:
    """Who is meant by what a session remembers, with today's grants; None once that has ended."""
    account = _account(remembered)
    return None if account is None else _actor(account)


def current_account() -> Account | None:
    """The account that has signed in, if any."""
    return current_user.account if current_user.is_authenticated else None


def current_actor() -> Actor:
    """Who acts in this request, with today's grants and organisations; asked from the database once."""
    if "actor" not in g:
        g.actor = _actor(current_account())
    actor: Actor = g.actor
    return actor


def _actor(account: Account | None) -> Actor:
    if account is None:
        return Actor(account_id=None, address=request.remote_addr) if request else NOBODY
    session = reading()
    grants = session.execute(
        select(RoleGrant.role, RoleGrant.fair_id).where(RoleGrant.account_id == account.id)
    )
    organisations = session.scalars(
        select(Membership.organisation_id).where(Membership.account_id == account.id)
    )
    return Actor(
        account_id=account.id,
        name=account.name,
        grants=frozenset(Grant(role, fair_id) for role, fair_id in grants),
        organisation_ids=frozenset(organisations),
        address=request.remote_addr if request else None,
    )
