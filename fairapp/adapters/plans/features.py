"""Features of a plan, whatever file they came from: checked one by one, taken or refused with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isfinite
from statistics import median
from typing import Any

from fairapp.adapters.plans.reading import PlanUnreadable, clean_text
from fairapp.rules.fairs import FloorKind
from fairapp.rules.geometry import Ring, Rings, area, signed_area, without_needless_points
from fairapp.rules.plan_findings import Fault, Finding, PlanTrouble
from fairapp.rules.plan_layers import Layer, Unit, facility_of
from fairapp.rules.plans import BoothOutline, Facility, FacilityKind, HallOutline, PlanDraft

MAX_FEATURES = 10_000
MAX_RINGS = 20
MAX_POINTS = 1_000
MAX_METRES = 100_000.0
MAX_CODE = 64
MAX_HALL = 40
MAX_ZONE = 60
MAX_NAME = 80
MAX_CODES = 50
MAX_KW = 10_000.0
SMALLEST_M2 = 0.05
LIKELY_LARGEST_BOOTH_M2 = 5_000.0
DEFAULT_HALL = "1"


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What a file holds: the draft, and what was refused, marked or noted while reading."""

    draft: PlanDraft
    findings: tuple[Finding, ...]
    unit: Unit = Unit.METRE
    layers: tuple[tuple[str, Layer], ...] = ()

    @property
    def reading(self) -> dict[str, Any]:
        """How a drawing was understood, for whoever looks at the draft."""
        if not self.layers:
            return {}
        return {"unit": self.unit.value, "layers": [[name, meant.value] for name, meant in self.layers]}

    @property
    def refused(self) -> tuple[Finding, ...]:
        """The features that did not enter the draft."""
        return tuple(finding for finding in self.findings if finding.weight == "refused")


class _Refusal(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


@dataclass(slots=True)
class _Reader:
    """Collects while walking over the features."""

    default_hall: str
    halls: dict[str, Rings] = field(default_factory=dict)
    booths: list[BoothOutline] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def take(self, number: int, feature: Any) -> None:
        """Add one feature to the plan, or a finding that says why it was refused."""
        properties = feature.get("properties") if isinstance(feature, dict) else None
        properties = properties if isinstance(properties, dict) else {}
        hall = code = ""
        try:
            hall, code = _name(properties, "hall", MAX_HALL), _name(properties, "code", MAX_CODE)
            if not isinstance(feature, dict) or feature.get("type") != "Feature":
                raise _Refusal(Fault.NOT_A_FEATURE)
            kind = _name(properties, "kind", MAX_NAME).casefold().replace(" ", "_").replace("-", "_")
            rings = _outline(feature.get("geometry"), point_is_enough=kind not in _BOOTH_WORDS)
            self._sort_in(number, hall or self.default_hall, code, kind, rings, properties)
            if not hall:
                self.findings.append(Finding(number, Fault.HALL_MISSING, self.default_hall, code))
        except _Refusal as refusal:
            self.findings.append(Finding(number, refusal.fault, hall, code))

    def _sort_in(
        self, number: int, hall: str, code: str, kind: str, rings: Rings, properties: Mapping[str, Any]
    ) -> None:
        if kind in ("hall", "hall_outline", "floor"):
            self.halls[hall] = rings
            return
        if kind not in _BOOTH_WORDS:
            self._facility(number, hall, code, kind, rings, properties.get("amount"))
        else:
            self._booth(number, hall, code, kind, rings, properties)
        self.halls.setdefault(hall, ())

    def _booth(
        self, number: int, hall: str, code: str, kind: str, rings: Rings, properties: Mapping[str, Any]
    ) -> None:
        zone = _name(properties, "zone", MAX_ZONE) or _name(properties, "pavilion", MAX_ZONE) or None
        wanted = _name(properties, "booth_kind", MAX_NAME) or (kind if kind != "booth" else "")
        booth_kind = FloorKind.RAW_SPACE if wanted in ("raw_space", "raw") else FloorKind.SHELL_SCHEME
        if wanted not in ("", "shell_scheme", "shell", "raw_space", "raw"):
            self.findings.append(Finding(number, Fault.KIND_UNKNOWN, hall, code))
        measured = round(area(rings), 2)
        stated = properties.get("area_m2")
        if isinstance(stated, int | float) and not _is_about(stated, measured):
            self.findings.append(Finding(number, Fault.AREA_DIFFERS, hall, code))
        also, instead_of = (_codes(properties, key) for key in ("also", "instead_of"))
        self.booths.append(
            BoothOutline(
                number, hall, code, rings, measured, booth_kind, zone, also=also, instead_of=instead_of
            )
        )

    def _facility(self, number: int, hall: str, code: str, kind: str, rings: Rings, amount: Any) -> None:
        known = facility_of(kind)
        meant = known or FacilityKind.OTHER
        if not known:
            self.findings.append(Finding(number, Fault.KIND_UNKNOWN, hall, code or kind))
        label = code or ("" if known else kind.replace("_", " "))
        kw = float(amount) if _is_metres(amount) and 0 <= amount <= MAX_KW else 0.0
        self.facilities.append(Facility(number, hall, meant, label, rings, kw))


_BOOTH_WORDS = ("", "booth", "stand", "stall", "shell_scheme", "raw_space")


def read_features(features: Sequence[Any], default_hall: str) -> PlanFile:
    """Take every GeoJSON feature, in metres with y down; PlanUnreadable when they make no plan."""
    read = take_features(features, default_hall)
    booths = read.draft.booths
    if not booths:
        raise PlanUnreadable(PlanTrouble.NO_BOOTHS, refused=len(read.findings))
    if median(booth.area_m2 for booth in booths) > LIKELY_LARGEST_BOOTH_M2:
        raise PlanUnreadable(PlanTrouble.NOT_METRES)
    return read


def take_features(features: Sequence[Any], default_hall: str) -> PlanFile:
    """Take every feature, of a plan that may still be empty."""
    if len(features) > MAX_FEATURES:
        raise PlanUnreadable(PlanTrouble.TOO_MANY_FEATURES, count=len(features), limit=MAX_FEATURES)
    reader = _Reader(default_hall)
    for number, feature in enumerate(features, start=1):
        reader.take(number, feature)
    halls = tuple(HallOutline(name, rings) for name, rings in reader.halls.items())
    draft = PlanDraft(halls, tuple(reader.booths), tuple(reader.facilities))
    return PlanFile(draft, tuple(reader.findings))


def _name(properties: Mapping[str, Any], key: str, limit: int) -> str:
    text = clean_text(properties.get(key), limit)
    if text is None:
        raise _Refusal(Fault.BAD_TEXT)
    return text


def _codes(properties: Mapping[str, Any], key: str) -> tuple[str, ...]:
    raw = properties.get(key) or []
    if not isinstance(raw, list) or len(raw) > MAX_CODES:
        raise _Refusal(Fault.BAD_TEXT)
    codes = [clean_text(code, MAX_CODE) for code in raw]
    if not all(codes):
        raise _Refusal(Fault.BAD_TEXT)
    return tuple(code for code in codes if code)


def _outline(geometry: Any, point_is_enough: bool) -> Rings:
    if not isinstance(geometry, dict):
        raise _Refusal(Fault.WRONG_GEOMETRY)
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind == "Point" and point_is_enough:
        return (_corners([coordinates]),)
    if kind == "MultiPolygon" and isinstance(coordinates, list) and len(coordinates) == 1:
        kind, coordinates = "Polygon", coordinates[0]
    if kind != "Polygon" or not isinstance(coordinates, list) or not coordinates:
        raise _Refusal(Fault.WRONG_GEOMETRY)
    if len(coordinates) > MAX_RINGS:
        raise _Refusal(Fault.TOO_MANY_POINTS)
    rings = tuple(_ring(raw) for raw in coordinates)
    if _looks_flat(rings):
        raise _Refusal(Fault.NO_AREA)
    return rings


def _ring(raw: Any) -> Ring:
    ring = without_needless_points(_corners(raw))
    if len(ring) < 3:
        raise _Refusal(Fault.NO_AREA)
    return ring


def _corners(raw: Any) -> Ring:
    if not isinstance(raw, list) or not raw:
        raise _Refusal(Fault.WRONG_GEOMETRY)
    if len(raw) > MAX_POINTS:
        raise _Refusal(Fault.TOO_MANY_POINTS)
    corners = []
    for corner in raw:
        if not isinstance(corner, list) or not 2 <= len(corner) <= 4:
            raise _Refusal(Fault.WRONG_GEOMETRY)
        if not all(_is_metres(value) for value in corner[:2]):
            raise _Refusal(Fault.BAD_COORDINATE)
        corners.append((round(float(corner[0]), 3), round(float(corner[1]), 3)))
    return tuple(corners)


def _is_metres(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= 10 * MAX_METRES and isfinite(value)


def _is_about(stated: float, measured: float) -> bool:
    """Whether a stated area is the measured one, but for what rounding and a thick pen make of it."""
    return _is_metres(stated) and abs(stated - measured) <= max(0.1, 0.02 * measured)


def _looks_flat(rings: Rings) -> bool:
    """No floor inside; a figure of eight has some, though its two halves cancel in the formula."""
    if area(rings) >= SMALLEST_M2:
        return False
    halves = (abs(signed_area((rings[0][0], a, b))) for a, b in pairwise(rings[0][1:]))
    return sum(halves) < SMALLEST_M2
