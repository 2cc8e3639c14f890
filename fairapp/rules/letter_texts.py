"""The texts of letters that organisers write: places filled, and what is wrong with a text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from fairapp.rules.letters import Place

LONGEST_SUBJECT = 150
LONGEST_BODY = 8000
MOST_FILLED = 40_000
"""A body with its names put in, whatever those are."""


class TextFault(StrEnum):
    """Why a text cannot be kept."""

    SUBJECT_MISSING = "subject_missing"
    SUBJECT_LINES = "subject_lines"
    SUBJECT_LONG = "subject_long"
    BODY_MISSING = "body_missing"
    BODY_LONG = "body_long"
    UNKNOWN_PLACE = "unknown_place"
    PLACE_MISSING = "place_missing"
    NOT_EDITABLE = "not_editable"


_NAMED = re.compile(r"\{([^\W\d_](?:[\w -]{0,38}\w)?)\}")
"""``{organisation}`` and what somebody may have meant by it; ``{0.__class__}`` and ``{{7*7}}`` stay text."""
_GAP = re.compile(r"\n[ \t]*\n")


def filled(text: str, words: Mapping[str, str]) -> str:
    """``text`` with its places filled, each once and never looked into again.

    A paragraph that names places of which all are empty is left out: no heading stands over nothing.
    """
    kept = []
    for paragraph in _GAP.split(text.replace("\r\n", "\n")):
        named = [name for name in _NAMED.findall(paragraph) if name in words]
        if named and not any(words[name] for name in named):
            continue
        kept.append(_NAMED.sub(lambda found: words.get(found[1], found[0]), paragraph))
    return "\n\n".join(kept)[:MOST_FILLED]


def one_line(text: str) -> str:
    """A subject: printable and on one line, whatever was put into its places."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:300]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A place that a text names and its event does not have; ``nearest`` may be what was meant."""

    name: str
    nearest: str


def unknown_places(text: str, places: tuple[Place, ...]) -> tuple[Unknown, ...]:
    """Every place in ``text`` that nothing would fill, with the nearest one that something does."""
    known = [place.value for place in places]
    found = dict.fromkeys(name for name in _NAMED.findall(text) if name not in known)
    return tuple(
        Unknown(name, next(iter(get_close_matches(name.casefold(), known, 1, 0.4)), known[0]))
        for name in found
    )


def text_faults(
    subject: str, body: str, places: tuple[Place, ...], needed: tuple[Place, ...] = ()
) -> tuple[dict[str, TextFault], dict[str, Unknown]]:
    """By field, what is wrong with a text; and for unknown places which one it is."""
    faults: dict[str, TextFault] = {}
    unknown: dict[str, Unknown] = {}
    for name, text, longest in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if not text.strip():
            faults[name] = TextFault(f"{name}_missing")
        elif len(text) > longest:
            faults[name] = TextFault(f"{name}_long")
        elif name == "subject" and not subject.isprintable():
            faults[name] = TextFault.SUBJECT_LINES
        elif wrong := unknown_places(text, places):
            faults[name], unknown[name] = TextFault.UNKNOWN_PLACE, wrong[0]
        elif name == "body" and not {each.value for each in needed} <= set(_NAMED.findall(body)):
            faults[name] = TextFault.PLACE_MISSING
    return faults, unknown
