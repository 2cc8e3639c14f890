"""The whole fair in a real browser: registered, applied, placed, badged, let in, and looked up."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from tests.adapters.pdf.reading import codes, texts
from tests.serving import Service, fairapp, running

PASSWORD = "four quiet words here"
PLAN = Path(__file__).parents[2] / "fairapp/demo/data/plan.geojson"
PRODUCER, ORGANISER, STEWARD = "mai@example.com", "organiser@example.com", "steward@example.com"
BOOTH = "A-006"
NAME = "Mai's Honey House"


@dataclass(frozen=True)
class Fair:
    """A fair that is open today, with its organiser, its steward and a worker that sends letters."""

    service: Service
    browser: Browser

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"{self.service.url}{path}"

    def phone(self) -> Page:
        """A narrow phone of somebody who reads English."""
        return self._page(360, 740)

    def desk(self, email: str) -> Page:
        """Somebody at a desk who has signed in."""
        page = self._page(1280, 800)
        page.goto(self.at("/sign-in"))
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1).first).not_to_have_text("Sign in")
        return page

    def _page(self, width: int, height: int) -> Page:
        context: BrowserContext = self.browser.new_context(
            locale="en-GB", timezone_id="Asia/Ho_Chi_Minh", viewport={"width": width, "height": height}
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def letter(self, subject: str) -> str:
        """The text of the producer's newest letter with this subject, as soon as it has been sent."""
        for _ in range(100):
            for letter in reversed(self._letters()):
                if PRODUCER in letter["To"] and subject in letter["Subject"]:
                    body = letter.get_body(("plain",))
                    assert body is not None
                    return str(body.get_content())
            time.sleep(0.1)
        raise AssertionError(f"no letter about {subject}: {[one['Subject'] for one in self._letters()]}")

    def _letters(self) -> list[EmailMessage]:
        box = self.service.instance / "mail.jsonl"
        lines = box.read_text().splitlines() if box.exists() else []
        return [message_from_string(json.loads(line)["raw"], policy=default) for line in lines]  # type: ignore[misc,arg-type]


@pytest.fixture
def fair(tmp_path: Path, browser: Browser) -> Iterator[Fair]:
    with running(tmp_path, "--workers", "1") as service:
        command = service.environment
        today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
        days = ("--starts", f"{today}", "--ends", f"{today + timedelta(2)}")
        fairapp("fairs", "add", "OPEN", "--name-vi", "Chợ", "--name-en", "Market", *days, environment=command)
        fairapp("import", "plan", str(PLAN), "--fair", "OPEN", environment=command)
        for email, role in ((ORGANISER, "organiser"), (STEWARD, "steward")):
            person = ("--name", role.title(), "--role", role, "--fair", "OPEN", "--language", "en")
            fairapp(
                "accounts", "add", email, *person, "--password-stdin", environment=command, stdin=PASSWORD
            )
        with running(tmp_path, port=service.port, command="worker"):
            yield Fair(service, browser)


def test_a_maker_comes_to_the_fair_and_a_visitor_finds_them(fair: Fair) -> None:
    maker = fair.phone()
    register(fair, maker)
    introduce(maker)
    apply(maker)

    office = fair.desk(ORGANISER)
    ask_for_more(office)
    answer(fair, maker)
    accept_and_place(office)
    confirm_and_name(fair, maker)

    let_in(fair, print_badges(office))
    look_up(fair)
    take_the_catalogue_home(office)


def register(fair: Fair, page: Page) -> None:
    page.goto(fair.at("/f/OPEN"))
    page.get_by_role("link", name="Apply for a booth").first.click()
    page.get_by_role("link", name="Register as a producer").click()
    page.get_by_label("Your name").fill("Mai Lò")
    page.get_by_label("Email").fill(PRODUCER)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("I have read").check()
    page.get_by_role("button", name="Register").dblclick()
    link = re.search(r"http\S+/confirm/\S+", fair.letter("Confirm"))
    assert link is not None
    page.goto(link.group())
    page.get_by_role("button", name="Confirm").click()


def introduce(page: Page) -> None:
    page.get_by_role("link", name="Add your organisation").click()
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_label("Household").check()
    page.get_by_role("button", name="Save").dblclick()
    expect(page).to_have_url(re.compile("/me/apply/OPEN$"))
    page.goto(re.sub("/me/.*", "/me", page.url))
    page.get_by_role("link", name="Products").first.click()
    page.get_by_role("link", name="Add a product").click()
    page.locator("[name=name_en]").fill("Mint honey")
    page.get_by_label("Food", exact=True).check()
    page.locator("[name=photo]").set_input_files(photo())
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Mint honey").first).to_be_visible()


def apply(page: Page) -> None:
    page.goto(re.sub("/me/.*", "/me/apply/OPEN", page.url))
    page.get_by_role("button", name="Start the application").dblclick()
    page.get_by_role("link", name="Kind of booth and size").click()
    page.get_by_role("radio").first.check()
    for label in ("Close to", "Power", "Mint honey", "We have read"):
        page.get_by_role("button", name="Save and continue").click()
        field = page.get_by_label(label).first
        if label in ("Mint honey", "We have read"):
            field.check()
        else:
            field.fill("2000")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Submit the application").dblclick()
    expect(page.get_by_text("The organiser reads your application")).to_be_visible()


def ask_for_more(page: Page) -> None:
    page.get_by_role("link", name="Applications").first.click()
    page.get_by_role("link", name=NAME).first.click()
    page.get_by_label("Your words to the applicant").fill("Which fridge is it?")
    page.get_by_label("Power and water").check()
    page.get_by_role("button", name="Return").dblclick()
    expect(page.get_by_text("Returned", exact=False).first).to_be_visible()


def answer(fair: Fair, page: Page) -> None:
    letter = fair.letter("complete")
    assert "Which fridge is it?" in letter
    page.goto(link_in(letter))
    page.get_by_role("link", name="Complete the application").click()
    page.get_by_role("link", name="Power and water").click()
    page.get_by_label("Anything else").fill("300 W, day and night")
    page.get_by_role("button", name="Save and continue").click()
    page.goto(f"{link_in(letter)}/check")
    page.get_by_role("button", name="Submit the application again").dblclick()
    expect(page.get_by_text("The organiser reads your application")).to_be_visible()


def accept_and_place(page: Page) -> None:
    page.reload()
    expect(page.get_by_text("300 W, day and night")).to_be_visible()
    page.get_by_role("button", name="Accept").dblclick()
    page.get_by_role("link", name="Assign on the board").click()
    page.locator(f'.plan__booths [aria-label*="{BOOTH[2:]}"]').first.click()
    page.get_by_role("button", name=f"Assign to {BOOTH}").dblclick()
    expect(page.get_by_text(f"{NAME} has booth {BOOTH}")).to_be_visible()


def confirm_and_name(fair: Fair, page: Page) -> None:
    page.goto(link_in(fair.letter(f"Booth {BOOTH}")))
    page.get_by_role("link", name="Confirm participation").click()
    page.get_by_role("button", name="Confirm participation").dblclick()
    page.get_by_role("link", name="Badges for your stand").click()
    page.get_by_label("Name, as the person writes it").fill("Lò Thị Mai")
    page.get_by_role("button", name="Name this person").dblclick()
    expect(page.get_by_text("1 of 5 badges have names")).to_be_visible()


def print_badges(page: Page) -> str:
    """Approve and print; what a telephone reads on the badge."""
    page.get_by_role("link", name="Badges").first.click()
    page.get_by_label("Choose Lò Thị Mai").first.check()
    page.get_by_role("button", name="Approve").dblclick()
    return codes(downloaded(page, page.get_by_role("button", name="Print 1 badge")), 0)[0]


def downloaded(page: Page, by: Locator) -> bytes:
    """Press, as soon as there is something to press, and take the file."""
    with page.expect_download() as waiting:
        by.click(timeout=30_000)
    return waiting.value.path().read_bytes()


def let_in(fair: Fair, token: str) -> None:
    gate = fair.desk(STEWARD)
    gate.get_by_role("link", name="Gate").first.click()
    expect(gate.locator("#code")).to_be_focused()  # the page is there and waits for a scan
    for said in ("Welcome", "Already inside"):
        gate.keyboard.type(token)
        gate.keyboard.press("Enter")
        expect(gate.locator(".scans__r").first).to_have_text(said)
    expect(gate.locator(".gate__who").first).to_have_text("Lò Thị Mai")


def look_up(fair: Fair) -> None:
    """A visitor holds a telephone before the sign of the booth."""
    out = fair.service.instance / "signs.pdf"
    fairapp("signs", "OPEN", "--lang", "en", "--out", str(out), environment=fair.service.environment)
    number = next(at for at, text in enumerate(texts(out.read_bytes())) if NAME in text)
    visitor = fair.phone()
    visitor.goto(codes(out.read_bytes(), number)[0])
    expect(visitor.get_by_role("heading", name=NAME)).to_be_visible()
    expect(visitor.get_by_text("Mint honey").first).to_be_visible()
    assert visitor.context.cookies() == []


def take_the_catalogue_home(page: Page) -> None:
    page.goto(re.sub("/(jobs|o)/.*", "/o/OPEN/catalogue", page.url))
    page.get_by_role("button", name="Make the catalogue").first.dblclick()
    assert any(
        "Mint honey" in text for text in texts(downloaded(page, page.get_by_role("link", name="Download")))
    )


def photo() -> FilePayload:
    """A picture of honey."""
    picture = BytesIO()
    Image.new("RGB", (1200, 800), "#d89a1c").save(picture, "JPEG")
    return {"name": "honey.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def link_in(letter: str) -> str:
    """The application's address in a letter."""
    link = re.search(r"http\S+/me/applications/\d+", letter)
    assert link is not None
    return link.group()
