"""The letters of jobs in words."""

from __future__ import annotations

from fairapp.config import Settings
from fairapp.i18n import LANGUAGES, SOURCE_LANGUAGE
from fairapp.i18n.letters import written
from fairapp.jobs.work import Letter


def render(letter: Letter, settings: Settings) -> tuple[str, str]:
    """Subject and body of ``letter`` in its reader's language; who reads none of ours gets English."""
    language = letter.language if letter.language in LANGUAGES else SOURCE_LANGUAGE
    return written(letter.template, language, letter.facts, settings.base_url)
