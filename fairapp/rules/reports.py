"""What a fair is counted by: exhibitors, booths, net floor, products and money, by one dimension at a time.

Exhibitors are counted as the trade does (UFI's rules for statistics): those who hold a booth and those who
share one. Floor is net: the area of booths that are let, each counted once, with its holder; booths are
counted, not booth-days: one shared by days counts once, with who has it on most of them. An exhibitor
stands in one line of each dimension, so that the lines add up; its products stand each in their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ABROAD = "abroad"
"""Everybody who is not from the fair's own country, in a report by province."""
UNKNOWN = ""


class Dimension(StrEnum):
    """What the lines of a report are."""

    PROVINCE = "province"
    COUNTRY = "country"
    GROUP = "group"
    KIND = "kind"
    STAR = "star"


class Measure(StrEnum):
    """What is counted in each line."""

    EXHIBITORS = "exhibitors"
    SHARING = "sharing"
    """Of the exhibitors, those who stand in somebody else's booth only, beside them or on other days."""
    BOOTHS = "booths"
    AREA = "area"
    """Net square metres."""
    PRODUCTS = "products"
    INVOICED = "invoiced"
    """In the smallest unit of the fair's currency, with VAT, credit notes taken off."""
    PAID = "paid"


MONEY = frozenset({Measure.INVOICED, Measure.PAID})


@dataclass(frozen=True, slots=True)
class Subject:
    """One exhibitor of the fair, as far as it is counted."""

    country: str
    province: str | None
    kind: str
    booths: int = 0
    area_m2: float = 0.0
    shares: bool = False
    products: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """How many, by (group, stars); no stars are 0."""
    invoiced_minor: int = 0
    paid_minor: int = 0
    """By the exhibitor and by whoever pays for it."""

    @property
    def group(self) -> str:
        """The group of most of its products; of several alike, the first by code."""
        by_group: Counter[str] = Counter()
        for (group, _stars), many in self.products.items():
            by_group[group] += many
        return min(by_group, key=lambda group: (-by_group[group], group), default=UNKNOWN)

    @property
    def stars(self) -> int:
        """Its best stars; 0 without any."""
        return max((stars for _group, stars in self.products), default=0)


Line = Mapping[Measure, float]
Report = Mapping[str, Line]


def report(subjects: Iterable[Subject], dimension: Dimension, home: str) -> Report:
    """A line for each value that occurs; ``home`` is the country whose provinces are told apart."""
    lines: dict[str, Counter[Measure]] = {}
    for subject in subjects:
        line = lines.setdefault(_key(subject, dimension, home), Counter())
        line[Measure.EXHIBITORS] += 1
        line[Measure.SHARING] += subject.shares and not subject.booths
        line[Measure.BOOTHS] += subject.booths
        line[Measure.AREA] += subject.area_m2  # type: ignore[assignment]
        line[Measure.INVOICED] += subject.invoiced_minor
        line[Measure.PAID] += subject.paid_minor
        for (group, stars), many in subject.products.items():
            own = {Dimension.GROUP: group, Dimension.STAR: str(stars)}.get(dimension)
            where = line if own is None else lines.setdefault(own, Counter())
            where[Measure.PRODUCTS] += many
    return {value: {measure: line[measure] for measure in Measure} for value, line in lines.items()}


def total(found: Report) -> Line:
    """The fair as a whole: the sum of the lines of any dimension."""
    return {measure: sum(line[measure] for line in found.values()) for measure in Measure}


def _key(subject: Subject, dimension: Dimension, home: str) -> str:
    if dimension is Dimension.PROVINCE:
        return (subject.province or UNKNOWN) if subject.country == home else ABROAD
    return {
        Dimension.COUNTRY: subject.country,
        Dimension.GROUP: subject.group,
        Dimension.KIND: subject.kind,
        Dimension.STAR: str(subject.stars),
    }[dimension]


def shares_of(whole: int, parts: Mapping[int, int]) -> dict[int, int]:
    """``whole`` among the parts by their size, to the last unit: what is rounded off goes to the next one."""
    size, before, given, found = sum(parts.values()), 0, 0, {}
    for key, part in parts.items():
        before += part
        upto = whole * before // size if size else 0
        found[key], given = upto - given, upto
    return found
