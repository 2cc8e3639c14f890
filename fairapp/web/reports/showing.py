"""Lines of a report in words, in an order that people look for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fairapp.i18n import current_language, formats, ngettext
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.collation import vietnamese_key
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.reports import ABROAD, MONEY, UNKNOWN, Dimension, Line, Measure, Report
from fairapp.rules.text import fold
from fairapp.web.places import place_name


@dataclass(frozen=True, slots=True)
class Named:
    """A line with its name."""

    key: str
    name: str
    values: Line


@dataclass(frozen=True, slots=True)
class Names:
    """What the values of one dimension are called in the reader's language."""

    dimension: Dimension
    home: str
    groups: Mapping[str, str]

    def of(self, key: str) -> str:
        """A value in words."""
        if self.dimension is Dimension.STAR:
            stars = int(key)
            return ngettext("%(num)s star", "%(num)s stars", stars) if stars else _("No stars")
        if key == UNKNOWN:
            return _("Not given")
        if key == ABROAD:
            return _("Other countries")
        if self.dimension is Dimension.GROUP:
            return self.groups.get(key, key)
        if self.dimension is Dimension.KIND:
            return phrase(OrganisationKind(key))
        return place_name(key)


def sorted_lines(found: Report, names: Names, sort: str, show: Measure) -> list[Named]:
    """The lines by name, by a measure (``-booths``: the most first), or as their dimension goes by itself.

    Stars go from five down, everything else from the most of what is shown; nameless lines come last.
    """
    key = vietnamese_key if current_language() == "vi" else fold
    lines = [Named(value, names.of(value), values) for value, values in found.items()]
    lines.sort(key=lambda line: (line.key in (UNKNOWN, ABROAD), key(line.name)))
    by = sort.removeprefix("-")
    if by == "name":
        return lines[::-1] if sort.startswith("-") else lines
    if by in [measure.value for measure in Measure]:
        measure, downwards = Measure(by), sort.startswith("-")
        return sorted(lines, key=lambda line: line.values[measure], reverse=downwards)
    if names.dimension is Dimension.STAR:
        return sorted(lines, key=lambda line: line.key, reverse=True)
    return sorted(lines, key=lambda line: (line.key in (UNKNOWN, ABROAD), -line.values[show]))


def written(measure: Measure, value: float, currency: str) -> str:
    """A figure as it is read: money with its currency, everything else as a number."""
    return formats.money(round(value), currency) if measure in MONEY else formats.number(round(value, 1))


def link_to(fair_code: str, by: Dimension, key: str) -> str:
    """The list of exhibitors behind a line, where the list can be asked for them."""
    asked = {
        Dimension.PROVINCE: {"place": key},
        Dimension.COUNTRY: {"place": key},
        Dimension.GROUP: {"group": key},
    }.get(by, {})
    if not asked or key in (UNKNOWN, ABROAD):
        return ""
    return f"/o/{fair_code}/exhibitors?{urlencode(asked)}"
