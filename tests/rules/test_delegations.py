"""Every state of a delegation and of its entries against every step, and who is kept back by what."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from fairapp.rules.allocation import Stand, Wish
from fairapp.rules.applications import EDITABLE, WAITING, Step
from fairapp.rules.applications import State as Application
from fairapp.rules.delegations import (
    DELEGATION_STEPS,
    ENTRY_STEPS,
    DelegationReason,
    DelegationState,
    DelegationStep,
    EntryMoment,
    EntryState,
    EntryStep,
    Numbers,
    Stage,
    Standing,
    Waiting,
    awaits_endorsement,
    entry_refusals,
    list_refusals,
    propose,
    stage,
    standing,
    step_refusals,
)

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
R = DelegationReason
DONE = Numbers(producers=2, complete=2, endorsed=2, booths=2)
AT = EntryMoment(DelegationState.OPEN, None, NOW, Application.DRAFT, "Thiếu ảnh", has_agreed=True)

ALLOWED = {
    DelegationState.INVITED: {DelegationStep.ACCEPT, DelegationStep.CLOSE},
    DelegationState.OPEN: {DelegationStep.LOCK, DelegationStep.CLOSE},
    DelegationState.LOCKED: {DelegationStep.UNLOCK, DelegationStep.CLOSE},
    DelegationState.CLOSED: set(),
}


@pytest.mark.parametrize("state", DelegationState)
@pytest.mark.parametrize("step", DelegationStep)
def test_every_step_of_a_delegation_is_allowed_or_refused_by_name(
    state: DelegationState, step: DelegationStep
) -> None:
    assert ((state, step) in DELEGATION_STEPS) == (step in ALLOWED[state])
    assert step_refusals(state, step, DONE, by_head=True) == (
        () if step in ALLOWED[state] else (R.NOT_FROM_HERE,)
    )


@pytest.mark.parametrize(
    ("numbers", "by_head", "reasons"),
    [
        (Numbers(), True, (R.NOBODY_ENTERED,)),
        (Numbers(), False, (R.NOBODY_ENTERED,)),
        (Numbers(producers=2, endorsed=1), True, (R.NOT_ALL_ENDORSED,)),
        (Numbers(producers=2, endorsed=1), False, ()),
        (DONE, True, ()),
    ],
)
def test_a_head_locks_a_list_of_endorsed_producers_an_organiser_any_that_has_some(
    numbers: Numbers, by_head: bool, reasons: tuple[R, ...]
) -> None:
    assert step_refusals(DelegationState.OPEN, DelegationStep.LOCK, numbers, by_head) == reasons


ENTRY_ALLOWED = {
    EntryState.ENTERED: set(EntryStep) - {EntryStep.RESTORE},
    EntryState.INVITED: set(EntryStep) - {EntryStep.RESTORE},
    EntryState.RETURNED: set(EntryStep) - {EntryStep.RESTORE, EntryStep.RETURN},
    EntryState.ENDORSED: {EntryStep.RETURN, EntryStep.REMOVE},
    EntryState.REMOVED: {EntryStep.RESTORE},
}


@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("step", EntryStep)
def test_every_step_with_a_producer_is_allowed_or_refused_by_name(state: EntryState, step: EntryStep) -> None:
    assert ((state, step) in ENTRY_STEPS) == (step in ENTRY_ALLOWED[state])
    assert entry_refusals(state, step, AT) == (
        () if step in ENTRY_ALLOWED[state] else (R.ENTRY_NOT_FROM_HERE,)
    )


@pytest.mark.parametrize(
    ("state", "late", "reasons"),
    [
        (DelegationState.INVITED, False, (R.HEAD_MISSING,)),
        (DelegationState.OPEN, False, ()),
        (DelegationState.OPEN, True, (R.LIST_OVER,)),
        (DelegationState.LOCKED, True, (R.LIST_LOCKED,)),
        (DelegationState.CLOSED, False, (R.CLOSED,)),
    ],
)
def test_a_list_is_changed_while_it_is_open_and_before_its_deadline(
    state: DelegationState, late: bool, reasons: tuple[R, ...]
) -> None:
    until = NOW + timedelta(seconds=-1 if late else 0)
    assert list_refusals(state, until, NOW) == reasons
    at = replace(AT, delegation=state, list_until=until)
    for step in (EntryStep.CHANGE, EntryStep.INVITE, EntryStep.REMOVE, EntryStep.RETURN):
        assert entry_refusals(EntryState.ENTERED, step, at) == reasons
    endorsed = entry_refusals(EntryState.ENTERED, EntryStep.ENDORSE, at)
    assert endorsed == ((R.CLOSED,) if state is DelegationState.CLOSED else ())


@pytest.mark.parametrize("application", Application)
def test_what_the_organiser_decided_is_neither_returned_nor_removed(application: Application) -> None:
    ended = {Application.WITHDRAWN, Application.CANCELLED, Application.DECLINED}
    free = application in WAITING or application in EDITABLE or application in ended
    at = replace(AT, application=application)
    for step in (EntryStep.RETURN, EntryStep.REMOVE):
        assert entry_refusals(EntryState.ENDORSED, step, at) == (() if free else (R.DECIDED_ALREADY,))
    endorsing = entry_refusals(EntryState.ENTERED, EntryStep.ENDORSE, at)
    assert endorsing == ((R.APPLICATION_ENDED,) if application in ended else ())


def test_a_return_needs_words_and_endorsing_a_draft_needs_agreement_to_the_terms() -> None:
    assert entry_refusals(EntryState.ENTERED, EntryStep.RETURN, replace(AT, reason="  ")) == (
        R.REASON_MISSING,
    )
    unsaid = replace(AT, has_agreed=False)
    assert entry_refusals(EntryState.ENTERED, EntryStep.ENDORSE, unsaid) == (R.TERMS_NOT_AGREED,)
    sent = replace(unsaid, application=Application.SUBMITTED)
    assert entry_refusals(EntryState.ENTERED, EntryStep.ENDORSE, sent) == ()


@pytest.mark.parametrize(
    ("state", "numbers", "read"),
    [
        (DelegationState.INVITED, Numbers(), Stage.INVITED),
        (DelegationState.OPEN, Numbers(), Stage.QUOTA_SET),
        (DelegationState.OPEN, DONE, Stage.LIST_OPEN),
        (DelegationState.LOCKED, replace(DONE, endorsed=1), Stage.LIST_LOCKED),
        (DelegationState.LOCKED, Numbers(), Stage.LIST_LOCKED),
        (DelegationState.LOCKED, DONE, Stage.ENDORSED),
        (DelegationState.LOCKED, replace(DONE, placed=1), Stage.ENDORSED),
        (DelegationState.LOCKED, replace(DONE, placed=2), Stage.ALLOCATED),
        (DelegationState.CLOSED, replace(DONE, placed=2), Stage.CLOSED),
    ],
)
def test_the_stage_follows_from_the_list(state: DelegationState, numbers: Numbers, read: Stage) -> None:
    assert stage(state, numbers) is read


@pytest.mark.parametrize("state", EntryState)
def test_a_complete_producer_waits_for_its_head_until_the_head_has_spoken(state: EntryState) -> None:
    waits = state in (EntryState.ENTERED, EntryState.INVITED)
    assert standing(state, is_complete=True) is (Standing.COMPLETE if waits else Standing(state.value))
    assert standing(state, is_complete=False) is Standing(state.value)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("entry", [None, *EntryState])
def test_a_decision_waits_for_the_head_and_nothing_else_does(step: Step, entry: EntryState | None) -> None:
    decides = step in (Step.ACCEPT, Step.WAITLIST, Step.DECLINE)
    unspoken = entry in (EntryState.ENTERED, EntryState.INVITED, EntryState.RETURNED)
    assert awaits_endorsement(step, DelegationState.OPEN, entry) == (decides and unspoken)
    assert not awaits_endorsement(step, DelegationState.CLOSED, entry)
    assert not awaits_endorsement(step, None, entry)


def test_booths_are_proposed_in_the_lists_order_and_only_where_nothing_forbids_them() -> None:
    wish = Wish(1, 7, admitted=True, area_m2=9.0, kind="shell_scheme", delegation=3)
    stand = Stand(1, 9.0, "shell_scheme", delegation=3)
    raw, taken = replace(stand, kind="raw_space"), replace(stand, holders=frozenset({9}))
    waiting = [Waiting(10, wish, 2), Waiting(11, replace(wish, area_m2=18.0), 1), Waiting(12, wish, 1)]
    free = [(1, stand), (2, raw), (3, taken), (4, stand), (5, replace(stand, area_m2=18.0)), (6, stand)]
    assert propose(waiting, free) == {10: [1, 4], 11: [5], 12: [6]}
    assert propose(waiting, []) == {10: [], 11: [], 12: []}
