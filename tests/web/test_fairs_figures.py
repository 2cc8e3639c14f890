"""Figures and days in the forms of a fair: read as people write them, and refused in words of ours."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.store.accounts import Account
from fairapp.store.fairs import BoothKind, Fair
from tests import factories as make

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


@pytest.fixture
def fair(rows: Session) -> Fair:
    fair = make.fair(rows)
    rows.commit()
    return fair


@pytest.fixture
def organiser(rows: Session, fair: Fair) -> Account:
    account = make.account(rows, language="en")
    make.grant(rows, account, Role.ORGANISER, fair)
    rows.commit()
    return account


def said_of(answer: Any) -> list[str]:
    """The sentences beside the fields of a form that came back."""
    assert answer.status_code == 422
    return re.findall(r'<span class="vh">[^<]*</span>([^<]+)</span></span>', answer.get_data(as_text=True))


def test_figures_are_read_as_the_language_writes_them(
    browse: Browse, send: Send, rows: Session, fair: Fair, organiser: Account
) -> None:
    fields = {
        "code": "a",
        "name_vi": "A",
        "floor": "shell_scheme",
        "unit_area_m2": "9,5",
        "min_area_m2": "9.5",
    }
    page = "/o/OCOP27/kinds/new?lang=vi"
    assert send(browse(organiser), page, price="6.000.000", **fields).status_code == 303
    kind = rows.scalars(select(BoothKind)).one()
    assert (kind.unit_area_m2, kind.min_area_m2, kind.price_minor) == (9.5, 9.5, 6_000_000)
    shown = browse(organiser).get(f"/o/OCOP27/kinds/{kind.id}?lang=vi").get_data(as_text=True)
    assert 'value="9,5"' in shown
    assert 'value="6000000"' in shown


@pytest.mark.parametrize(
    ("area", "price", "sentences"),
    [
        ("sNaN", "1", ["Write a number, such as 12."]),
        ("0", "-1", ["Write a number from 1 to 10000.", "Write a number from 0 to 1000000000000."]),
        ("9", "1,500.5", ["This currency has no unit that small. Write fewer decimals."]),
        ("9", "", ["Write the price; 0 when it is free."]),
    ],
)
def test_a_figure_that_cannot_be_is_told_once_and_comes_back(
    browse: Browse, send: Send, organiser: Account, area: str, price: str, sentences: list[str]
) -> None:
    fields = {"code": "a", "name_vi": "A", "floor": "shell_scheme", "min_area_m2": "9"}
    answer = send(browse(organiser), "/o/OCOP27/kinds/new", unit_area_m2=area, price=price, **fields)
    assert said_of(answer) == sentences
    assert f'value="{area}"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_days_far_off_are_slips_of_the_hand(browse: Browse, send: Send, organiser: Account, day: str) -> None:
    sentence = "Choose a day of this century."
    browser = browse(organiser)
    for page in ("/o/OCOP27/copy", "/o/OCOP27/settings/days"):
        answer = send(browser, page, code="NEXT", starts_on=day, ends_on=day, timezone="Asia/Ho_Chi_Minh")
        assert said_of(answer) == [sentence, sentence]
    answer = send(
        browser, "/o/OCOP27/settings/deadlines", apply_from=f"{day}T00:00", badges_until=f"{day} 23:59"
    )
    assert said_of(answer) == [sentence, sentence]


def test_shapes_of_fields_are_told_in_words_of_ours(browse: Browse, send: Send, organiser: Account) -> None:
    browser, nonsense = browse(organiser), {"currency": "X", "scheme": "X", "country": "X", "timezone": "X"}
    for part in ("days", "deadlines", "place", "money"):
        days = {"starts_on": "x", "ends_on": "x", "apply_from": "x"}
        said = said_of(send(browser, f"/o/OCOP27/settings/{part}?lang=vi", **nonsense, **days))
        assert said
        assert set(said) <= {
            "Chọn một mục trong danh sách.",
            "Nhập một ngày, ví dụ 2027-04-15.",
            "Nhập ngày và giờ, ví dụ 2027-04-15 17:00.",
        }
