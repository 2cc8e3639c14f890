"""Badge keys and signatures: genuine tokens are believed, everything else is refused by name."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from fairapp.adapters.signing import BadgeKeys
from fairapp.rules.badge_tokens import TOKEN_LENGTH, Claims, TokenReason, survives_html

QR_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
CLAIMS = Claims(fair_id=7, badge_id=4711, issue=2, kind=1, days=0b101)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def test_a_genuine_token_says_what_was_signed(folder: Path) -> None:
    keys = BadgeKeys(folder)
    token = keys.sign(CLAIMS)
    assert len(token) == TOKEN_LENGTH
    assert keys.verify(token) == CLAIMS
    assert BadgeKeys(folder).verify(token) == CLAIMS, "a second worker reads the same key"
    assert keys.sign(CLAIMS) == token


def test_every_one_character_change_at_every_place_is_refused(folder: Path) -> None:
    keys = BadgeKeys(folder)
    token = keys.sign(CLAIMS)
    chance = Random(1)
    for place in range(TOKEN_LENGTH):
        for other in {*chance.sample(QR_ALPHANUMERIC, 6), "a", "\n", "é"} - {token[place]}:
            changed = token[:place] + other + token[place + 1 :]
            assert isinstance(keys.verify(changed), TokenReason), (place, other)


def test_cut_doubled_padded_and_lowered_tokens_are_refused(folder: Path) -> None:
    keys = BadgeKeys(folder)
    token = keys.sign(CLAIMS)
    for changed in (
        token[:-1],
        token + " ",
        " " + token,
        token + token,
        token.lower(),
        token[:60] + token[61:],
    ):
        assert isinstance(keys.verify(changed), TokenReason)


def test_a_token_of_another_installation_is_forged_or_of_an_unknown_key(folder: Path, tmp_path: Path) -> None:
    other = BadgeKeys(tmp_path / "other")
    keys = BadgeKeys(folder)
    keys.rotate()
    assert keys.verify(other.sign(CLAIMS)) is TokenReason.FORGED
    other.rotate()
    assert keys.verify(other.sign(CLAIMS)) is TokenReason.UNKNOWN_KEY


def test_after_a_rotation_new_badges_have_the_new_key_and_old_ones_still_open(folder: Path) -> None:
    keys, worker = BadgeKeys(folder), BadgeKeys(folder)
    old = keys.sign(CLAIMS)
    assert worker.verify(old) == CLAIMS
    assert keys.rotate() == 2
    new = keys.sign(CLAIMS)
    assert new != old
    assert [worker.verify(token) for token in (old, new)] == [CLAIMS, CLAIMS]
    assert sorted(keys.public_keys()) == [1, 2]
    assert [len(raw) for raw in keys.public_keys().values()] == [32, 32]


def test_keys_are_for_their_owner_s_eyes_only(folder: Path) -> None:
    BadgeKeys(folder).rotate()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [(path.name, stat.S_IMODE(path.stat().st_mode)) for path in folder.iterdir()] == [
        ("badge-001.pem", 0o600)
    ]


def test_workers_that_start_at_once_agree_on_one_key(folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: BadgeKeys(folder).sign(CLAIMS), range(8)))
    assert len(set(tokens)) == 1
    assert [path.name for path in folder.iterdir()] == ["badge-001.pem"]


def test_no_token_has_two_blanks_that_a_page_would_fold(folder: Path) -> None:
    keys = BadgeKeys(folder)
    assert all(survives_html(keys.sign(Claims(1, badge, 1))) for badge in range(300))


def test_only_a_key_of_our_kind_is_taken(folder: Path) -> None:
    folder.mkdir()
    (folder / "badge-001.pem").write_text("no key")
    with pytest.raises(ValueError, match="badge-001"):
        BadgeKeys(folder).sign(CLAIMS)
