"""Who acts for an organisation: the list, the invitations, joining and leaving."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for

from fairapp.i18n import current_language
from fairapp.i18n import gettext as _
from fairapp.rules.errors import Refused
from fairapp.store.accounts import Account
from fairapp.store.base import reading, transaction
from fairapp.store.producers import Organisation
from fairapp.store.producers_queries import members_of, open_invitation, open_invitations
from fairapp.usecases.producers_members import (
    InviteMember,
    accept_invitation,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from fairapp.web.access import public, signed_in
from fairapp.web.actor import current_actor
from fairapp.web.inviting import InviteForm
from fairapp.web.producers.bp import bp, own, tried
from fairapp.web.wording import say_faults


def _page(organisation: Organisation, form: InviteForm) -> str:
    session = reading()
    return render_template(
        "producers/members.html",
        organisation=organisation,
        members=members_of(session, [organisation.id]),
        invitations=open_invitations(session, organisation.id, datetime.now(UTC)),
        form=form,
    )


@bp.get("/me/organisations/<int(max=2147483647):organisation_id>/members")
@signed_in
def members(organisation_id: int) -> Any:
    """Who acts for it, who was asked, and the form that asks."""
    form = InviteForm(formdata=None, data={"language": current_language()})
    return _page(own(organisation_id), form)


@bp.post("/me/organisations/<int(max=2147483647):organisation_id>/members")
@signed_in
def invite(organisation_id: int) -> Any:
    """Send somebody a letter with a link."""
    organisation, form = own(organisation_id), InviteForm()

    def ask() -> None:
        secret = current_app.config["FAIRAPP"].secret_key
        nonce = secrets.token_urlsafe(16)
        order = InviteMember(organisation.id, form.email.found, form.language_chosen, nonce, secret)
        with transaction() as session:
            invite_member(session, current_actor(), order, datetime.now(UTC))

    if not tried(form, ask):
        return _page(organisation, form), 422
    flash(_("A letter is on its way to %(email)s.", email=form.email.found.address), "ok")
    return redirect(url_for("producers.members", organisation_id=organisation.id))


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/invitations/<int(max=2147483647):invitation_id>/withdraw"
)
@signed_in
def withdraw(organisation_id: int, invitation_id: int) -> Any:
    """Take an invitation back."""
    with transaction() as session:
        withdraw_invitation(session, current_actor(), organisation_id, invitation_id, datetime.now(UTC))
    flash(_("The invitation was taken back."), "ok")
    return redirect(url_for("producers.members", organisation_id=organisation_id))


@bp.post(
    "/me/organisations/<int(max=2147483647):organisation_id>/members/<int(max=2147483647):account_id>/remove"
)
@signed_in
def part_with(organisation_id: int, account_id: int) -> Any:
    """End a membership; the last one stays."""
    organisation, actor = own(organisation_id), current_actor()
    name = organisation.name
    try:
        with transaction() as session:
            remove_member(session, actor, organisation_id, account_id, datetime.now(UTC))
    except Refused as refused:
        form = InviteForm(formdata=None, data={"language": current_language()})
        say_faults(form, refused)
        return _page(own(organisation_id), form), 409
    if account_id == actor.account_id:
        flash(_("You no longer act for %(name)s.", name=name), "ok")
        return redirect(url_for("producers.home"))
    flash(_("The person no longer acts for %(name)s.", name=name), "ok")
    return redirect(url_for("producers.members", organisation_id=organisation_id))


@bp.get("/me/invitations/<token>")
@public
def invitation(token: str) -> Any:
    """Who asks, and for what; somebody who has not signed in finds the door here."""
    session = reading()
    found = open_invitation(session, token, datetime.now(UTC))
    if found is None:
        return render_template("producers/invitation_ended.html"), 404
    by = None if found.invited_by_id is None else session.get(Account, found.invited_by_id)
    return render_template("producers/invitation.html", invitation=found, by=by, token=token)


@bp.post("/me/invitations/<token>")
@signed_in
def join(token: str) -> Any:
    """Act for the organisation from now on."""
    try:
        with transaction() as session:
            joined = accept_invitation(session, current_actor(), token, datetime.now(UTC))
            organisation_id = joined.organisation_id
    except Refused:
        return render_template("producers/invitation_ended.html"), 409
    flash(_("Welcome. You now look after this profile too."), "ok")
    return redirect(url_for("producers.profile", organisation_id=organisation_id))
