"""The floor plan in a real browser: seen, moved over, searched, and dropped upon, under a strict policy."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Page, expect

from fairapp.web.plan_drawing import BoothFacts, MarkState, draw_hall

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'"


class _Strict(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None: ...


def booth(column: int, row: int, href: str | None) -> BoothFacts:
    number = row * 10 + column + 1
    x, y = 3.0 * column, 5.0 * row
    ring = ((x, y), (x + 3, y), (x + 3, y + 3), (x, y + 3))
    state = MarkState.FREE if column % 3 else MarkState.ALLOCATED
    words = "Cà phê Đắk Lắk" if number == 24 else ""
    title = f"A-{number:03d}, 9 m², {state}"
    return BoothFacts(number, f"A-{number:03d}", (ring,), state, title, "drink", href, words=words)


@pytest.fixture(scope="session")
def plan_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two pages with one plan of 40 booths: buttons on the board, links on the public page."""
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_null_translations(newstyle=True)
    macros = env.get_template("_shared/_plan.html").module
    folder = tmp_path_factory.mktemp("plan")
    (folder / "static").symlink_to(ROOT / "static")
    (folder / "hear.js").write_text(
        "for (const kind of ['plan:open', 'plan:place', 'plan:drop'])"
        " document.addEventListener(kind, (event) => {"
        " const { code, application } = event.detail;"
        " document.title = [kind, code, application].filter(Boolean).join(' '); });"
    )
    for name in ("board", "public"):
        booths = [booth(c, r, f"#{r}-{c}" if name == "public" else None) for r in range(4) for c in range(10)]
        box = macros.plan_box(draw_hall("A", booths), "Plan of hall A")
        legend = macros.plan_legend([("drink", "Drinks")], ["allocated", "free"])
        (folder / f"{name}.html").write_text(
            "<!doctype html><html lang='en'><meta charset='utf-8'><title>plan</title>"
            "<link rel='stylesheet' href='/static/_shared/tokens.css'>"
            "<link rel='stylesheet' href='/static/_shared/plan.css'>"
            "<script type='module' src='/static/_shared/plan.js'></script><script src='/hear.js'></script>"
            f"<p data-application='77'>Suối Nậm Lành</p>{box}{legend}",
            encoding="utf-8",
        )
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Strict, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def plan(page: Page, plan_address: str) -> Iterator[Page]:
    """The board's plan; whatever the browser complains about fails the test."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{plan_address}/board.html")
    expect(page.get_by_role("button", name="Zoom in")).to_be_visible()
    yield page
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def seen_width(page: Page) -> float:
    box = page.locator("svg.plan").get_attribute("viewBox") or ""
    return float(box.split()[2])


def numbered(page: Page, code: str):  # type: ignore[no-untyped-def]
    return page.locator(f'.bth[data-code="{code}"]')


def test_the_plan_is_one_tab_stop_and_arrows_move_by_position(plan: Page) -> None:
    assert plan.locator('.bth[tabindex="0"]').count() == 1
    numbered(plan, "A-001").focus()
    for key, code in (
        ("ArrowRight", "A-002"),
        ("ArrowDown", "A-012"),
        ("ArrowLeft", "A-011"),
        ("ArrowUp", "A-001"),
        ("ArrowUp", "A-001"),
        ("End", "A-040"),
        ("Home", "A-001"),
    ):
        plan.keyboard.press(key)
        expect(numbered(plan, code)).to_be_focused()
    assert plan.locator('.bth[tabindex="0"]').count() == 1


def test_enter_opens_and_x_places(plan: Page) -> None:
    numbered(plan, "A-013").focus()
    plan.keyboard.press("Enter")
    expect(plan).to_have_title("plan:open A-013")
    plan.keyboard.press("x")
    expect(plan).to_have_title("plan:place A-013")


def test_zoom_by_keys_buttons_and_wheel_and_back_to_the_whole(plan: Page) -> None:
    whole = seen_width(plan)
    numbered(plan, "A-025").focus()
    plan.keyboard.press("+")
    assert seen_width(plan) == pytest.approx(whole / 1.6, rel=0.01)
    plan.get_by_role("button", name="Zoom in").click()
    assert seen_width(plan) == pytest.approx(whole / 2.56, rel=0.01)
    plan.locator("svg.plan").hover()
    plan.mouse.wheel(0, -300)
    expect(plan.locator("svg.plan.is-zoomed")).to_be_visible()
    assert seen_width(plan) < whole / 2.6
    plan.get_by_role("button", name="Whole plan").click()
    assert seen_width(plan) == pytest.approx(whole)


def test_dragging_moves_the_plan_and_opens_nothing(plan: Page) -> None:
    plan.get_by_role("button", name="Zoom in").click()
    before = plan.locator("svg.plan").get_attribute("viewBox")
    spot = numbered(plan, "A-025").bounding_box()
    assert spot
    plan.mouse.move(spot["x"] + 9, spot["y"] + 9)
    plan.mouse.down()
    plan.mouse.move(spot["x"] - 60, spot["y"] - 30, steps=4)
    plan.mouse.up()
    assert plan.locator("svg.plan").get_attribute("viewBox") != before
    expect(plan).to_have_title("plan")
    numbered(plan, "A-025").click()
    expect(plan).to_have_title("plan:open A-025")


def test_two_fingers_pinch(plan: Page) -> None:
    whole = seen_width(plan)
    frame = plan.locator("svg.plan").bounding_box()
    assert frame
    x, y = frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2
    fingers = plan.context.new_cdp_session(plan)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        said = [{"x": px, "y": py, "id": i} for i, (px, py) in enumerate(points)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": said})

    touch("touchStart", (x - 40, y), (x + 40, y))
    for reach in (60, 80, 100):
        touch("touchMove", (x - reach, y), (x + reach, y))
    touch("touchEnd")
    assert seen_width(plan) == pytest.approx(whole * 40 / 100, rel=0.1)


def test_the_search_folds_accents_and_reads_codes_without_their_hyphen(plan: Page) -> None:
    field = plan.get_by_role("searchbox", name="Find a booth or exhibitor")
    for words, codes in (
        ("dak lak", ["A-024"]),
        ("a024", ["A-024"]),
        ("A-03", [f"A-03{n}" for n in range(10)]),
    ):
        field.fill(words)
        assert plan.locator(".bth.is-hit").evaluate_all("them => them.map((b) => b.dataset.code)") == codes
    expect(plan.locator("[data-plan-hits]")).to_have_text("10")
    field.fill("CÀ PHÊ")
    field.press("Enter")
    expect(numbered(plan, "A-024")).to_be_focused()
    field.press("Escape")
    assert plan.locator(".bth.is-hit").count() == 0


def test_the_words_of_the_legend_filter(plan: Page) -> None:
    word = plan.get_by_role("button", name="Taken booth")
    word.press("Enter")
    expect(word).to_have_attribute("aria-pressed", "true")
    assert plan.locator(".bth.is-hit").count() == 16
    word.click()
    assert plan.locator("svg.is-searching").count() == 0


def test_an_application_is_dropped_on_a_booth(plan: Page) -> None:
    item, target = plan.locator("[data-application]").bounding_box(), numbered(plan, "A-017").bounding_box()
    assert item
    assert target
    plan.mouse.move(item["x"] + 5, item["y"] + 5)
    plan.mouse.down()
    plan.mouse.move(target["x"] + target["width"] / 2, target["y"] + target["height"] / 2, steps=5)
    expect(numbered(plan, "A-017")).to_have_class("bth bth--allocated bth--drink is-target")
    plan.mouse.up()
    expect(plan).to_have_title("plan:drop A-017 77")
    assert plan.locator(".plan-ghost,.is-target").count() == 0


def test_numbers_too_small_to_read_are_not_drawn(plan: Page) -> None:
    plan.set_viewport_size({"width": 160, "height": 500})
    expect(numbered(plan, "A-025").locator("text")).to_be_hidden()
    for _ in range(3):
        plan.get_by_role("button", name="Zoom in").click()
    expect(numbered(plan, "A-025").locator("text")).to_be_visible()


def test_links_lead_on_by_press_and_key(page: Page, plan_address: str) -> None:
    page.goto(f"{plan_address}/public.html")
    page.get_by_role("link", name="A-002").click()
    expect(page).to_have_url(f"{plan_address}/public.html#0-1")
    numbered(page, "A-003").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{plan_address}/public.html#0-2")


def test_without_scripts_the_plan_is_a_picture_with_links(browser, plan_address: str) -> None:  # type: ignore[no-untyped-def]
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{plan_address}/public.html")
    expect(page.get_by_role("link")).to_have_count(40)
    expect(page.get_by_role("button", name="Zoom in")).to_be_hidden()
    page.get_by_role("link", name="A-040").click()
    expect(page).to_have_url(f"{plan_address}/public.html#3-9")
    context.close()
