"""The board in a real browser: assigned by pressing, dragging, keyboard, and without any script."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.boards import Office, office_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(tmp_path_factory.mktemp("board"), booths=12) as office:
        yield office


@pytest.fixture
def organiser(context: BrowserContext, office: Office) -> Iterator[Page]:
    """The organiser's tab with the board open; whatever the browser complains about fails the test."""
    context.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(office.board)
    yield page
    office.empty()
    assert [said for said in complaints if "409 (Conflict)" not in said] == []


def booth(code: str) -> str:
    return f'.bth[data-code="{code}"]'


def test_an_exhibitor_is_chosen_and_a_booth_pressed(organiser: Page) -> None:
    organiser.get_by_role("link", name="Lụa Mã Châu").click()
    expect(organiser.get_by_text("To place: Lụa Mã Châu. Press a booth.")).to_be_visible()
    organiser.locator(booth("A-003")).click()
    organiser.get_by_role("button", name="Assign to A-003").click()
    expect(organiser.get_by_text("Lụa Mã Châu has booth A-003 now.")).to_be_visible()
    expect(organiser.locator(f"{booth('A-003')}.bth--allocated")).to_be_visible()
    expect(organiser.get_by_role("region", name="List of exhibitors").get_by_role("link")).to_have_count(2)


def test_an_exhibitor_is_dragged_onto_a_booth_and_its_claim_onto_another(organiser: Page) -> None:
    drag(organiser, organiser.locator(".queue__i", has_text="Gốm Bát Tràng"), "A-009")
    expect(organiser.get_by_text("Gốm Bát Tràng has booth A-009 now.")).to_be_visible()
    drag(organiser, organiser.locator(".panel__who"), "A-002")
    expect(organiser.get_by_text("Gốm Bát Tràng has moved to booth A-002.")).to_be_visible()
    expect(organiser.locator(f"{booth('A-009')}.bth--free")).to_be_visible()


def drag(page: Page, what: Locator, code: str) -> None:
    what.hover()
    page.mouse.down()
    target = page.locator(booth(code)).bounding_box()
    assert target is not None
    page.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=6)
    page.mouse.up()


def test_all_of_it_by_keyboard(organiser: Page) -> None:
    organiser.get_by_role("link", name="Chè Suối Nậm Lành").focus()
    organiser.keyboard.press("Enter")
    expect(organiser.get_by_text("To place: Chè Suối Nậm Lành. Press a booth.")).to_be_visible()
    organiser.locator('.bth[tabindex="0"]').focus()
    organiser.keyboard.press("ArrowRight")
    organiser.keyboard.press("ArrowDown")
    organiser.keyboard.press("x")
    expect(organiser.get_by_text("Chè Suối Nậm Lành has booth A-008 now.")).to_be_visible()


def test_a_taken_booth_answers_with_its_neighbours_and_one_press_takes_one(organiser: Page) -> None:
    drag(organiser, organiser.locator(".queue__i", has_text="Gốm Bát Tràng"), "A-002")
    expect(organiser.get_by_text("Gốm Bát Tràng has booth A-002 now.")).to_be_visible()
    drag(organiser, organiser.locator(".queue__i", has_text="Lụa Mã Châu"), "A-002")
    expect(organiser.get_by_text("Booth A-002 is taken.")).to_be_visible()
    offers = organiser.get_by_role("button", name="Take this one")
    expect(offers).to_have_count(3)
    offers.first.click()
    expect(organiser.get_by_text("Lụa Mã Châu has booth A-001 now.")).to_be_visible()


def test_what_is_seen_of_the_plan_stays_where_it_was(organiser: Page) -> None:
    organiser.get_by_role("button", name="Zoom in").click()
    organiser.get_by_role("button", name="Zoom in").click()
    seen = organiser.locator("svg.plan").get_attribute("viewBox")
    organiser.get_by_role("link", name="Lụa Mã Châu").click()
    expect(organiser.get_by_text("To place: Lụa Mã Châu. Press a booth.")).to_be_visible()
    expect(organiser.locator("svg.plan")).to_have_attribute("viewBox", like(seen))


def like(view_box: str | None) -> re.Pattern[str]:
    """The same part of the plan, though the strip above it has taken some of its height."""
    assert view_box is not None
    x = view_box.split()[0].split(".")[0]
    return re.compile(rf"^{re.escape(x)}")


def test_without_scripts_links_and_forms_do_the_same(browser: Browser, office: Office) -> None:
    plain = browser.new_context(java_script_enabled=False, locale="en-GB")
    plain.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = plain.new_page()
    page.goto(office.board)
    page.get_by_role("link", name="Lụa Mã Châu").click()
    page.locator(booth("A-005")).click()
    page.get_by_role("button", name="Assign to A-005").click()
    expect(page.get_by_text("Lụa Mã Châu has booth A-005 now.")).to_be_visible()
    page.get_by_text("Move to a booth by its code").click()
    page.get_by_label("New booth").fill("a 6")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("Lụa Mã Châu has moved to booth A-006.")).to_be_visible()
    plain.close()
    office.empty()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_sticks_out_at_the_side(organiser: Page, width: int) -> None:
    organiser.set_viewport_size({"width": width, "height": 780})
    organiser.reload()
    assert organiser.evaluate("document.documentElement.scrollWidth") <= width
