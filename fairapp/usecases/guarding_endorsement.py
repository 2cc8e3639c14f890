"""The guard of delegations: what one brings is decided only once its head has endorsed it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.applications import Step
from fairapp.rules.delegations import DelegationReason, awaits_endorsement
from fairapp.rules.guards import Act, Hindrance
from fairapp.store.applications import Application
from fairapp.store.delegations_queries import entry_of_application


def endorsed_by_its_head(
    session: Session, application: Application, step: Act, _now: datetime
) -> Iterable[Hindrance]:
    """What keeps a decision back: the head of the applicant's delegation has not endorsed it."""
    if application.delegation_id is None or not isinstance(step, Step):
        return ()
    entry = entry_of_application(session, application.id)
    if entry is None or not awaits_endorsement(step, entry.delegation.state, entry.state):
        return ()
    return (Hindrance(DelegationReason.NOT_ENDORSED),)
