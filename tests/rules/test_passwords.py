"""Which passwords are refused, and that good ones are not."""

from __future__ import annotations

import pytest

from fairapp.rules.passwords import PasswordReason, password_faults


@pytest.mark.parametrize(
    "password",
    [
        "bốn từ khác nhau",
        "correct horse battery",
        "Kx7-mnvQ2z",
        "chợ phiên tháng tư",
        "рынок на реке",
        "x" * 99 + "y7 bcd",
    ],
)
def test_a_password_of_its_owner_s_own_is_taken(password: str) -> None:
    assert password_faults(password, "lan@example.com", "Nguyễn Thị Lan") == ()


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("ngắn quá", [PasswordReason.TOO_SHORT]),
        ("", [PasswordReason.TOO_SHORT]),
        ("x" * 201, [PasswordReason.TOO_LONG]),
        ("aaaaaaaaaaaa", [PasswordReason.ONE_CHARACTER, PasswordReason.TOO_COMMON]),
        ("1234567890", [PasswordReason.TOO_COMMON]),
        ("9876543210", [PasswordReason.TOO_COMMON]),
        ("matkhau12345", [PasswordReason.TOO_COMMON]),
        ("Mật Khẩu 2026", [PasswordReason.TOO_COMMON]),
        ("qwertyuiop", [PasswordReason.TOO_COMMON]),
        ("P-a-s-s-w-o-r-d-1", [PasswordReason.TOO_COMMON]),
        ("abc1abc1abc1", [PasswordReason.TOO_COMMON]),
        ("lan.ngo@example.com", [PasswordReason.LIKE_EMAIL]),
        ("lan.ngo.2026", [PasswordReason.LIKE_EMAIL]),
        ("nguyenvanquynh1", [PasswordReason.LIKE_NAME]),
    ],
)
def test_a_guessable_password_is_refused_with_every_reason(
    password: str, faults: list[PasswordReason]
) -> None:
    assert list(password_faults(password, "lan.ngo@example.com", "Nguyễn Văn Quỳnh")) == faults


def test_without_email_and_name_nothing_is_like_them() -> None:
    assert password_faults("một hai ba bốn năm") == ()
