"""The pigments of the look, as grounds to stand on and as dresses for what is drawn."""

from dataclasses import dataclass

INDIGO, SON, HOE, GREEN, DEEP, SHELL = "#26397F", "#C7341B", "#F2BE22", "#0E6B4E", "#0A4D38", "#F5F3EE"
SKY, BLUE, MINT, LEAF = "#9FB4DE", "#31468F", "#8BEBC8", "#4E9A6B"
CLAY, BRICK, WOOD, STRAW, CREAM = "#C4703F", "#A33B16", "#8A5A33", "#E9C877", "#FFF3D6"
COCOA, HONEY, PLUM, ROSE, LILAC, STONE = "#5B3A22", "#E9A21C", "#7A2E55", "#E27459", "#9B87E6", "#A9A493"


@dataclass(frozen=True)
class Ground:
    """Wall, table, and the colour of what stands far behind."""

    wall: str
    table: str
    far: str
    farther: str
    sun: str


GROUNDS = {
    "green": Ground("#DCEBDD", "#B9D3BC", "#9CC4A6", "#BFDCC4", HOE),
    "yellow": Ground("#FFF0C4", "#F1D68A", "#EFC65B", "#F8DF9B", SON),
    "sand": Ground("#F4E7CF", "#DFC99F", "#D9B778", "#E8D2A6", SON),
    "rose": Ground("#F6DDD2", "#E5B7A2", "#DE9D83", "#EDC6B5", HOE),
    "blue": Ground("#DEE6F5", "#B9C7E4", "#9FB4DE", "#C6D3EC", HOE),
    "pink": Ground("#F3DFE6", "#DDBCC9", "#CF9FB3", "#E4C6D2", SON),
    "peach": Ground("#FBE3D3", "#EDBE9D", "#E9A97F", "#F3CBB0", SON),
    "mint": Ground("#D3F2E4", "#A3DCC3", "#82C7AA", "#B6E4D1", SON),
    "shell": Ground("#F5F3EE", "#DAD5C8", "#C7C1B0", "#E3DFD4", SON),
    "hoe": Ground("#F7D264", "#E0A91D", "#E5B02B", "#F3C446", SON),
    "lilac": Ground("#E3DDF6", "#C2B5EA", "#A997E3", "#CFC5EF", HOE),
    "dusk": Ground("#F0A78E", "#C9674A", "#D97C5E", "#E59277", HOE),
}


@dataclass(frozen=True)
class Dress:
    """What a thing wears: its body, a second colour, and a light one for labels."""

    main: str
    second: str
    light: str = CREAM


DRESSES = {
    "bright": (Dress(GREEN, HOE), Dress(INDIGO, HOE), Dress(SON, HOE), Dress(HOE, SON), Dress(PLUM, MINT)),
    "leafy": (Dress(GREEN, MINT), Dress(LEAF, HOE), Dress(DEEP, HOE), Dress(INDIGO, MINT), Dress(SON, HOE)),
    "earth": (
        Dress(CLAY, HOE),
        Dress(BRICK, STRAW),
        Dress(WOOD, HOE),
        Dress(COCOA, CLAY),
        Dress("#6B6F4E", STRAW),
    ),
    "glaze": (Dress(SHELL, INDIGO), Dress("#A9C7B4", DEEP), Dress("#DDE7F6", BLUE), Dress("#7FA7A0", SHELL)),
    "coffee": (
        Dress(COCOA, HOE),
        Dress(SON, HOE),
        Dress(DEEP, STRAW),
        Dress(INDIGO, ROSE),
        Dress("#3A3D4C", MINT),
    ),
    "amber": (Dress(HONEY, HOE, "#FFF8E2"), Dress("#D9821B", STRAW, "#FFF8E2"), Dress(HOE, SON, "#FFF8E2")),
    "straw": (Dress(STRAW, CLAY), Dress("#D8A24A", SON), Dress("#E5C98D", INDIGO), Dress("#CFAE6B", GREEN)),
    "cloth": (
        Dress(INDIGO, SON),
        Dress(SON, INDIGO),
        Dress(PLUM, HOE),
        Dress(DEEP, ROSE),
        Dress("#3A3D4C", SON),
    ),
    "sea": (Dress(ROSE, HOE), Dress(SKY, INDIGO), Dress("#D98A5B", SON), Dress("#7E97C9", HOE)),
    "fruit": (Dress("#E8902A", LEAF), Dress(SON, GREEN), Dress("#C9B037", DEEP), Dress(PLUM, LEAF)),
    "citrus": (Dress("#E8902A", LEAF), Dress(HONEY, LEAF), Dress("#E9B23A", GREEN)),
    "blossom": (Dress(HOE, GREEN), Dress(HOE, DEEP)),
    "berry": (Dress(SON, HOE), Dress("#B5452A", HOE), Dress("#C77B5A", GREEN)),
    "prawn": (Dress(ROSE, INDIGO), Dress("#E8845C", BLUE), Dress("#D98A5B", SON)),
    "petal": (
        Dress(HOE, GREEN),
        Dress("#D9688E", LEAF),
        Dress(LILAC, GREEN),
        Dress(SON, DEEP),
        Dress("#F6F0E0", LEAF),
    ),
    "spice": (Dress(BRICK, HOE), Dress(SON, GREEN), Dress(COCOA, SON), Dress("#3A3D4C", HOE)),
}
