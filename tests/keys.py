"""Somebody at the keyboard: reaches with Tab, presses, types, and has each page looked at by axe."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FARTHEST = 400
"""So many presses of Tab are more than any page here has stops."""


@dataclass
class Keys:
    """Somebody at the keyboard: no mouse, no finger."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def reach(self, what: Locator) -> None:
        """Tab on until it has the focus."""
        for _press in range(FARTHEST):
            if what.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never comes to {what}")

    def press(self, what: Locator) -> None:
        """Press a button or follow a link, and wait for the page that it leads to."""
        self.reach(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def ask(self, what: Locator) -> None:
        """Press a button that asks back on the same page first."""
        self.reach(what)
        self.page.keyboard.press("Enter")

    def button(self, name: str) -> None:
        """Press the button of this name."""
        self.press(self.page.get_by_role("button", name=name, exact=True))

    def link(self, name: str) -> None:
        """Follow the link of this name."""
        self.press(self.page.get_by_role("link", name=name))

    def choose(self, name: str, value: str) -> None:
        """Choose one of a group of round buttons with the arrows."""
        wanted = self.page.locator(f"[name={name}][value='{value}']")
        group = self.page.locator(f"[name={name}]")
        checked = self.page.locator(f"[name={name}]:checked")
        self.reach(checked.first if checked.count() else group.first)
        for _press in range(group.count()):
            if wanted.evaluate("each => each === document.activeElement"):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows never come to {value}")

    def write(self, name: str, text: str) -> None:
        """Type into a field, over whatever stands there."""
        self.reach(self.page.locator(f"[name={name}]"))
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(text)

    def look(self) -> None:
        """Whether axe has anything against the page."""
        self.page.evaluate(AXE.read_text())
        found, passed = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
            ".then(r => [r.violations.map(v => v.id + ': ' + v.nodes[0].html), r.passes.length])",
            RULES,
        )
        assert found == [], self.page.url
        assert passed, "axe looked at nothing"
