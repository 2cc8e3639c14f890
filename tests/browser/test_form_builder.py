"""Questions of a form are put in order in a real browser: dragged by their handle, or moved by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.questions import Body, Phase, Question, QuestionType, Section
from fairapp.store.base import db
from tests import factories as make
from tests.serving import Service, running

FIRST, SECOND, THIRD = (
    Question(key, QuestionType.SHORT_TEXT, {"en": label})
    for key, label in (("tea", "Which tea?"), ("pots", "Which pots?"), ("silk", "Which silk?"))
)
BODY = Body((Section("goods", {"en": "Goods"}, (FIRST, SECOND)), Section("more", {"en": "More"}, (THIRD,))))


@dataclass(frozen=True, slots=True)
class Office:
    """A running service with two forms of the same questions, and the cookie of their organiser."""

    service: Service
    cookie: str
    forms: dict[Phase, int]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running(tmp_path_factory.mktemp("builder")) as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            rows = db.session()
            fair = make.fair(rows)
            forms = {phase: make.form(rows, fair, BODY, phase).id for phase in Phase}
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
        yield Office(service, cookie.value, forms)


@pytest.fixture
def builder(context: BrowserContext, office: Office) -> Iterator[Callable[[Phase], Page]]:
    """``builder(phase)``: the organiser's tab with that form; whatever the browser complains about fails."""
    context.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def opened(phase: Phase) -> Page:
        page.goto(f"{office.service.url}/o/OCOP27/forms/{office.forms[phase]}")
        return page

    yield opened
    assert complaints == []


def order(page: Page, section: str) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        f"[data-list={section}] [data-question]", "all => all.map(one => one.dataset.question)"
    )
    return found


def drag(page: Page, key: str, onto: str) -> None:
    """Take a question by its handle and let it go above another one."""
    grip, goal = (page.locator(each).bounding_box() for each in (f"#q-{key} [data-grip]", f"#q-{onto}"))
    assert grip is not None
    assert goal is not None
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(goal["x"] + 60, goal["y"] + 4, steps=8)
    with page.expect_navigation():
        page.mouse.up()


def test_questions_are_dragged_within_a_section_and_into_another(builder: Callable[[Phase], Page]) -> None:
    page = builder(Phase.APPLY)
    drag(page, "pots", onto="tea")
    assert order(page, "goods") == ["pots", "tea"]
    drag(page, "silk", onto="tea")
    assert (order(page, "goods"), order(page, "more")) == (["pots", "silk", "tea"], [])


def test_questions_are_moved_by_keyboard(builder: Callable[[Phase], Page]) -> None:
    page = builder(Phase.DETAILS)
    down = page.locator("#q-tea").get_by_role("button", name="Down")
    for _stop in range(80):
        if down.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(down).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert order(page, "goods") == ["pots", "tea"]
