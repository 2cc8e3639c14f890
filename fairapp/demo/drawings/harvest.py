"""Fruit, nuts, roots and spices; each lies on y = 0 around x = 0."""

from math import cos, pi, sin
from random import Random

from fairapp.demo.drawings.paths import box, ellipse, star
from fairapp.demo.drawings.pen import Pen
from fairapp.demo.drawings.pigments import CREAM, DEEP, GREEN, HOE, LEAF, MINT, SON, WOOD, Dress


def leaf(pen: Pen, x: float, y: float, size: float, colour: str = LEAF, turned: bool = False) -> None:
    """One leaf that points up and to the right."""
    here = pen.at(x, y, size, turned)
    here.shape("M0 0c1-8 7-11 15-10c0 8-7 12-15 10z", colour, 1.2)
    here.line("M0 0c5-2 8-5 11-8", 1.0)


def citrus(pen: Pen, dress: Dress, chance: Random) -> None:
    """Two whole fruits and a half one."""
    pen.shape(ellipse(-11, -14, 14), dress.main)
    leaf(pen, -10, -27, 0.8, GREEN)
    pen.shape(ellipse(14, -11, 11), dress.main)
    pen.shape(ellipse(3, -8.5, 9), CREAM)
    pen.flat(ellipse(3, -8.5, 7), dress.main)
    for tip in range(8):
        angle = pi * tip / 4
        pen.line(f"M3 -8.5L{3 + 7 * cos(angle):.2f} {-8.5 + 7 * sin(angle):.2f}", 0.8, CREAM)
    pen.line(ellipse(3, -8.5, 9), 1.3)


def pomelo(pen: Pen, dress: Dress, chance: Random) -> None:
    """A pear-shaped fruit with a leaf, and segments ready peeled."""
    pen.shape(
        "M-6 -42c5-1 8 1 9 6c9 4 15 12 13 22c-3 18-39 18-42 0c-2-10 4-18 13-22c1-3 3-5 7-6z", dress.main
    )
    pen.line("M-6 -42c0-2 1-4 3-5", 1.6)
    leaf(pen, -3, -45, 0.9, GREEN)
    for x, turned in ((17, False), (25, True)):
        pen.at(x, 0, 0.9, turned).shape("M-7 -1c0-9 5-15 11-16c3 6 1 14-3 16z", "#F2A59A", 1.3)


def lychee(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bunch on its twig."""
    pen.line("M-2 -46c2 8 0 12 1 20M0 -36l-10 8M1 -34l11 7", 1.6)
    leaf(pen, 1, -42, 0.9, GREEN)
    leaf(pen, -3, -40, 0.8, DEEP, turned=True)
    for x, y in ((-12, -22), (0, -24), (12, -21), (-7, -11), (6, -11)):
        pen.shape(ellipse(x, y, 7.6), dress.main, 1.4)
        pen.line(f"M{x - 3} {y - 2}l1.5 1.5M{x + 1} {y - 3}l1.5 1.5M{x} {y + 2}l1.5 1.5", 0.8)
    pen.shape(ellipse(17, -6, 6.5), CREAM, 1.4)


def fruit(pen: Pen, dress: Dress, chance: Random) -> None:
    """A basket of round fruit."""
    for x, y in ((-11, -22), (0, -26), (11, -22), (-5, -18), (6, -17)):
        pen.shape(ellipse(x, y, 8), dress.main, 1.4)
        pen.line(f"M{x} {y - 7.5}c1-2 2-3 4-3", 1.2)
    leaf(pen, 3, -33, 0.8, GREEN)
    pen.shape("M-21 -17h42l-5 17h-32z", "#E9C877")
    pen.line("M-19 -11h38M-17.5 -6h35", 1.1)
    pen.line("M-11 -17l2 17M0 -17v17M11 -17l-2 17", 1.1)


def dragonfruit(pen: Pen, dress: Dress, chance: Random) -> None:
    """A whole fruit and a half with seeds."""
    pen.shape("M-9 0c-13-3-17-14-13-22c4-8 10-12 13-12c4 0 11 4 14 12c4 8 0 19-14 22z", "#D9688E")
    for x, y, lean in ((-9, -32, 0), (-20, -22, -4), (3, -22, 4), (-14, -18, -3), (-3, -12, 3)):
        pen.shape(f"M{x - 3} {y + 6}c0-5 {lean - 1}-9 {lean + 2}-13c3 3 5 8 4 13z", LEAF, 1.1)
    pen.shape(ellipse(16, -11, 11), "#D9688E")
    pen.flat(ellipse(16, -11, 8.6), dress.light if chance.random() < 0.5 else "#C2295F")
    for tip in range(14):
        angle, far = tip * 2.4, 1.8 + tip * 0.45
        pen.flat(ellipse(16 + far * cos(angle), -11 + far * sin(angle), 0.6), "#1B1D2A")
    pen.line(ellipse(16, -11, 8.6), 1.0)


def pepper(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bowl of peppercorns below a hanging spike."""
    pen.line("M-14 -48c6 6 6 12 5 26", 1.6)
    leaf(pen, -12, -44, 1.1, GREEN)
    for place in range(6):
        for side in (-1, 1):
            colour = dress.main if (place + side) % 3 else HOE
            pen.shape(ellipse(-9.5 + side * 2.6, -40 + place * 4.2, 2.5), colour, 0.9)
    for x, y in ((-6, -17), (0, -19), (6, -19), (12, -17), (3, -22)):
        pen.shape(ellipse(x, y, 3.4), dress.main, 1.0)
    pen.shape("M-15 -16h36c0 9-6 16-13 16h-10c-7 0-13-7-13-16z", dress.light)
    pen.tone("M-14 -11h33l-1.5 5h-30z", dress.second)


def nut(pen: Pen, dress: Dress, chance: Random) -> None:
    """Chestnuts or macadamias beside an open burr."""
    pen.shape(star(-10, -14, 16, 11, 16), LEAF, 1.2)
    pen.flat(ellipse(-10, -14, 9), CREAM)
    pen.line(ellipse(-10, -14, 9), 1.2)
    for x, y, size in ((-10, -7, 0.75), (9, 0, 1.15), (22, 0, 0.85)):
        here = pen.at(x, y, size)
        here.shape("M0 -17c7 4 11 8 9 13c-2 5-16 5-18 0c-2-5 2-9 9-13z", dress.main, 1.4)
        here.line("M-8.5 -5c5 3 12 3 17 0", 1.1)


def garlic(pen: Pen, dress: Dress, chance: Random) -> None:
    """Bulbs and loose cloves."""
    for x, size in ((-9, 1.15), (12, 0.85)):
        here = pen.at(x, 0, size)
        here.shape(
            "M-2 -36c1-3 4-3 5 0c0 8 1 10 6 14c8 6 8 16 1 20c-5 3-15 3-20 0c-7-4-7-14 1-20c5-4 7-6 7-14z",
            dress.light,
        )
        here.line("M-2 -20c-5 6-6 12-4 19M4 -20c5 6 6 12 4 19M1 -21v19", 1.1)
    pen.shape("M20 0c-1-6 2-10 6-11c3 5 2 10-2 11z", dress.main, 1.2)


def cashew(pen: Pen, dress: Dress, chance: Random) -> None:
    """A cashew apple with its nut, kernels in a dish."""
    pen.shape("M-12 -48c8-2 16 3 15 12c0 7-4 13-9 13c-6 0-12-5-13-12c-1-6 2-11 7-13z", "#E8902A")
    pen.shape("M-8 -23c-4 1-5 6-1 8c4 2 10-1 10-5c-3 1-4-3-9-3z", dress.main, 1.3)
    leaf(pen, -8, -48, 0.9, GREEN)
    for x, y, turned in ((-2, -10, False), (9, -11, True), (16, -10, False), (4, -14, False)):
        pen.at(x, y, 0.9, turned).shape(
            "M-5 0c-2-5 3-8 7-6c3 1 4 4 2 6c-2-2-4-2-5 0c-1 3-3 2-4 0z", CREAM, 1.1
        )
    pen.shape("M-12 -9h38c-2 6-8 9-14 9h-10c-6 0-12-3-14-9z", dress.second)


def coconut(pen: Pen, dress: Dress, chance: Random) -> None:
    """A split coconut and a bottle of nectar."""
    pen.shape(ellipse(-9, -14, 14, 14), WOOD)
    pen.flat(ellipse(-9, -17, 11.5, 8.5), "#FFFFFF")
    pen.flat(ellipse(-9, -16, 8, 5.5), "#E3EEF0")
    pen.line(ellipse(-9, -17, 11.5, 8.5), 1.3)
    pen.line("M-20 -7c4 3 6 4 9 5", 1.0)
    pen.shape("M11 0v-22c0-4 3-5 3-8v-8h8v8c0 3 3 4 3 8v22z", "#D9821B")
    pen.shape(box(13, -43, 10, 6), dress.second, 1.3)
    pen.shape(box(11, -18, 14, 10), CREAM, 1.1)
    pen.line("M-22 -36c8-8 18-9 26-4M-22 -36c2-5 6-9 11-11M-22 -36c9-2 16 0 20 5", 2.0, GREEN)


def mushroom(pen: Pen, dress: Dress, chance: Random) -> None:
    """Three caps on their log."""
    for x, y, size in ((-13, -9, 0.85), (3, -9, 1.2), (17, -9, 0.7)):
        here = pen.at(x, y, size)
        here.shape("M-4 0c1-6 1-8 0-13h8c-1 5-1 7 0 13z", CREAM, 1.3)
        here.shape("M-15 -12c0-10 7-16 15-16c8 0 15 6 15 16c-8 3-22 3-30 0z", dress.main)
        here.line("M-6 -23l3 3l-3 3M3 -25l2 4l5 1M-1 -17l4 1", 1.0, CREAM)
    pen.shape("M-25 -10h46c5 0 5 10 0 10h-46c-5 0-5-10 0-10z", WOOD)
    pen.line("M-18 -5h12M0 -7h14M-2 -3h9", 1.0)
    pen.shape(ellipse(-25, -5, 3.2, 5), STRAWY, 1.2)


STRAWY = "#E9C877"


def root(pen: Pen, dress: Dress, chance: Random) -> None:
    """A ginseng root with its red berries."""
    pen.line("M0 -26c0-6 1-9 0-13", 1.7)
    for turned in (False, True):
        leaf(pen, 0, -36, 1.0, LEAF, turned)
        leaf(pen, 0, -32, 0.75, GREEN, turned)
    for x, y in ((-2.5, -43), (2.5, -43), (0, -47)):
        pen.shape(ellipse(x, y, 2.6), SON, 1.0)
    pen.shape(
        "M-4 -27h8c6 2 7 8 4 12c4 5 8 8 9 15c-6-3-9-7-12-11c1 4 0 8-1 12c-4-3-5-8-4-12"
        "c-4 4-7 8-13 11c1-7 5-10 9-15c-4-4-4-10 0-12z",
        dress.main,
    )
    pen.line("M-5 -20c3 1 6 1 9 0M-6 -15c4 1 7 1 11 0M-2 -24h4", 1.0)


def herb(pen: Pen, dress: Dress, chance: Random) -> None:
    """A tied bundle of leaves, or a mortar."""
    if chance.random() < 0.5:
        for x, y, turned, colour in (
            (-3, -18, True, LEAF),
            (3, -18, False, GREEN),
            (-4, -26, True, GREEN),
            (4, -26, False, LEAF),
            (-2, -34, True, MINT),
            (2, -34, False, LEAF),
        ):
            pen.line(f"M0 -4L{x} {y}", 1.3)
            leaf(pen, x, y, 1.0, colour, turned)
        pen.shape("M-8 0c1-6 3-9 5-13h6c2 4 4 7 5 13z", LEAF, 1.3)
        pen.shape(box(-6, -14, 12, 4), dress.second, 1.2)
    else:
        pen.line("M5 -18L17 -44", 3.4)
        leaf(pen, -6, -25, 1.0, LEAF, True)
        leaf(pen, -3, -25, 1.1, GREEN)
        pen.shape("M-18 -26h36c0 12-4 18-10 20v6h-16v-6c-6-2-10-8-10-20z", dress.main)
        pen.line("M-17 -20h34", 1.2)


def vanilla(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bundle of pods and a flower."""
    for shift in (-6, -2, 2, 6):
        pen.shape(f"M{shift - 14} -2c4-16 14-26 28-36c-4 14-12 26-24 36z", dress.main, 1.1)
    pen.shape("M-9 -12l8 8l5-5l-8-8z", HOE, 1.2)
    pen.shape(star(16, -10, 9, 4, 5), "#F6F0D8", 1.3)
    pen.flat(ellipse(16, -10, 2.4), HOE)


def cinnamon(pen: Pen, dress: Dress, chance: Random) -> None:
    """Rolled quills tied with a band."""
    for y in (-9, -18, -27):
        shift = 3 if y == -18 else 0
        pen.shape(f"M{-24 + shift} {y}h44v9h-44z", dress.main)
        pen.shape(ellipse(20 + shift, y + 4.5, 4.4), "#F2C39F", 1.2)
        pen.line(f"M{20 + shift} {y + 4.5}c2-1 2 2 0 2", 1.0)
        pen.line(f"M{-18 + shift} {y + 4}h14M{2 + shift} {y + 6}h9", 0.9)
    pen.shape(box(-9, -29, 8, 30), dress.second, 1.3)


def anise(pen: Pen, dress: Dress, chance: Random) -> None:
    """Stars of anise."""
    for x, y, size, tips in ((-9, -16, 16, 8), (14, -9, 10, 8), (12, -31, 9, 8)):
        pen.shape(star(x, y, size, size * 0.42, tips), dress.main, 1.3)
        for tip in range(tips):
            angle = 2 * pi * tip / tips - pi / 2
            pen.flat(ellipse(x + size * 0.5 * cos(angle), y + size * 0.5 * sin(angle), size * 0.085), HOE)


def rice(pen: Pen, dress: Dress, chance: Random) -> None:
    """A sack of rice with an ear of it."""
    pen.shape("M-15 0c-4-12-3-24 1-34h26c4 10 5 22 1 34z", dress.light)
    pen.shape("M-14 -34c-2-7 4-8 13-8c9 0 15 1 13 8z", dress.second, 1.3)
    pen.flat(ellipse(-1, -16, 9), dress.main)
    pen.line(ellipse(-1, -16, 9), 1.2)
    pen.line("M-8 -13q7-4 14 0M-7 -17q6-4 12 0", 1.0, CREAM)
    pen.line("M16 0c4-14 5-24 0-38", 1.5)
    for place in range(6):
        y = -38 + place * 4
        pen.shape(ellipse(19 - place * 0.1, y, 1.9, 3.2), HOE, 0.9)
        pen.shape(ellipse(14.5 + place * 0.6, y - 1, 1.9, 3.2), HOE, 0.9)


def lotus(pen: Pen, dress: Dress, chance: Random) -> None:
    """A flower above its leaf."""
    pen.shape("M-26 -5c6-6 46-6 52 0c-6 7-46 7-52 0z", LEAF)
    pen.line("M0 -6v-6M-14 -5h28", 1.2)
    petal = "#E58FA6" if chance.random() < 0.6 else "#FBF3E6"
    for path in (
        "M-3 -12c-14 1-20-8-21-16c10 0 17 5 21 16z",
        "M3 -12c14 1 20-8 21-16c-10 0-17 5-21 16z",
        "M-2 -12c-11-5-14-16-11-25c8 5 12 14 11 25z",
        "M2 -12c11-5 14-16 11-25c-8 5-12 14-11 25z",
        "M0 -11c-9-8-9-22 0-32c9 10 9 24 0 32z",
    ):
        pen.shape(path, petal, 1.4)
