"""A letter to many in the words of one reader: the same for the preview and for what goes out."""

from __future__ import annotations

from collections.abc import Mapping

from fairapp.i18n import LANGUAGES, SOURCE_LANGUAGE
from fairapp.i18n.letters import OwnText, written


def mailing_language(subjects: Mapping[str, str], language: str) -> str:
    """In which of its languages a reader gets the mailing."""
    asked = language if language in LANGUAGES else SOURCE_LANGUAGE
    return next((each for each in (asked, *LANGUAGES) if subjects.get(each)), asked)


def mailing_words(
    subjects: Mapping[str, str],
    bodies: Mapping[str, str],
    language: str,
    facts: Mapping[str, object],
    base_url: str,
) -> OwnText:
    """Subject and body with their places filled."""
    own = (subjects.get(language, ""), bodies.get(language, ""))
    return written("", language, facts, base_url, own)
