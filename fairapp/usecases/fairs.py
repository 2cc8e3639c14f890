"""Make fairs, change them, copy them as the next edition, publish, postpone and cancel them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission, Role
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.fairs import (
    FAIR_STEPS,
    FairRefusal,
    FairState,
    FairStep,
    day_faults,
    days_of,
)
from fairapp.store.accounts import RoleGrant
from fairapp.store.allocation import ClaimDay
from fairapp.store.allocation_queries import free_days
from fairapp.store.base import LOCK
from fairapp.store.fairs import Booth, BoothKind, Fair, ProductGroup
from fairapp.store.fairs_queries import applicants_to_tell
from fairapp.store.gate import Gate
from fairapp.usecases import audit, outbox
from fairapp.usecases.copying_forms import bring_forms
from fairapp.usecases.copying_papers import bring_papers, bring_plan
from fairapp.usecases.permission import require

_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{1,19}")


@dataclass(frozen=True, slots=True)
class FairDetails:
    """What an organiser says of a fair; texts by language."""

    names: dict[str, str]
    starts_on: date
    ends_on: date
    taglines: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    terms: dict[str, str] = field(default_factory=dict)
    venue_names: dict[str, str] = field(default_factory=dict)
    venue_address: str = ""
    organiser_names: dict[str, str] = field(default_factory=dict)
    contact_email: str = ""
    contact_phone: str = ""
    country: str = "VN"
    opening_hours: str = "09:00–18:00"
    timezone: str = "Asia/Ho_Chi_Minh"
    currency: str = "VND"
    scheme: str = "ocop2021"
    apply_from: datetime | None = None
    apply_until: datetime | None = None
    badges_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class CreateFair:
    """A new fair under a code that stands in its addresses."""

    code: str
    details: FairDetails
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class EditFair:
    """New details for a fair."""

    fair_id: int
    details: FairDetails


@dataclass(frozen=True, slots=True)
class CopyFair:
    """The next edition: same texts and kinds, the plan as a draft; new code and days, no exhibitors."""

    fair_id: int
    code: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class StepFair:
    """Publish, postpone or cancel; the reason (by language) is mailed to every applicant."""

    fair_id: int
    step: FairStep
    reason: dict[str, str] = field(default_factory=dict)


def fair_of(session: Session, actor: Actor, fair_id: int, permission: Permission) -> Fair:
    """The fair with its row locked, for who may ``permission`` there.

    :raises Missing: when there is none, or the actor has no part in it.
    """
    fair = session.get(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None or not actor.may(Permission.FAIR_SEE, fair.id):
        raise Missing
    require(actor, permission, fair.id)
    return fair


def create_fair(session: Session, actor: Actor, order: CreateFair, now: datetime) -> Fair:
    """Make a fair with its main gate; whoever makes it becomes its organiser.

    :raises Refused: with everything that is wrong with code, names, days, deadlines, zone or scheme.
    """
    if actor.fairs_with(Permission.FAIR_CREATE) == frozenset():  # of any fair: this one has no grants yet
        raise NotAllowed(Permission.FAIR_CREATE)
    code = order.code.strip().upper()
    against = list(_faults(session, order.details))
    if not _CODE.fullmatch(code):
        against.insert(0, FairRefusal.BAD_CODE)
    elif session.scalar(select(Fair.id).where(Fair.code == code)) is not None:
        against.insert(0, FairRefusal.CODE_TAKEN)
    if against:
        raise Refused(*against, code=code)
    fair = Fair(code=code, created_at=now, is_demo=order.is_demo, **_columns(order.details))
    session.add(fair)
    session.flush()
    session.add(Gate(fair_id=fair.id, code="MAIN", names={"vi": "Cổng chính", "en": "Main gate"}))
    if actor.account_id is not None and not actor.may(Permission.FAIR_EDIT, fair.id):
        _make_organiser(session, actor.account_id, fair, now)
    audit.record(session, actor, "fair.created", now, fair_id=fair.id, code=code)
    return fair


def edit_fair(session: Session, actor: Actor, order: EditFair, now: datetime) -> Fair:
    """Change a fair's details; booths that are claimed for all its days go with them to the new ones.

    :raises Refused: with everything that is wrong, or when a day falls away that is claimed by itself.
    """
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    against = list(_faults(session, order.details))
    before = days_of(fair.starts_on, fair.ends_on)
    after = () if against else days_of(order.details.starts_on, order.details.ends_on)
    if not against and before != after and not _take_along(session, fair, before, after):
        against.append(FairRefusal.DAYS_IN_USE)
    if against:
        raise Refused(*against, code=fair.code)
    if order.details.terms != fair.terms and fair.state is not FairState.PLANNED:
        fair.terms_version = str(int(fair.terms_version) + 1)  # who agreed to the old ones is asked again
    for name, value in _columns(order.details).items():
        setattr(fair, name, value)
    audit.record(session, actor, "fair.edited", now, fair_id=fair.id)
    return fair


def _take_along(session: Session, fair: Fair, before: tuple[date, ...], after: tuple[date, ...]) -> bool:
    """Let the claims for the whole fair hold its new days; False when another one would lose a day."""
    held: dict[tuple[int, int], set[date]] = {}
    for claim_id, booth_id, day in session.execute(
        select(ClaimDay.claim_id, ClaimDay.booth_id, ClaimDay.day)
        .join(Booth, Booth.id == ClaimDay.booth_id)
        .where(Booth.fair_id == fair.id)
    ):
        held.setdefault((claim_id, booth_id), set()).add(day)
    whole = [claim for claim, days in held.items() if days == set(before)]
    if any(days - set(after) for claim, days in held.items() if claim not in whole):
        return False
    free_days(session, [claim_id for claim_id, _ in whole])
    session.add_all(
        ClaimDay(booth_id=booth_id, day=day, claim_id=claim_id)
        for claim_id, booth_id in whole
        for day in after
    )
    return True


def copy_fair(session: Session, actor: Actor, order: CopyFair, now: datetime) -> Fair:
    """Make the next edition of a fair; its deadlines move with its days."""
    old = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    moved = order.starts_on - old.starts_on
    details = replace(
        details_of(old),
        starts_on=order.starts_on,
        ends_on=order.ends_on,
        apply_from=_moved(old.apply_from, moved),
        apply_until=_moved(old.apply_until, moved),
        badges_until=_moved(old.badges_until, moved),
    )
    new = create_fair(session, actor, CreateFair(order.code, details), now)
    new.copied_from_id, new.settings = old.id, dict(old.settings)
    for kind in session.scalars(select(BoothKind).where(BoothKind.fair_id == old.id).order_by(BoothKind.id)):
        session.add(
            BoothKind(
                fair_id=new.id,
                code=kind.code,
                floor=kind.floor,
                names=kind.names,
                texts=kind.texts,
                unit_area_m2=kind.unit_area_m2,
                min_area_m2=kind.min_area_m2,
                price_minor=kind.price_minor,
                position=kind.position,
            )
        )
    bring_plan(session, actor, old, new, now)
    bring_papers(session, actor, old, new, now)
    session.flush()
    bring_forms(session, old, new, now)
    session.flush()
    return new


def step_fair(session: Session, actor: Actor, order: StepFair, now: datetime) -> Fair:
    """Publish, postpone or cancel the fair; every applicant gets a letter about bad news."""
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    if (fair.state, order.step) not in FAIR_STEPS:
        raise Refused(FairRefusal.NOT_FROM_HERE, code=fair.code)
    bad_news = order.step in (FairStep.POSTPONE, FairStep.CANCEL)
    if bad_news and not any(text.strip() for text in order.reason.values()):
        raise Refused(FairRefusal.REASON_MISSING, code=fair.code)
    fair.state = FAIR_STEPS[fair.state, order.step]
    fair.state_reason = order.reason
    audit.record(session, actor, f"fair.{order.step.value}", now, fair_id=fair.id)
    if bad_news:
        for application_id in session.scalars(applicants_to_tell(fair.id)):
            outbox.post(
                session,
                "mail.fair_changed",
                now,
                application_id=application_id,
                step=order.step.value,
            )
    return fair


def _faults(session: Session, details: FairDetails) -> tuple[FairRefusal, ...]:
    found = list(day_faults(details.starts_on, details.ends_on))
    if not any(name.strip() for name in details.names.values()):
        found.append(FairRefusal.NO_NAME)
    if details.apply_from and details.apply_until and details.apply_until <= details.apply_from:
        found.append(FairRefusal.DEADLINES_REVERSED)
    if details.timezone not in available_timezones():
        found.append(FairRefusal.UNKNOWN_TIME_ZONE)
    elif (until := details.apply_until) is not None and (
        until.astimezone(ZoneInfo(details.timezone)).date() > details.ends_on
    ):
        found.append(FairRefusal.DEADLINE_AFTER_FAIR)
    if session.scalar(select(ProductGroup.id).where(ProductGroup.scheme == details.scheme).limit(1)) is None:
        found.append(FairRefusal.UNKNOWN_SCHEME)
    return tuple(found)


def _columns(details: FairDetails) -> dict[str, object]:
    return {name: getattr(details, name) for name in FairDetails.__dataclass_fields__}


def details_of(fair: Fair) -> FairDetails:
    """The fair as its organiser said it."""
    return FairDetails(**{name: getattr(fair, name) for name in FairDetails.__dataclass_fields__})


def _moved(at: datetime | None, by: timedelta) -> datetime | None:
    return None if at is None else at + by


def _make_organiser(session: Session, account_id: int, fair: Fair, now: datetime) -> None:
    session.add(RoleGrant(account_id=account_id, fair_id=fair.id, role=Role.ORGANISER, granted_at=now))
