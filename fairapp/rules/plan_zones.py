"""Zones drawn on a plan: a booth belongs to the zone area in which its middle lies."""

from __future__ import annotations

import re
from dataclasses import replace

from fairapp.rules.geometry import area, centroid
from fairapp.rules.plan_edges import inside
from fairapp.rules.plans import FacilityKind, PlanDraft

_LETTERS = re.compile(r"([^\W\d_]{1,3})[\W_]*\d")


def by_letters(draft: PlanDraft) -> PlanDraft:
    """The draft with every booth without a zone in the one its code's first letters call: AB12 is in AB."""
    return replace(
        draft,
        booths=tuple(
            replace(booth, zone=found[1].upper())
            if booth.zone is None and (found := _LETTERS.match(booth.code))
            else booth
            for booth in draft.booths
        ),
    )


def with_zones(draft: PlanDraft) -> PlanDraft:
    """The draft with every booth in the smallest named zone area around it; others keep what they had."""
    areas = sorted(
        (each for each in draft.facilities if each.kind is FacilityKind.ZONE and each.label),
        key=lambda each: area(each.rings) if len(each.rings[0]) > 2 else 0.0,
    )
    if not areas:
        return draft
    booths = []
    for booth in draft.booths:
        middle = centroid(booth.rings)
        zone = next((each for each in areas if each.hall == booth.hall and inside(each.rings, middle)), None)
        booths.append(replace(booth, zone=zone.label[:60]) if zone else booth)
    return replace(draft, booths=tuple(booths))
