"""The fair's public pages: what visitors see, what they do not, and that nobody gets a cookie."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.fairs import FairState
from fairapp.store.accounts import Account
from fairapp.store.fairs import Fair
from tests import factories as make
from tests.asking import statements

Browse = Callable[[Account | None], FlaskClient]
PAGES = ("/f/OCOP27", "/f/OCOP27/plan", "/f/OCOP27/plan/A", "/f/OCOP27/search")


def stand(rows: Session, fair: Fair, name: str, code: str, state: ClaimState = ClaimState.CONFIRMED) -> None:
    """An exhibitor with a tea, in a booth of hall A."""
    hall = next((one for one in rows.query(make.Hall) if one.code == "A"), None) or make.hall(rows, fair)
    organisation = make.organisation(rows, name, province_code="01")
    make.product(rows, organisation, folded="che shan tuyet snow shan tea")
    exhibitor = make.exhibitor(rows, organisation, fair)
    make.claim(rows, make.booth(rows, hall, code), exhibitor, fair, state=state)
    rows.commit()


@pytest.fixture
def fair(rows: Session) -> Fair:
    now = datetime.now(UTC)
    fair = make.fair(
        rows,
        starts_on=(now + timedelta(days=30)).date(),
        ends_on=(now + timedelta(days=34)).date(),
        apply_from=now - timedelta(days=5),
        apply_until=now + timedelta(days=5),
    )
    stand(rows, fair, "HTX Chè Bản Liền", "A-001")
    return fair


def test_one_fair_alone_is_the_start_page(client: FlaskClient, fair: Fair) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/f/OCOP27")


def test_the_start_page_lists_fairs_but_no_unpublished_one(
    client: FlaskClient, rows: Session, fair: Fair
) -> None:
    make.fair(rows, "NEXT28", names={"en": "The next fair"})
    make.fair(rows, "SECRET", names={"en": "The secret fair"}, state=FairState.PLANNED)
    rows.commit()
    page = client.get("/?lang=en").get_data(as_text=True)
    assert ('href="/f/NEXT28"' in page, "secret" in page.casefold()) == (True, False)


@pytest.mark.parametrize("page", PAGES)
def test_visitors_get_no_cookie(client: FlaskClient, fair: Fair, page: str) -> None:
    answer = client.get(page)
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (200, None)


@pytest.mark.parametrize("page", PAGES)
def test_an_unpublished_fair_is_seen_by_its_organisers_only(
    browse: Browse, rows: Session, fair: Fair, page: str
) -> None:
    fair.state = FairState.PLANNED
    organiser, stranger = make.account(rows), make.account(rows)
    make.grant(rows, organiser, Role.ORGANISER, fair)
    rows.commit()
    answers = [browse(who).get(page).status_code for who in (organiser, stranger, None)]
    assert answers == [200, 404, 404]


def test_the_fair_invites_to_apply_while_applications_are_open(
    client: FlaskClient, rows: Session, fair: Fair
) -> None:
    assert client.get("/f/OCOP27").get_data(as_text=True).count('href="/me/apply/OCOP27"') == 2
    fair.apply_until = datetime.now(UTC) - timedelta(minutes=1)
    rows.commit()
    closed = client.get("/f/OCOP27?lang=en").get_data(as_text=True)
    assert ('href="/me/apply/OCOP27"' in closed, "Applications closed at" in closed) == (False, True)


def test_a_cancelled_fair_says_why_and_invites_nobody(client: FlaskClient, rows: Session, fair: Fair) -> None:
    fair.state, fair.state_reason = FairState.CANCELLED, {"en": "A storm hit the hall."}
    rows.commit()
    page = client.get("/f/OCOP27?lang=en").get_data(as_text=True)
    assert "This fair is cancelled" in page
    assert "A storm hit the hall." in page
    assert 'href="/me/apply/OCOP27"' not in page


def test_a_demo_fair_is_marked(client: FlaskClient, rows: Session, fair: Fair) -> None:
    marked = "Demonstration: producers, people and figures are invented."
    assert marked not in client.get("/f/OCOP27?lang=en").get_data(as_text=True)
    fair.is_demo = True
    rows.commit()
    assert marked in client.get("/f/OCOP27?lang=en").get_data(as_text=True)


def test_the_plan_links_each_booth_to_its_page_and_says_the_same_as_a_list(
    client: FlaskClient, rows: Session, fair: Fair
) -> None:
    page = client.get("/f/OCOP27/plan?lang=en").get_data(as_text=True)
    short = rows.query(make.Booth).one().short_code
    assert page.count(f'href="/B/{short}"') == 2
    assert 'aria-label="A-001, 9 m², Beverages, HTX Chè Bản Liền, taken"' in page
    assert page.count('lang="vi">HTX Chè Bản Liền</span>') == 1


def test_who_is_only_offered_a_booth_is_not_told(client: FlaskClient, rows: Session, fair: Fair) -> None:
    stand(rows, fair, "Still secret cooperative", "A-002", ClaimState.OFFERED)
    page = client.get("/f/OCOP27/plan?lang=en").get_data(as_text=True)
    assert ('data-code="A-002"' in page, "Still secret" in page, "on hold" in page) == (True, False, True)


def test_a_hall_that_is_not_there_is_not_found(client: FlaskClient, fair: Fair) -> None:
    assert client.get("/f/OCOP27/plan/Z").status_code == 404


def test_a_fair_without_plan_says_so(client: FlaskClient, rows: Session) -> None:
    make.fair(rows, "BARE")
    rows.commit()
    assert "The plan comes later" in client.get("/f/BARE/plan?lang=en").get_data(as_text=True)


@pytest.mark.parametrize("count", [3, 70])
def test_the_plan_asks_the_same_questions_for_few_and_many_booths(
    client: FlaskClient, rows: Session, fair: Fair, count: int
) -> None:
    for n in range(count):
        stand(rows, fair, f"HTX số {n}", f"A-{n + 100}")
    client.get("/f/OCOP27/plan")
    with statements() as sent:
        client.get("/f/OCOP27/plan")
    assert len([one for one in sent if one.startswith("SELECT")]) == 10


def test_fairs_ahead_stand_before_past_ones(client: FlaskClient, rows: Session, fair: Fair) -> None:
    make.fair(
        rows,
        "OLD",
        names={"en": "An old fair"},
        starts_on=make.date(2020, 1, 1),
        ends_on=make.date(2020, 1, 3),
    )
    rows.commit()
    page = client.get("/?lang=en").get_data(as_text=True)
    places = [page.index(word) for word in ("Coming up", 'href="/f/OCOP27"', "Past fairs", 'href="/f/OLD"')]
    assert places == sorted(places)
