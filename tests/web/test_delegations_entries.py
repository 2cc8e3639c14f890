"""A head's list in the browser: entering, telling anew, inviting, endorsing many, returning, locking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.jobs.delegations import entry_returned
from fairapp.jobs.letters import render
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.delegations import DelegationState, EntryState
from fairapp.rules.questions import Body, Need, Question, QuestionType, Section
from fairapp.store.accounts import Account
from fairapp.store.applications_forms import FormAnswer
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs import BoothKind
from fairapp.store.operations import OutboxMessage
from fairapp.store.producers import Invitation
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
COMMUNE = places.communes("15")[0]


@pytest.fixture
def delegation(rows: Session) -> Delegation:
    """Open, with a head, far before its fair's deadline; and another one with a producer of its own."""
    fair = make.fair(rows, apply_from=None, apply_until=None)
    make.booth_kind(rows, fair)
    head = make.account(rows, language="en")
    make.grant(rows, head, Role.DELEGATION_HEAD, fair)
    other = make.delegation(rows, fair, make.account(rows), names={"vi": "Đoàn Bí Mật"})
    make.entry(rows, other, make.application(rows, make.organisation(rows, "HTX Bí Mật"), fair))
    kept = make.delegation(rows, fair, head)
    rows.commit()
    return kept


def told(rows: Session, **values: str) -> dict[str, str]:
    kind = rows.scalars(select(BoothKind.id)).first()
    return {
        "name": "HTX Chè Suối Nậm Lành",
        "kind": "cooperative",
        "tax_number": "0100109106",
        "commune": COMMUNE.name,
        "email": "che@namlanh.example",
        "products": "Chè Shan tuyết (4 sao)\nTrà xanh",
        "group": "drink",
        "booth_kind": str(kind),
        "booths": "2",
        **values,
    }


def entered(
    rows: Session, browser: FlaskClient, send: Send, of: Delegation, **values: str
) -> DelegationEntry:
    assert send(browser, f"/d/{of.id}/producers/new", **told(rows, **values)).status_code == 303
    return rows.scalars(select(DelegationEntry).order_by(DelegationEntry.id.desc()).limit(1)).one()


def test_a_head_enters_tells_anew_and_reads_it_on_one_page(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head, home = browse(delegation.head), f"/d/{delegation.id}"
    assert "No producer yet" in head.get(f"{home}?lang=en").get_data(as_text=True)
    entry = entered(rows, head, send, delegation)
    page = head.get(home).get_data(as_text=True)
    assert "HTX Chè Suối Nậm Lành" in page
    assert "Waits for you" in page
    assert "Bí Mật" not in page
    one = f"{home}/producers/{entry.id}"
    assert "Snow" not in head.get(one).get_data(as_text=True)
    assert "Chè Shan tuyết (★★★★)" in head.get(f"{one}/change").get_data(as_text=True)
    assert send(head, f"{one}/change", **told(rows, booths="3")).status_code == 303
    assert rows.get_one(DelegationEntry, entry.id).application.booths == 3
    more = send(head, f"{home}/producers/new", more="1", **told(rows, name="HTX Quế", tax_number=""))
    assert more.location.endswith("/producers/new")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Fill this in."),
        ({"kind": "kingdom"}, "Choose one of the list."),
        ({"commune": "Xã Không Có"}, "commune"),
        ({"tax_number": "0100109107"}, "digit"),
        ({"booths": "11"}, "The quota is 10 booths and the list would ask for 11."),
        ({"products": "x" * 4001}, "4000"),
    ],
)
def test_a_wrong_field_keeps_what_was_typed_and_says_the_cure(
    rows: Session, browse: Browse, send: Send, delegation: Delegation, wrong: dict[str, str], said: str
) -> None:
    head = browse(delegation.head)
    sent = told(rows, address="Thôn Đội 3", **wrong)
    answer = send(head, f"/d/{delegation.id}/producers/new?lang=en", **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert "Thôn Đội 3" in page


def test_a_thai_delegation_is_asked_neither_commune_nor_tax_code(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    thai = make.delegation(rows, delegation.fair, delegation.head, country="TH", province_code=None)
    rows.commit()
    head, page = browse(delegation.head), f"/d/{thai.id}/producers/new"
    form = head.get(page).get_data(as_text=True)
    assert 'name="commune"' not in form
    assert 'name="tax_number"' not in form
    sent = {**told(rows, name="ปลาส้มแม่แดง", place="Kalasin"), "tax_number": "0100109107", "commune": "?"}
    assert send(head, page, **sent).status_code == 303
    assert "/d" in head.get("/d").request.path
    assert "ปลาส้มแม่แดง" in head.get(f"/d/{thai.id}").get_data(as_text=True)


def test_many_are_endorsed_at_once_and_whoever_cannot_be_is_named(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head, home = browse(delegation.head), f"/d/{delegation.id}"
    whole = entered(rows, head, send, delegation)
    half = entered(rows, head, send, delegation, name="Hộ Giàng Thị Sùng", tax_number="", products="")
    picks = [str(whole.id), str(half.id)]
    unsaid = send(head, f"{home}?lang=en", f"{home}/endorse", pick=picks)
    assert unsaid.status_code == 409
    assert "agreed to the terms" in unsaid.get_data(as_text=True)
    answer = send(head, home, f"{home}/endorse", pick=picks, agreed="y")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Hộ Giàng Thị Sùng: Choose at least one product to show." in page
    assert "1 producer is endorsed." in page
    assert rows.get_one(DelegationEntry, whole.id).state is EntryState.ENDORSED
    assert send(head, home, f"{home}/endorse").status_code == 409
    assert send(head, home, f"{home}/endorse", pick="999999", agreed="y").status_code == 404


def test_a_producer_is_invited_returned_removed_and_put_back(
    app: Any, rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head = browse(delegation.head)
    entry = entered(rows, head, send, delegation)
    one = f"/d/{delegation.id}/producers/{entry.id}"
    assert send(head, one, f"{one}/invite", email="nobody", language="vi").status_code == 422
    assert send(head, one, f"{one}/invite", email="che@namlanh.example", language="vi").status_code == 303
    assert rows.scalars(select(Invitation.email)).all() == ["che@namlanh.example"]
    silent = send(head, f"{one}?lang=en", f"{one}/return", reason=" ")
    assert silent.status_code == 409
    assert "Say why: the producer reads it." in silent.get_data(as_text=True)
    assert send(head, one, f"{one}/return", reason="Thiếu ảnh").status_code == 303
    posted = rows.scalars(select(OutboxMessage).where(OutboxMessage.name == "mail.entry_returned")).one()
    letters = entry_returned(Work(rows, app.config["FAIRAPP"], make.NOW), **posted.facts)
    assert [each.to for each in letters] == ["che@namlanh.example"]
    assert "Thiếu ảnh" in render(letters[0], app.config["FAIRAPP"])[1]
    assert "Thiếu ảnh" in head.get(one).get_data(as_text=True)
    for act, state in (
        ("remove", EntryState.REMOVED),
        ("remove", EntryState.REMOVED),
        ("restore", EntryState.ENTERED),
        ("restore", EntryState.ENTERED),
    ):
        assert send(head, one, f"{one}/{act}").status_code == 303
        assert rows.get_one(DelegationEntry, entry.id).state is state


def test_a_locked_list_is_read_and_endorsed_yet_not_changed(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head, home = browse(delegation.head), f"/d/{delegation.id}"
    entry = entered(rows, head, send, delegation)
    early = send(head, f"{home}/lock?lang=en")
    assert early.status_code == 409
    assert "1 of the list are not endorsed" in early.get_data(as_text=True)
    send(head, home, f"{home}/endorse", pick=str(entry.id), agreed="y")
    assert rows.get_one(DelegationEntry, entry.id).application.state is State.SUBMITTED
    for _twice in range(2):
        assert send(head, f"{home}/lock").status_code == 303
    assert rows.get_one(Delegation, delegation.id).state is DelegationState.LOCKED
    page = head.get(home).get_data(as_text=True)
    assert "All endorsed" in page
    assert "producers/new" not in page
    assert send(head, f"{home}/producers/new", **told(rows, name="Muộn", tax_number="")).status_code == 422


def test_nobody_else_reaches_a_producer_of_the_list(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head = browse(delegation.head)
    entry = entered(rows, head, send, delegation)
    theirs = rows.scalars(select(DelegationEntry).where(DelegationEntry.delegation_id != delegation.id)).one()
    boss = make.account(rows)
    make.grant(rows, boss, Role.ORGANISER, delegation.fair)
    rival = rows.get_one(Account, theirs.delegation.head_id)
    rows.commit()
    one = f"/d/{delegation.id}/producers/{entry.id}"
    for stranger in (browse(boss), browse(rival)):
        for page in (one, f"{one}/change", f"/d/{delegation.id}/lock", f"/d/{delegation.id}/producers/new"):
            assert stranger.get(page).status_code == 404, page
    for page in (f"/d/{delegation.id}/producers/{theirs.id}", f"/d/{theirs.delegation_id}"):
        assert head.get(page).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_three(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    head, home = browse(delegation.head), f"/d/{delegation.id}"
    entered(rows, head, send, delegation)
    queries(head, home)
    one = len(queries(head, home))
    for name in ("HTX Quế", "HTX Gạo"):
        entered(rows, head, send, delegation, name=name, tax_number="")
    assert len(queries(head, home)) == one
    filtered = head.get(f"{home}?standing=endorsed").get_data(as_text=True)
    assert "HTX Quế" not in filtered
    assert "HTX Quế" in head.get(f"{home}?standing=complete").get_data(as_text=True)


def test_a_head_answers_required_questions_for_a_producer_that_it_enters(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    asked = Question("cooks", QuestionType.SHORT_TEXT, {"en": "What do you cook?"}, need=Need.REQUIRED)
    make.form(rows, delegation.fair, Body((Section("stand", {"en": "Stand"}, (asked,)),)))
    rows.commit()
    head = browse(delegation.head)
    entry = entered(rows, head, send, delegation)
    one = f"/d/{delegation.id}/producers/{entry.id}"
    questions = f"{one}/questions"
    page = head.get(one).get_data(as_text=True)
    assert "1 question still to answer." in page
    assert f'href="{questions}"' in page
    refused = send(head, f"/d/{delegation.id}", f"/d/{delegation.id}/endorse", pick=str(entry.id), agreed="y")
    assert "Questions of the organiser still to answer: 1." in refused.get_data(as_text=True)

    blank = send(head, questions, q_cooks="")
    assert blank.status_code == 422
    assert send(head, questions, q_cooks="Phở").status_code == 303
    kept = rows.scalars(select(FormAnswer)).one()
    assert (kept.application_id, kept.answers) == (entry.application_id, {"cooks": "Phở"})
    assert "Phở" in head.get(questions).get_data(as_text=True)
    done = send(head, f"/d/{delegation.id}", f"/d/{delegation.id}/endorse", pick=str(entry.id), agreed="y")
    assert done.status_code == 303
    assert head.get(questions).status_code == 303, "an endorsed producer is not changed any more"


def test_only_the_head_of_this_list_answers_for_its_producers(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    entry = entered(rows, browse(delegation.head), send, delegation)
    theirs = rows.scalars(select(DelegationEntry).where(DelegationEntry.delegation_id != delegation.id)).one()
    organiser = make.account(rows)
    make.grant(rows, organiser, Role.ORGANISER, delegation.fair)
    rows.commit()
    for who in (rows.get_one(Delegation, theirs.delegation_id).head, organiser, make.account(rows)):
        rows.commit()
        questions = f"/d/{delegation.id}/producers/{entry.id}/questions"
        assert browse(who).get(questions).status_code == 404
    foreign = f"/d/{theirs.delegation_id}/producers/{theirs.id}/questions"
    assert browse(delegation.head).get(foreign).status_code == 404
