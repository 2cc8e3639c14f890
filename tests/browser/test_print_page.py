"""The page of everything on paper, in a real browser: by keys, refused beside the field, readable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from sqlalchemy import delete

from fairapp.store.base import db
from fairapp.store.operations import Job
from tests.browser.boards import Office
from tests.browser.presses import FAIR, faults, opened, press_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with press_of(tmp_path_factory.mktemp("print")) as office:
        yield office


@pytest.fixture
def prints(context: BrowserContext, office: Office) -> Iterator[Page]:
    """The page with nothing made yet."""
    with office.database():
        db.session.execute(delete(Job))
        db.session.commit()
    page, complaints = opened(context, office, "/print")
    yield page
    page.unroute_all(behavior="ignoreErrors")
    assert [each for each in complaints if "422" not in each] == []


def card(prints: Page, name: str) -> Locator:
    return prints.get_by_role("region", name=name)


def test_stickers_are_asked_for_by_keys_and_the_page_says_that_they_are_being_made(
    prints: Page, office: Office
) -> None:
    card(prints, "Stand-number stickers").get_by_role("button", name="Make the PDF").press("Enter")
    prints.wait_for_url("**/jobs/*")
    prints.goto(f"{office.service.url}{FAIR}/print")
    being = prints.get_by_role("region", name="Being made")
    expect(being.get_by_role("link", name="Stand-number stickers")).to_be_visible()
    expect(being.get_by_role("progressbar")).to_be_visible()


def test_a_booth_that_is_none_is_told_beside_its_field_and_stays_as_typed(prints: Page) -> None:
    here = card(prints, "Hall directories").get_by_label("Booth at which it hangs")
    here.fill("Z-999")
    here.press("Enter")
    summary = prints.locator(".errsum")
    expect(summary).to_be_focused()
    expect(here).to_have_value("Z-999")
    expect(here).to_have_attribute("aria-invalid", "true")
    summary.get_by_role("link").press("Enter")
    expect(here).to_be_focused()
    here.fill("A-001")
    here.press("Enter")
    prints.wait_for_url("**/jobs/*")


def test_the_size_of_the_boards_is_kept_by_keys(prints: Page) -> None:
    boards = card(prints, "Fascia boards")
    boards.get_by_text("Size of the boards").press("Enter")
    boards.get_by_label("Width").fill("2400")
    boards.get_by_label("Height").fill("250")
    boards.get_by_role("button", name="Save the size").press("Enter")
    expect(prints.get_by_text("Saved. The next boards have this size.")).to_be_visible()
    expect(boards).to_contain_text("2,400 × 250 mm")


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_readable_by_everybody(prints: Page, width: int, scheme: str) -> None:
    assert faults(prints, width, scheme) == []
