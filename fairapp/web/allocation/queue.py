"""The list beside the plan: who is still to place, narrowed as the address says, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from fairapp.i18n import ngettext
from fairapp.i18n.phrases import phrase
from fairapp.rules.board_colours import Standing
from fairapp.rules.board_filters import MOST_STARS, Need, Paid, Sift, Size, counted, sifted
from fairapp.rules.text import search_terms
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.allocation_money import money_standings
from fairapp.store.fairs import Fair
from fairapp.web.paging import Page, page_asked
from fairapp.web.places import place_name

PAGE = 60
LONGEST = 20
"""Of a value that the list is narrowed by."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to narrow the list to: its value in the address, its words, and how many it leaves."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Queue:
    """Who is listed, of how many, and what the list is narrowed by."""

    listed: Sequence[waiting_rows.Candidate]
    total: int
    waiting: int
    """How many still lack a booth, whatever is sought."""
    everybody: bool
    words: str
    sought: Mapping[Sift, str]
    counts: Mapping[Sift, Counter[str]]
    page: Page

    @property
    def group(self) -> str | None:
        """The product group that is sought."""
        return self.sought.get(Sift.GROUP)

    @property
    def kinds(self) -> list[Sift]:
        """What the form narrows by; the groups stand above it as chips."""
        return [kind for kind in Sift if kind is not Sift.GROUP]

    @property
    def narrowed(self) -> dict[str, str]:
        """What is sought beside the group, as the address has it: each with its words."""
        return {kind: _name(kind, value) for kind, value in self.sought.items() if kind is not Sift.GROUP}

    def choices(self, kind: str) -> list[Choice]:
        """What can be sought of this kind, with how many each would leave; what is sought is among them."""
        sift = Sift(kind)
        found = self.counts[sift]
        values = set(found) | ({self.sought[sift]} if sift in self.sought else set())
        listed = [Choice(value, _name(sift, value), found[value]) for value in values]
        if sift is Sift.PLACE:
            return sorted(listed, key=lambda one: (one.value.isdigit(), -one.count, one.name))
        order: dict[str, int] = {each: place for place, each in enumerate(_ORDERS[sift])}
        return sorted(listed, key=lambda one: order.get(one.value, len(order)))


_ORDERS: Mapping[Sift, Sequence[str]] = {
    Sift.GROUP: (),
    Sift.STARS: [str(each) for each in range(MOST_STARS, 0, -1)],
    Sift.SIZE: list(Size),
    Sift.NEED: list(Need),
    Sift.PAID: list(Paid),
}
_WORDED: Mapping[Sift, type[Size | Need | Paid]] = {Sift.SIZE: Size, Sift.NEED: Need, Sift.PAID: Paid}


def _name(kind: Sift, value: str) -> str:
    """The choice in the reader's language; a value that means nothing stays as it was typed."""
    if kind in _WORDED:
        known = next((each for each in _WORDED[kind] if each == value), None)
        return value if known is None else phrase(known)
    if kind is Sift.STARS and value.isascii() and value.isdigit():
        return ngettext("%(num)s star or more", "%(num)s stars or more", int(value))
    return place_name(value) if kind is Sift.PLACE else value


def sought_here() -> dict[Sift, str]:
    """What the address says the list is narrowed by."""
    asked = {kind: request.args.get(kind, "")[:LONGEST] for kind in Sift}
    return {kind: value for kind, value in asked.items() if value}


def queue_of(session: Session, fair: Fair, now: datetime) -> Queue:
    """The exhibitors still to place (or all), narrowed as the address says, a page of them."""
    everybody, sought = request.args.get("show") == "all", sought_here()
    waiting = waiting_rows.candidates(fair.id, now, everybody)
    if words := request.args.get("q", "")[:200]:
        waiting = waiting_rows.with_words(waiting, search_terms(words))
    paid = {
        exhibitor_id: Paid.DUE if standing is Standing.DUE else Paid.PAID
        for exhibitor_id, standing in money_standings(session, fair.id).items()
    }
    found = waiting_rows.traits_of(session, waiting, paid)
    left = sifted(found, sought)
    page = page_asked(len(left), PAGE)
    here = left[page.skipped : page.skipped + page.size]
    return Queue(
        waiting_rows.numbered(session, waiting, here),
        len(left),
        waiting_rows.count_waiting(session, fair.id, now),
        everybody,
        words,
        sought,
        counted(found, sought),
        page,
    )
