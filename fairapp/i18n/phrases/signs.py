"""The kinds of signs in words."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.signs import SignKind

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (SignKind.BOOTH, _l("Table signs, A5")),
    (SignKind.FASCIA, _l("Fascia boards")),
    (SignKind.DIRECTORY, _l("Hall directories, A1")),
    (SignKind.AISLE, _l("Aisle signs, A3")),
    (SignKind.STICKER, _l("Stand-number stickers")),
)
