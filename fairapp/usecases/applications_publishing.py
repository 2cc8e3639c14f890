"""Publish a version of a form, tell whom it asks again, and set when details are due."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.form_building import FormRefusal, body_faults
from fairapp.rules.form_versions import Standing, difference, standing
from fairapp.rules.forms import SETTINGS, FormSettings, plain_settings
from fairapp.rules.questions import Body, body_from
from fairapp.store.applications_forms import Form, FormVersion
from fairapp.store.applications_forms_queries import asked_by, form_of, versions_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.applications_forms import Page, same_draft
from fairapp.usecases.permission import require


def publish_form(
    session: Session, actor: Actor, page: Page, now: datetime, tells: bool = False
) -> FormVersion:
    """Ask what the draft says from now on; answers stay tied to the version they were given to.

    ``tells``: write to those who have answered and must answer again.

    :raises Refused: when something is wrong with a question, or nothing has changed.
    """
    require(actor, Permission.FORM_EDIT, page.fair_id)
    form = form_of(session, page.fair_id, page.form_id, lock=True)
    same_draft(form, page)
    body, versions = body_from(form.draft), versions_of(session, form.id)
    if wrong := body_faults(body):
        raise Refused(*dict.fromkeys(fault for _key, fault in wrong))
    if versions and not difference(body_from(versions[0].body), body):
        raise Refused(FormRefusal.NOTHING_CHANGED)
    version = FormVersion(
        form_id=form.id,
        number=versions[0].number + 1 if versions else 1,
        body=form.draft,
        published_at=now,
        published_by_id=actor.account_id,
    )
    session.add(version)
    session.flush()
    audit.record(
        session, actor, "form.published", now, fair_id=page.fair_id, form=form.id, number=version.number
    )
    if tells:
        for application_id in _asked_again(session, form, body):
            facts = {"application_id": application_id, "phase": form.phase.value}
            outbox.post(session, "mail.form_changed", now, **facts)
    return version


def _asked_again(session: Session, form: Form, body: Body) -> list[int]:
    """Applications whose answers to an older version do not suffice any more."""
    return [
        each.application_id
        for each in asked_by(session, form)
        if each.answer is not None
        and standing(body_from(each.answer.form_version.body), body, each.answer.answers) is Standing.AGAIN
    ]


def set_form_settings(
    session: Session, actor: Actor, fair_id: int, chosen: FormSettings, now: datetime
) -> None:
    """Say until when details are given, and what missing ones hold back."""
    require(actor, Permission.FORM_EDIT, fair_id)
    fair = session.get(Fair, fair_id, with_for_update=LOCK)
    if fair is None:
        raise Missing
    until = chosen.details_until
    if until is not None and until.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on:
        raise Refused(FormRefusal.DEADLINE_AFTER_FAIR)
    fair.settings = {**fair.settings, SETTINGS: plain_settings(chosen)}
    audit.record(session, actor, "form.settings_changed", now, fair_id=fair_id, stop=chosen.stop.value)
