"""From text to glyphs: bidirectional levels, places to break, HarfBuzz's glyphs, and what each of them
stands for."""

from functools import lru_cache

import uharfbuzz as hb
from bidi.algorithm import (
    explicit_embed_and_overrides,
    get_base_level,
    get_embedding_levels,
    get_empty_storage,
    resolve_implicit_levels,
    resolve_neutral_types,
    resolve_weak_types,
)
from icu4py.breakers import LineBreaker

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.text import Segment, Shape, Word

Glyph = tuple[int, int, int, int, int]
Encoded = tuple[str, tuple[Shape, ...], float]


def shape(font: Face, text: str, right_to_left: bool, lang: str) -> list[Glyph]:
    """HarfBuzz's glyphs in drawing order as (glyph, cluster, advance, x offset, y offset)."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    if lang:
        buffer.language = lang
    hb.shape(font.font, buffer)
    return [
        (info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def encode(font: EmbeddedFont, text: str, shaped: list[Glyph], right_to_left: bool) -> Encoded:
    """TJ operands, glyphs drawn as shapes (x and y in ems), and the width in ems."""
    if len(shaped) == len(text) and not right_to_left:
        found = _one_by_one(font, text, shaped)
        if found:
            return found
    operands = ["("]
    shapes: list[Shape] = []
    pen = drawn = 0.0
    for glyph, share in zip(shaped, _shares(text, shaped, right_to_left), strict=True):
        number, _, advance, x_offset, y_offset = glyph
        at = pen + x_offset * font.scale
        if share is None:
            if path := font.face.outline(number):
                shapes.append((at / 1000, y_offset / font.face.upem, 1 / font.face.upem, path))
        else:
            if shift := round(drawn - at):
                operands.append(f"){shift}(")
                drawn -= shift
            code = font.code(number, share)
            operands.append(font.shown[code])
            drawn += font.widths[code]
        pen += advance * font.scale
    shift = round(drawn - pen)
    operands.append(f"){shift}" if shift else ")")
    return "".join(operands), tuple(shapes), pen / 1000


def _one_by_one(font: EmbeddedFont, text: str, shaped: list[Glyph]) -> Encoded | None:
    """``encode`` for a glyph for each letter, all of them on the line; nothing for any other text."""
    operands = ["("]
    pen = drawn = 0.0
    scale, widths, code_of, shown = font.scale, font.widths, font.code, font.shown
    for (number, cluster, advance, x_offset, y_offset), place, letter in zip(
        shaped, range(len(text)), text, strict=True
    ):
        if cluster != place or x_offset or y_offset or not advance:
            return None
        if drawn != pen and (shift := round(drawn - pen)):
            operands.append(f"){shift}(")
            drawn -= shift
        code = code_of(number, letter)
        operands.append(shown[code])
        drawn += widths[code]
        pen += advance * scale
    shift = round(drawn - pen)
    operands.append(f"){shift}" if shift else ")")
    return "".join(operands), (), pen / 1000


def _shares(text: str, shaped: list[Glyph], right_to_left: bool) -> list[str | None]:
    """The part of the text every glyph stands for; ``None`` for a glyph that is drawn as a shape and is
    no text.

    Letters of a cluster go to its glyphs in drawing order. Readers of PDFs take a glyph off the line for
    a line of its
    own, and show a code without text as a wrong letter: such glyphs are shapes, and their neighbours bear
    the text.
    """
    clusters = [glyph[1] for glyph in shaped]
    starts = sorted(set(clusters))
    end_of = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    shares: list[str | None] = []
    at = 0
    while at < len(clusters):
        count = 1
        while at + count < len(clusters) and clusters[at + count] == clusters[at]:
            count += 1
        own = text[clusters[at] : end_of[clusters[at]]]
        if right_to_left:
            own = own[::-1]  # readers turn the whole stretch round, letters within one glyph too
        of_cluster = shaped[at : at + count]
        bearers = [
            n for n, (_, _, advance, x, y) in enumerate(of_cluster) if not y and (advance or not x)
        ] or [0]
        bearers = sorted(sorted(bearers, key=lambda place: -of_cluster[place][2])[: len(own)])
        parts: list[str | None] = [None] * count
        for number, place in enumerate(bearers):
            parts[place] = own[number:] if place == bearers[-1] else own[number]
        shares += parts
        at += count
    return shares


@lru_cache(maxsize=4096)
def icu_parts(text: str, lang: str) -> tuple[str, ...]:
    """The text cut wherever a line may end, by ICU's rules and dictionaries."""
    return tuple(LineBreaker(text, lang or "en"))


_RIGHT_TO_LEFT = ("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi")


def levels(text: str, lang: str) -> tuple[int, list[int]]:
    """Base level and the level of every character, by the Unicode bidirectional algorithm.

    A foreign word at the beginning does not turn a line round: its language decides, not its first letter.
    """
    base = int(lang.partition("-")[0] in _RIGHT_TO_LEFT and get_base_level(text))
    storage = get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    get_embedding_levels(text, storage)
    explicit_embed_and_overrides(storage)
    resolve_weak_types(storage)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    return base, [each["level"] for each in storage["chars"]]


def visual(words: list[Word]) -> list[Word]:
    """Words of one line in drawing order (UAX #9, rule L2)."""
    ordered = list(words)
    highest = max(word.level for word in ordered)
    lowest = min((word.level for word in ordered if word.level & 1), default=highest + 1)
    for level in range(highest, lowest - 1, -1):
        at = 0
        while at < len(ordered):
            end = at
            while end < len(ordered) and ordered[end].level >= level:
                end += 1
            ordered[at:end] = ordered[at:end][::-1]
            at = max(end, at + 1)
    return ordered


def joined(segments: list[Segment]) -> list[Segment]:
    """Segments put together up to the next blank."""
    found: list[Segment] = []
    for segment in segments:
        if found and not found[-1].text[-1:].isspace():
            before = found.pop()
            width = before.width + segment.width
            bare = before.width + segment.bare_width
            segment = Segment(before.text + segment.text, (*before.words, *segment.words), width, bare)
        found.append(segment)
    return found
