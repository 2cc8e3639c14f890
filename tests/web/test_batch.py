"""The batch of decisions in the browser: prepared from the list, read as letters, published in one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State, Step
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.applications_prepared import PreparedDecision
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """A fair with two submitted applications, one of whose members reads English."""

    def __init__(self, rows: Session) -> None:
        today = datetime.now(UTC).date()
        self.fair = make.fair(rows, starts_on=today + timedelta(days=90), ends_on=today + timedelta(days=94))
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        self.reviewer = make.account(rows)
        make.grant(rows, self.reviewer, Role.REVIEWER, self.fair)
        self.first = make.application(rows, make.organisation(rows, "HTX Một"), self.fair)
        self.member = make.account(rows, language="en")
        make.member(rows, self.member, self.first.organisation)
        self.second = make.application(rows, make.organisation(rows, "HTX Hai"), self.fair)
        self.together = f"/o/{self.fair.code}/applications/together"
        self.batch = f"/o/{self.fair.code}/decisions"

    def prepared(self, rows: Session, of: Application, step: Step = Step.ACCEPT) -> None:
        make.kept(
            rows,
            PreparedDecision(
                application_id=of.id,
                fair_id=self.fair.id,
                step=step,
                reason="Chúc mừng.",
                prepared_at=make.NOW,
            ),
        )


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def test_from_the_list_through_the_letters_to_the_publication(
    rows: Session, browse: Browse, send: Send, desk: Desk
) -> None:
    browser = browse(desk.organiser)
    assert "Nothing is prepared" in browser.get(desk.batch).get_data(as_text=True)
    picks = [str(desk.first.id), str(desk.second.id)]
    where = f"{desk.together}?step=accept&pick={picks[0]}&pick={picks[1]}"
    kept = send(browser, where, desk.together, step="accept", pick=picks, how="prepare", reason="Welcome!")
    assert kept.status_code == 303
    assert {each.state for each in rows.scalars(select(Application))} == {State.SUBMITTED}
    page = browser.get(desk.batch).get_data(as_text=True)
    assert "HTX Một" in page
    assert "Publish 2 decisions" in page
    letter = browser.get(f"{desk.batch}/{desk.first.id}").get_data(as_text=True)
    assert desk.member.email in letter
    assert "Welcome!" in letter
    nobody = browser.get(f"{desk.batch}/{desk.second.id}").get_data(as_text=True)
    assert "Nobody has an address" in nobody
    for _press in range(2):
        assert send(browser, f"{desk.batch}/publish").status_code == 303
    assert {each.state for each in rows.scalars(select(Application))} == {State.ACCEPTED}
    assert browser.get(f"{desk.batch}/{desk.first.id}").status_code == 404


def test_a_chosen_one_is_taken_out_again(rows: Session, browse: Browse, send: Send, desk: Desk) -> None:
    desk.prepared(rows, desk.first)
    desk.prepared(rows, desk.second)
    rows.commit()
    browser = browse(desk.organiser)
    assert send(browser, f"{desk.batch}/undo", pick=[str(desk.first.id), "x", "9" * 12]).status_code == 303
    assert rows.scalars(select(PreparedDecision.application_id)).all() == [desk.second.id]


def test_a_reviewer_and_another_fairs_organiser_see_nothing_of_it(
    rows: Session, browse: Browse, send: Send, desk: Desk
) -> None:
    desk.prepared(rows, desk.first)
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, make.fair(rows, "ELSE27"))
    rows.commit()
    for who, status in ((desk.reviewer, 403), (stranger, 404)):
        browser = browse(who)
        assert browser.get(desk.batch).status_code == status
        assert browser.get(f"{desk.batch}/{desk.first.id}").status_code == status
        for act in ("publish", "undo"):
            assert send(browser, f"{desk.batch}/{act}", pick=[str(desk.first.id)]).status_code == status
    assert browse(stranger).get(f"/o/ELSE27/decisions/{desk.first.id}").status_code in (403, 404)
    assert rows.get_one(Application, desk.first.id).state is State.SUBMITTED


def test_the_batch_asks_the_database_the_same_for_one_and_for_two(
    rows: Session, browse: Browse, desk: Desk
) -> None:
    desk.prepared(rows, desk.first)
    rows.commit()
    browser = browse(desk.organiser)
    few = queries(browser, desk.batch)
    desk.prepared(rows, desk.second, Step.WAITLIST)
    rows.commit()
    assert queries(browser, desk.batch) == few
