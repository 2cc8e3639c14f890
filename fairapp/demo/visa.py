"""Invitation letters of the demo fair: one issued with its paper, one that waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.config import Settings
from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import ADMITTED
from fairapp.rules.visa_letters import Traveller
from fairapp.store.applications import Application
from fairapp.store.fairs import Fair
from fairapp.store.letters import VisaLetter
from fairapp.store.producers import Organisation
from fairapp.usecases.letters_visa import AskVisaLetter, IssueVisaLetter, ask_visa_letter, issue_visa_letter
from fairapp.web.letters.visa_papers import paper_of

CODE = "demo-invitation-letter-01"


def keep_visa_letters(
    session: Session, fair: Fair, settings: Settings, told: dict[str, Any], now: datetime
) -> None:
    """The first exhibitors from abroad ask; the very first has its letter."""
    abroad = session.scalars(
        select(Application.id)
        .join(Organisation, Organisation.id == Application.organisation_id)
        .where(Application.fair_id == fair.id, Application.state.in_(ADMITTED))
        .where(Organisation.country != fair.country)
        .order_by(Application.id)
        .limit(2)
    ).all()
    at = now - timedelta(days=2)

    def printed(letter: VisaLetter) -> str:
        return FolderFiles(settings.private).keep(paper_of(letter, settings.base_url, at), "pdf")

    for place, application_id in enumerate(abroad):
        people = tuple(Traveller(**each) for each in told["people"][place])
        order = AskVisaLetter(application_id, people, told["embassy"], "en")
        letter = ask_visa_letter(session, SYSTEM, order, at - timedelta(days=1))
        if place == 0:
            signed = IssueVisaLetter(letter.id, fair.id, told["signer"], CODE)
            issue_visa_letter(session, SYSTEM, signed, printed, at)
