"""The pages where an organiser fills the catalogue."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.catalogue import LONGEST_BODY, InsertKind
from fairapp.store.accounts import Account
from fairapp.store.catalogue import CatalogueInsert, CatalogueText
from fairapp.store.fairs import Fair
from tests import factories as make
from tests.asking import queries
from tests.factories import NOW

PAGE = "/o/OCOP27/catalogue/contents"
TEXT = "/o/OCOP27/catalogue/texts/welcome/vi"
Browse = Callable[[Account | None], FlaskClient]


@pytest.fixture
def fair(rows: Session) -> Fair:
    fair = make.fair(rows)
    rows.commit()
    return fair


def picture() -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(out, "PNG")
    out.seek(0)
    return out


def test_a_text_too_long_comes_back_with_the_number_over(
    browse: Browse, send: Any, rows: Session, organiser: Account
) -> None:
    browser = browse(organiser)
    told = {"heading": "Lời chào", "body": "x" * (LONGEST_BODY + 23), "signed": ""}
    answer = send(browser, TEXT, **told)
    assert answer.status_code == 422
    assert "Characters over what fits in print: 23." in answer.text
    assert "x" * (LONGEST_BODY + 23) in answer.text
    assert send(browser, TEXT, **told | {"body": "Kính chào"}).status_code == 303
    rows.expire_all()
    assert [each.body for each in rows.scalars(select(CatalogueText))] == ["Kính chào"]
    assert "Lời chào" in browser.get(PAGE).text


def test_an_advertisement_is_painted_anew_listed_and_taken_out(
    browse: Browse, send: Any, rows: Session, organiser: Account
) -> None:
    browser = browse(organiser)
    said = {"kind": "full_advert", "place": "back", "said": "Tea from the mountains", "whose": ""}
    assert send(browser, PAGE, **said, picture=(picture(), "a.png")).status_code == 303
    rows.expire_all()
    kept = rows.scalars(select(CatalogueInsert)).one()
    assert kept.picture.endswith(".jpg")
    assert "Tea from the mountains" in browser.get(PAGE).text
    wrong = send(browser, PAGE, **said, picture=(io.BytesIO(b"<svg/>"), "a.png"))
    assert wrong.status_code == 422
    assert send(browser, PAGE, f"{PAGE}/{kept.id}/remove").status_code == 303
    rows.expire_all()
    assert rows.scalars(select(CatalogueInsert)).all() == []


def test_the_list_asks_as_often_for_three_pages_as_for_one(
    browse: Browse, rows: Session, fair: Fair, organiser: Account
) -> None:
    browser = browse(organiser)

    def counted() -> int:
        of = make.exhibitor(rows, make.organisation(rows), fair)
        rows.add(CatalogueInsert(fair_id=fair.id, kind=InsertKind.ENTRY, exhibitor_id=of.id, made_at=NOW))
        rows.commit()
        return len(queries(browser, PAGE))

    counted()
    one = counted()
    counted()
    assert counted() == one


def test_strangers_do_not_get_in(browse: Browse, send: Any, rows: Session, organiser: Account) -> None:
    other = make.fair(rows, "TEA27")
    stranger = make.account(rows)
    make.grant(rows, stranger, Role.ORGANISER, other)
    rows.commit()
    assert browse(stranger).get(PAGE).status_code in (403, 404)
    assert browse(stranger).get(TEXT).status_code in (403, 404)
    assert browse(organiser).get("/o/OCOP27/catalogue/texts/welcome/xx").status_code == 404
