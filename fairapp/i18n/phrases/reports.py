"""What reports count, and by what."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.reports import Dimension, Measure

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (Dimension.PROVINCE, _l("By province")),
    (Dimension.COUNTRY, _l("By country")),
    (Dimension.GROUP, _l("By product group")),
    (Dimension.KIND, _l("By kind of organisation")),
    (Dimension.STAR, _l("By stars")),
    (Measure.EXHIBITORS, _l("Exhibitors")),
    (Measure.SHARING, _l("Of these, sharing a booth")),
    (Measure.BOOTHS, _l("Booths")),
    (Measure.AREA, _l("Net m²")),
    (Measure.PRODUCTS, _l("Products")),
    (Measure.INVOICED, _l("Money invoiced")),
    (Measure.PAID, _l("Money paid")),
)
