"""Plans of who could stand where, in words: what a place gives, why not there, what would have to change."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.planning import PlanObstacle, Term
from fairapp.rules.planning_trying import Unplaced
from fairapp.rules.scenarios import ScenarioRefusal, SeatChange
from fairapp.rules.weights import Rivals, WeightFault

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Term.PLACED, _l("has a place")),
    (Term.PRIORITY, _l("score of the review")),
    (Term.LEDGER, _l("priority points earned")),
    (Term.ZONE, _l("zone as asked")),
    (Term.CORNER, _l("corner as asked")),
    (Term.HALL, _l("hall as asked")),
    (Term.NEAR, _l("close to whom it asked for")),
    (Term.WISH, _l("wish in their ranking")),
    (Term.AWAY, _l("next to whom it wanted to avoid")),
    (Term.BESIDE, _l("competitor at the next booth")),
    (Term.FACING, _l("competitor across the aisle")),
    (
        PlanObstacle.TOO_LARGE,
        _l(
            "Booth %(code)s is much larger than asked and kept for others. Raise the limit among the weights."
        ),
    ),
    (
        PlanObstacle.NO_WATER,
        _l(
            "Booth %(code)s has no water within reach. Choose another one, or draw a water point on the plan."
        ),
    ),
    (
        PlanObstacle.NO_POWER,
        _l(
            "Booth %(code)s has no power within reach. Choose another one, or draw a power point on the plan."
        ),
    ),
    (
        PlanObstacle.OUTSIDE_BLOCK,
        _l(
            "Booth %(code)s is on the wrong side of a delegation's block. "
            "Change the block of the delegation, or choose a booth on the right side."
        ),
    ),
    (
        Unplaced.NO_SIZE,
        _l(
            "No booth is as large as asked. Agree on a smaller stand or on several booths, or draw a "
            "larger one."
        ),
    ),
    (
        Unplaced.TOO_ROOMY,
        _l(
            "Only much larger booths are left over. Split one on the plan, or raise the limit among "
            "the weights."
        ),
    ),
    (
        Unplaced.NO_KIND,
        _l("No booth is of the kind asked for. Agree on another kind, or draw one of this kind."),
    ),
    (
        Unplaced.NO_ZONE,
        _l(
            "No booth lies in the right zone. Agree on another zone, or let the zone be a wish among "
            "the weights."
        ),
    ),
    (
        Unplaced.TOO_DEAR,
        _l(
            "Every booth that fits costs more than the application can pay at most. "
            "Ask it to raise the limit."
        ),
    ),
    (
        Unplaced.NO_WATER,
        _l("No booth that fits has water within reach. Draw a water point near free booths."),
    ),
    (
        Unplaced.NO_POWER,
        _l("No booth that fits has power within reach. Draw a power point near free booths."),
    ),
    (
        Unplaced.BLOCK_FULL,
        _l("The booths that fit belong to a delegation's block, or its own block is full. Change the block."),
    ),
    (Unplaced.KEPT_BACK, _l("The booths that fit are blocked or offered to others. Unblock one of them.")),
    (Unplaced.ALL_HELD, _l("Every booth that fits is held by somebody. One of them has to be given back.")),
    (
        Unplaced.NO_RUN,
        _l(
            "So many free booths do not stand side by side anywhere. Agree on fewer, or on booths "
            "apart by hand."
        ),
    ),
    (
        Unplaced.OTHERS_FIRST,
        _l(
            "Others come first: %(points)s points more in the review would do, "
            "or %(names)s would have to give up %(codes)s."
        ),
    ),
    (Unplaced.ROOM_LEFT, _l("There was room at %(codes)s when the time ran out. Let it take longer.")),
    (
        ScenarioRefusal.NO_PLAN,
        _l("This fair has no booths yet. Publish a floor plan first."),
    ),
    (ScenarioRefusal.NOBODY_TO_PLACE, _l("Everybody who is admitted has a booth. There is nobody to place.")),
    (ScenarioRefusal.NAME_TAKEN, _l("There is a plan called %(name)s already. Choose another name.")),
    (
        ScenarioRefusal.TOO_MANY,
        _l("A fair keeps at most %(most)s plans. Throw away some that you do not need."),
    ),
    (
        ScenarioRefusal.CHANGED_SINCE,
        _l(
            "Nothing was assigned: %(many)s places of the plan %(name)s are not possible any more. "
            "Work out a new plan."
        ),
    ),
    (
        ScenarioRefusal.ENGINE_REFUSES,
        _l("This fair cannot be planned: %(why)s Change the plan or the booths held, and try again."),
    ),
    (
        ScenarioRefusal.UNDER_WAY,
        _l("A plan of this fair is being worked out already. Wait for it, or stop it."),
    ),
    (
        ScenarioRefusal.TOO_MANY_MOVES,
        _l("A change of the day moves at most %(most)s others. Work out a plan for more."),
    ),
    (SeatChange.HAS_A_BOOTH, _l("It has got a booth meanwhile.")),
    (SeatChange.HAS_LEFT, _l("It does not take part any more.")),
    (SeatChange.CLAIMED_MEANWHILE, _l("Somebody else has taken booth %(code)s at this moment.")),
    (Rivals.SAME_PRODUCT, _l("Those who show the same product first")),
    (Rivals.SAME_GROUP, _l("Everybody of the same product group")),
    (Rivals.NOBODY, _l("Nobody")),
    (WeightFault.OUT_OF_RANGE, _l("Enter a whole number within the limits.")),
)
