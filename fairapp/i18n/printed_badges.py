"""The words on every badge: the role in two languages, and the fair's own line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from fairapp.i18n import formats, pick, speaking
from fairapp.i18n import gettext as _
from fairapp.rules.badge_words import BadgeWords, Band
from fairapp.rules.badges import BadgeKind

ROLES: Mapping[BadgeKind, Mapping[str, str]] = {
    BadgeKind.EXHIBITOR: {"vi": "Trưng bày", "en": "Exhibitor"},
    BadgeKind.ORGANISER: {"vi": "Ban tổ chức", "en": "Organiser"},
    BadgeKind.GUEST: {"vi": "Khách mời", "en": "Guest"},
    BadgeKind.PRESS: {"vi": "Báo chí", "en": "Press"},
    BadgeKind.CONTRACTOR: {"vi": "Dựng gian", "en": "Contractor"},
}
"""Both languages stand on the badge, whoever prints it."""
_HALL = {"vi": "Nhà", "en": "Hall"}
_LOOKS = {
    BadgeKind.EXHIBITOR: ("#26397F", "#FFFFFF", "home"),
    BadgeKind.ORGANISER: ("#C7341B", "#FFFFFF", "badge"),
    BadgeKind.GUEST: ("#0E6B4E", "#FFFFFF", "user"),
    BadgeKind.PRESS: ("#1B1D2A", "#FFFFFF", "flag"),
    BadgeKind.CONTRACTOR: ("#F2BE22", "#1B1D2A", "truck"),
}


def badge_words(
    names: Mapping[str, str], venues: Mapping[str, str], first: date, last: date, country: str
) -> BadgeWords:
    """What the badges of a fair say; Vietnamese comes first at home, English elsewhere."""
    language, second = ("vi", "en") if country == "VN" else ("en", "vi")
    with speaking(language):
        fair, place, days = pick(names), pick(venues), formats.day_range(first, last)
        title = _("Badges of %(fair)s", fair=fair)
    bands = {kind: Band(texts[language], texts[second], *_LOOKS[kind]) for kind, texts in ROLES.items()}

    def with_place(said: str) -> str:
        return f"{said} · {place}" if place else said

    def some_days(listed: Collection[date]) -> str:
        with speaking(language):
            return with_place(formats.days(listed))

    return BadgeWords(title, fair, with_place(days), _HALL[language], language, bands, some_days)
