"""What stands in the places of a letter: words of the reader's language for the facts of the event."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from fairapp.i18n import formats, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.letters import Place

Facts = Mapping[str, Any]


def words_of(
    facts: Facts, language: str, base_url: str, drawn: Callable[[str, Facts], str]
) -> dict[str, str]:
    """Place -> what stands there, in the language spoken now; empty where the event has nothing to say.

    ``drawn``: a part of a built-in letter by its file.
    """

    def link(path: object) -> str:
        return f"{base_url}{path}" if path else ""

    seller: Facts = facts.get("seller") or {}
    names = facts.get("names")
    people = names if isinstance(names, list) else []
    late, due = (_owed(facts, name, drawn) for name in ("late", "due"))
    words = {
        Place.READER: facts.get("reader"),
        Place.ORGANISATION: facts.get("organisation") or facts.get("name"),
        Place.FAIR: pick(facts.get("fair_names"), language),
        Place.DAYS: _days(facts),
        Place.VENUE: pick(facts.get("venue_names"), language),
        Place.LINK: link(facts.get("path")),
        Place.CONTACT: facts.get("contact"),
        Place.REASON: facts.get("reason") or facts.get("words"),
        Place.PARTS: _lines(phrase(each) for each in facts.get("parts") or ()),
        Place.DEADLINE: _deadline(facts),
        Place.BOOTH: facts.get("code") or facts.get("booth"),
        Place.HALL: pick(facts.get("hall_names"), language) or facts.get("hall_code") or facts.get("hall"),
        Place.AREA: "" if facts.get("area") is None else formats.area(facts["area"]),
        Place.BEFORE: facts.get("before"),
        Place.BOOTH_LINK: link(facts.get("booth_path")),
        Place.CONFIRM_LINK: link(facts.get("path")) if facts.get("may_confirm") else "",
        Place.POSITION: formats.number(facts["place"]) if facts.get("place") else "",
        Place.PHASE: _said(facts.get("phase")),
        Place.DOCUMENT: _said(facts.get("kind")),
        Place.NUMBER: facts.get("number"),
        Place.SUM: _sum(facts),
        Place.INSTALMENTS: drawn("billing/_instalments", facts) if facts.get("instalments") else "",
        Place.DUE_ON: _day(facts.get("due_on")),
        Place.REFERENCE: facts.get("reference"),
        Place.ACCOUNT_NUMBER: seller.get("account_number"),
        Place.ACCOUNT_NAME: seller.get("account_name"),
        Place.BANK: seller.get("bank_name"),
        Place.NAMES: _lines(people),
        Place.COUNT: _count(facts, people),
        Place.DELEGATION: "" if isinstance(names, list) else pick(names, language),
        Place.VALID_UNTIL: _day(facts.get("expires_at")),
        Place.PARTNER: facts.get("partner"),
        Place.TASK: pick(facts.get("task_names"), language),
        Place.LATE: late,
        Place.DUE: due,
        Place.OFFICE: pick(facts.get("office"), language) or _("Fair office"),
    }
    return {place.value: str(said) if said else "" for place, said in words.items()}


def _owed(facts: Facts, name: str, drawn: Callable[[str, Facts], str]) -> str:
    owed = facts.get(name)
    return drawn("manual/_owed", {**facts, "owed": owed}) if owed else ""


def _count(facts: Facts, people: Sequence[str]) -> str:
    """Of people, of what is late (else of what is due), or as the event says."""
    many = facts.get("count") or len(people or facts.get("late") or facts.get("due") or ())
    return formats.number(many) if many else ""


def _days(facts: Facts) -> str:
    first, last = facts.get("first"), facts.get("last")
    return formats.day_range(first, last) if isinstance(first, date) and isinstance(last, date) else ""


def _deadline(facts: Facts) -> str:
    at = facts.get("badges_until") if facts.get("step") == "confirm" else facts.get("until")
    return formats.moment(at, facts.get("zone") or "UTC") if isinstance(at, datetime) else ""


def _sum(facts: Facts) -> str:
    amount = facts.get("open", facts.get("gross"))
    return formats.money(amount, facts["currency"]) if isinstance(amount, int) else ""


def _day(day: object) -> str:
    return formats.date(day) if isinstance(day, date) else ""


def _said(member: object) -> str:
    return phrase(member) if isinstance(member, Enum) else ""


def _lines(each: Iterable[str]) -> str:
    """One under the other, as the list of the built-in text goes on."""
    return "\n- ".join(each)
