"""Letters: a text template per event, rendered in the reader's language; its first line is the subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from fairapp import assets, i18n
from fairapp.i18n import formats
from fairapp.i18n.letter_places import words_of
from fairapp.i18n.phrases import phrase
from fairapp.rules.letter_texts import filled, one_line
from fairapp.rules.letters import KINDS, LetterEvent, Place

OwnText = tuple[str, str]
"""Subject and body as an organiser wrote them, with their places."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(assets.folder("templates") / "mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text mails
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations: Any = environment
    translations.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=False)
    environment.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, pick=i18n.pick)
    environment.globals.update(phrase=phrase, formats=formats)
    return environment


def written(
    template: str,
    language: str,
    facts: Mapping[str, object],
    base_url: str,
    own: OwnText | None = None,
) -> OwnText:
    """Subject and body of the letter; ``link('/path')`` in a template is absolute.

    ``own``: the organiser's text, which takes the place of the built-in one.
    """
    with i18n.speaking(language):
        if own is not None:
            words = words_of(facts, language, base_url, lambda part, of: _part(part, language, of))
            return one_line(filled(own[0], words)), filled(own[1], words).strip("\n") + "\n"
        text = _text(template, language, facts, lambda path: f"{base_url}{path}")
    return _taken_apart(text)


def built_in(event: LetterEvent, language: str) -> OwnText:
    """The built-in text of an event with its places instead of words, for the organiser to begin with."""
    kind = KINDS[event]
    with i18n.speaking(language):
        text = _text(kind.template, language, {**_AS_PLACES, **_like(event)}, _place_of_link, _SHOWN)
    subject, body = _taken_apart(text)
    return subject, body.strip("\n")


def _text(
    template: str,
    language: str,
    facts: Mapping[str, object],
    link: Callable[[str], str],
    instead: Mapping[str, object] | None = None,
) -> str:
    """``instead``: takes the place of what templates call to write numbers, days and links."""
    named = _environment().get_template(f"{template}.txt")
    return named.render(**facts, **(instead or {}), link=link, language=language)


def _taken_apart(text: str) -> OwnText:
    first, _, body = text.lstrip("\n").partition("\n")
    return " ".join(first.removeprefix("Subject:").split()), body.strip("\n") + "\n"


def _part(name: str, language: str, facts: Mapping[str, object]) -> str:
    """A part of a built-in letter that lists something."""
    return _environment().get_template(f"{name}.txt").render(**facts, language=language).strip("\n")


class _Shown:
    """Stands for ``formats``: writes each value as it is, for it is the name of a place already."""

    def __getattr__(self, _name: str) -> Callable[..., str]:
        return lambda value, *_further: str(value)


def _counted(one: str, many: str, _number: object, **values: object) -> str:
    return i18n.ngettext(one, many, 2, num=_at(Place.COUNT), **values)


def _place_of_link(path: str) -> str:
    return path if path.startswith("{") else _at(Place.LINK)


def _at(place: Place) -> str:
    return "{" + place.value + "}"


def _worded(member: object) -> str:
    return phrase(member) if isinstance(member, Enum) else str(member)


_SHOWN: Mapping[str, object] = {"formats": _Shown(), "phrase": _worded, "ngettext": _counted}
_AS_PLACES: Mapping[str, object] = {
    "organisation": _at(Place.ORGANISATION),
    "name": _at(Place.ORGANISATION),
    "reader": _at(Place.READER),
    "fair_names": {"en": _at(Place.FAIR)},
    "first": _at(Place.DAYS),
    "last": "",
    "zone": "",
    "contact": _at(Place.CONTACT),
    "reason": _at(Place.REASON),
    "words": _at(Place.REASON),
    "parts": [_at(Place.PARTS)],
    "until": _at(Place.DEADLINE),
    "badges_until": _at(Place.DEADLINE),
    "code": _at(Place.BOOTH),
    "booth": _at(Place.BOOTH),
    "hall": _at(Place.HALL),
    "hall_code": _at(Place.HALL),
    "hall_names": {},
    "area": _at(Place.AREA),
    "before": _at(Place.BEFORE),
    "may_confirm": True,
    "place": _at(Place.POSITION),
    "expires_at": _at(Place.VALID_UNTIL),
    "partner": _at(Place.PARTNER),
    "task_names": {"en": _at(Place.TASK)},
    "late": _at(Place.LATE),
    "due": _at(Place.DUE),
    "office": {"en": _at(Place.OFFICE)},
    "count": 2,
    "phase": _at(Place.PHASE),
    "kind": _at(Place.DOCUMENT),
    "number": _at(Place.NUMBER),
    "gross": _at(Place.SUM),
    "open": _at(Place.SUM),
    "currency": "",
    "due_on": _at(Place.DUE_ON),
    "reference": _at(Place.REFERENCE),
    "instalments": _at(Place.INSTALMENTS),
    "seller": {
        "account_number": _at(Place.ACCOUNT_NUMBER),
        "account_name": _at(Place.ACCOUNT_NAME),
        "bank_name": _at(Place.BANK),
    },
    "path": _at(Place.LINK),
    "booth_path": _at(Place.BOOTH_LINK),
}
"""Facts that are the names of places."""


def _like(event: LetterEvent) -> dict[str, object]:
    """What differs from event to event: the variant of the text, and what the same name means there."""
    facts: dict[str, object] = {}
    if Place.REASON not in KINDS[event].places:
        facts |= {"reason": "", "words": ""}
    if Place.PARTS not in KINDS[event].places:
        facts["parts"] = []
    facts["is_late"] = event is not LetterEvent.PAYMENT_COMING
    facts |= KINDS[event].when
    if event is LetterEvent.PLACE_OFFERED:
        facts["is_open"] = True
    elif KINDS[event].template == "applications/waiting_offer":
        facts |= {"is_open": False, "booth": ""}
    elif event in (LetterEvent.BADGES_APPROVED, LetterEvent.VISA_ISSUED, LetterEvent.VISA_REFUSED):
        facts["names"] = [_at(Place.NAMES)]
    elif event in (LetterEvent.ENTRY_RETURNED, LetterEvent.HEAD_INVITED):
        facts["names"] = {"en": _at(Place.DELEGATION)}
    elif event is LetterEvent.BOOTH_ASSIGNED:
        facts["confirm_path"] = _at(Place.CONFIRM_LINK)
    return facts
