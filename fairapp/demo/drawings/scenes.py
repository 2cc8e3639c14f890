"""Puts a thing on a table before a wall: which ground, which dress, how many, what stands beside it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from fairapp.demo.drawings import crafts, harvest, kitchen, places, vessels
from fairapp.demo.drawings.paths import box, ellipse
from fairapp.demo.drawings.pen import INK, Pen, sheet
from fairapp.demo.drawings.pigments import DRESSES, GROUNDS, HOE, SON, Dress, Ground

Motif = Callable[[Pen, Dress, Random], None]
TABLE_Y = 60


@dataclass(frozen=True)
class Art:
    """A motif, its dresses, its grounds, what may stand beside it, and which backdrops suit."""

    motif: Motif
    dresses: str
    grounds: str
    beside: tuple[Motif, ...] = ()
    backdrops: str = "plain sun lattice arch"
    single: bool = False


ARTS = {
    "tea": Art(
        vessels.tea, "leafy", "green mint yellow blue shell rose", (vessels.cup,), "plain hills sun lattice"
    ),
    "coffee": Art(
        vessels.coffee,
        "coffee",
        "sand peach yellow rose mint",
        (vessels.beans, vessels.cup),
        "plain hills sun arch",
    ),
    "honey": Art(
        vessels.honey, "amber", "yellow green mint blue sand", (vessels.dipper,), "plain hills sun lattice"
    ),
    "sauce": Art(vessels.sauce, "spice", "peach blue yellow", (vessels.glass,), "plain waves sun"),
    "spirit": Art(
        vessels.spirit, "fruit", "lilac pink sand peach", (vessels.glass,), "plain hills arch lattice"
    ),
    "oil": Art(vessels.oil, "leafy", "mint green sand lilac", (harvest.herb,), "plain sun arch"),
    "jar": Art(vessels.jar, "earth", "sand peach blue green", (), "plain sun arch hills"),
    "vase": Art(vessels.vase, "glaze", "blue rose sand hoe", (), "plain arch lattice sun"),
    "salt": Art(vessels.salt, "straw", "blue mint peach", (), "waves sun plain", True),
    "sugar": Art(vessels.sugar, "amber", "green mint rose", (), "hills sun arch plain"),
    "chili": Art(vessels.chili, "spice", "yellow mint blue", (), "plain sun lattice"),
    "orange": Art(harvest.citrus, "citrus", "mint blue green", (), "hills plain sun", True),
    "pomelo": Art(harvest.pomelo, "straw", "green mint pink blue", (), "hills plain sun arch", True),
    "lychee": Art(harvest.lychee, "berry", "mint yellow green", (), "plain sun hills", True),
    "fruit": Art(harvest.fruit, "fruit", "blue mint yellow lilac", (), "hills plain arch", True),
    "dragonfruit": Art(harvest.dragonfruit, "petal", "mint yellow", (), "hills sun", True),
    "pepper": Art(harvest.pepper, "spice", "green mint sand", (), "plain sun arch", True),
    "nut": Art(harvest.nut, "earth", "green sand yellow", (), "hills plain sun", True),
    "garlic": Art(harvest.garlic, "petal", "lilac blue green", (), "waves plain arch", True),
    "cashew": Art(harvest.cashew, "earth", "mint yellow", (), "plain sun", True),
    "coconut": Art(harvest.coconut, "earth", "mint blue", (), "waves sun", True),
    "mushroom": Art(harvest.mushroom, "earth", "green sand mint", (), "hills plain", True),
    "root": Art(harvest.root, "straw", "rose green mint blue", (), "arch sun hills plain"),
    "herb": Art(harvest.herb, "earth", "mint green yellow", (), "plain hills arch"),
    "vanilla": Art(harvest.vanilla, "coffee", "yellow", (), "sun", True),
    "cinnamon": Art(harvest.cinnamon, "spice", "rose green", (), "plain hills", True),
    "anise": Art(harvest.anise, "earth", "sand mint", (), "plain sun arch", True),
    "rice": Art(harvest.rice, "bright", "green yellow blue", (), "hills sun", True),
    "lotus": Art(harvest.lotus, "petal", "mint blue yellow", (), "sun waves plain", True),
    "fish": Art(kitchen.fish, "sea", "blue yellow peach", (), "waves sun", True),
    "shrimp": Art(kitchen.shrimp, "prawn", "blue mint", (), "waves plain", True),
    "noodles": Art(kitchen.noodles, "bright", "peach green blue", (), "plain hills sun", True),
    "ricepaper": Art(kitchen.ricepaper, "spice", "blue green peach", (), "sun hills plain", True),
    "cake": Art(kitchen.cake, "fruit", "pink blue green lilac", (), "plain lattice arch", True),
    "sausage": Art(kitchen.sausage, "leafy", "peach yellow", (), "plain lattice", True),
    "chocolate": Art(kitchen.chocolate, "bright", "peach mint blue", (), "plain sun arch", True),
    "bamboo": Art(kitchen.bamboo, "straw", "green sand", (), "hills plain", True),
    "cloth": Art(crafts.cloth, "cloth", "pink sand blue yellow green", (), "plain arch lattice sun", True),
    "brocade": Art(crafts.brocade, "cloth", "sand pink mint yellow blue", (), "plain sun arch hills", True),
    "basket": Art(crafts.basket, "straw", "green blue peach", (), "plain arch sun", True),
    "incense": Art(crafts.incense, "spice", "sand green blue yellow", (), "plain arch lattice", True),
    "hat": Art(crafts.hat, "petal", "lilac mint blue", (), "hills sun plain", True),
    "mat": Art(crafts.mat, "cloth", "green blue peach", (), "plain lattice arch", True),
    "carving": Art(crafts.carving, "earth", "green blue", (), "plain arch", True),
    "lacquer": Art(crafts.lacquer, "cloth", "sand mint peach blue", (), "plain arch lattice", True),
    "silver": Art(crafts.silver, "cloth", "lilac rose blue", (), "plain arch sun", True),
    "print": Art(crafts.print_, "cloth", "sand green rose blue", (), "plain lattice", True),
    "mask": Art(crafts.mask, "earth", "blue", (), "arch", False),
    "knife": Art(crafts.knife, "earth", "blue yellow", (), "plain sun", True),
    "lantern": Art(crafts.lantern, "bright", "dusk lilac", (), "plain sun", True),
    "flower": Art(places.flower, "petal", "blue mint sand lilac pink", (), "plain sun arch hills"),
    "bonsai": Art(places.bonsai, "blossom", "blue rose", (), "sun", True),
    "house": Art(places.house, "spice", "yellow green rose", (), "hills", True),
    "boat": Art(places.boat, "earth", "mint", (), "waves", True),
}


def picture(art: str, seed: str, width: int = 1200) -> bytes:
    """A JPEG in the shape 4:3 of the thing; the same seed draws the same picture."""
    chosen, chance = ARTS[art], Random(f"{art}/{seed}")  # noqa: S311 - variety, not secrecy
    ground = GROUNDS[chance.choice(chosen.grounds.split())]
    dress = chance.choice(DRESSES[chosen.dresses])
    page = sheet(width, ground.wall)
    backdrop(page.pen, chance.choice(chosen.backdrops.split()), ground, chance)
    page.pen.flat(box(0, TABLE_Y, 96, 12), ground.table)
    if chance.random() < 0.35:
        brocade_edge(page.pen, ground)
    arrange(page.pen, chosen, dress, chance)
    return page.jpeg()


def backdrop(pen: Pen, kind: str, ground: Ground, chance: Random) -> None:
    """What is seen behind the table."""
    side = chance.choice((18, 24, 70, 78))
    if kind == "hills":
        places.hills(pen, ground.far, ground.farther, ground.sun, side)
    elif kind == "waves":
        places.waves(pen, "#8FA9D8", "#BCCBE9", ground.sun, side)
    elif kind == "sun":
        pen.tone(ellipse(48, 34, 25), ground.farther)
        pen.line(ellipse(48, 34, 25), 1.0, ground.far)
    elif kind == "arch":
        pen.tone("M20 60v-26c0-36 56-36 56 0v26z", ground.farther)
        pen.line("M20 60v-26c0-36 56-36 56 0v26", 1.0, ground.far)
    elif kind == "lattice":
        for x in range(-72, 96, 12):
            pen.line(f"M{x} 0l60 60M{x + 72} 0l-60 60", 0.5, ground.farther)
        pen.flat(box(0, TABLE_Y, 96, 12), ground.table)


def brocade_edge(pen: Pen, ground: Ground) -> None:
    """The runner along the table's edge."""
    pen.flat(box(0, 66, 96, 6), "#26397F")
    for place in range(12):
        x = place * 8 + 4
        colour = HOE if place % 2 else SON
        pen.flat(f"M{x - 2.6} 69l2.6 -2l2.6 2l-2.6 2z", colour)
    pen.line("M0 66h96", 1.0, INK)


def arrange(pen: Pen, art: Art, dress: Dress, chance: Random) -> None:
    """One, two or three of the thing, and perhaps its companion."""
    base = TABLE_Y + 4
    way = 0 if art.single else chance.randrange(4)
    if art.single or (way == 0 and not art.beside):
        art.motif(pen.at(48, base, 1.08, chance.random() < 0.4), dress, chance)
        return
    again, other = chance.random(), chance.choice(DRESSES[art.dresses])
    if way == 1:
        art.motif(pen.at(63, base - 3, 0.82), other, Random(again))  # noqa: S311
        art.motif(pen.at(36, base, 1.08), dress, Random(again))  # noqa: S311
    elif way == 2:
        art.motif(pen.at(23, base - 3, 0.74), other, Random(again))  # noqa: S311
        art.motif(pen.at(73, base - 3, 0.74), other, Random(again))  # noqa: S311
        art.motif(pen.at(48, base, 1.08), dress, Random(again))  # noqa: S311
    else:
        art.motif(pen.at(42 if art.beside else 48, base, 1.14), dress, chance)
        if art.beside:
            chance.choice(art.beside)(pen.at(70, base + 1, 0.82), dress, chance)
