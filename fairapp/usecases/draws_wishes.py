"""Write down what an applicant wishes of its place: booths, halls and zones in order, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.errors import Invalid, Refused
from fairapp.rules.text import LONGEST_NAME, clean, fold, name_key
from fairapp.rules.wishes import (
    MOST_APART,
    MOST_NEAR,
    MOST_WISHES,
    TAKEN_FROM,
    Beside,
    Wished,
    WishFault,
    WishKind,
    WishRefusal,
)
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of
from fairapp.store.fairs import Booth, Fair, Hall
from fairapp.store.fairs_queries import groups_of
from fairapp.store.wishes import BoothPreference, NeighbourWish
from fairapp.usecases import audit
from fairapp.usecases.permission import require_member


@dataclass(frozen=True, slots=True)
class KeepWishes:
    """All wishes of an application at once; blank ones are left out."""

    application_id: int
    wished: tuple[Wished, ...] = ()
    near: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


def keep_wishes(session: Session, actor: Actor, order: KeepWishes, now: datetime) -> None:
    """Replace the application's wishes by these.

    :raises Invalid: per field (``what_1``, ``near_1``, ``apart_1``), why.
    :raises Refused: when the application has ended or the fair is over.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    fair = application.fair
    is_over = now.astimezone(ZoneInfo(fair.timezone)).date() > fair.ends_on
    if application.state not in TAKEN_FROM or is_over:
        raise Refused(WishRefusal.TOO_LATE)
    wrong: dict[str, Enum] = {}
    ranked = _ranked(session, application, order.wished, wrong)
    beside = _beside(application, order, wrong)
    if wrong:
        raise Invalid(**wrong)
    for table in (BoothPreference, NeighbourWish):
        session.execute(delete(table).where(table.application_id == application.id))
    session.add_all([*ranked, *beside])
    audit.record(
        session,
        actor,
        "application.wished",
        now,
        fair_id=fair.id,
        application=application.id,
        ranked=len(ranked),
        neighbours=len(beside),
    )


def _ranked(
    session: Session, application: Application, wished: tuple[Wished, ...], wrong: dict[str, Enum]
) -> list[BoothPreference]:
    kept: dict[tuple[object, ...], BoothPreference] = {}
    zones = _zones(session, application.fair)
    for at, each in enumerate(wished[:MOST_WISHES], start=1):
        if not each.what.strip():
            continue
        found = _found(session, application.fair_id, each, zones)
        if isinstance(found, WishFault):
            wrong[f"what_{at}"] = found
            continue
        same = (found.booth_id, found.hall_id, found.zone)
        if same in kept:
            wrong[f"what_{at}"] = WishFault.TWICE
        found.application_id, found.rank = application.id, len(kept) + 1
        kept[same] = found
    return list(kept.values())


def _found(
    session: Session, fair_id: int, each: Wished, zones: dict[str, str]
) -> BoothPreference | WishFault:
    what = " ".join(each.what.split())
    if each.kind is WishKind.ZONE:
        zone = zones.get(fold(what))
        return WishFault.NO_SUCH_ZONE if zone is None else BoothPreference(kind=each.kind, zone=zone)
    if each.kind is WishKind.HALL:
        halls = session.scalars(select(Hall).where(Hall.fair_id == fair_id)).all()
        for hall in halls:
            if fold(what) in {fold(name) for name in (hall.code, *hall.names.values())}:
                return BoothPreference(kind=each.kind, hall_id=hall.id)
        return WishFault.NO_SUCH_HALL
    booths = session.scalars(
        select(Booth.id)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Booth.fair_id == fair_id, Booth.retired_at.is_(None), Booth.is_let)
        .where(or_(_same(Booth.code + "", what), _same(Hall.code + " " + Booth.code, what)))
        .limit(2)
    ).all()
    if not booths:
        return WishFault.NO_SUCH_BOOTH
    return (
        WishFault.SEVERAL_BOOTHS if len(booths) > 1 else BoothPreference(kind=each.kind, booth_id=booths[0])
    )


def _same(column: ColumnElement[str], what: str) -> ColumnElement[bool]:
    return func.lower(column) == what.lower()


def _zones(session: Session, fair: Fair) -> dict[str, str]:
    """Every word for a zone, folded, and the zone as booths have it."""
    on_plan = session.scalars(select(Booth.zone).distinct().where(Booth.fair_id == fair.id))
    words = {fold(zone): zone for zone in on_plan if zone}
    for group in groups_of(session, fair):
        words |= {fold(name): group.code for name in (group.code, *group.names.values())}
    named = fair.settings.get("zones", {})
    for code, names in named.items() if isinstance(named, dict) else ():
        words |= {fold(str(name)): str(code) for name in (code, *names.values())}
    return words


def _beside(application: Application, order: KeepWishes, wrong: dict[str, Enum]) -> list[NeighbourWish]:
    own = {name_key(name) for name in (application.organisation.name, application.organisation.name_latin)}
    kept: dict[str, NeighbourWish] = {}
    asked = (
        (Beside.NEAR, "near", order.near[:MOST_NEAR]),
        (Beside.APART, "apart", order.apart[:MOST_APART]),
    )
    for kind, field, names in asked:
        for at, said in enumerate(names, start=1):
            if not said.strip():
                continue
            if len(said) > LONGEST_NAME:
                wrong[f"{field}_{at}"] = WishFault.TOO_LONG
                continue
            name = clean(said, longest=LONGEST_NAME)
            key = name_key(name)
            if key in own:
                wrong[f"{field}_{at}"] = WishFault.ITSELF
            elif key in kept:
                both = kept[key].kind is not kind
                wrong[f"{field}_{at}"] = WishFault.NEAR_AND_APART if both else WishFault.TWICE
            else:
                kept[key] = NeighbourWish(
                    application_id=application.id, kind=kind, name=name, name_key=key[:300]
                )
    return list(kept.values())
