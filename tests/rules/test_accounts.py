"""Waiting, links, grants, paths and the place to start: the rules of the door."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.rules.accounts import (
    GRANTED_BY_ORGANISERS,
    AccountReason,
    Counted,
    FairDays,
    Limit,
    Purpose,
    Seal,
    grant_faults,
    network_of,
    own_path,
    seconds_to_wait,
    start_path,
    token_digest,
)
from fairapp.rules.actors import SYSTEM, Actor, Grant, Role

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
LIMIT = Limit(3, timedelta(minutes=10))


def ago(*seconds: float) -> list[datetime]:
    return [NOW - timedelta(seconds=one) for one in seconds]


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ([], 0),
        (ago(1, 2), 0),
        (ago(1, 2, 3), 597),
        (ago(3, 1, 2), 597),
        (ago(599.5, 1, 2), 1),
        (ago(600, 1, 2), 0),
        (ago(500, 400, 300, 200), 200),
    ],
)
def test_one_waits_until_a_try_leaves_the_window(times: list[datetime], seconds: int) -> None:
    assert seconds_to_wait(times, LIMIT, NOW) == seconds


@given(st.lists(st.floats(0, 700), max_size=12))
def test_after_the_wait_one_more_try_is_open_and_never_before(seconds: list[float]) -> None:
    times = ago(*seconds)
    wait = seconds_to_wait(times, LIMIT, NOW)
    assert seconds_to_wait(times, LIMIT, NOW + timedelta(seconds=wait)) == 0
    if wait > 1:
        assert seconds_to_wait(times, LIMIT, NOW + timedelta(seconds=wait - 1)) > 0


def test_a_token_belongs_to_one_purpose_account_nonce_and_secret() -> None:
    seal = Seal("one")
    tokens = [
        seal.token(Purpose.RESET, 1, "n"),
        seal.token(Purpose.CONFIRM, 1, "n"),
        seal.token(Purpose.RESET, 2, "n"),
        seal.token(Purpose.RESET, 1, "m"),
        Seal("two").token(Purpose.RESET, 1, "n"),
    ]
    assert len(set(tokens)) == len(tokens)
    assert [len(token) for token in tokens] == [43] * len(tokens)
    assert tokens[0] == Seal("one").token(Purpose.RESET, 1, "n")


def test_what_is_kept_shows_neither_token_nor_name_nor_secret() -> None:
    seal = Seal("the-secret")
    token = seal.token(Purpose.RESET, 1, "n")
    assert token not in token_digest(token)
    assert "lan@" not in seal.counted(Counted.ACCOUNT, "lan@example.org")
    assert "the-secret" not in repr(seal)
    assert token_digest("\udcff") == token_digest("?"), "odd tokens are only wrong"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_who_is_counted_together(address: str | None, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize("path", ["/", "/me?x=1&y=%2F", "/f/OCOP27#plan", "/a//b", "/đi/đâu"])
def test_paths_of_ours_are_taken(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        None,
        "me",
        "//evil.example",
        "///evil",
        "/\\evil",
        "\\/evil",
        "https://evil",
        "javascript:x",
        "/a b",
    ]
    + [f"/{letter}/evil" for letter in "\t\n\r\0\x7f"]
    + ["/" + "a" * 2000, " /me"],
)
def test_other_addresses_are_let_go(path: str | None) -> None:
    assert own_path(path) is None


def holding(role: Role, fair_id: int | None = None) -> Actor:
    return Actor(account_id=1, grants=frozenset({Grant(role, fair_id)}))


def test_who_may_grant_what_as_a_whole() -> None:
    allowed = {
        (giver, role, fair_id)
        for giver, role, fair_id in product(Role, Role, (None, 1, 2))
        if grant_faults(holding(giver, None if giver is Role.ADMINISTRATOR else 1), role, fair_id) == ()
    }
    everywhere = {
        (Role.ADMINISTRATOR, role, fair_id)
        for role, fair_id in product(set(Role) - {Role.ADMINISTRATOR, Role.PRODUCER}, (1, 2))
    } | {(Role.ADMINISTRATOR, role, None) for role in (Role.ADMINISTRATOR, Role.PRODUCER)}
    own_fair = {(Role.ORGANISER, role, 1) for role in GRANTED_BY_ORGANISERS}
    assert allowed == everywhere | own_fair


def test_a_role_in_no_fair_says_what_is_missing() -> None:
    assert grant_faults(SYSTEM, Role.STEWARD, None) == (AccountReason.NEEDS_A_FAIR,)
    assert grant_faults(holding(Role.STEWARD, 1), Role.STEWARD, 1) == (AccountReason.NOT_YOURS_TO_GRANT,)


PAST = FairDays(1, "PAST", date(2026, 4, 1), date(2026, 4, 5))
RUNNING = FairDays(2, "RUNNING", date(2027, 1, 10), date(2027, 1, 14))
LATER = FairDays(3, "LATER", date(2027, 9, 1), date(2027, 9, 5))
TODAY = date(2027, 1, 12)


@pytest.mark.parametrize(
    ("fairs", "where"),
    [
        ([LATER, PAST, RUNNING], "/o/RUNNING"),
        ([LATER, PAST], "/o/LATER"),
        ([PAST], "/o/PAST"),
        ([], "/admin/accounts"),
    ],
)
def test_an_administrator_starts_at_the_nearest_fair(fairs: list[FairDays], where: str) -> None:
    assert start_path(holding(Role.ADMINISTRATOR), fairs, TODAY) == where


def test_only_fairs_of_ones_own_count_and_the_office_before_the_gate() -> None:
    fairs = [PAST, RUNNING, LATER]
    assert start_path(holding(Role.STEWARD, 3), fairs, TODAY) == "/g/LATER"
    both = Actor(1, grants=frozenset({Grant(Role.STEWARD, 2), Grant(Role.REVIEWER, 3)}))
    assert start_path(both, fairs, TODAY) == "/o/LATER"
    assert start_path(Actor(1), fairs, TODAY) == "/me"


def test_a_delegation_head_starts_at_its_delegations_and_with_makers_of_their_own_at_their_page() -> None:
    head = frozenset({Grant(Role.DELEGATION_HEAD, 3)})
    assert start_path(Actor(1, grants=head), [PAST, RUNNING, LATER], TODAY) == "/d"
    assert start_path(Actor(1, grants=head, organisation_ids=frozenset({7})), [LATER], TODAY) == "/me"
