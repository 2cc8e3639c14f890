"""A delegation of sixty in a real browser: by one file, corrected, endorsed and placed in few actions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import SYSTEM
from fairapp.rules.applications import Step
from fairapp.store.allocation import BoothClaim
from fairapp.store.base import db, transaction
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs import Booth
from fairapp.usecases.applications_decisions import DecideMany, decide_many
from fairapp.usecases.delegations_booths import Block, give_booths
from tests import factories as make
from tests.serving import Service, running

MANY = 60
MOST_ACTIONS = 15
PRODUCTS = ("ปลาส้ม", "ผ้าไหมแพรวา", "ข้าวกล้องอินทรีย์", "น้ำผึ้งป่า", "กล้วยตาก", "เสื่อกก")
TITLES = (
    "No.", "Producer", "Name in Latin letters", "Kind", "Place", "Address", "Phone", "Email", "Products",
    "Stars", "Product group", "Kind of booth", "Number of booths",
)  # fmt: skip
BROKEN = {
    "B3": "=1+1",
    "B7": "12345",
    "D11": "Kingdom",
    "E15": "",
    "G19": "12",
    "H23": "som@",
    "J27": "6",
    "K31": "Gold",
    "L35": "Tent",
    "M39": "0",
}
"""Cell -> what is wrong in it, each in a row of its own."""


@dataclass
class Hand:
    """Somebody's hand: every press, tick and file is one action."""

    page: Page
    actions: list[str] = field(default_factory=list)

    def press(self, what: Locator) -> None:
        """Press it."""
        self.actions.append(f"press {what}")
        what.click()

    def tick(self, what: Locator) -> None:
        """Tick the box."""
        self.actions.append(f"tick {what}")
        what.check()

    def choose(self, data: bytes) -> None:
        """Choose the file."""
        self.actions.append("choose a file")
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        file: FilePayload = {"name": "kalasin.xlsx", "mimeType": sheet, "buffer": data}
        self.page.get_by_label("Workbook (XLSX)").set_input_files(file)


@dataclass(frozen=True, slots=True)
class Kalasin:
    """A running service with an open delegation of a Thai province and the cookie of its head."""

    service: Service
    cookie: str
    delegation_id: int

    def office(self) -> None:
        """The organiser's part: everybody endorsed is accepted, and the block of booths is given."""
        app = create_app(read_settings(self.service.environment))
        with app.app_context():
            with transaction() as session:
                delegation = session.get_one(Delegation, self.delegation_id)
                ids = tuple(session.scalars(select(DelegationEntry.application_id)))
                decided = decide_many(session, SYSTEM, DecideMany(ids, Step.ACCEPT), make.NOW)
                assert (len(decided.done), decided.refused) == (MANY, ())
                booths = tuple(session.scalars(select(Booth.id).where(Booth.zone == "D")))
                give_booths(session, SYSTEM, Block(delegation.id, booths), make.NOW)
            db.session.remove()
            db.engine.dispose()

    def claims(self) -> int:
        """How many booths are claimed."""
        app = create_app(read_settings(self.service.environment))
        with app.app_context():
            found = len({each.booth_id for each in db.session.query(BoothClaim)})
            db.session.remove()
            db.engine.dispose()
        return found


@pytest.fixture
def kalasin(tmp_path: Path) -> Iterator[Kalasin]:
    with running(tmp_path) as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            rows = db.session()
            fair = make.fair(rows, apply_from=None, apply_until=None)
            make.booth_kind(rows, fair)
            hall = make.hall(rows, fair)
            for number in range(MANY + 10):
                make.booth(rows, hall, f"A-{number:03d}", zone="D" if number < MANY else "E")
            head = make.account(rows, language="en")
            names = {"en": "Kalasin", "vi": "Đoàn Kalasin"}
            delegation = make.delegation(
                rows, fair, head, names=names, country="TH", province_code=None, quota_booths=MANY
            )
            rows.commit()
            signed_in, delegation_id = f"{head.id}.{head.epoch}", delegation.id
            db.session.remove()
            db.engine.dispose()
        visitor = app.test_client()
        with visitor.session_transaction() as session:
            session["_user_id"], session["_fresh"] = signed_in, True
        cookie = visitor.get_cookie("fairapp")
        assert cookie is not None
        yield Kalasin(service, cookie.value, delegation_id)


def producers() -> list[list[str]]:
    """Sixty makers of one province, as its office would type them."""
    return [
        [
            "",
            f"กลุ่มแม่บ้าน {number:02d} กาฬสินธุ์",
            f"Women's Group {number:02d}",
            "Cooperative group",
            "Mueang Kalasin, Kalasin",
            f"{number} Moo 4",
            f"+66 43 811 {number:03d}",
            f"group{number:02d}@kalasin.example",
            PRODUCTS[number % len(PRODUCTS)],
            str(3 + number % 3),
            "Food",
            "Shell scheme",
            "1",
        ]
        for number in range(1, MANY + 1)
    ]


def workbook(broken: dict[str, str]) -> bytes:
    """The list as a workbook, with these cells broken."""
    rows = producers()
    for cell, text in broken.items():
        rows[int(cell[1:]) - 2][ord(cell[0]) - ord("A")] = text
    return xlsx_bytes([Table("Kalasin", tuple(map(Column, TITLES)), rows)])


def test_sixty_producers_go_in_by_one_file_and_get_their_booths(
    context: BrowserContext, kalasin: Kalasin
) -> None:
    context.set_default_timeout(60_000)  # sixty profiles are written at once, on a busy machine too
    context.add_cookies([{"name": "fairapp", "value": kalasin.cookie, "url": kalasin.service.url}])
    page = context.new_page()
    page.goto(f"{kalasin.service.url}/d/{kalasin.delegation_id}?lang=en")
    hand = Hand(page)

    send_the_list(hand, broken=True)
    for cell in BROKEN:
        expect(page.locator("td.is-bad", has_text=f"{cell}:")).to_have_count(1)
    expect(page.locator("td.is-bad")).to_have_count(len(BROKEN))
    expect(page.get_by_role("button", name="Take it in")).to_have_count(0)

    hand.press(page.get_by_role("link", name="List by workbook"))
    send_the_list(hand, broken=False)
    expect(page.get_by_text(f"{MANY} new rows")).to_be_visible()
    hand.press(page.get_by_role("button", name="Take it in"))
    expect(page.get_by_text("The workbook has been taken in.")).to_be_visible()

    hand.press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Producers"))
    hand.tick(page.get_by_label("Choose all on this page"))
    hand.tick(page.get_by_label("These producers have read the terms"))
    hand.press(page.get_by_role("button", name="Endorse", exact=True))
    expect(page.get_by_text(f"{MANY} producers are endorsed.")).to_be_visible()

    kalasin.office()
    hand.press(page.get_by_role("navigation", name="Main").get_by_role("link", name="Booths"))
    hand.press(page.get_by_role("button", name="Share out as chosen"))
    expect(page.get_by_text(f"{MANY} booths are shared out.")).to_be_visible()

    assert kalasin.claims() == MANY
    assert len(hand.actions) <= MOST_ACTIONS, hand.actions


def send_the_list(hand: Hand, *, broken: bool) -> None:
    """From wherever the way to the workbooks is: the template first, then the file."""
    page = hand.page
    if broken:
        hand.press(page.get_by_role("link", name="List by workbook").first)
        with page.expect_download() as download:
            hand.press(page.get_by_role("link", name="Download the workbook"))
        template = CalamineWorkbook.from_filelike(BytesIO(Path(download.value.path()).read_bytes()))
        assert tuple(template.get_sheet_by_index(0).to_python()[0]) == TITLES
    hand.choose(workbook(BROKEN if broken else {}))
    hand.press(page.get_by_role("button", name="Send and look at it"))
