"""Delegations made, changed, headed, locked and ended, on each kind of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.rules.actors import Actor, Permission, Role
from fairapp.rules.applications import State, Step
from fairapp.rules.delegations import (
    INVITATION_LASTS,
    DelegationReason,
    DelegationState,
    DelegationStep,
    EntryState,
)
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.producers import ProducerReason, invitation_token
from fairapp.rules.reasons import Shape
from fairapp.store.accounts import RoleGrant
from fairapp.store.delegations import Delegation
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.delegations import (
    DelegationDetails,
    InviteHead,
    MakeDelegation,
    accept_headship,
    change_delegation,
    invite_head,
    make_delegation,
    step_delegation,
)
from tests import factories as make

NOW = make.NOW
DETAILS = DelegationDetails({"vi": "Đoàn Lào Cai", "en": ""}, "VN", "15", 8, NOW + timedelta(days=8))
PHA = Email("pha@laocai.example", "pha@laocai.example", "pha@laocai.example")


def head_letter(nonce: str = "n1", email: Email = PHA) -> InviteHead:
    return InviteHead(email, "vi", nonce, "geheim")


def organiser(session: Session, fair: Fair) -> Actor:
    return make.actor(Role.ORGANISER, fair, account_id=make.account(session).id)


def made(session: Session, fair: Fair, details: DelegationDetails = DETAILS) -> Delegation:
    order = MakeDelegation(fair.id, details, head_letter())
    return make_delegation(session, organiser(session, fair), order, NOW)


def test_a_delegation_is_made_with_a_letter_to_its_head_and_one_entry_in_the_audit(session: Session) -> None:
    kept = made(session, make.fair(session))
    assert (kept.names, kept.province_code, kept.quota_booths) == ({"vi": "Đoàn Lào Cai"}, "15", 8)
    assert (kept.state, kept.head_id, kept.head_email) == (DelegationState.INVITED, None, PHA.address)
    posted = session.scalars(select(OutboxMessage)).one()
    assert (posted.name, posted.facts) == ("mail.head_invited", {"delegation_id": kept.id, "nonce": "n1"})
    assert session.scalars(select(AuditEntry.what)).all() == ["delegation.made"]


@pytest.mark.parametrize(
    ("details", "field", "reason"),
    [
        (replace(DETAILS, names={"vi": " ", "en": ""}), "name_vi", Shape.REQUIRED),
        (replace(DETAILS, names={"vi": "", "en": "n" * 121}), "name_en", Shape.TOO_LONG),
        (replace(DETAILS, country="XX"), "country", ProducerReason.UNKNOWN_COUNTRY),
        (replace(DETAILS, province_code="99"), "province", ProducerReason.UNKNOWN_PROVINCE),
        (replace(DETAILS, quota_booths=0), "quota", DelegationReason.WRONG_QUOTA),
        (replace(DETAILS, quota_booths=501), "quota", DelegationReason.WRONG_QUOTA),
        (
            replace(DETAILS, list_until=datetime(2027, 3, 1, tzinfo=UTC)),
            "list_until",
            DelegationReason.LIST_AFTER_APPLICATIONS,
        ),
    ],
)
def test_what_makes_no_delegation_is_named_by_its_field(
    session: Session, details: DelegationDetails, field: str, reason: object
) -> None:
    with pytest.raises(Invalid) as refused:
        made(session, make.fair(session), details)
    assert refused.value.fields == {field: reason}
    assert session.scalars(select(Delegation)).all() == []


def test_a_country_of_its_own_has_no_province(session: Session) -> None:
    kept = made(session, make.fair(session), replace(DETAILS, country="TH", names={"en": "Kalasin"}))
    assert (kept.country, kept.province_code) == ("TH", None)


def test_only_the_fairs_own_organisers_make_one(session: Session) -> None:
    fair, other = make.fair(session), make.fair(session, "OTHER")
    order = MakeDelegation(fair.id, DETAILS, head_letter())
    for stranger in (make.actor(Role.ORGANISER, other), make.actor(Role.FINANCE, fair), make.actor()):
        with pytest.raises(NotAllowed):
            make_delegation(session, stranger, order, NOW)
    kept = made(session, fair)
    with pytest.raises(Missing):
        change_delegation(session, make.actor(Role.ORGANISER, other), kept.id, DETAILS, NOW)


def test_who_opens_the_link_heads_it_and_the_link_works_once(session: Session) -> None:
    kept = made(session, make.fair(session))
    account, token = make.account(session), invitation_token("geheim", "n1")
    accept_headship(session, make.actor(account_id=account.id), token, NOW)
    assert (kept.state, kept.head_id, kept.digest) == (DelegationState.OPEN, account.id, None)
    grant = session.scalars(select(RoleGrant)).one()
    assert (grant.account_id, grant.role, grant.fair_id) == (
        account.id,
        Role.DELEGATION_HEAD,
        kept.fair_id,
    )
    with pytest.raises(Refused) as refused:
        accept_headship(session, make.actor(account_id=make.account(session).id), token, NOW)
    assert refused.value.reasons == (DelegationReason.LINK_ENDED,)


def test_a_later_letter_ends_the_earlier_link_and_takes_the_list_from_the_last_head(session: Session) -> None:
    fair = make.fair(session)
    kept, boss = made(session, fair), organiser(session, fair)
    first, second = make.account(session), make.account(session)
    accept_headship(session, make.actor(account_id=first.id), invitation_token("geheim", "n1"), NOW)
    invite_head(session, boss, kept.id, head_letter("n2"), NOW)
    assert (kept.head_id, kept.state) == (first.id, DelegationState.OPEN)
    for late in (NOW + INVITATION_LASTS + timedelta(seconds=1), NOW):
        if late > NOW:
            with pytest.raises(Refused):
                accept_headship(
                    session, make.actor(account_id=second.id), invitation_token("geheim", "n2"), late
                )
        else:
            accept_headship(session, make.actor(account_id=second.id), invitation_token("geheim", "n2"), late)
    assert kept.head_id == second.id
    with pytest.raises(Missing):
        step_delegation(session, make.actor(account_id=first.id), kept.id, DelegationStep.LOCK, NOW)


def test_a_quota_never_falls_below_what_the_list_asks_for(session: Session) -> None:
    fair = make.fair(session)
    kept = make.delegation(session, fair, make.account(session))
    asks = make.application(session, make.organisation(session), fair, booths=3)
    gone = make.application(session, make.organisation(session), fair, booths=5)
    make.entry(session, kept, asks)
    make.entry(session, kept, gone, state=EntryState.REMOVED)
    boss = organiser(session, fair)
    with pytest.raises(Invalid) as refused:
        change_delegation(session, boss, kept.id, replace(DETAILS, quota_booths=2), NOW)
    assert refused.value.fields == {"quota": DelegationReason.QUOTA_BELOW_LIST}
    assert change_delegation(session, boss, kept.id, replace(DETAILS, quota_booths=3), NOW).quota_booths == 3


def test_the_head_locks_the_organiser_opens_again_and_ends(session: Session) -> None:
    fair = make.fair(session)
    account = make.account(session)
    kept, head = make.delegation(session, fair, account), make.actor(account_id=account.id)
    entry = make.entry(session, kept, make.application(session, make.organisation(session), fair))
    with pytest.raises(Refused) as refused:
        step_delegation(session, head, kept.id, DelegationStep.LOCK, NOW)
    assert (refused.value.reasons, refused.value.facts["left"]) == ((DelegationReason.NOT_ALL_ENDORSED,), 1)
    entry.state = EntryState.ENDORSED
    assert step_delegation(session, head, kept.id, DelegationStep.LOCK, NOW).state is DelegationState.LOCKED
    for step in (DelegationStep.UNLOCK, DelegationStep.CLOSE):
        with pytest.raises(NotAllowed) as forbidden:
            step_delegation(session, head, kept.id, step, NOW)
        assert forbidden.value.permission is Permission.DELEGATION_EDIT
    boss = organiser(session, fair)
    step_delegation(session, boss, kept.id, DelegationStep.UNLOCK, NOW)
    with pytest.raises(Refused):
        step_delegation(session, boss, kept.id, DelegationStep.ACCEPT, NOW)
    assert step_delegation(session, boss, kept.id, DelegationStep.CLOSE, NOW).state is DelegationState.CLOSED
    with pytest.raises(Refused):
        invite_head(session, boss, kept.id, head_letter("n3"), NOW)


def test_an_application_of_a_delegation_is_decided_only_after_its_head_has_endorsed_it(
    session: Session,
) -> None:
    fair = make.fair(session)
    kept, boss = make.delegation(session, fair, make.account(session)), organiser(session, fair)
    application = make.application(session, make.organisation(session), fair)
    entry = make.entry(session, kept, application)
    for step in (Step.ACCEPT, Step.WAITLIST, Step.DECLINE):
        with pytest.raises(Refused) as refused:
            take_step(session, boss, TakeStep(application.id, step, "Lý do"), NOW)
        assert refused.value.reasons == (DelegationReason.NOT_ENDORSED,)
    take_step(session, boss, TakeStep(application.id, Step.BEGIN_REVIEW), NOW)
    entry.state = EntryState.ENDORSED
    take_step(session, boss, TakeStep(application.id, Step.ACCEPT), NOW)
    assert application.state is State.ACCEPTED


def test_a_delegation_that_has_ended_holds_no_decision_back(session: Session) -> None:
    fair = make.fair(session)
    kept = make.delegation(session, fair, make.account(session), state=DelegationState.CLOSED)
    application = make.application(session, make.organisation(session), fair)
    make.entry(session, kept, application)
    take_step(session, organiser(session, fair), TakeStep(application.id, Step.ACCEPT), NOW)
    assert application.state is State.ACCEPTED
