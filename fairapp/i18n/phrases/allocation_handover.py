"""Hand-overs in words, each refusal with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.allocation_handover import ClaimStep, HandoverRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (ClaimStep.HAND_OVER, _l("Hand over the booth")),
    (ClaimStep.TAKE_BACK, _l("Take the hand-over back")),
    (
        HandoverRefusal.NOT_CONFIRMED_YET,
        _l("The exhibitor has yet to confirm. Ask them to; then the booth can be handed over."),
    ),
    (HandoverRefusal.DONE_ALREADY, _l("This booth is handed over already. Look at when and by whom.")),
    (HandoverRefusal.NOT_DONE, _l("This booth is not handed over, so there is nothing to take back.")),
    (
        HandoverRefusal.CLAIM_ENDED,
        _l("This exhibitor does not hold the booth any more. Look on the board who does."),
    ),
    (
        HandoverRefusal.FAIR_NOT_ON,
        _l("The fair is not published, so nothing is handed over. Publish it in the settings first."),
    ),
    (HandoverRefusal.FAIR_OVER, _l("The fair is over. What happened stays as it is written down.")),
    (
        HandoverRefusal.REASON_MISSING,
        _l("Say why you take the hand-over back: the exhibitor reads it in the letter."),
    ),
)
