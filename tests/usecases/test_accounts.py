"""Accounts on both databases: opened, entered, guessed at, changed by letter, granted and revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email, email
from fairapp.adapters.passwords import hashed, matches
from fairapp.rules.accounts import AccountReason, Purpose, Seal
from fairapp.rules.actors import SYSTEM, Actor, Role
from fairapp.rules.errors import Missing, NotAllowed, Refused, TooMany
from fairapp.rules.passwords import PasswordReason
from fairapp.store.accounts import Account, Consent, LoginFailure, MailedLink, RoleGrant
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.accounts import Register, agree, choose_language, confirm, register
from fairapp.usecases.accounts_letters import (
    AskReset,
    Reset,
    ask_email_change,
    ask_reset,
    change_email,
    change_password,
    reset_password,
)
from fairapp.usecases.accounts_people import AddAccount, GrantRole, add_account, grant_role, revoke_role
from fairapp.usecases.accounts_signing import (
    SignIn,
    check_password,
    check_sign_in,
    new_password_hash,
    sign_in,
)
from tests import factories as make

NOW = make.NOW
SEAL = Seal("a secret of the tests")
VISITOR = Actor(account_id=None, address="192.0.2.7")
PASSWORD, OTHER = "bốn từ dễ nhớ", "năm từ khác hẳn nhau"
HASH, OTHER_HASH = hashed(PASSWORD), hashed(OTHER)


def address(text: str) -> Email:
    found = email(text)
    assert isinstance(found, Email)
    return found


def lan(session: Session, **values: Any) -> Account:
    return make.account(
        session, email="lan@example.org", email_folded="lan@example.org", password_hash=HASH, **values
    )


def as_actor(account: Account) -> Actor:
    return replace(VISITOR, account_id=account.id, name=account.name)


def try_in(
    session: Session, password: str, name: str = "lan@example.org", at: datetime = NOW, by: Actor = VISITOR
) -> Account | None:
    checked = check_sign_in(session, by, SignIn(name, password), SEAL, at)
    return sign_in(session, by, checked, at)


def posted(session: Session) -> list[str]:
    return list(session.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))


def audited(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id)))


def registration(**values: Any) -> Register:
    plain = {"email": address("Lan@Example.org"), "name": "Lan", "password_hash": HASH, "language": "vi"}
    return Register(**{**plain, **values})


# Signing in


def test_the_right_password_gives_the_account_and_one_audit_entry(session: Session) -> None:
    account = lan(session)
    assert try_in(session, PASSWORD, " LAN@example.org") is account
    assert audited(session) == ["account.signed_in"]


def test_the_sixth_try_waits_until_the_first_is_fifteen_minutes_old(session: Session) -> None:
    account = lan(session)
    for minute in range(5):
        assert try_in(session, "wrong", at=NOW + timedelta(minutes=minute)) is None
    with pytest.raises(TooMany) as refused:
        try_in(session, PASSWORD, at=NOW + timedelta(minutes=5))
    assert refused.value.seconds == 600
    assert try_in(session, PASSWORD, at=NOW + timedelta(minutes=15)) is account


def test_an_unknown_account_is_limited_like_a_known_one(session: Session) -> None:
    for _ in range(5):
        assert try_in(session, "wrong", "nobody@example.org") is None
    with pytest.raises(TooMany) as refused:
        try_in(session, "wrong", "nobody@example.org")
    assert refused.value.seconds == 900


def test_an_address_is_limited_over_all_accounts_and_others_are_not(session: Session) -> None:
    account = lan(session)
    for n in range(30):
        assert try_in(session, "wrong", f"guess{n}@example.org") is None
    with pytest.raises(TooMany):
        try_in(session, PASSWORD)
    assert try_in(session, PASSWORD, by=replace(VISITOR, address="192.0.2.8")) is account


def test_a_success_forgets_the_failures_of_the_account_but_not_of_the_address(session: Session) -> None:
    lan(session)
    for _ in range(4):
        try_in(session, "wrong")
    try_in(session, PASSWORD)
    assert {row.kind for row in session.scalars(select(LoginFailure))} == {"address"}


def test_guesses_sent_at_the_same_moment_are_answered_no_more_often(session: Session) -> None:
    """All of them pass the first question; the second one, one by one, lets five failures through."""
    lan(session)
    guesses = ["wrong"] * 6 + [PASSWORD]
    checked = [check_sign_in(session, VISITOR, SignIn("lan@example.org", g), SEAL, NOW) for g in guesses]
    assert [sign_in(session, VISITOR, one, NOW) for one in checked[:5]] == [None] * 5
    for one in checked[5:]:
        with pytest.raises(TooMany):
            sign_in(session, VISITOR, one, NOW)


def test_old_failures_are_swept_out(session: Session) -> None:
    try_in(session, "wrong")
    try_in(session, "wrong", at=NOW + timedelta(hours=2))
    assert {row.at for row in session.scalars(select(LoginFailure))} == {NOW + timedelta(hours=2)}


def test_a_password_changed_between_check_and_entry_lets_nobody_in(session: Session) -> None:
    account = lan(session)
    checked = check_sign_in(session, VISITOR, SignIn("lan@example.org", PASSWORD), SEAL, NOW)
    account.epoch += 1
    session.flush()
    assert sign_in(session, VISITOR, checked, NOW) is None


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"closed_at": NOW}])
def test_unconfirmed_and_closed_accounts_cannot_enter(session: Session, values: dict[str, Any]) -> None:
    lan(session, **values)
    assert try_in(session, PASSWORD) is None


def test_a_weak_old_hash_is_replaced_at_the_next_entry(session: Session) -> None:
    from argon2 import PasswordHasher

    account = lan(session)
    account.password_hash = weak = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    session.flush()
    assert try_in(session, PASSWORD) is account
    assert account.password_hash != weak
    assert matches(account.password_hash, PASSWORD)


# Registering


def test_registering_promises_a_letter_and_keeps_the_consent(session: Session) -> None:
    register(session, VISITOR, registration(next_path="/me"), SEAL, "n1", NOW)
    account = session.scalars(select(Account)).one()
    assert (account.email, account.email_folded, account.confirmed_at) == (
        "Lan@example.org",
        "lan@example.org",
        None,
    )
    consent = session.scalars(select(Consent)).one()
    assert (consent.account_id, consent.notice, consent.language, consent.given_at) == (
        account.id,
        "privacy",
        "vi",
        NOW,
    )
    assert posted(session) == ["mail.account_confirm"]
    assert audited(session) == ["account.registered"]


def test_no_table_holds_the_token(session: Session) -> None:
    register(session, VISITOR, registration(), SEAL, "n1", NOW)
    account = session.scalars(select(Account)).one()
    token = SEAL.token(Purpose.CONFIRM, account.id, "n1")
    rows = [
        repr(vars(row))
        for table in (MailedLink, OutboxMessage, AuditEntry)
        for row in session.scalars(select(table))
    ]
    assert len(rows) == 3
    assert [row for row in rows if token in row] == []


def test_confirming_works_once_and_then_the_password_opens(session: Session) -> None:
    register(session, VISITOR, registration(), SEAL, "n1", NOW)
    account = session.scalars(select(Account)).one()
    token = SEAL.token(Purpose.CONFIRM, account.id, "n1")
    assert try_in(session, PASSWORD) is None
    assert confirm(session, VISITOR, token, None, NOW) is account
    with pytest.raises(Refused) as refused:
        confirm(session, VISITOR, token, None, NOW)
    assert refused.value.reasons == (AccountReason.LINK_ENDED,)
    assert try_in(session, PASSWORD) is account


def test_a_link_ends_after_two_days(session: Session) -> None:
    register(session, VISITOR, registration(), SEAL, "n1", NOW)
    token = SEAL.token(Purpose.CONFIRM, session.scalars(select(Account.id)).one(), "n1")
    with pytest.raises(Refused):
        confirm(session, VISITOR, token, None, NOW + timedelta(days=2))


def test_a_strangers_earlier_registration_gives_way_and_a_later_one_opens_nothing(session: Session) -> None:
    register(session, VISITOR, registration(name="Stranger", password_hash=OTHER_HASH), SEAL, "n1", NOW)
    register(session, VISITOR, registration(), SEAL, "n2", NOW)
    account = session.scalars(select(Account)).one()
    assert (account.name, account.password_hash) == ("Lan", HASH)
    assert len(session.scalars(select(Consent)).all()) == 1
    with pytest.raises(Refused):
        confirm(session, VISITOR, SEAL.token(Purpose.CONFIRM, account.id, "n1"), None, NOW)

    register(session, VISITOR, registration(name="Stranger", password_hash=OTHER_HASH), SEAL, "n3", NOW)
    token = SEAL.token(Purpose.CONFIRM, account.id, "n3")
    checked = check_password(session, VISITOR, account.email_folded, account, PASSWORD, SEAL, NOW)
    assert confirm(session, VISITOR, token, checked, NOW) is None, (
        "the owner's password is not the stranger's"
    )
    assert account.confirmed_at is None


def test_registering_an_open_account_changes_nothing_but_writes_to_its_owner(session: Session) -> None:
    account = lan(session)
    register(session, VISITOR, registration(name="X", password_hash=OTHER_HASH), SEAL, "n1", NOW)
    assert (account.password_hash, session.scalars(select(MailedLink)).all()) == (HASH, [])
    assert posted(session) == ["mail.account_exists"]


def test_registering_a_closed_account_is_silent(session: Session) -> None:
    lan(session, closed_at=NOW)
    register(session, VISITOR, registration(), SEAL, "n1", NOW)
    assert posted(session) == []


def test_letters_to_one_reader_are_limited_whoever_has_an_account(session: Session) -> None:
    for n in range(5):
        ask_reset(session, VISITOR, AskReset(address("lan@example.org"), "vi"), SEAL, f"n{n}", NOW)
    with pytest.raises(TooMany) as refused:
        register(session, VISITOR, registration(), SEAL, "n9", NOW)
    assert refused.value.seconds == 3600


# Letters


def test_a_reset_link_works_once_within_the_hour_and_ends_every_session(session: Session) -> None:
    account = lan(session, epoch=3)
    ask_reset(session, VISITOR, AskReset(address("lan@example.org"), "en"), SEAL, "n1", NOW)
    token = SEAL.token(Purpose.RESET, account.id, "n1")
    with pytest.raises(Refused):
        reset_password(session, VISITOR, Reset(token, OTHER_HASH), NOW + timedelta(hours=1))
    assert reset_password(session, VISITOR, Reset(token, OTHER_HASH), NOW) is account
    assert (account.password_hash, account.epoch) == (OTHER_HASH, 4)
    with pytest.raises(Refused):
        reset_password(session, VISITOR, Reset(token, HASH), NOW)
    assert posted(session) == ["mail.password_reset", "mail.password_changed"]
    assert audited(session) == ["account.reset_asked", "account.password_reset"]


def test_a_reset_link_does_not_confirm_a_registration_link(session: Session) -> None:
    account = lan(session)
    ask_reset(session, VISITOR, AskReset(address("lan@example.org"), "en"), SEAL, "n1", NOW)
    with pytest.raises(Refused):
        confirm(session, VISITOR, SEAL.token(Purpose.RESET, account.id, "n1"), None, NOW)


def test_whoever_asks_for_an_unknown_address_gets_a_letter_that_says_so(session: Session) -> None:
    ask_reset(session, VISITOR, AskReset(address("nobody@example.org"), "en"), SEAL, "n1", NOW)
    assert posted(session) == ["mail.account_unknown"]
    assert session.scalars(select(Account)).all() == []


def test_changing_the_password_needs_the_present_one(session: Session) -> None:
    account = lan(session)
    actor = as_actor(account)
    wrong = check_password(session, actor, account.email_folded, account, "wrong", SEAL, NOW)
    assert change_password(session, actor, wrong, OTHER_HASH, NOW) is None
    assert (account.password_hash, account.epoch) == (HASH, 0)
    right = check_password(session, actor, account.email_folded, account, PASSWORD, SEAL, NOW)
    assert change_password(session, actor, right, OTHER_HASH, NOW) is account
    assert (account.password_hash, account.epoch) == (OTHER_HASH, 1)
    assert audited(session) == ["account.password_failed", "account.password_changed"]


def test_a_new_address_holds_once_its_owner_confirms_it(session: Session) -> None:
    account = lan(session)
    actor = as_actor(account)
    checked = check_password(session, actor, account.email_folded, account, PASSWORD, SEAL, NOW)
    ask_email_change(session, actor, checked, address("Mai@Example.org"), SEAL, "n1", NOW)
    assert account.email == "lan@example.org"

    token = SEAL.token(Purpose.EMAIL, account.id, "n1")
    stranger = as_actor(make.account(session))
    with pytest.raises(Refused):
        change_email(session, stranger, token, NOW)
    change_email(session, actor, token, NOW)
    assert (account.email, account.email_folded) == ("Mai@example.org", "mai@example.org")
    assert posted(session) == ["mail.email_confirm", "mail.email_changed"]
    told = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc())).first()
    assert told is not None
    assert told.facts["old_email"] == "lan@example.org"


def test_an_address_taken_meanwhile_is_not_taken_over(session: Session) -> None:
    account = lan(session)
    actor = as_actor(account)
    checked = check_password(session, actor, account.email_folded, account, PASSWORD, SEAL, NOW)
    ask_email_change(session, actor, checked, address("mai@example.org"), SEAL, "n1", NOW)
    make.account(session, email_folded="mai@example.org")
    with pytest.raises(Refused) as refused:
        change_email(session, actor, SEAL.token(Purpose.EMAIL, account.id, "n1"), NOW)
    assert refused.value.reasons == (AccountReason.EMAIL_TAKEN,)
    assert account.email == "lan@example.org"


def test_asking_for_an_address_of_somebody_else_tells_only_them(session: Session) -> None:
    account, mai = lan(session), make.account(session, email_folded="mai@example.org")
    actor = as_actor(account)
    checked = check_password(session, actor, account.email_folded, account, PASSWORD, SEAL, NOW)
    assert ask_email_change(session, actor, checked, address("mai@example.org"), SEAL, "n1", NOW) is account
    (message,) = session.scalars(select(OutboxMessage)).all()
    assert (message.name, message.facts) == ("mail.account_exists", {"account_id": mai.id})


def test_an_easy_password_is_refused_with_every_reason() -> None:
    with pytest.raises(Refused) as refused:
        new_password_hash("aaaa", "lan@example.org", "Lan")
    assert set(refused.value.reasons) >= {PasswordReason.TOO_SHORT, PasswordReason.ONE_CHARACTER}


def test_language_and_consent_are_kept_with_one_entry_each(session: Session) -> None:
    account = lan(session)
    choose_language(session, as_actor(account), "en", NOW)
    choose_language(session, as_actor(account), "en", NOW)
    agree(session, as_actor(account), "en", NOW)
    assert account.language == "en"
    assert audited(session) == ["account.language_chosen", "account.agreed"]


# People


def test_an_added_account_can_enter_at_once_and_is_added_once(session: Session) -> None:
    order = AddAccount(address("lan@example.org"), "Lan", HASH)
    account, created = add_account(session, SYSTEM, order, NOW)
    assert created
    again, created = add_account(session, SYSTEM, replace(order, password_hash=OTHER_HASH), NOW)
    assert (again, created, again.password_hash) == (account, False, HASH)
    assert try_in(session, PASSWORD) is account


def test_only_who_manages_accounts_adds_one(session: Session) -> None:
    with pytest.raises(NotAllowed):
        add_account(session, make.actor(Role.ORGANISER), AddAccount(address("a@example.org"), "A", HASH), NOW)


def test_an_organiser_grants_and_revokes_in_their_own_fair_only(session: Session) -> None:
    fair, other = make.fair(session), make.fair(session, "OTHER")
    organiser = make.actor(Role.ORGANISER, fair, account_id=make.account(session).id)
    account = lan(session)
    grant = grant_role(session, organiser, GrantRole("lan@example.org", Role.STEWARD, fair.id), NOW)
    assert audited(session) == ["role.granted"]
    assert posted(session) == ["mail.role_granted"]
    with pytest.raises(Refused) as refused:
        grant_role(session, organiser, GrantRole("lan@example.org", Role.STEWARD, fair.id), NOW)
    assert refused.value.reasons == (AccountReason.GRANTED_ALREADY,)
    for role, fair_id in (
        (Role.STEWARD, other.id),
        (Role.ADMINISTRATOR, None),
        (Role.DELEGATION_HEAD, fair.id),
    ):
        with pytest.raises(Refused) as refused:
            grant_role(session, organiser, GrantRole("lan@example.org", role, fair_id), NOW)
        assert AccountReason.NOT_YOURS_TO_GRANT in refused.value.reasons

    foreign = make.grant(session, account, Role.STEWARD, other)
    with pytest.raises(Missing):
        revoke_role(session, organiser, foreign.id, fair.id, NOW)
    revoke_role(session, organiser, grant.id, fair.id, NOW)
    session.flush()
    assert [row.id for row in session.scalars(select(RoleGrant))] == [foreign.id]
    assert audited(session) == ["role.granted", "role.revoked"]


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"closed_at": NOW}])
def test_nobody_unconfirmed_or_closed_is_granted_a_role(session: Session, values: dict[str, Any]) -> None:
    fair = make.fair(session)
    lan(session, **values)
    with pytest.raises(Refused) as refused:
        grant_role(session, SYSTEM, GrantRole("lan@example.org", Role.STEWARD, fair.id), NOW)
    assert refused.value.reasons == (AccountReason.NOBODY_THERE,)


def test_an_organiser_keeps_their_own_role(session: Session) -> None:
    fair, account = make.fair(session), lan(session)
    grant = make.grant(session, account, Role.ORGANISER, fair)
    organiser = make.actor(Role.ORGANISER, fair, account_id=account.id)
    with pytest.raises(Refused) as refused:
        revoke_role(session, organiser, grant.id, fair.id, NOW)
    assert refused.value.reasons == (AccountReason.OWN_ROLE,)


def test_one_administrator_stays(session: Session) -> None:
    grants = [make.grant(session, make.account(session), Role.ADMINISTRATOR) for _ in range(2)]
    revoke_role(session, SYSTEM, grants[0].id, None, NOW)
    session.flush()
    with pytest.raises(Refused) as refused:
        revoke_role(session, SYSTEM, grants[1].id, None, NOW)
    assert refused.value.reasons == (AccountReason.LAST_ADMINISTRATOR,)
