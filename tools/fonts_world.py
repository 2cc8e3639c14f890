"""Make the web fonts for names in other scripts: slices that a browser loads when a page shows their letters.

The faces of a reader's own machine come first (``--font-world`` in ``tokens.css``), then these.
One weight is kept, bolder ones are thickened by the browser. WOFF packs a slice in 15 ms, WOFF2 in 200.
"""

import io
from collections.abc import Iterable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import uharfbuzz as hb
from fontTools.ttLib import TTFont

WEIGHT = 500.0
FAMILY, BEHIND = "Noto World", "Noto World Behind"
"""Where the first family has a letter's slice but not the letter, the browser looks into the second."""
SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew",
    "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip
BEYOND_LATIN = range(0x0530, 0xFE00)
JOINING = {0x20, 0x200C, 0x200D, 0x25CC}
"""Blank, joiners and the dotted circle, which stand among the letters of many scripts."""
HAN = ((0x2E80, 0xA000), (0xF900, 0xFB00), (0xFF00, 0x10000))
IDEOGRAPHS = ((0x4E00, 0xA000),)
HANGUL = ((0x3130, 0x3190), (0xAC00, 0xD800))
SLICE = 256


def at_one_weight(source: Path, codes: set[int] | None = None) -> hb.Face:
    """The face at the one weight, with these of its letters (None: those of its script)."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    asked = hb.SubsetInput()
    asked.pin_axis_location(face, "wght", WEIGHT)
    asked.unicode_set.update(set(face.unicodes) if codes is None else codes)
    return hb.subset(face, asked)


def packed(face: hb.Face, codes: Iterable[int]) -> bytes:
    """These letters of the face as a web font."""
    asked = hb.SubsetInput()
    asked.unicode_set.update(codes)
    font, out = TTFont(io.BytesIO(hb.subset(face, asked).blob.data)), io.BytesIO()
    font.flavor = "woff"
    font.save(out)
    return out.getvalue()


def ranges_of(codes: Iterable[int]) -> str:
    """The code points as CSS writes them."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ",".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in found)


def slices(codes: set[int]) -> Iterator[tuple[int, set[int]]]:
    """The code points by block, each with where its block begins."""
    for start in sorted({code - code % SLICE for code in codes}):
        yield start, {code for code in codes if code - code % SLICE == start}


def within(codes: Iterable[int], bounds: Iterable[tuple[int, int]]) -> set[int]:
    """Those of the code points that lie in one of the stretches."""
    return {code for code in codes for first, behind in bounds if first <= code < behind}


def rule(family: str, name: str, where: str) -> str:
    """The style sheet's line about one slice."""
    return (
        f'@font-face{{font-family:"{family}";font-weight:{WEIGHT:.0f};font-display:swap;'
        f'src:url("world/{name}.woff") format("woff");unicode-range:{where}}}\n'
    )


def write_world(out: Path) -> None:
    """Write every slice into ``out``/world, and ``out``/world.css that says which letters are where."""
    (out / "world").mkdir(parents=True, exist_ok=True)
    rules = []
    for script in SCRIPTS:
        with as_file(files("manimgx_fonts") / f"NotoSans{script}[wght].ttf") as source:
            face = at_one_weight(source)
        codes = {code for code in face.unicodes if code in BEYOND_LATIN}
        (out / "world" / f"{script.lower()}.woff").write_bytes(
            packed(face, codes | {0x20, 0x200C, 0x200D, 0x25CC})
        )
        rules.append(rule(FAMILY, script.lower(), ranges_of(codes)))
    had: set[int] = set()
    folder = files("justmytype_intl_cjk") / "fonts" / "ofl"
    for name, family, bounds in (("jp", FAMILY, HAN), ("kr", FAMILY, HANGUL), ("sc", BEHIND, IDEOGRAPHS)):
        with as_file(folder / f"notosans{name}" / f"NotoSans{name.upper()}[wght].ttf") as source:
            codes = within(hb.Face(hb.Blob.from_file_path(str(source))).unicodes, bounds) - had
            face = at_one_weight(source, codes)
        had |= codes
        for start, block in slices(codes):
            (out / "world" / f"{name}-{start:04x}.woff").write_bytes(packed(face, block))
            where = ranges_of(block) if name == "kr" else f"U+{start:X}-{start + SLICE - 1:X}"
            rules.append(rule(family, f"{name}-{start:04x}", where))
    (out / "world.css").write_text("".join(rules))
