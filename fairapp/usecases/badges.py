"""Name people on badges, approve, print, revoke and replace them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badges import (
    ALLOTMENTS,
    BADGE_STEPS,
    BEYOND,
    LAST_ISSUE,
    BadgeKind,
    BadgeRefusal,
    BadgeState,
    BadgeStep,
    allotment,
)
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.short_codes import BADGE_LENGTH, draw_code
from fairapp.rules.text import fold
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.badges_queries import (
    badge_of,
    badges_counted,
    badges_for_update,
    exhibitor_for_update,
    floor_of,
)
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require

Chance = Callable[[int], int]
"""``below(n)``: a number from 0 to n - 1 that nobody can foresee."""


@dataclass(frozen=True, slots=True)
class NamePerson:
    """A person for one of the exhibitor's badges; ``badge_id`` names anew a badge not approved yet."""

    exhibitor_id: int
    name: str
    name_latin: str = ""
    duty: str = ""
    badge_id: int | None = None


@dataclass(frozen=True, slots=True)
class BadgesStep:
    """One step for one or more badges; the reason is kept with those revoked."""

    badge_ids: tuple[int, ...]
    step: BadgeStep
    reason: str = ""


def name_person(session: Session, actor: Actor, order: NamePerson, now: datetime, below: Chance) -> Badge:
    """Put a name on a badge within the exhibitor's allotment.

    :raises Refused: when the allotment is used up, names are closed, or there is no booth yet.
    """
    exhibitor = exhibitor_for_update(session, actor, order.exhibitor_id)
    area, sharing = floor_of(session, exhibitor.id)
    until = exhibitor.fair.badges_until
    is_new = order.badge_id is None
    against = {
        BadgeRefusal.NAME_MISSING: not order.name.strip(),
        BadgeRefusal.EXHIBITOR_LEFT: exhibitor.left_at is not None,
        BadgeRefusal.NO_BOOTH_YET: area <= 0,
        BadgeRefusal.NAMES_CLOSED: until is not None
        and now > until
        and not actor.may(Permission.BADGE_APPROVE, exhibitor.fair_id),
        BadgeRefusal.ALLOTMENT_USED_UP: is_new
        and area > 0
        and badges_counted(session, exhibitor.id) >= allotted(exhibitor, area, sharing),
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, allotted=allotted(exhibitor, area, sharing))

    badge = _new_badge(session, exhibitor, now, below) if is_new else _to_rename(session, actor, order)
    badge.name, badge.name_latin, badge.duty = order.name, order.name_latin, order.duty
    badge.folded = fold(f"{order.name} {order.name_latin} {exhibitor.organisation.name}")[:300]
    session.flush()
    what = "badge.named" if is_new else "badge.renamed"
    audit.record(session, actor, what, now, fair_id=exhibitor.fair_id, badge=badge.id)
    return badge


def allotted(exhibitor: Exhibitor, area_m2: float, sharing: int) -> int:
    """How many badges the exhibitor is allotted, by its fair's settings or the usual steps."""
    return allotted_at(exhibitor.fair, area_m2, sharing)


def allotted_at(fair: Fair, area_m2: float, sharing: int) -> int:
    """How many badges come with so much floor at this fair."""
    steps = fair.settings.get("badge_allotments", ALLOTMENTS)
    beyond = fair.settings.get("badge_allotment_beyond", BEYOND)
    return allotment(area_m2, sharing, tuple((float(most), int(count)) for most, count in steps), int(beyond))


def step_badges(session: Session, actor: Actor, order: BadgesStep, now: datetime) -> Sequence[Badge]:
    """Take one step for each badge, or for none of them.

    :raises Refused: when the step is not possible for one of them.
    :raises Missing: when they are not all badges of one fair that the actor sees.
    """
    badges = badges_for_update(session, actor, order.badge_ids)
    if not badges:
        return []
    if len({badge.fair_id for badge in badges}) > 1:
        raise Missing
    for badge in badges:
        _require_step(actor, badge, order.step)
        if (badge.state, order.step) not in BADGE_STEPS:
            raise Refused(BadgeRefusal.NOT_FROM_HERE, name=badge.name)
        if order.step is BadgeStep.REPLACE and badge.issue >= LAST_ISSUE:
            raise Refused(BadgeRefusal.ISSUES_USED_UP, name=badge.name)
        if order.step is BadgeStep.REVOKE and badge.approved_at is not None and not order.reason.strip():
            raise Refused(BadgeRefusal.REASON_MISSING)
    for badge in badges:
        _take(session, actor, badge, order, now)
    fair_id = badges[0].fair_id
    audit.record(
        session, actor, f"badge.{order.step.value}", now, fair_id=fair_id, badges=[each.id for each in badges]
    )
    if order.step is BadgeStep.APPROVE:
        for exhibitor_id in sorted({each.exhibitor_id for each in badges if each.exhibitor_id is not None}):
            outbox.post(session, "mail.badges_approved", now, exhibitor_id=exhibitor_id)
    return badges


def _require_step(actor: Actor, badge: Badge, step: BadgeStep) -> None:
    """Members may take back a name of their own; everything else is the organiser's."""
    own = badge.exhibitor is not None and badge.exhibitor.organisation_id in actor.organisation_ids
    if own and step is BadgeStep.REVOKE and badge.state is BadgeState.NAMED:
        return
    permission = Permission.BADGE_PRINT if step is BadgeStep.PRINT else Permission.BADGE_APPROVE
    require(actor, permission, badge.fair_id)


def _take(session: Session, actor: Actor, badge: Badge, order: BadgesStep, now: datetime) -> None:
    badge.state = BADGE_STEPS[badge.state, order.step]
    if order.step is BadgeStep.APPROVE:
        badge.approved_at, badge.approved_by_id = now, actor.account_id
    elif order.step is BadgeStep.PRINT:
        session.add(BadgePrint(badge_id=badge.id, issue=badge.issue, at=now, by_id=actor.account_id))
    elif order.step is BadgeStep.REVOKE:
        badge.revoked_at, badge.revoked_because = now, order.reason[:200]
    elif order.step is BadgeStep.REPLACE:
        badge.issue += 1


def _new_badge(session: Session, exhibitor: Exhibitor, now: datetime, below: Chance) -> Badge:
    badge = Badge(
        fair_id=exhibitor.fair_id,
        exhibitor_id=exhibitor.id,
        kind=BadgeKind.EXHIBITOR,
        short_code=fresh_codes(session, 1, below)[0],
        named_at=now,
    )
    session.add(badge)
    return badge


def fresh_codes(session: Session, count: int, below: Chance) -> list[str]:
    """So many short codes that no badge has."""
    codes: dict[str, None] = {}
    while len(codes) < count:
        drawn = [draw_code(BADGE_LENGTH, below, checked=True) for _ in range(count - len(codes))]
        taken = set(session.scalars(select(Badge.short_code).where(Badge.short_code.in_(drawn))))
        codes |= dict.fromkeys(code for code in drawn if code not in taken)
    return list(codes)


def _to_rename(session: Session, actor: Actor, order: NamePerson) -> Badge:
    assert order.badge_id is not None
    badge = badge_of(session, actor, order.badge_id)
    if badge.exhibitor_id != order.exhibitor_id or (badge.state, BadgeStep.RENAME) not in BADGE_STEPS:
        raise Refused(BadgeRefusal.NOT_FROM_HERE, name=badge.name)
    return badge
