"""What a fair's calendar says today: applications open or over, the fair near, on or past."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from fairapp.i18n import formats, ngettext
from fairapp.i18n import gettext as _
from fairapp.rules.fairs import FairState
from fairapp.store.fairs import Fair


class Applying(StrEnum):
    """Whether producers may apply now."""

    SOON = "soon"
    OPEN = "open"
    OVER = "over"


def today_at(fair: Fair, now: datetime) -> date:
    """The day it is where the fair is."""
    return now.astimezone(ZoneInfo(fair.timezone)).date()


def applying(fair: Fair, now: datetime) -> Applying:
    """Whether applications are taken now."""
    if fair.state is not FairState.PUBLISHED or today_at(fair, now) > fair.ends_on:
        return Applying.OVER
    if fair.apply_from is not None and now < fair.apply_from:
        return Applying.SOON
    if fair.apply_until is not None and now > fair.apply_until:
        return Applying.OVER
    return Applying.OPEN


def kicker(fair: Fair, now: datetime) -> str:
    """The line above a fair's title: ``143 days to go · Applications open``."""
    today = today_at(fair, now)
    if today > fair.ends_on:
        return _("This fair is over")
    if today >= fair.starts_on:
        day, days = (today - fair.starts_on).days + 1, (fair.ends_on - fair.starts_on).days + 1
        return _("Day %(day)s of %(days)s", day=day, days=days)
    left = (fair.starts_on - today).days
    parts = [ngettext("%(num)s day to go", "%(num)s days to go", left)]
    if applying(fair, now) is Applying.OPEN:
        parts.append(_("Applications open"))
    elif applying(fair, now) is Applying.SOON and fair.apply_from is not None:
        opens = formats.date(today_at(fair, fair.apply_from), "short")
        parts.append(_("Applications open on %(day)s", day=opens))
    return " · ".join(parts)
