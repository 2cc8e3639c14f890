"""Reports add up: every exhibitor in one line of each dimension, every product in its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.reports import ABROAD, UNKNOWN, Dimension, Measure, Subject, report, shares_of, total

TEA = Subject("VN", "02", "cooperative", 2, 18.0, False, {("drink", 4): 3, ("food", 5): 1})
HONEY = Subject("VN", None, "household", 0, 0.0, True, {("food", 0): 2})
SAKE = Subject("JP", None, "enterprise", 1, 9.0, True, {})
FAIR = (TEA, HONEY, SAKE)


@pytest.mark.parametrize(
    ("dimension", "exhibitors"),
    [
        (Dimension.PROVINCE, {"02": 1, UNKNOWN: 1, ABROAD: 1}),
        (Dimension.COUNTRY, {"VN": 2, "JP": 1}),
        (Dimension.GROUP, {"drink": 1, "food": 1, UNKNOWN: 1}),
        (Dimension.KIND, {"cooperative": 1, "household": 1, "enterprise": 1}),
        (Dimension.STAR, {"5": 1, "0": 2, "4": 0}),
    ],
)
def test_an_exhibitor_stands_in_one_line(dimension: Dimension, exhibitors: dict[str, int]) -> None:
    lines = report(FAIR, dimension, "VN")
    assert {key: line[Measure.EXHIBITORS] for key, line in lines.items()} == exhibitors


def test_products_stand_in_their_own_group_and_star() -> None:
    groups, stars = (report(FAIR, each, "VN") for each in (Dimension.GROUP, Dimension.STAR))
    products = [{key: line[Measure.PRODUCTS] for key, line in each.items()} for each in (groups, stars)]
    assert products == [{"drink": 3, "food": 3, UNKNOWN: 0}, {"4": 3, "5": 1, "0": 2}]


def test_who_holds_a_booth_does_not_count_as_sharing() -> None:
    assert total(report(FAIR, Dimension.KIND, "VN")) == {
        Measure.EXHIBITORS: 3,
        Measure.SHARING: 1,
        Measure.BOOTHS: 3,
        Measure.AREA: 27.0,
        Measure.PRODUCTS: 6,
        Measure.INVOICED: 0,
        Measure.PAID: 0,
    }


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), max_size=8))
def test_a_sum_is_shared_to_the_last_unit(whole: int, sizes: list[int]) -> None:
    shared = shares_of(whole, dict(enumerate(sizes)))
    assert sum(shared.values()) == (whole if sum(sizes) else 0)
    assert all(part >= 0 for part in shared.values())


def test_of_two_groups_alike_the_first_by_code_is_the_exhibitors() -> None:
    assert Subject("VN", None, "household", products={("food", 1): 1, ("craft", 2): 1}).group == "craft"


subjects = st.builds(
    Subject,
    country=st.sampled_from(["VN", "JP", "TH"]),
    province=st.sampled_from([None, "01", "79"]),
    kind=st.sampled_from(["household", "enterprise"]),
    booths=st.integers(0, 40),
    area_m2=st.integers(0, 400).map(float),
    shares=st.booleans(),
    products=st.dictionaries(
        st.tuples(st.sampled_from(["food", "drink", "craft"]), st.integers(0, 5)), st.integers(1, 9)
    ),
)


@given(st.lists(subjects, max_size=30))
def test_every_dimension_adds_up_to_the_same_fair(fair: list[Subject]) -> None:
    sums = [total(report(fair, dimension, "VN")) for dimension in Dimension]
    assert sums == [sums[0]] * len(sums)
    assert sums[0][Measure.EXHIBITORS] == len(fair)
