"""An organiser's text says what the built-in text says, until it is changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import fairapp.jobs
from fairapp import assets
from fairapp.i18n import LANGUAGES
from fairapp.i18n.letters import built_in, written
from fairapp.rules.letter_texts import text_faults
from fairapp.rules.letters import EDITABLE, KINDS, LetterEvent, event_of

OF_THE_HOUSE = {"accounts", "producers"}
"""Rooms whose mails are about an account or an organisation, at no fair."""
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


def test_every_mail_of_a_fair_has_an_entry_in_the_editor() -> None:
    mails = assets.folder("templates") / "mail"
    files = {
        path.relative_to(mails).with_suffix("").as_posix()
        for path in mails.rglob("*.txt")
        if not path.name.startswith("_") and path.relative_to(mails).parts[0] not in OF_THE_HOUSE
    }
    assert files == {KINDS[event].template for event in EDITABLE}
    assert set(EDITABLE) == set(LetterEvent) - {LetterEvent.MAILING, LetterEvent.NEWS}
    assert all(KINDS[event].places for event in EDITABLE)


def test_every_file_that_a_job_sends_is_one_that_the_editor_knows() -> None:
    """A job that builds its letter from a file names it as it stands in the table of letters."""
    known = {kind.template for kind in KINDS.values()}
    of_the_house = {f"{room}/" for room in OF_THE_HOUSE}
    for module in (Path(fairapp.jobs.__file__).parent).glob("*.py"):
        for name in re.findall(r'"((?!application/)[a-z]+/[a-z_]+)"', module.read_text(encoding="utf-8")):
            assert name in known or name[: name.index("/") + 1] in of_the_house, (module.name, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_cancelled", [True, False])
def test_the_letter_about_the_whole_fair_is_its_built_in_text_filled(
    language: str, is_cancelled: bool
) -> None:
    facts = FACTS | {
        "is_cancelled": is_cancelled,
        "reader": "Lan",
        "reason": "Bão số 3.",
        "path": "/f/OCOP27",
        "contact": "bto@example.org",
        "office": {"vi": "Sở Công Thương", "en": "Department of Trade"},
    }
    event = LetterEvent.FAIR_CANCELLED if is_cancelled else LetterEvent.FAIR_POSTPONED
    assert event_of("fairs/fair_changed", facts) is event
    plain = written("fairs/fair_changed", language, facts, "https://fair.example")
    text = built_in(event, language)
    own = written("fairs/fair_changed", language, facts, "https://fair.example", own=text)
    assert _words(own) == _words(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_owed_is_listed_in_a_text_of_ones_own(language: str) -> None:
    tasks = [
        {"names": {"vi": name}, "kind": None, "what": None, "amount": None, "due_at": FACTS["until"]}
        for name in ("Biển tên", "Sơ đồ")
    ]
    facts = FACTS | {"late": tasks, "due": tasks[:1], "is_late": True, "reason": "Gấp!"}
    plain = written("manual/owed", language, facts, "https://fair.example")
    text = built_in(LetterEvent.DUTIES_OWED, language)
    own = written("manual/owed", language, facts, "https://fair.example", own=text)
    assert _words(own) == _words(plain)
    assert own[1].count("Biển tên") == 2


def _words(letter: tuple[str, str]) -> list[str]:
    return " ".join(letter).split()
