"""Every page of the map, by links or made ways: both languages, light and dark, wide and narrow, with axe."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from tests.browser.addresses import NOT_PAGES, views_of, way_to
from tests.serving import Service, fairapp, free_port, running, settings

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = (("vi", "light", 1280), ("en", "dark", 360), ("vi", "dark", 360), ("en", "light", 1280))
ROLES: tuple[str | None, ...] = (None, *(role.value for role in Role))


@pytest.fixture(scope="session")
def demo_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The real server with the demo fair, one per worker."""
    instance = tmp_path_factory.mktemp("demo")
    environment = settings(instance, free_port())
    fairapp("migrate", environment=environment)
    fairapp("demo", "--json", environment=environment)
    with running(instance) as service:
        yield service


@pytest.fixture(scope="session")
def log_ins(demo_service: Service) -> dict[str, tuple[str, str]]:
    """Address and password of each role."""
    kept = json.loads((demo_service.instance / "demo-accounts.json").read_text())
    return {each["role"]: (each["email"], each["password"]) for each in kept}


@pytest.fixture(scope="session")
def app(demo_service: Service) -> Flask:
    """The application on the service's own database, for its map of addresses and for further rows."""
    return create_app(read_settings(demo_service.environment))


@pytest.fixture(scope="session")
def addresses(app: Flask) -> MapAdapter:
    """Which view answers to which address."""
    return app.url_map.bind("127.0.0.1")


def sign_in(page: Page, service: Service, address: str, password: str) -> None:
    """Through the door, as a person would."""
    page.goto(f"{service.url}/sign-in")
    page.fill("input[name=email]", address)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def endpoint(addresses: MapAdapter, href: str) -> str | None:
    """The view behind a link of ours."""
    try:
        found: tuple[str, object] = addresses.match(urlsplit(href).path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return str(found[0])


def violations(page: Page) -> list[str]:
    """What axe says against the page, one line each."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))",
        RULES,
    )
    return [str(each)[:400] for each in found]


def reachable(
    page: Page, service: Service, addresses: MapAdapter, start: str, look: Callable[[str], None]
) -> dict[str, str]:
    """One address for each view that links lead to from ``start``; ``look`` sees each page when open."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    waiting = deque([start, "/"])
    while waiting:
        path = waiting.popleft()
        view = endpoint(addresses, path)
        if view is None or view in seen or view in NOT_PAGES:
            continue
        seen.add(view)
        answer = page.goto(service.url + path)
        assert answer is not None
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            assert answer.status < 500, f"{path} answered {answer.status}"
            assert answer.status in (200, 302, 303), f"a link leads to {path}, which answers {answer.status}"
            continue
        shown = endpoint(addresses, page.url) or view
        seen.add(shown)
        if shown not in found:
            found[shown] = local(page.url)
            look(shown)
        links = page.eval_on_selector_all(
            "a[href]", "all => all.map(a => new URL(a.getAttribute('href'), location).href)"
        )
        waiting.extend(local(link) for link in links if link.startswith(service.url))
    return found


def local(url: str) -> str:
    """The path and query of an address."""
    return urlsplit(url)._replace(scheme="", netloc="", fragment="").geturl()


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_page_of_a_role_is_clean(
    browser: Browser,
    demo_service: Service,
    log_ins: dict[str, tuple[str, str]],
    app: Flask,
    addresses: MapAdapter,
    role: str | None,
) -> None:
    context = browser.new_context(locale="vi", bypass_csp=True)
    context.set_default_timeout(15_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    wrong: list[str] = []

    def is_looked_at(view: str) -> bool:
        """What everybody may open is looked at once, as a visitor."""
        return role is None or app.view_functions[view].access != "public"  # type: ignore[union-attr]

    def look(view: str) -> None:
        if is_looked_at(view):
            wrong.extend(
                f"{view} {' '.join(map(str, now))}: {line}" for line in faults(page, now[0], problems)
            )
        problems.clear()

    now = wear(page, LOOKS[0])
    if role is not None:
        sign_in(page, demo_service, *log_ins[role])
    page.goto(demo_service.url + ("/" if role is None else "/start"))
    pages = reachable(page, demo_service, addresses, local(page.url), look)
    assert len(pages) >= 4
    email = log_ins[role or Role.PRODUCER.value][0]
    for view in sorted(views_of(app, Role(role) if role else None) - set(pages)):
        path = way_to(app, view, email)
        answer = page.goto(demo_service.url + path)
        assert answer is not None
        assert (path, answer.status, endpoint(addresses, page.url)) == (path, 200, view)
        pages[view] = path
        look(view)
    for now in (wear(page, each) for each in LOOKS[1:]):
        for view, path in pages.items():
            if not is_looked_at(view):
                continue
            page.goto(f"{demo_service.url}{path}{'&' if '?' in path else '?'}lang={now[0]}")
            look(view)
    context.close()
    assert "\n".join(wrong) == ""


def wear(page: Page, look: tuple[str, str, int]) -> tuple[str, str, int]:
    """Show the page in one look."""
    _language, scheme, width = look
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 900})
    return look


def faults(page: Page, language: str, problems: list[str]) -> list[str]:
    """What is wrong with the open page."""
    wrong = [f"script error {line}" for line in problems]
    if page.locator("html").get_attribute("lang") != language:
        wrong.append(f"{page.url} speaks another language")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        wrong.append("wider than the screen")
    return wrong + violations(page)
