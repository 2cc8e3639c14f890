"""Designs to begin with: the papers that fairs have in their printers, each with a layout that fits it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from fairapp.rules.badge_designs import LEAST_QR, Align, Design, Part, Placed, Sides


class Preset(StrEnum):
    """A paper with its layout."""

    LANYARD = "lanyard"
    FOLDED = "folded"
    CARD = "card"
    LABEL_62 = "label_62"
    LABEL_80 = "label_80"
    LABEL_4X6 = "label_4x6"


_QR = LEAST_QR

_LANYARD = Design(
    86,
    124,
    (
        Placed(Part.FAIR, 5, 9, 76, 11, 9, 700),
        Placed(Part.ROLE, 0, 22, 86, 12, 16, 800),
        Placed(Part.NAME, 5, 37, 76, 25, 30, 800),
        Placed(Part.LATIN, 5, 62, 76, 6, 12, 600),
        Placed(Part.ORGANISATION, 5, 68.5, 76, 12, 10.5),
        Placed(Part.QR, 3, 82.5, _QR, _QR),
        Placed(Part.BOOTH, 43, 85, 38, 10),
        Placed(Part.HALLS, 43, 98, 38, 7, 9),
        Placed(Part.CODE, 43, 109, 38, 6, 9),
        Placed(Part.BAND, 0, 120, 86, 4),
    ),
    slot=True,
)
_LABEL_62 = Design(
    62,
    100,
    (
        Placed(Part.ROLE, 0, 0, 62, 9, 12, 800),
        Placed(Part.NAME, 3, 11, 56, 23, 24, 800),
        Placed(Part.LATIN, 3, 34, 56, 5, 10, 600),
        Placed(Part.ORGANISATION, 3, 39.5, 56, 10, 9),
        Placed(Part.QR, 12.7, 50.5, _QR, _QR),
        Placed(Part.BOOTH, 3, 89, 30, 8),
        Placed(Part.CODE, 35, 90, 24, 6, 9, 400, Align.RIGHT),
    ),
)
_LABEL_80 = Design(
    80,
    60,
    (
        Placed(Part.ROLE, 0, 0, 80, 8, 11, 800),
        Placed(Part.NAME, 3, 10, 38, 26, 20, 800),
        Placed(Part.LATIN, 3, 36, 38, 5, 9, 600),
        Placed(Part.ORGANISATION, 3, 41, 38, 9, 8),
        Placed(Part.QR, 42.5, 9.5, _QR, _QR),
        Placed(Part.BOOTH, 3, 51, 30, 7),
        Placed(Part.CODE, 48, 50, 28, 6, 9, 400, Align.RIGHT),
    ),
)
_LABEL_4X6 = Design(
    101.6,
    152.4,
    (
        Placed(Part.FAIR, 6, 8, 89.6, 13, 10, 700),
        Placed(Part.ROLE, 0, 25, 101.6, 15, 20, 800),
        Placed(Part.NAME, 6, 44, 89.6, 32, 36, 800),
        Placed(Part.LATIN, 6, 76, 89.6, 7, 14, 600),
        Placed(Part.ORGANISATION, 6, 84, 89.6, 15, 12),
        Placed(Part.QR, 5, 103, 44, 44),
        Placed(Part.BOOTH, 54, 107, 41.6, 13),
        Placed(Part.HALLS, 54, 124, 41.6, 7, 9),
        Placed(Part.CODE, 54, 136, 41.6, 7, 10),
    ),
)
_CARD = Design(
    105,
    74,
    (
        Placed(Part.FAIR, 5, 2.5, 60, 9, 9, 700),
        Placed(Part.BOOTH, 66, 3, 34, 8, align=Align.RIGHT),
        Placed(Part.ROLE, 0, 13, 105, 9, 13, 800),
        Placed(Part.NAME, 5, 24, 60, 25, 26, 800),
        Placed(Part.LATIN, 5, 49, 60, 5.5, 12, 600),
        Placed(Part.ORGANISATION, 5, 54.5, 60, 8, 10.5),
        Placed(Part.QR, 67, 34, _QR, _QR),
        Placed(Part.HALLS, 5, 63.5, 32, 7, 9),
        Placed(Part.CODE, 40, 64, 26, 6, 8.5),
        Placed(Part.BAND, 0, 71, 105, 3),
    ),
)
PRESETS: Mapping[Preset, Design] = {
    Preset.LANYARD: _LANYARD,
    Preset.FOLDED: Design(86, 124, _LANYARD.front, (), Sides.FOLD_TOP, slot=True),
    Preset.CARD: _CARD,
    Preset.LABEL_62: _LABEL_62,
    Preset.LABEL_80: _LABEL_80,
    Preset.LABEL_4X6: _LABEL_4X6,
}
