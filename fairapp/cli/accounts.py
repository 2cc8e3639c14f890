"""Accounts from the command line: add one with its role, or grant a further role."""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import click
from flask import Flask
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email, email
from fairapp.adapters.passwords import hashed
from fairapp.cli.saying import fair_with, writing
from fairapp.i18n import LANGUAGES, speaking
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import LONGEST_NAME, WITHOUT_A_FAIR, AccountReason
from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.errors import Refused
from fairapp.rules.passwords import AT_MOST, password_faults
from fairapp.rules.text import TextRefused, clean
from fairapp.store.fairs import Fair
from fairapp.usecases.accounts_people import AddAccount, GrantRole, add_account, grant_role

MakeApp = Callable[[], Flask]
ROLES = click.Choice([role.value for role in Role])


@click.group()
def accounts() -> None:
    """Add accounts and grant roles."""


@accounts.command()
@click.argument("address", metavar="EMAIL")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=ROLES, help="The role to grant.")
@click.option("--fair", "fair_code", metavar="CODE", help="The fair of the role.")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="vi", show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def add(
    make_app: MakeApp,
    address: str,
    name: str,
    role: str | None,
    fair_code: str | None,
    language: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Add an account that can sign in at once, and grant it a role.

    An account that is there already keeps its name and its password, and is granted the role. Without
    --password-stdin a password is made up and printed this once.
    """
    found, called = _address(address), _name(name)
    made_up = "" if password_stdin else secrets.token_urlsafe(12)
    password = _password_from_input(found, called) if password_stdin else made_up
    with writing(make_app()) as session:
        fair = _fair(session, role, fair_code)
        now = datetime.now(UTC)
        order = AddAccount(found, called, hashed(password), language)
        account, created = add_account(session, SYSTEM, order, now)
        granted = role is not None and _granted(session, found, Role(role), fair, now)
    facts = {"email": account.email, "account": account.id, "created": created, "granted": granted}
    facts |= {"role": role, "fair": None if fair is None else fair.code}
    if created and made_up:
        facts["password"] = made_up
    _say(facts, as_json)


@accounts.command()
@click.argument("address", metavar="EMAIL")
@click.option("--role", type=ROLES, required=True, help="The role to grant.")
@click.option("--fair", "fair_code", metavar="CODE", help="The fair of the role.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def grant(make_app: MakeApp, address: str, role: str, fair_code: str | None, as_json: bool) -> None:
    """Grant a further role to an account."""
    found = _address(address)
    with writing(make_app()) as session:
        fair = _fair(session, role, fair_code)
        granted = _granted(session, found, Role(role), fair, datetime.now(UTC))
    code = None if fair is None else fair.code
    _say({"email": found.address, "created": False, "granted": granted, "role": role, "fair": code}, as_json)


def _granted(session: Session, address: Email, role: Role, fair: Fair | None, now: datetime) -> bool:
    """Grant it; False when it was held already, so that running a command twice changes nothing."""
    order = GrantRole(address.folded, role, None if fair is None else fair.id)
    try:
        grant_role(session, SYSTEM, order, now)
    except Refused as refused:
        if refused.reasons == (AccountReason.GRANTED_ALREADY,):
            return False
        with speaking("en"):
            raise click.ClickException(" ".join(phrase(reason) for reason in refused.reasons)) from refused
    return True


def _address(typed: str) -> Email:
    found = email(typed)
    if isinstance(found, Email):
        return found
    with speaking("en"):
        raise click.BadParameter(phrase(found), param_hint="EMAIL")


def _name(typed: str) -> str:
    try:
        called = clean(typed, longest=LONGEST_NAME)
    except TextRefused as refused:
        with speaking("en"):
            reason = phrase(refused.reason, longest=refused.longest)
            raise click.BadParameter(reason, param_hint="--name") from refused
    if not called:
        raise click.BadParameter("Write the person's name.", param_hint="--name")
    return called


def _password_from_input(address: Email, name: str) -> str:
    """The first line of the input. An easy one is the operator's own decision, but said aloud."""
    password = sys.stdin.readline().rstrip("\r\n")
    if not password or len(password) > AT_MOST:
        raise click.ClickException(f"The input's first line holds no password of 1 to {AT_MOST} characters.")
    with speaking("en"):
        for fault in password_faults(password, address.address, name):
            click.echo(f"Warning: {phrase(fault)}", err=True)
    return password


def _fair(session: Session, role: str | None, code: str | None) -> Fair | None:
    if code is None:
        if role is not None and Role(role) not in WITHOUT_A_FAIR:
            raise click.UsageError(f"The role {role} belongs to one fair: name it with --fair CODE.")
        return None
    if role is None or Role(role) in WITHOUT_A_FAIR:
        raise click.UsageError("Only a role that belongs to one fair takes --fair.")
    return fair_with(session, code)


def _say(facts: dict[str, object], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{facts['email']}: {'account added' if facts['created'] else 'account was there already'}")
    if facts.get("password"):
        click.echo(f"Password, printed this once: {facts['password']}")
    if facts["role"]:
        of = f" of {facts['fair']}" if facts["fair"] else ""
        click.echo(f"{facts['role']}{of}: {'granted' if facts['granted'] else 'held already'}")
