"""A change that an applicant proposes, whatever it changes: kept once while it waits, with why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import Part
from fairapp.rules.changes import ChangeRefusal
from fairapp.rules.errors import Refused
from fairapp.rules.questions import Phase
from fairapp.store.applications import Application
from fairapp.store.applications_forms import ChangeRequest
from fairapp.store.changes_queries import waits_already
from fairapp.usecases import audit


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would change: answers to a version of a form, or a part of the application; and why."""

    phase: Phase
    why: str
    part: Part | None = None
    form_version_id: int | None = None


def may_propose(session: Session, application: Application, proposal: Proposal) -> None:
    """Go on when no other change of the same waits and it is said why.

    :raises Refused: otherwise.
    """
    waits = waits_already(session, application.id, proposal.phase, proposal.part)
    reasons = {ChangeRefusal.ONE_WAITS: waits, ChangeRefusal.WHY_MISSING: not proposal.why.strip()}
    if any(reasons.values()):
        raise Refused(*(reason for reason, holds in reasons.items() if holds))


def keep_proposal(
    session: Session,
    actor: Actor,
    application: Application,
    proposal: Proposal,
    fields: dict[str, Any],
    now: datetime,
) -> ChangeRequest:
    """Keep what it was and what it would be, for the organiser to decide."""
    change = ChangeRequest(
        application_id=application.id,
        phase=proposal.phase,
        part=proposal.part,
        form_version_id=proposal.form_version_id,
        fields=fields,
        why=proposal.why,
        proposed_at=now,
        proposed_by_id=actor.account_id,
    )
    session.add(change)
    session.flush()
    facts: dict[str, object] = {"application": application.id, "change": change.id}
    facts |= {"questions": sorted(fields)} if proposal.part is None else {"part": proposal.part.value}
    audit.record(session, actor, "change.proposed", now, fair_id=application.fair_id, **facts)
    return change
