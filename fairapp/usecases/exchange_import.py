"""Take lists of exhibitors and producers in: every row decided first, then everything written at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.allocation import ClaimState
from fairapp.rules.column_titles import Field
from fairapp.rules.columns import EXHIBITOR_FIELDS, PRODUCER_FIELDS
from fairapp.rules.errors import Missing
from fairapp.rules.fairs import days_of
from fairapp.rules.import_plan import ImportPlan, Part, RowPlan, WithoutBooth, plan_rows
from fairapp.rules.imports import Outcome, SourceRow
from fairapp.store.allocation import BoothClaim, ClaimDay, CoExhibitor, Exhibitor
from fairapp.store.base import LOCK, Base, one_at_a_time
from fairapp.store.exchange_queries import (
    exhibitors_known,
    imported_before,
    live_claims_by_booth,
    on_claims,
    organisations_known,
    stands_of,
)
from fairapp.store.fairs import Fair
from fairapp.store.producers import Organisation, Product
from fairapp.store.schemes import groups_of_scheme
from fairapp.usecases import audit
from fairapp.usecases.exchange_records import Settled, Surroundings, country_code, settle_record
from fairapp.usecases.permission import require

BATCH = 500
ALL_IMPORTS = "1157"
"""The name under which lists wait for each other: two that know the same maker must not both make it."""
# A contact person has no place in an organisation: people bring their own accounts.
FIELDS = {
    "exhibitors": tuple(each for each in EXHIBITOR_FIELDS if each is not Field.CONTACT),
    "producers": tuple(each for each in PRODUCER_FIELDS if each is not Field.CONTACT),
}


@dataclass(frozen=True, slots=True)
class ImportList:
    """A list that was read, what its columns mean, and for which fair (None: producers of no fair)."""

    fair_id: int | None
    rows: Sequence[SourceRow]
    columns: Mapping[Field, int]
    width: int
    without_booth: WithoutBooth = WithoutBooth.REFUSE
    file_name: str = ""


@dataclass(slots=True)
class Decided:
    """What the list will do: each row's end, and the newcomers as they will be kept."""

    plan: ImportPlan
    newcomers: list[Settled] = field(default_factory=list)


def plan_list(session: Session, actor: Actor, order: ImportList, now: datetime) -> Decided:
    """Decide every row without writing anything.

    :raises Missing: when there is no such fair for the actor.
    """
    fair = _fair(session, actor, order.fair_id)
    exhibitors = organisations_known(session) if fair is None else exhibitors_known(session, fair.id)
    plan = plan_rows(
        order.rows,
        order.columns,
        order.width,
        () if fair is None else stands_of(session, fair.id),
        exhibitors,
        country_code=country_code,
        without_booth=order.without_booth,
    )
    scheme = "ocop2021" if fair is None else fair.scheme
    groups = tuple((group.code, group.names) for group in groups_of_scheme(session, scheme))
    around = Surroundings("VN" if fair is None else fair.country, scheme, groups, now)
    newcomers = [settle_record(record, around) for record in plan.newcomers]
    return Decided(_with_notes(plan, newcomers), newcomers)


def import_list(session: Session, actor: Actor, order: ImportList, now: datetime) -> ImportPlan:
    """Take the list in, the whole of it or nothing; what is there already stays as it is."""
    fair = _fair(session, actor, order.fair_id, lock=True)
    one_at_a_time(session, [ALL_IMPORTS])
    decided = plan_list(session, actor, order, now)
    organisations = _keep_organisations(session, decided.newcomers)
    if fair is not None:
        exhibitors = _admit(session, fair, organisations, now)
        _place(session, actor, fair, decided.plan.rows, exhibitors, now)
    figures = decided.plan.figures()
    audit.record(
        session,
        actor,
        "list.imported",
        now,
        fair_id=None if fair is None else fair.id,
        kind="producers" if fair is None else "exhibitors",
        file=order.file_name[:200],
        **figures,
    )
    session.flush()
    session.expire_all()  # rows went in beside the objects this session may know
    return decided.plan


def _fair(session: Session, actor: Actor, fair_id: int | None, lock: bool = False) -> Fair | None:
    if fair_id is None:
        if actor.fairs_with(Permission.LIST_IMPORT) == frozenset():
            require(actor, Permission.LIST_IMPORT)
        return None
    fair = session.get(Fair, fair_id, with_for_update=LOCK if lock else None)
    if fair is None or not actor.may(Permission.FAIR_SEE, fair.id):
        raise Missing
    require(actor, Permission.LIST_IMPORT, fair.id)
    return fair


def _with_notes(plan: ImportPlan, newcomers: Sequence[Settled]) -> ImportPlan:
    """Say what could not be read of a newcomer in the row that brings it in."""
    said: set[int] = set()
    rows = []
    for row in plan.rows:
        number = row.newcomer
        if number is not None and number not in said and row.outcome is not Outcome.REFUSED:
            said.add(number)
            if newcomers[number].notes:
                row = replace(row, notes=tuple(dict.fromkeys(row.notes + newcomers[number].notes)))
        rows.append(row)
    return replace(plan, rows=tuple(rows))


def _insert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert in batches, one statement each; answer the new ids in the order of the rows."""
    ids: list[int] = []
    id_column: Any = table.id  # type: ignore[attr-defined]
    statement = insert(table).returning(id_column, sort_by_parameter_order=True)
    for start in range(0, len(rows), BATCH):
        ids += session.scalars(statement, rows[start : start + BATCH])
    return ids


def _keep_organisations(session: Session, newcomers: Sequence[Settled]) -> list[int]:
    """The organisations of the newcomers: those an earlier import made, and new ones for all others."""
    known = imported_before(session, (each.import_key for each in newcomers))
    fresh = {each.import_key: each for each in newcomers if each.import_key not in known}
    rows = [each.organisation for each in fresh.values()]
    made = dict(zip(fresh, _insert(session, Organisation, rows), strict=True))
    products = [
        {**product, "organisation_id": made[key]} for key, each in fresh.items() for product in each.products
    ]
    for start in range(0, len(products), BATCH):
        session.execute(insert(Product), products[start : start + BATCH])
    ids = known | made
    return [ids[each.import_key] for each in newcomers]


def _admit(session: Session, fair: Fair, organisations: Sequence[int], now: datetime) -> list[int]:
    """An exhibitor for each of the organisations; one that came to the fair by another name stays one."""
    there: dict[int, int] = {}
    for organisation_id, exhibitor_id in session.execute(
        select(Exhibitor.organisation_id, Exhibitor.id).where(Exhibitor.fair_id == fair.id)
    ):
        there[organisation_id] = exhibitor_id
    fresh = [each for each in dict.fromkeys(organisations) if each not in there]
    new = [{"fair_id": fair.id, "organisation_id": each, "admitted_at": now} for each in fresh]
    there |= dict(zip(fresh, _insert(session, Exhibitor, new), strict=True))
    return [there[each] for each in organisations]


def _place(
    session: Session,
    actor: Actor,
    fair: Fair,
    rows: Sequence[RowPlan],
    exhibitors: Sequence[int],
    now: datetime,
) -> None:
    """Write the claims of the holders with their days, then everybody who shares a booth."""
    claims, sharing, back = [], [], set()
    for row in rows:
        if row.outcome is Outcome.REFUSED:
            continue
        if row.known_id is not None:
            exhibitor_id = row.known_id
            back.add(exhibitor_id)
        else:
            assert row.newcomer is not None
            exhibitor_id = exhibitors[row.newcomer]
        for placement in row.placements:
            if placement.part is Part.HOLDER:
                claims.append(_claim(actor, placement.stand_id, exhibitor_id, now))
            elif placement.part is Part.CO_EXHIBITOR:
                sharing.append((placement.stand_id, exhibitor_id))
    ids = _insert(session, BoothClaim, claims)
    days = days_of(fair.starts_on, fair.ends_on)
    held = [
        {"booth_id": claim["booth_id"], "day": day, "claim_id": claim_id}
        for claim, claim_id in zip(claims, ids, strict=True)
        for day in days
    ]
    for start in range(0, len(held), BATCH * 4):
        session.execute(insert(ClaimDay), held[start : start + BATCH * 4])
    _share(session, fair, sharing, now)
    _bring_back(session, sorted(back))


def _claim(actor: Actor, booth_id: int, exhibitor_id: int, now: datetime) -> dict[str, Any]:
    return {
        "booth_id": booth_id,
        "exhibitor_id": exhibitor_id,
        "state": ClaimState.CONFIRMED,
        "made_at": now,
        "made_by_id": actor.account_id,
    }


def _share(session: Session, fair: Fair, sharing: Sequence[tuple[int, int]], now: datetime) -> None:
    if not sharing:
        return
    claim_of, there = live_claims_by_booth(session, fair.id), on_claims(session, fair.id)
    wanted = dict.fromkeys((claim_of[booth_id], exhibitor_id) for booth_id, exhibitor_id in sharing)
    rows = [
        {"claim_id": claim_id, "exhibitor_id": exhibitor_id, "added_at": now}
        for claim_id, exhibitor_id in wanted
        if (claim_id, exhibitor_id) not in there  # an organisation whose name was changed since
    ]
    for start in range(0, len(rows), BATCH):
        session.execute(insert(CoExhibitor), rows[start : start + BATCH])


def _bring_back(session: Session, exhibitor_ids: Sequence[int]) -> None:
    """Who left the fair and stands in the list again is back."""
    for start in range(0, len(exhibitor_ids), BATCH):
        session.execute(
            update(Exhibitor)
            .where(Exhibitor.id.in_(exhibitor_ids[start : start + BATCH]), Exhibitor.left_at.is_not(None))
            .values(left_at=None),
            execution_options={"synchronize_session": False},
        )
