"""The text layer: cleaning, font fallback, bidirectional order, shaping and line breaks, cached word by word.

User text is only ever text: nothing in it is markup, and what cannot be shown is shown as a box and reported.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from icu4py.breakers import CharacterBreaker, LineBreaker

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import LATIN, Face, face, families
from fairapp.rules.printing import PrintFault

LONGEST = 4000
_MOST_MARKS = 6
_PLAIN = re.compile(
    r"[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab\u20ac]*"
)
_WORDS = re.compile(r"[^\s\-–—/]*[\-–—/]*\s*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_ELLIPSIS = "…"

Note = Callable[[PrintFault], None]
Glyph = tuple[int, int, int, int, int]
Shape = tuple[float, float, float, str]
Encoded = tuple[str, tuple[Shape, ...], float]


@dataclass(frozen=True)
class Style:
    """How a text looks: points, weight 400 to 800, #RRGGBB, leading as a factor, BCP 47 language."""

    size: float
    weight: int = 400
    color: str = "#1B1D2A"
    leading: float = 1.42
    lang: str = "vi"


@dataclass(frozen=True)
class Word:
    """A shaped stretch of one direction: widths in ems; pieces are (font resource, TJ operands).

    ``shapes`` are glyphs drawn as outlines: (x and y in ems, size of a unit in ems, path).
    """

    text: str
    width: float
    bare_width: float
    level: int
    pieces: tuple[tuple[str, str], ...]
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True)
class Segment:
    """What stays together on a line, with the blanks behind it."""

    text: str
    words: tuple[Word, ...]
    width: float
    bare_width: float


@dataclass(frozen=True)
class Line:
    """Shaped words in drawing order, left to right, and their width in ems; ``rtl`` lines start at the
    right."""

    words: tuple[Word, ...]
    width: float
    rtl: bool = False


_TALL = re.compile("[\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff]")


def roomy(style: Style, *texts: str) -> Style:
    """The style with the leading that Thai, Lao, Khmer and Burmese need, when such letters are there."""
    return replace(style, leading=max(style.leading, 1.6)) if any(map(_TALL.search, texts)) else style


def clean(text: str, longest: int = LONGEST, note: Note | None = None) -> str:
    """One line of NFC text without controls, bidi overrides, surrogates or towers of marks, at most
    ``longest``."""
    tell = note or (lambda fault: None)
    if len(text) <= longest and _PLAIN.fullmatch(text):
        return " ".join(text.split())
    text = text[: 4 * longest]
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode()):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind == "Mn" else 0
        if char.isspace():
            kept.append(" ")
        elif kind in ("Cc", "Cn") or char in _BIDI_CONTROLS or marks > _MOST_MARKS:
            tell(PrintFault.CONTROL_CHARACTERS)
        else:
            kept.append(char)
    found = " ".join("".join(kept).split())
    if any(0xD800 <= ord(char) < 0xE000 for char in text):
        tell(PrintFault.CONTROL_CHARACTERS)
    if len(found) > longest:
        tell(PrintFault.TOO_LONG)
        found = found[: longest - 1].rstrip() + _ELLIPSIS
    return found


class Typesetter:
    """Shapes text for one document, and keeps every word it has shaped."""

    def __init__(self, embed: Callable[[Face], EmbeddedFont]) -> None:
        self._embed = embed
        self._fonts: dict[tuple[str, int], EmbeddedFont] = {}
        self._segments: dict[tuple[str, str, int, int], Segment] = {}
        self._faces: dict[tuple[str, str], str | None] = {}
        self.missing: set[str] = set()

    def lines(
        self,
        text: str,
        style: Style,
        width: float,
        most: int | None = None,
        note: Note | None = None,
        at_blanks: bool = False,
    ) -> list[Line]:
        """Break ``text`` into lines of at most ``width`` points; what is over ``most`` lines ends in an
        ellipsis.

        ``at_blanks`` keeps together what has no blank in it, as for names in scripts that write none
        between words.
        """
        room = width / style.size
        base, segments = self._paragraph(text, style, note)
        if at_blanks:
            segments = _joined(segments)
        lines: list[list[Segment]] = []
        current: list[Segment] = []
        used = 0.0
        for segment in self._fitting(segments, style, room):
            if current and used + segment.bare_width > room:
                lines.append(current)
                current, used = [], 0.0
            current.append(segment)
            used += segment.width
        if current:
            lines.append(current)
        if most is not None and len(lines) > most:
            if note:
                note(PrintFault.CUT)
            rest = [segment for line in lines[most - 1 :] for segment in line]
            lines = [*lines[: most - 1], self._shortened(rest, style, room)]
        return [self._line(line, style, base) for line in lines]

    def line(self, text: str, style: Style, width: float | None = None, note: Note | None = None) -> Line:
        """One line of text, with an ellipsis where it would be wider than ``width`` points."""
        if width is None:
            base, segments = self._paragraph(text, style, note)
            return self._line(list(segments), style, base)
        lines = self.lines(text, style, width, 1, note)
        return lines[0] if lines else Line((), 0.0)

    def fitted(
        self,
        text: str,
        style: Style,
        width: float,
        steps: Sequence[tuple[int, float]],
        note: Note | None = None,
    ) -> tuple[Style, list[Line]]:
        """Text as large as it can be, no word broken: for each (lines, points) in turn shrink down to
        these points.

        What fits none of the steps is set in the last one and ends in an ellipsis.
        """
        _, segments = self._paragraph(text, style, None)
        at_blanks = all(segment.bare_width * steps[-1][1] <= width for segment in _joined(segments))
        if at_blanks:
            segments = _joined(segments)
        widest = max((segment.bare_width for segment in segments), default=0.0)
        for most, floor in steps:
            size = style.size
            while size >= floor:
                found = replace(style, size=size)
                if (
                    widest * size <= width
                    and len(self.lines(text, found, width, at_blanks=at_blanks)) <= most
                ):
                    return found, self.lines(text, found, width, note=note, at_blanks=at_blanks)
                size -= 0.5
        most, floor = steps[-1]
        last = replace(style, size=floor)
        return last, self.lines(text, last, width, most, note)

    # --- from text to segments ------------------------------------------------------------------------------

    def _paragraph(self, text: str, style: Style, note: Note | None) -> tuple[int, list[Segment]]:
        """The paragraph's base level and its segments in logical order."""
        if _PLAIN.fullmatch(text):
            return 0, [self._segment(part, style, 0) for part in _WORDS.findall(text) if part]
        if note and any(self._family(char, style.lang) is None for char in text):
            note(PrintFault.NO_GLYPH)
        parts = _icu_parts(text, style.lang)
        if not _RIGHT_TO_LEFT.search(text):
            return 0, [self._segment(part, style, 0) for part in parts]
        base, levels = _levels(text)
        segments: list[Segment] = []
        at = 0
        for part in parts:
            segments.append(self._mixed_segment(part, levels[at : at + len(part)], style))
            at += len(part)
        return base, segments

    def _segment(self, text: str, style: Style, level: int) -> Segment:
        key = (text, style.lang, style.weight, level)
        found = self._segments.get(key)
        if found is None:
            if len(self._segments) > 60_000:
                self._segments.clear()
            word = self._word(text, style, level)
            found = self._segments[key] = Segment(text, (word,), word.width, word.bare_width)
        return found

    def _mixed_segment(self, text: str, levels: list[int], style: Style) -> Segment:
        starts = [at for at in range(len(text)) if at == 0 or levels[at] != levels[at - 1]]
        ends = [*starts[1:], len(text)]
        parts = [self._segment(text[a:z], style, levels[a]) for a, z in zip(starts, ends, strict=True)]
        words = tuple(word for part in parts for word in part.words)
        width = sum(part.width for part in parts)
        blanks = 0.0
        for part in reversed(parts):
            blanks += part.width - part.bare_width
            if part.text.strip():
                break
        return Segment(text, words, width, width - blanks)

    def _fitting(self, segments: list[Segment], style: Style, room: float) -> Iterator[Segment]:
        """The segments, those wider than a whole line cut between letters."""
        for segment in segments:
            if segment.bare_width <= room or len(segment.words) > 1:
                yield segment
                continue
            level = segment.words[0].level
            part = ""
            for letter in CharacterBreaker(segment.text, "en"):
                if part and self._segment(part + letter, style, level).bare_width > room:
                    yield self._segment(part, style, level)
                    part = ""
                part += letter
            yield self._segment(part, style, level)

    def _shortened(self, segments: list[Segment], style: Style, room: float) -> list[Segment]:
        """As many segments as fit on one line before an ellipsis, letters of the next one too."""
        dots = self._segment(_ELLIPSIS, style, 0)
        kept: list[Segment] = []
        used = dots.width
        for segment in segments:
            if used + segment.bare_width > room:
                level = segment.words[0].level
                part = ""
                for letter in CharacterBreaker(segment.text.rstrip(), "en"):
                    if used + self._segment(part + letter, style, level).bare_width > room:
                        break
                    part += letter
                if part and not kept:
                    kept.append(self._segment(part, style, level))
                break
            kept.append(segment)
            used += segment.width
        if kept:
            last = kept.pop()
            kept.append(self._bare(last, style))
        return [*kept, dots]

    def _bare(self, segment: Segment, style: Style) -> Segment:
        """The segment without the blanks behind it."""
        if segment.width == segment.bare_width:
            return segment
        words = list(segment.words)
        while words and not words[-1].text.strip():
            words.pop()
        if words:
            words[-1] = self._segment(words[-1].text.rstrip(), style, words[-1].level).words[0]
        return Segment(segment.text.rstrip(), tuple(words), segment.bare_width, segment.bare_width)

    def _line(self, segments: list[Segment], style: Style, base: int) -> Line:
        if segments:
            segments = [*segments[:-1], self._bare(segments[-1], style)]
        words = [word for segment in segments for word in segment.words]
        if any(word.level for word in words):
            words = _visual(words)
        return Line(tuple(words), sum(word.width for word in words), base == 1)

    # --- from segments to glyphs ----------------------------------------------------------------------------

    def _family(self, char: str, lang: str) -> str | None:
        """The first family that has the character."""
        key = (char, lang)
        if key not in self._faces:
            code = ord(char)
            self._faces[key] = next(
                (family for family in families(lang, char) if code in face(family, 400).characters), None
            )
        return self._faces[key]

    def _runs(self, text: str, lang: str) -> list[tuple[str, str]]:
        """The text in stretches of one family; marks, blanks and signs stay with the letter before them."""
        runs: list[tuple[str, str]] = []
        for char in text:
            family = self._family(char, lang)
            kind = unicodedata.category(char)
            if runs and (kind[0] in "MZP" or kind == "Cf") and ord(char) in face(runs[-1][1], 400).characters:
                family = runs[-1][1]
            elif kind == "Cf" and family is None:
                continue
            elif family is None:
                self.missing.add(char)
                family = LATIN
            if runs and runs[-1][1] == family:
                runs[-1] = (runs[-1][0] + char, family)
            else:
                runs.append((char, family))
        return runs

    def _font(self, family: str, weight: int) -> EmbeddedFont:
        if (family, weight) not in self._fonts:
            self._fonts[family, weight] = self._embed(face(family, weight))
        return self._fonts[family, weight]

    def _word(self, text: str, style: Style, level: int) -> Word:
        pieces: list[tuple[str, str]] = []
        shapes: list[Shape] = []
        width = blanks = 0.0
        backwards = bool(level & 1)
        runs = self._runs(text, style.lang)
        for run, family in reversed(runs) if backwards else runs:
            font = self._font(family, style.weight)
            operands, off_line, advance = _encode(
                font, run, _shape(font.face, run, backwards, style.lang), backwards
            )
            pieces.append((font.resource, operands))
            shapes += [(width + x, y, unit, path) for x, y, unit, path in off_line]
            width += advance
        bare = text.rstrip()
        if len(bare) < len(text):
            space = self._font(runs[-1][1], style.weight)
            glyph = space.face.font.get_nominal_glyph(32) or 0
            blanks = space.face.font.get_glyph_h_advance(glyph) / space.face.upem * (len(text) - len(bare))
        return Word(text, width, max(0.0, width - blanks), level, tuple(pieces), tuple(shapes))


def _joined(segments: list[Segment]) -> list[Segment]:
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


def _shape(font: Face, text: str, right_to_left: bool, lang: str) -> list[Glyph]:
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


def _encode(font: EmbeddedFont, text: str, shaped: list[Glyph], right_to_left: bool) -> Encoded:
    """TJ operands, glyphs drawn as shapes (x and y in ems), and the width in ems."""
    operands: list[str] = []
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
                operands.append(str(shift))
                drawn -= shift
            code = font.code(number, share)
            operands.append(f"<{code:04X}>")
            drawn += font.widths[code]
        pen += advance * font.scale
    if shift := round(drawn - pen):
        operands.append(str(shift))
    return _operands(operands), tuple(shapes), pen / 1000


def _operands(parts: list[str]) -> str:
    return "".join(parts).replace("><", "")


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
def _icu_parts(text: str, lang: str) -> tuple[str, ...]:
    """The text cut wherever a line may end, by ICU's rules and dictionaries."""
    return tuple(LineBreaker(text, lang or "en"))


def _levels(text: str) -> tuple[int, list[int]]:
    """Base level and the level of every character, by the Unicode bidirectional algorithm."""
    base = get_base_level(text)
    storage = get_empty_storage()
    storage["base_level"] = base
    storage["base_dir"] = "LR"[base]
    get_embedding_levels(text, storage)
    explicit_embed_and_overrides(storage)
    resolve_weak_types(storage)
    resolve_neutral_types(storage, False)
    resolve_implicit_levels(storage, False)
    return base, [each["level"] for each in storage["chars"]]


def _visual(words: list[Word]) -> list[Word]:
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
