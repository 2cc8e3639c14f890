"""Applying for a fair in the browser, and deciding on applications."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.table import letter_jobs
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step
from fairapp.rules.guards import Hindrance
from fairapp.rules.reasons import Shape
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct, ApplicationStep, ReviewNote
from fairapp.store.operations import OutboxMessage
from fairapp.usecases import guarding
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
HERE = {"Origin": "http://localhost"}


class Desk:
    """A fair taking applications, a producer with a tea, an organiser and a treasurer."""

    def __init__(self, session: Session) -> None:
        now = datetime.now(UTC)
        today = now.date()
        self.fair = make.fair(
            session,
            starts_on=today + timedelta(days=90),
            ends_on=today + timedelta(days=94),
            apply_from=now - timedelta(days=9),
            apply_until=now + timedelta(days=30),
            terms={"vi": "Giữ gian sạch.", "en": "Keep the booth clean."},
        )
        self.kind = make.booth_kind(session, self.fair)
        self.producer = make.account(session, language="en")
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng", folded="htx che suoi giang")
        make.member(session, self.producer, self.organisation)
        self.tea = make.product(session, self.organisation)
        self.organiser = make.account(session, language="en")
        make.grant(session, self.organiser, Role.ORGANISER, self.fair)
        self.treasurer = make.account(session, language="en")
        make.grant(session, self.treasurer, Role.FINANCE, self.fair)
        self.stranger = make.account(session, language="en")


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def filled(session: Session, desk: Desk, state: State = State.SUBMITTED, **values: Any) -> Application:
    """An application with every answer."""
    plain = {"booth_kind_id": desk.kind.id, "terms_version": "1", "state": state}
    row = make.application(session, desk.organisation, desk.fair, **{**plain, **values})
    session.add(ApplicationProduct(application_id=row.id, product_id=desk.tea.id))
    session.commit()
    return row


def the_application(session: Session) -> Application:
    session.expire_all()
    return session.scalars(select(Application)).one()


def stamp(page: str) -> dict[str, str]:
    """The hidden marks of a part's form."""
    return {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]
        for name in ("csrf_token", "version", "tab")
    }


def test_a_producer_applies_from_the_first_page_to_submitted(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    browser = browse(desk.producer)
    begun = send(browser, "/me/apply/OCOP27", organisation=str(desk.organisation.id))
    form = f"/me/applications/{the_application(rows).id}/form"
    assert (begun.status_code, begun.location) == (303, form)
    answers: dict[str, dict[str, Any]] = {
        "kind": {"kind": str(desk.kind.id), "booths": "2"},
        "wishes": {"zone": "drink", "corner": "y", "near": "cửa vào"},
        "needs": {"power_w": "1500", "words": "Tủ mát"},
        "products": {"products": str(desk.tea.id)},
        "terms": {"accepts": "y"},
    }
    for part, told in answers.items():
        marks = stamp(browser.get(f"{form}/{part}").get_data(as_text=True))
        assert browser.post(f"{form}/{part}", data={**marks, **told}, headers=HERE).status_code == 303
    kept = the_application(rows)
    assert (kept.booths, kept.area_m2) == (2, 18.0)
    assert kept.wishes == {"zone": "drink", "corner": True, "near": "cửa vào"}
    assert kept.needs == {"power_w": 1500, "words": "Tủ mát"}
    check = f"/me/applications/{kept.id}/check"
    assert "120,000" in browser.get(check).get_data(as_text=True).replace("12,000,000", "120,000")
    take = f"/me/applications/{kept.id}/steps/submit"
    assert send(browser, check, take).location == f"/me/applications/{kept.id}"
    assert the_application(rows).state is State.SUBMITTED


def test_what_another_room_holds_against_submitting_is_said_with_the_way_to_its_cure(
    desk: Desk, rows: Session, browse: Browse, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = filled(rows, desk, State.DRAFT)
    browser, here = browse(desk.producer), f"/me/applications/{mine.id}"
    papers = Hindrance(Shape.REQUIRED, "papers")
    monkeypatch.setattr(guarding, "GUARDS", (lambda *_asked: (papers,),))
    shown = browser.get(f"{here}/check").get_data(as_text=True)
    assert ("Fill this in." in shown, f'href="{here}/papers"' in shown, "/steps/submit" in shown) == (
        True,
        True,
        False,
    )
    refused = send(browser, f"{here}/form/needs", f"{here}/steps/submit")
    assert (refused.status_code, "Fill this in." in refused.get_data(as_text=True)) == (409, True)
    assert the_application(rows).state is State.DRAFT


def test_a_second_press_on_submit_shows_how_it_stands(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    mine = filled(rows, desk, State.DRAFT)
    browser, here = browse(desk.producer), f"/me/applications/{mine.id}"
    token = stamp(browser.get(f"{here}/form/needs").get_data(as_text=True))["csrf_token"]
    answers = [
        browser.post(f"{here}/steps/submit", data={"csrf_token": token}, headers=HERE) for _ in range(2)
    ]
    assert [(each.status_code, each.location) for each in answers] == [(303, here), (303, here)]
    assert len(rows.scalars(select(OutboxMessage)).all()) == 1


def test_an_incomplete_application_is_refused_with_every_reason(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    mine = make.application(rows, desk.organisation, desk.fair, state=State.DRAFT, area_m2=None)
    rows.commit()
    browser, here = browse(desk.producer), f"/me/applications/{mine.id}"
    token = stamp(browser.get(f"{here}/form/needs").get_data(as_text=True))["csrf_token"]
    answer = browser.post(f"{here}/steps/submit", data={"csrf_token": token}, headers=HERE)
    assert answer.status_code == 409
    assert answer.get_data(as_text=True).count("then=check") >= 4
    assert the_application(rows).state is State.DRAFT


def test_a_passed_deadline_says_so_and_keeps_the_text(desk: Desk, rows: Session, browse: Browse) -> None:
    mine = filled(rows, desk, State.DRAFT, needs={"words": "Tủ mát"})
    desk.fair.apply_until = datetime.now(UTC) - timedelta(hours=1)
    rows.commit()
    browser, here = browse(desk.producer), f"/me/applications/{mine.id}"
    shown = browser.get(f"{here}/form/needs").get_data(as_text=True)
    token = stamp(shown)["csrf_token"]
    answer = browser.post(f"{here}/steps/submit", data={"csrf_token": token}, headers=HERE)
    assert answer.status_code == 409
    assert "The deadline for applications has passed" in answer.get_data(as_text=True)
    assert "Tủ mát" in shown
    assert the_application(rows).needs == {"words": "Tủ mát"}


def test_a_wrong_answer_comes_back_with_its_text(desk: Desk, rows: Session, browse: Browse) -> None:
    mine = filled(rows, desk, State.DRAFT)
    browser, page = browse(desk.producer), f"/me/applications/{mine.id}/form/needs"
    marks = stamp(browser.get(page).get_data(as_text=True))
    answer = browser.post(page, data={**marks, "power_w": "-5", "words": "Tủ mát"}, headers=HERE)
    assert answer.status_code == 422
    assert "Write a number from 0 to 200,000." in answer.get_data(as_text=True)
    assert "Tủ mát" in answer.get_data(as_text=True)


def test_an_older_tab_never_overwrites_and_its_text_comes_back(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    mine = filled(rows, desk, State.DRAFT)
    browser, page = browse(desk.producer), f"/me/applications/{mine.id}/form/needs"
    old, new = (stamp(browser.get(page).get_data(as_text=True)) for _ in range(2))

    def saved(marks: dict[str, str], words: str, where: str = f"{page}/autosave") -> Any:
        headers = {**HERE, "X-Autosave": "1", "Accept": "application/json"}
        return browser.post(where, data={**marks, "words": words}, headers=headers)

    assert [saved(old, "a").status_code, saved(old, "ab").status_code] == [200, 200]
    newer = stamp(browser.get(page).get_data(as_text=True))
    assert saved(newer, "newer").status_code == 200
    assert saved(old, "older").status_code == 409
    assert saved(new, "oldest").status_code == 409
    assert the_application(rows).needs == {"words": "newer"}
    pressed = browser.post(page, data={**old, "words": "older"}, headers=HERE)
    assert pressed.status_code == 409
    assert "older" in pressed.get_data(as_text=True)
    again = stamp(pressed.get_data(as_text=True))
    assert browser.post(page, data={**again, "words": "older"}, headers=HERE).status_code == 303
    assert the_application(rows).needs == {"words": "older"}


@pytest.mark.parametrize("page", ["", "/form", "/form/kind", "/check", "/steps/withdraw"])
def test_somebody_elses_application_answers_like_a_missing_one(
    desk: Desk, rows: Session, browse: Browse, page: str
) -> None:
    mine = filled(rows, desk)
    assert browse(desk.stranger).get(f"/me/applications/{mine.id}{page}").status_code == 404
    assert browse(desk.stranger).get(f"/me/applications/{mine.id + 9}{page}").status_code == 404


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_page_for_both_sides(
    desk: Desk, rows: Session, browse: Browse, state: State
) -> None:
    mine = filled(rows, desk, state, reason="Thiếu ảnh")
    assert browse(desk.producer).get(f"/me/applications/{mine.id}").status_code == 200
    seen = 404 if state is State.DRAFT else 200
    assert browse(desk.organiser).get(f"/o/OCOP27/applications/{mine.id}").status_code == seen


def test_an_applicant_withdraws_and_opens_again(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    mine = filled(rows, desk)
    browser, here = browse(desk.producer), f"/me/applications/{mine.id}"
    for step, state in (("withdraw", State.WITHDRAWN), ("reopen", State.DRAFT)):
        assert send(browser, f"{here}/steps/{step}").status_code == 303
        assert the_application(rows).state is state


def test_an_organiser_returns_with_words_and_parts(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    mine = filled(rows, desk)
    browser, here = browse(desk.organiser), f"/o/OCOP27/applications/{mine.id}"
    silent = send(browser, here, f"{here}/steps/return", fields=["needs"])
    assert silent.status_code == 422
    said = send(browser, here, f"{here}/steps/return", reason="Ghi rõ công suất", fields=["needs", "kind"])
    assert said.status_code == 303
    kept = the_application(rows)
    assert (kept.state, kept.reason) == (State.RETURNED, "Ghi rõ công suất")
    assert kept.reason_fields == ["kind", "needs"]
    tasks = browse(desk.producer).get(f"/me/applications/{mine.id}/form").get_data(as_text=True)
    assert "Ghi rõ công suất" in tasks


def test_a_second_press_on_accept_changes_nothing_more(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    mine = filled(rows, desk)
    browser, here = browse(desk.organiser), f"/o/OCOP27/applications/{mine.id}"
    answers = [send(browser, here, f"{here}/steps/accept").status_code for _ in range(2)]
    assert answers == [303, 303]
    assert the_application(rows).version == 2


def test_a_decision_on_an_older_version_is_a_clash(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    mine = filled(rows, desk, version=4)
    browser, here = browse(desk.organiser), f"/o/OCOP27/applications/{mine.id}"
    assert send(browser, here, f"{here}/steps/accept", version="3").status_code == 409
    assert the_application(rows).state is State.SUBMITTED


def test_a_treasurer_reads_but_neither_notes_nor_decides(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.organisation.phone = "+84912345678"
    mine = filled(rows, desk)
    office, here = browse(desk.organiser), f"/o/OCOP27/applications/{mine.id}"
    assert send(office, here, f"{here}/notes", text="Gian đẹp").status_code == 303
    assert "+84912345678" in office.get(here).get_data(as_text=True)
    browser = browse(desk.treasurer)
    page = browser.get(here).get_data(as_text=True)
    assert ("+84912345678" in page, "/steps/" in page, "Gian đẹp" in page) == (False, False, True)
    for act in ("notes", "steps/accept"):
        assert send(browser, here, f"{here}/{act}", text="Gian xấu").status_code == 403
    assert rows.scalars(select(ReviewNote.text)).all() == ["Gian đẹp"]
    assert "Gian đẹp" not in browse(desk.producer).get(f"/me/applications/{mine.id}").get_data(as_text=True)


def test_many_are_decided_at_once_and_the_impossible_are_named(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    ready = [make.application(rows, make.organisation(rows), desk.fair).id for _ in range(3)]
    done = make.application(rows, make.organisation(rows), desk.fair, state=State.WITHDRAWN).id
    rows.commit()
    browser, picks = browse(desk.organiser), [*ready, done]
    query = "&".join(f"pick={each}" for each in picks)
    together = "/o/OCOP27/applications/together"
    answer = send(browser, f"{together}?step=accept&{query}", together, step="accept", pick=picks)
    assert answer.status_code == 303
    rows.expire_all()
    assert [rows.get_one(Application, each).state for each in ready] == [State.ACCEPTED] * 3
    assert rows.get_one(Application, done).state is State.WITHDRAWN
    said = browser.get(answer.location).get_data(as_text=True)
    assert "Accept: 3 applications." in said
    assert f"1 application stays as it was ({rows.get_one(Application, done).organisation.name})" in said
    silent = send(browser, f"{together}?step=accept&{query}", together, step="decline", pick=picks)
    assert silent.status_code == 422


def test_a_second_press_on_a_decision_about_many_says_that_it_is_taken(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    picks = [make.application(rows, make.organisation(rows), desk.fair).id for _ in range(2)]
    rows.commit()
    browser, together = browse(desk.organiser), "/o/OCOP27/applications/together"
    page = f"{together}?step=accept&pick={picks[0]}&pick={picks[1]}"
    seen = re.findall(r'name="seen" value="([^"]+)"', browser.get(page).get_data(as_text=True))
    assert len(seen) == 2
    for _press in range(2):
        answer = send(browser, page, together, step="accept", pick=picks, seen=seen)
        said = browser.get(answer.location).get_data(as_text=True)
        assert ("Accept: 2 applications." in said, "stay as they were" in said) == (True, False)
    assert len(rows.scalars(select(ApplicationStep)).all()) == 2


def test_a_decision_about_many_passes_over_what_another_organiser_decided_meanwhile(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    picks = [make.application(rows, make.organisation(rows), desk.fair).id for _ in range(2)]
    rows.commit()
    browser, together = browse(desk.organiser), "/o/OCOP27/applications/together"
    page = f"{together}?step=decline&pick={picks[0]}&pick={picks[1]}"
    seen = re.findall(r'name="seen" value="([^"]+)"', browser.get(page).get_data(as_text=True))
    here = f"/o/OCOP27/applications/{picks[0]}"
    assert send(browser, here, f"{here}/steps/waitlist").status_code == 303
    answer = send(browser, page, together, step="decline", pick=picks, seen=seen, reason="Hết chỗ.")
    said = browser.get(answer.location).get_data(as_text=True)
    assert ("Decline: 1 application." in said, "1 application stays as it was" in said) == (True, True)
    rows.expire_all()
    states = [rows.get_one(Application, each).state for each in picks]
    assert states == [State.WAITLISTED, State.DECLINED]


def many(session: Session, desk: Desk, count: int) -> None:
    for _ in range(count):
        maker = make.organisation(session)
        make.product(session, maker)
        make.application(session, maker, desk.fair, booth_kind_id=desk.kind.id)
    session.commit()


def test_the_queue_asks_as_much_for_3_as_for_1900(desk: Desk, rows: Session, browse: Browse) -> None:
    browser, page = browse(desk.organiser), "/o/OCOP27/applications?state=waiting&q=htx"
    many(rows, desk, 3)
    few = len(queries(browser, page))
    many(rows, desk, 1897)
    assert len(queries(browser, page)) == few
    assert browser.get(page).get_data(as_text=True).count("data-row") == 60


def test_the_queue_is_filtered_by_folded_words_state_group_and_place(
    desk: Desk, rows: Session, browse: Browse
) -> None:
    filled(rows, desk)
    other = make.organisation(rows, "Kominato", country="JP", folded="kominato")
    make.application(rows, other, desk.fair, state=State.DECLINED)
    rows.commit()
    browser = browse(desk.organiser)
    found = {
        query: browser.get(f"/o/OCOP27/applications?{query}").get_data(as_text=True).count("data-row")
        for query in (
            "",
            "q=Suối+giàng",
            "q=suoi",
            "q=%25",
            "state=declined",
            "state=waiting",
            "group=drink",
            "place=JP",
            f"kind={desk.kind.id}",
            "page=99&sort=-name",
            "state=draft",
        )
    }
    assert list(found.values()) == [2, 1, 1, 2, 1, 1, 1, 1, 1, 2, 2]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_step_has_a_letter_in_each_language(desk: Desk, rows: Session, app: Any, language: str) -> None:
    desk.producer.language = language
    mine = filled(rows, desk, reason="Thiếu ảnh", reason_fields=["needs"])
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    subjects = set()
    for step in Step:
        letters = letter_jobs()["mail.application_step"](work, application_id=mine.id, step=step.value)
        assert [letter.to for letter in letters] == [desk.producer.email]
        subject, body = render(letters[0], app.config["FAIRAPP"])
        assert f"http://localhost/me/applications/{mine.id}" in body
        assert ("Thiếu ảnh" in body) == (step.value in ("return", "decline", "cancel", "waitlist", "accept"))
        subjects.add(subject)
    assert len(subjects) == len(Step)


def test_booths_have_letters_for_the_holder(desk: Desk, rows: Session, app: Any) -> None:
    mine = filled(rows, desk, State.ACCEPTED)
    hall = make.hall(rows, desk.fair)
    exhibitor = make.exhibitor(rows, desk.organisation, desk.fair, application_id=mine.id)
    claim = make.claim(rows, make.booth(rows, hall, "A-012"), exhibitor, desk.fair)
    rows.commit()
    work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
    jobs = letter_jobs()
    for name, facts in (
        ("booth_assigned", {}),
        ("booth_moved", {"before": "A-011"}),
        ("booth_released", {}),
    ):
        letters = jobs[f"mail.{name}"](work, claim_id=claim.id, **facts)
        assert [letter.to for letter in letters] == [desk.producer.email]
        subject, body = render(letters[0], app.config["FAIRAPP"])
        assert "A-012" in subject
        assert f"/me/applications/{mine.id}" in body


@pytest.mark.parametrize("version", ["²", "-1", "9" * 40, "x", ""])
def test_a_decision_on_an_odd_version_is_taken_as_one_on_none(
    desk: Desk, rows: Session, browse: Browse, send: Send, version: str
) -> None:
    here = f"/o/OCOP27/applications/{filled(rows, desk).id}"
    answer = send(browse(desk.organiser), here, f"{here}/steps/begin_review", version=version)
    assert answer.status_code == 303
    assert the_application(rows).state is State.IN_REVIEW
