"""Floor plans as values: halls, booth outlines, facilities, what was found wrong, and what changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from fairapp.rules.fairs import BoothForm, FloorKind
from fairapp.rules.geometry import Point, Rings, Spot, as_rings, centroid

BODY_FORMAT = 1


class FacilityKind(StrEnum):
    """What stands in a hall beside booths."""

    ENTRANCE = "entrance"
    EXIT = "exit"
    STAGE = "stage"
    TOILET = "toilet"
    OFFICE = "office"
    STORE = "store"
    CATERING = "catering"
    PILLAR = "pillar"
    WALL = "wall"
    AISLE = "aisle"
    POWER = "power"
    WATER = "water"
    ZONE = "zone"
    PAVILION = "pavilion"
    OTHER = "other"


def form_of(open_sides: int) -> BoothForm:
    """The trade's name for a booth with so many open sides; a booth behind others has none and is inline."""
    names = (BoothForm.INLINE, BoothForm.INLINE, BoothForm.CORNER, BoothForm.PENINSULA, BoothForm.ISLAND)
    return names[max(0, min(open_sides, 4))]


@dataclass(frozen=True, slots=True)
class HallOutline:
    """A hall of the plan, and its walls when the file draws them."""

    name: str
    rings: Rings = ()


@dataclass(frozen=True, slots=True)
class Facility:
    """A thing of the hall that nobody rents: an area, or a point alone.

    ``amount`` is what it gives: kilowatts of a power point; nought where that is not said.
    """

    number: int
    hall: str
    kind: FacilityKind
    label: str
    rings: Rings
    amount: float = 0.0

    @property
    def at(self) -> Point:
        """Where its sign stands."""
        return centroid(self.rings)


@dataclass(frozen=True, slots=True)
class BoothOutline:
    """A booth of the plan. ``number`` is the feature's place in the file and names it within one draft.

    ``also`` are further codes of the same floor (one booth, one claim, several names in lists).
    ``instead_of`` are the codes of booths on whose floor this outline lies: it is kept as an *alternative
    outline*, findable and drawn dashed, and is not let as long as they are.
    """

    number: int
    hall: str
    code: str
    rings: Rings
    area_m2: float
    kind: FloorKind = FloorKind.SHELL_SCHEME
    zone: str | None = None
    open_sides: int = 1
    also: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()

    @property
    def lettable(self) -> bool:
        """The floor is this booth's own, so it may be claimed."""
        return not self.instead_of

    @property
    def form(self) -> BoothForm:
        """Inline, corner, peninsula or island."""
        return form_of(self.open_sides)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code under which lists may name the booth, its own first."""
        return (self.code, *self.also)

    @property
    def spot(self) -> Spot:
        """Where it stands, for finding what is near."""
        x, y = centroid(self.rings)
        return Spot(self.code, self.hall, x, y, self.area_m2)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A whole plan, not yet or already published."""

    halls: tuple[HallOutline, ...]
    booths: tuple[BoothOutline, ...]
    facilities: tuple[Facility, ...] = ()

    def booths_of(self, hall: str) -> tuple[BoothOutline, ...]:
        """The booths of one hall in the file's order."""
        return tuple(booth for booth in self.booths if booth.hall == hall)


def with_halls_of(new: PlanDraft, old: PlanDraft) -> PlanDraft:
    """The new plan with the halls of the old one that it does not hold; numbers stay different."""
    coming = {hall.name for hall in new.halls}
    used = (*(b.number for b in new.booths), *(f.number for f in new.facilities))
    free = max(used, default=0)
    booths = [b for b in old.booths if b.hall not in coming]
    facilities = [f for f in old.facilities if f.hall not in coming]
    return PlanDraft(
        (*(hall for hall in old.halls if hall.name not in coming), *new.halls),
        (*(replace(b, number=free + n) for n, b in enumerate(booths, 1)), *new.booths),
        (
            *(replace(f, number=free + len(booths) + n) for n, f in enumerate(facilities, 1)),
            *new.facilities,
        ),
    )


# --- kept as JSON in floor_plan.body ---


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value


def _dict(thing: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}


def to_json(draft: PlanDraft) -> dict[str, Any]:
    """The plan as plain lists and dicts for a JSON column."""
    return {
        "format": BODY_FORMAT,
        "halls": [_dict(hall) for hall in draft.halls],
        "booths": [_dict(booth) for booth in draft.booths],
        "facilities": facilities_to_json(draft.facilities),
    }


def facilities_to_json(facilities: Iterable[Facility]) -> list[dict[str, Any]]:
    """The facilities alone, as a hall keeps them."""
    return [_dict(facility) for facility in facilities]


def facilities_from_json(raw: Iterable[Mapping[str, Any]]) -> tuple[Facility, ...]:
    """The facilities that ``facilities_to_json`` wrote."""
    return tuple(
        Facility(**{**one, "rings": as_rings(one["rings"]), "kind": FacilityKind(one["kind"])}) for one in raw
    )


def from_json(body: Mapping[str, Any]) -> PlanDraft:
    """The plan that ``to_json`` wrote; ValueError for a format of a later version."""
    if body.get("format") != BODY_FORMAT:
        raise ValueError(f"floor plan format {body.get('format')!r} is not {BODY_FORMAT}")
    booths = (
        BoothOutline(
            **{
                **raw,
                "rings": as_rings(raw["rings"]),
                "kind": FloorKind(raw["kind"]),
                "also": tuple(raw["also"]),
                "instead_of": tuple(raw["instead_of"]),
            }
        )
        for raw in body["booths"]
    )
    halls = (HallOutline(raw["name"], as_rings(raw["rings"])) for raw in body["halls"])
    return PlanDraft(tuple(halls), tuple(booths), facilities_from_json(body["facilities"]))


# --- what a new version changes ---


@dataclass(frozen=True, slots=True)
class BoothChange:
    """One booth that stands in both versions, and the names of the fields that differ."""

    hall: str
    code: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What publishing the new version does, by (hall, code)."""

    added: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    changed: tuple[BoothChange, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(old: PlanDraft, new: PlanDraft) -> PlanDifference:
    """Booths added, removed and changed from the old version to the new one, in the new file's order."""
    before = {(booth.hall, booth.code): booth for booth in old.booths}
    after = {(booth.hall, booth.code): booth for booth in new.booths}
    changed = []
    for key, booth in after.items():
        if key in before:
            # The number only says where the booth stood in its file.
            was = replace(before[key], number=booth.number)
            names = tuple(f.name for f in fields(booth) if getattr(was, f.name) != getattr(booth, f.name))
            if names:
                changed.append(BoothChange(*key, names))
    return PlanDifference(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(changed),
    )
