"""Who may do what: the people of one fair for its organisers, all accounts for administrators."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from wtforms import SelectChoice

from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.accounts import GRANTED_BY_ORGANISERS, WITHOUT_A_FAIR
from fairapp.rules.actors import Permission, Role
from fairapp.rules.errors import Refused
from fairapp.store.accounts import Account
from fairapp.store.accounts_queries import (
    account_page,
    consents_of,
    fairs_by_code,
    grants_of,
    organisations_of,
    people_of,
)
from fairapp.store.base import reading, transaction
from fairapp.usecases.accounts_people import GrantRole, grant_role, revoke_role
from fairapp.web.access import current_fair, needs
from fairapp.web.accounts.bp import bp
from fairapp.web.accounts.forms import GrantForm, GrantHereForm
from fairapp.web.actor import current_actor


@bp.get("/o/<fair_code>/people")
@needs(Permission.PEOPLE_GRANT)
def people(fair_code: str) -> Any:
    """Who works for the fair, and a form to ask somebody in."""
    return _people_page(_grant_form())


@bp.post("/o/<fair_code>/people")
@needs(Permission.PEOPLE_GRANT)
def grant(fair_code: str) -> Any:
    """Grant a role in this fair to the account of an address."""
    form = _grant_form()
    if not form.validate():
        return _people_page(form), 422
    order = GrantRole(form.email.found.folded, Role(form.role.data), current_fair().id)
    try:
        with transaction() as session:
            granted = grant_role(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        form.email.errors = [phrase(reason) for reason in refused.reasons]
        return _people_page(form), 422
    flash(_("%(name)s now has the role: %(role)s.", name=granted.account.name, role=phrase(order.role)), "ok")
    return redirect(url_for("accounts.people", fair_code=fair_code))


@bp.post("/o/<fair_code>/people/<int:grant_id>/revoke")
@needs(Permission.PEOPLE_GRANT)
def revoke(fair_code: str, grant_id: int) -> Any:
    """Take a role in this fair back."""
    with transaction() as session:
        taken = revoke_role(session, current_actor(), grant_id, current_fair().id, datetime.now(UTC))
        name = session.get_one(Account, taken.account_id).name
    flash(_("%(name)s no longer has the role: %(role)s.", name=name, role=phrase(taken.role)), "ok")
    return redirect(url_for("accounts.people", fair_code=fair_code))


def _grant_form() -> GrantForm:
    form = GrantForm()
    form.role.choices = [SelectChoice(role.value, phrase(role)) for role in GRANTED_BY_ORGANISERS]
    return form


def _people_page(form: GrantForm) -> str:
    grants = people_of(reading(), current_fair().id)
    return render_template("accounts/people.html", form=form, grants=grants, grantable=GRANTED_BY_ORGANISERS)


@bp.get("/admin/accounts")
@needs(Permission.ACCOUNTS_MANAGE)
def list() -> Any:
    """All accounts, page by page; by words of the name or address, and by role."""
    query = request.args.get("q", "")[:200]
    role = next((role for role in Role if role.value == request.args.get("role")), None)
    number = request.args.get("page", 1, type=int)
    page = account_page(reading(), query, role, number)
    return render_template("accounts/list.html", page=page, query=query, role=role, roles=Role)


@bp.get("/admin/accounts/<int:account_id>")
@needs(Permission.ACCOUNTS_MANAGE)
def one(account_id: int) -> Any:
    """One account: its roles, organisations and consents."""
    return _account_page(_account(account_id), _grant_here_form())


@bp.post("/admin/accounts/<int:account_id>")
@needs(Permission.ACCOUNTS_MANAGE)
def grant_here(account_id: int) -> Any:
    """Grant a role in any fair, or in all."""
    account, form = _account(account_id), _grant_here_form()
    if not form.validate():
        return _account_page(account, form), 422
    fair_id = int(form.fair.data) if form.fair.data else None
    order = GrantRole(account.email_folded, Role(form.role.data), fair_id)
    try:
        with transaction() as session:
            grant_role(session, current_actor(), order, datetime.now(UTC))
    except Refused as refused:
        form.role.errors = [phrase(reason) for reason in refused.reasons]
        return _account_page(account, form), 422
    flash(_("%(name)s now has the role: %(role)s.", name=account.name, role=phrase(order.role)), "ok")
    return redirect(url_for("accounts.one", account_id=account_id))


@bp.post("/admin/accounts/<int:account_id>/roles/<int:grant_id>/revoke")
@needs(Permission.ACCOUNTS_MANAGE)
def revoke_here(account_id: int, grant_id: int) -> Any:
    """Take any role back."""
    name = _account(account_id).name
    with transaction() as session:
        taken = revoke_role(session, current_actor(), grant_id, None, datetime.now(UTC))
    flash(_("%(name)s no longer has the role: %(role)s.", name=name, role=phrase(taken.role)), "ok")
    return redirect(url_for("accounts.one", account_id=account_id))


def _account(account_id: int) -> Account:
    account = reading().get(Account, account_id)
    if account is None or account.closed_at is not None:
        abort(404)
    return account


def _grant_here_form() -> GrantHereForm:
    form = GrantHereForm()
    form.role.choices = [SelectChoice(role.value, phrase(role)) for role in Role]
    fairs = [
        SelectChoice(str(fair.id), f"{fair.code} · {pick(fair.names)}") for fair in fairs_by_code(reading())
    ]
    form.fair.choices = [SelectChoice("", _("All fairs")), *fairs]
    return form


def _account_page(account: Account, form: GrantHereForm) -> str:
    session = reading()
    return render_template(
        "accounts/one.html",
        one=account,
        form=form,
        grants=grants_of(session, account.id),
        organisations=organisations_of(session, account.id),
        consents=consents_of(session, account.id),
        without_a_fair=WITHOUT_A_FAIR,
    )
