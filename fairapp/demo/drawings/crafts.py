"""What hands make; each stands on y = 0 around x = 0."""

from math import cos, pi, sin
from random import Random

from fairapp.demo.drawings.paths import box, ellipse, star
from fairapp.demo.drawings.pen import Pen
from fairapp.demo.drawings.pigments import CREAM, HOE, INDIGO, SHELL, SON, STONE, WOOD, Dress


def diamonds(pen: Pen, x: float, y: float, width: float, count: int, colour: str) -> None:
    """A band of diamonds."""
    step = width / count
    for place in range(count):
        middle, half = x + step * (place + 0.5), step * 0.38
        pen.shape(
            f"M{middle - half:.2f} {y}l{half:.2f} -{half:.2f}l{half:.2f} {half:.2f}l-{half:.2f} {half:.2f}z",
            colour,
            0.9,
        )


def cloth(pen: Pen, dress: Dress, chance: Random) -> None:
    """Folded cloth in a pile, or a scarf over a rod."""
    if chance.random() < 0.5:
        for place, colour in enumerate((dress.main, dress.second, dress.light)):
            y = -11 * place
            pen.shape(f"M-21 {y}c-4-3-4-8 0-11h42v11z", colour)
            pen.line(f"M-14 {y - 5.5}h35", 1.0)
        pen.shape("M3 -33h11v33h-11z", dress.main, 1.2)
        diamonds(pen.at(8.5, -16.5), -4.5, 0, 9, 1, HOE)
    else:
        pen.line("M-26 -46h52", 2.4)
        pen.shape("M-17 -46h34v38h-34z", dress.main)
        pen.flat(box(-16, -22, 33, 7), dress.second)
        pen.line("M-17 -22h34M-17 -15h34M-17 -39h34", 1.1)
        diamonds(pen, -17, -30.5, 34, 4, HOE)
        for x in range(-15, 17, 5):
            pen.line(f"M{x} -8v7", 1.1)


def brocade(pen: Pen, dress: Dress, chance: Random) -> None:
    """A bag or a panel full of pattern."""
    if chance.random() < 0.5:
        pen.line("M-12 -30c0-22 24-22 24 0", 2.0)
        pen.shape("M-19 -32h38l2 32h-42z", dress.main)
        pen.flat(box(-18.5, -25, 38, 14), dress.second)
        pen.line("M-19.5 -25h39M-20.5 -11h41", 1.1)
        diamonds(pen, -18, -18, 37, 3, HOE)
        diamonds(pen, -18, -5.5, 37, 6, dress.light)
    else:
        pen.shape(box(-23, -44, 46, 40), dress.main)
        pen.flat(box(-21.5, -35, 46, 7), dress.second)
        pen.flat(box(-21.5, -18, 46, 7), dress.second)
        pen.line("M-23 -35h46M-23 -28h46M-23 -18h46M-23 -11h46", 1.0)
        diamonds(pen, -23, -23, 46, 5, HOE)
        diamonds(pen, -23, -39.5, 46, 8, dress.light)
        diamonds(pen, -23, -7.5, 46, 8, dress.light)
        for x in range(-21, 23, 6):
            pen.line(f"M{x} -4v5", 1.1)


def basket(pen: Pen, dress: Dress, chance: Random) -> None:
    """A plaited basket with a handle."""
    pen.line("M-15 -26c0-26 30-26 30 0", 2.6)
    pen.shape("M-22 -26h44l-6 26h-32z", dress.main)
    pen.line("M-20.5 -20h41M-19 -13.5h38M-17.5 -7h35", 1.1)
    for place in range(5):
        x = -16 + place * 8
        pen.line(f"M{x} -26l{-x * 0.27:.2f} 26", 1.1)
    pen.shape("M-23 -29h46v5h-46z", dress.second, 1.3)


def incense(pen: Pen, dress: Dress, chance: Random) -> None:
    """A fan of incense sticks, or a burner with smoke."""
    if chance.random() < 0.6:
        for tip in range(15):
            angle = pi * (0.16 + 0.68 * tip / 14)
            x, y = cos(angle), sin(angle)
            pen.line(
                f"M{4 * x:.2f} {-10 - 4 * y:.2f}L{36 * x:.2f} {-10 - 38 * y:.2f}",
                1.6,
                SON if tip % 2 else "#B5452A",
            )
            pen.line(f"M{26 * x:.2f} {-10 - 27 * y:.2f}L{36 * x:.2f} {-10 - 38 * y:.2f}", 2.6, WOOD)
        pen.shape("M-7 0c1-6 1-10-1-16h16c-2 6-2 10-1 16z", dress.main)
        pen.shape(box(-7.5, -12, 15, 5), HOE, 1.2)
    else:
        pen.line("M0 -26c-6-6 6-10 0-18M6 -27c-4-5 4-8 1-13", 1.5, STONE)
        for x in (-5, 0, 5):
            pen.line(f"M{x} -18v-14", 1.3)
        pen.shape("M-19 -18h38c0 9-5 13-11 14l3 4h-22l3-4c-6-1-11-5-11-14z", dress.main)
        pen.line("M-19 -18c-5 0-6-6-2-8M19 -18c5 0 6-6 2-8", 1.8)
        diamonds(pen, -12, -11, 24, 3, HOE)


def hat(pen: Pen, dress: Dress, chance: Random) -> None:
    """A conical hat with its ribbon."""
    pen.shape("M-10 -10c-6 8-4 14 2 16c4-4 4-10 6-16z", dress.main, 1.3)
    pen.shape("M-31 -8c8-9 22-26 31-34c9 8 23 25 31 34c-14 5-48 5-62 0z", "#F4E2B0")
    pen.line("M-24 -13c14 4 34 4 48 0M-18 -20c11 3 25 3 36 0M-12 -27c7 2 17 2 24 0M-6 -34c4 1 8 1 12 0", 1.0)
    pen.line("M-14 -7l14-33M14 -7L0 -40", 0.9)
    pen.shape(star(8, -15, 4.2, 1.9, 6), dress.second, 0.9)


def mat(pen: Pen, dress: Dress, chance: Random) -> None:
    """A rolled mat standing before a spread one."""
    pen.shape("M-28 0l6-34h38l6 34z", "#EBD59A")
    pen.flat("M-21 -7l3.4-20h30l3.4 20z", dress.main)
    pen.flat("M-15 -11l2-12h21l2 12z", "#EBD59A")
    pen.line("M-21 -7l3.4-20h30l3.4 20z", 1.0)
    diamonds(pen, -13, -17, 20, 3, dress.second)
    pen.shape("M20 0v-40h11v40z", "#E0C37D")
    pen.shape(ellipse(25.5, -40, 5.5, 2.6), "#F4E2B0", 1.2)
    pen.line("M25.5 -40c2 0 2-1 0-1", 1.0)
    pen.flat(box(20.8, -30, 11, 5), dress.main)
    pen.flat(box(20.8, -14, 11, 5), dress.main)
    pen.line("M20 0v-40M31 0v-40", 1.2)


def carving(pen: Pen, dress: Dress, chance: Random) -> None:
    """A carved panel with cloud scrolls."""
    pen.shape(box(-27, -36, 54, 36), dress.main)
    pen.shape(box(-22, -31, 44, 26), "#E2B77C", 1.3)
    pen.line("M-18 -12c0-8 12-8 12 0c0 5-8 5-8 0M18 -12c0-8-12-8-12 0c0 5 8 5 8 0", 1.7)
    pen.line("M-18 -22c6-6 12-6 18 0c6-6 12-6 18 0M-9 -8h18", 1.5)
    pen.shape(star(0, -19, 6, 3, 8), dress.second, 1.0)
    pen.shape("M-27 -36c4-8 50-8 54 0z", dress.main, 1.4)


def lacquer(pen: Pen, dress: Dress, chance: Random) -> None:
    """A round lacquer box with an inlaid flower, or a tray standing up."""
    if chance.random() < 0.5:
        pen.shape("M-22 -4v-14h44v14c-6 6-38 6-44 0z", dress.main)
        pen.shape("M-23 -18v-6c8-8 38-8 46 0v6c-8 6-38 6-46 0z", dress.main)
        pen.line("M-22 -11c8 4 36 4 44 0", 1.8, HOE)
        for tip in range(6):
            angle = pi * tip / 3
            pen.flat(ellipse(8 * cos(angle), -24 + 2.6 * sin(angle), 3, 1.4), HOE)
        pen.flat(ellipse(0, -24, 2.4, 1.2), SHELL)
    else:
        pen.shape(ellipse(0, -23, 23), dress.main)
        pen.line(ellipse(0, -23, 19), 1.4, HOE)
        pen.line("M-10 -6c2-14 8-24 14-30", 1.6, HOE)
        for x, y in ((-6, -22), (5, -34), (2, -18), (10, -27)):
            pen.flat(star(x, y, 4.6, 2.4, 5), SHELL)
            pen.flat(ellipse(x, y, 1.2), HOE)
        pen.shape("M-14 0l4-4h20l4 4z", WOOD, 1.3)


def silver(pen: Pen, dress: Dress, chance: Random) -> None:
    """A chased bangle with pendants, or a lidded box."""
    if chance.random() < 0.5:
        pen.shape(ellipse(0, -22, 22), "#D5D9E3")
        pen.flat(ellipse(0, -23, 14), dress.light)
        pen.line(ellipse(0, -23, 14), 1.4)
        for tip in range(12):
            angle = pi * tip / 6
            pen.shape(ellipse(18 * cos(angle), -22.5 + 18 * sin(angle), 2.0), dress.main, 0.9)
    else:
        pen.shape("M-19 -3v-19h38v19c-6 4-32 4-38 0z", "#D5D9E3")
        pen.shape("M-20 -22c2-14 38-14 40 0z", "#BFC6D6")
        pen.shape(ellipse(0, -35, 3), dress.main, 1.2)
        pen.line("M-14 -25c6-5 10-5 14 0c4-5 8-5 14 0", 1.1)
        diamonds(pen, -18, -12, 36, 4, dress.main)


def print_(pen: Pen, dress: Dress, chance: Random) -> None:
    """A folk print hung on a string, its block below."""
    pen.line("M0 -52l-14 8M0 -52l14 8", 1.1)
    pen.shape(box(-21, -45, 42, 38), "#FBF1D8")
    pen.shape("M-21 -45h42v-2h-42zM-21 -7h42v2h-42z", WOOD, 1.2)
    if chance.random() < 0.5:
        pen.shape("M-14 -18c-1-9 7-14 15-13c8 0 13 5 13 12c0 3-1 5-2 6h-22c-2-1-4-3-4-5z", dress.main, 1.3)
        pen.line("M-8 -13v4M8 -13v4M14 -20c3-1 3-4 1-5M-14 -20l-3 1", 1.3)
        for x in (-2, 5):
            pen.line(f"M{x} -22c3-3 6 0 4 3c-2 3-6 1-4-3", 1.1, CREAM)
        pen.flat(ellipse(-9, -22, 1), CREAM)
    else:
        pen.shape("M-10 -10c-4-12 4-22 10-24c2 6 10 6 12 14c2 6-4 10-10 10z", dress.main, 1.3)
        pen.shape("M0 -34c-2-4 2-7 5-5c3-2 5 2 2 5z", SON, 1.1)
        pen.line("M-3 -24c3 6 8 6 10 2M-4 -18c3 5 8 5 10 1", 1.1, CREAM)
        pen.shape(ellipse(12, -36, 4), HOE, 1.1)
    pen.flat(ellipse(14, -13, 0.1), SON)
    pen.flat(box(11, -14, 5, 5), SON)


def mask(pen: Pen, dress: Dress, chance: Random) -> None:
    """A clay dancer in relief."""
    pen.shape("M-16 0v-40c6-9 26-9 32 0v40z", "#E8B48F")
    pen.shape("M-6 -10c-4-8-3-12 2-16h8c5 4 6 8 2 16z", dress.main, 1.3)
    pen.shape(ellipse(0, -32, 4.6, 5.2), dress.main, 1.3)
    pen.shape("M-4 -36c0-7 8-7 8 0z", HOE, 1.1)
    pen.line("M-5 -24c-8 1-8-8-5-12M5 -24c8 2 7 8 4 12M-4 -10c-6 2-6 6-1 9M4 -10c5 3 4 6 1 9", 2.0)
    pen.line("M-16 -2h32", 1.4)


def knife(pen: Pen, dress: Dress, chance: Random) -> None:
    """A cleaver in a block, an anvil's spark behind."""
    pen.flat(star(-16, -36, 8, 3, 8), HOE)
    pen.shape("M-24 -32h34c4 0 6 6 4 20h-38z", "#C9D0DC")
    pen.line("M-24 -17h38", 1.1)
    pen.shape(ellipse(-18, -27, 1.8), INDIGO, 1.0)
    pen.shape("M13 -30l17-3c3 0 4 7 1 8l-16 1z", WOOD, 1.4)
    pen.shape("M-30 -11h48v11h-48z", dress.main)
    pen.line("M-24 -5h14M-2 -6h13", 1.0)


def lantern(pen: Pen, dress: Dress, chance: Random) -> None:
    """Silk lanterns on a string."""
    pen.line("M-32 -50c20 6 44 6 64 0", 1.4)
    for x, y, size, colour in (
        (-17, -44, 0.8, dress.second),
        (3, -45, 1.15, dress.main),
        (22, -46, 0.7, dress.main),
    ):
        here = pen.at(x, y, size)
        here.line("M0 -1v5", 1.3)
        here.shape("M-5 4h10v3h-10z", HOE, 1.1)
        here.shape("M-5 7c-14 4-14 18 0 23h10c14-5 14-19 0-23z", colour)
        here.line("M-2 7c-6 5-6 18 0 23M2 7c6 5 6 18 0 23M-14 18h28", 1.0)
        here.shape("M-5 30h10v3h-10z", HOE, 1.1)
        here.line("M-2 33v7M0 33v9M2 33v7", 1.1, SON)
