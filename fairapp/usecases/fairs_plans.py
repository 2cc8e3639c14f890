"""Bring in floor plans as drafts, settle what is doubtful, and publish them as the fair's booths."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.plans.reading import clean_text
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import PlanRefusal, PlanState
from fairapp.rules.plan_cures import propose, settle, settlement_for, unsettled
from fairapp.rules.plan_findings import Cure, Fault, Finding, Settlement, folded
from fairapp.rules.plan_neighbours import with_open_sides
from fairapp.rules.plans import BoothOutline, PlanDraft, facilities_to_json, from_json, to_json, with_halls_of
from fairapp.rules.short_codes import BOOTH_LENGTH, draw_code
from fairapp.store.allocation_queries import booths_for_update
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth, FloorPlan, Hall
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of
from fairapp.usecases.plans_keeping import refuse_held

Chance = Callable[[int], int]
LONGEST_CODE = 64


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """A plan that was read, kept as the next version; ``report`` says what was refused and why.

    ``reading`` says how the file was understood; ``keeps_halls`` adds the halls of the newest version that
    the file does not hold.
    """

    fair_id: int
    draft: PlanDraft
    source_name: str = ""
    report: tuple[Finding, ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)
    keeps_halls: bool = False


@dataclass(frozen=True, slots=True)
class SettleDraft:
    """Decisions about marked booths of a draft; None takes every proposed cure."""

    plan_id: int
    settlements: tuple[Settlement, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The cure that was chosen for one thing found; ``code`` is the new code of a recoded booth."""

    number: int
    fault: Fault
    cure: Cure
    code: str = ""


@dataclass(frozen=True, slots=True)
class DecideDraft:
    """Cures chosen one by one."""

    plan_id: int
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PublishPlan:
    """Make a draft the plan that everybody sees."""

    plan_id: int


def keep_draft(session: Session, actor: Actor, order: KeepDraft, now: datetime) -> FloorPlan:
    """Keep a plan as the fair's next version, as a draft."""
    fair = fair_of(session, actor, order.fair_id, Permission.PLAN_EDIT)
    last = session.scalar(
        select(FloorPlan).where(FloorPlan.fair_id == fair.id).order_by(FloorPlan.version.desc()).limit(1)
    )
    draft = with_halls_of(order.draft, from_json(last.body)) if last and order.keeps_halls else order.draft
    plan = FloorPlan(
        fair_id=fair.id,
        version=last.version + 1 if last else 1,
        source_name=order.source_name[:200],
        body=to_json(with_open_sides(draft)),
        report={
            "findings": [_plain(finding) for finding in order.report],
            "halls": len(draft.halls),
            "booths": len(draft.booths),
            **({"reading": dict(order.reading)} if order.reading else {}),
        },
        made_at=now,
        made_by_id=actor.account_id,
    )
    plan.fair = fair
    session.add(plan)
    session.flush()
    audit.record(session, actor, "plan.drafted", now, fair_id=fair.id, plan=plan.id, version=plan.version)
    return plan


def settle_draft(session: Session, actor: Actor, order: SettleDraft, now: datetime) -> FloorPlan:
    """Apply decisions to a draft; publishing asks again whether everything is settled."""
    from fairapp.adapters.plans.measuring import survey  # heavy: geometry

    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    settlements = order.settlements
    if settlements is None:
        settlements = propose(draft, survey(draft))
    plan.body = to_json(with_open_sides(settle(draft, settlements)))
    audit.record(
        session, actor, "plan.settled", now, fair_id=plan.fair_id, plan=plan.id, settlements=len(settlements)
    )
    return plan


def decide_draft(session: Session, actor: Actor, order: DecideDraft, now: datetime) -> FloorPlan:
    """Apply chosen cures to a draft, all of them or none.

    :raises Refused: when a cure does not fit, a new code is taken, or the draft has changed meanwhile.
    """
    from fairapp.adapters.plans.measuring import survey  # heavy: geometry

    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    measured = survey(draft)
    open_ones = {(one.number, one.fault): one for one in unsettled(draft, measured)}
    settlements = []
    for choice in order.choices:
        finding = open_ones.get((choice.number, choice.fault))
        if finding is None:
            raise Refused(PlanRefusal.STALE_CHOICE)
        called = finding.code or f"#{finding.number}"
        code = clean_text(choice.code, LONGEST_CODE)
        if choice.cure is Cure.RECODE and (not code or _taken(draft, finding, code)):
            raise Refused(PlanRefusal.CODE_NEEDED, booth=called)
        settlement = settlement_for(finding, choice.cure, code or "", measured)
        if settlement is None:
            raise Refused(PlanRefusal.NOT_POSSIBLE, booth=called)
        settlements.append(settlement)
    try:
        plan.body = to_json(with_open_sides(settle(draft, settlements)))
    except KeyError:  # one choice takes away what another one builds on
        raise Refused(PlanRefusal.STALE_CHOICE) from None
    audit.record(
        session, actor, "plan.settled", now, fair_id=plan.fair_id, plan=plan.id, settlements=len(settlements)
    )
    return plan


def discard_draft(session: Session, actor: Actor, plan_id: int, now: datetime) -> None:
    """Throw a draft away."""
    plan = plan_of(session, actor, plan_id)
    audit.record(session, actor, "plan.discarded", now, fair_id=plan.fair_id, version=plan.version)
    session.delete(plan)


def _taken(draft: PlanDraft, finding: Finding, code: str) -> bool:
    return any(
        folded(code) == folded(other)
        for booth in draft.booths
        if booth.hall == finding.hall and booth.number != finding.number
        for other in booth.codes
    )


def publish_plan(
    session: Session, actor: Actor, order: PublishPlan, now: datetime, below: Chance
) -> FloorPlan:
    """Make the draft the fair's halls and booths; booths that stay keep their claims and their QR.

    :raises Refused: while a booth is unsettled, or one that would go, or be let no more, is still claimed.
    """
    from fairapp.adapters.plans.measuring import survey  # heavy: geometry

    plan = plan_of(session, actor, order.plan_id)
    draft = from_json(plan.body)
    if open_findings := unsettled(draft, survey(draft)):
        raise Refused(PlanRefusal.UNSETTLED, count=len(open_findings))
    there = {
        (booth.hall.code, booth.code): booth for booth in session.scalars(booths_for_update(plan.fair_id))
    }
    coming = {(booth.hall, booth.code): booth.lettable for booth in draft.booths}
    going = [booth for key, booth in there.items() if key not in coming and booth.retired_at is None]
    refuse_held(session, [booth for key, booth in there.items() if not coming.get(key)], now)
    halls = _keep_halls(session, plan.fair_id, draft)
    taken = set(session.scalars(select(Booth.short_code)))
    for outline in draft.booths:
        booth = there.get((outline.hall, outline.code))
        if booth is None:
            code = _fresh_code(taken, below)
            booth = Booth(fair_id=plan.fair_id, hall_id=halls[outline.hall].id, short_code=code)
            session.add(booth)
        _draw(booth, outline)
    for booth in going:
        booth.retired_at = now
    for old in session.scalars(
        select(FloorPlan).where(FloorPlan.fair_id == plan.fair_id, FloorPlan.state == PlanState.PUBLISHED)
    ):
        old.state = PlanState.REPLACED
    plan.state, plan.published_at = PlanState.PUBLISHED, now
    session.flush()
    audit.record(
        session,
        actor,
        "plan.published",
        now,
        fair_id=plan.fair_id,
        plan=plan.id,
        version=plan.version,
        booths=len(draft.booths),
        retired=[booth.code for booth in going][:50],
    )
    return plan


def booths_changed(session: Session, actor: Actor, plan_id: int) -> tuple[int, ...]:
    """The booths of today that publishing the draft would make another size, kind or side of."""
    plan = plan_of(session, actor, plan_id)
    coming = {(booth.hall, booth.code): booth for booth in from_json(plan.body).booths}
    there = session.execute(
        select(Booth.id, Hall.code, Booth.code, Booth.area_m2, Booth.kind, Booth.open_sides)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Booth.fair_id == plan.fair_id, Booth.retired_at.is_(None))
    )
    return tuple(
        booth_id
        for booth_id, hall, code, *is_now in there
        if (new := coming.get((hall, code))) is not None and [new.area_m2, new.kind, new.open_sides] != is_now
    )


def plan_of(session: Session, actor: Actor, plan_id: int) -> FloorPlan:
    """The draft, for who may edit plans of its fair.

    :raises Refused: when it is a draft no more.
    """
    plan = session.get(FloorPlan, plan_id, with_for_update=LOCK, populate_existing=True)
    if plan is None:
        raise Missing
    fair_of(session, actor, plan.fair_id, Permission.PLAN_EDIT)
    if plan.state is not PlanState.DRAFT:
        raise Refused(PlanRefusal.NOT_A_DRAFT, version=plan.version)
    return plan


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "number": finding.number,
        "fault": finding.fault.value,
        "weight": finding.weight.value,
        "hall": finding.hall,
        **finding.facts,
    }


def _keep_halls(session: Session, fair_id: int, draft: PlanDraft) -> dict[str, Hall]:
    halls = {hall.code: hall for hall in session.scalars(select(Hall).where(Hall.fair_id == fair_id))}
    for position, outline in enumerate(draft.halls):
        hall = halls.get(outline.name)
        if hall is None:
            hall = Hall(fair_id=fair_id, code=outline.name, names={})
            session.add(hall)
            halls[outline.name] = hall
        hall.position = position
        hall.outline = [[list(point) for point in ring] for ring in outline.rings]
        hall.facilities = facilities_to_json(each for each in draft.facilities if each.hall == outline.name)
    session.flush()
    return halls


def _fresh_code(taken: set[str], below: Chance) -> str:
    while (code := draw_code(BOOTH_LENGTH, below)) in taken:
        pass
    taken.add(code)
    return code


def _draw(booth: Booth, outline: BoothOutline) -> None:
    booth.code = outline.code
    booth.other_codes = list(outline.also)
    booth.instead_of, booth.is_let = list(outline.instead_of), outline.lettable
    booth.outline = [[list(point) for point in ring] for ring in outline.rings]
    booth.area_m2, booth.open_sides, booth.form = outline.area_m2, outline.open_sides, outline.form
    booth.kind, booth.zone = outline.kind, outline.zone
    booth.retired_at = None
