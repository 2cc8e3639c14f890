"""Password hashes, and equal work for accounts that do not exist."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from fairapp.adapters import passwords
from fairapp.adapters.passwords import hashed, matches, needs_new_hash


def test_only_the_right_password_matches() -> None:
    kept = hashed("bốn từ khác nhau")
    assert matches(kept, "bốn từ khác nhau")
    assert not matches(kept, "bốn từ khác nhaU")
    assert not matches(kept, "")
    assert hashed("bốn từ khác nhau") != kept, "each hash has its own salt"


def test_a_keyboard_that_sends_accents_apart_is_understood() -> None:
    kept = hashed(unicodedata.normalize("NFC", "bốn từ khác nhau"))
    assert matches(kept, unicodedata.normalize("NFD", "bốn từ khác nhau"))


@pytest.mark.parametrize("kept", ["", "no hash", "$argon2id$v=19$broken", None])
def test_without_a_readable_hash_nobody_gets_in(kept: str | None) -> None:
    assert not matches(kept, "bốn từ khác nhau")


def test_an_unknown_account_is_hashed_with_today_s_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    verify = PasswordHasher.verify

    def noted(self: PasswordHasher, kept: str, password: str) -> bool:
        asked.append(kept)
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", noted)
    assert not matches(None, "bốn từ khác nhau")
    assert [extract_parameters(kept) for kept in asked] == [RFC_9106_LOW_MEMORY]
    assert not needs_new_hash(passwords._dummy())


def test_a_weaker_hash_still_opens_and_asks_to_be_renewed() -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("bốn từ khác nhau")
    assert matches(weak, "bốn từ khác nhau")
    assert needs_new_hash(weak)
    assert not needs_new_hash(hashed("bốn từ khác nhau"))


def test_a_megabyte_of_password_costs_no_more_than_a_short_one() -> None:
    assert not matches(hashed("x" * 800), "x" * 1_000_000)
