"""A producer's own pages: profile, products, pictures and people, as browsers meet them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.jobs.letters import render
from fairapp.jobs.producers import member_invited
from fairapp.jobs.work import Work
from fairapp.rules.applications import State
from fairapp.store.accounts import Account
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.store.producers import Certificate, Invitation, Membership, Organisation, Photo, Product
from tests import factories as make
from tests.asking import queries

Browse = Any
Send = Any


def owner_of(rows: Session, **values: Any) -> tuple[Account, Organisation]:
    account, organisation = make.account(rows), make.organisation(rows, **values)
    make.member(rows, account, organisation)
    make.fair(rows)
    rows.commit()
    return account, organisation


def jpeg(width: int = 400, height: int = 300) -> bytes:
    out = BytesIO()
    Image.new("RGB", (width, height), "#26397f").save(out, "JPEG")
    return out.getvalue()


def part(organisation: Organisation, name: str = "") -> str:
    return f"/me/organisations/{organisation.id}" + (f"/{name}" if name else "")


def test_a_new_account_is_led_to_a_profile_and_becomes_its_member(
    rows: Session, browse: Browse, send: Send
) -> None:
    account = make.account(rows)
    rows.commit()
    browser = browse(account)
    assert "/me/organisations/new" in browser.get("/me?lang=en").get_data(as_text=True)
    answer = send(
        browser,
        "/me/organisations/new?lang=en",
        name="HTX Chè Tân Cương",
        kind="cooperative",
        country="VN",
        name_language="vi",
        tax_number="0100109106",
    )
    kept = rows.scalars(select(Organisation)).one()
    assert (answer.status_code, answer.location) == (302, f"/me/organisations/{kept.id}")
    assert (kept.name, kept.tax_code, kept.personal_number) == ("HTX Chè Tân Cương", "0100109106", None)
    assert kept.folded.startswith("htx che tan cuong")
    assert rows.scalars(select(Membership.account_id)).all() == [account.id]
    assert rows.scalars(select(AuditEntry.what)).all() == ["organisation.created"]
    assert browser.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("asked", "where"),
    [("/me/apply/FAIR", "/me/apply/FAIR"), ("https://elsewhere.example/", "/me/organisations/1")],
)
def test_whoever_came_from_a_fair_goes_on_applying_there(
    asked: str, where: str, rows: Session, browse: Browse, send: Send
) -> None:
    account = make.account(rows)
    rows.commit()
    typed = {"name": "Gốm Bàu Trúc", "kind": "household", "country": "VN", "name_language": "vi"}
    answer = send(browse(account), f"/me/organisations/new?next={asked}", **typed)
    assert (answer.status_code, answer.location) == (302, where)


def test_what_was_typed_comes_back_with_its_errors(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    answer = send(
        browse(account),
        part(organisation, "identity") + "?lang=en",
        name="Tên mới",
        kind="household",
        country="VN",
        name_language="vi",
        tax_number="0100109107",
        version="1",
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "The check digit does not fit." in text
    assert 'value="Tên mới"' in text
    assert 'value="0100109107"' in text


def test_a_personal_number_is_kept_but_never_shown_whole(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows, personal_number="001085012345")
    browser = browse(account)
    shown = browser.get(part(organisation, "identity")).get_data(as_text=True)
    assert "001085012345" not in shown
    assert "0010••••••45" in shown
    fields = {"name": "Bà Hoa", "kind": "household", "country": "VN", "name_language": "vi"}
    send(browser, part(organisation, "identity"), version="1", tax_number="", **fields)
    rows.expire_all()
    assert rows.get_one(Organisation, organisation.id).personal_number == "001085012345"
    send(browser, part(organisation, "identity"), version="2", tax_number="", forget_number="y", **fields)
    rows.expire_all()
    assert rows.get_one(Organisation, organisation.id).personal_number is None


def test_the_later_of_two_tabs_gets_both_versions_and_overwrites_nothing(
    rows: Session, browse: Browse, send: Send
) -> None:
    account, organisation = owner_of(rows)
    browser, page = browse(account), part(organisation, "contact") + "?lang=en"
    assert send(browser, page, phone="0903 123 456", version="1").status_code == 302
    answer = send(browser, page, phone="0912 345 678", version="1")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert 'value="0912 345 678"' in text
    assert "0903 123 456" in text
    assert 'name="version" value="2"' in text
    assert rows.scalar(select(Organisation.phone)) == "+84903123456"
    assert send(browser, page, phone="0912 345 678", version="2").status_code == 302
    assert rows.scalar(select(Organisation.phone)) == "+84912345678"


def test_a_commune_is_chosen_without_a_script(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    browser, page = browse(account), part(organisation, "place") + "?lang=en"
    listed = send(browser, page, province="19", show_communes="1", commune="Tân C", version="1")
    text = listed.get_data(as_text=True)
    assert listed.status_code == 200
    assert '<option value="Xã Tân Cương">' in text or '<option value="Phường' in text
    assert 'value="Tân C"' in text
    commune = re.findall(r'<option value="((?:Xã|Phường) [^"]+)">', text)[0]
    wrong = send(browser, page, province="01", commune=commune + " x", version="1")
    assert wrong.status_code == 422
    assert send(browser, page, province="19", commune=commune, version="1").status_code == 302
    rows.expire_all()
    kept = rows.get_one(Organisation, organisation.id)
    assert (kept.province_code, kept.commune_code is not None, kept.units_version) == ("19", True, "2025")


def test_the_communes_of_a_province_are_data_for_everybody(client: Any) -> None:
    answer = client.get("/places/communes?province=19")
    assert len(answer.get_json()["communes"]) > 50
    assert "public" in answer.headers["Cache-Control"]
    assert client.get("/places/communes?province=xx").get_json() == {"communes": []}


def test_a_product_with_its_photo_and_certificate_is_kept_at_once(
    rows: Session, browse: Browse, send: Send
) -> None:
    account, organisation = owner_of(rows)
    browser, page = browse(account), part(organisation, "products/new")
    typed = {
        "name_vi": "Chè Đinh",
        "group": "drink",
        "stars": "5",
        "authority": "UBND tỉnh Thái Nguyên",
        "number": "12/QĐ-UBND",
        "issued_on": "2026-01-15",
        "expires_on": "2029-01-15",
    }
    answer = send(browser, page, photo=(BytesIO(jpeg()), "che.jpg"), **typed)
    product = rows.scalars(select(Product)).one()
    photo = rows.scalars(select(Photo)).one()
    assert answer.status_code == 302
    assert (product.names, product.stars, product.folded) == ({"vi": "Chè Đinh"}, 5, "che dinh")
    assert (product.photo_id, photo.alt) == (photo.id, {"vi": "Chè Đinh"})
    assert rows.scalars(select(Certificate.number)).all() == ["12/QĐ-UBND"]
    shown = browser.get(part(organisation, "products?lang=en")).get_data(as_text=True)
    assert "Chè Đinh" in shown
    assert f"/photos/{photo.small}" in shown


def test_a_refused_picture_leaves_no_half_product(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    answer = send(
        browse(account),
        part(organisation, "products/new?lang=en"),
        name_vi="Mật ong",
        group="food",
        photo=(BytesIO(svg), "anh.jpg"),
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "An SVG drawing cannot be used as a photo." in text
    assert 'value="Mật ong"' in text
    assert rows.scalar(select(func.count()).select_from(Product)) == 0


def test_half_a_certificate_is_asked_for_whole(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    page = part(organisation, "products/new?lang=en")
    answer = send(browse(account), page, name_vi="Mật ong", group="food", number="7/QĐ")
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count("A certificate needs its authority, number and date.") >= 2


def test_products_are_put_in_order_and_taken_out(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    first = make.product(rows, organisation, position=0)
    second = make.product(rows, organisation, position=1)
    rows.commit()
    browser, page = browse(account), part(organisation, "products")
    assert send(browser, page, action=f"{page}/{second.id}/move", way="[" * 20_000).status_code == 400
    send(browser, page, action=f"{page}/{second.id}/move", way="up")
    rows.expire_all()
    assert (rows.get_one(Product, first.id).position, rows.get_one(Product, second.id).position) == (1, 0)
    send(browser, page, action=f"{page}/{first.id}/remove")
    rows.expire_all()
    assert rows.get_one(Product, first.id).removed_at is not None
    assert browser.get(f"{page}/{first.id}").status_code == 404


def test_photos_hang_up_to_eight_and_a_logo_replaces_the_old_one(
    rows: Session, browse: Browse, send: Send
) -> None:
    account, organisation = owner_of(rows)
    browser, page = browse(account), part(organisation, "photos")
    for _ in range(2):
        picture = (BytesIO(jpeg()), "logo.jpg")
        answer = send(browser, page, action=part(organisation, "logo"), **{"logo-photo": picture})
        assert answer.status_code == 302
    assert rows.scalar(select(func.count()).select_from(Photo)) == 1
    for _ in range(8):
        rows.add(
            Photo(
                organisation_id=organisation.id,
                large="a" * 64 + ".jpg",
                small="b" * 64 + ".jpg",
                width=4,
                height=3,
                made_at=make.NOW,
            )
        )
    rows.commit()
    form = browser.get(page).get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    data = {"csrf_token": token[1], "photo": (BytesIO(jpeg()), "x.jpg")}
    full = browser.post(f"{page}?lang=en", data=data, headers={"Origin": "http://localhost"})
    assert full.status_code == 422
    assert "8 photos are the most." in full.get_data(as_text=True)


def test_a_photo_is_described_and_removed(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    browser, page = browse(account), part(organisation, "photos")
    send(browser, page, photo=(BytesIO(jpeg()), "x.jpg"), alt_vi="Nương chè")
    photo = rows.scalars(select(Photo)).one()
    assert photo.alt == {"vi": "Nương chè"}
    send(browser, page, action=f"{page}/{photo.id}/describe", alt_vi="Nhà xưởng", alt_en="Workshop")
    rows.expire_all()
    assert rows.get_one(Photo, photo.id).alt == {"vi": "Nhà xưởng", "en": "Workshop"}
    send(browser, page, action=f"{page}/{photo.id}/remove")
    assert rows.scalar(select(func.count()).select_from(Photo)) == 0


def test_a_picture_is_served_for_ever_and_runs_nothing(
    rows: Session, browse: Browse, send: Send, client: Any
) -> None:
    account, organisation = owner_of(rows)
    send(browse(account), part(organisation, "photos"), photo=(BytesIO(jpeg()), "x.jpg"))
    key = rows.scalars(select(Photo.large)).one()
    for browser in (client, browse(account)):
        answer = browser.get(f"/photos/{key}")
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/photos/{'0' * 64}.jpg").status_code == 404
    assert client.get(f"/photos/{'0' * 64}.pdf").status_code == 404
    assert client.get("/photos/..%2Fsecret").status_code == 404


def test_a_stranger_finds_nothing_of_somebody_elses(rows: Session, browse: Browse, client: Any) -> None:
    _, organisation = owner_of(rows)
    product = make.product(rows, organisation)
    stranger = make.account(rows)
    rows.commit()
    browser = browse(stranger)
    for page in (
        "", "identity", "place", "contact", "story", "products", "products/new", f"products/{product.id}",
        "photos", "members",
    ):  # fmt: skip
        assert browser.get(part(organisation, page)).status_code == 404, page
        assert browser.get(f"/me/organisations/{10**30}").status_code == 404
        assert client.get(part(organisation, page)).status_code == 302, page


def test_somebody_invited_by_letter_joins_once(rows: Session, browse: Browse, send: Send, app: Any) -> None:
    account, organisation = owner_of(rows)
    colleague = make.account(rows)
    rows.commit()
    page = part(organisation, "members")
    assert send(browse(account), page, email=colleague.email, language="en").status_code == 302
    again = send(browse(account), page + "?lang=en", email=colleague.email.upper(), language="en")
    assert again.status_code == 422
    assert "A letter to this address is still open." in again.get_data(as_text=True)
    message = rows.scalars(select(OutboxMessage)).one()
    settings = app.config["FAIRAPP"]
    [letter] = member_invited(Work(rows, settings, datetime.now(UTC)), **message.facts)
    subject, body = render(letter, settings)
    assert subject == f"You are invited to act for {organisation.name}"
    link = re.findall(r"/me/invitations/\S+", body)[0]
    assert link.rpartition("/")[2] not in str(message.facts)
    assert browse(None).get(link).status_code == 200
    joined = send(browse(colleague), link)
    assert joined.location == part(organisation)
    assert rows.scalar(select(func.count()).select_from(Membership)) == 2
    assert browse(colleague).get(link).status_code == 404
    assert rows.scalars(select(Invitation.answered_at)).one() is not None


def test_members_part_but_the_last_one_stays(rows: Session, browse: Browse, send: Send) -> None:
    account, organisation = owner_of(rows)
    other = make.account(rows)
    make.member(rows, other, organisation)
    rows.commit()
    page = part(organisation, "members")
    assert send(browse(account), page, action=f"{page}/{other.id}/remove").status_code == 302
    assert browse(other).get(page).status_code == 404
    last = send(browse(account), page, action=f"{page}/{account.id}/remove?lang=en")
    assert last.status_code == 409
    assert "You are the last who acts for it." in last.get_data(as_text=True)
    assert rows.scalars(select(Membership.account_id)).all() == [account.id]


def test_the_own_page_leads_to_the_application_that_waits(rows: Session, browse: Browse) -> None:
    account, organisation = owner_of(rows)
    fair = make.fair(rows, "OCOP28")
    asked = make.application(rows, organisation, fair, state=State.RETURNED)
    rows.commit()
    shown = browse(account).get("/me?lang=en").get_data(as_text=True)
    assert "Complete your application" in shown
    assert shown.count(f'href="/me/applications/{asked.id}"') == 2


def test_the_own_page_asks_as_much_for_four_organisations_as_for_one(rows: Session, browse: Browse) -> None:
    account, _ = owner_of(rows)
    browser = browse(account)
    for_one = len(queries(browser, "/me"))
    for _ in range(3):
        organisation = make.organisation(rows)
        make.member(rows, account, organisation)
        make.product(rows, organisation)
    rows.commit()
    assert len(queries(browser, "/me")) == for_one


def test_the_list_of_products_asks_as_much_for_thirty_as_for_one(rows: Session, browse: Browse) -> None:
    account, organisation = owner_of(rows)
    make.product(rows, organisation)
    rows.commit()
    browser, page = browse(account), part(organisation, "products")
    for_one = len(queries(browser, page))
    for _ in range(29):
        make.product(rows, organisation)
    rows.commit()
    assert len(queries(browser, page)) == for_one


def test_confirming_is_the_next_thing_only_when_there_is_a_booth(rows: Session, browse: Browse) -> None:
    account, organisation = owner_of(rows)
    fair = make.fair(rows, code="NEXT")
    application = make.application(rows, organisation, fair, state=State.ACCEPTED)
    exhibitor = make.exhibitor(rows, organisation, fair, application_id=application.id)
    rows.commit()
    browser = browse(account)
    assert "Look and confirm" not in browser.get("/me?lang=en").get_data(as_text=True)

    make.claim(rows, make.booth(rows, make.hall(rows, fair)), exhibitor, fair)
    rows.commit()
    assert "Look and confirm" in browser.get("/me?lang=en").get_data(as_text=True)


def test_a_story_too_long_comes_back_with_the_number_of_characters_over(
    rows: Session, browse: Browse, send: Send
) -> None:
    account, organisation = owner_of(rows)
    rows.commit()
    browser, page = browse(account), part(organisation, "story")
    assert 'data-count="1500" data-count-printed=""' in browser.get(page).text
    told = "chè " * 380
    sent = send(browser, page, story_vi=told, story_en="", version=str(organisation.version))
    assert (sent.status_code, told.strip() in sent.text) == (422, True)
    assert "vượt quá chỗ in: 19." in sent.text
