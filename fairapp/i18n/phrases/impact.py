"""What follows from an act, one sentence for each thing."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.impact import Follow, ImpactRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Follow.LEAVES, _l("%(name)s does not take part any more.")),
    (Follow.BOOTHS_FREE, _l("%(name)s gives back: %(codes)s.")),
    (Follow.MOVES, _l("%(name)s moves from %(before)s to %(after)s.")),
    (
        Follow.RESIZED,
        _l("Booth %(code)s of %(name)s has %(area_after)s instead of %(area_before)s."),
    ),
    (
        Follow.CROWDED,
        _l(
            "Companies at the stand of %(name)s: %(count)s. They need %(area_needed)s and have "
            "%(area_there)s: assign more floor, or take a partner back."
        ),
    ),
    (
        Follow.HOLDS_MORE,
        _l("%(name)s holds %(held)s booths and asks for %(asked)s: take back what it gives up."),
    ),
    (Follow.PLACES_LOST, _l("%(name)s loses its place at %(codes)s.")),
    (Follow.PLACES_MOVE, _l("%(name)s moves along from %(before)s to %(after)s.")),
    (Follow.NEIGHBOURS, _l("%(name)s stands no more beside %(others)s of its delegation.")),
    (Follow.BADGES_VOID, _l("Badges of %(name)s that stop being valid: %(count)s.")),
    (
        Follow.BADGES_INSIDE,
        _l("People of %(name)s who have passed a gate with such badges: %(count)s. They cannot pass again."),
    ),
    (
        Follow.BADGES_BEYOND,
        _l("Badges of %(name)s beyond its smaller allotment: %(count)s. They stay valid; no more are named."),
    ),
    (Follow.CATALOGUE_GONE, _l("%(name)s is not in the catalogue and the search any more.")),
    (Follow.CATALOGUE_CHANGES, _l("The catalogue names another place for %(name)s.")),
    (
        Follow.CATALOGUE_MADE,
        _l("A catalogue with %(name)s in it has been made already: make it anew, or print an addendum."),
    ),
    (Follow.CHARGES_END, _l("Charges of %(name)s that end: %(amount)s.")),
    (Follow.SERVICES_END, _l("Services ordered by %(name)s that end: %(count)s.")),
    (Follow.FEE, _l("Cancellation fee for %(name)s: %(amount)s.")),
    (Follow.CREDIT_DUE, _l("Invoiced to %(name)s and to be credited: %(amount)s.")),
    (Follow.REFUND, _l("Paid by %(name)s and to be refunded: %(amount)s.")),
    (Follow.PRICE, _l("The booths of %(name)s cost %(amount_after)s instead of %(amount_before)s.")),
    (Follow.ASKED_PRICE, _l("What is asked for costs %(amount_after)s instead of %(amount_before)s.")),
    (
        Follow.CONTRACT,
        _l("The contract that %(name)s has signed stays as a record; it promises no booth any more."),
    ),
    (Follow.LINE_LEFT, _l("The place on the waiting list is given up.")),
    (Follow.OFFERED, _l("Booth %(code)s is offered to %(name)s, the next on the waiting list.")),
    (
        ImpactRefusal.NOT_AS_SHOWN,
        _l("What follows is not what was shown, so nothing is done. Look at it and confirm."),
    ),
)
