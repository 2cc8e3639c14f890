"""Logos: a maker's thing inside a seal, on a square sheet."""

from random import Random

from fairapp.demo.drawings.paths import ellipse, star
from fairapp.demo.drawings.pen import INK, PAPER, Pen, sheet
from fairapp.demo.drawings.pigments import DRESSES, HOE, INDIGO, MINT, SKY, SON, STRAW
from fairapp.demo.drawings.scenes import ARTS

SIDE = 72
MIDDLE = SIDE / 2
RINGS = (
    (SON, "#FBE3D3"),
    (INDIGO, "#DEE6F5"),
    ("#0E6B4E", "#DCEBDD"),
    ("#7A2E55", "#F3DFE6"),
    ("#8A5A33", "#F4E7CF"),
)
FRAMES = ("round", "scallop", "petals", "octagon", "sun")


def seal(art: str, seed: str, width: int = 480) -> bytes:
    """A square JPEG; the same seed draws the same seal."""
    chance = Random(f"seal/{seed}")  # noqa: S311 - variety, not secrecy
    ring, inside = chance.choice(RINGS)
    page = sheet(width, PAPER, (SIDE, SIDE))
    frame(page.pen, chance.choice(FRAMES), ring, inside, chance)
    thing = ARTS[art]
    thing.motif(page.pen.at(MIDDLE, MIDDLE + 17, 0.72), chance.choice(DRESSES[thing.dresses]), chance)
    return page.jpeg()


def frame(pen: Pen, kind: str, ring: str, inside: str, chance: Random) -> None:
    """The seal's edge and its field."""
    if kind == "scallop":
        pen.shape(star(MIDDLE, MIDDLE, 34, 30.5, 24), ring)
    elif kind == "sun":
        pen.shape(star(MIDDLE, MIDDLE, 34.5, 29, 36), chance.choice((HOE, STRAW, SKY, MINT)), 1.1)
    elif kind == "petals":
        pen.shape(star(MIDDLE, MIDDLE, 35, 30.5, 8), ring)
    elif kind == "octagon":
        pen.shape("M21 2h30l19 19v30l-19 19h-30l-19 -19v-30z", ring)
    else:
        pen.shape(ellipse(MIDDLE, MIDDLE, 33), ring)
    pen.flat(ellipse(MIDDLE, MIDDLE, 27.5), inside)
    pen.line(ellipse(MIDDLE, MIDDLE, 27.5), 1.4, INK)
    pen.line(ellipse(MIDDLE, MIDDLE, 30), 0.6, PAPER)
