"""Base45: the vectors of RFC 9285, and one spelling for each byte string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.base45 import ALPHABET, NotBase45, decode, encode


@pytest.mark.parametrize(
    ("plain", "coded"),
    [
        (b"AB", "BB8"),
        (b"Hello!!", "%69 VD92EX0"),
        (b"base-45", "UJCLQE7W581"),
        (b"ietf!", "QED8WEX0"),
        (b"", ""),
    ],
)
def test_the_examples_of_the_rfc_hold_both_ways(plain: bytes, coded: str) -> None:
    assert encode(plain) == coded
    assert decode(coded) == plain


@pytest.mark.parametrize("text", ["GGW", "ZZZ", ":::", "::", "A", "ABCD", "bb8", "BB_", "BB8\n", "ＢＢ８"])
def test_what_no_bytes_are_spelt_like_is_refused(text: str) -> None:
    with pytest.raises(NotBase45):
        decode(text)


@given(st.binary(max_size=200))
def test_bytes_come_back_whole(data: bytes) -> None:
    assert decode(encode(data)) == data


@given(st.text(ALPHABET, max_size=12))
def test_every_text_that_decodes_is_the_only_spelling(text: str) -> None:
    try:
        data = decode(text)
    except NotBase45:
        return
    assert encode(data) == text
