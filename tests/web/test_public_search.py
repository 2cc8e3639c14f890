"""Finding exhibitors and products: accents, groups, places, stars, pages, and odd questions."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.text import words
from fairapp.store.fairs import Fair, Hall
from tests import factories as make
from tests.asking import statements

HEADS = re.compile(r'<h3 class="product__name">(?:<a [^>]*>)?(.*?)(?:</a>)?</h3>', re.S)


def exhibit(rows: Session, fair: Fair, name: str, products: list[tuple[str, str, int]], **where: str) -> None:
    """An organisation with products (name, group, stars) in the fair."""
    organisation = make.organisation(rows, name, folded=words(name), name_key=words(name), **where)
    for called, group, stars in products:
        make.product(
            rows, organisation, names={"vi": called}, group_code=group, stars=stars, folded=words(called)
        )
    make.exhibitor(rows, organisation, fair)


@pytest.fixture
def fair(rows: Session) -> Fair:
    fair = make.fair(rows)
    exhibit(rows, fair, "HTX Ea Tu", [("Cà phê rang xay", "drink", 4)], province_code="66")
    exhibit(
        rows, fair, "Gốm Bến Sành", [("Bình gốm", "craft", 5), ("Chén trà", "craft", 3)], province_code="01"
    )
    exhibit(rows, fair, "Oita Yuzu", [("Yuzu kosho", "food", 0)], country="JP", place="Oita")
    rows.commit()
    return fair


def found(client: FlaskClient, query: str) -> list[str]:
    page = client.get(f"/f/OCOP27/search?{query}&lang=vi").get_data(as_text=True)
    return sorted(re.sub(r"<[^>]+>", "", name).strip() for name in HEADS.findall(page))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=ca+phe", ["Cà phê rang xay"]),
        ("q=C%C3%80+PH%C3%8A", ["Cà phê rang xay"]),
        ("q=ben+sanh", ["Bình gốm", "Chén trà"]),
        ("group=craft&stars=4", ["Bình gốm"]),
        ("place=JP", ["Yuzu kosho"]),
        ("place=66", ["Cà phê rang xay"]),
        ("place=66&show=exhibitors", ["HTX Ea Tu"]),
        ("show=exhibitors&q=chen+tra", ["Gốm Bến Sành"]),
        ("show=exhibitors&group=food", ["Oita Yuzu"]),
        ("q=ca+phe+gom", []),
        ("q=100%25", []),
        ("q=_____", ["Bình gốm", "Chén trà", "Cà phê rang xay", "Yuzu kosho"]),
        ("stars=99&place=%27&group=x%27--", []),
    ],
)
def test_what_is_asked_for_is_found(client: FlaskClient, fair: Fair, query: str, names: list[str]) -> None:
    assert found(client, query) == names


def test_other_fairs_and_those_who_left_are_not_found(client: FlaskClient, rows: Session, fair: Fair) -> None:
    other = make.fair(rows, "OTHER")
    exhibit(rows, other, "Elsewhere", [("Cà phê khác", "drink", 4)])
    gone = make.organisation(rows, "Left already", folded="left already")
    make.product(rows, gone, names={"vi": "Cà phê cũ"}, folded="ca phe cu")
    make.exhibitor(rows, gone, fair, left_at=make.NOW)
    rows.commit()
    assert found(client, "q=ca+phe") == ["Cà phê rang xay"]


def test_a_booth_code_is_one_press_away(client: FlaskClient, rows: Session, fair: Fair) -> None:
    hall: Hall = make.hall(rows, fair)
    booth = make.booth(rows, hall, "A-012")
    rows.commit()
    assert f'href="/B/{booth.short_code}"' in client.get("/f/OCOP27/search?q=a-012").get_data(as_text=True)


@pytest.mark.parametrize(
    "odd", ["page=0", "page=-1", "page=99999999999", "page=x", "q=" + "a" * 5000, "show=nothing"]
)
def test_odd_questions_get_a_page(client: FlaskClient, fair: Fair, odd: str) -> None:
    assert client.get(f"/f/OCOP27/search?{odd}").status_code == 200


@pytest.mark.parametrize("odd", ["q=%00", "q=%E2%80%AE", "group=%00"])
def test_unreadable_questions_are_refused(client: FlaskClient, fair: Fair, odd: str) -> None:
    assert client.get(f"/f/OCOP27/search?{odd}").status_code == 400


def test_nothing_found_says_what_to_try(client: FlaskClient, fair: Fair) -> None:
    page = client.get("/f/OCOP27/search?q=zzzz&lang=en").get_data(as_text=True)
    assert "Accents do not matter." in page


def test_results_come_a_page_at_a_time(client: FlaskClient, rows: Session, fair: Fair) -> None:
    for n in range(70):
        exhibit(rows, fair, f"HTX {n:02}", [(f"Mật ong {n:02}", "food", 3)])
    rows.commit()
    assert (len(found(client, "q=mat+ong")), len(found(client, "q=mat+ong&page=2"))) == (60, 10)


@pytest.mark.parametrize("view", ["products", "exhibitors"])
@pytest.mark.parametrize("count", [0, 60])
def test_a_page_asks_the_same_questions_for_few_and_many_rows(
    client: FlaskClient, rows: Session, fair: Fair, count: int, view: str
) -> None:
    for n in range(count):
        exhibit(rows, fair, f"HTX {n:02}", [(f"Mật ong {n:02}", "food", 3)])
    rows.commit()
    client.get(f"/f/OCOP27/search?show={view}")
    with statements() as sent:
        client.get(f"/f/OCOP27/search?show={view}")
    assert len([one for one in sent if one.startswith("SELECT")]) == 10
