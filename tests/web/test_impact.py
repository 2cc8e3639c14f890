"""What follows is shown before it is done: to whoever withdraws, and to the office, without JavaScript."""

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
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.store.accounts import Account
from fairapp.store.allocation import CoExhibitor
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """An accepted exhibitor with a booth, a guest and a named badge, its member, and the office."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=40)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng")
        make.member(rows, self.maker, self.organisation)
        self.application = make.application(rows, self.organisation, self.fair, state=State.ACCEPTED)
        main = make.exhibitor(rows, self.organisation, self.fair, application_id=self.application.id)
        self.hall = make.hall(rows, self.fair)
        self.booth = make.booth(rows, self.hall, "A-01")
        self.free = make.booth(rows, self.hall, "A-02")
        self.claim = make.claim(rows, self.booth, main, self.fair)
        guest = make.exhibitor(rows, make.organisation(rows, "Tơ Lụa Hà Đông"), self.fair)
        rows.add(CoExhibitor(claim_id=self.claim.id, exhibitor_id=guest.id, added_at=make.NOW))
        self.main = main
        make.badge(rows, main)
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        rows.commit()

    @property
    def withdraw(self) -> str:
        return f"/me/applications/{self.application.id}/steps/withdraw"

    @property
    def office(self) -> str:
        return f"/o/OCOP27/applications/{self.application.id}"

    @property
    def at(self) -> str:
        return f"/o/OCOP27/booths/{self.booth.id}"


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def again(browser: FlaskClient, page: Any, action: str, **changed: str) -> Any:
    """Press the confirmation's button: everything that the page holds is sent back."""
    text = page.get_data(as_text=True)
    form = text[text.index('name="digest"') - 1_500 : text.index('name="digest"') + 200]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return browser.post(action, data={**fields, **changed}, headers={"Origin": "http://localhost"})


def test_whoever_withdraws_reads_first_what_follows_and_then_it_happens(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    maker = browse(desk.maker)
    page = maker.get(desk.withdraw)
    said = words(page)
    assert "What follows" in said
    assert "HTX Chè Suối Giàng gives back: A-01." in said
    assert "Badges of HTX Chè Suối Giàng that stop being valid: 1." in said
    assert "Tơ Lụa Hà Đông loses its place at A-01." in said
    rows.expire_all()
    assert (desk.application.state, desk.claim.state) == (State.ACCEPTED, ClaimState.CONFIRMED)
    assert again(maker, page, desk.withdraw).status_code == 303
    rows.expire_all()
    assert (desk.application.state, desk.claim.state) == (State.WITHDRAWN, ClaimState.RELEASED)


def test_what_has_changed_until_the_click_is_shown_again_and_nothing_is_done(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    maker = browse(desk.maker)
    page = maker.get(desk.withdraw)
    make.badge(rows, desk.main)
    rows.commit()
    answer = again(maker, page, desk.withdraw)
    assert answer.status_code == 409
    assert "What follows is not what was shown" in words(answer)
    assert "that stop being valid: 2." in words(answer)
    rows.expire_all()
    assert desk.application.state is State.ACCEPTED
    assert again(maker, answer, desk.withdraw).status_code == 303


def test_a_press_without_having_read_it_does_nothing(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    answer = send(browse(desk.maker), desk.withdraw)
    assert answer.status_code == 409
    rows.expire_all()
    assert desk.application.state is State.ACCEPTED


def test_the_office_cancels_after_reading_with_its_reason_kept(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser = browse(desk.organiser)
    action = f"{desk.office}/steps/cancel"
    page = send(organiser, desk.office, action, reason="No papers.", version=desk.application.version)
    assert page.status_code == 200
    assert "Cancel this application?" in words(page)
    assert "Badges of HTX Chè Suối Giàng that stop being valid: 1." in words(page)
    rows.expire_all()
    assert desk.application.state is State.ACCEPTED
    assert again(organiser, page, action).status_code == 303
    rows.expire_all()
    assert (desk.application.state, desk.application.reason) == (State.CANCELLED, "No papers.")


def test_without_a_reason_nothing_is_asked_nor_done(browse: Browse, send: Send, desk: Desk) -> None:
    action = f"{desk.office}/steps/cancel"
    assert send(browse(desk.organiser), desk.office, action, reason="").status_code == 422


def test_taking_a_booth_back_moving_and_swapping_are_shown_first(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    other = make.exhibitor(rows, make.organisation(rows, "HTX Gạo"), desk.fair)
    theirs = make.claim(rows, make.booth(rows, desk.hall, "A-03"), other, desk.fair)
    rows.commit()
    organiser, claims = browse(desk.organiser), f"/o/OCOP27/claims/{desk.claim.id}"
    for act, fields, said in (
        ("release", {"reason": "Too late."}, "Tơ Lụa Hà Đông loses its place at A-01."),
        ("move", {"booth_id": desk.free.id}, "Tơ Lụa Hà Đông moves along from A-01 to A-02."),
        ("swap", {"other_claim_id": theirs.id}, "HTX Gạo moves from A-03 to A-01."),
    ):
        page = send(organiser, desk.at, f"{claims}/{act}", **fields)
        assert page.status_code == 200
        assert said in words(page)
        rows.expire_all()
        assert desk.claim.state is ClaimState.CONFIRMED
    page = send(organiser, desk.at, f"{claims}/move", booth_id=desk.free.id)
    changed = again(organiser, page, f"{claims}/move", digest="0" * 32)
    assert changed.status_code == 409
    assert again(organiser, changed, f"{claims}/move").status_code == 303
    rows.expire_all()
    assert desk.claim.state is ClaimState.MOVED
    moved = rows.scalars(select(CoExhibitor.claim_id)).one()
    assert moved == desk.claim.moved_to_id


def test_a_page_that_keeps_its_digest_holds_the_board_s_choices(
    browse: Browse, send: Send, desk: Desk
) -> None:
    page = send(
        browse(desk.organiser),
        desk.at,
        f"/o/OCOP27/claims/{desk.claim.id}/release",
        reason='He said "no" & left',
        kept="group=drink",
    )
    text = page.get_data(as_text=True)
    assert hidden(text, "kept") == "group=drink"
    assert hidden(text, "reason") == "He said &#34;no&#34; &amp; left"
