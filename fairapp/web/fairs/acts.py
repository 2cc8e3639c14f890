"""What was done, in words: names of audit entries as sentences, their facts in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l

ACTS: dict[str, LazyText] = {
    "fair.created": _l("Made the fair"),
    "fair.edited": _l("Changed the fair's details"),
    "fair.publish": _l("Published the fair"),
    "fair.postpone": _l("Postponed the fair"),
    "fair.cancel": _l("Cancelled the fair"),
    "fair.kind_kept": _l("Changed a kind of booth"),
    "fair.kind_removed": _l("Removed a kind of booth"),
    "fair.hall_named": _l("Named a hall"),
    "fair.gate_kept": _l("Changed a gate"),
    "fair.gate_removed": _l("Removed a gate"),
    "plan.drafted": _l("Brought in a plan as a draft"),
    "plan.settled": _l("Settled booths of a plan draft"),
    "plan.discarded": _l("Discarded a plan draft"),
    "plan.published": _l("Put a plan in force"),
}
ROOMS: dict[str, LazyText] = {
    "account": _l("Accounts"),
    "application": _l("Applications"),
    "badge": _l("Badges"),
    "booth": _l("Booth assignments"),
    "catalogue": _l("Catalogue"),
    "fair": _l("Fair"),
    "gate": _l("Gate"),
    "import": _l("Imported lists"),
    "organisation": _l("Producers"),
    "plan": _l("Floor plan"),
    "role": _l("Roles"),
}
MOST_FACTS = 6


def act_word(what: str) -> str:
    """What an audit entry says was done; the bare name where another room has no words for it."""
    said = ACTS.get(what)
    return str(said) if said is not None else what.replace(".", ": ").replace("_", " ")


def room_word(room: str) -> str:
    """The part of the fair that a kind of entries belongs to."""
    said = ROOMS.get(room)
    return str(said) if said is not None else room


def facts_line(facts: Mapping[str, Any]) -> str:
    """An entry's facts in one line, long ones cut."""
    parts = []
    for name, value in list(facts.items())[:MOST_FACTS]:
        if value in (None, "", [], {}):
            continue
        said = ", ".join(str(one) for one in value[:8]) if isinstance(value, list) else str(value)
        parts.append(f"{name}: {said[:80]}")
    return " · ".join(parts)
