"""Tins, bags, jars and bottles; each stands on y = 0 around x = 0 and is about 46 units high."""

from random import Random

from fairapp.demo.drawings.paths import box, ellipse, star
from fairapp.demo.drawings.pen import Pen
from fairapp.demo.drawings.pigments import HOE, LEAF, SON, Dress


def leaves(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    """Two leaves and a bud on a stalk."""
    here = pen.at(x, y, size)
    here.shape("M0 0c-7-1-10-6-9-12c6 1 10 5 9 12z", colour, 1.2)
    here.shape("M0 0c7-1 10-6 9-12c-6 1-10 5-9 12z", colour, 1.2)
    here.shape("M0 -2c-3-5-3-9 0-14c3 5 3 9 0 14z", colour, 1.2)


def mark(pen: Pen, x: float, y: float, size: float, dress: Dress, chance: Random) -> None:
    """A small maker's sign for a label."""
    here, kind = pen.at(x, y, size), chance.randrange(5)
    if kind == 0:
        here.flat(star(0, 0, 5, 2.2, 8), dress.main)
    elif kind == 1:
        here.flat(ellipse(0, 0, 4.5), dress.main)
        here.line("M-7 4q7 -5 14 0M-7 7q7 -5 14 0", 1.1)
    elif kind == 2:
        here.flat("M-6 3l6-8l6 8z", dress.main)
        here.line("M-8 5h16", 1.1)
    elif kind == 3:
        here.flat("M0 6c-7-3-7-9-3-13c5 2 7 7 3 13z", dress.main)
        here.line("M0 7c-1-5-1-8-3-13", 1.1)
    else:
        here.flat("M0 -6l6 6l-6 6l-6-6z", dress.main)
        here.flat("M0 -2.5l2.5 2.5l-2.5 2.5l-2.5-2.5z", dress.light)


def tea(pen: Pen, dress: Dress, chance: Random) -> None:
    """A tin, or a wrapped bag, with two leaves and a bud on its label."""
    if chance.random() < 0.6:
        pen.shape(box(-15, -40, 30, 40), dress.main)
        pen.shape("M-17 -40h34v-5h-34z", dress.second, 1.4)
        pen.shape("M-10 -45c0-5 20-5 20 0z", dress.main, 1.4)
        pen.flat(box(-14.2, -31, 28.4, 21), dress.light)
        pen.line("M-15 -31h30M-15 -10h30", 1.2)
        leaves(pen, 0, -13.5, 0.95, dress.main)
    else:
        pen.shape("M-17 0l2-38h30l2 38z", dress.main)
        pen.shape("M-15 -38l2-7h26l2 7z", dress.second, 1.4)
        pen.line("M-8 -45v7M0 -45v7M8 -45v7", 1)
        pen.shape(ellipse(0, -19, 11, 12), dress.light, 1.2)
        leaves(pen, 0, -12, 0.85, dress.main)


def cup(pen: Pen, dress: Dress, chance: Random) -> None:
    """A cup that steams; stands beside tea and coffee."""
    pen.shape("M-9 -11h18c0 6-3 11-9 11c-6 0-9-5-9-11z", dress.light)
    pen.line("M-4 -15c0-3 3-3 3-6M3 -15c0-3 3-3 3-6", 1.2)
    pen.line("M-12 0h24", 1.4)


def coffee(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bag with a valve and a bean, its top rolled and clipped."""
    pen.shape("M-15 0v-36l4-7h22l4 7v36z", dress.main)
    pen.line("M-15 -36h30M-11 -43h22", 1.3)
    pen.shape(box(-12, -30, 24, 20), dress.light, 1.2)
    bean(pen, 0, -20, 1.0, dress.main)
    pen.flat(box(-12, -7, 24, 3), dress.second)


def bean(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    """A coffee bean, cut on its length."""
    here = pen.at(x, y, size)
    here.shape("M-6 3c-2-7 3-11 7-9c5 2 5 9 1 12c-3 2-7 1-8-3z", colour, 1.2)
    here.line("M-4 5c4-2 2-6 7-10", 1.1)


def beans(pen: Pen, dress: Dress, chance: Random) -> None:
    """A handful of coffee beans on the table."""
    for x, y, size in ((-9, -3, 0.7), (0, -2.5, 0.8), (9, -3, 0.65), (-4, -8, 0.6), (5, -8, 0.7)):
        bean(pen, x, y, size, dress.main)


def honey(pen: Pen, dress: Dress, chance: Random) -> None:
    """A jar with a comb on its label, cloth over the lid."""
    pen.shape("M-16 0v-26c0-4 4-5 5-8h22c1 3 5 4 5 8v26z", dress.main)
    if chance.random() < 0.5:
        pen.shape("M-14 -34l-3-4c4-8 30-8 34 0l-3 4z", dress.second)
        pen.line("M-12 -34h24", 2.0)
    else:
        pen.shape(box(-13, -43, 26, 9), dress.second)
        pen.line("M-13 -39h26", 1.1)
    pen.shape(box(-12, -24, 24, 17), dress.light, 1.2)
    for x, y in ((0, -19), (-4.6, -11.8), (4.6, -11.8)):
        pen.shape(f"M{x - 2.2} {y - 3.2}h4.4l2.2 3.2l-2.2 3.2h-4.4l-2.2-3.2z", dress.main, 1.0)


def dipper(pen: Pen, dress: Dress, chance: Random) -> None:
    """A honey dipper leaning."""
    pen.line("M9 -30L2 -12", 1.8)
    pen.shape("M-3 -2c-2-6 2-11 6-11c5 1 6 7 3 12c-2 3-7 3-9-1z", "#C58A3D", 1.4)
    pen.line("M-3 -6l10 3M-1 -10l9 3", 1.0)


def sauce(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bottle of fish sauce or the like."""
    pen.shape("M-5 -46h10v13c6 4 8 8 8 14v19h-26v-19c0-6 2-10 8-14z", dress.main)
    pen.shape(box(-6, -49, 12, 6), dress.second, 1.3)
    pen.shape(box(-13, -21, 26, 15), dress.light, 1.2)
    fishlet(pen, 0, -13.5, 0.85, dress.main)


def fishlet(pen: Pen, x: float, y: float, size: float, colour: str) -> None:
    """A small fish for labels."""
    here = pen.at(x, y, size)
    here.shape("M-8 0c4-6 10-6 14 0c-4 6-10 6-14 0z", colour, 1.1)
    here.line("M6 0l5-4v8z", 1.1)
    here.flat(ellipse(-4, -0.8, 0.8), "#1B1D2A")


def spirit(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bottle of wine or liqueur, or a gourd-shaped flask."""
    if chance.random() < 0.55:
        pen.shape("M-4 -48h8v16c5 3 7 6 7 11v21h-22v-21c0-5 2-8 7-11z", dress.main)
        pen.shape(box(-4, -50, 8, 9), dress.second, 1.2)
        pen.shape(box(-11, -20, 22, 14), dress.light, 1.2)
        mark(pen, 0, -13, 0.8, dress, chance)
    else:
        pen.shape(ellipse(0, -12, 15, 13), dress.main)
        pen.shape(ellipse(0, -31, 9, 9), dress.main)
        pen.shape(box(-3, -46, 6, 8), dress.second, 1.2)
        pen.line("M-9 -24c6 4 12 4 18 0", 2.2, dress.second)
        mark(pen, 0, -12, 1.0, Dress(dress.light, dress.second, dress.main), chance)


def glass(pen: Pen, dress: Dress, chance: Random) -> None:
    """A small glass, half full."""
    pen.flat("M-5 -13h10l-1 13h-8z", "#FFFCF3")
    pen.flat("M-4.6 -8h9.2l-.6 8h-8z", dress.main)
    pen.line("M-5 -13h10l-1 13h-8z", 1.3)


def oil(pen: Pen, dress: Dress, chance: Random) -> None:
    """A dropper bottle."""
    pen.shape("M-11 0v-19c0-4 3-6 6-7v-4h10v4c3 1 6 3 6 7v19z", dress.main)
    pen.shape(box(-6, -36, 12, 7), dress.second, 1.3)
    pen.shape("M-3 -36v-6c0-5 6-5 6 0v6z", "#3A3D4C", 1.3)
    pen.shape(box(-11, -18, 22, 12), dress.light, 1.2)
    pen.shape("M0 -17c4 4 4 8 0 9c-4-1-4-5 0-9z", dress.main, 1.0)


def jar(pen: Pen, dress: Dress, chance: Random) -> None:
    """A stoneware jar, tall or squat."""
    if chance.random() < 0.5:
        pen.shape("M-9 0c-8-7-12-16-9-25c1-5 5-8 8-10h20c3 2 7 5 8 10c3 9-1 18-9 25z", dress.main)
        pen.shape("M-12 -35c0-5 24-5 24 0c0 4-24 4-24 0z", dress.second, 1.4)
        pen.line("M-18.5 -24c10 4 27 4 37 0M-18 -14c10 4 26 4 36 0", 1.2)
        for x in (-10, 0, 10):
            pen.shape(f"M{x} -20.5l2.6 3.2l-2.6 3.2l-2.6-3.2z", dress.second, 0.9)
    else:
        pen.shape("M-13 0c-8-5-9-17-2-24l4-4h22l4 4c7 7 6 19-2 24z", dress.main)
        pen.shape("M-13 -28h26l-2-5h-22z", dress.second, 1.3)
        pen.shape("M-4 -33c0-4 8-4 8 0z", dress.main, 1.2)
        pen.line("M-17 -17h34M-18 -13h36", 1.1)
        pen.line("M-17 -20c-6 0-6 9-1 9M17 -20c6 0 6 9 1 9", 1.7)


def vase(pen: Pen, dress: Dress, chance: Random) -> None:
    """A glazed vase or a teapot."""
    if chance.random() < 0.6:
        pen.shape(
            "M-6 -44h12v7c8 4 12 10 12 18c0 9-4 16-10 19h-16c-6-3-10-10-10-19c0-8 4-14 12-18z", dress.main
        )
        pen.tone("M-17 -24h34l.5 11h-35z", dress.second)
        pen.line("M-8 -44h16M-16.5 -26h33M-17 -13h34", 1.2)
        for x in (-11, 0, 11):
            pen.shape(f"M{x} -23.5l4 4l-4 4l-4-4z", HOE, 1.0)
    else:
        pen.shape("M-15 -3c-5-8-4-18 3-23h24c7 5 8 15 3 23c-3 4-27 4-30 0z", dress.main)
        pen.shape("M-9 -26c2-5 16-5 18 0z", dress.second, 1.3)
        pen.line("M0 -31v-1", 2.6)
        pen.line("M17 -18c6 0 7-4 10-8M-17 -20c-9-1-10 12-2 13", 2.0)
        pen.line("M-17 -16c10 4 24 4 34 0", 1.2)
        leaves(pen, 0, -3, 0.7, dress.second)


def salt(pen: Pen, dress: Dress, chance: Random) -> None:
    """A heap of salt with a rake, or a full sack."""
    if chance.random() < 0.5:
        pen.shape("M-23 0c8-10 14-22 23-30c9 8 15 20 23 30z", "#FFFFFF")
        pen.line("M-9 -8l3-5M2 -14l3-5M8 -6l3-4M-2 -4l2-3", 1.1)
        pen.line("M18 -38L7 -16", 1.9)
        pen.shape("M1 -20l12 6l-2 4l-12-6z", dress.second, 1.3)
    else:
        pen.shape("M-16 0c-3-12-3-22 2-30h28c5 8 5 18 2 30z", dress.light)
        pen.shape("M-14 -30c-3-9 6-12 14-12c8 0 17 3 14 12z", "#FFFFFF")
        pen.line("M-8 -36l2-3M0 -38l2-3M7 -35l2-3", 1.1)
        pen.tone(box(-15, -22, 30, 6), dress.main)
        pen.line("M-16 -22h32M-17 -16h34", 1.2)


def sugar(pen: Pen, dress: Dress, chance: Random) -> None:
    """Discs of palm sugar, tied in leaf."""
    for place, y in enumerate((0, -9, -18)):
        shift = (-1.5, 2.0, -0.5)[place]
        pen.shape(f"M{-15 + shift} {y}v-7c0-4 30-4 30 0v7c0 4-30 4-30 0z", dress.main)
        pen.line(f"M{-15 + shift} {y - 7}c0 4 30 4 30 0", 1.1)
    pen.shape("M-4 -29c2-9 10-11 16-10c-2 7-8 11-16 10z", LEAF, 1.2)
    pen.line("M0 -29v33", 2.0, SON)


def chili(pen: Pen, dress: Dress, chance: Random) -> None:
    """A jar of chilli salt with two peppers before it."""
    pen.shape("M-13 0v-28h26v28z", "#E2602C")
    pen.shape(box(-14, -36, 28, 8), dress.second)
    pen.shape(box(-13, -22, 26, 13), dress.light, 1.2)
    pen.shape("M-7 -13c4 2 10 0 13-5c1 6-7 10-13 5z", SON, 1.0)
    pen.shape("M8 2c8 0 14-4 16-13c4 9-6 18-16 13z", SON, 1.3)
    pen.line("M24 -11c0-3 2-4 3-4", 1.8, "#0E6B4E")
