"""The manual from the organiser's wish to the exhibitor's answer, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM, Actor, Role
from fairapp.rules.applications import State
from fairapp.rules.contracts import SignatureState
from fairapp.rules.documents import DocumentKind, DocumentState
from fairapp.rules.duties import Duty, DutyKind, DutyState
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.manual import MOST_SLOTS, MOST_TASKS, AnswerState, AnswerStep, ManualFault, ManualRefusal
from fairapp.rules.manual import TaskKind as Kind
from fairapp.rules.questions import Body, Need, Phase, Question, QuestionType, Section
from fairapp.store.allocation import Exhibitor
from fairapp.store.applications_forms import FormVersion
from fairapp.store.base import db, transaction
from fairapp.store.billing import Instalment
from fairapp.store.contracts import Contract
from fairapp.store.duties_queries import people_of
from fairapp.store.fairs import Fair
from fairapp.store.manual import ManualTask, MoveInSlot, SlotBooking, TaskAnswer
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.duties import duties_of
from fairapp.usecases.manual import (
    AddSlots,
    KeepTask,
    add_slots,
    keep_task,
    remove_slot,
    remove_task,
    resize_slot,
)
from fairapp.usecases.manual_answers import AnswerTask, CheckAnswer, answer_task, check_answer
from tests import factories as make
from tests.asking import statements

NOW = make.NOW
PEOPLE = 6


def of(session: Session, fair: Fair, some: Sequence[Exhibitor], now: datetime = NOW) -> dict[int, list[Duty]]:
    """What these exhibitors owe."""
    return duties_of(session, fair, people_of(session, fair.id, [each.id for each in some]), now)


class Desk:
    """A fair, an exhibitor of it with a booth in hall A, and an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        self.hall = make.hall(session, self.fair)
        self.organisation = make.organisation(session)
        self.application = make.application(
            session, self.organisation, self.fair, state=State.CONFIRMED, booth_kind_id=self.kind.id
        )
        self.exhibitor = make.exhibitor(
            session, self.organisation, self.fair, application_id=self.application.id
        )
        make.claim(session, make.booth(session, self.hall), self.exhibitor, self.fair)
        self.maker: Actor = make.actor(acting_for=(self.organisation,))
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def answer(self, session: Session, task: ManualTask, now: datetime = NOW, **values: Any) -> TaskAnswer:
        return answer_task(session, self.maker, AnswerTask(self.application.id, task.id, **values), now)

    def check(self, session: Session, answer: TaskAnswer, step: AnswerStep, reason: str = "") -> TaskAnswer:
        return check_answer(session, self.organiser, CheckAnswer(self.fair.id, answer.id, step, reason), NOW)

    def duties(self, session: Session, now: datetime = NOW) -> list[Duty]:
        return of(session, self.fair, [self.exhibitor], now)[self.exhibitor.id]

    def states(self, session: Session) -> list[DutyState]:
        """How the manual's own tasks stand."""
        return [duty.state for duty in self.duties(session) if duty.kind is DutyKind.TASK]


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def audited(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def test_the_fascia_is_written_where_signs_are_made_from(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    for wrong in ("", "x" * 33, "Chè <3"):
        with pytest.raises(Invalid):
            desk.answer(session, task, text=wrong)
    assert desk.exhibitor.fascia_name == ""
    answer = desk.answer(session, task, text="  CHÈ  SUỐI GIÀNG ")
    assert (desk.exhibitor.fascia_name, answer.value) == ("CHÈ SUỐI GIÀNG", {"text": "CHÈ SUỐI GIÀNG"})
    assert (answer.state, answer.answered_at) == (AnswerState.ANSWERED, NOW)


def test_the_same_answer_twice_is_one_answer(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    for later in range(2):
        desk.answer(session, task, NOW + timedelta(seconds=later), text="SUỐI GIÀNG")
    assert session.scalars(select(TaskAnswer.answered_at)).all() == [NOW]
    assert audited(session) == ["manual.answered"]


def test_an_answer_changes_until_its_day_and_a_missing_one_comes_late(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    late = task.due_at + timedelta(minutes=1)
    assert desk.answer(session, task, late, text="MUỘN").state is AnswerState.ANSWERED
    with pytest.raises(Refused) as refused:
        desk.answer(session, task, late, text="MUỘN HƠN")
    assert refused.value.reasons == (ManualRefusal.CLOSED,)
    assert desk.exhibitor.fascia_name == "MUỘN"


def test_the_catalogues_text_is_what_the_profile_says_if_it_fits(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, Kind.CATALOGUE, most=40)
    assert desk.answer(session, task).value == dict(desk.organisation.story)
    desk.organisation.story = {"vi": "Ngắn.", "en": "x" * 41}
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, task)
    assert wrong.value.fields == {"story_en": ManualFault.TOO_LONG}
    assert wrong.value.facts_of("story_en") == {"over": 1}
    desk.organisation.story = {}
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, task)
    assert wrong.value.fields == {"story_vi": ManualFault.EMPTY}


def test_people_are_read_from_the_badges(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, Kind.STAFF)
    with pytest.raises(Refused) as refused:
        desk.answer(session, task)
    assert refused.value.reasons == (ManualRefusal.NOBODY_NAMED,)
    for named in range(1, 6):
        make.badge(session, desk.exhibitor)
        (duty,) = desk.duties(session)
        # Five come with nine square metres; until then somebody says that these are all.
        assert duty.state is (DutyState.DONE if named == 5 else DutyState.DUE)
    assert session.scalars(select(TaskAnswer)).all() == []


def test_fewer_people_than_badges_are_all_when_the_exhibitor_says_so(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, Kind.STAFF)
    badge = make.badge(session, desk.exhibitor)
    desk.answer(session, task)
    assert desk.states(session) == [DutyState.DONE]
    session.delete(badge)
    session.flush()
    assert desk.states(session) == [DutyState.DUE]


def test_a_plan_is_approved_or_comes_back_with_a_reason_and_a_letter(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, Kind.STAND_PLAN, is_checked=True)
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, task)
    assert wrong.value.fields == {"file": ManualFault.NO_FILE}
    plan = {"file_key": f"{1:064x}.pdf", "size": 9}
    answer = desk.answer(session, task, **plan)
    assert desk.states(session) == [DutyState.WAITING]
    with pytest.raises(Refused) as refused:
        desk.check(session, answer, AnswerStep.RETURN, " ")
    assert refused.value.reasons == (ManualRefusal.REASON_MISSING,)
    desk.check(session, answer, AnswerStep.RETURN, "Thiếu lối thoát hiểm.")
    duty = next(each for each in desk.duties(session, task.due_at + timedelta(days=1)) if each.task_id)
    assert (duty.state, duty.is_returned, answer.reason) == (DutyState.LATE, True, "Thiếu lối thoát hiểm.")
    assert [(each.name, each.facts) for each in session.scalars(select(OutboxMessage))] == [
        ("mail.task_returned", {"answer_id": answer.id})
    ]
    desk.answer(session, task, task.due_at + timedelta(days=1), **plan)
    desk.check(session, answer, AnswerStep.APPROVE)
    assert (answer.state, answer.reason) == (AnswerState.APPROVED, "")
    assert desk.states(session) == [DutyState.DONE]
    with pytest.raises(Refused) as refused:
        desk.check(session, answer, AnswerStep.APPROVE)
    assert refused.value.reasons == (ManualRefusal.NOT_FROM_HERE,)


def test_texts_ticks_and_files_of_the_organisers_own_wish(session: Session, desk: Desk) -> None:
    text, tick, file = (
        make.manual_task(session, desk.fair, kind) for kind in (Kind.TEXT, Kind.TICK, Kind.FILE)
    )
    assert desk.answer(session, text, text="Một\nhai").value == {"text": "Một\nhai"}
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, text, text="x" * 501)
    assert wrong.value.fields == {"text": ManualFault.TOO_LONG}
    assert wrong.value.facts_of("text") == {"over": 1}
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, tick)
    assert wrong.value.fields == {"is_ticked": ManualFault.NOT_TICKED}
    assert desk.answer(session, tick, is_ticked=True).value == {}
    assert desk.answer(session, file, file_key=f"{2:064x}.jpg", size=5).size == 5


def test_nobody_answers_for_others_nor_what_is_not_asked(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    elsewhere = make.manual_task(session, make.fair(session, "ELSEWHERE"))
    raw = make.manual_task(session, desk.fair, booth_kinds=["raw"])
    stranger = make.actor(acting_for=(make.organisation(session),))
    order = AnswerTask(desk.application.id, task.id, text="X")
    for other in (stranger, desk.organiser, make.actor(Role.REVIEWER, desk.fair)):
        with pytest.raises(Missing):
            answer_task(session, other, order, NOW)
    with pytest.raises(Missing):
        desk.answer(session, elsewhere, text="X")
    with pytest.raises(Refused) as refused:
        desk.answer(session, raw, text="X")
    assert refused.value.reasons == (ManualRefusal.NOT_ASKED,)
    answer = desk.answer(session, task, text="X")
    check = CheckAnswer(desk.fair.id, answer.id, AnswerStep.APPROVE)
    with pytest.raises(NotAllowed):
        check_answer(session, desk.maker, check, NOW)
    with pytest.raises(NotAllowed):
        check_answer(session, make.actor(Role.ORGANISER, elsewhere.fair), check, NOW)
    other_fair = CheckAnswer(elsewhere.fair_id, answer.id, AnswerStep.APPROVE)
    with pytest.raises(Missing):
        check_answer(session, make.actor(Role.ADMINISTRATOR), other_fair, NOW)


def test_who_has_left_hands_nothing_in(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair)
    desk.exhibitor.left_at = NOW
    with pytest.raises(Refused) as refused:
        desk.answer(session, task, text="X")
    assert refused.value.reasons == (ManualRefusal.LEFT,)


def test_a_slot_is_chosen_changed_and_never_overfilled(session: Session, desk: Desk) -> None:
    task = make.manual_task(session, desk.fair, Kind.MOVE_IN)
    first, second = (make.move_in_slot(session, desk.fair, desk.hall) for _ in range(2))
    elsewhere = make.move_in_slot(session, desk.fair, make.hall(session, desk.fair, "B"))
    with pytest.raises(Invalid) as wrong:
        desk.answer(session, task)
    assert wrong.value.fields == {"slot": ManualFault.NO_SLOT}
    with pytest.raises(Refused) as refused:
        desk.answer(session, task, slot_id=elsewhere.id)
    assert refused.value.reasons == (ManualRefusal.SLOT_ELSEWHERE,)
    other = make.exhibitor(session, make.organisation(session), desk.fair)
    session.add(SlotBooking(exhibitor_id=other.id, slot_id=first.id, booked_at=NOW))
    session.flush()
    with pytest.raises(Refused) as refused:
        desk.answer(session, task, slot_id=first.id)
    assert refused.value.reasons == (ManualRefusal.SLOT_FULL,)
    for _twice in range(2):
        desk.answer(session, task, slot_id=second.id)
    other.left_at = NOW  # whoever leaves the fair leaves the place
    session.flush()
    desk.answer(session, task, slot_id=first.id)
    assert session.get_one(SlotBooking, desk.exhibitor.id).slot_id == first.id
    assert desk.states(session) == [DutyState.DONE]
    first.hall_id = elsewhere.hall_id  # as if its booth were moved to another hall
    session.flush()
    assert desk.states(session) == [DutyState.DUE]


def test_the_last_place_of_a_slot_goes_to_one_of_many(ready_database: str, tmp_path: Path) -> None:
    app = create_app(
        read_settings({"FAIRAPP_INSTANCE": str(tmp_path), "FAIRAPP_DATABASE_URL": ready_database})
    )
    with app.app_context():
        with transaction() as session:
            fair = make.fair(session)
            hall, task = make.hall(session, fair), make.manual_task(session, fair, Kind.MOVE_IN)
            slot = make.move_in_slot(session, fair, hall)
            orders = []
            for _ in range(PEOPLE):
                organisation = make.organisation(session)
                application = make.application(session, organisation, fair, state=State.CONFIRMED)
                stand = make.exhibitor(session, organisation, fair, application_id=application.id)
                make.claim(session, make.booth(session, hall), stand, fair)
                orders.append(AnswerTask(application.id, task.id, slot_id=slot.id))
        start = Barrier(PEOPLE)

        def act(person: int) -> tuple[Any, ...]:
            with app.app_context():
                start.wait(timeout=60)
                try:
                    with transaction() as session:
                        answer_task(session, SYSTEM, orders[person], NOW)
                except Refused as refused:
                    return refused.reasons
                finally:
                    db.session.remove()
                return ()

        with ThreadPoolExecutor(PEOPLE) as pool:
            ends = sorted(pool.map(act, range(PEOPLE)))
        assert ends == [(), *[(ManualRefusal.SLOT_FULL,)] * (PEOPLE - 1)]
        assert db.session.scalar(select(func.count()).select_from(SlotBooking)) == 1
        db.session.remove()
        db.engine.dispose()


def test_a_task_is_made_changed_and_removed_by_who_keeps_the_manual(session: Session, desk: Desk) -> None:
    due = NOW + timedelta(days=30)
    order = KeepTask(
        desk.fair.id, Kind.STAFF, {"vi": "Người trực", "en": " "}, due,
        booth_kinds=("standard", "none"), is_checked=True, most=9,
    )  # fmt: skip
    task = keep_task(session, desk.organiser, order, NOW)
    assert (task.names, task.booth_kinds, task.is_checked, task.most) == (
        {"vi": "Người trực"},
        ["standard"],
        False,
        0,
    )
    changed = KeepTask(desk.fair.id, Kind.FILE, {"en": "People"}, due, task_id=task.id)
    assert keep_task(session, desk.organiser, changed, NOW).kind is Kind.STAFF
    answer = make.task_answer(session, task, desk.exhibitor)
    remove_task(session, desk.organiser, desk.fair.id, task.id, NOW)
    assert session.get(TaskAnswer, answer.id) is answer
    assert desk.duties(session)[0].kind is DutyKind.BADGES
    with pytest.raises(Missing):
        remove_task(session, desk.organiser, desk.fair.id, task.id, NOW)
    assert audited(session) == ["manual.task_kept", "manual.task_kept", "manual.task_removed"]
    for other in (desk.maker, make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(NotAllowed):
            keep_task(session, other, order, NOW)


def test_a_task_that_makes_no_sense_is_refused_with_every_reason(session: Session, desk: Desk) -> None:
    for _ in range(MOST_TASKS):
        make.manual_task(session, desk.fair)
    order = KeepTask(desk.fair.id, Kind.TICK, {"vi": ""}, NOW + timedelta(days=300))
    with pytest.raises(Refused) as refused:
        keep_task(session, desk.organiser, order, NOW)
    assert refused.value.reasons == (
        ManualRefusal.NO_NAME,
        ManualRefusal.DUE_AFTER_FAIR,
        ManualRefusal.TOO_MANY_TASKS,
    )


def test_slots_are_added_once_resized_and_removed_while_nobody_has_them(session: Session, desk: Desk) -> None:
    start = datetime(2027, 4, 14, 1, tzinfo=NOW.tzinfo)
    order = AddSlots(desk.fair.id, start, start + timedelta(hours=4), 60, 2, desk.hall.id)
    assert [len(add_slots(session, desk.organiser, order, NOW)) for _ in range(2)] == [4, 0]
    slot = session.scalars(select(MoveInSlot).order_by(MoveInSlot.id)).first()
    assert slot is not None
    session.add(SlotBooking(exhibitor_id=desk.exhibitor.id, slot_id=slot.id, booked_at=NOW))
    session.flush()
    with pytest.raises(Refused) as refused:
        remove_slot(session, desk.organiser, desk.fair.id, slot.id, NOW)
    assert (refused.value.reasons, refused.value.facts) == ((ManualRefusal.SLOT_TAKEN,), {"manual_taken": 1})
    with pytest.raises(Refused) as refused:
        resize_slot(session, desk.organiser, desk.fair.id, slot.id, 0, NOW)
    assert refused.value.reasons == (ManualRefusal.SLOT_SMALL,)
    assert resize_slot(session, desk.organiser, desk.fair.id, slot.id, 5, NOW).capacity == 5
    desk.exhibitor.left_at = NOW
    session.flush()
    with pytest.raises(Missing):
        remove_slot(session, make.actor(Role.ADMINISTRATOR), make.fair(session, "OTHER").id, slot.id, NOW)
    wrong = AddSlots(desk.fair.id, start, start, 60, 2)
    with pytest.raises(Refused) as refused:
        add_slots(session, desk.organiser, wrong, NOW)
    assert refused.value.reasons == (ManualRefusal.SLOT_BACKWARDS,)
    many = AddSlots(desk.fair.id, start, start + timedelta(days=1), 5, 2)
    with pytest.raises(Refused) as refused:
        add_slots(session, desk.organiser, many, NOW)
    assert (refused.value.reasons, refused.value.facts) == (
        (ManualRefusal.TOO_MANY_SLOTS,),
        {"manual_most": MOST_SLOTS},
    )


def test_a_slot_that_only_somebody_gone_had_can_go(session: Session, desk: Desk) -> None:
    slot = make.move_in_slot(session, desk.fair, desk.hall)
    session.add(SlotBooking(exhibitor_id=desk.exhibitor.id, slot_id=slot.id, booked_at=NOW))
    desk.exhibitor.left_at = NOW
    session.flush()
    remove_slot(session, desk.organiser, desk.fair.id, slot.id, NOW)
    assert session.scalars(select(MoveInSlot)).all() == []


def everything(session: Session, desk: Desk) -> None:
    """The fair asks in every room."""
    question = Question("arrives", QuestionType.SHORT_TEXT, {"en": "When?"})
    required = Question("who", QuestionType.SHORT_TEXT, {"en": "Who?"}, need=Need.REQUIRED)
    make.form(session, desk.fair, Body((Section("one", {"en": "One"}, (question, required)),)), Phase.DETAILS)
    make.requirement(session, desk.fair)
    make.requirement(session, desk.fair, kind=DocumentKind.LABEL)
    make.contract(session, desk.fair)
    make.manual_task(session, desk.fair)
    make.invoice(session, desk.exhibitor)


def test_every_room_is_asked_what_is_owed(session: Session, desk: Desk) -> None:
    everything(session, desk)
    make.document(session, desk.organisation)
    make.document(session, desk.organisation, kind=DocumentKind.LABEL, state=DocumentState.REFUSED)
    found = {}
    for duty in desk.duties(session, datetime(2027, 2, 5, tzinfo=NOW.tzinfo)):
        found.setdefault(duty.kind, []).append((duty.state, duty.is_returned))
    assert found == {
        DutyKind.PAYMENT: [(DutyState.LATE, False), (DutyState.DUE, False)],
        DutyKind.TASK: [(DutyState.DUE, False)],
        DutyKind.DOCUMENT: [(DutyState.WAITING, False), (DutyState.DUE, True)],
        DutyKind.CONTRACT: [(DutyState.DUE, False)],
        DutyKind.DETAILS: [(DutyState.DUE, False)],
        DutyKind.BADGES: [(DutyState.DUE, False)],
    }


def test_what_is_done_in_every_room_is_done(session: Session, desk: Desk) -> None:
    everything(session, desk)
    for kind in (DocumentKind.BUSINESS_LICENCE, DocumentKind.LABEL):
        make.document(session, desk.organisation, kind=kind, state=DocumentState.VERIFIED)
    version, contract = session.scalars(select(FormVersion)).one(), session.scalars(select(Contract)).one()
    make.form_answer(session, desk.application, version, {"who": "Lan"})
    make.signature(session, desk.application, contract, state=SignatureState.COUNTERSIGNED)
    make.badge(session, desk.exhibitor)
    for part in session.scalars(select(Instalment)):
        part.paid_minor = part.amount_minor
    task = session.scalars(select(ManualTask)).one()
    make.task_answer(session, task, desk.exhibitor)
    assert {duty.state for duty in desk.duties(session)} == {DutyState.DONE}
    assert {duty.kind for duty in desk.duties(session)} == set(DutyKind)


def test_three_exhibitors_ask_the_database_as_often_as_one(session: Session, desk: Desk) -> None:
    everything(session, desk)
    people = [desk.exhibitor]
    for _ in range(2):
        organisation = make.organisation(session)
        application = make.application(
            session, organisation, desk.fair, state=State.ACCEPTED, booth_kind_id=desk.kind.id
        )
        people.append(make.exhibitor(session, organisation, desk.fair, application_id=application.id))
        make.invoice(session, people[-1])
        make.document(session, organisation)
    of(session, desk.fair, people)
    counted = []
    for some in (people[:1], people):
        with statements(session.get_bind().engine) as sent:
            found = of(session, desk.fair, some)
        counted.append(len(sent))
        assert all(found[each.id] for each in some)
    assert counted[0] == counted[1]
