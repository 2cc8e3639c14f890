"""The application that an address names: for its applicant, or for its fair's office."""

from __future__ import annotations

from flask import g

from fairapp.rules.applications import State
from fairapp.rules.errors import Missing
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of
from fairapp.store.base import reading
from fairapp.web.access import current_fair
from fairapp.web.actor import current_actor

MINE = "/me/applications/<int(max=2147483647):application_id>"
OFFICE = "/o/<fair_code>/applications/<int(max=2147483647):application_id>"


def own(application_id: int) -> Application:
    """The application, for a member of its organisation only; its fair fills the page's frame."""
    actor = current_actor()
    application = application_of(reading(), actor, application_id)
    if application.organisation_id not in actor.organisation_ids:
        raise Missing
    g.fair = application.fair
    return application


def of_this_fair(application_id: int) -> Application:
    """The application of the fair in the address; a draft is its applicant's alone."""
    application = application_of(reading(), current_actor(), application_id)
    if application.fair_id != current_fair().id or application.state is State.DRAFT:
        raise Missing
    return application
