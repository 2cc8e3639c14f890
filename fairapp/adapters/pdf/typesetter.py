"""The typesetter of one document: font fallback, line breaks and fitting, cached word by word."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from icu4py.breakers import CharacterBreaker

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.paragraphs import Paragraph, weighed
from fairapp.adapters.pdf.shaping import icu_parts, joined, levels, visual
from fairapp.adapters.pdf.text import ELLIPSIS, PLAIN, Line, Note, Segment, Style
from fairapp.adapters.pdf.typecase import TypeCase
from fairapp.rules.emphasis import spans
from fairapp.rules.printing import PrintFault

_WORDS = re.compile(r"[^\s\-–—/]*[\-–—/]*\s*")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

_PARAGRAPHS = 3000
"""Paragraphs kept for the next moment: names come back in heads and indexes, stories when they are fitted."""


class Typesetter:
    """Shapes text for one document, and keeps every word it has shaped."""

    def __init__(self, embed: Callable[[Face], EmbeddedFont]) -> None:
        self.case = TypeCase(embed)
        self._words: dict[tuple[str, int, int], dict[str, Segment]] = {}
        self._paragraphs: dict[tuple[str, str, int, bool], Paragraph] = {}
        self._known = 0

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
        if not text:
            return []
        room = width / style.size
        paragraph = self.paragraph(text, style, note)
        if at_blanks:
            paragraph = Paragraph(joined(paragraph.segments), paragraph.base, paragraph.mixed)
        if paragraph.widest > room:
            parts = list(self._fitting(paragraph.segments, style, room))
            paragraph = Paragraph(parts, paragraph.base, paragraph.mixed)
        places = paragraph.lines(room)
        over = most is not None and len(places) > most
        if over and most is not None:
            if note:
                note(PrintFault.CUT)
            places = places[:most]
        lines = [self._line(paragraph, start, end, style) for start, end in places]
        if over and lines:
            rest = paragraph.segments[places[-1][0] :]
            cut = Paragraph(self._shortened(rest, style, room), paragraph.base, paragraph.mixed)
            lines[-1] = self._line(cut, 0, len(cut.segments), style)
        return lines

    def line(self, text: str, style: Style, width: float | None = None, note: Note | None = None) -> Line:
        """One line of text, with an ellipsis where it would be wider than ``width`` points."""
        if width is None:
            paragraph = self.paragraph(text, style, note)
            return self._line(paragraph, 0, len(paragraph.segments), style)
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
        paragraph = self.paragraph(text, style)
        whole = joined(paragraph.segments)
        at_blanks = all(segment.bare_width * steps[-1][1] <= width for segment in whole)
        if at_blanks:
            paragraph = Paragraph(whole, paragraph.base, paragraph.mixed)
        for most, floor in steps:
            size = style.size
            while size >= floor:
                if paragraph.widest * size <= width and len(paragraph.lines(width / size)) <= most:
                    found = replace(style, size=size)
                    return found, self.lines(text, found, width, note=note, at_blanks=at_blanks)
                size -= 0.5
        most, floor = steps[-1]
        last = replace(style, size=floor)
        return last, self.lines(text, last, width, most, note)

    def largest(self, texts: Sequence[tuple[str, Style]], width: float, room: float, least: float) -> float:
        """How small texts below one another must be to be no higher than ``room``, but not below ``least``:
        a factor of their sizes."""
        made = [(self.paragraph(text, style), style) for text, style in texts]
        area = sum(paragraph.width * style.size**2 * style.leading for paragraph, style in made)
        # even without a blank at any line's end no more than this fits
        factor = min(1.0, (room * width / area) ** 0.5) if area else 1.0
        while factor > least:
            high = 0.0
            for paragraph, style in made:
                size = style.size * factor
                high += len(paragraph.lines(width / size)) * size * style.leading
            if high <= room:
                break
            factor -= 0.02
        return max(factor, least)

    # --- from text to segments ------------------------------------------------------------------------------

    def paragraph(self, text: str, style: Style, note: Note | None = None) -> Paragraph:
        """The text shaped; one that was asked for a moment ago is still there."""
        key = (text, style.lang, style.weight, style.stressed)
        found = self._paragraphs.get(key)
        if found is None:
            if len(self._paragraphs) > _PARAGRAPHS:
                self._paragraphs.clear()
            found = self._paragraphs[key] = self._shaped(text, style)
        if note and not PLAIN.fullmatch(text) and self._lacks(text, style.lang):
            note(PrintFault.NO_GLYPH)
        return found

    def _lacks(self, text: str, lang: str) -> bool:
        return any(self.case.family(char, lang) is None for char in text)

    def _shaped(self, text: str, style: Style) -> Paragraph:
        if style.stressed and "*" in text:
            told = spans(text)
            even = replace(style, stressed=False)
            whole = self._shaped("".join(part for part, _ in told), even)
            return Paragraph(weighed(whole.segments, told, even, self._segment), whole.base, whole.mixed)
        if PLAIN.fullmatch(text):
            known = self._known_words(style, 0)
            parts = [part for part in _WORDS.findall(text) if part]
            return Paragraph([known.get(part) or self._segment(part, style, 0) for part in parts])
        text = text.encode("utf-8", "ignore").decode()  # half a letter has no glyph, and ICU takes none
        cut = icu_parts(text, style.lang)
        if not _RIGHT_TO_LEFT.search(text):
            return Paragraph([self._segment(part, style, 0) for part in cut])
        base, found = levels(text, style.lang)
        segments: list[Segment] = []
        at = 0
        for part in cut:
            segments.append(self._mixed_segment(part, found[at : at + len(part)], style))
            at += len(part)
        return Paragraph(segments, base, True)

    def _known_words(self, style: Style, level: int) -> dict[str, Segment]:
        key = (style.lang, style.weight, level)
        found = self._words.get(key)
        if found is None:
            found = self._words[key] = {}
        return found

    def _segment(self, text: str, style: Style, level: int) -> Segment:
        known = self._known_words(style, level)
        found = known.get(text)
        if found is None:
            self._known += 1
            if self._known > 60_000:
                for words in self._words.values():
                    words.clear()
                self._known = 0
            word = self.case.word(text, style, level)
            font, shown = word.pieces[0] if len(word.pieces) == 1 and not word.shapes else ("", "")
            found = known[text] = Segment(text, (word,), word.width, word.bare_width, font, shown)
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
            bare = replace(style, weight=words[-1].weight)
            words[-1] = self._segment(words[-1].text.rstrip(), bare, words[-1].level).words[0]
        return Segment(segment.text.rstrip(), tuple(words), segment.bare_width, segment.bare_width)

    def _line(self, paragraph: Paragraph, start: int, end: int, style: Style) -> Line:
        if not paragraph.mixed:
            # the blank at the end stays: it is not seen, but tells where a word ends
            found = tuple(chain.from_iterable(paragraph.words[start:end]))
            width = paragraph.ends[end - 1] - paragraph.before[start] if found else 0.0
            if not paragraph.font:
                return Line(found, width)
            shown = "".join(paragraph.shown[start:end]).replace(")(", "")
            return Line(found, width, False, "", paragraph.font, shown)
        segments = paragraph.segments[start:end]
        if segments:
            segments = [*segments[:-1], self._bare(segments[-1], style)]
        words = [word for segment in segments for word in segment.words]
        width = sum([word.width for word in words])
        spoken = ""
        if any(word.level for word in words):
            spoken = "".join(word.text for word in words)
            words = visual(words)
        return Line(tuple(words), width, paragraph.base == 1, spoken)
