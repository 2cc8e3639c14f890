"""The badge studio in a real browser: fields moved by mouse and by keys, looked at, kept, clean under axe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import delete

from fairapp.store.badges_press import BadgeDesign
from fairapp.store.base import db
from tests.browser.boards import Office
from tests.browser.presses import faults, opened, press_of

STUDIO = "/badges/designs/exhibitor"
LOADED = "each => each.complete && each.naturalWidth > 0"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with press_of(tmp_path_factory.mktemp("badges")) as office:
        yield office


@pytest.fixture
def studio(context: BrowserContext, office: Office) -> Iterator[Page]:
    """The studio with nothing kept yet; whatever the browser complains about fails the test."""
    with office.database():
        db.session.execute(delete(BadgeDesign))
        db.session.commit()
    page, complaints = opened(context, office, STUDIO)
    expect(page.locator("html.is-live")).to_be_attached()
    yield page
    assert complaints == []


def field(studio: Page, name: str) -> Locator:
    return studio.locator(f"[data-field='{name}']")


def said(studio: Page, name: str) -> list[float]:
    """Where the form says that a field stands: from the left, from the top, width, height."""
    return [
        float(studio.locator(f"[name='{name}-{key}']").input_value()) for key in ("x", "y", "width", "height")
    ]


def moved(studio: Page, keys: str) -> None:
    """Press it, and wait until the server has drawn what came of it."""
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        studio.keyboard.press(keys)


def test_a_field_is_dragged_its_corner_makes_it_larger_and_the_version_is_kept(studio: Page) -> None:
    before = said(studio, "front-organisation")
    box = field(studio, "front-organisation").locator(".drawing__box").bounding_box()
    assert box is not None
    unit = box["width"] / before[2]
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    studio.mouse.move(x, y)
    studio.mouse.down()
    studio.mouse.move(x - 3 * unit, y + unit, steps=4)
    studio.mouse.up()
    assert said(studio, "front-organisation") == pytest.approx(
        [before[0] - 3, before[1] + 1, before[2], before[3]], abs=0.3
    )
    corner = field(studio, "front-organisation").locator(".drawing__grip").bounding_box()
    assert corner is not None
    studio.mouse.move(corner["x"] + corner["width"] / 2, corner["y"] + corner["height"] / 2)
    studio.mouse.down()
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        studio.mouse.move(corner["x"] + 4 * unit, corner["y"] + corner["height"] / 2, steps=4)
        studio.mouse.up()
    kept = said(studio, "front-organisation")
    assert kept[2] > before[2] + 1
    studio.get_by_role("button", name="Keep this version").click()
    expect(studio.get_by_text("Version 1 is kept.")).to_be_visible()
    studio.reload()
    assert said(studio, "front-organisation") == kept


def test_fields_are_moved_and_sized_by_keys_alone(studio: Page) -> None:
    field(studio, "front-fair").focus()
    studio.keyboard.press("Tab")
    assert studio.evaluate("document.activeElement.dataset.field") == "front-role"
    field(studio, "front-name").focus()
    x, y, width, height = said(studio, "front-name")
    moved(studio, "ArrowDown")
    moved(studio, "Shift+ArrowRight")
    moved(studio, "Control+ArrowUp")
    assert said(studio, "front-name") == pytest.approx([x, y + 0.9, width + 1, height])
    expect(field(studio, "front-name")).to_have_attribute(
        "aria-label", f"Name of the person: {x:g}, {y + 0.9:g} · 77 × 25 mm"
    )
    for _press in range(3):  # a field stays on the paper
        studio.keyboard.press("Shift+ArrowRight")
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        for _press in range(9):
            studio.keyboard.press("ArrowLeft")
    assert said(studio, "front-name")[0] == 0


def test_the_code_is_never_made_smaller_than_a_gate_reads(studio: Page) -> None:
    field(studio, "front-qr").focus()
    for _press in range(3):
        studio.keyboard.press("Shift+ArrowLeft")
    assert said(studio, "front-qr")[2:] == [36.5, 36.5]


def test_the_longest_name_of_each_script_is_shown_as_it_is_printed(studio: Page) -> None:
    looks = studio.locator(".looks__pic")
    expect(looks).to_have_count(2)
    names = sorted(looks.evaluate_all("all => all.map((each) => each.alt)"))
    assert names == ["The badge of Nguyễn Thị Hoàng Phương Thảo", "The badge of กัญญารัตน์ ศรีสุวรรณวงศ์"]
    for number in range(2):
        looks.nth(number).scroll_into_view_if_needed()
        studio.wait_for_function(LOADED, arg=looks.nth(number).element_handle())


def test_what_cannot_be_printed_is_told_at_once_and_leads_to_its_field(studio: Page) -> None:
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        studio.locator("[name='front-booth-x']").fill("30")
    told = studio.locator("[data-looks] .note")
    expect(told).to_contain_text("1 thing keeps it from being printed")
    expect(field(studio, "front-booth")).to_have_class("drawing__field is-wrong")
    told.get_by_role("link").press("Enter")
    expect(studio.locator("#front-booth-x")).to_be_in_viewport()
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        studio.locator("[name='front-booth-x']").fill("43")
    expect(studio.get_by_text("Can be printed")).to_be_visible()


def test_a_back_of_its_own_appears_with_the_fold(studio: Page) -> None:
    back = studio.locator("[data-board='back']")
    expect(back).to_be_hidden()
    with studio.expect_response(lambda answer: answer.url.endswith("/look")):
        studio.get_by_label("Sides").select_option("fold_top")
    expect(back).to_be_visible()
    studio.get_by_role("textbox", name="Words of your own", exact=True).fill("Gọi 115")
    studio.locator("[data-fields='back'] summary").click()
    studio.locator("[name='back-text-on']").check()
    expect(field(studio, "back-text")).to_be_visible()
    studio.get_by_role("button", name="Keep this version").click()
    expect(studio.get_by_text("Version 1 is kept.")).to_be_visible()
    expect(field(studio, "back-text")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_studio_is_readable_by_everybody(studio: Page, width: int, scheme: str) -> None:
    assert faults(studio, width, scheme) == []
