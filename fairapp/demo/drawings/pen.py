"""The pen: lays pigments beside the line, as a woodblock does, on a sheet of 96 × 72 units."""

from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw

from fairapp.demo.drawings.paths import Point, outlines

WIDTH, HEIGHT = 96, 72
INK = "#1B1D2A"
PAPER = "#FFFCF3"
PULL = (1.5, 1.2)
"""How far colours lie off their line, in units of the sheet."""
FINE = 1.1


@dataclass(frozen=True)
class Pen:
    """Draws at a place of the sheet; ``turned`` mirrors what it draws."""

    draw: ImageDraw.ImageDraw
    unit: float
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    turned: bool = False

    def at(self, x: float, y: float, scale: float = 1.0, turned: bool = False) -> "Pen":
        """The same pen at another place, relative to this one."""
        here = self._place((x, y))
        return replace(
            self,
            x=here[0] / self.unit,
            y=here[1] / self.unit,
            scale=self.scale * scale,
            turned=self.turned != turned,
        )

    def flat(self, path: str, colour: str) -> None:
        """Colour exactly inside the path."""
        self._fill(path, colour, (0.0, 0.0))

    def tone(self, path: str, colour: str) -> None:
        """Colour pulled off the path."""
        self._fill(path, colour, PULL)

    def line(self, path: str, width: float = 1.55, colour: str = INK) -> None:
        """The charcoal line with round ends; its width does not shrink with the scale."""
        thick = max(2, round(width * self.unit * (0.55 + 0.45 * self.scale)))
        half = thick / 2 - 0.5
        for points, closed in outlines(path):
            placed = [self._place(point) for point in points]
            if closed:
                placed += placed[:2]
            self.draw.line(placed, fill=colour, width=thick, joint="curve")
            for x, y in (placed[0], placed[-1]):
                self.draw.ellipse((x - half, y - half, x + half, y + half), fill=colour)

    def shape(self, path: str, colour: str, width: float = 1.55) -> None:
        """A body: paper inside the line, the colour pulled off it (less for thin lines), the line on top."""
        share = 0.45 if width <= FINE else 1.0
        self.flat(path, PAPER)
        self._fill(path, colour, (PULL[0] * share, PULL[1] * share))
        self.line(path, width)

    def _fill(self, path: str, colour: str, pull: Point) -> None:
        for points, _ in outlines(path):
            placed = [self._place(point) for point in points]
            moved = [(x + pull[0] * self.unit, y + pull[1] * self.unit) for x, y in placed]
            if len(moved) > 2:
                self.draw.polygon(moved, fill=colour)

    def _place(self, point: Point) -> Point:
        across = -point[0] if self.turned else point[0]
        return (
            (self.x + across * self.scale) * self.unit,
            (self.y + point[1] * self.scale) * self.unit,
        )


@dataclass(frozen=True)
class Sheet:
    """A picture being drawn at twice its final size, so that its edges come out smooth."""

    image: Image.Image
    pen: Pen

    def jpeg(self) -> bytes:
        """The finished picture."""
        out = BytesIO()
        self.image.reduce(2).save(out, "JPEG", quality=86)
        return out.getvalue()


def sheet(width: int, colour: str, units: tuple[int, int] = (WIDTH, HEIGHT)) -> Sheet:
    """An empty sheet that becomes ``width`` pixels wide."""
    unit = width * 2 / units[0]
    image = Image.new("RGB", (width * 2, round(units[1] * unit)), colour)
    return Sheet(image, Pen(ImageDraw.Draw(image), unit))
