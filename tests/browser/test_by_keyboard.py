"""Whole journeys by keyboard alone, wide and narrow, each page on the way clean under axe.

Nothing here clicks: what is wanted is reached with Tab, pressed with Enter or Space, and typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.applications import State
from fairapp.rules.manual import TaskKind
from fairapp.store.accounts import Account
from fairapp.store.applications import Application
from fairapp.store.base import db
from fairapp.store.billing import Instalment
from fairapp.store.delegations import DelegationBooth
from fairapp.store.producers import Organisation
from tests import factories as make
from tests import money
from tests.keys import Keys
from tests.serving import Service, running


@dataclass(frozen=True, slots=True)
class House:
    """A running service with a fair, its office, a maker with a booth, and the head of a delegation."""

    service: Service
    cookies: dict[str, str]
    numbers: dict[str, int]


def cookie_of(app: Flask, account: Account) -> str:
    visitor = app.test_client()
    with visitor.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"{account.id}.{account.epoch}", True
    cookie = visitor.get_cookie("fairapp")
    assert cookie is not None
    return cookie.value


def furnish(rows: Session) -> tuple[dict[str, Account], dict[str, int]]:
    """Everything that the journeys need, each its own so that none is in another's way."""
    day = datetime.now(UTC).date() + timedelta(days=60)
    fair = make.fair(
        rows,
        starts_on=day,
        ends_on=day + timedelta(days=4),
        apply_until=datetime.now(UTC) + timedelta(days=9),
        settings={"money": money.SELLER},
    )
    kind = make.booth_kind(rows, fair)
    people = {name: make.account(rows, language="en") for name in ("office", "finance", "maker", "head")}
    make.grant(rows, people["office"], Role.ORGANISER, fair)
    make.grant(rows, people["finance"], Role.FINANCE, fair)
    tea = make.organisation(rows, "Tea Maker")
    make.member(rows, people["maker"], tea)
    draft = make.application(rows, tea, fair, state=State.DRAFT, submitted_at=None, booth_kind_id=kind.id)
    for name in ("Silk Maker", "Rice Maker"):
        make.application(rows, make.organisation(rows, name), fair, booth_kind_id=kind.id)
    pots = make.organisation(rows, "Pot Maker")
    make.member(rows, people["maker"], pots)
    taken = make.application(rows, pots, fair, state=State.ACCEPTED, booth_kind_id=kind.id)
    standing = make.exhibitor(rows, pots, fair, application_id=taken.id)
    hall = make.hall(rows, fair)
    make.claim(rows, make.booth(rows, hall, "A-01"), standing, fair)
    task = make.manual_task(rows, fair, TaskKind.TEXT, due_at=datetime.now(UTC) + timedelta(days=5))
    money.invoice(rows, standing)
    delegation = make.delegation(rows, fair, people["head"], quota_booths=2)
    rows.add(
        DelegationBooth(
            booth_id=make.booth(rows, hall, "A-02").id, delegation_id=delegation.id, given_at=make.NOW
        )
    )
    numbers = {"draft": draft.id, "taken": taken.id, "task": task.id, "delegation": delegation.id}
    return people, numbers


@pytest.fixture(params=[1280, 360], ids=["wide", "narrow"], scope="module")
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp(f"keys-{request.param}")) as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            rows = db.session()
            people, numbers = furnish(rows)
            rows.commit()
            cookies = {name: cookie_of(app, account) for name, account in people.items()}
            db.session.remove()
            db.engine.dispose()
        yield House(service, cookies, {**numbers, "width": request.param})


@pytest.fixture
def sit(house: House, browser: Browser) -> Iterator[Callable[[str, str], Keys]]:
    """``sit(who, path)``: somebody's keyboard before a page; whatever the browser complains of fails."""
    opened, seats = [], []

    def seated(who: str, path: str) -> Keys:
        context = browser.new_context(
            locale="en-GB", viewport={"width": house.numbers["width"], "height": 800}
        )
        context.set_default_timeout(20_000)
        context.add_cookies([{"name": "fairapp", "value": house.cookies[who], "url": house.service.url}])
        keys = Keys(context.new_page())
        keys.page.on("pageerror", lambda error: keys.complaints.append(str(error)))
        keys.page.goto(f"{house.service.url}{path}")
        opened.append(context)
        seats.append(keys)
        return keys

    yield seated
    for context in opened:
        context.close()
    assert [each.complaints for each in seats] == [[] for _ in seats]


Sit = Callable[[str, str], Keys]


def test_a_form_is_built_and_answered(sit: Sit, house: House) -> None:
    office = sit("office", "/o/OCOP27/forms")
    office.look()
    office.choose("phase", "apply")
    office.button("Begin the form")
    office.link("Add a question")
    office.look()
    office.write("label_en", "What do you bring?")
    office.choose("need", "required")
    office.button("Save the question")
    office.link("Publish…")
    office.look()
    office.button("Publish the form")
    expect(office.page.get_by_text("Version 1 is published.")).to_be_visible()

    maker = sit("maker", f"/me/applications/{house.numbers['draft']}/form/questions")
    maker.look()
    asked = maker.page.get_by_label("What do you bring?")
    name = asked.get_attribute("name")
    assert name is not None
    maker.write(name, "Snow Shan tea")
    maker.button("Keep it and complete it later")
    maker.page.goto(f"{house.service.url}/me/applications/{house.numbers['draft']}/form/questions")
    expect(maker.page.get_by_label("What do you bring?")).to_have_value("Snow Shan tea")


def test_decisions_are_prepared_and_published(sit: Sit, house: House) -> None:
    office = sit("office", "/o/OCOP27/applications?sort=name")
    office.look()
    for name in ("Rice Maker", "Silk Maker"):
        office.reach(office.page.get_by_role("checkbox", name=f"Choose {name}"))
        office.page.keyboard.press("Space")
    office.page.keyboard.press("a")
    expect(office.page.get_by_role("row", name=re.compile("Rice Maker"))).to_contain_text("Prepared: Accept")
    office.page.goto(f"{house.service.url}/o/OCOP27/decisions")
    office.look()
    office.ask(office.page.get_by_role("button", name="Publish 2 decisions", exact=True))
    office.button("Yes, go on")
    expect(office.page.get_by_text("Nothing is prepared")).to_be_visible()


def test_a_statement_pays(sit: Sit, house: House) -> None:
    app = create_app(read_settings(house.service.environment))
    with app.app_context():
        part = db.session.scalars(select(Instalment)).first()
        assert part is not None
        reference, amount = part.reference, part.amount_minor
        db.session.remove()
        db.engine.dispose()
    titles = ("Ngày giao dịch", "Nội dung", "Ghi có", "Số tham chiếu")
    line = [datetime.now(UTC).strftime("%d/%m/%Y"), reference, str(amount), "FT1"]
    data = xlsx_bytes([Table("VCB", tuple(map(Column, titles)), [line])])
    finance = sit("finance", "/o/OCOP27/bank/statements")
    finance.look()
    finance.reach(finance.page.locator("[name=file]"))
    finance.page.locator("[name=file]").set_input_files(
        {"name": "vcb.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": data}
    )
    finance.button("Send and look at the columns")
    finance.look()
    finance.button("See what will be paid")
    expect(finance.page.get_by_role("row", name=re.compile(reference))).to_contain_text("Pot Maker")
    finance.look()
    finance.button("Take the statement in")
    expect(finance.page.get_by_text("The statement has been taken in.")).to_be_visible()


def test_a_task_of_the_manual_is_handed_in(sit: Sit, house: House) -> None:
    maker = sit("maker", f"/me/applications/{house.numbers['taken']}/manual")
    maker.look()
    maker.press(maker.page.locator(f"a[href$='/manual/{house.numbers['task']}']").first)
    maker.look()
    maker.write("text", "Two ovens and a mill")
    maker.button("Hand in")
    expect(maker.page.get_by_role("heading", level=1)).to_be_visible()
    maker.page.goto(
        f"{house.service.url}/me/applications/{house.numbers['taken']}/manual/{house.numbers['task']}"
    )
    expect(maker.page.get_by_text("Two ovens and a mill")).to_be_visible()


def test_a_letter_gets_its_own_text_and_one_goes_to_many(sit: Sit) -> None:
    office = sit("office", "/o/OCOP27/letters/texts/accepted/en")
    office.look()
    office.write("subject", "Welcome to the fair")
    office.button("Keep this text")
    expect(office.page.get_by_text("own text", exact=True)).to_be_visible()
    expect(office.page.locator("[name=subject]")).to_have_value("Welcome to the fair")
    office.page.goto(office.page.url.partition("/letters")[0] + "/letters/new")
    office.look()
    office.write("subject_en", "Parking")
    office.write("body_en", "Dear {organisation}, park behind hall A.")
    office.button("See who gets it")
    office.look()
    expect(office.page.get_by_role("heading", level=1)).to_contain_text("Parking")
    office.ask(office.page.get_by_role("button", name=re.compile(r"^Send \d+ letters?$")))
    office.button("Yes, go on")
    expect(office.page.get_by_text("The letters are being written.")).to_be_visible()


def test_a_list_goes_in_by_workbook_and_booths_are_shared_out(sit: Sit, house: House) -> None:
    number = house.numbers["delegation"]
    head = sit("head", f"/d/{number}/workbooks")
    head.look()
    titles = ("Producer", "Commune", "Kind of booth", "Number of booths")
    commune = places.communes("15")[0].name
    data = xlsx_bytes(
        [Table("List", tuple(map(Column, titles)), [["HTX Mận", commune, "Shell scheme", "1"]])]
    )
    head.reach(head.page.locator("[name=file]"))
    head.page.locator("[name=file]").set_input_files(
        {"name": "list.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": data}
    )
    head.button("Send and look at it")
    head.look()
    head.button("Take it in")
    expect(head.page.get_by_text("The workbook has been taken in.")).to_be_visible()
    app = create_app(read_settings(house.service.environment))
    with app.app_context():
        plum = db.session.scalars(
            select(Application).join(Organisation).where(Organisation.name == "HTX Mận")
        ).one()
        plum.state = State.ACCEPTED
        make.exhibitor(db.session(), plum.organisation, plum.fair, application_id=plum.id)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    head.page.goto(f"{house.service.url}/d/{number}/booths")
    head.look()
    head.button("Share out as chosen")
    expect(head.page.get_by_text("1 booth is shared out.")).to_be_visible()
    head.button("Take back A-02")
    head.look()
    head.button("Take the booth back")
    expect(head.page.get_by_text("The booth is free again for somebody else of the list.")).to_be_visible()
