"""Halls as visitors see them: each booth with its group, its exhibitors and its own page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fairapp.i18n import current_language, formats, pick
from fairapp.rules.allocation import SHOWN
from fairapp.rules.geometry import as_rings
from fairapp.rules.plans import facilities_from_json
from fairapp.rules.text import fold
from fairapp.store.fairs import Booth, Hall, ProductGroup
from fairapp.store.fairs_queries import Standing
from fairapp.web.plan_drawing import (
    FREE_DAY,
    TAKEN,
    BoothFacts,
    HallDrawing,
    MarkState,
    booth_title,
    draw_hall,
    with_words,
)


@dataclass(frozen=True, slots=True)
class ListedBooth:
    """A row of the list that says the same as the drawing."""

    booth: Booth
    state: MarkState
    names: tuple[tuple[int, str, str, str], ...]
    group: ProductGroup | None
    when: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    """By organisation its days, where the booth is shared by days."""
    each_day: tuple[str, ...] = ()
    """The look of each day of such a booth, when all days are shown."""


def listed_booths(
    booths: Sequence[Booth],
    standings: Mapping[int, Standing],
    main_groups: Mapping[int, str],
    groups: Sequence[ProductGroup],
    days: Sequence[date] = (),
) -> list[ListedBooth]:
    """What visitors may know of each booth: who holds or is offered one is nobody's business yet.

    ``days``: all of the fair's, to split the fill of a shared booth by; none when one day is shown.
    """
    by_code = {group.code: group for group in groups}
    rows = []
    for booth in booths:
        standing = standings.get(booth.id)
        state = _state(booth, standing)
        names = standing.names if standing and state is MarkState.ALLOCATED else ()
        group = next((by_code.get(main_groups.get(name[0], "")) for name in names), None)
        when = standing.when if standing is not None and names else {}
        looks = {
            name[0]: found.mark if (found := by_code.get(main_groups.get(name[0], ""))) else TAKEN
            for name in names
        }
        each_day = [
            next((looks[each] for each, theirs in when.items() if day in theirs), FREE_DAY) for day in days
        ]
        rows.append(ListedBooth(booth, state, names, group, when, tuple(each_day) if when else ()))
    return rows


def draw_listed(hall: Hall, rows: Sequence[ListedBooth], selected: str = "") -> HallDrawing:
    """The hall as a drawing; ``selected`` is the code of a booth to point at."""
    return draw_hall(
        hall.code,
        [_facts(row, selected) for row in rows],
        outline=as_rings(hall.outline) if hall.outline else (),
        facilities=with_words(facilities_from_json(hall.facilities), hall.fair.settings),
    )


def hall_name(hall: Hall) -> str:
    """A hall's name, or its code alone."""
    return pick(hall.names) or hall.code


def _state(booth: Booth, standing: Standing | None) -> MarkState:
    if not booth.is_let:
        return MarkState.ALTERNATIVE
    if standing is not None:
        return MarkState.ALLOCATED if standing.state in SHOWN else MarkState.HELD
    return MarkState.BLOCKED if booth.blocked_because is not None else MarkState.FREE


def _facts(row: ListedBooth, selected: str) -> BoothFacts:
    booth = row.booth
    names = ", ".join(
        f"{name} ({formats.days(row.when[each], 'short')})" if each in row.when else name
        for each, name, _language, _latin in row.names
    )
    latin = " ".join(latin for _id, _name, _language, latin in row.names)
    group = pick(row.group.names, current_language()) if row.group else ""
    return BoothFacts(
        id=booth.id,
        code=booth.code,
        rings=as_rings(booth.outline),
        state=row.state,
        title=booth_title(booth.code, booth.area_m2, row.state, group=group, holder=names),
        group=row.group.mark if row.group else None,
        href=f"/B/{booth.short_code}",
        words=fold(" ".join((names, latin, group, *booth.other_codes))),
        selected=booth.code == selected,
        by_days=bool(row.when),
        each_day=row.each_day,
    )
