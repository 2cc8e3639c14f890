"""The catalogues on disk: one ``.po`` file per language and room, compiled in memory at the first use."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

SOURCE_LANGUAGE = "en"
LANGUAGES: dict[str, str] = {"vi": "Tiếng Việt", "en": "English"}
_HERE = Path(__file__).parent


def catalog_files(language: str) -> list[Path]:
    """Every room's catalogue of ``language``, in a fixed order."""
    return sorted((_HERE / language).glob("*.po"))


def merged_catalog(language: str) -> Catalog:
    """All rooms' sentences of ``language`` in one catalogue."""
    merged = Catalog(locale=language)
    for path in catalog_files(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string, context=message.context)
    return merged


@cache
def translations(language: str) -> NullTranslations:
    """The translations of ``language``; the source language needs none."""
    if language == SOURCE_LANGUAGE or not catalog_files(language):
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, merged_catalog(language))
    compiled.seek(0)
    return Translations(compiled)
