"""Obstacles, refusals and states of claims in words, each with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.allocation import ClaimRefusal, ClaimState, Merit, Miss, Obstacle, PlaceRefusal
from fairapp.rules.board import BoardAct, UndoRefusal
from fairapp.rules.days import DayRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (ClaimState.HELD, _l("Held")),
    (ClaimState.OFFERED, _l("Offered")),
    (ClaimState.ACCEPTED, _l("Assigned")),
    (ClaimState.CONFIRMED, _l("Confirmed")),
    (ClaimState.HANDED_OVER, _l("Handed over")),
    (ClaimState.VACATED, _l("Vacated")),
    (ClaimState.EXPIRED, _l("Expired")),
    (ClaimState.REFUSED, _l("Refused")),
    (ClaimState.RELEASED, _l("Taken back")),
    (ClaimState.MOVED, _l("Moved")),
    (ClaimState.NO_SHOW, _l("Did not come")),
    (Obstacle.NOT_ADMITTED, _l("This exhibitor is not admitted. Accept the application first.")),
    (
        Obstacle.OTHER_FAIR,
        _l("The booth and the exhibitor belong to different fairs. Choose both in one fair."),
    ),
    (Obstacle.TAKEN, _l("Booth %(code)s is taken. Choose one of the free ones nearby.")),
    (
        Obstacle.TAKEN_ON_DAYS,
        _l(
            "Booth %(code)s is taken on days you ask for: %(taken)s. "
            "Choose other days, or one of the booths nearby that are free then."
        ),
    ),
    (
        Obstacle.OFFERED,
        _l(
            "Booth %(code)s is offered to somebody on the waiting list. "
            "Wait for the answer, take the offer back, or choose another booth."
        ),
    ),
    (Obstacle.ALREADY_THEIRS, _l("This exhibitor holds booth %(code)s already.")),
    (Obstacle.BLOCKED, _l("Booth %(code)s is kept back. Unblock it, or choose another one.")),
    (Obstacle.RETIRED, _l("Booth %(code)s is not on the published plan any more. Choose another one.")),
    (
        Obstacle.NOT_LET,
        _l("%(code)s is only another outline of booths on the plan. Choose one of those booths."),
    ),
    (Obstacle.TOO_SMALL, _l("Booth %(code)s is smaller than the application asks. Choose a larger one.")),
    (
        Obstacle.WRONG_KIND,
        _l("Booth %(code)s is of another kind than the application asks. Choose one of the right kind."),
    ),
    (Obstacle.WRONG_ZONE, _l("Booth %(code)s lies in a zone kept for others. Choose one in the right zone.")),
    (
        Obstacle.COMPANIES_DO_NOT_FIT,
        _l(
            "%(stand_companies)s companies stand together and need %(stand_needs)s m²; the floor here is "
            "%(stand_m2)s m². Take a larger stand, or fewer co-exhibitors."
        ),
    ),
    (
        Obstacle.OVER_BUDGET,
        _l(
            "Booth %(code)s costs more than the application can pay at most. Choose a cheaper one, or ask "
            "the applicant to raise the limit."
        ),
    ),
    (
        Obstacle.KEPT_FOR_DELEGATION,
        _l("Booth %(code)s belongs to a delegation's block. Choose another, or take it out of the block."),
    ),
    (ClaimRefusal.ENDED, _l("This place in booth %(code)s has ended meanwhile. Look at the plan again.")),
    (ClaimRefusal.SAME_BOOTH, _l("The exhibitor stands in booth %(code)s already. Choose another booth.")),
    (ClaimRefusal.SAME_HOLDER, _l("Both booths are held by the same exhibitor. There is nothing to swap.")),
    (
        ClaimRefusal.SHARE_IT_BY_DAYS,
        _l("Both stand in booth %(code)s, on different days. Change the days of one, then of the other."),
    ),
    (ClaimRefusal.STILL_CLAIMED, _l("Somebody holds booth %(code)s. Take it back first.")),
    (ClaimRefusal.HOLDS_IT, _l("This exhibitor is the holder of booth %(code)s.")),
    (ClaimRefusal.SHARES_IT_ALREADY, _l("This exhibitor shares booth %(code)s already.")),
    (PlaceRefusal.NOBODY_CHOSEN, _l("Nobody is chosen. Choose an exhibitor in the list first.")),
    (
        PlaceRefusal.NO_SUCH_BOOTH,
        _l("This fair's plan has no booth “%(code)s”. Type the code as it stands on the plan."),
    ),
    (
        PlaceRefusal.SEVERAL_BOOTHS,
        _l("“%(code)s” names several booths. Open the right hall, or press the booth on the plan."),
    ),
    (PlaceRefusal.NOBODY_THERE, _l("Nobody holds booth “%(code)s”: move there instead of swapping.")),
    (PlaceRefusal.REASON_MISSING, _l("Say why: the reason stays in the booth's history.")),
    (BoardAct.PLACED, _l("%(who)s placed %(name)s in %(code)s")),
    (BoardAct.MOVED, _l("%(who)s moved %(name)s from %(other)s to %(code)s")),
    (BoardAct.SWAPPED, _l("%(who)s swapped %(name)s (now %(code)s) and %(other_name)s (now %(other)s)")),
    (BoardAct.RELEASED, _l("%(who)s took %(code)s back from %(name)s")),
    (BoardAct.SHARED, _l("%(who)s let %(other_name)s share %(code)s with %(name)s")),
    (BoardAct.UNSHARED, _l("%(who)s ended the place of %(other_name)s in %(code)s")),
    (BoardAct.BLOCKED, _l("%(who)s keeps %(code)s back")),
    (BoardAct.UNBLOCKED, _l("%(who)s offers %(code)s again")),
    (BoardAct.PINNED, _l("%(who)s pinned %(name)s to %(code)s")),
    (BoardAct.UNPINNED, _l("%(who)s took the pin out of %(code)s")),
    (BoardAct.NOTED, _l("%(who)s changed the note on %(code)s")),
    (BoardAct.HELD, _l("%(who)s holds %(code)s for %(name)s")),
    (BoardAct.EXPIRED, _l("%(name)s no longer has %(code)s on hold")),
    (BoardAct.LEFT, _l("%(name)s leaves the fair, and %(code)s falls free")),
    (BoardAct.AGREED, _l("%(name)s confirmed taking part with %(code)s")),
    (BoardAct.HANDED_OVER, _l("%(who)s handed %(code)s over to %(name)s")),
    (BoardAct.TAKEN_BACK, _l("%(who)s took the hand-over of %(code)s back")),
    (BoardAct.OFFERED, _l("%(code)s is offered to the waiting list")),
    (BoardAct.OFFER_ENDED, _l("The offer of %(code)s to the waiting list has ended")),
    (BoardAct.KEPT, _l("%(who)s put %(code)s into a delegation's block")),
    (BoardAct.LET_GO, _l("%(who)s took %(code)s out of a delegation's block")),
    (BoardAct.DAYS_CHANGED, _l("%(who)s changed the days of %(name)s in %(code)s to %(days)s")),
    (DayRefusal.NO_DAY, _l("No day is chosen. Tick the days on which the exhibitor has the booth.")),
    (
        DayRefusal.NOT_OF_FAIR,
        _l("One of these days is not a day of the fair. Choose among the fair's days."),
    ),
    (
        DayRefusal.AS_BEFORE,
        _l("Booth %(code)s is theirs for exactly these days. Tick other days to change it."),
    ),
    (
        UndoRefusal.NOT_YOURS,
        _l("Somebody else did this step. Ask them to undo it, or change the booth yourself."),
    ),
    (UndoRefusal.UNDONE_ALREADY, _l("This step is undone already.")),
    (
        UndoRefusal.BUILT_ON,
        _l(
            "This step is no longer the last about its booth: %(later)s. "
            "Undo that first, or change the booth by hand."
        ),
    ),
    (
        UndoRefusal.NO_WAY_BACK,
        _l("The board cannot undo this step. Change it where it was done: in the application or hand-over."),
    ),
    (Merit.AREA, _l("As large as asked for")),
    (Merit.KIND, _l("Of the kind asked for")),
    (Merit.ZONE, _l("In the wished zone")),
    (Merit.CORNER, _l("A corner, as wished")),
    (Merit.HALL, _l("In the wished hall")),
    (Miss.ZONE, _l("Not in the wished zone")),
    (Miss.CORNER, _l("A corner was wished")),
    (Miss.HALL, _l("Not in the wished hall")),
)
