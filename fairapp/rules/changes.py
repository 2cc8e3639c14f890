"""Change requests: what an answer was and would be, and the life of the wish until it is decided."""

from __future__ import annotations

from enum import StrEnum

LONGEST_WHY = 2000


class ChangeState(StrEnum):
    """Where a change request stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ChangeStep(StrEnum):
    """What can be done to a change request."""

    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


CHANGE_STEPS: dict[tuple[ChangeState, ChangeStep], ChangeState] = {
    (ChangeState.PROPOSED, ChangeStep.APPROVE): ChangeState.APPROVED,
    (ChangeState.PROPOSED, ChangeStep.REFUSE): ChangeState.REFUSED,
    (ChangeState.PROPOSED, ChangeStep.WITHDRAW): ChangeState.WITHDRAWN,
}


class ChangeRefusal(StrEnum):
    """Why a change cannot be proposed or decided."""

    NOT_FROM_HERE = "change_not_from_here"
    STILL_EDITABLE = "change_still_editable"
    ONE_WAITS = "change_one_waits"
    NOTHING_CHANGED = "change_nothing_changed"
    WHY_MISSING = "change_why_missing"
    REASON_MISSING = "change_reason_missing"
    NO_LONGER_SO = "change_no_longer_so"


def step_refusals(
    state: ChangeState, step: ChangeStep, *, reason: str = "", is_as_it_was: bool = True
) -> tuple[ChangeRefusal, ...]:
    """Every reason why the step cannot be taken: none at all when it can.

    ``is_as_it_was``: the answers still are what the request says that they were.
    """
    if (state, step) not in CHANGE_STEPS:
        return (ChangeRefusal.NOT_FROM_HERE,)
    against = {
        ChangeRefusal.REASON_MISSING: step is ChangeStep.REFUSE and not reason.strip(),
        ChangeRefusal.NO_LONGER_SO: step is ChangeStep.APPROVE and not is_as_it_was,
    }
    return tuple(refusal for refusal, holds in against.items() if holds)
