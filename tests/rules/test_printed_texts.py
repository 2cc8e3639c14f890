"""How much room a text takes in print, and by how many characters one is over."""

import pytest

from fairapp.rules.printed_texts import over, printed_length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Cà phê", 6),
        ("ผ้าไหม", 5),
        ("Ca\u0300 phe\u0302", 6),
        ("龍", 2),
        ("お茶", 4),
        ("한과", 4),
        ("🍯", 2),
        ("شاي", 3),
    ],
)
def test_wide_letters_take_two_places_and_signs_none(text: str, length: int) -> None:
    assert printed_length(text) == length


@pytest.mark.parametrize(
    ("text", "room", "more"),
    [
        ("", 0, 0),
        ("chè", 3, 0),
        ("chè", 2, 1),
        ("x" * 12, 5, 7),
        ("ế" * 12, 5, 7),
        ("龍" * 6, 10, 1),
        ("a龍", 2, 1),
        ("ผ้าไหม", 5, 0),
    ],
)
def test_so_many_characters_must_go(text: str, room: int, more: int) -> None:
    assert over(text, room) == more
    assert printed_length(text[: len(text) - more]) <= room
