"""Tags and names of filters: what is one, and what is too long, empty, or the same in another spelling."""

import pytest

from fairapp.rules.marks import MarkRefusal, filter_faults, key_of, tag_faults


def test_two_spellings_are_one_tag() -> None:
    assert key_of("Gọi Lại") == key_of("gọi  lại") == key_of("GOI LAI")
    assert key_of("gọi lại") != key_of("gọi")


@pytest.mark.parametrize(
    ("tag", "faults"),
    [
        ("gọi lại", ()),
        ("x" * 30, ()),
        ("", (MarkRefusal.TAG_EMPTY,)),
        ("x" * 31, (MarkRefusal.TAG_TOO_LONG,)),
    ],
)
def test_a_tag_has_words_and_few_of_them(tag: str, faults: tuple[MarkRefusal, ...]) -> None:
    assert tag_faults(tag) == faults


@pytest.mark.parametrize(
    ("name", "query", "faults"),
    [
        ("Chờ", "state=waiting", ()),
        ("", "state=waiting", (MarkRefusal.FILTER_UNNAMED,)),
        ("x" * 61, "state=waiting", (MarkRefusal.FILTER_UNNAMED,)),
        ("Chờ", "", (MarkRefusal.FILTER_EMPTY,)),
        ("", "q=" + "x" * 1000, (MarkRefusal.FILTER_UNNAMED, MarkRefusal.FILTER_EMPTY)),
    ],
)
def test_a_filter_has_a_name_and_filters_something(
    name: str, query: str, faults: tuple[MarkRefusal, ...]
) -> None:
    assert filter_faults(name, query) == faults
