"""Every address, for every role: both languages, light and dark, wide and narrow, under axe.

axe takes most of the time. What it has judged once it is not asked again: a page whose content stands letter
for letter as an earlier role saw it, in a frame of rail, head and foot judged around another content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Response

from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.store.base import db
from tests.arguments import REDIRECTS, lay_out
from tests.atlas import Atlas, rules_of, walk
from tests.serving import Service, fairapp, free_port, running, settings

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ("vi", "en")
LOOKS = (("light", 1280), ("dark", 360))
ROLES: tuple[str | None, ...] = (None, *(role.value for role in Role))
PARTS = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll("input[type=hidden]").forEach(each => each.remove());
    const main = copy.querySelector("main");
    const content = main ? main.outerHTML : "";
    main?.remove();
    copy.querySelectorAll("[href]").forEach(each => each.setAttribute("href", "#"));
    return [content, copy.outerHTML];
}"""
"""A page as its content and the frame around it; tokens, and where the frame's links lead, are left out."""
HELP = """\
Addresses that nobody could look at:

{}

tests/arguments.py fills them. For an argument that nothing fills, add a line to ARGUMENTS or OF_VIEW: from
its name to a function that answers candidates, best first (rows_of(table) and column(Table.column) make such
functions). A page that stays closed to every role, or only redirects, needs rows with which it opens: in the
demo fair, or in lay_out(). One that shows nothing without a query needs a line in QUERIES. What is never more
than a redirect is named in REDIRECTS."""

Log_ins = dict[str, tuple[str, str]]


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
def log_ins(demo_service: Service) -> Log_ins:
    """Address and password of each role."""
    kept = json.loads((demo_service.instance / "demo-accounts.json").read_text())
    return {each["role"]: (each["email"], each["password"]) for each in kept}


@pytest.fixture(scope="session")
def app(demo_service: Service, log_ins: Log_ins) -> Iterator[Flask]:
    """The application over the demo fair's rows, and a few that the demo fair does not have."""
    app = create_app(read_settings(demo_service.environment))
    lay_out(app, log_ins[Role.ORGANISER.value][0])
    yield app
    app.extensions["public_version"].close()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def atlas(app: Flask, log_ins: Log_ins) -> Callable[[str | None], Atlas]:
    """``atlas(role)``: what every address answered to the role; None is a visitor."""

    @cache
    def of(role: str | None) -> Atlas:
        return walk(app, None if role is None else log_ins[role][0])

    return of


@pytest.fixture(scope="session")
def judged(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[..., bool]:
    """``judged(text, …)``: whether axe had this before, in whichever worker; it has it from now on."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "judged"
    folder.mkdir(exist_ok=True)

    def before(*texts: str) -> bool:
        kept = folder / sha256("\0".join(texts).encode()).hexdigest()
        known = kept.exists()
        kept.touch()
        return known

    return before


def sign_in(page: Page, service: Service, address: str, password: str) -> None:
    """Through the door, as a person would."""
    page.goto(f"{service.url}/sign-in")
    page.fill("input[name=email]", address)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)


def test_every_address_opens_to_some_role(app: Flask, atlas: Callable[[str | None], Atlas]) -> None:
    walked = [atlas(role) for role in ROLES]
    unfilled = {rule: name for each in walked for rule, name in each.unfilled.items()}
    missed = []
    for rule in rules_of(app):
        answers = {each.answers.get(rule.rule) for each in walked} - {None}
        line = f"  {rule.rule}  ({rule.endpoint}): "
        if rule.rule in unfilled:
            missed.append(f"{line}nothing fills <{unfilled[rule.rule]}>")
        elif not answers:
            missed.append(f"{line}closed to every role")
        elif answers == {"redirect"} and rule.rule not in REDIRECTS:
            missed.append(f"{line}only redirects")
    assert missed == [], HELP.format("\n".join(missed))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_page_of_a_role_is_clean(
    browser: Browser,
    demo_service: Service,
    log_ins: Log_ins,
    app: Flask,
    atlas: Callable[[str | None], Atlas],
    judged: Callable[..., bool],
    role: str | None,
    language: str,
) -> None:
    walked = atlas(role)
    context = browser.new_context(locale="vi", bypass_csp=True, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(f"script error {error}"))
    page.on("response", lambda answer: problems.extend(refused(answer)))
    if role is not None:
        sign_in(page, demo_service, *log_ins[role])
    wrong = list(walked.wrong)
    for (view, *which), path in walked.pages.items():
        if role is not None and app.view_functions[view].access == "public":  # type: ignore[union-attr]
            continue  # what everybody may open is looked at once, as a visitor
        page.goto(f"{demo_service.url}{path}{'&' if '?' in path else '?'}lang={language}")
        for scheme, width in LOOKS:
            wear(page, scheme, width)
            content, frame = page.evaluate(PARTS)
            known = [judged(view, content, language, scheme), judged(frame, language, scheme)]
            found = faults(page, language, problems) + ([] if all(known) else violations(page))
            wrong.extend(f"{' '.join((view, *which, language, scheme))}: {line}" for line in found)
            problems.clear()
    context.close()
    assert len(walked.pages) >= 4
    assert "\n".join(wrong) == ""


def refused(answer: Response) -> list[str]:
    """What the browser asked for and did not get."""
    return [f"{answer.url} answers {answer.status}"] if answer.status >= 400 else []


def wear(page: Page, scheme: str, width: int) -> None:
    """Show the page in one look."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})


def faults(page: Page, language: str, problems: list[str]) -> list[str]:
    """What is wrong with the open page."""
    wrong = list(problems)
    if page.locator("html").get_attribute("lang") != language:
        wrong.append("speaks another language")
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        wrong.append("wider than the screen")
    return wrong


def violations(page: Page) -> list[str]:
    """What axe says against the page, one line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | ')))",
        RULES,
    )
    return [str(each)[:400] for each in found]
