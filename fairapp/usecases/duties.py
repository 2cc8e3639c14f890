"""Everything that exhibitors owe their fair, put together from every room: the one place that knows them all.

The exhibitor's page, the organiser's list and the letters read the same duties. Each room is asked once,
however many exhibitors there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.contracts import ContractSettings, SignatureState, SignBefore
from fairapp.rules.documents import Standing, Stops, applicant, asked_of, standing
from fairapp.rules.duties import Duty, DutyKind, in_order, state_of, state_of_answer
from fairapp.rules.form_versions import owed
from fairapp.rules.forms import closes_at, form_settings
from fairapp.rules.manual import AnswerState, TaskKind, asks
from fairapp.rules.questions import body_from
from fairapp.store import duties_queries as rows
from fairapp.store.applications_forms import FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import newest_versions
from fairapp.store.badges_queries import floors_of
from fairapp.store.contracts_queries import versions_of
from fairapp.store.documents_queries import as_rule, requirements_of
from fairapp.store.duties_queries import People
from fairapp.store.fairs import Fair
from fairapp.store.manual import ManualTask
from fairapp.store.manual_queries import bookings_in, halls_held, tasks_of
from fairapp.usecases.badges import allotted_at
from fairapp.usecases.guarding_contracts import floor_of

Found = Iterator[tuple[int, Duty]]
"""(exhibitor's number, duty)"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Of whom it is asked, and when."""

    session: Session
    fair: Fair
    people: People
    now: datetime

    def end_of(self, day: date) -> datetime:
        """The last minute of a day where the fair is."""
        return datetime.combine(day, time(23, 59), ZoneInfo(self.fair.timezone))

    @property
    def opening(self) -> datetime:
        """When the fair's first day begins: until then papers have to be there."""
        return datetime.combine(self.fair.starts_on, time(0, 0), ZoneInfo(self.fair.timezone))


def duties_of(
    session: Session, fair: Fair, people: People, now: datetime, *, tasks_only: bool = False
) -> dict[int, list[Duty]]:
    """What each of these exhibitors of the fair owes, by day.

    ``tasks_only``: of the manual alone, for whoever looks often.
    """
    asked = _Asked(session, fair, people, now)
    found: dict[int, list[Duty]] = {person.id: [] for person in people.rows}
    if found:
        for room in (_tasks,) if tasks_only else (_tasks, _details, _documents, _contract, _payments):
            for exhibitor_id, duty in room(asked):
                if exhibitor_id in found:
                    found[exhibitor_id].append(duty)
    return {exhibitor_id: in_order(duties) for exhibitor_id, duties in found.items()}


def _tasks(asked: _Asked) -> Found:
    """The manual's own; who stands at the booth is asked even where no task of the manual does."""
    session, ids = asked.session, asked.people.ids
    tasks = tasks_of(session, asked.fair.id)
    states = rows.answer_states(session, ids)
    named, floors = rows.people_named(session, ids), floors_of(session, ids)
    slots, halls = bookings_in(session, asked.fair.id), halls_held(session, ids)
    of_kind = cache(lambda kind: [task for task in tasks if asks(task.asking, kind)])
    for person in asked.people.rows:
        people, (area, sharing) = named.get(person.id, 0), floors.get(person.id, (0.0, 0))
        mine = of_kind(person.booth_kind)
        for task in mine:
            state = states.get((person.id, task.id), AnswerState.OPEN)
            if task.kind is TaskKind.STAFF:
                everybody = 0 < allotted_at(asked.fair, area, sharing) <= people
                handed_in = everybody or (state is not AnswerState.OPEN and people > 0)
                state = AnswerState.ANSWERED if handed_in else AnswerState.OPEN
            elif task.kind is TaskKind.MOVE_IN:
                slot = slots.get(person.id)
                fits = slot is not None and (
                    slot.hall_id is None or slot.hall_id in halls.get(person.id, frozenset())
                )
                state = state if fits else AnswerState.OPEN
            yield person.id, _of_task(task, state, asked.now)
        if area > 0 and not any(task.kind is TaskKind.STAFF for task in mine):
            until = asked.fair.badges_until
            how = state_of(done=people > 0, waits=False, due_at=until, now=asked.now)
            yield person.id, Duty(DutyKind.BADGES, how, until, place="badges")


def _of_task(task: ManualTask, state: AnswerState, now: datetime) -> Duty:
    how = state_of_answer(
        state, is_checked=task.is_checked, due_at=task.due_at, now=now, is_required=task.is_required
    )
    return Duty(
        DutyKind.TASK,
        how,
        task.due_at,
        task.names,
        task.kind,
        f"manual/{task.id}",
        task.is_required,
        state is AnswerState.RETURNED,
        task_id=task.id,
    )


def _details(asked: _Asked) -> Found:
    """The organiser's questions after acceptance."""
    session = asked.session
    forms = rows.forms_for_details(session, asked.fair.id)
    versions = newest_versions(session, forms.values())
    if not versions:
        return
    given = rows.details_given(session, asked.people.application_ids)
    longer = rows.more_time(session, asked.people.application_ids)
    until = form_settings(asked.fair.settings).details_until
    body = cache(lambda version: body_from(version.body))

    def is_open(answer: FormAnswer | None, current: FormVersion) -> bool:
        before = current if answer is None else answer.form_version
        return bool(owed(body(before), body(current), {} if answer is None else answer.answers))

    for person in asked.people.rows:
        own, every = forms.get(person.booth_kind_id), forms.get(None)
        current = versions.get(own or 0) or versions.get(every or 0)
        if current is None:
            continue
        extended = longer.get(person.application_id)
        due_at = closes_at(until, extended.until if extended else None)
        done = not is_open(given.get(person.application_id), current)
        how = state_of(done=done, waits=False, due_at=due_at, now=asked.now)
        yield person.id, Duty(DutyKind.DETAILS, how, due_at, place="details")


def _documents(asked: _Asked) -> Found:
    """Each kind of document that the fair asks of each."""
    session = asked.session
    wanted = [as_rule(row) for row in requirements_of(session, asked.fair.id)]
    if not wanted:
        return
    kept = rows.papers_kept(session, asked.people.organisation_ids)
    shown = rows.products_shown_by(session, asked.people.application_ids)
    home, opening = asked.fair.country, asked.opening
    for person in asked.people.rows:
        goods = shown.get(person.application_id, ())
        whom = applicant(person.kind, person.country == home, person.booth_kind, goods)
        for kind, stops in asked_of(wanted, whom).items():
            papers = [paper for paper in kept.get(person.organisation_id, ()) if paper.kind is kind]
            stands, _place = standing(papers, asked.fair.ends_on)
            is_required = stops is not Stops.NOTHING
            how = state_of(
                done=stands is Standing.VALID,
                waits=stands is Standing.WAITING,
                due_at=opening,
                now=asked.now,
                is_required=is_required,
            )
            yield (
                person.id,
                Duty(
                    DutyKind.DOCUMENT,
                    how,
                    opening,
                    what=kind,
                    place="documents",
                    is_required=is_required,
                    is_returned=stands is Standing.REFUSED,
                ),
            )


def _contract(asked: _Asked) -> Found:
    """The contract in force, or the signature under a newer version of it."""
    versions = versions_of(asked.session, asked.fair.id)
    if not versions:
        return
    floor, signed = floor_of(versions), rows.last_signatures(asked.session, asked.people.application_ids)
    opening = asked.opening
    is_required = ContractSettings.read(asked.fair.settings).before is not SignBefore.NOTHING
    for person in asked.people.rows:
        state, version = signed.get(person.application_id, (SignatureState.UNSIGNED, 0))
        enough = version >= floor
        how = state_of(
            done=enough and state is SignatureState.COUNTERSIGNED,
            waits=enough and state is SignatureState.SIGNED,
            due_at=opening,
            now=asked.now,
            is_required=is_required,
        )
        yield (
            person.id,
            Duty(
                DutyKind.CONTRACT,
                how,
                opening,
                place="contract",
                is_required=is_required,
                is_returned=state is SignatureState.REFUSED,
            ),
        )


def _payments(asked: _Asked) -> Found:
    """What was invoiced, each instalment on its day."""
    for part in rows.parts_owed(asked.session, asked.people.ids):
        due_at, still = asked.end_of(part.due_on), part.open_minor
        how = state_of(done=still <= 0, waits=False, due_at=due_at, now=asked.now)
        yield (
            part.exhibitor_id,
            Duty(
                DutyKind.PAYMENT,
                how,
                due_at,
                place="money",
                amount_minor=still if still > 0 else part.amount_minor,
                currency=part.currency,
            ),
        )
