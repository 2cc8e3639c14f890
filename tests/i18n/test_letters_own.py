"""An organiser's text says what the built-in text says, until it is changed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fairapp.i18n import LANGUAGES
from fairapp.i18n.letters import built_in, written
from fairapp.rules.letter_texts import text_faults
from fairapp.rules.letters import EDITABLE, KINDS, LetterEvent

FACTS = {
    "organisation": "HTX Chè Bản Liền",
    "fair_names": {"vi": "Hội chợ OCOP", "en": "OCOP Fair"},
    "first": date(2027, 4, 15),
    "last": date(2027, 4, 19),
    "until": datetime(2027, 2, 28, 17, tzinfo=UTC),
    "badges_until": None,
    "zone": "Asia/Ho_Chi_Minh",
    "contact": "",
    "reason": "",
    "parts": [],
    "path": "/me/applications/7",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", EDITABLE)
def test_the_built_in_text_may_be_kept_as_it_is(event: LetterEvent, language: str) -> None:
    subject, body = built_in(event, language)
    assert text_faults(subject, body, KINDS[event].places) == ({}, {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", ["submit", "accept", "confirm", "return", "reopen"])
def test_the_built_in_text_with_its_places_filled_is_the_built_in_letter(step: str, language: str) -> None:
    facts = FACTS | {"step": step}
    event = next(each for each, kind in KINDS.items() if kind.when == {"step": step})
    plain = written("applications/step", language, facts, "https://fair.example")
    own = written("applications/step", language, facts, "https://fair.example", own=built_in(event, language))
    assert _words(own) == _words(plain)


def test_an_own_text_is_filled_in_the_readers_language() -> None:
    own = ("{fair}: {deadline}", "{organisation}, {days}: {link}\n\nWhy: {reason}")
    facts = FACTS | {"step": "withdraw"}
    subject, body = written("applications/step", "en", facts, "https://fair.example", own=own)
    assert subject.startswith("OCOP Fair: ")
    assert "1 March 2027" in subject
    assert body == "HTX Chè Bản Liền, 15–19 April 2027: https://fair.example/me/applications/7\n"


def _words(letter: tuple[str, str]) -> list[str]:
    return " ".join(letter).split()
