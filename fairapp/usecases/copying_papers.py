"""What a fair's next edition takes along beside its forms: the plan in force, documents and contract."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.fairs import PlanState
from fairapp.store.contracts import Contract
from fairapp.store.contracts_queries import versions_of
from fairapp.store.documents import DocumentRequirement
from fairapp.store.documents_queries import requirements_of
from fairapp.store.fairs import Fair, FloorPlan


def bring_plan(session: Session, actor: Actor, old: Fair, new: Fair, now: datetime) -> None:
    """The plan in force comes along as a draft: the hall may be another one this time."""
    plan = session.scalar(
        select(FloorPlan).where(FloorPlan.fair_id == old.id, FloorPlan.state == PlanState.PUBLISHED)
    )
    if plan is not None:
        session.add(
            FloorPlan(
                fair_id=new.id,
                version=1,
                body=plan.body,
                source_name=plan.source_name,
                made_at=now,
                made_by_id=actor.account_id,
            )
        )


def bring_papers(session: Session, actor: Actor, old: Fair, new: Fair, now: datetime) -> None:
    """What documents the old fair asked for is asked again; its contract comes along as a draft."""
    for row in requirements_of(session, old.id):
        session.add(
            DocumentRequirement(
                fair_id=new.id,
                kind=row.kind,
                stops=row.stops,
                whence=row.whence,
                organisation_kinds=list(row.organisation_kinds),
                group_codes=list(row.group_codes),
                booth_kinds=list(row.booth_kinds),
                texts=dict(row.texts),
            )
        )
    contract = next(iter(versions_of(session, old.id)), None)
    if contract is not None:
        draft = Contract(fair_id=new.id, number=1, texts=dict(contract.texts), made_at=now)
        draft.made_by_id = actor.account_id
        session.add(draft)
