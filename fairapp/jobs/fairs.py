"""Letters about a fair as a whole: it is postponed or cancelled."""

from __future__ import annotations

from sqlalchemy import select

from fairapp.i18n import pick
from fairapp.jobs.work import Letter, Work
from fairapp.rules.fairs import FairStep
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.producers import Membership


def fair_changed(work: Work, *, application_id: int, step: str) -> list[Letter]:
    """To everybody who acts for the applicant: what happened, why, and what it means for them."""
    application = work.session.get(Application, application_id)
    if application is None:
        return []
    readers = work.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == application.organisation_id)
        .where(Account.closed_at.is_(None), Account.confirmed_at.is_not(None))
        .order_by(Account.id)
    )
    fair = application.fair
    facts = {
        "is_cancelled": FairStep(step) is FairStep.CANCEL,
        "path": f"/f/{fair.code}",
        "fair_names": fair.names,
        "first": fair.starts_on,
        "last": fair.ends_on,
        "organisation": application.organisation.name,
        "office": fair.organiser_names,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }
    return [
        Letter(
            "fairs/fair_changed",
            reader.email,
            reader.language,
            {**facts, "reader": reader.name, "reason": pick(fair.state_reason, reader.language)},
            fair.id,
            application.organisation_id,
        )
        for reader in readers
    ]


LETTERS = {"mail.fair_changed": fair_changed}
