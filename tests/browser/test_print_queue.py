"""The print queue in real browsers: two stations at once, no badge taken or printed twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import delete, func, select, update

from fairapp.rules.badges import BadgeState
from fairapp.store.badges import Badge, BadgePrint
from fairapp.store.badges_press import PrintJob, PrintStation
from fairapp.store.base import db
from fairapp.store.gate import Admission
from tests.browser.boards import Office
from tests.browser.presses import FAIR, PEOPLE, faults, opened, press_of


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with press_of(tmp_path_factory.mktemp("queue")) as office:
        yield office


@pytest.fixture
def lan(context: BrowserContext, office: Office) -> Iterator[Page]:
    """Lan's tab with the list of badges, none of them in the queue."""
    with office.database():
        for table in (PrintJob, PrintStation, BadgePrint):
            db.session.execute(delete(table))
        db.session.execute(update(Badge).values(state=BadgeState.APPROVED, issue=1))
        db.session.commit()
    page, complaints = opened(context, office, "/badges")
    yield page
    assert complaints == []


@pytest.fixture
def mai(browser: Browser, office: Office) -> Iterator[Page]:
    """Mai's tab in a browser of her own."""
    context = browser.new_context(locale="en-GB")
    page, complaints = opened(context, office, "/badges/queue", whose=1)
    yield page
    assert complaints == []
    context.close()


def queue_all(lan: Page) -> None:
    lan.get_by_label("Choose all on this page").check()
    lan.get_by_role("button", name="Into the print queue").click()
    expect(lan.get_by_text(f"{len(PEOPLE)} badges are in the queue.")).to_be_visible()


def open_station(page: Page, name: str) -> None:
    page.get_by_label("Name of a new station").fill(name)
    page.get_by_label("Name of a new station").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def in_hand(page: Page) -> list[str]:
    return page.locator(".hand .badge__name").all_inner_texts()


def test_two_stations_that_press_at_once_share_the_queue_and_print_each_badge_once(
    lan: Page, mai: Page, office: Office
) -> None:
    queue_all(lan)
    open_station(lan, "Cửa Đông")
    open_station(mai, "Cửa Tây")
    for page in (lan, mai):
        expect(page.get_by_role("heading", name="6 badges wait")).to_be_visible()
    for page in (lan, mai):  # both buttons before either answer
        page.get_by_role("button", name="Take the next 4").evaluate(
            "button => setTimeout(() => button.click())"
        )
    for page in (lan, mai):
        expect(page.locator(".hand li").first).to_be_visible()
    assert sorted(in_hand(lan) + in_hand(mai)) == sorted(PEOPLE)
    assert sorted([len(in_hand(lan)), len(in_hand(mai))]) == [2, 4]

    answer = lan.request.get(
        office.service.url + str(lan.get_by_role("link", name="Print on labels").get_attribute("href"))
    )
    assert answer.body()[:5] == b"%PDF-"
    for page in (lan, mai):
        page.get_by_role("button", name="All came out").click()
        expect(page.get_by_text("Nothing in hand")).to_be_visible()
    with office.database():
        prints = db.session.execute(select(BadgePrint.badge_id, func.count()).group_by(BadgePrint.badge_id))
        assert [count for _badge, count in prints] == [1] * len(PEOPLE)
        assert db.session.scalar(select(func.count()).select_from(Admission)) == 0, (
            "printing checks nobody in"
        )


def test_two_presses_of_one_button_take_one_badge(lan: Page) -> None:
    queue_all(lan)
    open_station(lan, "Cửa Đông")
    take = lan.get_by_role("button", name="Take the next one")
    take.evaluate("button => { button.click(); button.click(); }")
    expect(lan.locator(".hand li")).to_have_count(1)
    lan.reload()
    expect(lan.locator(".hand li")).to_have_count(1)


def test_a_badge_is_handed_over_and_printed_again_with_a_reason_by_keys_alone(lan: Page) -> None:
    lan.get_by_label(f"Choose {PEOPLE[0]}").press("Space")
    lan.get_by_role("button", name="Into the print queue").press("Enter")
    open_station(lan, "Cửa Đông")
    lan.get_by_role("button", name="Take the next one").press("Enter")
    lan.get_by_role("button", name="It came out").press("Enter")
    expect(lan.get_by_text("1 badge lies ready.")).to_be_visible()
    lan.get_by_role("link", name="Print queue").first.press("Enter")
    row = lan.get_by_role("row", name=PEOPLE[0])
    expect(row).to_contain_text("Lan")
    row.get_by_role("button", name="Hand over").press("Enter")
    expect(lan.get_by_text(f"{PEOPLE[0]} has the badge.")).to_be_visible()
    again = lan.get_by_role("row", name=PEOPLE[0])
    again.locator("summary").press("Enter")
    again.get_by_label("Why the badge").select_option("damaged")
    again.get_by_role("button", name="Into the queue").press("Enter")
    expect(lan.get_by_role("row", name=PEOPLE[0])).to_have_count(2)
    expect(lan.get_by_text("Printed again:")).to_have_count(1)


def test_the_queue_renews_itself_while_nobody_works_in_it(lan: Page, mai: Page) -> None:
    expect(mai.get_by_text("Nothing here")).to_be_visible()
    queue_all(lan)
    expect(mai.get_by_role("row", name=PEOPLE[3])).to_be_visible(timeout=15_000)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_list_queue_and_station_are_readable_by_everybody(
    lan: Page, office: Office, width: int, scheme: str
) -> None:
    assert faults(lan, width, scheme) == []
    lan.set_viewport_size({"width": 1280, "height": 900})
    queue_all(lan)
    assert faults(lan, width, scheme) == []
    open_station(lan, "Cửa Đông")
    lan.get_by_role("button", name="Take the next 4").click()
    expect(lan.locator(".hand li")).to_have_count(4)
    assert faults(lan, width, scheme) == []
    lan.goto(f"{office.service.url}{FAIR}/badges/queue?state=taken")
    assert faults(lan, width, scheme) == []
