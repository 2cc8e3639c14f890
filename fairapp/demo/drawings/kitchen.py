"""Things from the kitchen and the sea; each lies on y = 0 around x = 0."""

from random import Random

from fairapp.demo.drawings.paths import box, ellipse
from fairapp.demo.drawings.pen import Pen
from fairapp.demo.drawings.pigments import CREAM, GREEN, HOE, LEAF, SON, WOOD, Dress


def fish(pen: Pen, dress: Dress, chance: Random) -> None:
    """Three fish drying on a line."""
    pen.line("M-30 -42c20 5 40 5 60 0", 1.5)
    for x in (-17, 0, 17):
        here = pen.at(x, -39)
        here.shape("M0 2l-5-4h10z", dress.second, 1.1)
        here.shape("M0 2c9 8 9 22 0 33c-9-11-9-25 0-33z", dress.main)
        here.line("M-5 12q5 4 10 0M-6 18q6 4 12 0M-5 24q5 4 10 0", 1.0)
        here.flat(ellipse(1.5, 30, 1.1), "#1B1D2A")
    pen.line("M-30 0h60", 1.4)


def shrimp(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bowl of shrimp, two of them curled before it."""
    pen.shape("M-22 -18h38c0 11-6 18-14 18h-10c-8 0-14-7-14-18z", dress.light)
    pen.tone("M-21 -12h35l-2 5h-31z", dress.second)
    for x, y, turned in ((-12, -19, False), (0, -22, True), (9, -19, False)):
        curl(pen.at(x, y, 0.85, turned), dress.main)
    curl(pen.at(19, -1, 1.1), dress.main)


def curl(pen: Pen, colour: str) -> None:
    """One curled shrimp."""
    pen.shape("M-9 0c-3-10 4-16 11-14c7 2 8 10 2 12c0-5-3-7-6-6c-3 1-3 5-2 8z", colour, 1.3)
    pen.line("M-7 -7l5 1M-3 -12l3 4M4 -13l-1 5", 0.9)
    pen.line("M-8 -3c-4-1-6-4-7-8M-7 -5c-3-3-3-6-3-9", 0.9)


def noodles(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bound bundle of dry noodles, or a bowl of them."""
    if chance.random() < 0.5:
        pen.shape("M-22 -4c-3-10-3-20 0-30h44c-3 10-3 20 0 30c-8 5-36 5-44 0z", dress.light)
        for x in range(-18, 20, 4):
            pen.line(f"M{x} -33c-3 10-3 20 0 29", 0.9)
        pen.shape("M-25 -24h50v12h-50z", dress.main, 1.4)
        pen.flat(ellipse(0, -18, 4), dress.second)
    else:
        for x in range(-12, 14, 4):
            pen.line(f"M{x} -20c-4-8 5-12 1-22", 1.2)
        pen.line("M-2 -44L22 -52M0 -40L23 -47", 1.7)
        pen.shape("M-24 -22h48c0 13-7 22-16 22h-16c-9 0-16-9-16-22z", dress.main)
        pen.flat("M-21.5 -15h44l-2 5h-40z", dress.second)
        pen.line("M-23 -15h46M-21 -10h42", 1.0)


def ricepaper(pen: Pen, dress: Dress, chance: Random) -> None:
    """Round sheets on a bamboo tray that leans in the sun."""
    pen.shape("M-27 0l8-38h38l8 38z", "#E9C877")
    for place in range(1, 5):
        pen.line(f"M{-27 + place * 11} 0l{(2.5 - place) * 1.3} -38", 0.9)
    for x, y, size in ((-9, -27, 8), (9, -26, 8), (-12, -10, 9), (10, -9, 9.5)):
        pen.shape(ellipse(x, y, size, size * 0.8), "#FFF9E8", 1.3)
        for dot in range(5):
            pen.flat(ellipse(x - 4 + dot * 2, y + (dot * 7 % 5) - 2, 0.55), dress.main)


def cake(pen: Pen, dress: Dress, chance: Random) -> None:
    """Round cakes with a red stamp, one of them cut."""
    for x, y in ((-13, 0), (9, 0), (-2, -15)):
        pen.shape(f"M{x - 12} {y - 4}c0-9 24-9 24 0c2 5-26 5-24 0z", "#F0C778")
        pen.shape(f"M{x - 12} {y - 5}c0-12 24-12 24 0c0 4-24 4-24 0z", "#F7DDA0", 1.4)
        pen.flat(ellipse(x, y - 8.5, 4, 2.6), SON)
    pen.shape("M19 0c0-10 8-13 14-13v13z", "#F0C778", 1.4)
    pen.flat("M23 -1c0-5 4-7 8-7v7z", dress.main)


def sausage(pen: Pen, dress: Dress, chance: Random) -> None:
    """Leaf-wrapped rolls on a string."""
    pen.line("M-18 -46c10 4 26 4 36 0", 1.5)
    for x in (-13, 0, 13):
        pen.line(f"M{x} -44v8", 1.3)
        pen.shape(f"M{x - 5} -36h10l1 30c-3 4-9 4-12 0z", LEAF if x else GREEN)
        pen.line(f"M{x - 6} -28h12M{x - 6} -19h12M{x - 6} -11h12", 1.4, HOE)
        pen.line(f"M{x - 2} -36l-3-4M{x + 2} -36l3-4", 1.2)


def chocolate(pen: Pen, dress: Dress, chance: Random) -> None:
    """A half-unwrapped bar before a cocoa pod."""
    pen.shape("M6 -2c-6-12-2-30 8-40c12 8 16 26 8 40c-4 4-12 4-16 0z", "#D9821B")
    pen.line("M12 -4c-3-10-2-24 2-35M18 -4c3-10 2-24-1-34", 1.1)
    pen.line("M14 -42v-5", 2.0)
    pen.shape("M-24 0v-38h26v38z", "#5B3A22")
    pen.line("M-11 -38v16M-24 -30h26", 1.0, "#C79B73")
    pen.shape("M-25 0v-22l4 3l5-4l5 4l5-4l5 4l4-3v22z", dress.main)
    pen.flat(box(-21, -13, 18, 8), CREAM)
    pen.line("M-18 -9h12", 1.2, dress.main)


def bamboo(pen: Pen, dress: Dress, chance: Random) -> None:
    """Tubes of bamboo, stopped with leaf."""
    for x, height in ((-15, 34), (0, 42), (15, 30)):
        pen.shape(box(x - 5.5, -height, 11, height), dress.main if x else LEAF)
        pen.line(f"M{x - 6} {-height * 0.55:.1f}h12M{x - 6} {-height * 0.5:.1f}h12", 1.1)
        pen.shape(ellipse(x, -height, 5.5, 2.2), "#E9C877", 1.2)
    pen.shape("M2 -43c2-9 9-11 15-9c-2 7-8 11-15 9z", GREEN, 1.2)
    pen.line("M-24 -10h46", 2.2, WOOD)
