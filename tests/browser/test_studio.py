"""The floor-plan studio in a real browser: a hall drawn by mouse, by keyboard alone, and over a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.boards import Office, office_of

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SHAPES = """() => [...document.querySelectorAll(".shape--booth")].map((group) => {
  const drawn = group.querySelector("path").getAttribute("d");
  const numbers = drawn.match(/-?[\\d.]+/g).map((one) => Number(one) / 10);
  const [xs, ys] = [0, 1].map((odd) => numbers.filter((_, place) => place % 2 === odd));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return [group.querySelector("text").textContent, x, y, Math.max(...xs) - x, Math.max(...ys) - y].join(" ");
}).sort()"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(tmp_path_factory.mktemp("studio"), booths=1, names=()) as office:
        yield office


@pytest.fixture
def studio(context: BrowserContext, office: Office) -> Iterator[Page]:
    """An empty hall of 30 × 20 m, begun anew; whatever the browser complains about fails the test."""
    context.add_cookies([{"name": "fairapp", "value": office.cookie, "url": office.service.url}])
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(f"{office.service.url}/o/OCOP27/plan")
    form = page.locator("form[action$='/halls']")
    form.locator("[name=name]").fill("S")
    form.locator("[name=width]").fill("30")
    form.locator("[name=depth]").fill("20")
    form.get_by_role("button", name="Begin the hall").click()
    expect(page.locator(".studio.is-live")).to_be_visible()
    yield page
    assert complaints == []


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where a place in metres lies on the screen."""
    found = page.evaluate(
        """([x, y]) => {
          const svg = document.querySelector("#studio-plan");
          const point = new DOMPoint(x * 10, y * 10).matrixTransform(svg.getScreenCTM());
          return [point.x, point.y];
        }""",
        [x, y],
    )
    return found[0], found[1]


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*at(page, *start))
    page.mouse.down()
    page.mouse.move(*at(page, *end), steps=6)
    page.mouse.up()


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def shapes(page: Page) -> list[str]:
    found: list[str] = page.evaluate(SHAPES)
    return found


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar").get_by_role("button", name=name, exact=True).click()


def test_a_hall_is_drawn_with_the_mouse_and_every_step_goes_back(studio: Page) -> None:
    tool(studio, "Booth")
    drag(studio, (5.1, 4.9), (8.1, 8.1))  # on the grid of half a metre
    assert shapes(studio) == ["A01 5 5 3 3"]
    tool(studio, "Duplicate")
    assert shapes(studio) == ["A01 5 5 3 3", "A02 8 5 3 3"]
    drag(studio, (9.5, 6.2), (12.6, 9.3))
    assert shapes(studio) == ["A01 5 5 3 3", "A02 11 8 3 3"]
    drag(studio, (12.5, 9.2), (9.42, 6.3))  # near enough to the neighbour's wall
    assert shapes(studio) == ["A01 5 5 3 3", "A02 8 5 3 3"]
    tool(studio, "Split the booth")
    assert shapes(studio) == ["A01 5 5 3 3", "A02 8 5 1.5 3", "A03 9.5 5 1.5 3"]
    drag(studio, (4, 4), (12, 9))  # a band around them all
    tool(studio, "Merge")
    assert shapes(studio) == ["A01 5 5 6 3"]
    tool(studio, "Rotate")
    assert shapes(studio) == ["A01 6.5 3.5 3 6"]
    for _ in range(3):
        tool(studio, "Undo")
    assert shapes(studio) == ["A01 5 5 3 3", "A02 8 5 3 3"]
    tool(studio, "Redo")
    tool(studio, "Redo")
    assert shapes(studio) == ["A01 5 5 6 3"]


def test_many_corners_facilities_and_rows_by_a_rule_are_drawn_and_saved(studio: Page) -> None:
    tool(studio, "Many-cornered booth")
    for corner in ((2, 2), (8, 2), (8, 5), (5, 5), (5, 8), (2, 8)):
        studio.mouse.click(*at(studio, *corner))
    studio.keyboard.press("Enter")
    assert shapes(studio) == ["A01 2 2 6 6"]
    studio.get_by_role("toolbar").get_by_text("Facility").click()
    studio.locator("[data-draw=entrance]").click()
    studio.mouse.click(*at(studio, 15, 20))
    expect(studio.locator(".shape--entrance")).to_have_count(1)
    studio.locator("summary", has_text="Rows by a rule").click()
    rule = studio.locator("form[data-rule]")
    for name, value in (("count", "3"), ("rows", "2"), ("letter", "H"), ("x", "12"), ("y", "3")):
        rule.locator(f"[name={name}]").fill(value)
    rule.get_by_role("button", name="Lay out the rows").click()
    expect(studio.locator(".shape--booth")).to_have_count(7)
    assert {each.split()[0] for each in shapes(studio)} == {"A01", "H01", "H02", "H03", "J01", "J02", "J03"}
    tool(studio, "Save the drawing")
    expect(studio.get_by_text("The drawing is saved.")).to_be_visible()
    drawn = shapes(studio)
    studio.reload()
    expect(studio.locator(".studio.is-live")).to_be_visible()
    assert shapes(studio) == drawn


def test_a_hall_is_drawn_by_keyboard_alone(studio: Page) -> None:
    studio.locator(".shape[tabindex='0']").focus()
    press(studio, "b Space")  # a booth from the middle of the hall
    press(studio, "ArrowRight " * 6 + "ArrowDown " * 6 + "Space")
    assert shapes(studio) == ["A01 15 10 3 3"]
    press(studio, "ArrowLeft ArrowUp")
    assert shapes(studio) == ["A01 14.5 9.5 3 3"]
    press(studio, "d s")
    assert shapes(studio) == ["A01 14.5 9.5 3 3", "A02 17.5 9.5 1.5 3", "A03 19 9.5 1.5 3"]
    press(studio, "m")
    assert shapes(studio) == ["A01 14.5 9.5 3 3", "A02 17.5 9.5 3 3"]
    press(studio, "Control+a Shift+r Control+z r")
    assert len(shapes(studio)) == 2
    press(studio, "Control+z Control+z Control+y Control+z Delete")
    assert [each.split()[0] for each in shapes(studio)] == ["A03"]  # the split half came back unchosen
    press(studio, "Control+z Escape n Space")
    press(
        studio, "ArrowRight ArrowRight Space ArrowDown ArrowDown Space Backspace Space ArrowLeft Space Enter"
    )
    assert len(shapes(studio)) == 4
    press(studio, "Control+s")
    expect(studio.get_by_text("The drawing is saved.")).to_be_visible()


def test_a_picture_is_scaled_by_two_points_and_kept(studio: Page, tmp_path: Path) -> None:
    Image.new("RGB", (400, 200), "white").save(tmp_path / "plan.png")
    studio.locator("summary", has_text="Picture to trace").click()
    studio.locator("#picture input[type=file]").set_input_files(tmp_path / "plan.png")
    studio.locator("#picture [name=width]").fill("40")
    studio.get_by_role("button", name="Lay it under the hall").click()
    under = studio.locator(".studio__under")
    expect(under).to_have_attribute("width", "400.0")
    studio.get_by_role("button", name="Choose two points").click()
    for corner in ((10, 5), (20, 5)):
        studio.mouse.click(*at(studio, *corner))
    studio.get_by_label("Between the two points, in metres").fill("5")
    studio.get_by_role("button", name="Scale by the two points").click()
    width = float(studio.locator("#picture [name=width]").input_value())
    assert width == pytest.approx(20, abs=0.3)
    assert float(studio.locator("#picture [name=x]").input_value()) == pytest.approx(5, abs=0.2)
    studio.get_by_role("button", name="Move the picture").click()
    drag(studio, (10, 5), (13, 5))
    assert float(studio.locator("#picture [name=x]").input_value()) == pytest.approx(8, abs=0.3)
    studio.get_by_role("button", name="Keep it like this").click()
    expect(studio.get_by_text("The picture lies under the hall.")).to_be_visible()
    assert float(studio.locator(".studio__under").get_attribute("width") or 0) == pytest.approx(width * 10)
    studio.get_by_role("button", name="Take the picture away").click()
    expect(studio.get_by_text("The picture is taken away.")).to_be_visible()
    expect(studio.locator(".studio__under")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (360, "light")])
def test_the_studio_is_sound_for_everybody_and_narrow_it_is_read(
    studio: Page, width: int, scheme: str
) -> None:
    studio.set_viewport_size({"width": width, "height": 800})
    studio.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert studio.evaluate("document.documentElement.scrollWidth") <= width
    expect(studio.locator("#studio-plan")).to_be_visible()
    is_wide = width > 700
    expect(studio.get_by_role("button", name="Merge")).to_be_visible(visible=is_wide)
    expect(studio.get_by_text(re.compile("Draw on a wider screen"))).to_be_visible(visible=not is_wide)
    studio.evaluate(AXE.read_text())
    found = studio.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found["violations"]] == []
