"""States and refusals of fairs and plans in words, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.fairs import (
    BoothForm,
    FairRefusal,
    FairState,
    FairStep,
    FloorKind,
    PlanRefusal,
    PlanState,
)

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (FairState.PLANNED, _l("In preparation")),
    (FairState.PUBLISHED, _l("Published")),
    (FairState.POSTPONED, _l("Postponed")),
    (FairState.CANCELLED, _l("The fair is cancelled")),
    (PlanState.DRAFT, _l("Plan draft")),
    (PlanState.PUBLISHED, _l("Plan in force")),
    (PlanState.REPLACED, _l("Replaced by a newer version")),
    (FloorKind.SHELL_SCHEME, _l("Shell scheme")),
    (FloorKind.RAW_SPACE, _l("Raw space")),
    (BoothForm.INLINE, _l("Inline, one open side")),
    (BoothForm.CORNER, _l("Corner, two open sides")),
    (BoothForm.PENINSULA, _l("Peninsula, three open sides")),
    (BoothForm.ISLAND, _l("Island, four open sides")),
    (FairStep.PUBLISH, _l("Publish the fair")),
    (FairStep.POSTPONE, _l("Postpone the fair")),
    (FairStep.CANCEL, _l("Cancel the fair")),
    (FairRefusal.CODE_TAKEN, _l("The code %(code)s is in use. Choose another one.")),
    (
        FairRefusal.BAD_CODE,
        _l("Write the code with 2 to 20 capital letters, digits or hyphens, such as OCOP27."),
    ),
    (FairRefusal.NO_NAME, _l("Write a name in at least one language.")),
    (FairRefusal.DAYS_REVERSED, _l("The last day lies before the first. Change one of them.")),
    (FairRefusal.TOO_MANY_DAYS, _l("A fair lasts at most 16 days. Shorten it.")),
    (
        FairRefusal.DEADLINES_REVERSED,
        _l("The deadline lies before the first day of applications. Change one of them."),
    ),
    (FairRefusal.DEADLINE_AFTER_FAIR, _l("The deadline lies after the fair. Choose an earlier day.")),
    (
        FairRefusal.UNKNOWN_TIME_ZONE,
        _l("There is no such time zone. Choose one of the list, such as Asia/Ho_Chi_Minh."),
    ),
    (FairRefusal.UNKNOWN_SCHEME, _l("There is no such scheme of product groups. Choose one of the list.")),
    (FairRefusal.NOT_FROM_HERE, _l("This is not possible for the fair any more. Look at its state again.")),
    (FairRefusal.REASON_MISSING, _l("Say why: every applicant reads it.")),
    (
        FairRefusal.DAYS_IN_USE,
        _l("Booths are assigned on days that would fall away. Take them back first, or keep the days."),
    ),
    (FairRefusal.KIND_IN_USE, _l("Applications ask for this kind of booth. It has to stay.")),
    (FairRefusal.KIND_CODE_TAKEN, _l("Another kind is called %(code)s in lists. Choose another short name.")),
    (FairRefusal.GATE_IN_USE, _l("Badges were scanned at this gate, or it is the only one. It has to stay.")),
    (FairRefusal.GATE_CODE_TAKEN, _l("Give the gate a code that no other gate has.")),
    (
        PlanRefusal.CHANGED_MEANWHILE,
        _l(
            "Somebody has saved this draft since you opened it. Yours is still here: keep it as a version of "
            "its own, or look at theirs."
        ),
    ),
    (
        PlanRefusal.HALL_SIZE,
        _l("This is no size: a hall is 3 to 1,000 metres, a booth at least half a metre. Change it."),
    ),
    (
        PlanRefusal.HALL_TAKEN,
        _l("This draft has a hall %(hall)s already. Give the new one another code."),
    ),
    (
        PlanRefusal.CODES_TAKEN,
        _l("These numbers are taken: %(codes)s. Begin with another letter or number."),
    ),
    (PlanRefusal.NO_PICTURE, _l("No picture lies under this hall yet. Choose a file.")),
    (
        PlanRefusal.STALE_CHOICE,
        _l("The draft has changed meanwhile. Nothing was applied: look at it again and choose anew."),
    ),
    (
        PlanRefusal.CODE_NEEDED,
        _l("Write the new code for %(booth)s: one that no other booth of the hall has."),
    ),
    (PlanRefusal.NOT_POSSIBLE, _l("This cure does not fit %(booth)s. Choose another one.")),
    (
        PlanRefusal.NOT_A_DRAFT,
        _l("Version %(version)s of the plan is a draft no more. Bring the change in as a new version."),
    ),
    (
        PlanRefusal.UNSETTLED,
        _l("%(count)s booths are not settled yet. Decide each of them, or take the proposed cures."),
    ),
    (
        PlanRefusal.BOOTHS_IN_USE,
        _l(
            "Somebody stands in booths that this version leaves out: %(codes)s. "
            "Move or release them on the board first, or draw these booths in again."
        ),
    ),
)
