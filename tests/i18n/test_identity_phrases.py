"""Every reason of the identity rules has its own sentence in Vietnamese and English."""

from __future__ import annotations

from enum import Enum

import pytest

from fairapp.i18n import speaking
from fairapp.i18n.phrases.identity import SENTENCES
from fairapp.rules.badge_tokens import TokenReason
from fairapp.rules.identifiers import EmailReason, IdentifierReason, PhoneReason
from fairapp.rules.passwords import PasswordReason
from fairapp.rules.pictures import PictureReason

REASONS: tuple[type[Enum], ...] = (
    IdentifierReason,
    PhoneReason,
    EmailReason,
    PasswordReason,
    PictureReason,
    TokenReason,
)


def test_every_reason_has_a_sentence_and_no_two_share_one_place() -> None:
    reasons = [reason for kind in REASONS for reason in kind]
    assert len(set(reasons)) == len(reasons), "two reasons with one value would share one sentence"
    assert set(SENTENCES) == set(reasons)


@pytest.mark.parametrize("reason", SENTENCES, ids=str)
def test_the_sentence_is_translated_and_complete(reason: Enum) -> None:
    with speaking("en"):
        english = str(SENTENCES[reason])
    with speaking("vi"):
        vietnamese = str(SENTENCES[reason])
    assert vietnamese != english
    assert "%(" not in vietnamese + english
