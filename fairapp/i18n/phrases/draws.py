"""Wishes, points, draws and turns in words, and each reason against one with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.draw_order import DrawFault
from fairapp.rules.draws import (
    DrawRefusal,
    DrawRule,
    DrawState,
    DrawStep,
    NamesShown,
    TurnRefusal,
    TurnState,
    TurnStep,
)
from fairapp.rules.holds import HoldRefusal, HoldStep, Way
from fairapp.rules.priority_points import PointFault, PointKind, PointRefusal
from fairapp.rules.wishes import Beside, WishFault, WishKind, WishRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (WishKind.BOOTH, _l("Booth")),
    (WishKind.HALL, _l("Hall")),
    (WishKind.ZONE, _l("Zone")),
    (Beside.NEAR, _l("Near")),
    (Beside.APART, _l("Not beside")),
    (WishFault.NO_SUCH_BOOTH, _l("The plan has no booth of this code. Copy the code from the plan.")),
    (
        WishFault.SEVERAL_BOOTHS,
        _l("Several halls have a booth of this code. Write the hall before it, like “A 015”."),
    ),
    (WishFault.NO_SUCH_HALL, _l("The fair has no hall of this name. Choose one from the list.")),
    (WishFault.NO_SUCH_ZONE, _l("The plan has no zone of this name. Choose one from the list.")),
    (WishFault.TWICE, _l("This stands above already. Write something else or leave the line empty.")),
    (WishFault.ITSELF, _l("This is your own name. Write the name of another exhibitor.")),
    (
        WishFault.NEAR_AND_APART,
        _l("You wish to be near this exhibitor too. Take the name out of one of the two."),
    ),
    (WishFault.TOO_LONG, _l("This name is too long. Write it shorter.")),
    (
        WishRefusal.TOO_LATE,
        _l("This application has ended or its fair is over, so wishes change nothing. Ask the organiser."),
    ),
    (PointKind.STARTING, _l("Starting points")),
    (PointKind.EARNED, _l("Earned")),
    (PointKind.OVERRIDE, _l("Correction")),
    (PointKind.EXPIRED, _l("Expired")),
    (PointFault.NOTHING, _l("Write how many points, not zero.")),
    (PointFault.TOO_MANY, _l("Write at most 9,999 points at once.")),
    (PointFault.MUST_ADD, _l("These points can only be added. To take some away, choose a correction.")),
    (PointFault.MUST_TAKE, _l("Points that expire are taken away: write a minus before the number.")),
    (PointFault.CAUSE_MISSING, _l("Say what the points are for: the exhibitor reads it.")),
    (
        PointRefusal.BELOW_ZERO,
        _l("The exhibitor has %(points_has)s points, and nobody has fewer than none. Take away less."),
    ),
    (
        PointRefusal.STARTED_ALREADY,
        _l("This exhibitor has its starting points already. Choose a correction to change them."),
    ),
    (PointRefusal.SAME_FAIR, _l("Points come from an earlier fair. Choose another one.")),
    (PointRefusal.NO_POINTS_THERE, _l("Nobody has points there to carry over. Choose another fair.")),
    (DrawState.PREPARED, _l("In preparation")),
    (DrawState.COMMITTED, _l("Sealed")),
    (DrawState.REVEALED, _l("Drawn")),
    (DrawState.RUNNING, _l("Turns are running")),
    (DrawState.FINISHED, _l("Finished")),
    (DrawState.ANNULLED, _l("Annulled")),
    (DrawStep.COMMIT, _l("Seal the draw")),
    (DrawStep.REVEAL, _l("Draw the order")),
    (DrawStep.START, _l("Start the turns")),
    (DrawStep.FINISH, _l("Finish the draw")),
    (DrawStep.ANNUL, _l("Annul the draw")),
    (DrawRule.LOT, _l("Chance alone")),
    (DrawRule.POINTS, _l("More points first, chance among equals")),
    (
        DrawRule.POINTS_THEN_DATE,
        _l("More points first, then the earlier day of application, chance among equals"),
    ),
    (DrawRule.TICKETS, _l("Chance with one ticket for taking part and one more for each point")),
    (NamesShown.FULL, _l("With their names")),
    (NamesShown.NUMBER, _l("With numbers only")),
    (DrawRefusal.NOT_FROM_HERE, _l("The draw has gone on meanwhile. Look at how it stands now.")),
    (DrawRefusal.ONE_IS_OPEN, _l("Another draw of this fair has not ended. Finish or annul it first.")),
    (
        DrawRefusal.NOBODY_ENTERED,
        _l("No accepted exhibitor waits for a booth, so there is nobody to draw. Accept applications first."),
    ),
    (
        DrawRefusal.PUBLIC_VALUE_IS_KNOWN,
        _l("The public value would be known already. Choose one that becomes known later."),
    ),
    (
        DrawRefusal.PUBLIC_VALUE_NOT_YET,
        _l("The public value is not known before %(public_from)s. Draw the order after that."),
    ),
    (DrawRefusal.PUBLIC_VALUE_MISSING, _l("Type the public value as its source published it.")),
    (DrawRefusal.REASON_MISSING, _l("Say why the draw is annulled: everybody reads it.")),
    (DrawRefusal.STARTS_IN_THE_PAST, _l("The first turn cannot begin in the past. Choose a later time.")),
    (DrawRefusal.TURNS_ARE_LEFT, _l("Some turns have not ended. The draw is finished after the last one.")),
    (
        DrawRefusal.NOT_OPEN_HERE,
        _l("This fair gives no booths by draw. Open that way in its settings first."),
    ),
    (TurnState.WAITING, _l("Waits")),
    (TurnState.CALLED, _l("Chooses")),
    (TurnState.CHOSEN, _l("Has chosen")),
    (TurnState.PASSED, _l("Passed")),
    (TurnState.MISSED, _l("Missed")),
    (TurnState.GONE, _l("Needs no turn any more")),
    (TurnStep.CALL, _l("Call")),
    (TurnStep.CHOOSE, _l("Choose")),
    (TurnStep.PASS, _l("Pass")),
    (TurnStep.MISS, _l("Let the time run out")),
    (TurnStep.GO, _l("Leave out")),
    (
        TurnRefusal.NOT_YOUR_TURN,
        _l("Others choose before. Wait for the letter that says when the turn has come."),
    ),
    (TurnRefusal.NOT_YET, _l("The turn has not begun. Come back when it begins.")),
    (TurnRefusal.OVER, _l("The turn is over. Ask the organiser which booths are left.")),
    (TurnRefusal.STILL_TIME, _l("The turn still has time. It ends by itself.")),
    (DrawFault.UNREADABLE, _l("This is no JSON that can be read. Download the file again.")),
    (DrawFault.TOO_LARGE, _l("The file is larger than any draw. Download it again.")),
    (
        DrawFault.SHAPE,
        _l("The file has not the shape of a draw: something in it was changed. Download it again."),
    ),
    (
        DrawFault.OTHER_ALGORITHM,
        _l("The file was made by another way of drawing. Check it with the version it names."),
    ),
    (
        DrawFault.COMMITMENT,
        _l("What was drawn is not what was sealed: the seed or the terms were changed afterwards."),
    ),
    (
        DrawFault.OTHER_COMMITMENT,
        _l("This is another draw than the one whose check sum you noted. Ask the organiser."),
    ),
    (
        DrawFault.ORDER,
        _l("The seed and the public value give another order than the file. The order was changed."),
    ),
    (
        DrawFault.SEAL,
        _l("The seal does not fit: something in the file was changed. Download it again."),
    ),
    (Way.ASSIGNED, _l("Assigned by the office")),
    (Way.SELF_SERVICE, _l("Chosen by exhibitors")),
    (Way.DRAW, _l("Chosen in an order that is drawn")),
    (HoldStep.TAKE, _l("Take this booth")),
    (HoldStep.LET_GO, _l("Let it go")),
    (HoldStep.EXPIRE, _l("Let the time run out")),
    (
        HoldRefusal.WAY_CLOSED,
        _l("At this fair exhibitors do not choose by themselves at the moment. Write to the organiser."),
    ),
    (HoldRefusal.NOT_YET, _l("Choosing has not begun. Come back when the organiser opens it.")),
    (HoldRefusal.TOO_LATE, _l("The time to choose is over. Write to the organiser.")),
    (
        HoldRefusal.DRAW_RUNS,
        _l("Booths are chosen in the order of a draw now. Wait for your turn; a letter tells you."),
    ),
    (
        HoldRefusal.HAS_ENOUGH,
        _l("You have as many booths as you applied for. To change one, write to the organiser."),
    ),
    (HoldRefusal.OTHER_HALL, _l("Booths of this hall are not to choose from. Choose one in another hall.")),
    (HoldRefusal.OTHER_ZONE, _l("This booth lies in another zone than yours. Choose one in your zone.")),
    (HoldRefusal.ENDED, _l("This booth is kept for you no more. Choose another one.")),
    (HoldRefusal.TIME_IS_UP, _l("The time to decide is up. Choose the booth again if it is still free.")),
    (HoldRefusal.STILL_TIME, _l("The time to decide is not up yet. The booth is free when it is.")),
    (
        HoldRefusal.NOT_BY_HAND,
        _l("This fair gives no booths by hand. Open that way under “Ways to a booth” first."),
    ),
)
