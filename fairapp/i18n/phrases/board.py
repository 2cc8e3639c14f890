"""Words of the board's filters and colours."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.board_colours import Agreed, Colour, Score, Standing
from fairapp.rules.board_filters import Need, Paid, Sift, Size
from fairapp.rules.board_several import SeveralAct, SeveralRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Sift.GROUP, _l("Product group")),
    (Sift.PLACE, _l("Province or country")),
    (Sift.STARS, _l("Stars")),
    (Sift.SIZE, _l("Floor asked for")),
    (Sift.NEED, _l("Needs")),
    (Sift.PAID, _l("Deposit")),
    (Size.SMALL, _l("up to 9 m²")),
    (Size.MIDDLE, _l("over 9 to 18 m²")),
    (Size.LARGE, _l("over 18 to 36 m²")),
    (Size.HUGE, _l("over 36 m²")),
    (Need.POWER, _l("needs power")),
    (Need.WATER, _l("needs water")),
    (Paid.PAID, _l("deposit paid")),
    (Paid.DUE, _l("deposit due")),
    (Paid.NOT_ASKED, _l("no invoice yet")),
    (Colour.GROUP, _l("Product group")),
    (Colour.STATE, _l("How firm")),
    (Colour.PAYMENT, _l("Paid or due")),
    (Colour.SCORE, _l("Review score")),
    (Standing.SETTLED, _l("everything paid")),
    (Standing.DEPOSIT, _l("deposit paid, the rest open")),
    (Standing.DUE, _l("first payment open")),
    (Standing.UNBILLED, _l("not invoiced")),
    (Agreed.ACCEPTED, _l("assigned")),
    (Agreed.CONFIRMED, _l("taking part confirmed")),
    (Agreed.HANDED_OVER, _l("booth handed over")),
    (Score.BEST, _l("85 points or more")),
    (Score.GOOD, _l("70 to 84 points")),
    (Score.FAIR, _l("50 to 69 points")),
    (Score.WEAK, _l("under 50 points")),
    (Score.NONE, _l("not reviewed")),
    (SeveralAct.BLOCK, _l("Keep them back")),
    (SeveralAct.OFFER, _l("Offer them again")),
    (SeveralAct.PIN, _l("Pin the holders")),
    (SeveralAct.UNPIN, _l("Take the pins out")),
    (SeveralAct.RELEASE, _l("Take the booths back")),
    (SeveralAct.NOTE, _l("Keep as a note")),
    (SeveralAct.PLACE, _l("Place on all of them")),
    (
        SeveralRefusal.NOTHING_CHOSEN,
        _l("No booth is chosen. Choose booths on the plan or in the list first."),
    ),
    (
        SeveralRefusal.TOO_MANY,
        _l("More than %(most)s booths are chosen. Choose fewer, and do the rest afterwards."),
    ),
    (
        SeveralRefusal.NO_ACT,
        _l("Nothing says what to do with the booths. Press one of the buttons below them."),
    ),
    (
        SeveralRefusal.NOT_IN_A_ROW,
        _l("These booths do not stand side by side. Choose booths that share a side, in one hall."),
    ),
    (
        SeveralRefusal.NOBODY_HOLDS_THEM,
        _l("Nobody holds any of these booths. Choose taken booths for this."),
    ),
)
