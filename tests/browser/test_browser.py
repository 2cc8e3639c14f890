"""The browser that the tests use is there, and stays at home."""

import pytest
from playwright.sync_api import Error, Page


def test_a_real_browser_runs_our_scripts(page: Page) -> None:
    page.set_content("<title>old</title><button onclick='document.title = this.textContent'>new</button>")
    page.get_by_role("button").click()
    assert page.title() == "new"


def test_it_reaches_nothing_outside(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://fair.example/")
