"""What the front-end build puts into static/vendor/ works in a browser, from our own server alone."""

import base64
import io
from http.client import HTTPConnection

import pytest
import qrcode
from playwright.sync_api import Page, Route, expect

from fairapp import assets
from fairapp.web.templating import static_digest
from tests.serving import Service

VENDOR = f"/static/{static_digest(assets.folder('static'))}/vendor"

READER = """<!doctype html><title>reader</title><p role="status"></p><script type="module">
import {{ BarcodeDetector }} from "{vendor}/barcode-detector.js";
import jsQR from "{vendor}/jsqr.js";
const picture = new Image();
picture.src = "{picture}";
await picture.decode();
const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
canvas.drawImage(picture, 0, 0);
const pixels = canvas.getImageData(0, 0, picture.width, picture.height);
const [found] = await new BarcodeDetector({{ formats: ["qr_code"] }}).detect(pixels);
const again = jsQR(pixels.data, pixels.width, pixels.height);
document.querySelector("p").textContent = found.rawValue + " | " + again.data;
</script>"""


def test_both_readers_read_a_code_with_nothing_from_outside(page: Page, live_server: Service) -> None:
    drawn = io.BytesIO()
    qrcode.make("HTTPS://FAIR.EXAMPLE/B/7K2M9QX").save(drawn)
    picture = "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    def reader(route: Route) -> None:
        route.fulfill(body=READER.format(vendor=VENDOR, picture=picture), content_type="text/html")

    page.route("**/reader", reader)
    page.goto(f"{live_server.url}/reader")

    expect(page.get_by_role("status")).to_have_text(" | ".join(["HTTPS://FAIR.EXAMPLE/B/7K2M9QX"] * 2))
    outside = [url for url in asked if not url.startswith((live_server.url, "data:"))]
    assert outside == []
    assert f"{live_server.url}{VENDOR}/zxing_reader.wasm" in asked


def test_digits_of_the_tabular_face_stand_on_one_width(page: Page, live_server: Service) -> None:
    face = f"{live_server.url}{VENDOR}/fonts/bvp-tabular-400.woff2"
    page.route("**/digits", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
    page.goto(f"{live_server.url}/digits")
    measure = """async (face) => {
        document.fonts.add(await new FontFace("Digits", `url(${face})`).load());
        const pen = new OffscreenCanvas(10, 10).getContext("2d");
        pen.font = "100px Digits";
        return [..."0123456789"].map((digit) => Math.round(pen.measureText(digit).width * 10));
    }"""
    assert len(set(page.evaluate(measure, face))) == 1


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("htmx.min.js", 'text/javascript; charset="utf-8"'),
        ("barcode-detector.js", 'text/javascript; charset="utf-8"'),
        ("zxing_reader.wasm", "application/wasm"),
        ("fonts/be-vietnam-pro-400.woff2", "font/woff2"),
    ],
)
def test_the_server_names_each_kind_of_file(live_server: Service, file: str, kind: str) -> None:
    connection = HTTPConnection("127.0.0.1", live_server.port, timeout=10)
    connection.request("GET", f"{VENDOR}/{file}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
