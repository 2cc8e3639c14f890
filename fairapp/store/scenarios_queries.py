"""Questions about scenarios: those of a fair, who sits where in one, and what is being worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from fairapp.rules.jobs import UNDER_WAY
from fairapp.store.allocation import Exhibitor
from fairapp.store.allocation_board import first_group
from fairapp.store.fairs import Booth, Hall
from fairapp.store.operations import Job
from fairapp.store.producers import Organisation
from fairapp.store.scenarios import Scenario, ScenarioSeat

PLANNING = "allocate"
"""The name of the long work."""


class SeatRow(NamedTuple):
    """A seat with whose it is."""

    seat: ScenarioSeat
    name: str
    group: str | None


class BoothWord(NamedTuple):
    """What is said of a booth in a list."""

    id: int
    code: str
    hall: str


def scenarios_of(session: Session, fair_id: int) -> Sequence[Scenario]:
    """The fair's scenarios, the newest first; a fair keeps fifty at most."""
    wanted = select(Scenario).where(Scenario.fair_id == fair_id).order_by(Scenario.id.desc())
    return session.scalars(wanted.options(joinedload(Scenario.made_by))).all()


def seat_rows(scenario_id: int) -> Select[*tuple[Any, ...]]:
    """Everybody in the scenario with names and groups."""
    return (
        select(ScenarioSeat, Organisation.name, first_group())
        .join(Exhibitor, Exhibitor.id == ScenarioSeat.exhibitor_id)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(ScenarioSeat.scenario_id == scenario_id)
        .order_by(Organisation.name_key, Exhibitor.id)
    )


def all_seats(session: Session, scenario_id: int) -> list[SeatRow]:
    """All of them: a plan is drawn and compared as a whole."""
    return [SeatRow(*row) for row in session.execute(seat_rows(scenario_id))]


def seat_of(session: Session, scenario_id: int, exhibitor_id: int) -> SeatRow | None:
    """One exhibitor's seat."""
    row = session.execute(seat_rows(scenario_id).where(ScenarioSeat.exhibitor_id == exhibitor_id)).first()
    return None if row is None else SeatRow(*row)


def booth_words(session: Session, booth_ids: Iterable[int]) -> dict[int, BoothWord]:
    """Codes and halls of these booths."""
    rows = session.execute(
        select(Booth.id, Booth.code, Hall.code)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Booth.id.in_(sorted(set(booth_ids))))
    )
    return {row[0]: BoothWord(*row) for row in rows}


def names_of(session: Session, exhibitor_ids: Iterable[int]) -> dict[int, str]:
    """Names of these exhibitors."""
    rows = session.execute(
        select(Exhibitor.id, Organisation.name)
        .join(Organisation, Organisation.id == Exhibitor.organisation_id)
        .where(Exhibitor.id.in_(sorted(set(exhibitor_ids))))
    )
    return {row[0]: row[1] for row in rows}


def planning_job(session: Session, fair_id: int, under_way: bool = True) -> Job | None:
    """The fair's planning that is under way, or else the last one."""
    wanted = select(Job).where(Job.fair_id == fair_id, Job.name == PLANNING).order_by(Job.id.desc()).limit(1)
    return session.scalar(wanted.where(Job.state.in_(UNDER_WAY)) if under_way else wanted)


def scenario_count(session: Session, fair_id: int) -> int:
    """How many scenarios the fair has."""
    return session.scalar(select(func.count()).where(Scenario.fair_id == fair_id)) or 0
