"""What the engine is asked and what it answers: rows of equal modules, applicants, pavilions, and a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Placement:
    """The place of a stand (modules from ``start`` on) or of a pavilion (columns from ``start`` on)."""

    row: str
    start: int


@dataclass(frozen=True, slots=True)
class Row:
    """A run of equal modules, numbered from 0.

    ``back_row`` stands back to back with it, module by module. Module m looks across the aisle at module
    m + ``facing_offset`` of ``facing_row``. The last four fields are not part of the public format: ``kind``
    must equal an applicant's own, nobody with one of the marks in ``bars`` may stand here, nobody at all on
    ``blocked`` modules, and ``corners`` says whether the first and the last end are open on a second side.
    """

    id: str
    modules: int
    zone: str | None
    price_band: str
    power: int = 0
    water: bool = False
    back_row: str | None = None
    facing_row: str | None = None
    facing_offset: int = 0
    hall: str = ""
    kind: str = ""
    bars: frozenset[str] = frozenset()
    blocked: frozenset[int] = frozenset()
    corners: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks for ``size`` adjacent modules of one row; ``priority`` is worth that much per module.

    ``wishes`` are rows, the most wanted first. ``extra`` (not in the public format) adds points for standing
    in a row, or takes them: near what they asked to be near, far from what they asked to be far from.
    """

    id: str
    size: int
    group: str
    priority: float
    power: int = 0
    water: bool = False
    wants_corner: bool = False
    budget_band: str = ""
    cluster: str | None = None
    wishes: tuple[str, ...] = ()
    pinned: Placement | None = None
    kind: str = ""
    marks: frozenset[str] = frozenset()
    extra: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Pavilion:
    """A block of ``columns`` adjacent columns of two back-to-back rows."""

    id: str
    columns: int
    priority: float
    pinned: Placement | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What is worth how much. With ``zone_is_hard`` a row with a zone takes that group only."""

    zone_match: float
    band: Mapping[str, float]
    corner: float
    wishes: tuple[float, ...]
    clash_side: float
    clash_facing: float
    zone_is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Instance:
    """One fair to plan; ``price_bands`` run from the cheapest to the dearest."""

    name: str
    price_bands: tuple[str, ...]
    weights: Weights
    rows: Mapping[str, Row]
    applicants: Mapping[str, Applicant]
    pavilions: Mapping[str, Pavilion] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """Who stands where; whoever is not named is on the waiting list."""

    placements: Mapping[str, Placement]
    pavilions: Mapping[str, Placement] = field(default_factory=dict)
