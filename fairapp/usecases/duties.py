"""Everything that exhibitors owe their fair, put together from every room: the one place that knows them all.

The exhibitor's page, the organiser's list and the letters read the same duties. Each room is asked once,
however many exhibitors there are, and says each duty once for all of them whom it concerns alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.contracts import ContractSettings, SignatureState, SignBefore
from fairapp.rules.documents import DocumentKind, Standing, Stops, applicant, asked_of, by_products, standing
from fairapp.rules.duties import Duty, DutyKind, in_order, state_of, state_of_answer
from fairapp.rules.form_versions import owed
from fairapp.rules.forms import closes_at, form_settings
from fairapp.rules.manual import AnswerState, TaskKind, asks
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.questions import body_from
from fairapp.store import duties_queries as rows
from fairapp.store.applications_forms import FormAnswer, FormVersion
from fairapp.store.applications_forms_queries import newest_versions
from fairapp.store.badges_queries import floors_of
from fairapp.store.contracts_queries import versions_of
from fairapp.store.documents_queries import as_rule, requirements_of
from fairapp.store.duties_queries import People, Shown
from fairapp.store.fairs import Fair
from fairapp.store.manual import ManualTask
from fairapp.store.manual_queries import halls_chosen, halls_held, tasks_of
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

    ``tasks_only``: of the manual alone.
    """
    owed = owed_by(session, fair, people, now, tasks_only=tasks_only)
    return {exhibitor_id: in_order(duties) for exhibitor_id, duties in owed.items()}


def owed_by(
    session: Session, fair: Fair, people: People, now: datetime, *, tasks_only: bool = False
) -> dict[int, list[Duty]]:
    """The same in no order, for whoever looks at many and shows few."""
    asked = _Asked(session, fair, people, now)
    found: dict[int, list[Duty]] = {person.id: [] for person in people.rows}
    if found:
        for room in (_tasks,) if tasks_only else (_tasks, _details, _documents, _contract, _payments):
            for exhibitor_id, duty in room(asked):
                if exhibitor_id in found:
                    found[exhibitor_id].append(duty)
    return found


def _tasks(asked: _Asked) -> Found:
    """The manual's own; who stands at the booth is asked even where no task of the manual does."""
    session, fair, ids, now = asked.session, asked.fair, asked.people.ids, asked.now
    tasks = [_Task(row, now) for row in tasks_of(session, fair.id)]
    states = rows.answer_states(session, ids)
    named, floors = rows.people_named(session, ids), floors_of(session, ids)
    comes = _coming(asked) if any(task.kind is TaskKind.MOVE_IN for task in tasks) else frozenset()
    allotted = cache(lambda area, sharing: allotted_at(fair, area, sharing))
    of_kind = cache(lambda kind: [task for task in tasks if asks(task.asking, kind)])
    until = fair.badges_until
    badges = {
        done: Duty(
            DutyKind.BADGES, state_of(done=done, waits=False, due_at=until, now=now), until, place="badges"
        )
        for done in (True, False)
    }
    for exhibitor_id, booth_kind in ((person.id, person.booth_kind) for person in asked.people.rows):
        people, (area, sharing) = named.get(exhibitor_id, 0), floors.get(exhibitor_id, (0.0, 0))
        is_asked_for_people = False
        for task in of_kind(booth_kind):
            state = states.get((exhibitor_id, task.id), AnswerState.OPEN)
            if task.kind is TaskKind.STAFF:
                is_asked_for_people = True
                everybody = 0 < allotted(area, sharing) <= people
                handed_in = everybody or (state is not AnswerState.OPEN and people > 0)
                state = AnswerState.ANSWERED if handed_in else AnswerState.OPEN
            elif task.kind is TaskKind.MOVE_IN and exhibitor_id not in comes:
                state = AnswerState.OPEN
            yield exhibitor_id, task.duties[state]
        if area > 0 and not is_asked_for_people:
            yield exhibitor_id, badges[people > 0]


class _Task:
    """A task with what it means to whoever has answered it so far; read once, asked of everybody."""

    def __init__(self, row: ManualTask, now: datetime) -> None:
        self.id, self.kind, self.asking = row.id, row.kind, row.asking
        self.duties = {state: _of_task(row, state, now) for state in AnswerState}


def _coming(asked: _Asked) -> frozenset[int]:
    """Who has chosen a slot to move in that suits a hall in which it has a place."""
    hall_chosen = halls_chosen(asked.session, asked.fair.id)
    halls = halls_held(asked.session, asked.people.ids)
    return frozenset(
        exhibitor_id
        for exhibitor_id, hall_id in hall_chosen.items()
        if hall_id is None or hall_id in halls.get(exhibitor_id, frozenset())
    )


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
    session, now = asked.session, asked.now
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

    nothing_given = cache(lambda current: is_open(None, current))

    @cache
    def duty(done: bool, due_at: datetime | None) -> Duty:
        how = state_of(done=done, waits=False, due_at=due_at, now=now)
        return Duty(DutyKind.DETAILS, how, due_at, place="details")

    for person in asked.people.rows:
        own, every = forms.get(person.booth_kind_id), forms.get(None)
        current = versions.get(own or 0) or versions.get(every or 0)
        if current is None:
            continue
        answer, extended = given.get(person.application_id), longer.get(person.application_id)
        due_at = closes_at(until, extended.until if extended else None)
        still = nothing_given(current) if answer is None else is_open(answer, current)
        yield person.id, duty(not still, due_at)


def _documents(asked: _Asked) -> Found:
    """Each kind of document that the fair asks of each."""
    session, fair = asked.session, asked.fair
    wanted = [as_rule(row) for row in requirements_of(session, fair.id)]
    if not wanted:
        return
    kept = rows.papers_kept(session, asked.people.organisation_ids)
    goods = (
        rows.products_shown_by(session, asked.people.application_ids) if any(map(by_products, wanted)) else {}
    )
    home, last_day, opening = fair.country, fair.ends_on, asked.opening

    @cache
    def asked_here(
        kind: OrganisationKind, is_at_home: bool, booth_kind: str | None, shown: frozenset[Shown]
    ) -> tuple[tuple[DocumentKind, bool], ...]:
        of = applicant(kind, is_at_home, booth_kind, shown)
        return tuple((each, stops is not Stops.NOTHING) for each, stops in asked_of(wanted, of).items())

    @cache
    def duty(kind: DocumentKind, is_required: bool, stands: Standing) -> Duty:
        how = state_of(
            done=stands is Standing.VALID,
            waits=stands is Standing.WAITING,
            due_at=opening,
            now=asked.now,
            is_required=is_required,
        )
        is_returned = stands is Standing.REFUSED
        return Duty(
            DutyKind.DOCUMENT, how, opening, {}, kind, "documents", is_required, is_returned=is_returned
        )

    for person in asked.people.rows:
        shown = goods.get(person.application_id, frozenset())
        for kind, is_required in asked_here(person.kind, person.country == home, person.booth_kind, shown):
            stands, _place = standing(kept.get((person.organisation_id, kind), ()), last_day)
            yield person.id, duty(kind, is_required, stands)


def _contract(asked: _Asked) -> Found:
    """The contract in force, or the signature under a newer version of it."""
    versions = versions_of(asked.session, asked.fair.id)
    if not versions:
        return
    floor, signed = floor_of(versions), rows.last_signatures(asked.session, asked.people.application_ids)
    opening = asked.opening
    is_required = ContractSettings.read(asked.fair.settings).before is not SignBefore.NOTHING

    @cache
    def duty(state: SignatureState, enough: bool) -> Duty:
        how = state_of(
            done=enough and state is SignatureState.COUNTERSIGNED,
            waits=enough and state is SignatureState.SIGNED,
            due_at=opening,
            now=asked.now,
            is_required=is_required,
        )
        is_returned = state is SignatureState.REFUSED
        return Duty(
            DutyKind.CONTRACT,
            how,
            opening,
            place="contract",
            is_required=is_required,
            is_returned=is_returned,
        )

    for person in asked.people.rows:
        state, version = signed.get(person.application_id, (SignatureState.UNSIGNED, 0))
        yield person.id, duty(state, version >= floor)


def _payments(asked: _Asked) -> Found:
    """What was invoiced, each instalment on its day."""

    @cache
    def duty(due_on: date, still: int, amount: int, currency: str) -> Duty:
        due_at = asked.end_of(due_on)
        how = state_of(done=still <= 0, waits=False, due_at=due_at, now=asked.now)
        sum_said = still if still > 0 else amount
        return Duty(DutyKind.PAYMENT, how, due_at, place="money", amount_minor=sum_said, currency=currency)

    for exhibitor_id, *part in rows.parts_owed(asked.session, asked.people.ids):
        yield exhibitor_id, duty(*part)
