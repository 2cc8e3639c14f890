"""The kinds of signs in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.signs import BoardText, SignKind, SignRefusal

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (SignKind.BOOTH, _l("Table signs, A5")),
    (SignKind.FASCIA, _l("Fascia boards")),
    (SignKind.DIRECTORY, _l("Hall directories, A1")),
    (SignKind.AISLE, _l("Aisle signs, A3")),
    (SignKind.STICKER, _l("Stand-number stickers")),
    (BoardText.APPROVED, _l("approved")),
    (BoardText.WAITING, _l("not approved")),
    (BoardText.NOT_ASKED, _l("not asked for a text")),
    (
        SignRefusal.BOARD_SIZE,
        _l("A board has 50 to 5,000 mm and is at least as wide as it is high. Correct its size."),
    ),
    (SignRefusal.SCALE, _l("Choose a scale from 1:1 to 1:50.")),
    (
        SignRefusal.NO_SUCH_BOOTH,
        _l("No booth of the published plan has this number. Look it up on the plan, or leave it empty."),
    ),
)
