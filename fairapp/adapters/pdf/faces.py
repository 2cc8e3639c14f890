"""The typefaces of print: which there are, in which order a letter looks for one, opened once per process."""

import importlib.util
from functools import cached_property, lru_cache
from pathlib import Path

import uharfbuzz as hb

LATIN = "BeVietnamPro"
NOTO = "NotoSans"
_STYLES = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
_SCRIPTS = (
    "NotoSans",
    *(
        f"NotoSans{script}"
        for script in [
            "Thai",
            "Lao",
            "Khmer",
            "Myanmar",
            "Devanagari",
            "Arabic",
            "Hebrew",
            "Bengali",
            "Tamil",
            "Telugu",
            "Gujarati",
            "Gurmukhi",
            "Kannada",
            "Malayalam",
            "Oriya",
            "Sinhala",
            "Georgian",
            "Armenian",
            "Ethiopic",
            "Symbols",
        ]
    ),
    "NotoEmoji",
)
_CJK = {
    "ja": "NotoSansJP",
    "zh": "NotoSansSC",
    "ko": "NotoSansKR",
    "zh-Hant": "NotoSansTC",
    "zh-TW": "NotoSansTC",
}
Point = tuple[float, float]
_CJK_ORDER = ("NotoSansJP", "NotoSansSC", "NotoSansKR", "NotoSansTC")


class Face:
    """One family in one weight: shapes through ``font``, and knows which characters it has."""

    def __init__(self, family: str, weight: int) -> None:
        self.family = family
        self.weight = weight
        self.source, self.characters = _source(_path(family, weight))
        self.upem = self.source.upem
        self.is_variable = self.source.has_var_data
        self.font = hb.Font(self.source)
        if self.is_variable:
            self.font.set_variations({"wght": float(weight)})
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender / self.upem
        self.descent = extents.descender / self.upem
        self._outlines: dict[int, str] = {}

    @property
    def name(self) -> str:
        """The PostScript name the PDF gives it."""
        return f"{self.family}-{_STYLES[self.weight]}"

    @cached_property
    def letters(self) -> frozenset[str]:
        """The characters it has, as text."""
        return frozenset(map(chr, self.characters))

    @cached_property
    def cap_height(self) -> float:
        """Height of the letter H in ems, or a usual one where the face has none."""
        glyph = self.font.get_nominal_glyph(ord("H"))
        box = self.font.get_glyph_extents(glyph) if glyph else None
        return box.y_bearing / self.upem if box else 0.7

    def outline(self, glyph: int) -> str:
        """The glyph's outline as PDF path operators in font units."""
        if glyph not in self._outlines:
            pen = _PathPen()
            self.font.draw_glyph_with_pen(glyph, pen)
            self._outlines[glyph] = " ".join(pen.operators)
        return self._outlines[glyph]

    def subset(self, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
        """A TrueType file of these glyphs only, in this weight, and the new number of every old one."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING
        wanted.drop_table_tag_set.update(_tag(name) for name in _NEEDLESS)
        if self.is_variable:
            wanted.pin_all_axes_to_default(self.source)
            wanted.pin_axis_location(self.source, "wght", float(self.weight))
        plan = hb.SubsetPlan(self.source, wanted)
        mapping = plan.old_to_new_glyph_mapping
        renumbered = {glyph: mapping[glyph] for glyph in glyphs}
        return bytes(plan.execute().blob.data), renumbered


class _PathPen:
    """Takes an outline as HarfBuzz draws it, and keeps it as PDF operators."""

    def __init__(self) -> None:
        self.operators: list[str] = []
        self._at = (0.0, 0.0)

    def moveTo(self, point: Point) -> None:  # noqa: N802 - the names of the pen protocol
        self._add(point, f"{point[0]:g} {point[1]:g} m")

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._add(point, f"{point[0]:g} {point[1]:g} l")

    def qCurveTo(self, control: Point, point: Point) -> None:  # noqa: N802
        first, second = (
            (end[0] + 2 / 3 * (control[0] - end[0]), end[1] + 2 / 3 * (control[1] - end[1]))
            for end in (self._at, point)
        )
        self.curveTo(first, second, point)

    def curveTo(self, first: Point, second: Point, point: Point) -> None:  # noqa: N802
        curve = " ".join(f"{value:.1f}".removesuffix(".0") for value in (*first, *second, *point))
        self._add(point, f"{curve} c")

    def closePath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def endPath(self) -> None:  # noqa: N802
        self.operators.append("h")

    def _add(self, point: Point, operator: str) -> None:
        self._at = point
        self.operators.append(operator)


_NEEDLESS = [
    "GSUB",
    "GPOS",
    "GDEF",
    "STAT",
    "name",
    "post",
    "DSIG",
    "BASE",
    "vhea",
    "vmtx",
    "VORG",
    "gasp",
    "cmap",
    "OS/2",
    "meta",
]


def _tag(name: str) -> int:
    return int.from_bytes(name.ljust(4).encode(), "big")


@lru_cache(maxsize=64)
def face(family: str, weight: int) -> Face:
    """The face of a family in one of the weights 400, 500, 600, 700, 800."""
    return Face(family, weight)


def families(lang: str, character: str) -> tuple[str, ...]:
    """The families to ask for a character, the best first; languages decide between the forms of Han
    letters."""
    first = _CJK.get(lang) or _CJK.get(lang.partition("-")[0])
    cjk = (first, *(each for each in _CJK_ORDER if each != first)) if first else _CJK_ORDER
    code = ord(character)
    if 0x1100 <= code < 0x1200 or 0x2E80 <= code < 0xD7FC or 0xF900 <= code < 0xFB00:
        return cjk
    if 0xFF00 <= code < 0xFFF0 or 0x20000 <= code < 0x32000:
        return cjk
    return (LATIN, *_SCRIPTS, *cjk)


@lru_cache(maxsize=64)
def _source(path: Path) -> tuple[hb.Face, frozenset[int]]:
    source = hb.Face(hb.Blob.from_file_path(str(path)))
    return source, frozenset(source.unicodes)


def _path(family: str, weight: int) -> Path:
    if family == LATIN:
        return _package("fontpkg_be_vietnam_pro") / "files" / f"{family}-{_STYLES[weight]}.ttf"
    if family in _CJK_ORDER:
        return _package("justmytype_intl_cjk") / "fonts" / "ofl" / family.lower() / f"{family}[wght].ttf"
    return _package("manimgx_fonts") / f"{family}[wght].ttf"


@lru_cache
def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the fonts of the package {name} are not installed")
    return Path(spec.origin).parent
