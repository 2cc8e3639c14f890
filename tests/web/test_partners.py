"""Partners in the browser: named by the exhibitor, answered by the office, and seen by nobody else."""

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
from fairapp.rules.applications import State
from fairapp.rules.partners import PartnerKind, PartnerSettings, PartnerState
from fairapp.store.accounts import Account
from fairapp.store.operations import OutboxMessage
from fairapp.store.partners import Partner
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """An exhibitor of 12 m² with its member, the office of its fair, and people of elsewhere."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=90)
        self.fair = make.fair(rows, starts_on=day, ends_on=day + timedelta(days=4))
        self.maker = make.account(rows, language="en")
        self.organisation = make.organisation(rows, "HTX Chè Suối Giàng")
        make.member(rows, self.maker, self.organisation)
        self.application = make.application(rows, self.organisation, self.fair, state=State.ACCEPTED)
        self.main = make.exhibitor(rows, self.organisation, self.fair, application_id=self.application.id)
        booth = make.booth(rows, make.hall(rows, self.fair), area_m2=12.0)
        make.claim(rows, booth, self.main, self.fair)
        self.organiser = self.somebody(rows, Role.ORGANISER)
        self.finance = self.somebody(rows, Role.FINANCE)
        self.elsewhere = make.account(rows, language="en")
        make.grant(rows, self.elsewhere, Role.ORGANISER, make.fair(rows, "ELSEWHERE"))
        self.stranger = make.account(rows, language="en")
        make.member(rows, self.stranger, make.organisation(rows))
        rows.commit()

    def somebody(self, rows: Session, role: Role) -> Account:
        account = make.account(rows, language="en")
        make.grant(rows, account, role, self.fair)
        return account

    @property
    def mine(self) -> str:
        return f"/me/applications/{self.application.id}/partners"

    @property
    def theirs(self) -> str:
        return f"/o/OCOP27/applications/{self.application.id}/partners"

    def partner(self, rows: Session, **values: Any) -> Partner:
        return make.partner(rows, self.main, **values)


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


TOLD = {"kind": "co_exhibitor", "name": "Công ty Trà Mộc", "country": "VN"}


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def letters(app: Any, rows: Session) -> list[tuple[str, Any]]:
    found = []
    for message in rows.scalars(select(OutboxMessage).order_by(OutboxMessage.id)):
        if message.name in letter_jobs() and message.name.startswith("mail.partner"):
            work = Work(rows, app.config["FAIRAPP"], datetime.now(UTC))
            found += [(each.to, render(each, app.config["FAIRAPP"])) for each in
                      letter_jobs()[message.name](work, **message.facts)]  # fmt: skip
    return found


def test_a_maker_names_a_co_exhibitor_and_the_office_approves_it(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    assert "Room for 2 more co-exhibitors." in words(maker.get(desk.mine))
    answer = send(maker, f"{desk.mine}/new", **TOLD, group="drink", products="Trà xanh\nTrà đen")
    assert (answer.status_code, answer.location) == (303, desk.mine)
    page = words(maker.get(desk.mine))
    assert "Công ty Trà Mộc" in page
    assert "Waits for the organiser" in page
    assert "Room for 1 more co-exhibitor." in page
    assert "Công ty Trà Mộc" in words(organiser.get("/o/OCOP27/partners"))
    partner = rows.scalars(select(Partner)).one()
    assert partner.products == ["Trà xanh", "Trà đen"]
    answer = send(organiser, desk.theirs, f"{desk.theirs}/{partner.id}/approve")
    assert (answer.status_code, answer.location) == (303, desk.theirs)
    rows.expire_all()
    assert (partner.state, partner.partner_exhibitor is not None) == (PartnerState.APPROVED, True)
    again = send(organiser, desk.theirs, f"{desk.theirs}/{partner.id}/approve")
    assert again.status_code == 303
    assert words(maker.get(desk.mine)).count("Approved") == 1


def test_a_refusal_needs_a_reason_and_the_maker_reads_it_in_page_and_letter(
    browse: Browse, send: Send, rows: Session, desk: Desk, app: Any
) -> None:
    partner = desk.partner(rows)
    rows.commit()
    organiser, maker = browse(desk.organiser), browse(desk.maker)
    answer = send(organiser, desk.theirs, f"{desk.theirs}/{partner.id}/refuse", reason=" ")
    assert answer.status_code == 409
    assert "Say why you refuse the partner" in words(answer)
    send(organiser, desk.theirs, f"{desk.theirs}/{partner.id}/refuse", reason="Send its licence.")
    assert "Send its licence." in words(maker.get(desk.mine))
    (to, letter), *others = letters(app, rows)
    assert (to, others) == (desk.maker.email, [])
    assert "Send its licence." in letter[1]
    changed = send(maker, f"{desk.mine}/{partner.id}", **TOLD)
    assert changed.status_code == 303
    rows.expire_all()
    assert (partner.state, partner.reason) == (PartnerState.PROPOSED, "")


def test_too_many_for_the_floor_read_the_same_words_on_both_sides(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    for name in ("Một", "Hai"):
        desk.partner(rows, name=name)
    rows.commit()
    sentence = "4 companies stand together and need 16 m²; the floor here is 12 m²."
    for somebody, page in ((desk.maker, desk.mine), (desk.organiser, desk.theirs)):
        answer = send(browse(somebody), f"{page}/new", **TOLD)
        assert answer.status_code == 409
        assert sentence in words(answer)
        assert 'value="Công ty Trà Mộc"' in words(answer)


def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(browse: Browse, send: Send, desk: Desk) -> None:
    fields = {**TOLD, "name": "", "place": "Mộc Châu"}
    answer = send(browse(desk.maker), f"{desk.mine}/new", **fields)
    assert answer.status_code == 422
    assert 'value="Mộc Châu"' in words(answer)
    answer = send(browse(desk.maker), f"{desk.mine}/new", **{**TOLD, "kind": "friend"})
    assert answer.status_code == 422
    answer = send(browse(desk.maker), f"{desk.mine}/new", **TOLD, tax_number="0100109107")
    assert answer.status_code == 422


def test_a_partner_is_taken_back_once(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    partner = desk.partner(rows)
    rows.commit()
    maker = browse(desk.maker)
    assert send(maker, desk.mine, f"{desk.mine}/{partner.id}/take-back").status_code == 303
    assert "Nobody named yet" in words(maker.get(desk.mine))
    assert send(maker, f"{desk.mine}/new", f"{desk.mine}/{partner.id}/take-back").status_code == 404


def test_after_the_deadline_the_page_says_so_and_only_the_office_goes_on(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    until = datetime.now(UTC) - timedelta(hours=1)
    desk.fair.settings = {"partners": PartnerSettings(until=until).kept()}
    rows.commit()
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    page = words(maker.get(desk.mine))
    assert "The deadline has passed." in page
    assert "Name a co-exhibitor" not in page
    assert send(maker, f"{desk.mine}/new", **TOLD).status_code == 409
    assert send(organiser, f"{desk.theirs}/new", **TOLD).status_code == 303


def test_the_rules_of_a_fair_are_kept_in_its_own_time(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    organiser = browse(desk.organiser)
    answer = send(
        organiser,
        "/o/OCOP27/partners/settings",
        until="2027-03-01T17:00",
        asks="no",
        main_m2="3",
        each_m2="2.5",
    )
    assert answer.status_code == 303
    rows.expire_all()
    kept = PartnerSettings.read(desk.fair.settings)
    assert kept == PartnerSettings(datetime(2027, 3, 1, 10, tzinfo=UTC), False, 3.0, 2.5)
    assert 'value="2027-03-01T17:00"' in words(organiser.get("/o/OCOP27/partners/settings"))
    wrong = send(organiser, "/o/OCOP27/partners/settings", asks="no", main_m2="much", each_m2="-1")
    assert wrong.status_code == 422


def test_partners_are_nobody_elses_business(browse: Browse, send: Send, rows: Session, desk: Desk) -> None:
    partner = desk.partner(rows, name="Not for strangers")
    rows.commit()
    for account in (desk.stranger, desk.elsewhere):
        browser = browse(account)
        for page in (desk.mine, f"{desk.mine}/new", f"{desk.mine}/{partner.id}"):
            assert browser.get(page).status_code == 404
        for page in (desk.theirs, "/o/OCOP27/partners", "/o/OCOP27/partners/settings"):
            assert browser.get(page).status_code in (403, 404)
    finance = browse(desk.finance)
    assert "Not for strangers" in words(finance.get(desk.theirs))
    assert finance.get(f"{desk.theirs}/new").status_code == 403
    assert finance.get("/o/OCOP27/partners/settings").status_code == 403
    assert browse(desk.organiser).get(desk.mine).status_code == 404


def test_a_partner_of_somebody_else_is_not_changed_under_ones_own_address(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    other = make.exhibitor(rows, make.organisation(rows), desk.fair)
    theirs = make.partner(rows, other)
    rows.commit()
    maker, organiser = browse(desk.maker), browse(desk.organiser)
    assert maker.get(f"{desk.mine}/{theirs.id}").status_code == 404
    assert send(maker, f"{desk.mine}/new", f"{desk.mine}/{theirs.id}/take-back").status_code == 404
    answer = send(organiser, f"{desk.theirs}/new", f"{desk.theirs}/{theirs.id}/approve")
    assert answer.status_code == 404
    rows.expire_all()
    assert theirs.state is PartnerState.PROPOSED


def test_the_list_asks_as_much_for_three_as_for_one_and_finds_by_words(
    browse: Browse, rows: Session, desk: Desk
) -> None:
    desk.partner(rows, name="Công ty Một")
    rows.commit()
    organiser = browse(desk.organiser)
    one = queries(organiser, "/o/OCOP27/partners")
    for name in ("Công ty Hai", "Silk of the Mekong"):
        desk.partner(rows, name=name, kind=PartnerKind.REPRESENTED)
    rows.commit()
    assert queries(organiser, "/o/OCOP27/partners") == one
    page = words(organiser.get("/o/OCOP27/partners"))
    assert "Silk of the Mekong" in page
    assert "Công ty Một" in words(organiser.get("/o/OCOP27/partners?q=cong+ty+mot"))
    found = words(organiser.get("/o/OCOP27/partners?q=silk"))
    assert "Silk of the Mekong" in found
    assert "Công ty Hai" not in found
    assert "Nothing found" in words(organiser.get("/o/OCOP27/partners?show=refused&q=silk"))
