"""The manual in the browser: asked for, handed in, looked at, and seen by nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.manual import AnswerState, TaskKind
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.manual import ManualTask, MoveInSlot, SlotBooking, TaskAnswer
from fairapp.store.operations import OutboxMessage
from fairapp.store.producers import Organisation
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
LIST = "/o/OCOP27/manual"


class Desk:
    """A fair with an exhibitor that has a booth, an organiser, and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=60)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.hall = make.hall(rows, self.fair)
        self.kind = make.booth_kind(rows, self.fair)
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng", folded="htx che suoi giang")
        make.member(rows, self.maker, self.organisation)
        self.exhibitor = self.stand(rows, self.organisation)
        self.organiser = self.somebody(rows, Role.ORGANISER)
        self.reviewer = self.somebody(rows, Role.REVIEWER)
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
        self.stranger = make.account(rows, language="en")
        make.member(rows, self.stranger, make.organisation(rows))
        rows.commit()

    def stand(self, rows: Session, of: Organisation) -> Exhibitor:
        application = make.application(rows, of, self.fair, state=State.CONFIRMED, booth_kind_id=self.kind.id)
        exhibitor = make.exhibitor(rows, of, self.fair, application_id=application.id)
        make.claim(rows, make.booth(rows, self.hall), exhibitor, self.fair)
        return exhibitor

    def somebody(self, rows: Session, role: Role) -> Account:
        account = make.account(rows, language="en")
        make.grant(rows, account, role, self.fair)
        return account

    def task(self, rows: Session, kind: TaskKind = TaskKind.FASCIA, **values: Any) -> ManualTask:
        task = make.manual_task(rows, self.fair, kind, **values)
        rows.commit()
        return task

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.exhibitor.application_id}/manual"

    @property
    def theirs(self) -> str:
        return f"/o/OCOP27/applications/{self.exhibitor.application_id}/manual"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def test_an_exhibitor_reads_what_is_owed_hands_it_in_and_sees_it_done(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    task = desk.task(rows)
    maker = browse(desk.maker)
    page = words(maker.get(desk.mine))
    assert ("0 of 2 things are done" in page, "Task fascia" in page, "Name the people" in page) == (True,) * 3
    here = f"{desk.mine}/{task.id}"
    wrong = send(maker, here, fascia="Chè <3")
    assert (wrong.status_code, "One of these signs cannot be cut" in words(wrong)) == (422, True)
    assert 'value="Chè &lt;3"' in words(wrong)
    for _twice in range(2):
        assert send(maker, here, fascia="CHÈ SUỐI GIÀNG").status_code == 303
    assert rows.scalars(select(Exhibitor.fascia_name)).one() == "CHÈ SUỐI GIÀNG"
    assert "1 of 2 things are done" in words(maker.get(desk.mine))


def test_the_catalogues_text_is_the_profiles_and_a_second_press_changes_nothing(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    task, maker = desk.task(rows, TaskKind.CATALOGUE), browse(desk.maker)
    here = f"{desk.mine}/{task.id}"
    page = words(maker.get(here))
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert version is not None
    assert "We grow tea on the mountain." in page
    said = {"story_vi": "Chè cổ thụ.", "story_en": "Old tea trees.", "version": version[1]}
    assert [send(maker, here, **said).status_code for _twice in range(2)] == [303, 303]
    assert rows.scalars(select(Organisation.story).where(Organisation.id == desk.organisation.id)).one() == {
        "vi": "Chè cổ thụ.",
        "en": "Old tea trees.",
    }
    stale = send(maker, here, **{**said, "story_en": "Mine."})
    assert (stale.status_code, "Mine." in words(stale)) == (409, True)
    long = send(maker, here, **{**said, "story_en": "x" * 1001, "version": str(int(version[1]) + 1)})
    assert (long.status_code, "Characters over what fits here: 1." in words(long)) == (422, True)
    rows.expire_all()
    assert desk.organisation.story["en"] == "Old tea trees."


def test_a_plan_goes_to_the_organiser_comes_back_and_is_approved(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    task = desk.task(rows, TaskKind.STAND_PLAN, is_checked=True)
    maker, organiser, here = browse(desk.maker), browse(desk.organiser), f"{desk.mine}/{task.id}"
    none = send(maker, here)
    assert (none.status_code, "Choose a file" in words(none)) == (422, True)
    bad = send(maker, here, file=(BytesIO(b"MZ\x90"), "plan.pdf"))
    assert (bad.status_code, "This file is not a picture" in words(bad)) == (422, True)
    assert send(maker, here, file=(BytesIO(PDF), "../plan.exe")).status_code == 303
    answer = rows.scalars(select(TaskAnswer)).one()
    assert "HTX Chè Suối Giàng" in words(organiser.get(f"{LIST}/answers"))
    look = f"{LIST}/answers/{answer.id}"
    assert (send(organiser, look, f"{look}/return", reason=" ").status_code) == 409
    for _twice in range(2):
        assert send(organiser, look, f"{look}/return", reason="No second exit.").status_code == 303
    assert "No second exit." in words(maker.get(here))
    promised = rows.scalars(select(OutboxMessage)).one()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    (letter,) = letter_jobs()[promised.name](work, **promised.facts)
    subject, body = render(letter, work.settings)
    assert (letter.to, "Task stand_plan" in subject, "No second exit." in body, here in body) == (
        desk.maker.email,
        True,
        True,
        True,
    )
    assert send(maker, here, file=(BytesIO(PDF), "plan.pdf")).status_code == 303
    rows.expire_all()
    assert letter_jobs()[promised.name](work, **promised.facts) == []
    answered = send(organiser, f"{look}?from=queue", f"{look}/approve?from=queue")
    assert (answered.status_code, answered.location) == (303, f"{LIST}/answers")
    rows.expire_all()
    assert answer.state is AnswerState.APPROVED


def test_the_file_comes_as_an_attachment_to_its_people_only(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    task = desk.task(rows, TaskKind.FILE)
    send(browse(desk.maker), f"{desk.mine}/{task.id}", file=(BytesIO(PDF), "x.pdf"))
    answer = rows.scalars(select(TaskAnswer)).one()
    page = f"/manual/answers/{answer.id}/file"
    for reader in (desk.maker, desk.organiser):
        got = browse(reader).get(page)
        assert (got.status_code, got.data) == (200, PDF)
        assert got.headers["Content-Disposition"] == f"attachment; filename=file-{answer.id}.pdf"
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        got.close()
    others = (desk.stranger, desk.elsewhere, desk.reviewer)
    assert [browse(each).get(page).status_code for each in others] == [404] * 3
    tick = make.task_answer(rows, desk.task(rows, TaskKind.TICK), desk.exhibitor)
    rows.commit()
    assert browse(desk.maker).get(f"/manual/answers/{tick.id}/file").status_code == 404


def test_a_slot_is_chosen_from_those_of_the_hall(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    task, maker = desk.task(rows, TaskKind.MOVE_IN), browse(desk.maker)
    here = f"{desk.mine}/{task.id}"
    assert "There is no time to choose from yet" in words(maker.get(here))
    mine = make.move_in_slot(rows, desk.fair, desk.hall)
    other = make.move_in_slot(rows, desk.fair, make.hall(rows, desk.fair, "B"))
    rows.commit()
    page = words(maker.get(here))
    assert ("1 place left" in page, f'value="{mine.id}"' in page, f'value="{other.id}"' in page) == (
        True,
        True,
        False,
    )
    assert send(maker, here).status_code == 422
    assert send(maker, here, slot=str(other.id)).status_code == 409
    assert send(maker, here, slot="999999").status_code == 404
    assert send(maker, here, slot=str(mine.id)).status_code == 303
    assert rows.scalars(select(SlotBooking.slot_id)).all() == [mine.id]
    assert "HTX Chè Suối Giàng" in words(browse(desk.organiser).get(f"{LIST}/slots/{mine.id}"))


def test_people_are_done_when_the_exhibitor_says_that_these_are_all(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    task, maker = desk.task(rows, TaskKind.STAFF), browse(desk.maker)
    here = f"{desk.mine}/{task.id}"
    assert "0 of 5 badges have names" in words(maker.get(here))
    make.badge(rows, desk.exhibitor)
    rows.commit()
    assert "These are all of our people" in words(maker.get(here))
    assert send(maker, here).status_code == 303
    assert "1 of 1 thing is done" in words(maker.get(desk.mine))


def test_what_is_in_rests_after_its_day_and_what_is_missing_is_taken(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    past = datetime.now(UTC) - timedelta(days=1)
    task, maker = desk.task(rows, due_at=past), browse(desk.maker)
    here = f"{desk.mine}/{task.id}"
    assert "1 is late" in words(maker.get(desk.mine))
    assert "Hand it in now all the same" in words(maker.get(here))
    assert send(maker, here, fascia="CHÈ").status_code == 303
    page = words(maker.get(here))
    assert ("The day has passed and yours is in" in page, 'name="fascia"' in page) == (True, False)


def test_an_organiser_sees_who_is_late_with_what_and_filters(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    organiser = browse(desk.organiser)
    assert "Nobody is late" in words(organiser.get(LIST))
    late = desk.task(rows, due_at=datetime.now(UTC) - timedelta(days=1))
    coming = desk.task(rows, TaskKind.TICK)
    done = desk.stand(rows, make.organisation(rows, "Tổ hợp Mây", folded="to hop may"))
    make.task_answer(rows, late, done)
    rows.commit()
    page = words(organiser.get(LIST))
    assert ("HTX Chè Suối Giàng" in page, "Tổ hợp Mây" in page) == (True, False)
    page = words(organiser.get(f"{LIST}?show=all&q=to+hop"))
    assert ("HTX Chè Suối Giàng" in page, "Tổ hợp Mây" in page) == (False, True)
    page = words(organiser.get(f"{LIST}?show=open&duty=task-{coming.id}"))
    assert ("HTX Chè Suối Giàng" in page, "Tổ hợp Mây" in page) == (True, True)
    page = words(organiser.get(f"{LIST}?show=done&duty=task-{late.id}&kind=standard"))
    assert ("HTX Chè Suối Giàng" in page, "Tổ hợp Mây" in page) == (False, True)
    assert "Nothing found" in words(organiser.get(f"{LIST}?kind=raw"))
    assert "Task fascia" in words(organiser.get(desk.theirs))


def test_lists_ask_the_database_as_often_for_three_as_for_one(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    task = desk.task(rows, TaskKind.STAND_PLAN, is_checked=True, due_at=datetime.now(UTC) - timedelta(days=1))
    make.task_answer(rows, task, desk.exhibitor)
    make.move_in_slot(rows, desk.fair, desk.hall)
    rows.commit()
    organiser = browse(desk.organiser)
    pages = (f"{LIST}?show=all", f"{LIST}/answers", f"{LIST}/tasks", f"{LIST}/slots")
    before = [len(queries(organiser, page)) for page in pages for _warm in range(2)][1::2]
    for number in range(2):
        exhibitor = desk.stand(rows, make.organisation(rows))
        make.task_answer(rows, task, exhibitor)
        make.manual_task(rows, desk.fair)
        make.move_in_slot(rows, desk.fair, make.hall(rows, desk.fair, f"H{number}"))
    rows.commit()
    assert [len(queries(organiser, page)) for page in pages] == before


def test_an_organiser_makes_a_task_changes_it_and_asks_it_no_more(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser, new = browse(desk.organiser), f"{LIST}/tasks/new"
    assert "The manual asks for nothing yet" in words(organiser.get(f"{LIST}/tasks"))
    due = f"{desk.fair.starts_on - timedelta(days=9)}T17:00"
    fields = {"kind": "fascia", "name_en": "Fascia", "due_at": due, "booth_kinds": ["standard"], "most": "24"}
    empty = send(organiser, new, kind="fascia", name_en="Fascia")
    assert (empty.status_code, "Choose a day and time." in words(empty)) == (422, True)
    nameless = send(organiser, new, **{**fields, "name_en": ""})
    assert (nameless.status_code, "Give the task a name" in words(nameless)) == (409, True)
    assert send(organiser, new, **fields, is_required="y").status_code == 303
    task = rows.scalars(select(ManualTask)).one()
    assert (task.most, task.booth_kinds, task.is_required) == (24, ["standard"], True)
    assert task.due_at.hour == 10  # 17:00 where the fair is
    here = f"{LIST}/tasks/{task.id}"
    assert f'value="{due}"' in words(organiser.get(here))
    assert send(organiser, here, **{**fields, "kind": "file", "name_en": "Sign"}).status_code == 303
    rows.expire_all()
    assert (task.kind, task.names, task.is_required) == (TaskKind.FASCIA, {"en": "Sign"}, False)
    assert send(organiser, here, f"{here}/remove").status_code == 303
    assert organiser.get(here).status_code == 404


def test_an_organiser_offers_slots_and_takes_one_back(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser, here, day = browse(desk.organiser), f"{LIST}/slots", desk.fair.starts_on - timedelta(days=1)
    fields = {"hall": str(desk.hall.id), "starts_at": f"{day}T08:00", "ends_at": f"{day}T12:00"}
    wrong = send(organiser, here, **{**fields, "ends_at": f"{day}T08:00"}, minutes="60", capacity="5")
    assert (wrong.status_code, "Not one slot fits" in words(wrong)) == (409, True)
    assert send(organiser, here, **fields, minutes="1", capacity="0").status_code == 422
    assert send(organiser, here, **fields, minutes="60", capacity="5").status_code == 303
    slots = rows.scalars(select(MoveInSlot).order_by(MoveInSlot.starts_at)).all()
    assert (len(slots), slots[0].starts_at.hour) == (4, 1)
    one = f"{here}/{slots[0].id}"
    assert send(organiser, one, capacity="9").status_code == 303
    rows.add(SlotBooking(exhibitor_id=desk.exhibitor.id, slot_id=slots[1].id, booked_at=datetime.now(UTC)))
    rows.commit()
    taken = send(organiser, f"{here}/{slots[1].id}", f"{here}/{slots[1].id}/remove")
    assert (taken.status_code, "Ask them to choose another one first" in words(taken)) == (409, True)
    assert send(organiser, one, f"{one}/remove").status_code == 303
    assert len(rows.scalars(select(MoveInSlot)).all()) == 3


def test_nobody_else_sees_or_does_anything(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    task = desk.task(rows)
    answer = make.task_answer(rows, task, desk.exhibitor)
    slot = make.move_in_slot(rows, desk.fair, desk.hall)
    lost = make.account(rows)
    rows.commit()
    office = (404, 404, 403, 404)
    pages = {
        desk.mine: (404, 404, 404, 404),
        f"{desk.mine}/{task.id}": (404, 404, 404, 404),
        desk.theirs: office,
        LIST: office,
        f"{LIST}/tasks": office,
        f"{LIST}/tasks/{task.id}": office,
        f"{LIST}/slots": office,
        f"{LIST}/slots/{slot.id}": office,
        f"{LIST}/answers": office,
        f"{LIST}/answers/{answer.id}": office,
    }
    others = [browse(each) for each in (desk.stranger, desk.elsewhere, desk.reviewer, lost)]
    found = {page: tuple(each.get(page).status_code for each in others) for page in pages}
    assert found == pages
    elsewhere = browse(desk.elsewhere)
    for part in (f"tasks/{task.id}", f"slots/{slot.id}", f"answers/{answer.id}"):
        assert elsewhere.get(f"/o/ELSEWHERE/manual/{part}").status_code == 404
    here = f"/o/ELSEWHERE/manual/answers/{answer.id}/approve"
    assert send(elsewhere, "/o/ELSEWHERE/manual/tasks/new", here).status_code == 404
    rows.expire_all()
    assert answer.state is AnswerState.ANSWERED
    raw = desk.task(rows, booth_kinds=["raw"])
    assert browse(desk.maker).get(f"{desk.mine}/{raw.id}").status_code == 404
