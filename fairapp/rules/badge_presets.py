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


_QR = LEAST_QR, LEAST_QR
_WEIGHTS = {Part.FAIR: 700, Part.ROLE: 800, Part.NAME: 800, Part.LATIN: 600}


def _laid(right: frozenset[Part] = frozenset(), **boxes: tuple[float, ...]) -> tuple[Placed, ...]:
    """Fields by name: their boxes, and how large their letters are where that is not ten points."""
    found = []
    for name, (x, y, width, height, *size) in boxes.items():
        part = Part(name)
        align = Align.RIGHT if part in right else Align.LEFT
        letters = size[0] if size else 10.0
        found.append(Placed(part, x, y, width, height, letters, _WEIGHTS.get(part, 400), align))
    return tuple(found)


_LANYARD = Design(
    86,
    124,
    _laid(
        fair=(5, 9, 76, 11, 9),
        role=(0, 22, 86, 12, 16),
        name=(5, 37, 76, 25, 30),
        latin=(5, 62, 76, 6, 12),
        organisation=(5, 68.5, 76, 12, 10.5),
        qr=(3, 82.5, *_QR),
        booth=(43, 85, 38, 10),
        halls=(43, 98, 38, 7, 9),
        code=(43, 109, 38, 6, 9),
        band=(0, 120, 86, 4),
    ),
    slot=True,
)
_LABEL_62 = Design(
    62,
    100,
    _laid(
        role=(0, 0, 62, 9, 12),
        name=(3, 11, 56, 23, 24),
        latin=(3, 34, 56, 5),
        organisation=(3, 39.5, 56, 10, 9),
        qr=(12.7, 50.5, *_QR),
        booth=(3, 89, 30, 8),
        code=(35, 90, 24, 6, 9),
        right=frozenset({Part.CODE}),
    ),
)
_LABEL_80 = Design(
    80,
    60,
    _laid(
        role=(0, 0, 80, 8, 11),
        name=(3, 10, 38, 26, 20),
        latin=(3, 36, 38, 5, 9),
        organisation=(3, 41, 38, 9, 8),
        qr=(42.5, 9.5, *_QR),
        booth=(3, 51, 30, 7),
        code=(48, 50, 28, 6, 9),
        right=frozenset({Part.CODE}),
    ),
)
_LABEL_4X6 = Design(
    101.6,
    152.4,
    _laid(
        fair=(6, 8, 89.6, 13),
        role=(0, 25, 101.6, 15, 20),
        name=(6, 44, 89.6, 32, 36),
        latin=(6, 76, 89.6, 7, 14),
        organisation=(6, 84, 89.6, 15, 12),
        qr=(5, 103, 44, 44),
        booth=(54, 107, 41.6, 13),
        halls=(54, 124, 41.6, 7, 9),
        code=(54, 136, 41.6, 7),
    ),
)
_CARD = Design(
    105,
    74,
    _laid(
        fair=(5, 2.5, 60, 9, 9),
        booth=(66, 3, 34, 8),
        role=(0, 13, 105, 9, 13),
        name=(5, 24, 60, 25, 26),
        latin=(5, 49, 60, 5.5, 12),
        organisation=(5, 54.5, 60, 8, 10.5),
        qr=(67, 34, *_QR),
        halls=(5, 63.5, 32, 7, 9),
        code=(40, 64, 26, 6, 8.5),
        band=(0, 71, 105, 3),
        right=frozenset({Part.BOOTH}),
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
