"""Change an application's own parts after they were submitted: its booth, wishes, needs and products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import EDITABLE, Part
from fairapp.rules.changes import ChangeRefusal
from fairapp.rules.days import with_days
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.forms import ON_THE_WAY, AnswerRefusal
from fairapp.rules.questions import Phase
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import ChangeRequest
from fairapp.store.applications_queries import application_of
from fairapp.store.fairs import BoothKind
from fairapp.usecases.applications import FillIn, days_kept, refuse_foreign_products, show_products
from fairapp.usecases.permission import require_member
from fairapp.usecases.proposing import Proposal, keep_proposal, may_propose

CHANGEABLE = (Part.KIND, Part.WISHES, Part.NEEDS, Part.PRODUCTS)
_OF_KIND = ("booth_kind_id", "booths", "area_m2")


@dataclass(frozen=True, slots=True)
class ProposePart:
    """How one part should read instead, and why."""

    part: Part
    filled: FillIn
    why: str


def against_part_change(application: Application) -> AnswerRefusal | ChangeRefusal | None:
    """Why no change of its parts can be proposed: nothing when it can."""
    if application.state in EDITABLE:
        return ChangeRefusal.STILL_EDITABLE
    return None if application.state in ON_THE_WAY else AnswerRefusal.ENDED


def present_part(session: Session, application: Application, part: Part) -> dict[str, Any]:
    """What the part says now, by the names that a request keeps."""
    if part is Part.KIND:
        said = {name: getattr(application, name) for name in _OF_KIND}
        return {**said, "days": application.wishes.get("days", [])}
    if part is Part.PRODUCTS:
        shown = select(ApplicationProduct.product_id).where(
            ApplicationProduct.application_id == application.id
        )
        return {"product_ids": sorted(session.scalars(shown))}
    return with_days(application.wishes, ()) if part is Part.WISHES else dict(application.needs)


def propose_part(session: Session, actor: Actor, order: ProposePart, now: datetime) -> ChangeRequest:
    """Keep what the part is and what it would be, for the organiser to decide.

    :raises Refused: when it can still be edited, another change of it waits, or nothing would differ.
    """
    application = application_of(session, actor, order.filled.application_id, lock=True)
    require_member(actor, application.organisation_id)
    if (against := against_part_change(application)) is not None:
        raise Refused(against)
    proposal = Proposal(Phase.APPLY, order.why, part=order.part)
    may_propose(session, application, proposal)
    before, would = present_part(session, application, order.part), _wanted(application, order)
    fields = {
        name: {"was": before.get(name), "would": would.get(name)}
        for name in sorted({*before, *would})
        if before.get(name) != would.get(name)
    }
    if not fields:
        raise Refused(ChangeRefusal.NOTHING_CHANGED)
    _check(session, application, order.part, fields)
    return keep_proposal(session, actor, application, proposal, fields, now)


def _wanted(application: Application, order: ProposePart) -> dict[str, Any]:
    filled = order.filled
    if order.part is Part.KIND:
        days = application.wishes.get("days", [])
        days = days if filled.days is None else days_kept(application, filled.days)
        return {**{name: getattr(filled, name) for name in _OF_KIND}, "days": days}
    if order.part is Part.PRODUCTS:
        return {"product_ids": sorted(filled.product_ids or ())}
    return dict((filled.wishes if order.part is Part.WISHES else filled.needs) or {})


def _check(session: Session, application: Application, part: Part, fields: Mapping[str, Any]) -> None:
    """Go on when the kind of booth is the fair's and the products are the organisation's.

    :raises Missing: otherwise.
    """
    if part is Part.KIND and "booth_kind_id" in fields:
        kind = session.get(BoothKind, fields["booth_kind_id"]["would"])
        if kind is None or kind.fair_id != application.fair_id:
            raise Missing
    if part is Part.PRODUCTS:
        refuse_foreign_products(session, application, tuple(fields["product_ids"]["would"]))


def apply_part(
    session: Session, application: Application, part: Part, fields: Mapping[str, Any], now: datetime
) -> None:
    """Put what would be in the place of what was.

    :raises Missing: when the kind of booth or a product is there no more.
    """
    _check(session, application, part, fields)
    would = {name: each["would"] for name, each in fields.items()}
    if part is Part.KIND:
        if "booth_kind_id" in would:
            application.booth_kind = session.get_one(BoothKind, would["booth_kind_id"])
        for name, value in would.items():
            if name == "days":
                application.wishes = with_days(application.wishes, value)
            else:
                setattr(application, name, value)
    elif part is Part.PRODUCTS:
        show_products(session, application, tuple(would["product_ids"]))
    else:
        name = part.value
        merged = {**getattr(application, name), **would}
        setattr(application, name, {key: value for key, value in merged.items() if value})
    application.changed_at = now
    application.version += 1
