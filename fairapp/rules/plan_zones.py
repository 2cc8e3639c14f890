"""Zones drawn on a plan: a booth belongs to the zone area in which its middle lies."""

from __future__ import annotations

from dataclasses import replace

from fairapp.rules.geometry import area, centroid
from fairapp.rules.plan_edges import inside
from fairapp.rules.plans import FacilityKind, PlanDraft


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
