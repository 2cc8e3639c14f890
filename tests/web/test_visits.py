"""What a visitor sees after scanning a booth: quick, without a cookie, and always fresh."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.store.base import transaction
from fairapp.store.catalogue_queries import standings
from fairapp.store.fairs import Booth
from fairapp.usecases.allocation import MoveClaim, move_claim
from tests import factories as make

VI = {"Accept-Language": "vi"}
EN = {"Accept-Language": "en-GB,en;q=0.9"}


@pytest.fixture
def stand(rows: Session) -> dict[str, Any]:
    """A booth with a holder, a co-exhibitor-free neighbour, and a product with four stars."""
    fair = make.fair(rows)
    hall = make.hall(rows, fair)
    booth, free = make.booth(rows, hall, "A-001"), make.booth(rows, hall, "A-002")
    maker = make.organisation(rows, "HTX Hương Rừng")
    make.product(rows, maker)
    claim = make.claim(rows, booth, make.exhibitor(rows, maker, fair), fair)
    rows.commit()
    return {"fair": fair, "booth": booth, "free": free, "maker": maker, "claim": claim}


def page(client: FlaskClient, booth: Booth, **headers: Any) -> Any:
    return client.get(f"/B/{booth.short_code}", headers=headers or VI)


def test_the_page_names_the_maker_its_products_and_stars(client: FlaskClient, stand: dict[str, Any]) -> None:
    text = page(client, stand["booth"]).get_data(as_text=True)
    assert "HTX Hương Rừng" in text
    assert "Chè Shan tuyết" in text
    assert "4 sao" in text


def test_the_phone_chooses_the_language_and_the_link_overrules_it(
    client: FlaskClient, stand: dict[str, Any]
) -> None:
    address = f"/B/{stand['booth'].short_code}"
    assert '<html lang="vi">' in client.get(address, headers=VI).get_data(as_text=True)
    english = client.get(address, headers=EN).get_data(as_text=True)
    assert '<html lang="en">' in english
    assert "Snow Shan tea" in english
    assert '<html lang="vi">' in client.get(f"{address}?lang=vi", headers=EN).get_data(as_text=True)


@pytest.mark.parametrize(
    ("spoken", "language"),
    [({"Accept-Language": "ja,th;q=0.8"}, "en"), ({"Accept-Language": "ja,vi"}, "vi"), ({}, "vi")],
)
def test_a_phone_that_speaks_none_of_ours_is_answered_in_english(
    client: FlaskClient, stand: dict[str, Any], spoken: dict[str, str], language: str
) -> None:
    answer = client.get(f"/B/{stand['booth'].short_code}", headers=spoken)
    assert answer.headers["Content-Language"] == language


def test_a_long_list_of_languages_never_leaves_a_page_in_the_wrong_one(
    client: FlaskClient, stand: dict[str, Any]
) -> None:
    address = f"/B/{stand['booth'].short_code}"
    client.get(address, headers={"Accept-Language": "vi-VN;q=0.1," + "xx," * 80 + "en"})
    assert '<html lang="vi">' in client.get(address, headers=VI).get_data(as_text=True)


def test_the_signs_address_may_be_typed_in_small_letters(client: FlaskClient, stand: dict[str, Any]) -> None:
    answer = client.get(f"/b/{stand['booth'].short_code.lower()}")
    assert (answer.status_code, answer.location) == (302, f"/B/{stand['booth'].short_code}")
    assert client.get("/b/nonsense!").status_code == 404


def test_no_cookie_is_set_and_none_is_needed(client: FlaskClient, stand: dict[str, Any]) -> None:
    client.set_cookie("fairapp", "rubbish")
    answer = page(client, stand["booth"])
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_same_page_again_is_not_sent_again(client: FlaskClient, stand: dict[str, Any]) -> None:
    etag = page(client, stand["booth"]).headers["ETag"]
    again = client.get(f"/B/{stand['booth'].short_code}", headers={**VI, "If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_a_change_shows_with_the_next_request(app: Flask, client: FlaskClient, stand: dict[str, Any]) -> None:
    assert "Tên Mới" not in page(client, stand["booth"]).get_data(as_text=True)
    with transaction() as session:
        session.merge(stand["maker"]).name = "HTX Tên Mới"
    assert "HTX Tên Mới" in page(client, stand["booth"]).get_data(as_text=True)


def test_an_empty_booth_says_so(client: FlaskClient, stand: dict[str, Any]) -> None:
    answer = page(client, stand["free"])
    assert answer.status_code == 200
    assert "Gian này hiện chưa có đơn vị." in answer.get_data(as_text=True)


def test_a_booth_that_is_only_held_for_somebody_names_nobody_yet(
    rows: Session, client: FlaskClient, stand: dict[str, Any]
) -> None:
    rare = make.organisation(rows, "HTX Còn Bí Mật")
    held = make.exhibitor(rows, rare, stand["fair"])
    make.claim(rows, stand["free"], held, stand["fair"], state=ClaimState.HELD)
    rows.commit()
    answer = page(client, stand["free"]).get_data(as_text=True)
    assert "HTX Còn Bí Mật" not in answer
    assert "Gian này hiện chưa có đơn vị." in answer
    assert "HTX Còn Bí Mật" not in page(client, stand["booth"]).get_data(as_text=True)
    assert {each.exhibitor_id for each in standings(rows, stand["fair"].id)} == {stand["claim"].exhibitor_id}


def test_after_a_move_the_old_address_leads_to_the_new_place(
    client: FlaskClient, stand: dict[str, Any]
) -> None:
    organiser = make.actor(Role.ORGANISER, stand["fair"])
    with transaction() as session:
        move_claim(session, organiser, MoveClaim(stand["claim"].id, stand["free"].id), make.NOW)
    old = page(client, stand["booth"]).get_data(as_text=True)
    assert "HTX Hương Rừng đã chuyển chỗ." in old
    assert f"/B/{stand['free'].short_code}" in old
    assert "HTX Hương Rừng" in page(client, stand["free"]).get_data(as_text=True)


def test_a_booth_off_the_plan_says_so(client: FlaskClient, stand: dict[str, Any]) -> None:
    with transaction() as session:
        session.merge(stand["free"]).retired_at = make.NOW
    assert "Gian này không còn trên sơ đồ." in page(client, stand["free"]).get_data(as_text=True)


def test_everybody_who_shares_the_booth_is_there(rows: Session, client: FlaskClient) -> None:
    from fairapp.store.allocation import CoExhibitor

    fair = make.fair(rows)
    booth = make.booth(rows, make.hall(rows, fair))
    claim = make.claim(rows, booth, make.exhibitor(rows, make.organisation(rows), fair), fair)
    for number in range(200):
        other = make.exhibitor(rows, make.organisation(rows, f"Tổ hợp tác {number:03d}"), fair)
        rows.add(CoExhibitor(claim_id=claim.id, exhibitor_id=other.id, added_at=make.NOW))
    rows.commit()
    text = page(client, booth).get_data(as_text=True)
    assert [number for number in range(200) if f"Tổ hợp tác {number:03d}" not in text] == []


def test_a_code_typed_carelessly_still_finds_its_booth(client: FlaskClient, stand: dict[str, Any]) -> None:
    code = stand["booth"].short_code
    answer = client.get(f"/B/?code={code[:3].lower()}-{code[3:].lower()}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/B/{code}")
    assert client.get(f"/B/{code.lower()}").headers["Location"] == f"/B/{code}"


@pytest.mark.parametrize("path", ["/B/ZZZZZZZ", "/B/x", "/B/", "/B/?code=ZZZZZZZ", "/B/" + "A" * 5000])
def test_a_wrong_code_is_answered_kindly(client: FlaskClient, app: Flask, path: str) -> None:
    assert client.get(path, headers=VI).status_code == (200 if path == "/B/" else 404)


def test_a_fair_in_preparation_shows_no_booth(rows: Session, client: FlaskClient) -> None:
    fair = make.fair(rows, state="planned")
    booth = make.booth(rows, make.hall(rows, fair))
    rows.commit()
    assert page(client, booth).status_code == 404


def test_an_unknown_host_gets_no_page(client: FlaskClient, stand: dict[str, Any]) -> None:
    address = f"/B/{stand['booth'].short_code}"
    assert page(client, stand["booth"]).status_code == 200
    assert client.get(address, headers={**VI, "Host": "evil.example"}).status_code == 400


def test_what_makers_type_is_never_markup(rows: Session, client: FlaskClient) -> None:
    fair = make.fair(rows)
    booth = make.booth(rows, make.hall(rows, fair))
    maker = make.organisation(rows, "<script>alert(1)</script>", story={"vi": "<img src=x onerror=alert(1)>"})
    make.claim(rows, booth, make.exhibitor(rows, maker, fair), fair)
    rows.commit()
    text = page(client, booth).get_data(as_text=True)
    assert "<script>alert" not in text
    assert "<img src=x" not in text
