"""Make the web fonts: Be Vietnam Pro as a WOFF2 per weight, its digits on one width, other scripts sliced."""

import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

from fonts_world import write_world
from fontTools import subset
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold", 800: "ExtraBold"}
DIGITS = range(0x30, 0x3A)


def reduce(font: TTFont, codes: set[int], features: list[str]) -> None:
    """Keep only these code points and layout features."""
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)


def align_digits(font: TTFont) -> None:
    """Put 0-9 on one advance width: the mean one, unless the widest digit would touch its neighbours."""
    names = [font.getBestCmap()[code] for code in DIGITS]
    glyphs, outlines, metrics = font.getGlyphSet(), font["glyf"], font["hmtx"]
    ink = {}
    for name in names:
        pen = BoundsPen(glyphs)
        glyphs[name].draw(pen)
        ink[name] = (round(pen.bounds[0]), round(pen.bounds[2]))
    widest = max(right - left for left, right in ink.values())
    width = max(round(sum(metrics[name][0] for name in names) / len(names)), widest + 10)
    for name in names:
        left, right = ink[name]
        start = (width - (right - left)) // 2
        glyph = outlines[name]
        glyph.coordinates.translate((start - left, 0))
        glyph.recalcBounds(outlines)
        metrics[name] = (width, start)


def rename(font: TTFont, family: str) -> None:
    """Give the face a family name of its own, so that nobody takes it for the whole font."""
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = family
        elif record.nameID == 6:
            record.string = family.replace(" ", "")


def main(out: Path) -> None:
    """Write every face and the licence into ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    package = files("fontpkg_be_vietnam_pro")
    for weight, style in WEIGHTS.items():
        with as_file(package / "files" / f"BeVietnamPro-{style}.ttf") as source:
            text, digits = TTFont(source), TTFont(source)
        reduce(text, set(text.getBestCmap()), ["ccmp", "kern", "liga", "locl", "mark", "mkmk"])
        reduce(digits, set(DIGITS), [])
        align_digits(digits)
        rename(digits, "BVP Tabular")
        for font, name in ((text, "be-vietnam-pro"), (digits, "bvp-tabular")):
            font.flavor = "woff2"
            font.save(out / f"{name}-{weight}.woff2")
    with as_file(package / "LICENSE") as licence:
        shutil.copyfile(licence, out / "OFL.txt")
    write_world(out)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
