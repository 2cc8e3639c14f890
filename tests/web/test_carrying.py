"""Applying for the next fair with everything filled in."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.questions import Body, Phase, Question, QuestionType, Section, body_from
from fairapp.store.accounts import Account
from fairapp.store.applications import Application, ApplicationProduct
from fairapp.store.applications_forms import Form, FormVersion
from fairapp.store.fairs import Fair
from fairapp.usecases.fairs import CopyFair, copy_fair
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]

MEETS = Question("meets", QuestionType.SHORT_TEXT, {"en": "Whom do you want to meet?"})
AGREES = Question("agrees", QuestionType.CONSENT, {"en": "We agree"})
BODY = Body((Section("one", {"en": "One"}, (MEETS, AGREES)),))


class Desk:
    """A producer who has been to one fair and applies for the next."""

    def __init__(self, session: Session) -> None:
        now = datetime.now(UTC)
        today = now.date()
        self.old = make.fair(
            session, code="OLD26", starts_on=today - timedelta(days=300), ends_on=today - timedelta(days=296)
        )
        self.new = make.fair(
            session,
            code="NEW27",
            names={"en": "The new fair"},
            starts_on=today + timedelta(days=90),
            ends_on=today + timedelta(days=94),
            apply_from=now - timedelta(days=1),
            apply_until=now + timedelta(days=30),
        )
        self.kinds = [make.booth_kind(session, fair) for fair in (self.old, self.new)]
        self.producer = make.account(session, language="en")
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng")
        make.member(session, self.producer, self.organisation)
        self.last = make.application(
            session,
            self.organisation,
            self.old,
            state=State.CONFIRMED,
            booth_kind_id=self.kinds[0].id,
            booths=2,
            area_m2=18.0,
            wishes={"zone": "drink", "near": "cửa vào"},
            needs={"power_w": 900},
            terms_version="1",
        )
        self.products = [make.product(session, self.organisation) for _number in range(2)]
        for each in self.products:
            session.add(ApplicationProduct(application_id=self.last.id, product_id=each.id))
        forms = [make.form(session, fair, BODY) for fair in (self.old, self.new)]
        version = session.scalars(select(FormVersion).where(FormVersion.form_id == forms[0].id)).one()
        make.form_answer(session, self.last, version, {"meets": "Siêu thị", "agrees": True})
        secret = make.organisation(session, "HTX Khác")
        other = make.application(session, secret, self.old, needs={"words": "bí mật"})
        make.form_answer(session, other, version, {"meets": "bí mật"})


@pytest.fixture
def desk(rows: Session) -> Desk:
    found = Desk(rows)
    rows.commit()
    return found


def begun(desk: Desk, rows: Session, browser: FlaskClient, send: Send) -> Application:
    send(browser, "/me/apply/NEW27", organisation=str(desk.organisation.id))
    rows.expire_all()
    return rows.scalars(select(Application).where(Application.fair_id == desk.new.id)).one()


def shown_products(rows: Session, application: Application) -> set[int]:
    wanted = select(ApplicationProduct.product_id)
    return set(rows.scalars(wanted.where(ApplicationProduct.application_id == application.id)))


def test_a_new_application_is_filled_in_from_the_last_fair(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    browser = browse(desk.producer)
    draft = begun(desk, rows, browser, send)
    assert (draft.state, draft.booth_kind_id, draft.booths, draft.area_m2) == (
        State.DRAFT,
        desk.kinds[1].id,
        2,
        18.0,
    )
    assert (draft.needs, draft.wishes) == ({"power_w": 900}, {"zone": "drink", "near": "cửa vào"})
    assert draft.terms_version is None
    assert shown_products(rows, draft) == {each.id for each in desk.products}
    here = f"/me/applications/{draft.id}/form"
    assert "Filled in from your application for International OCOP Fair" in browser.get(here).text
    questions = browser.get(f"{here}/questions").text
    assert ('value="Siêu thị"' in questions, "agree anew for this one" in questions) == (True, True)
    assert re.search(r'name="q_agrees"[^>]*checked', questions) is None
    assert "bí mật" not in questions + browser.get(here).text


def test_what_has_changed_is_marked_and_looked_at_before_submitting(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.kinds[1].price_minor = 9_000_000
    desk.products[0].removed_at = make.NOW
    desk.last.wishes = {"zone": "nowhere", "corner": True}
    rows.commit()
    browser = browse(desk.producer)
    draft = begun(desk, rows, browser, send)
    assert (draft.wishes, shown_products(rows, draft)) == ({"corner": True}, {desk.products[1].id})
    here = f"/me/applications/{draft.id}"
    tasks = browser.get(f"{here}/form").text
    for sentence in ("Size or price has changed", "zone of your last fair is not there", "products of your"):
        assert sentence in tasks
    assert "have changed since: 3." in browser.get(f"{here}/check").text
    kind = browser.get(f"{here}/form/kind").text
    marks = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', kind)[1]  # type: ignore[index]
        for name in ("csrf_token", "version", "tab")
    }
    told = {**marks, "kind": str(desk.kinds[1].id), "booths": "2"}
    browser.post(f"{here}/form/kind", data=told, headers={"Origin": "http://localhost"})
    assert "have changed since: 2." in browser.get(f"{here}/check").text
    assert "Size or price has changed" not in browser.get(f"{here}/form").text


def test_a_kind_that_is_not_offered_any_more_is_chosen_anew(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.kinds[1].code = "other"
    rows.commit()
    browser = browse(desk.producer)
    draft = begun(desk, rows, browser, send)
    assert draft.booth_kind_id is None
    assert "not offered any more" in browser.get(f"/me/applications/{draft.id}/form").text


def test_a_draft_of_the_last_fair_is_nothing_to_begin_with(
    desk: Desk, rows: Session, browse: Browse, send: Send
) -> None:
    desk.last.state, desk.last.submitted_at = State.DRAFT, None
    rows.commit()
    draft = begun(desk, rows, browse(desk.producer), send)
    assert (draft.needs, draft.wishes, draft.answers, shown_products(rows, draft)) == ({}, {}, {}, set())


def test_forms_come_along_to_the_next_edition_as_drafts(desk: Desk, rows: Session) -> None:
    own = make.form(rows, desk.old, BODY, Phase.DETAILS, booth_kind_id=desk.kinds[0].id)
    desk.old.apply_from = desk.old.apply_until = None
    desk.old.settings = {"forms": {"details_until": "2026-03-01T17:00:00+07:00", "stop": "nothing"}}
    rows.flush()
    starts = desk.old.starts_on + timedelta(days=365)
    order = CopyFair(desk.old.id, "NEXT27", starts, starts + timedelta(days=4))
    new: Fair = copy_fair(rows, make.actor(Role.ADMINISTRATOR), order, make.NOW)
    forms = rows.scalars(select(Form).where(Form.fair_id == new.id).order_by(Form.id)).all()
    assert [(each.phase, body_from(each.draft)) for each in forms] == [
        (Phase.APPLY, BODY),
        (Phase.DETAILS, BODY),
    ]
    assert forms[1].booth_kind_id not in (None, own.booth_kind_id)
    assert new.settings["forms"]["details_until"] == "2027-03-01T17:00:00+07:00"
