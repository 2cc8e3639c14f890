"""The office of a fair that prints: badges in two scripts, two organisers, and what axe says of a page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select

from fairapp.rules.badges import BadgeState
from fairapp.store.allocation import Exhibitor
from fairapp.store.base import db
from tests import factories as make
from tests.browser.boards import Office, office_of

FAIR = "/o/OCOP27"
PEOPLE = (
    "Vàng Thị Mai",
    "กัญญารัตน์ ศรีสุวรรณวงศ์",
    "Nguyễn Thị Hoàng Phương Thảo",
    "Lý A Páo",
    "Sùng Seo Sá",
    "Hà Văn Nam",
)
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


@contextlib.contextmanager
def press_of(instance: Path) -> Iterator[Office]:
    """Serve a fair whose stand has approved badges, with the organisers Lan and Mai."""
    with office_of(instance, booths=2, names=("Chè Suối Nậm Lành",), organisers=("Lan", "Mai")) as office:
        with office.database():
            rows = db.session()
            holder = rows.scalars(select(Exhibitor)).one()
            for name in PEOPLE:
                make.badge(rows, holder, name=name, state=BadgeState.APPROVED)
            rows.commit()
        yield office


def opened(context: BrowserContext, office: Office, path: str, whose: int = 0) -> tuple[Page, list[str]]:
    """An organiser's tab at a page of the fair, and what the browser has to complain about."""
    context.add_cookies([{"name": "fairapp", "value": office.cookies[whose], "url": office.service.url}])
    page, complaints = context.new_page(), list[str]()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.set_default_navigation_timeout(60_000)  # the first page of a service is slow where others work too
    page.goto(f"{office.service.url}{FAIR}{path}")
    return page, complaints


def faults(page: Page, width: int, scheme: str) -> list[str]:
    """What axe says against the page at this width and in these colours, and whether it is too wide."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    said = [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return said + ([f"{wide} px wide"] if wide > width else [])
