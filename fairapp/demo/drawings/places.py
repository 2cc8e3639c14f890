"""Plants in pots, houses and boats; each stands on y = 0 around x = 0."""

from random import Random

from fairapp.demo.drawings.harvest import leaf
from fairapp.demo.drawings.paths import box, ellipse, star
from fairapp.demo.drawings.pen import Pen
from fairapp.demo.drawings.pigments import BLUE, BRICK, DEEP, GREEN, HOE, LEAF, ROSE, SKY, STRAW, WOOD, Dress


def pot(pen: Pen, colour: str) -> None:
    """A planter."""
    pen.shape("M-12 -16h24l-3 16h-18z", colour)
    pen.shape(box(-14, -20, 28, 5), colour, 1.3)


def flower(pen: Pen, dress: Dress, chance: Random) -> None:
    """An orchid in its pot, or a mound of chrysanthemums."""
    if chance.random() < 0.55:
        pen.line("M-1 -18c-4-14 0-26 14-32", 1.7)
        for turned in (False, True):
            pen.at(0, -18, 1.0, turned).shape("M0 0c4-8 12-10 19-6c-4 7-12 9-19 6z", LEAF, 1.3)
        for x, y, size in ((-4, -32, 6.5), (1, -42, 6.5), (11, -48, 5.5), (18, -40, 5)):
            pen.shape(star(x, y, size, size * 0.5, 5), dress.main, 1.1)
            pen.flat(ellipse(x, y, size * 0.24), HOE)
        pot(pen, BRICK)
    else:
        pen.shape("M-23 -16c-2-18 10-28 23-28c13 0 25 10 23 28z", dress.second)
        for row, count in ((0, 5), (1, 4), (2, 3), (3, 2)):
            for place in range(count):
                across, up = (place - (count - 1) / 2) * 8.6, -20 - row * 6.8
                pen.shape(star(across, up, 4.6, 3.2, 9), dress.main, 0.9)
                pen.flat(ellipse(across, up, 1.3), BRICK)
        pot(pen, ROSE)


def bonsai(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bent tree in a tray."""
    pen.shape("M-4 -8c-6-8 8-12 2-20c-2-4-6-5-9-6l2-3c7 1 12 4 13 9c2 8-7 12-2 20z", WOOD)
    pen.line("M3 -20c5-1 8-3 11-7M3 -30c2-4 3-8 4-13", 2.2)
    for x, y, size in ((-13.0, -37.0, 11.0), (8.0, -44.0, 10.0), (15.0, -27.0, 8.0)):
        cloud = "M-10 0c-3-9 7-11 10-9c6-3 13 2 10 9z"
        pen.at(x, y, size / 10).shape(cloud, dress.second, 1.4)
        for dot in range(3):
            pen.shape(star(x - size * 0.5 + dot * size * 0.5, y - size * 0.35, 2.6, 1.3, 5), dress.main, 0.8)
    pen.shape("M-21 -9h42l-4 9h-34z", BLUE)


def house(pen: Pen, dress: Dress, chance: Random) -> None:
    """A stilt house between trees."""
    pen.line("M-18 0v-18M-6 0v-18M6 0v-18M18 0v-18", 2.0)
    pen.shape(box(-21, -30, 42, 13), STRAW)
    pen.shape(box(-5, -29, 9, 12), WOOD, 1.2)
    pen.shape(box(-16, -27, 7, 6), dress.light, 1.1)
    pen.shape(box(9, -27, 7, 6), dress.light, 1.1)
    pen.shape("M-29 -28l14-21h30l14 21z", dress.main)
    pen.line("M-22 -34h44M-18 -41h36", 1.0)
    pen.line("M-8 0l5-17M-2 0l4-17M-7 -5h6M-5.5 -11h6", 1.2)
    pen.shape("M28 0c-8-6-7-18 0-26c7 8 8 20 0 26z", GREEN, 1.4)
    pen.line("M28 3v-16", 1.4)
    leaf(pen, -31, 0, 0.9, LEAF)


def boat(pen: Pen, dress: Dress, chance: Random) -> None:
    """A three-plank boat full of fruit."""
    pen.line("M-20 -12L-12 -46", 1.9)
    for x, y, colour in (
        (-6, -13, HOE),
        (3, -16, "#E8902A"),
        (12, -13, LEAF),
        (-1, -20, "#E8902A"),
        (8, -21, HOE),
    ):
        pen.shape(ellipse(x, y, 6), colour, 1.3)
    pen.shape("M-34 -16c10 6 58 6 68 0c-4 12-14 16-24 16h-20c-10 0-20-4-24-16z", dress.main)
    pen.line("M-30 -9c14 5 46 5 60 0", 1.2)
    pen.flat(ellipse(26, -10, 2), HOE)
    pen.line("M-38 3c6-3 10 3 16 0c6-3 10 3 16 0c6-3 10 3 16 0c6-3 10 3 16 0", 1.6, BLUE)


def hills(pen: Pen, near: str, far: str, sun: str, sun_x: float) -> None:
    """Two ranges of hills and a sun behind them, across the whole sheet down to y = 60."""
    pen.tone(ellipse(sun_x, 20, 9), sun)
    pen.line(ellipse(sun_x, 20, 9), 1.1)
    pen.flat("M0 44c12-12 24-15 36-6c12 8 22 0 32-8c10-6 20-2 28 8v24h-96z", far)
    pen.line("M0 43c12-12 24-15 36-6c12 8 22 0 32-8c10-6 20-2 28 8", 1.1)
    pen.flat("M0 54c18-10 34-8 50-2c16 6 32 2 46-6v16h-96z", near)
    pen.line("M0 53c18-10 34-8 50-2c16 6 32 2 46-6", 1.1)


def waves(pen: Pen, near: str, far: str, sun: str, sun_x: float) -> None:
    """A sea with a low sun, down to y = 60."""
    pen.tone(ellipse(sun_x, 33, 12), sun)
    pen.line(ellipse(sun_x, 33, 12), 1.1)
    pen.flat(box(0, 40, 96, 22), far)
    pen.flat(box(0, 50, 96, 12), near)
    for row, y in enumerate((44, 51)):
        for x in range(-8 + row * 6, 100, 12):
            pen.line(f"M{x} {y}c2-3 6-3 8 0", 1.0, DEEP if row else SKY)
