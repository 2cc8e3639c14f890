"""A change of an application's own parts in words: what each answer was and what it would be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairapp.i18n import LazyText, formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.wishes import BUDGET
from fairapp.store.applications_forms import ChangeRequest
from fairapp.store.base import reading
from fairapp.store.changes_queries import kinds_named, products_named
from fairapp.web.applications.answered import KeptFile

_LABELS: dict[str, LazyText] = {
    "booth_kind_id": _l("Kind of booth"),
    "booths": _l("Number of booths"),
    "area_m2": _l("Floor you need"),
    "days": _l("Days"),
    "hall": _l("Hall"),
    "zone": _l("Zone"),
    "corner": _l("A corner booth, if there is one"),
    "budget": _l("At most for the place"),
    "near": _l("Close to"),
    "not_near": _l("Away from"),
    "power_w": _l("Power"),
    "water": _l("Water supply and drain"),
    "words": _l("Anything else the organiser should prepare"),
    "product_ids": _l("Products to show"),
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One answer of a request: what it was and what it would be, in words."""

    label: str
    was: str
    would: str
    was_file: KeptFile | None = None
    would_file: KeptFile | None = None


@dataclass(frozen=True, slots=True)
class PartNames:
    """Names of what requests speak of by number."""

    kinds: Mapping[int, str] = field(default_factory=dict)
    products: Mapping[int, str] = field(default_factory=dict)


def part_names(rows: Sequence[ChangeRequest]) -> PartNames:
    """The names for all of these requests, in two questions."""
    kinds, products = set[int](), set[int]()
    for row in rows:
        if row.part is not None:
            kinds.update(filter(None, row.fields.get("booth_kind_id", {}).values()))
            for each in row.fields.get("product_ids", {}).values():
                products.update(each or ())
    return PartNames(
        {number: pick(names) for number, names in kinds_named(reading(), kinds)},
        {number: pick(names) for number, names in products_named(reading(), products)},
    )


def part_fields(row: ChangeRequest, named: PartNames) -> Iterable[ShownField]:
    """Each answer of a request about a part, in the order of the form."""
    for name, label in _LABELS.items():
        if (each := row.fields.get(name)) is not None:
            was, would = (_words(name, each[when], named) for when in ("was", "would"))
            if name == BUDGET:
                currency = row.application.fair.currency
                was, would = (
                    formats.money(each[when], currency) if each[when] else "" for when in ("was", "would")
                )
            yield ShownField(str(label), was, would)


def _words(name: str, value: Any, named: PartNames) -> str:
    if name == "days":
        return formats.days(date.fromisoformat(each) for each in value) if value else _("All days")
    if value in (None, "", [], False):
        return ""
    if name == "booth_kind_id":
        return named.kinds.get(value, "")
    if name == "product_ids":
        return formats.listing([named.products.get(each, "–") for each in value])
    if name == "area_m2":
        return formats.area(value)
    if name == "power_w":
        return f"{formats.number(value)} W"
    return _("Yes") if value is True else str(value)
