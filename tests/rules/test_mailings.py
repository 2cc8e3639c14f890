"""A mailing's life is a table; its filter is kept whole; a token stops the news of one address only."""

from __future__ import annotations

import itertools

import pytest

from fairapp.rules.applications import State
from fairapp.rules.duties import Duty, DutyKind, DutyState
from fairapp.rules.letter_texts import TextFault
from fairapp.rules.mailings import (
    MOST_NAMED,
    STEPS,
    Audience,
    Filter,
    MailingKind,
    MailingState,
    MailingStep,
    Owing,
    address_digest,
    digest_in,
    filter_from,
    kind_for,
    mailing_faults,
    owes,
    unsubscribe_token,
)

ALLOWED = {
    ("draft", "edit"): "draft",
    ("draft", "confirm"): "sending",
    ("draft", "discard"): None,
    ("sending", "confirm"): "sending",
    ("sending", "post"): "sent",
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(MailingState, MailingStep)))
def test_every_state_and_step_leads_on_or_is_refused(state: MailingState, step: MailingStep) -> None:
    pair = (state.value, step.value)
    assert ((state, step) in STEPS) is (pair in ALLOWED)
    assert STEPS.get((state, step)) == ALLOWED.get(pair)


def test_a_filter_is_kept_whole() -> None:
    whole = Filter(
        Audience.EARLIER,
        (State.ACCEPTED, State.CONFIRMED),
        "food",
        "JP",
        3,
        4,
        True,
        Owing.TASKS_LATE,
        (7, 9),
    )
    assert filter_from(whole.plain()) == whole
    assert filter_from({}) == Filter()
    assert len(filter_from({"ids": range(2 * MOST_NAMED)}).ids) == MOST_NAMED


@pytest.mark.parametrize(
    ("kind", "state", "expected"),
    [
        (DutyKind.DOCUMENT, DutyState.DUE, {Owing.DOCUMENTS_MISSING}),
        (DutyKind.DOCUMENT, DutyState.LATE, {Owing.DOCUMENTS_MISSING, Owing.ANYTHING_LATE}),
        (DutyKind.DOCUMENT, DutyState.WAITING, set()),
        (DutyKind.TASK, DutyState.LATE, {Owing.TASKS_LATE, Owing.ANYTHING_LATE}),
        (DutyKind.TASK, DutyState.DUE, set()),
        (DutyKind.PAYMENT, DutyState.LATE, {Owing.ANYTHING_LATE}),
        (DutyKind.CONTRACT, DutyState.DONE, set()),
    ],
)
def test_a_letter_is_about_what_is_owed(kind: DutyKind, state: DutyState, expected: set[Owing]) -> None:
    assert {what for what in Owing if owes([Duty(kind, state)], what)} == expected
    assert not any(owes([Duty(kind, state, is_required=False)], what) for what in Owing)


def test_whoever_has_not_applied_gets_news_only() -> None:
    assert kind_for(Audience.EARLIER, MailingKind.PARTICIPATION) is MailingKind.NEWS
    assert kind_for(Audience.APPLICANTS, MailingKind.PARTICIPATION) is MailingKind.PARTICIPATION


@pytest.mark.parametrize(
    ("subjects", "bodies", "expected"),
    [
        ({"vi": "Chào", "en": ""}, {"vi": "Nội dung {booth}", "en": ""}, {}),
        ({"vi": "Chào", "en": "Hello"}, {"vi": "x", "en": ""}, {"body_en": TextFault.BODY_MISSING}),
        (
            {"vi": "", "en": ""},
            {"vi": "", "en": ""},
            {"subject_vi": TextFault.SUBJECT_MISSING, "body_vi": TextFault.BODY_MISSING},
        ),
        ({"vi": "{reason}", "en": ""}, {"vi": "x", "en": ""}, {"subject_vi": TextFault.UNKNOWN_PLACE}),
    ],
)
def test_one_whole_language_is_enough(
    subjects: dict[str, str], bodies: dict[str, str], expected: dict[str, TextFault]
) -> None:
    assert mailing_faults(subjects, bodies)[0] == expected


def test_a_token_names_one_address_and_cannot_be_made_up() -> None:
    digest = address_digest("lan@example.org")
    token = unsubscribe_token("secret", digest)
    assert digest_in("secret", token) == digest
    assert digest_in("another", token) is None
    assert digest_in("secret", token.replace(digest, address_digest("mai@example.org"))) is None
    assert "lan" not in token
    for broken in ("", ".", digest, f"{digest}.", f"{digest}.ü", "é.x"):
        assert digest_in("secret", broken) is None
