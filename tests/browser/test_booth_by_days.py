"""One booth for two exhibitors on different days: assigned, moved, undone, and read by visitors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from fairapp.store.base import db
from fairapp.store.fairs import Booth, Fair
from tests.browser.boards import Office, office_of
from tests.keys import Keys

TEA, SILK = "Chè Suối Nậm Lành", "Lụa Mã Châu"
SHARED, OTHER = '.bth[data-code="A-003"]', '.bth[data-code="A-005"]'


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(tmp_path_factory.mktemp("days"), booths=6) as office:
        yield office


@pytest.fixture
def board(browser: Browser, office: Office) -> Iterator[Page]:
    """The organiser's board; axe looks into it, so its own rules for scripts are set aside."""
    desk = desk_of(browser, {"width": 1280, "height": 800})
    desk.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = desk.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(office.board)
    yield page
    desk.close()
    office.empty()
    assert complaints == []


def desk_of(browser: Browser, size: dict[str, int], dark: bool = False) -> BrowserContext:
    context = browser.new_context(
        locale="en-GB",
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.set_default_timeout(15_000)
    return context


def days_of(office: Office) -> list[str]:
    """The fair's days as the address has them."""
    with office.database():
        fair = db.session.scalars(select(Fair)).one()
        many = (fair.ends_on - fair.starts_on).days + 1
        return [(fair.starts_on + timedelta(days=n)).isoformat() for n in range(many)]


def assign(board: Page, who: str, days: list[str]) -> None:
    """Choose the exhibitor, press the booth, leave only these days ticked, assign."""
    board.get_by_role("link", name=who).click()
    board.locator(SHARED).click()
    more = board.locator("details", has_text="Only on some days")
    if more.get_attribute("open") is None:
        more.locator("summary").click()
    boxes = more.locator('input[name="day"]:not([disabled])')
    for place in range(boxes.count()):
        boxes.nth(place).set_checked(boxes.nth(place).get_attribute("value") in days)
    Keys(board).look()
    board.get_by_role("button", name="Assign to A-003").click()
    expect(board.get_by_text(f"{who} has booth A-003 now.")).to_be_visible()


def test_two_share_a_booth_by_days_and_one_moves_away_and_back(board: Page, office: Office) -> None:
    days = days_of(office)
    assign(board, TEA, days[:2])
    assign(board, SILK, days[2:])
    shared, other = board.locator(SHARED), board.locator(OTHER)
    expect(shared).to_have_class(re.compile(r"\bbth--days\b"))
    board.get_by_role("link", name=f"Pick up to move or swap {TEA}").click()
    board.locator(OTHER).click()
    board.get_by_role("button", name="Move to A-005").click()
    expect(board.get_by_text(f"{TEA} has moved to booth A-005.")).to_be_visible()
    for booth, there, gone in ((shared, SILK, TEA), (other, TEA, SILK)):
        expect(booth).to_have_attribute("aria-label", re.compile(there))
        expect(booth).not_to_have_attribute("aria-label", re.compile(gone))
    board.get_by_role("link", name="History and undo").click()
    expect(board.get_by_role("link", name="Booth board")).to_have_attribute("aria-current", "page")
    board.get_by_role("button", name="Undo", exact=False).first.click()
    expect(board.get_by_text("The step about A-005 is undone.")).to_be_visible()
    for day, there, gone in ((days[0], TEA, SILK), (days[-1], SILK, TEA)):
        board.goto(f"{office.board}?day={day}")
        expect(board.locator(SHARED)).to_have_attribute("aria-label", re.compile(there))
        expect(board.locator(SHARED)).not_to_have_attribute("aria-label", re.compile(gone))
        expect(board.locator(f"{OTHER}.bth--free")).to_be_visible()
    Keys(board).look()


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (360, True)])
def test_visitors_read_who_is_there_when(
    browser: Browser, board: Page, office: Office, width: int, dark: bool
) -> None:
    days = days_of(office)
    assign(board, TEA, days[:2])
    assign(board, SILK, days[2:])
    with office.database():
        code = db.session.scalars(select(Booth.short_code).where(Booth.code == "A-003")).one()
    visitor = desk_of(browser, {"width": width, "height": 780}, dark)
    page, plan = visitor.new_page(), f"{office.service.url}/f/OCOP27/plan"
    for query, there in (("", {TEA, SILK}), (f"?day={days[0]}", {TEA}), (f"?day={days[4]}", {SILK})):
        page.goto(plan + query)
        said = page.locator(SHARED).get_attribute("aria-label") or ""
        assert {name for name in (TEA, SILK) if name in said} == there
        Keys(page).look()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.goto(f"{office.service.url}/B/{code}")
    for name in (TEA, SILK):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    Keys(page).look()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.close()
