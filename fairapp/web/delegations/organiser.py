"""The organiser's pages: the fair's delegations, a new one, one with its list, its head, lock and end."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, url_for

from fairapp.i18n import current_language
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.rules.delegations import DelegationState, DelegationStep, stage
from fairapp.rules.errors import Invalid, Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_queries import (
    delegation_in,
    delegations_in,
    how_many,
    numbers_of,
    page_of_delegations,
)
from fairapp.usecases.delegations import (
    MakeDelegation,
    change_delegation,
    invite_head,
    make_delegation,
    step_delegation,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import OFFICE, ONE, STAGE_TAGS, bp, place_words
from fairapp.web.delegations.forms import DetailsForm, HeadForm, NewForm
from fairapp.web.paging import page_asked
from fairapp.web.wording import say_faults, sentences

PER_PAGE = 60


def _letter() -> tuple[str, str]:
    """What a letter's link is worked out of: chance, and the installation's secret."""
    return secrets.token_urlsafe(16), current_app.config["FAIRAPP"].secret_key


def _one(delegation_id: int) -> Delegation:
    return delegation_in(reading(), current_actor(), current_fair().id, delegation_id)


@bp.get(OFFICE)
@needs(Permission.DELEGATION_EDIT)
def all_of_fair(fair_code: str) -> Any:
    """The fair's delegations, each with how far its list has come."""
    session, found = reading(), delegations_in(current_fair().id)
    page = page_asked(how_many(session, found), PER_PAGE)
    rows = page_of_delegations(session, found, page.skipped, page.size)
    numbers = numbers_of(session, [each.id for each in rows])
    return render_template(
        "delegations/all.html",
        rows=[(each, numbers[each.id], stage(each.state, numbers[each.id])) for each in rows],
        page=page,
        place_words=place_words,
        STAGE_TAGS=STAGE_TAGS,
    )


@bp.route(f"{OFFICE}/new", methods=["GET", "POST"])
@needs(Permission.DELEGATION_EDIT)
def new(fair_code: str) -> Any:
    """Make a delegation, and ask its head by letter."""
    fair = current_fair()
    form = NewForm(country=fair.country, language=current_language())
    if not form.is_submitted():
        return render_template("delegations/details.html", form=form, delegation=None)
    if form.validate():
        order = MakeDelegation(fair.id, form.details(fair.timezone), form.head(*_letter()))
        try:
            with transaction() as session:
                made = make_delegation(session, current_actor(), order, datetime.now(UTC)).id
            flash(_("A letter is on its way to %(email)s.", email=form.email.found.address), "ok")
            return redirect(url_for("delegations.one_of_fair", fair_code=fair_code, delegation_id=made), 303)
        except (Invalid, Refused) as refusal:
            say_faults(form, refusal)
    return render_template("delegations/details.html", form=form, delegation=None), 422


@bp.get(ONE)
@needs(Permission.DELEGATION_EDIT)
def one_of_fair(fair_code: str, delegation_id: int) -> Any:
    """One delegation: its figures, its head, and what can be done."""
    return _page(_one(delegation_id), HeadForm(formdata=None, language=current_language()))


def _page(delegation: Delegation, form: HeadForm, reasons: tuple[str, ...] = ()) -> str:
    numbers = numbers_of(reading(), [delegation.id])[delegation.id]
    return render_template(
        "delegations/one.html",
        delegation=delegation,
        numbers=numbers,
        stage=stage(delegation.state, numbers),
        form=form,
        reasons=reasons,
        place=place_words(delegation),
        State=DelegationState,
        STAGE_TAGS=STAGE_TAGS,
    )


@bp.route(f"{ONE}/details", methods=["GET", "POST"])
@needs(Permission.DELEGATION_EDIT)
def details(fair_code: str, delegation_id: int) -> Any:
    """Change names, place, quota and deadline."""
    delegation, form = _one(delegation_id), DetailsForm()
    if not form.is_submitted():
        form.fill(delegation)
        return render_template("delegations/details.html", form=form, delegation=delegation)
    if form.validate():
        said = form.details(current_fair().timezone)
        try:
            with transaction() as session:
                change_delegation(session, current_actor(), delegation_id, said, datetime.now(UTC))
            flash(_("Saved."), "ok")
            return redirect(
                url_for("delegations.one_of_fair", fair_code=fair_code, delegation_id=delegation_id), 303
            )
        except Invalid as refusal:
            db.session.rollback()
            say_faults(form, refusal)
    return render_template("delegations/details.html", form=form, delegation=_one(delegation_id)), 422


@bp.post(f"{ONE}/head")
@needs(Permission.DELEGATION_EDIT)
def ask_head(fair_code: str, delegation_id: int) -> Any:
    """Write to the head, the same one again or another."""
    form, here = HeadForm(), _one(delegation_id)
    if not form.validate():
        return _page(here, form), 422
    try:
        with transaction() as session:
            order = form.head(*_letter())
            invite_head(session, current_actor(), delegation_id, order, datetime.now(UTC))
    except Refused as refused:
        say_faults(form, refused)
        return _page(_one(delegation_id), form), 409
    flash(_("A letter is on its way to %(email)s.", email=form.email.found.address), "ok")
    return redirect(url_for("delegations.one_of_fair", fair_code=fair_code, delegation_id=delegation_id), 303)


@bp.get(f"{ONE}/close")
@needs(Permission.DELEGATION_EDIT)
def ask_close(fair_code: str, delegation_id: int) -> Any:
    """Ask once more before a delegation ends."""
    return render_template("delegations/close.html", delegation=_one(delegation_id))


@bp.post(f"{ONE}/<any(lock, unlock, close):act>")
@needs(Permission.DELEGATION_EDIT)
def step(fair_code: str, delegation_id: int, act: str) -> Any:
    """Lock the list, open it again, or end the delegation; a second press changes nothing."""
    here = _one(delegation_id)
    done = {"lock": DelegationState.LOCKED, "unlock": DelegationState.OPEN, "close": DelegationState.CLOSED}
    if act not in done:
        abort(404)
    if here.state is not done[act]:
        try:
            with transaction() as session:
                step_delegation(
                    session, current_actor(), delegation_id, DelegationStep(act), datetime.now(UTC)
                )
        except Refused as refused:
            reasons = sentences(refused)
            form = HeadForm(formdata=None, language=current_language())
            return _page(_one(delegation_id), form, reasons), 409
        flash(_("Saved."), "ok")
    return redirect(url_for("delegations.one_of_fair", fair_code=fair_code, delegation_id=delegation_id), 303)
