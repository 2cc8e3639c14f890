"""Places are filled and nothing is evaluated; unknown ones are named; a letter's life is a table."""

from __future__ import annotations

import itertools

import pytest

from fairapp.rules.letter_log import LetterState, LetterStep, after
from fairapp.rules.letter_texts import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    TextFault,
    Unknown,
    filled,
    one_line,
    text_faults,
    unknown_places,
)
from fairapp.rules.letters import EDITABLE, KINDS, LetterEvent, Place, event_of, topic_of

ALLOWED = {
    ("waiting", "deliver"): "sent",
    ("waiting", "retry"): "waiting",
    ("waiting", "fail"): "failed",
    ("waiting", "drop"): "dropped",
    ("failed", "send_again"): "waiting",
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(LetterState, LetterStep)))
def test_every_state_and_step_leads_on_or_nowhere(state: LetterState, step: LetterStep) -> None:
    assert after(state, step) == ALLOWED.get((state.value, step.value))


def test_a_place_is_filled_once_and_its_words_are_not_looked_into() -> None:
    words = {"organisation": "HTX {link} {fair}", "fair": "OCOP", "link": "https://fair.example"}
    assert filled("Dear {organisation} of {fair}", words) == "Dear HTX {link} {fair} of OCOP"


@pytest.mark.parametrize(
    "attack",
    [
        "{0.__class__}",
        "{organisation.__class__.__mro__}",
        "{organisation!r}",
        "{organisation:>10}",
        "{{7*7}}",
        "{% for x in y %}",
        "%(organisation)s",
        "${organisation.x}",
        "{}",
        "{0}",
        "{__import__('os')}",
    ],
)
def test_other_ways_to_write_templates_stay_text(attack: str) -> None:
    assert filled(attack, {"organisation": "HTX"}) == attack


def test_braces_around_a_place_stay_and_the_place_is_filled() -> None:
    assert filled("{{organisation}}", {"organisation": "HTX"}) == "{HTX}"


def test_a_paragraph_without_any_words_is_left_out_with_its_heading() -> None:
    text = "Good day,\n\nIn our words:\n{reason}\n\nQuestions? {contact}\n\n{booth}, hall {hall}"
    words = {"reason": "", "contact": "a@b.vn", "booth": "A-01", "hall": ""}
    assert filled(text, words) == "Good day,\n\nQuestions? a@b.vn\n\nA-01, hall "


def test_a_subject_is_one_printable_line_whatever_is_put_into_it() -> None:
    assert one_line("A\r\nBcc: x@y.z\x00\u2028B") == "A Bcc: x@y.z B"


def test_an_unknown_place_is_named_with_the_nearest_one() -> None:
    places = (Place.ORGANISATION, Place.FAIR, Place.REASON)
    assert unknown_places("{organization} {Fair} {fair}", places) == (
        Unknown("organization", "organisation"),
        Unknown("Fair", "fair"),
    )
    assert unknown_places("{tên hội chợ}", places)[0].name == "tên hội chợ"


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Hello", "Text {fair}", {}),
        ("", " ", {"subject": TextFault.SUBJECT_MISSING, "body": TextFault.BODY_MISSING}),
        ("A\nBcc: all@example.org", "Text", {"subject": TextFault.SUBJECT_LINES}),
        ("A\u2028B", "Text", {"subject": TextFault.SUBJECT_LINES}),
        ("x" * (LONGEST_SUBJECT + 1), "Text", {"subject": TextFault.SUBJECT_LONG}),
        ("Hello", "x" * (LONGEST_BODY + 1), {"body": TextFault.BODY_LONG}),
        ("{booth}", "{fairs}", {"subject": TextFault.UNKNOWN_PLACE, "body": TextFault.UNKNOWN_PLACE}),
    ],
)
def test_what_is_wrong_with_a_text_is_said_by_field(
    subject: str, body: str, expected: dict[str, TextFault]
) -> None:
    assert text_faults(subject, body, (Place.FAIR,))[0] == expected


def test_a_text_without_the_place_that_makes_it_work_is_refused() -> None:
    places = (Place.FAIR, Place.LINK)
    missing = text_faults("Join {link}", "{fair}", places, (Place.LINK,))
    assert missing == ({"body": TextFault.PLACE_MISSING}, {})
    assert text_faults("Join", "{fair}: {link}", places, (Place.LINK,)) == ({}, {})


@pytest.mark.parametrize("event", list(KINDS))
def test_a_letter_is_recognised_by_its_file_and_facts(event: LetterEvent) -> None:
    kind = KINDS[event]
    assert event_of(kind.template, {**kind.when, "reason": "x"}) == event


def test_a_file_that_belongs_to_no_fair_is_no_event() -> None:
    assert event_of("accounts/reset", {}) is None


def test_events_of_one_topic_stand_together() -> None:
    topics = [topic for topic, _events in itertools.groupby(EDITABLE, topic_of)]
    assert len(topics) == len(set(topics))
