"""What may be wrong with a floor plan, and what may be decided about it, as values."""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from fairapp.rules.geometry import Rings


class PlanTrouble(StrEnum):
    """Why a file cannot be read as a plan at all."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_JSON = "not_json"
    BAD_NUMBER = "bad_number"
    TOO_DEEP = "too_deep"
    NOT_GEOJSON = "not_geojson"
    TOO_MANY_FEATURES = "too_many_features"
    DEGREES = "degrees"
    NOT_METRES = "not_metres"
    NO_BOOTHS = "no_booths"
    NOT_A_PLAN_FILE = "not_a_plan_file"
    NOT_XML = "not_xml"
    ENTITIES = "entities"
    NOT_DXF = "not_dxf"
    BINARY_DXF = "binary_dxf"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_WRONG = "unit_wrong"


class Fault(StrEnum):
    """What is wrong with one feature."""

    # refused: the feature does not enter the draft
    NOT_A_FEATURE = "not_a_feature"
    WRONG_GEOMETRY = "wrong_geometry"
    TOO_MANY_POINTS = "too_many_points"
    BAD_COORDINATE = "bad_coordinate"
    NO_AREA = "no_area"
    BAD_TEXT = "bad_text"
    # marked: in the draft, and to be settled before publishing
    CODE_MISSING = "code_missing"
    CODE_REPEATED = "code_repeated"
    CROSSES_ITSELF = "crosses_itself"
    OVERLAPS = "overlaps"
    # noted: taken as it is, worth a look
    HALL_MISSING = "hall_missing"
    AREA_DIFFERS = "area_differs"
    KIND_UNKNOWN = "kind_unknown"


class Weight(StrEnum):
    """What a finding means for the feature."""

    REFUSED = "refused"
    MARKED = "marked"
    NOTED = "noted"


_MARKED = {Fault.CODE_MISSING, Fault.CODE_REPEATED, Fault.CROSSES_ITSELF, Fault.OVERLAPS}
_NOTED = {Fault.HALL_MISSING, Fault.AREA_DIFFERS, Fault.KIND_UNKNOWN}


class Cure(StrEnum):
    """What an organiser may decide about a marked booth."""

    RECODE = "recode"  # give it another code
    SAME_BOOTH = "same_booth"  # two codes, one floor: the code moves to the other booth's further codes
    ALTERNATIVE = "alternative"  # keep it as an alternative outline that is not let
    REDRAW = "redraw"  # take the outline proposed: repaired, or less the floor of the others
    LEAVE_OUT = "leave_out"  # do not take it into the plan


CHOICES: dict[Fault, tuple[Cure, ...]] = {
    Fault.CODE_MISSING: (Cure.RECODE, Cure.LEAVE_OUT),
    Fault.CODE_REPEATED: (Cure.RECODE, Cure.LEAVE_OUT),
    Fault.CROSSES_ITSELF: (Cure.REDRAW, Cure.LEAVE_OUT),
    Fault.OVERLAPS: (Cure.SAME_BOOTH, Cure.ALTERNATIVE, Cure.REDRAW, Cure.LEAVE_OUT),
}
"""What may be chosen for each trouble that keeps a plan from being published."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """One decision about the booth ``number``; the fields after it belong to the cure."""

    number: int
    cure: Cure
    code: str = ""
    others: tuple[int, ...] = ()
    rings: Rings = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: which feature, what is wrong, with which others, and the cure proposed."""

    number: int
    fault: Fault
    hall: str = ""
    code: str = ""
    others: tuple[int, ...] = ()
    other_codes: tuple[str, ...] = ()
    proposed: Settlement | None = None

    @property
    def weight(self) -> Weight:
        """Refused, marked or noted."""
        if self.fault in _MARKED:
            return Weight.MARKED
        return Weight.NOTED if self.fault in _NOTED else Weight.REFUSED

    @property
    def facts(self) -> dict[str, str]:
        """What the sentences about the finding and its cure need."""
        new_code = self.proposed.code if self.proposed else ""
        return {"code": self.code, "others": ", ".join(self.other_codes), "new_code": new_code}


@dataclass(frozen=True, slots=True)
class Overlap:
    """Floor that two booths of one hall both claim."""

    first: int
    second: int
    area_m2: float


@dataclass(frozen=True, slots=True)
class Survey:
    """What measuring a draft gave (``adapters.plans.survey``): values for the rules below.

    ``repairs`` holds a sound outline for every self-crossing one (empty: cannot be repaired);
    ``covered`` the share of a booth's floor that smaller overlapping booths take, and what is left of it.
    """

    overlaps: tuple[Overlap, ...] = ()
    repairs: tuple[tuple[int, Rings], ...] = ()
    covered: tuple[tuple[int, float, Rings], ...] = ()


def folded(code: str) -> str:
    """A code as lists compare it: width, case and blanks do not tell two booths apart."""
    return "".join(normalize("NFKC", code).casefold().split())
