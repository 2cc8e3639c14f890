"""Stars and products as lists write them."""

import pytest

from fairapp.rules.stars import Offered, products_of, stars_of


@pytest.mark.parametrize(
    ("written", "stars"),
    [
        ("5 sao", 5), ("4 stars", 4), ("★★★★", 4), ("★★★☆☆", 3), ("⭐⭐", 2), ("OCOP 4 sao", 4), ("5*", 5),
        ("3", 3), ("bốn sao", 4), ("Hạng 3 sao", 3), ("4.0", 4), ("4/5", 4), ("５ sao", 5), ("five star", 5),
        ("3 Sterne", 3), ("6 sao", None), ("0", None), ("4.5", None), ("", None), ("n/a", None), ("45", None),
        ("★★★★★★", None),
    ],
)  # fmt: skip
def test_stars_are_read_or_left_alone(written: str, stars: int | None) -> None:
    assert stars_of(written) == stars


def test_products_carry_their_own_stars_or_the_rows() -> None:
    cell = (
        "Cà phê rang (4 sao); Trà xanh - 3 sao\nMật ong | Gạo ST25 5 sao; Kẹo ★★★; Mắm (500 ml); cà phê RANG"
    )
    assert products_of(cell, 2) == (
        Offered("Cà phê rang", 4),
        Offered("Trà xanh", 3),
        Offered("Mật ong", 2),
        Offered("Gạo ST25", 5),
        Offered("Kẹo", 3),
        Offered("Mắm (500 ml)", 2),
    )


def test_no_more_products_than_anybody_shows() -> None:
    assert len(products_of(";".join(map(str, range(10_000))))) == 50
