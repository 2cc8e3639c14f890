"""A steward at a gate: a camera that sees a badge, and a scanner that types faster than answers come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import qrcode
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from fairapp.adapters.signing import BadgeKeys
from fairapp.app import create_app
from fairapp.config import read_settings
from fairapp.rules.actors import Role
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeState
from fairapp.store.base import db, transaction
from tests import chromium
from tests import factories as make
from tests.serving import Service, running

WIDTH, HEIGHT = 640, 480

PRESS_ON_AZERTY = """(token) => {
    const field = document.querySelector("#code");
    const read = { A: "Q", Q: "A", Z: "W", W: "Z", M: "?", 1: "&", 2: "é", ":": "M" };
    const names = { " ": ["Space"], "$": ["Digit4", 1], "%": ["Digit5", 1], "*": ["Digit8", 1],
                    "+": ["Equal", 1], "-": ["Minus"], ".": ["Period"], "/": ["Slash"],
                    ":": ["Semicolon", 1] };
    for (const sign of token) {
        const [code, shiftKey] = names[sign] ?? [/[0-9]/.test(sign) ? "Digit" + sign : "Key" + sign, 0];
        const key = read[sign] ?? sign;
        field.dispatchEvent(new KeyboardEvent("keydown", { code, key, shiftKey: !!shiftKey, bubbles: true }));
        field.value += key;
    }
    field.form.requestSubmit();
}"""


@dataclass(frozen=True)
class Entrance:
    """A running service with a fair of today, five badges, and a supervisor's cookie."""

    service: Service
    tokens: tuple[str, ...]
    cookie: str

    def sign_in(self, context: BrowserContext) -> None:
        """The supervisor has signed in here."""
        context.add_cookies([{"name": "fairapp", "value": self.cookie, "url": self.service.url}])
        context.set_default_timeout(15_000)

    @property
    def gate(self) -> str:
        """The address of the gate."""
        return f"{self.service.url}/g/OPEN/MAIN"


@pytest.fixture(scope="module")
def entrance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entrance]:
    instance = tmp_path_factory.mktemp("gate")
    with running(instance, "--workers", "1") as service:
        app = create_app(read_settings(service.environment))
        with app.app_context():
            today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
            with transaction() as session:
                fair = make.fair(
                    session, code="OPEN", starts_on=today - timedelta(1), ends_on=today + timedelta(1)
                )
                make.gate(session, fair)
                stand = make.exhibitor(session, make.organisation(session), fair)
                badges = [
                    make.badge(session, stand, name=name, state=BadgeState.APPROVED)
                    for name in ("Vàng Thị Mai", "Sùng A Páo", "Lý Seo Phủ", "Chảo Mẩy", "Tẩn Láo Lở")
                ]
                account = make.account(session, language="en")
                make.grant(session, account, Role.SUPERVISOR, fair)
                numbers = [(fair.id, badge.id) for badge in badges]
                cookie = _cookie(app, account.id)
            db.session.remove()
            db.engine.dispose()
        keys = BadgeKeys(instance / "keys")
        tokens = tuple(keys.sign(Claims(fair_id, badge_id, 1)) for fair_id, badge_id in numbers)
        yield Entrance(service, tokens, cookie)


def _cookie(app: Flask, account_id: int) -> str:
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"_user_id": f"{account_id}.0", "_fresh": True}))


def film(token: str, path: Path) -> Path:
    """A film in which somebody holds a badge's code still before the camera."""
    code = qrcode.QRCode(border=4, box_size=7, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(token)
    drawn = code.make_image().get_image().convert("L")
    frame = Image.new("L", (WIDTH, HEIGHT), 255)
    frame.paste(drawn, ((WIDTH - drawn.width) // 2, (HEIGHT - drawn.height) // 2))
    grey = bytes([128]) * (WIDTH * HEIGHT // 2)
    picture = b"FRAME\n" + frame.tobytes() + grey
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420\n".encode() + picture * 3)
    return path


@pytest.fixture
def with_camera(
    tmp_path: Path, entrance: Entrance, driver: Playwright, chromium_path: str, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A phone whose camera looks at the badge of this number."""
    seen = film(entrance.tokens[request.param], tmp_path / "badge.y4m")
    fake = (
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={seen}",
    )
    browser = driver.chromium.launch(executable_path=chromium_path, args=[*chromium.flags(), *fake])
    context = browser.new_context(viewport={"width": 360, "height": 780})
    entrance.sign_in(context)
    yield context.new_page()
    browser.close()


def listening(page: Page) -> list[str]:
    """What the page complains about."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.mark.parametrize("with_camera", [0], indirect=True)
def test_a_badge_held_before_the_camera_is_admitted_once(with_camera: Page, entrance: Entrance) -> None:
    complaints = listening(with_camera)
    with_camera.goto(f"{entrance.gate}/camera")
    expect(with_camera.locator(".gate__who").first).to_have_text("Vàng Thị Mai")
    expect(with_camera.locator("main")).to_have_class("gate gate--ok")
    numbers = with_camera.locator(".gate__num b").all_text_contents()
    with_camera.wait_for_timeout(1500)  # the badge is still there: it must not be sent again
    expect(with_camera.locator(".gate__num b")).to_have_text(numbers)
    expect(with_camera.locator("main")).to_have_class("gate gate--ok")
    assert complaints == []


@pytest.mark.parametrize("with_camera", [1], indirect=True)
def test_without_webassembly_the_plain_reader_reads_the_same_badge(
    with_camera: Page, entrance: Entrance
) -> None:
    with_camera.route("**/*.wasm", lambda route: route.abort())
    with_camera.goto(f"{entrance.gate}/camera")
    expect(with_camera.locator(".gate__who").first).to_have_text("Sùng A Páo")


def test_a_scanner_types_on_while_answers_are_on_their_way(page: Page, entrance: Entrance) -> None:
    entrance.sign_in(page.context)
    complaints = listening(page)
    page.goto(entrance.gate)
    field = page.get_by_label("Badge: scan it")
    expect(field).to_be_focused()
    for token in (entrance.tokens[2], entrance.tokens[3], entrance.tokens[2]):
        page.keyboard.type(token)
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_have_class("gate gate--warn")
    latest = page.locator(".scans__r").all_text_contents()[:3]
    assert latest == ["Already inside", "Welcome", "Welcome"]
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert complaints == []


def test_a_scanner_on_a_foreign_keyboard_is_understood(page: Page, entrance: Entrance) -> None:
    entrance.sign_in(page.context)
    page.goto(entrance.gate)
    page.evaluate(PRESS_ON_AZERTY, entrance.tokens[4])
    expect(page.locator(".gate__who").first).to_have_text("Tẩn Láo Lở")


def test_an_admission_is_undone_with_a_reason(page: Page, entrance: Entrance) -> None:
    entrance.sign_in(page.context)
    page.goto(entrance.gate)
    page.keyboard.type(entrance.tokens[3])
    page.keyboard.press("Tab")  # some scanners end so
    page.get_by_text("Undo the admission…").click()
    page.get_by_label("Why is the admission undone?").fill("Wrong person")
    page.get_by_role("button", name="Undo the admission", exact=True).click()
    expect(page.get_by_text("The admission is undone.")).to_be_visible()
