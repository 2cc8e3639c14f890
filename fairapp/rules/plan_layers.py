"""What the layers of a drawing hold, guessed by their names; and what a facility's word means."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from unicodedata import combining, normalize

from fairapp.rules.plans import FacilityKind


class Layer(StrEnum):
    """What everything on a layer is taken for."""

    BOOTHS = "booths"
    RAW_SPACE = "raw_space"
    LABELS = "labels"
    HALL = "hall"
    FACILITIES = "facilities"
    LEFT_OUT = "left_out"


class Unit(StrEnum):
    """What one unit of a drawing is."""

    METRE = "m"
    DECIMETRE = "dm"
    CENTIMETRE = "cm"
    MILLIMETRE = "mm"
    INCH = "in"
    FOOT = "ft"
    YARD = "yd"


METRES: dict[Unit, float] = {
    Unit.METRE: 1.0,
    Unit.DECIMETRE: 0.1,
    Unit.CENTIMETRE: 0.01,
    Unit.MILLIMETRE: 0.001,
    Unit.INCH: 0.0254,
    Unit.FOOT: 0.3048,
    Unit.YARD: 0.9144,
}
# A booth in the middle of all booths is at least a table and at most a large stand.
LIKELY_M2 = (1.5, 400.0)
# What drawings without a unit are mostly drawn in, first to last.
_TRIED = (Unit.METRE, Unit.MILLIMETRE, Unit.CENTIMETRE, Unit.INCH, Unit.FOOT)

_FACILITY_WORDS: dict[str, FacilityKind] = {
    **{kind.value: kind for kind in FacilityKind},
    **dict.fromkeys(("door", "gate", "entry", "cua_vao", "loi_vao", "入口"), FacilityKind.ENTRANCE),
    **dict.fromkeys(
        ("emergency_exit", "fire_exit", "loi_ra", "cua_ra", "thoat_hiem", "loi_thoat_hiem", "出口"),
        FacilityKind.EXIT,
    ),
    **dict.fromkeys(("wc", "toilets", "restroom", "nha_ve_sinh", "ve_sinh"), FacilityKind.TOILET),
    **dict.fromkeys(("info", "organiser", "ban_to_chuc"), FacilityKind.OFFICE),
    **dict.fromkeys(("storage", "kho"), FacilityKind.STORE),
    **dict.fromkeys(("food", "restaurant", "cafe", "am_thuc"), FacilityKind.CATERING),
    **dict.fromkeys(("column", "pillars", "columns", "cot"), FacilityKind.PILLAR),
    **dict.fromkeys(("walls", "tuong"), FacilityKind.WALL),
    **dict.fromkeys(("electricity", "electric", "dien"), FacilityKind.POWER),
    **dict.fromkeys(("nuoc",), FacilityKind.WATER),
    **dict.fromkeys(("san_khau",), FacilityKind.STAGE),
    **dict.fromkeys(("khu",), FacilityKind.ZONE),
    **dict.fromkeys(("aisles", "loi_di"), FacilityKind.AISLE),
}
# The first that fits decides, so what is more particular stands first: a layer of booth numbers is no booth.
_LAYER_WORDS: tuple[tuple[tuple[str, ...], Layer], ...] = (
    (("booth_no", "label", "text", "number", "_no", "so_gian", "name"), Layer.LABELS),
    (("raw", "dat_trong"), Layer.RAW_SPACE),
    (("booth", "stand", "stall", "gian_hang", "shell"), Layer.BOOTHS),
    (("hall", "floor", "outline", "nha_trung_bay"), Layer.HALL),
    (("facilit", "fixture"), Layer.FACILITIES),
)


def plain(word: str) -> str:
    """A word as layers and kinds are compared: no case, no marks, blanks and dashes as underscores."""
    bare = "".join(c for c in normalize("NFKD", word.replace("đ", "d").replace("Đ", "D")) if not combining(c))
    return "_".join(bare.casefold().replace("-", " ").replace("_", " ").split())


def facility_of(word: str) -> FacilityKind | None:
    """The facility that a word names, in English, Vietnamese and as signs say it; None when it is none."""
    return _FACILITY_WORDS.get(plain(word))


def facility_in(layer: str) -> FacilityKind | None:
    """The facility that a layer's name holds: ``A-FIRE-EXIT`` is exits."""
    name = f"_{plain(layer)}_"
    found = [word for word in _FACILITY_WORDS if f"_{word}_" in name or f"_{word}s_" in name]
    return _FACILITY_WORDS[max(found, key=len)] if found else None


def guessed(layer: str) -> Layer | None:
    """What a layer holds by its name; None when the name says nothing."""
    name = plain(layer)
    for words, meaning in _LAYER_WORDS:
        if any(word in name for word in words):
            return meaning
    return Layer.FACILITIES if facility_in(layer) else None


def taken_for(
    shapes: Mapping[str, int], texts: Mapping[str, int], said: Mapping[str, Layer]
) -> dict[str, Layer]:
    """What every layer is taken for: as said, else by its name, else by what it holds.

    ``shapes`` and ``texts`` count closed outlines and words by layer. When no layer is called booths,
    the one with the most outlines is; words are labels wherever they stand, unless a layer of labels exists.
    """
    names = [*shapes, *(name for name in texts if name not in shapes)]
    taken = {name: meant for name in names if (meant := said.get(name) or guessed(name))}
    if not any(meant in (Layer.BOOTHS, Layer.RAW_SPACE) for meant in taken.values()):
        free = [name for name in shapes if name not in taken]
        if most := max(free, key=lambda name: shapes[name], default=None):
            taken[most] = Layer.BOOTHS
    has_labels = any(taken.get(name) is Layer.LABELS for name in texts)
    for name in names:
        is_wordy = name in texts and name not in shapes
        taken.setdefault(name, Layer.LABELS if is_wordy and not has_labels else Layer.LEFT_OUT)
    return taken


def likely_units(median_area: float) -> tuple[Unit, ...]:
    """The units in which a booth of so many square units is as large as a booth, likeliest first."""
    least, most = LIKELY_M2
    return tuple(unit for unit in _TRIED if least <= median_area * METRES[unit] ** 2 <= most)


def parse_layers(text: str) -> dict[str, Layer]:
    """``A-WALL=left_out, STANDS=booths`` as a mapping; ValueError with the part that cannot be read."""
    found: dict[str, Layer] = {}
    for part in filter(None, (each.strip() for each in text.replace("\n", ",").split(","))):
        name, sign, meaning = part.rpartition("=")
        if not sign or not name.strip() or meaning.strip() not in set(Layer):
            raise ValueError(part)
        found[name.strip()] = Layer(meaning.strip())
    return found


def said_of(taken: Iterable[tuple[str, Layer]]) -> str:
    """The mapping as ``parse_layers`` reads it."""
    return ", ".join(f"{name}={meant.value}" for name, meant in taken)
