"""Frame times of the board in headless Chromium, against a plain SVG with as many booths.

A fair of ``--booths N`` (1,000) booths in one hall and ``--applications N`` (1,500) applications, half of the
booths taken, is generated and served; the plan is panned, zoomed, and an exhibitor dragged over it, and the
time from frame to frame is read from the page itself. Only frames in which something moved count: a page that
waits for the next step of the mouse would look smooth. The plain SVG has a rectangle and a number per booth
and changes its viewBox the same way: what a browser needs at the least.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from board_fair import BOARD, filled, outlines

FRAMES = 90
NEARER = 12
"""Turns of the wheel before the plan is moved: seen whole it stays where it is."""
SIZE = {"width": 1280, "height": 800}

COUNT = """() => {
  window.frames_ms = [];
  const state = () => (document.querySelector(".plan-ghost")?.style.transform ?? "")
    + (document.querySelector("svg.plan") ?? document.querySelector("svg")).getAttribute("viewBox");
  let [last, seen, moved] = [performance.now(), state(), false];
  const tick = (now) => {
    if (moved) window.frames_ms.push(now - last);
    const is = state();
    [last, moved, seen] = [now, is !== seen, is];
    window.counting = requestAnimationFrame(tick);
  };
  window.counting = requestAnimationFrame(tick);
}"""
"""How long each frame took to show that something has moved."""
TAKE = "() => { cancelAnimationFrame(window.counting); return window.frames_ms; }"

PLAIN = """
const svg = document.querySelector("svg");
let [x, y, w, h] = svg.getAttribute("viewBox").split(" ").map(Number);
let held = null;
const draw = () => svg.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
svg.addEventListener("pointerdown", (event) => { held = event; });
svg.addEventListener("pointerup", () => { held = null; });
svg.addEventListener("pointermove", (event) => {
  if (!held) return;
  x -= (event.clientX - held.clientX) * w / svg.clientWidth;
  y -= (event.clientY - held.clientY) * h / svg.clientHeight;
  held = event;
  draw();
});
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  const by = Math.exp(event.deltaY * 0.0022);
  [x, y, w, h] = [x + w * (1 - by) / 2, y + h * (1 - by) / 2, w * by, h * by];
  draw();
}, { passive: false });
"""


def plain(booths: int) -> str:
    """The same hall as a picture that does nothing but move."""
    at = outlines(booths)
    right, low = max(x for x, _ in at) * 10 + 30, max(y for _, y in at) * 10 + 30
    drawn = "".join(
        f'<g><rect x="{x * 10}" y="{y * 10}" width="30" height="30" fill="#fff" stroke="#333"/>'
        f'<text x="{x * 10 + 15}" y="{y * 10 + 20}" font-size="9" text-anchor="middle">{n:04d}</text></g>'
        for n, (x, y) in enumerate(at)
    )
    style = "html,body,svg{margin:0;width:100%;height:100%;display:block}"
    view = f'viewBox="0 0 {right} {low}"'
    return f"<style>{style}</style><svg {view}>{drawn}</svg><script>{PLAIN}</script>"


def middle(page: Any, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def zoomed(page: Any, plan: str) -> list[float]:
    """Wheel in and out again."""
    page.mouse.move(*middle(page, plan))
    page.evaluate(COUNT)
    for n in range(FRAMES):
        page.mouse.wheel(0, -60 if n < FRAMES // 2 else 50)
    return list(page.evaluate(TAKE))


def panned(page: Any, plan: str) -> list[float]:
    """Come near enough that there is something to move, hold the plan and move it about."""
    x, y = middle(page, plan)
    page.mouse.move(x, y)
    for _ in range(NEARER):
        page.mouse.wheel(0, -60)
    page.mouse.down()
    page.evaluate(COUNT)
    for n in range(FRAMES):
        page.mouse.move(x + (n % 30 - 15) * 8, y + (n % 20 - 10) * 8)
    frames = list(page.evaluate(TAKE))
    page.mouse.up()
    return frames


def dragged(page: Any, plan: str) -> list[float]:
    """Carry an exhibitor of the list over the plan and let it go outside."""
    page.mouse.move(*middle(page, ".queue__i"))
    page.mouse.down()
    x, y = middle(page, plan)
    page.evaluate(COUNT)
    for n in range(FRAMES):
        page.mouse.move(x + (n % 30 - 15) * 12, y + (n % 20 - 10) * 12)
    frames = list(page.evaluate(TAKE))
    page.keyboard.press("Escape")
    page.mouse.up()
    return frames


def shown(name: str, frames: list[float], beside: list[float] | None = None) -> None:
    """One line: median, 95th of 100, and how many times the plain picture's median."""
    median, p95 = statistics.median(frames), statistics.quantiles(frames, n=20)[-1]
    ratio = "" if beside is None else f"{median / statistics.median(beside):>9.2f} ×"
    print(f"{name:<22}{len(frames):>7}{median:>10.1f} ms{p95:>10.1f} ms{ratio}", flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--booths", type=int, default=1_000)
    asked.add_argument("--applications", type=int, default=1_500)
    given = asked.parse_args()
    from playwright.sync_api import sync_playwright

    from tests import chromium
    from tests.serving import running

    path = chromium.find()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as service:
        cookie = filled(service.environment, given.booths, given.applications)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=chromium.flags())
            context = browser.new_context(viewport=SIZE, locale="en-GB")
            context.add_cookies([{"name": "fairapp", "value": cookie, "url": service.url}])
            page = context.new_page()
            page.set_content(plain(given.booths))
            peer = {"zoom": zoomed(page, "svg"), "pan": panned(page, "svg")}
            page.goto(service.url + BOARD)
            page.wait_for_selector("[data-board][data-connected]")
            page.wait_for_timeout(500)
            plan = "svg.plan"
            print(f"{given.booths} booths, {given.applications} applications")
            print(f"{'':<22}{'frames':>7}{'median':>13}{'p95':>13}{'to plain':>11}")
            for name, frames in peer.items():
                shown(f"plain SVG, {name}", frames)
            shown("board, zoom", zoomed(page, plan), peer["zoom"])
            shown("board, pan", panned(page, plan), peer["pan"])
            shown("board, drag", dragged(page, plan), peer["pan"])
            browser.close()


if __name__ == "__main__":
    main()
