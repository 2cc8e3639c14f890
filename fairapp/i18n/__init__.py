"""What is said: sentences in every language, picked by the language of the moment.

A sentence's identity is its plain English text; every other language is a folder of ``<room>.po`` files, one
for each room of the house, merged at the first use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from fairapp.i18n.catalogs import LANGUAGES, SOURCE_LANGUAGE, translations

__all__ = [
    "LANGUAGES",
    "SOURCE_LANGUAGE",
    "LazyText",
    "current_language",
    "gettext",
    "lazy_gettext",
    "ngettext",
    "pick",
    "set_language",
    "speaking",
]

DEFAULT_LANGUAGE = "vi"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def current_language() -> str:
    """The language in which this request, command or job speaks."""
    return _language.get()


def set_language(language: str) -> None:
    """Speak ``language`` from here on in this context; an unknown one becomes Vietnamese."""
    _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` inside the block."""
    token = _language.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _language.reset(token)


def gettext(sentence: str, /, **values: object) -> str:
    """``sentence`` in the current language, its ``%(name)s`` fields filled with ``values``."""
    said = translations(current_language()).gettext(sentence)
    return said % values if values else said


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """The right form for ``number``; ``%(num)s`` is filled with it."""
    said = translations(current_language()).ngettext(singular, plural, number)
    return said % {"num": number, **values}


class LazyText:
    """A sentence that is translated when it is shown, not when its module is read."""

    __slots__ = ("sentence", "values")

    def __init__(self, sentence: str, values: Mapping[str, object]) -> None:
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return gettext(self.sentence, **self.values)

    def __repr__(self) -> str:
        return f"LazyText({self.sentence!r})"

    def __html__(self) -> str:
        from markupsafe import escape

        return str(escape(str(self)))

    def __mod__(self, values: Mapping[str, object]) -> str:
        return gettext(self.sentence) % {**self.values, **values}

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other) if isinstance(other, LazyText | str) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.sentence)


def lazy_gettext(sentence: str, /, **values: object) -> LazyText:
    """``sentence``, translated each time it is shown."""
    return LazyText(sentence, values)


def pick(texts: Mapping[str, str] | None, language: str | None = None) -> str:
    """The text for ``language`` (or the current one), else English, Vietnamese, or whichever is there."""
    if not texts:
        return ""
    for wanted in (language or current_language(), "en", "vi"):
        if texts.get(wanted):
            return texts[wanted]
    return next((text for text in texts.values() if text), "")
