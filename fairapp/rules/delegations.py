"""A delegation's life and that of each producer on its list: states, steps, and what keeps a step back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fairapp.rules.allocation import Stand, Wish, obstacles
from fairapp.rules.applications import EDITABLE, WAITING, Step
from fairapp.rules.applications import State as Application

LONGEST_NAME = 120
LONGEST_REASON = 1_000
MOST_BOOTHS = 500
MOST_PRODUCERS = 500
MOST_BOOTHS_EACH = 50
INVITATION_LASTS = timedelta(days=30)


class DelegationState(StrEnum):
    """Where a delegation stands, as it is kept."""

    INVITED = "invited"
    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


class DelegationStep(StrEnum):
    """What can be done to a delegation."""

    ACCEPT = "accept"
    LOCK = "lock"
    UNLOCK = "unlock"
    CLOSE = "close"


DELEGATION_STEPS: dict[tuple[DelegationState, DelegationStep], DelegationState] = {
    (DelegationState.INVITED, DelegationStep.ACCEPT): DelegationState.OPEN,
    (DelegationState.INVITED, DelegationStep.CLOSE): DelegationState.CLOSED,
    (DelegationState.OPEN, DelegationStep.LOCK): DelegationState.LOCKED,
    (DelegationState.OPEN, DelegationStep.CLOSE): DelegationState.CLOSED,
    (DelegationState.LOCKED, DelegationStep.UNLOCK): DelegationState.OPEN,
    (DelegationState.LOCKED, DelegationStep.CLOSE): DelegationState.CLOSED,
}
HEADS_STEPS = frozenset({DelegationStep.ACCEPT, DelegationStep.LOCK})
"""Taken by the head; the organiser may lock too, and takes all others."""


class Stage(StrEnum):
    """Where a delegation stands, as people read it: half of it follows from its list."""

    INVITED = "invited"
    QUOTA_SET = "quota_set"
    LIST_OPEN = "list_open"
    LIST_LOCKED = "list_locked"
    ENDORSED = "endorsed"
    ALLOCATED = "allocated"
    CLOSED = "closed"


class EntryState(StrEnum):
    """Where a producer stands on the list, as it is kept."""

    ENTERED = "entered"
    INVITED = "invited"
    ENDORSED = "endorsed"
    RETURNED = "returned"
    REMOVED = "removed"


class EntryStep(StrEnum):
    """What a head does with a producer of the list."""

    CHANGE = "change"
    INVITE = "invite"
    ENDORSE = "endorse"
    RETURN = "return"
    REMOVE = "remove"
    RESTORE = "restore"


_OPEN_ENTRIES = (EntryState.ENTERED, EntryState.INVITED, EntryState.RETURNED)
ENTRY_STEPS: dict[tuple[EntryState, EntryStep], EntryState] = {
    **{(state, EntryStep.CHANGE): state for state in _OPEN_ENTRIES},
    **{(state, EntryStep.INVITE): EntryState.INVITED for state in _OPEN_ENTRIES},
    **{(state, EntryStep.ENDORSE): EntryState.ENDORSED for state in _OPEN_ENTRIES},
    **{(state, EntryStep.REMOVE): EntryState.REMOVED for state in (*_OPEN_ENTRIES, EntryState.ENDORSED)},
    (EntryState.ENTERED, EntryStep.RETURN): EntryState.RETURNED,
    (EntryState.INVITED, EntryStep.RETURN): EntryState.RETURNED,
    (EntryState.ENDORSED, EntryStep.RETURN): EntryState.RETURNED,
    (EntryState.REMOVED, EntryStep.RESTORE): EntryState.ENTERED,
}


class Standing(StrEnum):
    """Where a producer stands, as people read it: complete once nothing of its application is missing."""

    ENTERED = "entered"
    INVITED = "invited"
    COMPLETE = "complete"
    ENDORSED = "endorsed"
    RETURNED = "returned"
    REMOVED = "removed"


class DelegationReason(StrEnum):
    """Why something cannot be done with a delegation or its list."""

    NOT_FROM_HERE = "delegation_not_from_here"
    HEAD_MISSING = "delegation_head_missing"
    CLOSED = "delegation_closed"
    LIST_LOCKED = "delegation_list_locked"
    LIST_OVER = "delegation_list_over"
    QUOTA_FULL = "delegation_quota_full"
    QUOTA_BELOW_LIST = "delegation_quota_below_list"
    WRONG_QUOTA = "delegation_wrong_quota"
    LIST_AFTER_APPLICATIONS = "delegation_list_after_applications"
    LINK_ENDED = "delegation_link_ended"
    NOT_ALL_ENDORSED = "delegation_not_all_endorsed"
    NOBODY_ENTERED = "delegation_nobody_entered"
    ENTRY_NOT_FROM_HERE = "entry_not_from_here"
    REASON_MISSING = "entry_reason_missing"
    DECIDED_ALREADY = "entry_decided_already"
    APPLICATION_ENDED = "entry_application_ended"
    TERMS_NOT_AGREED = "entry_terms_not_agreed"
    ON_THE_LIST = "entry_on_the_list"
    TOO_MANY_PRODUCERS = "entry_too_many_producers"
    NOBODY_CHOSEN = "entry_nobody_chosen"
    NOT_ENDORSED = "entry_not_endorsed"
    APPLIED_ALREADY = "entry_applied_already"
    WRONG_BOOTHS = "entry_wrong_booths"
    NOT_ADMITTED_YET = "entry_not_admitted_yet"
    HAS_ENOUGH = "entry_has_enough"
    BLOCK_OVER_QUOTA = "block_over_quota"
    NOT_FREE = "block_not_free"
    STILL_HELD = "block_still_held"
    NO_BOOTH_CHOSEN = "block_no_booth_chosen"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list in figures; removed producers count nowhere."""

    producers: int = 0
    complete: int = 0
    endorsed: int = 0
    returned: int = 0
    booths: int = 0
    """Asked for, all together."""
    placed: int = 0
    """Producers that have all the booths they asked for."""


def stage(state: DelegationState, numbers: Numbers) -> Stage:
    """Where the delegation stands in words."""
    everybody = 0 < numbers.producers == numbers.endorsed
    match state:
        case DelegationState.INVITED:
            return Stage.INVITED
        case DelegationState.CLOSED:
            return Stage.CLOSED
        case DelegationState.OPEN:
            return Stage.LIST_OPEN if numbers.producers else Stage.QUOTA_SET
    if everybody and numbers.placed == numbers.producers:
        return Stage.ALLOCATED
    return Stage.ENDORSED if everybody else Stage.LIST_LOCKED


def standing(state: EntryState, is_complete: bool) -> Standing:
    """Where the producer stands in words."""
    if is_complete and state in (EntryState.ENTERED, EntryState.INVITED):
        return Standing.COMPLETE
    return Standing(state.value)


def step_refusals(
    state: DelegationState, step: DelegationStep, numbers: Numbers, by_head: bool
) -> tuple[DelegationReason, ...]:
    """Every reason why the step cannot be taken: none at all when it can."""
    if (state, step) not in DELEGATION_STEPS:
        return (DelegationReason.NOT_FROM_HERE,)
    if step is not DelegationStep.LOCK:
        return ()
    against = {
        DelegationReason.NOBODY_ENTERED: numbers.producers == 0,
        DelegationReason.NOT_ALL_ENDORSED: by_head and numbers.endorsed < numbers.producers,
    }
    return tuple(reason for reason, holds in against.items() if holds)


def list_refusals(
    state: DelegationState, list_until: datetime | None, now: datetime
) -> tuple[DelegationReason, ...]:
    """Every reason why the list cannot be changed at this moment."""
    against = {
        DelegationReason.HEAD_MISSING: state is DelegationState.INVITED,
        DelegationReason.CLOSED: state is DelegationState.CLOSED,
        DelegationReason.LIST_LOCKED: state is DelegationState.LOCKED,
        DelegationReason.LIST_OVER: state is DelegationState.OPEN
        and list_until is not None
        and now > list_until,
    }
    return tuple(reason for reason, holds in against.items() if holds)


@dataclass(frozen=True, slots=True)
class EntryMoment:
    """What a head's step with a producer is judged by, all at one moment."""

    delegation: DelegationState
    list_until: datetime | None
    now: datetime
    application: Application
    reason: str = ""
    has_agreed: bool = False
    """The producer agreed to the fair's terms."""


_ENDED = frozenset({Application.WITHDRAWN, Application.CANCELLED, Application.DECLINED})


def entry_refusals(state: EntryState, step: EntryStep, at: EntryMoment) -> tuple[DelegationReason, ...]:
    """Every reason why a head cannot take this step with this producer now."""
    if (state, step) not in ENTRY_STEPS:
        return (DelegationReason.ENTRY_NOT_FROM_HERE,)
    against: dict[DelegationReason, bool] = {}
    if step is EntryStep.ENDORSE:  # still possible once the list is locked
        against[DelegationReason.CLOSED] = at.delegation is DelegationState.CLOSED
        against[DelegationReason.APPLICATION_ENDED] = at.application in _ENDED
        against[DelegationReason.TERMS_NOT_AGREED] = at.application in EDITABLE and not at.has_agreed
    else:
        against |= dict.fromkeys(list_refusals(at.delegation, at.list_until, at.now), True)
    if step in (EntryStep.RETURN, EntryStep.REMOVE):
        undecided = at.application in WAITING or at.application in EDITABLE or at.application in _ENDED
        against[DelegationReason.DECIDED_ALREADY] = not undecided
    if step is EntryStep.RETURN:
        against[DelegationReason.REASON_MISSING] = not at.reason.strip()
    return tuple(reason for reason, holds in against.items() if holds)


DECISIONS = frozenset({Step.ACCEPT, Step.WAITLIST, Step.DECLINE})
"""The organiser's steps that wait for the head's endorsement."""


def awaits_endorsement(step: Step, delegation: DelegationState | None, entry: EntryState | None) -> bool:
    """Whether the head has to speak first; a closed delegation and a removed producer bind nobody."""
    if step not in DECISIONS or delegation in (None, DelegationState.CLOSED):
        return False
    return entry not in (None, EntryState.ENDORSED, EntryState.REMOVED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A producer of the list that has fewer booths than it asked for."""

    entry_id: int
    wish: Wish
    missing: int


def propose(waiting: Iterable[Waiting], free: Iterable[tuple[int, Stand]]) -> dict[int, list[int]]:
    """Booths for each in the list's order: the first free ones of the block that nothing forbids."""
    left = dict(free)
    found: dict[int, list[int]] = {}
    for each in waiting:
        fitting = [booth for booth, stand in left.items() if not obstacles(each.wish, stand)]
        found[each.entry_id] = fitting[: each.missing]
        for booth in found[each.entry_id]:
            del left[booth]
    return found
