"""The producers of a head's list: entered, changed, invited, endorsed, returned, removed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from fairapp.adapters import places
from fairapp.i18n import current_language, ngettext
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.applications import EDITABLE, GAPS_IN, gaps
from fairapp.rules.delegations import DelegationState, EntryState, EntryStep, standing
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.questions import Phase
from fairapp.store.base import db, reading, transaction
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.delegations_lists import entry_of, products_by_organisation
from fairapp.store.fairs_queries import groups_of, kinds_of
from fairapp.usecases.applications_answers import current_form
from fairapp.usecases.applications_steps import circumstances
from fairapp.usecases.delegations_endorsing import Endorse, endorse_producers
from fairapp.usecases.delegations_entries import (
    change_producer,
    enter_producer,
    invite_producer,
    remove_producer,
    restore_producer,
    return_producer,
)
from fairapp.usecases.delegations_telling import told_of
from fairapp.usecases.guarding_questions import questions_open
from fairapp.usecases.producers_members import InviteMember
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import MINE, bp, head_page, headed
from fairapp.web.delegations.entry_forms import EndorseForm, ProducerForm, ReturnForm
from fairapp.web.delegations.forms import HeadForm
from fairapp.web.delegations.head import list_page
from fairapp.web.wording import say_faults, sentences

ENTRY = f"{MINE}/producers/<int(max=2147483647):entry_id>"
MOST_PICKED = 500


def _form(delegation: Delegation, **kwargs: Any) -> ProducerForm:
    session, fair = reading(), delegation.fair
    return ProducerForm(delegation, [*groups_of(session, fair)], [*kinds_of(session, fair.id)], **kwargs)


def _tell_page(delegation: Delegation, form: ProducerForm, entry: DelegationEntry | None) -> str:
    communes = places.communes(delegation.province_code) if delegation.province_code else ()
    return head_page("delegations/tell.html", delegation, form=form, entry=entry, communes=communes)


def _kept(form: ProducerForm, keep: Callable[[], Any]) -> bool:
    if not form.validate():
        return False
    try:
        keep()
    except (Invalid, Refused) as refusal:
        db.session.rollback()
        say_faults(form, refusal)
        return False
    return True


@bp.route(f"{MINE}/producers/new", methods=["GET", "POST"])
@signed_in
def enter(delegation_id: int) -> Any:
    """Enter one producer."""
    form = _form(headed(delegation_id), data=None if request.form else {"booths": 1})

    def keep() -> None:
        with transaction() as session:
            enter_producer(session, current_actor(), delegation_id, form.told(), datetime.now(UTC))

    if request.method == "GET":
        return _tell_page(headed(delegation_id), form, None)
    if not _kept(form, keep):
        return _tell_page(headed(delegation_id), form, None), 422
    flash(_("%(name)s is on the list.", name=form.name.data), "ok")
    again = "delegations.enter" if request.form.get("more") else "delegations.one"
    return redirect(url_for(again, delegation_id=delegation_id), 303)


@bp.get(ENTRY)
@signed_in
def entry(delegation_id: int, entry_id: int) -> Any:
    """One producer: what is told, what is missing, what can be done."""
    delegation = headed(delegation_id)
    return _entry_page(delegation, entry_of(reading(), delegation.id, entry_id))


def _entry_page(
    delegation: Delegation,
    one: DelegationEntry,
    reasons: tuple[str, ...] = (),
    invite: HeadForm | None = None,
    back: ReturnForm | None = None,
) -> str:
    session, now = reading(), datetime.now(UTC)
    missing = [
        reason
        for reason, lacks in gaps(circumstances(session, one.application, now)).items()
        if lacks and GAPS_IN[reason].value != "terms" and one.application.state in EDITABLE
    ]
    asked = questions_open(session, one.application, Phase.APPLY) if one.application.state in EDITABLE else 0
    data = {"email": one.organisation.email or "", "language": current_language()}
    return head_page(
        "delegations/entry.html",
        delegation,
        entry=one,
        standing=standing(one.state, not missing and not asked),
        missing=missing,
        asked=asked,
        has_form=current_form(session, one.application, Phase.APPLY) is not None,
        products=products_by_organisation(session, [one.organisation_id]).get(one.organisation_id, []),
        invite=invite or HeadForm(formdata=None, data=data),
        back=back or ReturnForm(formdata=None),
        reasons=reasons,
        is_open=delegation.state is DelegationState.OPEN,
        EntryState=EntryState,
    )


@bp.route(f"{ENTRY}/change", methods=["GET", "POST"])
@signed_in
def change(delegation_id: int, entry_id: int) -> Any:
    """Tell a producer anew."""
    delegation = headed(delegation_id)
    one, form = entry_of(reading(), delegation.id, entry_id), _form(delegation)

    def keep() -> None:
        with transaction() as session:
            change_producer(session, current_actor(), delegation_id, entry_id, form.told(), datetime.now(UTC))

    if request.method == "GET":
        made = products_by_organisation(reading(), [one.organisation_id])
        form.fill(told_of(one, made.get(one.organisation_id, [])))
        return _tell_page(delegation, form, one)
    if not _kept(form, keep):
        delegation = headed(delegation_id)
        return _tell_page(delegation, form, entry_of(reading(), delegation.id, entry_id)), 422
    flash(_("Saved."), "ok")
    return _to(delegation_id, entry_id)


@bp.post(f"{ENTRY}/invite")
@signed_in
def invite(delegation_id: int, entry_id: int) -> Any:
    """Send the producer a letter: it completes its own part."""
    delegation, form = headed(delegation_id), HeadForm()
    one = entry_of(reading(), delegation.id, entry_id)
    if not form.validate():
        return _entry_page(delegation, one, invite=form), 422
    secret, nonce = current_app.config["FAIRAPP"].secret_key, secrets.token_urlsafe(16)
    order = InviteMember(one.organisation_id, form.email.found, form.language.data or "", nonce, secret)

    def ask() -> None:
        with transaction() as session:
            invite_producer(session, current_actor(), delegation_id, entry_id, order, datetime.now(UTC))

    return _taken(
        delegation_id, entry_id, ask, _("A letter is on its way to %(email)s.", email=form.email.data)
    )


@bp.post(f"{ENTRY}/return")
@signed_in
def send_back(delegation_id: int, entry_id: int) -> Any:
    """Return the producer's entry with a reason."""
    delegation, form = headed(delegation_id), ReturnForm()
    if not form.validate():
        return _entry_page(delegation, entry_of(reading(), delegation.id, entry_id), back=form), 422

    def give_back() -> None:
        with transaction() as session:
            return_producer(
                session,
                current_actor(),
                delegation_id,
                entry_id,
                form.reason.data or "",
                datetime.now(UTC),
            )

    return _taken(delegation_id, entry_id, give_back, _("The producer reads your reason."))


@bp.post(f"{ENTRY}/<any(remove, restore):act>")
@signed_in
def move(delegation_id: int, entry_id: int, act: str) -> Any:
    """Take the producer off the list, or put it back; a second press changes nothing."""
    delegation = headed(delegation_id)
    one = entry_of(reading(), delegation.id, entry_id)
    removes = act == EntryStep.REMOVE.value
    if (one.state is EntryState.REMOVED) == removes:
        return _to(delegation_id, entry_id)

    def take() -> None:
        with transaction() as session:
            do = remove_producer if removes else restore_producer
            do(session, current_actor(), delegation_id, entry_id, datetime.now(UTC))

    return _taken(
        delegation_id, entry_id, take, phrase(EntryState.REMOVED) if removes else _("Back on the list.")
    )


@bp.post(f"{MINE}/endorse")
@signed_in
def endorse(delegation_id: int) -> Any:
    """Endorse those chosen; whoever cannot be is named with the reasons."""
    headed(delegation_id)
    picked = tuple(
        int(each)
        for each in request.form.getlist("pick")[:MOST_PICKED]
        if each.isascii() and each.isdigit() and len(each) < 10
    )
    form = EndorseForm()
    try:
        with transaction() as session:
            order = Endorse(delegation_id, picked, bool(form.agreed.data))
            result = endorse_producers(session, current_actor(), order, datetime.now(UTC))
            done = len(result.done)
            against = [(one.id, one.organisation.name, sentences(refusal)) for one, refusal in result.refused]
    except Refused as refused:
        return list_page(headed(delegation_id), [phrase(each) for each in refused.reasons]), 409
    if done:
        said = ngettext("%(num)s producer is endorsed.", "%(num)s producers are endorsed.", done)
        flash(said, "ok")
    if against:
        lines = [
            (f"{name}: {' '.join(reasons)}", f"/d/{delegation_id}/producers/{number}")
            for number, name, reasons in against
        ]
        return list_page(headed(delegation_id), lines), 409
    return redirect(url_for("delegations.one", delegation_id=delegation_id), 303)


def _to(delegation_id: int, entry_id: int) -> Response:
    return redirect(url_for("delegations.entry", delegation_id=delegation_id, entry_id=entry_id), 303)


def _taken(delegation_id: int, entry_id: int, act: Callable[[], None], done: str) -> Any:
    """Do it and go back to the producer; or show the producer with every reason why not."""
    try:
        act()
    except Refused as refused:
        db.session.rollback()
        delegation = headed(delegation_id)
        reasons = sentences(refused)
        return _entry_page(delegation, entry_of(reading(), delegation.id, entry_id), reasons), 409
    flash(done, "ok")
    return _to(delegation_id, entry_id)
