"""The badge studio, the print queue and the picture for the phone, as people use them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.badge_designs import body_of, design_from
from fairapp.rules.badge_presets import PRESETS, Preset
from fairapp.rules.badge_queue import PrintJobState
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import BadgeState
from fairapp.store.accounts import Account
from fairapp.store.badges_press import BadgeDesign, PrintJob, PrintStation
from tests import factories as make
from tests.asking import statements
from tests.web.stalls import OpenFair

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
STUDIO = "/o/OPEN/badges/designs/exhibitor"
QUEUE = "/o/OPEN/badges/queue"


@pytest.fixture
def open_fair(app: Flask, rows: Session) -> OpenFair:
    fair = OpenFair(app, rows)
    rows.commit()
    return fair


def filled(preset: Preset = Preset.LANYARD, **values: str) -> dict[str, str]:
    """The studio's form with a paper laid out in it."""
    design = PRESETS[preset]
    form = {"width": f"{design.width:g}", "height": f"{design.height:g}", "seen": "0", "do": "keep"}
    for placed in design.front:
        name = f"front-{placed.part.value}"
        form |= {
            f"{name}-on": "1",
            f"{name}-x": f"{placed.x:g}",
            f"{name}-y": f"{placed.y:g}",
            f"{name}-width": f"{placed.width:g}",
            f"{name}-height": f"{placed.height:g}".replace(".", ","),
            f"{name}-size": f"{placed.size:g}",
            f"{name}-weight": str(placed.weight),
            f"{name}-align": placed.align.value,
        }
    return form | values


def test_a_design_is_kept_version_by_version_and_badges_are_printed_with_it(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    open_fair.badge("Vàng Thị Mai")
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)
    assert send(organiser, STUDIO, **filled(Preset.LABEL_62)).status_code == 302
    kept = open_fair.rows.scalars(select(BadgeDesign)).one()
    assert (kept.version, set(design_from(kept.body).front)) == (1, set(PRESETS[Preset.LABEL_62].front))
    printed = send(organiser, "/o/OPEN/badges", "/o/OPEN/badges/print", all="1", format="single")
    page = Image.open(io.BytesIO(_rendered(printed.data)))
    assert (round(page.width / 300 * 25.4), round(page.height / 300 * 25.4)) == (62, 100)
    assert send(organiser, STUDIO, **filled(seen="1")).status_code == 302
    assert send(organiser, STUDIO, f"{STUDIO}/restore", version="1", seen="2").status_code == 302
    assert send(organiser, STUDIO, f"{STUDIO}/restore", version="house", seen="3").status_code == 302
    open_fair.rows.rollback()
    versions = open_fair.rows.scalars(select(BadgeDesign).order_by(BadgeDesign.version)).all()
    assert [each.body.get("width") for each in versions] == [62, 86, 62, None]
    assert "Version 4" in organiser.get(STUDIO).get_data(as_text=True)


def _rendered(data: bytes) -> bytes:
    from fairapp.adapters.pdf.rendering import page_png

    return page_png(data, 0, 300)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"front-qr-width": "20"}, "The QR code is too small to be read at a gate"),
        ({"front-booth-x": "30"}, "It stands on the QR code or on its white edge"),
        ({"front-name-on": ""}, "The person&#39;s name is missing on the front"),
        ({"width": "1e9", "front-name-x": "nan"}, "Can be printed"),
    ],
)
def test_a_wrong_design_is_refused_by_name_and_kept_in_the_form(
    open_fair: OpenFair, browse: Browse, send: Send, change: dict[str, str], sentence: str
) -> None:
    answer = send(browse(open_fair.organiser), STUDIO, **filled(**change))
    assert answer.status_code == (302 if sentence == "Can be printed" else 422)
    if answer.status_code == 422:
        page = answer.get_data(as_text=True)
        assert sentence in page
        assert f'value="{next(iter(change.values()))}"' in page or "front-name-on" in change
        assert open_fair.rows.scalars(select(BadgeDesign)).all() == []


def test_looking_keeps_nothing_and_whoever_was_quicker_is_told(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    organiser = browse(open_fair.organiser)
    assert send(organiser, STUDIO, **filled(do="look")).status_code == 200
    look = send(organiser, STUDIO, f"{STUDIO}/look", **filled())
    assert (look.status_code, look.get_data(as_text=True).count("<img")) == (200, 1)
    assert open_fair.rows.scalars(select(BadgeDesign)).all() == []
    send(organiser, STUDIO, **filled())
    late = send(organiser, STUDIO, **filled(Preset.LABEL_80))
    assert late.status_code == 422
    assert "Somebody kept another version" in late.get_data(as_text=True)


def test_the_preview_is_a_page_of_print_and_odd_designs_are_no_pages(
    open_fair: OpenFair, browse: Browse
) -> None:
    organiser = browse(open_fair.organiser)
    drawn = json.dumps(body_of(PRESETS[Preset.LABEL_80]))
    answer = organiser.get(f"{STUDIO}/preview.png", query_string={"d": drawn, "face": "front", "name": "9"})
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "no-store"
    assert Image.open(io.BytesIO(answer.data)).size == (473, 355)
    huge = json.dumps(body_of(PRESETS[Preset.LABEL_80]) | {"width": 1e300})
    for odd in ("{", "[]", "x" * 9000, huge, json.dumps({"front": 1})):
        assert organiser.get(f"{STUDIO}/preview.png", query_string={"d": odd}).status_code == 400


def test_a_picture_is_painted_anew_and_a_file_that_is_none_is_refused(
    open_fair: OpenFair, browse: Browse
) -> None:
    organiser = browse(open_fair.organiser)
    logo = io.BytesIO()
    Image.new("RGB", (300, 200), "#C7341B").save(logo, "PNG")
    form = filled() | {
        "front-picture-on": "1",
        "front-picture-x": "66",
        "front-picture-y": "9",
        "front-picture-width": "15",
        "front-picture-height": "11",
        "front-fair-width": "58",
    }
    page = organiser.get(STUDIO).get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    for data, status in ((logo.getvalue(), 302), (b"<svg onload=alert(1)>", 422)):
        upload = form | {"csrf_token": token, "picture-file": (io.BytesIO(data), "logo.png")}
        assert organiser.post(STUDIO, data=upload).status_code == status
    kept = open_fair.rows.scalars(select(BadgeDesign)).one()
    assert kept.body["picture"].endswith(".jpg")


def test_badges_pass_from_the_list_to_a_station_and_to_their_wearers(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    badges = [open_fair.badge(name) for name in ("Lý Thị Mai", "ກອງ ແກ້ວ")]
    open_fair.rows.commit()
    organiser = browse(open_fair.organiser)
    chosen = [str(badge.id) for badge in badges]
    assert send(organiser, "/o/OPEN/badges", QUEUE, badge=chosen).status_code == 302
    answer = send(organiser, QUEUE, "/o/OPEN/badges/stations", name="Gate A")
    station = open_fair.rows.scalars(select(PrintStation)).one()
    here = f"/o/OPEN/badges/stations/{station.id}"
    assert answer.headers["Location"] == here
    assert send(organiser, here, f"{here}/take", most="8").status_code == 302
    file = organiser.get(f"{here}/badges.pdf")
    assert (file.mimetype, file.headers["Cache-Control"]) == ("application/pdf", "no-store")
    jobs = open_fair.rows.scalars(select(PrintJob).order_by(PrintJob.id)).all()
    send(organiser, here, f"{here}/give-back", job=str(jobs[1].id))
    send(organiser, here, f"{here}/printed")
    send(organiser, QUEUE, f"{QUEUE}/{jobs[0].id}/collect")
    send(organiser, QUEUE, f"{QUEUE}/{jobs[1].id}/drop")
    send(organiser, QUEUE, f"{QUEUE}/{jobs[0].id}/again", reason="lost")
    open_fair.rows.rollback()
    states = [job.state for job in open_fair.rows.scalars(select(PrintJob).order_by(PrintJob.id))]
    assert states == [PrintJobState.COLLECTED, PrintJobState.DROPPED, PrintJobState.QUEUED]
    open_fair.rows.refresh(badges[0])
    assert badges[0].issue == 2
    assert organiser.get(f"{here}/badges.pdf").status_code == 404
    assert send(organiser, here, f"{here}/close").status_code == 302


def test_the_queue_is_found_by_name_or_code_and_asks_as_often_for_one_as_for_three(
    open_fair: OpenFair, browse: Browse, send: Send
) -> None:
    organiser = browse(open_fair.organiser)

    def shown(query: str = "") -> tuple[int, int]:
        with statements() as queries:
            page = organiser.get(f"{QUEUE}{query}").get_data(as_text=True)
        return page.count('class="badge__name"'), len(queries)

    first = open_fair.badge("Lý Thị Mai")
    open_fair.rows.commit()
    send(organiser, "/o/OPEN/badges", QUEUE, badge=str(first.id))
    few = shown()
    others = [open_fair.badge(f"Phàn Phủ {n}") for n in range(2)]
    open_fair.rows.commit()
    send(organiser, "/o/OPEN/badges", QUEUE, badge=[str(badge.id) for badge in others])
    assert (few[0], shown()[0]) == (1, 3)
    assert few[1] == shown()[1]
    code = f"{first.short_code[:4]}-{first.short_code[4:]}"
    assert [shown(f"?q={q}")[0] for q in ("ly+thi+mai", code, "nobody")] == [1, 1, 0]
    assert shown("?state=printed")[0] == 0
    part = organiser.get(QUEUE, headers={"HX-Request": "true"}).get_data(as_text=True)
    assert part.lstrip().startswith('<div class="chips">')


def test_the_picture_for_the_phone_is_its_wearers_alone_and_decodes(
    open_fair: OpenFair, browse: Browse, rows: Session
) -> None:
    badge = open_fair.badge("Vàng Thị Mai")
    waiting = open_fair.badge("Not yet", BadgeState.NAMED)
    stranger = make.account(rows)
    rows.commit()
    page = f"/me/exhibitors/{open_fair.exhibitor.id}/badges/{badge.id}/wallet.png"
    answer = browse(open_fair.producer).get(page)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    picture = Image.open(io.BytesIO(answer.data))
    (code,) = zxingcpp.read_barcodes(picture)
    assert open_fair.keys.verify(code.text) == Claims(open_fair.fair.id, badge.id, 1, 1)
    assert browse(stranger).get(page).status_code == 404
    assert (
        browse(open_fair.producer).get(page.replace(str(badge.id) + "/w", f"{waiting.id}/w")).status_code
        == 404
    )


@pytest.mark.parametrize("path", [STUDIO, "/o/OPEN/badges/designs", QUEUE, f"{STUDIO}/preview.png"])
def test_stewards_and_members_stay_outside(open_fair: OpenFair, browse: Browse, path: str) -> None:
    assert browse(open_fair.steward).get(path).status_code == 403
    assert browse(open_fair.producer).get(path).status_code == 404
