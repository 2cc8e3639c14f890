"""Who owes what: every exhibitor of the fair with what is done, due and late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from flask import render_template, request

from fairapp.i18n import pick
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.duties import OPEN, Duty, DutyKind, DutyState, Tally, in_order, tally
from fairapp.rules.text import search_terms
from fairapp.store.base import reading
from fairapp.store.duties_queries import Person, people_of
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.manual_queries import how_many_wait, tasks_of
from fairapp.usecases.duties import owed_by
from fairapp.web.access import current_fair, needs
from fairapp.web.manual.bp import OFFICE, TAGS, bp
from fairapp.web.paging import page_asked

PER_PAGE = 50
SHOWN = ("late", "open", "waiting", "done", "all")


@dataclass(frozen=True, slots=True)
class Row:
    """An exhibitor with what it owes, as far as the filter asks for it."""

    person: Person
    duties: Sequence[Duty]
    """Of the kind that was asked for, in no order: few of many rows are shown."""
    views: Sequence[str]

    @property
    def tally(self) -> Tally:
        """How much of it is done."""
        return tally(self.duties)

    @property
    def late(self) -> list[Duty]:
        """What is late, by day."""
        return in_order(duty for duty in self.duties if duty.state is DutyState.LATE)

    @property
    def next(self) -> Duty | None:
        """What is due next."""
        return next(iter(in_order(duty for duty in self.duties if duty.state is DutyState.DUE)), None)


@cache
def views_of(states: frozenset[DutyState]) -> tuple[str, ...]:
    """The views of the list to which an exhibitor belongs whose duties stand like this."""
    belongs = {
        "late": DutyState.LATE in states,
        "open": bool(states & OPEN),
        "waiting": DutyState.WAITING in states,
        "done": not states & OPEN,
        "all": True,
    }
    return tuple(view for view, does in belongs.items() if does)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for: a view, a duty (its key), a kind of booth, words."""

    show: str = "late"
    duty: str = ""
    kind: str = ""
    words: str = ""


def filter_asked() -> Asked:
    """The filter in the address."""
    said = {name: request.values.get(name, "")[:200] for name in ("show", "duty", "kind", "q")}
    return Asked(said["show"] if said["show"] in SHOWN else "late", said["duty"], said["kind"], said["q"])


def rows_of(fair: Fair, asked: Asked, now: datetime) -> list[Row]:
    """Everybody of the fair whom the filter lets through but for its view, by name."""
    people, terms = people_of(reading(), fair.id), search_terms(asked.words)
    found = owed_by(reading(), fair, people, now)
    rows = []
    for each in people.rows:
        if (asked.kind and each.booth_kind != asked.kind) or not all(term in each.folded for term in terms):
            continue
        owed = found[each.id]
        if asked.duty:
            owed = [duty for duty in owed if duty.key == asked.duty]
        if owed:
            rows.append(Row(each, owed, views_of(frozenset([duty.state for duty in owed]))))
    return rows


@bp.get(OFFICE)
@needs(Permission.MANUAL_EDIT)
def late(fair_code: str) -> str:
    """Who is late with what, in a number of questions that does not grow with them."""
    fair, asked, now = current_fair(), filter_asked(), datetime.now(UTC)
    everybody = rows_of(fair, asked, now)
    chosen = [row for row in everybody if asked.show in row.views]
    page = page_asked(len(chosen), PER_PAGE)
    return render_template(
        "manual/late.html",
        rows=chosen[page.skipped : page.skipped + page.size],
        page=page,
        asked=asked,
        counts=Counter(view for row in everybody for view in row.views),
        duties=_choices(fair),
        kinds=kinds_of(reading(), fair.id),
        waiting=how_many_wait(reading(), fair.id),
        tags=TAGS,
    )


def _choices(fair: Fair) -> list[tuple[str, str]]:
    """Every duty that the list can be asked for: the manual's tasks, then the other rooms."""
    tasks = [(f"{DutyKind.TASK.value}-{task.id}", pick(task.names)) for task in tasks_of(reading(), fair.id)]
    others = [(kind.value, phrase(kind)) for kind in DutyKind if kind is not DutyKind.TASK]
    return tasks + others
