"""The words of an entry as a column, and how one higher than a page goes on overleaf: nothing is cut."""

from dataclasses import dataclass, field, replace

from fairapp.adapters.pdf.document import MM
from fairapp.adapters.pdf.text import Line, Style

GAP = 1.2 * MM
Block = tuple[list[Line], Style]


@dataclass(frozen=True)
class Row:
    """A product's lines with its stars."""

    name: Block
    second: Block
    proof: Block
    beside: bool
    stars: int
    height: float


@dataclass(frozen=True)
class Words:
    """The column of words of an entry, from its name down."""

    name: Block
    second: Block
    stories: tuple[Block, ...]
    rows: list[Row]
    stand: Block
    facts: Block

    @property
    def height(self) -> float:
        blocks = (self.name, self.second, *self.stories, self.stand, self.facts)
        return (
            sum(map(height_of, blocks)) + sum(row.height for row in self.rows) + (3 + len(self.stories)) * GAP
        )


def height_of(block: Block) -> float:
    """Height of lines below one another."""
    return len(block[0]) * block[1].size * block[1].leading


_NOTHING: Block = ([], Style(8))


@dataclass
class Flow:
    """Fills columns no higher than ``room``, all but the first under the name ``again``."""

    room: float
    again: Block
    full: list[Words] = field(default_factory=list)

    def columns(self, words: Words) -> list[Words]:
        """The column in as many parts as it needs, in the order it is read."""
        self.now = replace(words, stories=(), rows=[], stand=_NOTHING, facts=_NOTHING)
        for story in words.stories:
            self._story(story)
        for row in words.rows:
            if row.height > self._left and self._begun:
                self._overleaf()
            self.now.rows.append(row)
        if height_of(words.stand) > self._left and self._begun:
            self._overleaf()
        self.now = replace(self.now, stand=words.stand)
        if height_of(words.facts) > self._left and self._begun:
            self._overleaf()
        self.now = replace(self.now, facts=words.facts)
        return [*self.full, self.now]

    @property
    def _left(self) -> float:
        return self.room - self.now.height + 0.1

    @property
    def _begun(self) -> bool:
        """Whether anything but a name stands in the column."""
        return bool(self.now.stories or self.now.rows or self.now.stand[0])

    def _overleaf(self) -> None:
        self.full.append(self.now)
        self.now = Words(self.again, _NOTHING, (), [], _NOTHING, _NOTHING)

    def _story(self, story: Block) -> None:
        """A story, broken between two lines where the page ends; never one line alone."""
        lines, style = story
        while lines:
            fit = int((self._left - GAP) / (style.size * style.leading))
            if fit < len(lines):
                fit = min(fit, len(lines) - 2) if len(lines) > 3 else 0
                if fit < 2 and self._begun:
                    self._overleaf()
                    continue
            part = lines[: max(fit, 1)]
            self.now = replace(self.now, stories=(*self.now.stories, (part, style)))
            lines = lines[len(part) :]
            if lines:
                self._overleaf()
