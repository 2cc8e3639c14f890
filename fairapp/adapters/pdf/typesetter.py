"""The typesetter of one document: font fallback, line breaks and fitting, cached word by word."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from icu4py.breakers import CharacterBreaker

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import NOTO, Face, face, families
from fairapp.adapters.pdf.shaping import encode, icu_parts, joined, levels, shape, visual
from fairapp.adapters.pdf.text import ELLIPSIS, PLAIN, REPLACEMENT, Line, Note, Segment, Shape, Style, Word
from fairapp.rules.printing import PrintFault

_WORDS = re.compile(r"[^\s\-–—/]*[\-–—/]*\s*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


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
            segments = joined(segments)
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
        at_blanks = all(segment.bare_width * steps[-1][1] <= width for segment in joined(segments))
        if at_blanks:
            segments = joined(segments)
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
        if PLAIN.fullmatch(text):
            return 0, [self._segment(part, style, 0) for part in _WORDS.findall(text) if part]
        if note and any(self._family(char, style.lang) is None for char in text):
            note(PrintFault.NO_GLYPH)
        parts = icu_parts(text, style.lang)
        if not _RIGHT_TO_LEFT.search(text):
            return 0, [self._segment(part, style, 0) for part in parts]
        base, found = levels(text)
        segments: list[Segment] = []
        at = 0
        for part in parts:
            segments.append(self._mixed_segment(part, found[at : at + len(part)], style))
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
        dots = self._segment(ELLIPSIS, style, 0)
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
            words = visual(words)
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
            if runs and (kind[0] in "MZP" or kind == "Cf") and ord(char) in face(runs[-1][1] or NOTO, 400).characters:
                family = runs[-1][1]
            elif kind == "Cf" and family is None:
                continue
            elif family is None:
                self.missing.add(char)
                runs.append((char, ""))  # shown as the replacement character, read as itself
                continue
            if runs and runs[-1][1] == family:
                runs[-1] = (runs[-1][0] + char, family)
            else:
                runs.append((char, family))
        return runs

    def embedded(self, family: str, weight: int) -> EmbeddedFont:
        """A face as this document has it."""
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
            font = self.embedded(family or NOTO, style.weight)
            glyphs = shape(font.face, run if family else REPLACEMENT, backwards, style.lang)
            operands, off_line, advance = encode(font, run, glyphs, backwards)
            pieces.append((font.resource, operands))
            shapes += [(width + x, y, unit, path) for x, y, unit, path in off_line]
            width += advance
        bare = text.rstrip()
        if len(bare) < len(text):
            space = self.embedded(runs[-1][1] or NOTO, style.weight)
            glyph = space.face.font.get_nominal_glyph(32) or 0
            blanks = space.face.font.get_glyph_h_advance(glyph) / space.face.upem * (len(text) - len(bare))
        return Word(text, width, max(0.0, width - blanks), level, tuple(pieces), tuple(shapes))
