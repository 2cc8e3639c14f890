"""The demo fair's files are whole, plausible and agree with one another."""

import json
import unicodedata
from collections import Counter
from datetime import date

import pytest

from fairapp.adapters import identifiers, phones, places
from fairapp.adapters.plans.geojson import read_plan
from fairapp.demo.calendar import calendar
from fairapp.demo.content import DemoContent
from fairapp.demo.plan_layout import drawing
from fairapp.demo.reading import DATA, content
from fairapp.rules.applications import REASONED_STEPS, STEPS, State, Step
from fairapp.rules.badges import BadgeState
from fairapp.rules.producers import OrganisationKind
from fairapp.store.schemes import SCHEMES

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def demo() -> DemoContent:
    return content(TODAY)


def test_the_fair_lasts_from_the_third_thursday_to_monday_of_the_coming_april():
    found = [
        (day.starts_on, day.ends_on)
        for day in map(calendar, (TODAY, date(2027, 3, 31), date(2027, 4, 1), date(2028, 2, 29)))
    ]
    assert found == [
        (date(2027, 4, 15), date(2027, 4, 19)),
        (date(2027, 4, 15), date(2027, 4, 19)),
        (date(2028, 4, 20), date(2028, 4, 24)),
        (date(2028, 4, 20), date(2028, 4, 24)),
    ]


def test_on_any_day_of_a_year_the_demo_takes_applications_for_a_week_and_the_deadlines_are_in_order():
    for ordinal in range(TODAY.toordinal(), TODAY.toordinal() + 400):
        first_start = date.fromordinal(ordinal)
        days = calendar(first_start)
        assert (days.apply_until.date() - first_start).days >= 7
        assert days.apply_from < days.apply_until
        assert first_start < days.badges_until.date() < days.starts_on


def test_certificates_move_with_the_edition(demo):
    later = content(date(2027, 11, 23))
    now, then = (
        [
            product.certificate.issued_on
            for producer in edition.producers
            for product in producer.products
            if product.certificate
        ]
        for edition in (demo, later)
    )
    assert [day.year - 2027 for day in then] == [day.year - 2026 for day in now]


def test_some_certificates_end_before_the_fair_and_most_outlast_it(demo):
    expiries = [
        product.certificate.expires_on
        for producer in demo.producers
        for product in producer.products
        if product.certificate
    ]
    over = sum(day <= demo.calendar.ends_on for day in expiries)
    assert 8 <= over <= len(expiries) // 8


def test_every_text_is_in_normal_form_c():
    denormal = [
        path.name
        for path in DATA.rglob("*.*")
        if not unicodedata.is_normalized("NFC", path.read_text(encoding="utf-8"))
    ]
    assert denormal == []


def test_producers_come_from_many_provinces_and_countries(demo):
    at_home = {producer.province for producer in demo.producers if producer.country == "VN"}
    assert len(demo.producers) == len({producer.key for producer in demo.producers}) >= 90
    assert len(at_home) == 34
    assert len({producer.country for producer in demo.producers}) >= 12
    assert {producer.kind for producer in demo.producers} == set(OrganisationKind)


def test_every_commune_and_province_exists(demo):
    unknown = [
        producer.key
        for producer in demo.producers
        if producer.country == "VN" and not _commune_exists(producer.province, producer.commune)
    ]
    assert unknown == []


def _commune_exists(province: str, commune: str) -> bool:
    code = places.find_province(province, places.NOW).code
    return commune in {found.name for found in places.communes(code, places.NOW)}


def test_every_producer_tells_its_story_in_both_languages_and_shows_products_and_people(demo):
    for producer in demo.producers:
        lengths = {language: len(text.split()) for language, text in producer.story.items()}
        assert lengths.keys() == {"vi", "en"}
        assert all(55 <= length <= 110 for length in lengths.values()), (producer.key, lengths)
        assert 1 <= len(producer.products) <= 4
        assert producer.people
        assert len(producer.fascia_name) <= 32


def test_every_product_has_both_names_and_a_group_of_the_fair_s_scheme(demo):
    groups = {code for code, *_ in SCHEMES[demo.fair.scheme]}
    products = [product for producer in demo.producers for product in producer.products]
    assert {product.group for product in products} == groups
    assert all(product.names.keys() >= {"vi", "en"} for product in products)
    assert len({product.key for product in products}) == len(products)


def test_contact_data_is_well_formed_and_belongs_to_nobody(demo):
    for producer in demo.producers:
        assert producer.email.endswith(".example")
        if producer.phone:
            assert phones.phone(producer.phone).e164 == producer.phone
        if producer.tax_code:
            assert identifiers.tax_code(producer.tax_code, "VN", TODAY).value == producer.tax_code


def test_the_committed_plan_is_what_the_script_draws_and_reads_without_a_finding(demo):
    assert demo.plan.decode() == drawing()
    plan = read_plan(demo.plan)
    assert plan.findings == ()
    assert [len(plan.draft.booths_of(hall.name)) for hall in plan.draft.halls] == [65, 56]
    assert [hall.name for hall in plan.draft.halls] == [hall.code for hall in demo.fair.halls]
    assert {booth.zone for booth in plan.draft.booths} == {zone.code for zone in demo.fair.zones}


def test_no_booth_of_the_plan_overlaps_another_and_aisles_are_three_metres_wide(demo):
    from shapely.geometry import shape

    booths = [
        (feature["properties"]["hall"], shape(feature["geometry"]))
        for feature in json.loads(demo.plan)["features"]
        if "zone" in feature["properties"]
    ]
    gaps = {
        round(first.distance(second), 3)
        for place, (hall, first) in enumerate(booths)
        for other, second in booths[place + 1 :]
        if hall == other
    }
    assert min(gap for gap in gaps if gap) >= 3
    assert not any(
        hall == other and first.intersection(second).area
        for place, (hall, first) in enumerate(booths)
        for other, second in booths[place + 1 :]
    )


def test_every_state_of_an_application_and_of_a_badge_is_there(demo):
    never = {State.LAPSED}  # only where a fair limits the time to confirm, and the demo fair does not
    assert {application.state for application in demo.applications} == set(State) - never
    assert len({application.producer for application in demo.applications}) == len(demo.applications)
    states = {badge.state for application in demo.applications for badge in application.badges}
    assert states == set(BadgeState) - {BadgeState.REPLACED}


def test_booths_are_claimed_once_a_day_fit_the_kind_asked_for_and_exist(demo):
    plan = {booth.code: booth for booth in read_plan(demo.plan).draft.booths}
    kinds = {kind.code: kind for kind in demo.fair.booth_kinds}
    each_day = Counter(
        (code, day)
        for application in demo.applications
        for code in application.claims
        for day in application.days or (1, 2, 3, 4, 5)
    )
    claims = {code for code, _ in each_day}
    assert claims <= set(plan) - set(demo.fair.blocked)
    assert set(demo.fair.blocked) <= set(plan)
    assert set(each_day.values()) == {1}
    assert any(application.days for application in demo.applications)
    assert 70 <= len(claims) <= 80
    for application in demo.applications:
        kind = kinds[application.kind]
        for code in application.claims:
            assert plan[code].kind == kind.floor
            assert plan[code].area_m2 >= kind.min_area_m2


def test_only_admitted_applications_hold_or_share_booths(demo):
    by_producer = {application.producer: application for application in demo.applications}
    for application in demo.applications:
        assert not application.claims or application.state in (State.ACCEPTED, State.CONFIRMED)
        if application.shares_with:
            assert not application.claims
            assert by_producer[application.shares_with].claims
    assert sum(len(application.claims) > 1 for application in demo.applications) >= 8
    assert sum(application.shares_with is not None for application in demo.applications) >= 5


def test_steps_lead_to_the_state_as_the_rules_allow_and_never_into_the_future(demo):
    for application in demo.applications:
        days = [step.days_ago for step in application.steps]
        assert days == sorted(days, reverse=True)
        assert all(0 < ago < application.begun_days_ago < 60 for ago in days)
        state = State.DRAFT
        for step in application.steps:
            state = STEPS[state, Step(step.step)]
            assert step.reason or Step(step.step) not in REASONED_STEPS
        assert state == application.state


def test_every_application_asks_for_enough_floor(demo):
    kinds = {kind.code: kind for kind in demo.fair.booth_kinds}
    for application in demo.applications:
        assert application.area_m2 >= kinds[application.kind].min_area_m2
