"""The queue of applications by keyboard: moved, chosen, prepared, switched off, silent while typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.base import db
from tests import factories as make
from tests.serving import Service, running

NAMES = ("Chè Suối Nậm Lành", "Gốm Bát Tràng", "Lụa Mã Châu")


@dataclass(frozen=True, slots=True)
class Office:
    """A running service with a fair of three applications."""

    service: Service
    cookie: str

    @property
    def queue(self) -> str:
        return f"{self.service.url}/o/OCOP27/applications?sort=name"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    instance: Path = tmp_path_factory.mktemp("queue")
    with running(instance) as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            rows = db.session()
            fair = make.fair(rows)
            for name in NAMES:
                make.application(rows, make.organisation(rows, name), fair)
            organiser = make.account(rows, language="en")
            make.grant(rows, organiser, Role.ORGANISER, fair)
            rows.commit()
            signed_in = f"{organiser.id}.{organiser.epoch}"
            db.session.remove()
            db.engine.dispose()
        visitor = app.test_client()
        with visitor.session_transaction() as session:
            session["_user_id"], session["_fresh"] = signed_in, True
        cookie = visitor.get_cookie("fairapp")
        assert cookie is not None
        yield Office(service, cookie.value)


@pytest.fixture
def queue(context: BrowserContext, office: Office) -> Iterator[Page]:
    """The organiser's tab with the queue open; whatever the browser complains about fails the test."""
    context.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(office.queue)
    yield page
    assert complaints == []


def test_keys_move_choose_and_prepare_and_the_place_is_kept(queue: Page) -> None:
    for _press in range(2):
        queue.keyboard.press("j")
    expect(queue.get_by_role("link", name=NAMES[1])).to_be_focused()
    queue.keyboard.press("ArrowDown")
    expect(queue.get_by_role("link", name=NAMES[2])).to_be_focused()
    queue.keyboard.press("k")
    queue.keyboard.press("x")
    expect(queue.get_by_role("checkbox", name=f"Choose {NAMES[1]}")).to_be_checked()
    queue.keyboard.press("a")
    row = queue.get_by_role("row", name=re.compile(NAMES[1]))
    expect(row).to_contain_text("Prepared: Accept")
    expect(queue.get_by_role("link", name=NAMES[1])).to_be_focused()
    queue.keyboard.press("Enter")
    expect(queue.get_by_role("heading", level=1)).to_have_text(NAMES[1])
    queue.wait_for_load_state()  # a heading is there before the keys are
    queue.keyboard.press("j")
    expect(queue.get_by_role("heading", level=1)).to_have_text(NAMES[2])


def test_a_letter_without_a_choice_means_the_row_and_d_asks_for_words(queue: Page) -> None:
    queue.keyboard.press("j")
    queue.keyboard.press("d")
    expect(queue.get_by_role("heading", level=1)).to_have_text("Decline: 1 application")


def test_help_lists_the_keys_and_switches_single_letters_off(queue: Page) -> None:
    queue.keyboard.press("?")
    help_ = queue.get_by_role("dialog", name="Keyboard")
    expect(help_).to_contain_text("move between rows")
    queue.keyboard.press("j")  # says nothing to the list behind the dialog
    help_.get_by_label("Single letters are shortcuts in this browser").uncheck()
    help_.get_by_role("button", name="Close").click()
    queue.keyboard.press("j")
    queue.keyboard.press("?")
    queue.keyboard.press("/")
    expect(queue.locator("tr.is-here")).to_have_count(0)
    expect(help_).to_be_hidden()
    expect(queue.get_by_role("searchbox")).not_to_be_focused()
    queue.reload()
    queue.keyboard.press("j")
    expect(queue.locator("tr.is-here")).to_have_count(0)
    queue.get_by_role("button", name="Keyboard").click()
    help_.get_by_label("Single letters are shortcuts in this browser").check()
    help_.get_by_role("button", name="Close").click()
    queue.keyboard.press("j")
    expect(queue.locator("tr.is-here")).to_have_count(1)


def test_nothing_happens_while_somebody_types(queue: Page) -> None:
    queue.keyboard.press("/")
    queue.keyboard.type("jax?")
    expect(queue.get_by_role("searchbox")).to_have_value("jax?")
    expect(queue.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    expect(queue.locator(".pick:checked")).to_have_count(0)
