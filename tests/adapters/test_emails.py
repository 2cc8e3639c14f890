"""E-mail addresses: one spelling for each, and no way to smuggle a header in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.adapters.emails import Email, email
from fairapp.rules.identifiers import EmailReason


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lan@example.com", Email("lan@example.com", "lan@example.com", "lan@example.com")),
        (" Lan.Ngo@Example.COM ", Email("Lan.Ngo@example.com", "Lan.Ngo@example.com", "lan.ngo@example.com")),
        (
            "\ufefflan+ocop@hợptác.vn",
            Email("lan+ocop@hợptác.vn", "lan+ocop@xn--hptc-7na3027b.vn", "lan+ocop@xn--hptc-7na3027b.vn"),
        ),
        ("lan@fair.test", Email("lan@fair.test", "lan@fair.test", "lan@fair.test")),
    ],
)
def test_an_address_is_kept_with_its_unique_spelling(typed: str, kept: Email) -> None:
    assert email(typed) == kept


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", EmailReason.EMPTY),
        ("  ", EmailReason.EMPTY),
        ("a" * 250 + "@example.com", EmailReason.TOO_LONG),
        ("a" * 70 + "@example.com", EmailReason.WRONG_NAME_PART),
        ("lan.example.com", EmailReason.NO_AT),
        ("lan@example.com, an@example.com", EmailReason.SEVERAL),
        ("Lan <lan@example.com>", EmailReason.WITH_NAME),
        ("ngọc@example.com", EmailReason.FOREIGN_LETTERS),
        ("lan.@example.com", EmailReason.WRONG_NAME_PART),
        ("la n@example.com", EmailReason.WRONG_NAME_PART),
        ("\x00lan@example.com", EmailReason.WRONG_NAME_PART),
        ("lan\r\nBcc: x@example.com", EmailReason.WRONG_NAME_PART),
        ("lan@example", EmailReason.WRONG_DOMAIN),
        ("lan@example..com", EmailReason.WRONG_DOMAIN),
        ("lan@localhost", EmailReason.WRONG_DOMAIN),
        ("lan@[127.0.0.1]", EmailReason.WRONG_DOMAIN),
        ("lan@example.com\n", EmailReason.WRONG_DOMAIN),
        ("lan@example.com\r\nBcc: evil.com", EmailReason.WRONG_DOMAIN),
    ],
)
def test_an_address_that_mail_cannot_reach_is_refused(typed: str, reason: EmailReason) -> None:
    assert email(typed) is reason


@given(st.text(max_size=60) | st.emails())
def test_whatever_is_taken_is_one_plain_line(text: str) -> None:
    found = email(text)
    if isinstance(found, Email):
        assert found.ascii.isascii()
        assert found.ascii.isprintable()
        assert found.ascii.count("@") == 1
        assert not set(found.ascii) & set(' ,;<>"\r\n')
