"""The sizes a catalogue is printed in, and the measures of its pages."""

from dataclasses import dataclass

from fairapp.adapters.pdf.document import A4, A5, MM
from fairapp.adapters.pdf.text import Style


@dataclass(frozen=True)
class Paper:
    """A size of page with its margins, columns and letters; ``rows`` entries of one height stand on a page,
    or as many as fit when it is nought."""

    name: str
    size: tuple[float, float]
    inner: float
    outer: float
    side: float
    photo: float
    qr: float
    rows: int
    columns: int
    text: float
    smallest: float
    heading: float

    @property
    def width(self) -> float:
        """Width of the text."""
        return self.size[0] - self.inner - self.outer

    @property
    def top(self) -> float:
        return 16.5 * MM

    @property
    def bottom(self) -> float:
        return self.size[1] - 14.5 * MM

    @property
    def right(self) -> float:
        """Where the column of words begins, beside the picture."""
        return self.side + 5 * MM

    @property
    def words(self) -> float:
        """Width of the column of words."""
        return self.width - self.right

    @property
    def row(self) -> float:
        """Height of one of the rows of a page."""
        return (self.bottom - self.top) / self.rows if self.rows else 0.0

    @property
    def opener(self) -> float:
        """Height of the coloured head of a chapter's first page."""
        return self.below_opener - 7.5 * MM

    @property
    def below_opener(self) -> float:
        """Where the entries of a chapter's first page begin."""
        return self.top + self.row if self.rows else 47.5 * MM

    def left(self, number: int) -> float:
        """The left edge of the text on a page: the wider margin is the outer one."""
        return self.inner if number % 2 else self.outer

    def style(self, weight: int = 400, color: str = "#1B1D2A", leading: float = 1.38) -> Style:
        """The letters of an entry's words."""
        return Style(self.text, weight, color, leading)


BOOK = Paper("a5", A5, 11 * MM, 14 * MM, 37 * MM, 28 * MM, 19.5 * MM, 0, 2, 8.6, 8.0, 14)
SHEET = Paper("a4", A4, 14 * MM, 18 * MM, 46 * MM, 34.5 * MM, 26 * MM, 3, 2, 8.4, 6.8, 15)
PAPERS = {paper.name: paper for paper in (BOOK, SHEET)}
