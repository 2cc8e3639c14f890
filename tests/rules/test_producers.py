"""What a profile may hold, and what is still missing in it."""

from __future__ import annotations

from datetime import date

import pytest

from fairapp.rules.producers import (
    Paper,
    Part,
    ProducerReason,
    Profile,
    invitation_token,
    is_trace_code,
    missing_parts,
    paper_faults,
    token_digest,
    website,
)

TODAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.com", "https://example.com"),
        (" http://shop.example.com/che?x=1 ", "http://shop.example.com/che?x=1"),
        ("https://chè.example", "https://chè.example"),
    ],
)
def test_a_web_address_gets_its_scheme(typed: str, kept: str) -> None:
    assert website(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "javascript://example.com/%0aalert(1)", "ftp://example.com", "chè", "http://", "https://a@example.com",
        "https://exa mple.com", 'https://example.com/"><b>', "https://[::1", "https://example.com:99999",
        "https://example.com/" + "a" * 300,
    ],
)  # fmt: skip
def test_what_leads_nowhere_or_elsewhere_is_refused(typed: str) -> None:
    assert website(typed) is ProducerReason.WRONG_WEBSITE


def test_a_certificate_is_whole_or_absent() -> None:
    assert paper_faults(Paper("", "", None, None), TODAY) == {}
    assert paper_faults(Paper("UBND", "7", date(2026, 1, 1), None), TODAY) == {}
    assert paper_faults(Paper("", "7", None, None), TODAY) == {
        "authority": ProducerReason.HALF_A_CERTIFICATE,
        "issued_on": ProducerReason.HALF_A_CERTIFICATE,
    }


def test_a_certificate_begins_in_the_past_and_ends_later() -> None:
    assert paper_faults(Paper("UBND", "7", date(2027, 1, 13), date(2027, 1, 13)), TODAY) == {
        "issued_on": ProducerReason.ISSUED_AHEAD,
        "expires_on": ProducerReason.EXPIRES_TOO_EARLY,
    }


def test_an_old_product_code_is_a_trace_code() -> None:
    assert is_trace_code("83-829-28780-3-2022")
    assert not is_trace_code("ab")
    assert not is_trace_code("two words")


def test_a_profile_misses_what_is_empty_in_the_order_of_the_parts() -> None:
    assert missing_parts(Profile(False, False, False, False, 0, 0)) == tuple(Part)
    assert missing_parts(Profile(True, True, False, True, 1, 0)) == (Part.CONTACT, Part.PRODUCTS)
    assert missing_parts(Profile(True, True, True, True, 1, 1)) == ()


def test_an_invitation_opens_with_its_secret_alone() -> None:
    token = invitation_token("secret", "nonce")
    assert len(token) == 43
    assert token != invitation_token("other", "nonce")
    assert token_digest(token) == token_digest(invitation_token("secret", "nonce"))
