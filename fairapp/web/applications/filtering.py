"""What the address of the queue asks for: filters and order, kept along from page to page."""

from __future__ import annotations

from flask import request

from fairapp.rules.applications import WAITING, State
from fairapp.rules.marks import LONGEST_TAG, key_of
from fairapp.rules.text import search_terms
from fairapp.store.applications_review import SORTS, Wanted

SHOWN = [state for state in State if state is not State.DRAFT]
FILTERED = ("state", "group", "place", "kind", "tag", "q", "sort")
KEPT = (*FILTERED, "page")


def state_asked() -> str:
    """The filter of states: one of them, ``waiting``, or all."""
    asked = request.args.get("state", "")
    return asked if asked == "waiting" or asked in [state.value for state in SHOWN] else ""


def wanted_from_address() -> Wanted:
    """What the address asks for; what makes no sense is not asked for."""
    state, place = state_asked(), request.args.get("place", "")
    states = WAITING if state == "waiting" else frozenset({State(state)} if state else ())
    sort = request.args.get("sort", "")
    return Wanted(
        terms=search_terms(request.args.get("q", "")),
        states=states,
        group=request.args.get("group", "")[:20],
        place=place.upper() if place.isascii() and place.isalnum() and len(place) == 2 else "",
        kind=_number(request.args.get("kind", "")),
        tag=key_of(request.args.get("tag", "")[:LONGEST_TAG]),
        sort=sort if sort.removeprefix("-") in SORTS else "submitted",
    )


def kept_filters() -> dict[str, str]:
    """The filters of the address and its page, to carry along."""
    return {name: request.args[name][:200] for name in KEPT if request.args.get(name)}


def filters_asked() -> dict[str, str]:
    """What is filtered and how it is sorted, without the page."""
    return {name: value for name, value in kept_filters().items() if name in FILTERED}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None
