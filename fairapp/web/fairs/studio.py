"""A hall of a draft as the studio draws it: shapes with their places, and what the check found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.fairs import FloorKind
from fairapp.rules.plan_cures import unsettled
from fairapp.rules.plan_figures import LintFinding, figures_of
from fairapp.rules.plan_lint import lint_hall
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, PlanDraft
from fairapp.store.base import reading
from fairapp.store.plan_power import watts_by_booth
from fairapp.web.access import current_fair

NAMED = 6
Shape = dict[str, Any]

AREAS = (
    FacilityKind.STAGE,
    FacilityKind.CATERING,
    FacilityKind.TOILET,
    FacilityKind.OFFICE,
    FacilityKind.STORE,
    FacilityKind.WALL,
    FacilityKind.PILLAR,
    FacilityKind.ZONE,
    FacilityKind.PAVILION,
)
DOORS = (FacilityKind.ENTRANCE, FacilityKind.EXIT, FacilityKind.POWER, FacilityKind.WATER)


def shapes_of(draft: PlanDraft, hall: str) -> tuple[list[Shape], dict[int, int]]:
    """The shapes of a hall in the order of drawing, and the place of each number among them."""
    shapes: list[Shape] = []
    places: dict[int, int] = {}
    for outline in draft.halls:
        if outline.name == hall and outline.rings:
            shapes.append({"id": "hall", "kind": "hall", "code": "", "rings": outline.rings})
    things: list[Facility | BoothOutline] = [each for each in draft.facilities if each.hall == hall]
    for thing in (*things, *draft.booths_of(hall)):
        places[thing.number] = len(shapes)
        shapes.append(_facility(thing) if isinstance(thing, Facility) else _booth(thing))
    return shapes, places


def looked_at(draft: PlanDraft, hall: str) -> tuple[LintFinding, ...]:
    """What the check finds in a hall, by the fair's figures and by what is asked and ordered there."""
    fair = current_fair()
    figures = figures_of(fair.settings.get("plan", {}))
    outline = next((each for each in draft.halls if each.name == hall), None)
    if outline is None:
        return ()
    asked = watts_by_booth(reading(), fair.id)
    watts = {booth.number: asked.get((hall, booth.code), 0.0) for booth in draft.booths_of(hall)}
    return lint_hall(draft, outline, figures, watts)


def found_in(draft: PlanDraft, hall: str, places: Mapping[int, int]) -> list[dict[str, Any]]:
    """What is to settle and what is to look at in a hall: the places of its shapes, a sentence, lines."""
    from fairapp.adapters.plans.measuring import survey  # a geometry library: only here

    outline = next((each for each in draft.halls if each.name == hall), None)
    if outline is None:
        return []
    alone = PlanDraft(
        (outline,), draft.booths_of(hall), tuple(each for each in draft.facilities if each.hall == hall)
    )
    rows = [
        {
            "at": _placed((one.number, *one.others), places),
            "words": phrase(one.fault, **{**one.facts, "code": one.code or f"#{one.number}"}),
            "lines": [],
        }
        for one in unsettled(alone, survey(alone))
    ]
    for each in looked_at(alone, hall):
        numbers = (each.facility, *each.numbers) if each.facility else each.numbers
        rows.append({"at": _placed(numbers, places), "words": lint_words(each), "lines": each.lines})
    return rows


def lint_words(finding: LintFinding) -> str:
    """A finding and its cure, in a sentence or two; many booths are named by the first few."""
    facts = {name: _said(value) for name, value in finding.facts}
    return phrase(finding.lint, codes=short_list(finding.codes), **facts)


def short_list(codes: Iterable[str]) -> str:
    """A01, A02 … and 12 more."""
    listed = [code for code in codes if code]
    more = len(listed) - NAMED
    if more <= 0:
        return ", ".join(listed)
    return _("%(codes)s and %(count)s others", codes=", ".join(listed[:NAMED]), count=more)


def words_of_studio() -> dict[str, Any]:
    """What the studio says in the browser."""
    kinds = {kind.value: phrase(kind) for kind in FacilityKind}
    return {
        "kinds": {**kinds, "booth": _("Booth"), "hall": _("Outline of the hall")},
        "moved": _("Moved"),
        "turned": _("Turned"),
        "duplicated": _("Duplicated"),
        "removed": _("Taken off the plan"),
        "split": _("Split in two"),
        "merged": _("Made one booth"),
        "added": _("Drawn"),
        "changed": _("Changed on the plan"),
        "rowsAdded": _("Rows laid out"),
        "undone": _("Undone"),
        "redone": _("Done again"),
        "nothingToUndo": _("There is nothing to undo."),
        "nothingToRedo": _("There is nothing to do again."),
        "chooseFirst": _("Choose something on the plan first."),
        "cannotSplit": _("Only a booth with four corners can be split. Choose one."),
        "cannotMerge": _("Choose booths that stand wall to wall, without a gap."),
        "badNumber": _("Write a number of metres."),
        "codesTaken": _("These numbers are taken. Begin with another letter or number:"),
        "saved": _("The drawing is saved."),
        "allSaved": _("Saved"),
        "unsaved": _("Not saved yet"),
        "notSaved": _("The drawing could not be saved. It stays here: try again in a moment."),
        "penBegins": _("Arrows move the cross, space sets a corner, Enter finishes, Escape lets go."),
        "penFirst": _("The first corner is set. Go to the opposite one and press space."),
        "twoPoints": _("Write how far apart the two points are."),
        "scaleNeeds": _("Choose two points of the picture and write the metres between them."),
        "scaled": _("The picture is scaled. Press “Keep it like this” to keep it."),
        "nothingFound": _("Nothing found. The hall can be put in force."),
    }


def _placed(numbers: Iterable[int], places: Mapping[int, int]) -> list[int]:
    return [places[number] for number in numbers if number in places]


def _said(value: Any) -> str:
    return formats.number(value) if isinstance(value, int | float) else str(value)


def _facility(facility: Facility) -> Shape:
    shape: Shape = {
        "id": f"n{facility.number}",
        "kind": facility.kind.value,
        "code": facility.label,
        "rings": facility.rings,
    }
    return shape | ({"amount": facility.amount} if facility.amount else {})


def _booth(booth: BoothOutline) -> Shape:
    shape: Shape = {"id": f"n{booth.number}", "kind": "booth", "code": booth.code, "rings": booth.rings}
    shape |= {"raw": True} if booth.kind is FloorKind.RAW_SPACE else {}
    shape |= {"zone": booth.zone} if booth.zone else {}
    shape |= {"also": booth.also} if booth.also else {}
    return shape | ({"instead_of": booth.instead_of} if booth.instead_of else {})
