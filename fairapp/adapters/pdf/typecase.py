"""The type case of one document: which face has a letter, and its glyphs under the codes of the document."""

import unicodedata
from collections.abc import Callable

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import LATIN, NOTO, Face, face, families
from fairapp.adapters.pdf.shaping import encode, shape
from fairapp.adapters.pdf.text import REPLACEMENT, Shape, Style, Word


class TypeCase:
    """Faces as this document has them, and from text to glyphs in them."""

    def __init__(self, embed: Callable[[Face], EmbeddedFont]) -> None:
        self._embed = embed
        self._fonts: dict[tuple[str, int], EmbeddedFont] = {}
        self._faces: dict[tuple[str, str], str | None] = {}
        self.missing: set[str] = set()

    def family(self, char: str, lang: str) -> str | None:
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
        if face(LATIN, 400).letters.issuperset(text):
            return [(text, LATIN)]
        runs: list[tuple[str, str]] = []
        for char in text:
            family = self.family(char, lang)
            kind = unicodedata.category(char)
            stays = runs and (kind[0] in "MZP" or kind == "Cf")
            if stays and ord(char) in face(runs[-1][1] or NOTO, 400).characters:
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

    def word(self, text: str, style: Style, level: int) -> Word:
        """A stretch of one direction as glyphs."""
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
        return Word(text, width, max(0.0, width - blanks), level, tuple(pieces), tuple(shapes), style.weight)
