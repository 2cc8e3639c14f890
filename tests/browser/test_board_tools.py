"""The board's filters, colours, choice of several booths and the phone's sheet, each clean under axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.boards import Office, office_of
from tests.keys import Keys


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(tmp_path_factory.mktemp("tools"), booths=12) as office:
        yield office


@pytest.fixture
def organiser(browser: Browser, office: Office) -> Iterator[Page]:
    """The organiser's tab with the board open; whatever the browser complains about fails the test."""
    context: BrowserContext = browser.new_context(
        locale="en-GB", bypass_csp=True, reduced_motion="reduce", has_touch=True
    )
    context.set_default_timeout(15_000)
    context.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(office.board)
    yield page
    context.close()
    office.empty()
    assert complaints == []


def booth(code: str) -> str:
    return f'.bth[data-code="{code}"]'


def test_a_filter_works_as_soon_as_it_is_chosen_and_is_taken_off_again(organiser: Page) -> None:
    organiser.get_by_text("Filters", exact=True).click()
    organiser.get_by_label("Deposit").select_option("none")
    organiser.wait_for_url("**paid=none**")
    expect(organiser.get_by_role("region", name="List of exhibitors").get_by_role("link")).to_have_count(3)
    Keys(organiser).look()
    organiser.get_by_role("link", name="no invoice yet remove").click()
    organiser.wait_for_url(lambda url: "paid=none" not in url)


def test_the_legend_counts_what_the_colour_tells_and_goes_along_with_changes(organiser: Page) -> None:
    organiser.get_by_role("link", name="Paid or due").click()
    key = organiser.locator('[data-filter="unbilled"] [data-look-count]')
    expect(key).to_have_text("0")
    organiser.get_by_role("link", name="Lụa Mã Châu").click()
    organiser.locator(booth("A-003")).click()
    organiser.get_by_role("button", name="Assign to A-003").click()
    expect(organiser.locator(f"{booth('A-003')}.bth--unbilled")).to_be_visible()
    expect(key).to_have_text("1")
    Keys(organiser).look()


def test_several_booths_are_chosen_by_mouse_and_kept_back_together(organiser: Page) -> None:
    organiser.locator(booth("A-001")).click(modifiers=["Control"])
    organiser.locator(booth("A-003")).click(modifiers=["Shift"])
    expect(organiser.get_by_role("heading", name="3 booths chosen")).to_be_visible()
    organiser.get_by_role("button", name="Take A-002 out of the choice").click()
    expect(organiser.get_by_role("heading", name="2 booths chosen")).to_be_visible()
    Keys(organiser).look()
    organiser.get_by_label("Reason or note").fill("The stage stands here")
    organiser.get_by_role("button", name="Keep them back").click()
    expect(organiser.locator(".bth--blocked[data-code]")).to_have_count(2)
    expect(organiser.get_by_role("heading", name="2 booths chosen")).to_be_visible()
    organiser.get_by_role("button", name="Offer them again").click()
    expect(organiser.locator(".bth--blocked[data-code]")).to_have_count(0)


def test_several_booths_are_chosen_by_keyboard_and_one_exhibitor_placed_on_all(organiser: Page) -> None:
    organiser.get_by_role("link", name="Gốm Bát Tràng").click()
    organiser.locator('.bth[tabindex="0"]').focus()
    organiser.keyboard.press("Shift+ArrowRight")
    expect(organiser.get_by_role("heading", name="2 booths chosen")).to_be_visible()
    expect(organiser.locator(booth("A-002"))).to_have_attribute("aria-description", "chosen")
    organiser.get_by_role("button", name="Place Gốm Bát Tràng on all of them").click()
    expect(organiser.locator(".bth--allocated[data-code]")).to_have_count(2)
    organiser.locator(booth("A-002")).focus()
    organiser.keyboard.press("Escape")
    expect(organiser.locator(".bth.is-chosen[data-code]")).to_have_count(0)


def test_on_a_phone_the_plan_comes_first_and_the_list_is_pulled_up(organiser: Page) -> None:
    organiser.set_viewport_size({"width": 360, "height": 740})
    organiser.reload()
    expect(organiser.get_by_role("navigation", name="Halls")).to_be_in_viewport()
    expect(organiser.locator("svg.plan")).to_be_in_viewport(ratio=0.9)
    grip = organiser.get_by_role("button", name="List and booth: pull up, or press")
    expect(grip).to_have_attribute("aria-expanded", "false")
    expect(organiser.get_by_role("link", name="Chè Suối Nậm Lành")).to_be_hidden()
    Keys(organiser).look()
    grip.focus()
    organiser.keyboard.press("ArrowUp")
    expect(organiser.get_by_role("link", name="Chè Suối Nậm Lành")).to_be_in_viewport()
    Keys(organiser).look()
    organiser.keyboard.press("Escape")
    expect(grip).to_be_focused()
    expect(grip).to_have_attribute("aria-expanded", "false")
    box = grip.bounding_box()
    assert box is not None
    organiser.mouse.move(180, box["y"] + 8)
    organiser.mouse.down()
    organiser.mouse.move(180, box["y"] - 300, steps=5)
    organiser.mouse.up()
    expect(grip).to_have_attribute("aria-expanded", "true")
    assert organiser.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_a_phone_a_booth_that_is_pressed_opens_in_the_sheet(organiser: Page) -> None:
    organiser.set_viewport_size({"width": 360, "height": 740})
    organiser.reload()
    organiser.locator(booth("A-005")).click()
    expect(organiser.get_by_role("button", name="A-005", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(organiser.get_by_text("Choose an exhibitor in the list to place it here.")).to_be_in_viewport()
    organiser.get_by_role("button", name="Still to place 3").click()
    expect(organiser.get_by_role("link", name="Chè Suối Nậm Lành")).to_be_in_viewport()


def test_without_scripts_the_phone_has_a_plain_list_below_the_plan(browser: Browser, office: Office) -> None:
    plain = browser.new_context(
        java_script_enabled=False, locale="en-GB", viewport={"width": 360, "height": 740}
    )
    plain.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = plain.new_page()
    page.goto(office.board)
    expect(page.get_by_role("link", name="Lụa Mã Châu")).to_be_visible()
    expect(page.get_by_role("button", name="Choose several")).to_have_count(0)
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Deposit").select_option("none")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("link", name="no invoice yet remove")).to_be_visible()
    expect(page.get_by_role("link", name="Lụa Mã Châu")).to_be_visible()
    page.goto(f"{office.service.url}/o/OCOP27/board-list/A")
    page.get_by_label("A-001").check()
    page.get_by_label("A-002").check()
    page.get_by_label("Reason or note").fill("Fire lane")
    page.get_by_role("button", name="Keep them back").click()
    expect(page.get_by_text("2 booths are kept back.")).to_be_visible()
    plain.close()
    office.empty()
