"""A real Chromium and a running service for the browser tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests import chromium
from tests.serving import Service, running

PATIENCE = 10_000  # milliseconds


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the browser lies; asked before Playwright's loop runs, which allows no second one."""
    return chromium.find()


@pytest.fixture(scope="session")
def driver(chromium_path: str) -> Iterator[Playwright]:
    """The one Playwright of a worker: a second one in the same thread is refused."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium_path: str) -> Iterator[Browser]:
    """One Chromium per worker."""
    browser = driver.chromium.launch(executable_path=chromium_path, args=chromium.flags())
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The real server with an instance folder of its own, one per worker."""
    instance: Path = tmp_path_factory.mktemp("instance")
    with running(instance) as service:
        yield service


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with an empty cookie jar."""
    context = browser.new_context(locale="en-GB", timezone_id="Asia/Ho_Chi_Minh")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The visitor's tab."""
    return context.new_page()
