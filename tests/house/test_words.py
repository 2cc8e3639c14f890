"""Every sentence is said in every language, every reason has a sentence, and no word is left over."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from importlib import import_module
from io import BytesIO
from pathlib import Path
from pkgutil import iter_modules

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

import fairapp.rules
from fairapp import assets
from fairapp.i18n import LANGUAGES, SOURCE_LANGUAGE
from fairapp.i18n.catalogs import catalog_files
from fairapp.i18n.phrases import sentences

ROOT = Path(__file__).parents[2]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
OTHERS = sorted(set(LANGUAGES) - {SOURCE_LANGUAGE})
FIELD = re.compile(r"%\((\w+)\)s|%(?!\()(.)")


def said_in_python() -> set[str]:
    """Every sentence of the code."""
    found: set[str] = set()
    for path in sorted((ROOT / "fairapp").rglob("*.py")):
        for _, words, _, _ in extract("python", BytesIO(path.read_bytes()), keywords=KEYWORDS):
            found.add(words if isinstance(words, str) else words[0])
    return found


def said_in_templates() -> set[str]:
    """Every sentence of the templates."""
    found: set[str] = set()
    options = {"extensions": "jinja2.ext.do", "trim_blocks": "true", "lstrip_blocks": "true"}
    for path in sorted(assets.folder("templates").rglob("*.*")):
        for _, _, words, _ in babel_extract(BytesIO(path.read_bytes()), list(KEYWORDS), [], options):
            found.add(words if isinstance(words, str) else words[0])
    return found


def said() -> set[str]:
    return {words for words in said_in_python() | said_in_templates() if words}


def catalogued(language: str) -> list[tuple[str, object, Path]]:
    """Every message of the language with its file."""
    found: list[tuple[str, object, Path]] = []
    for path in catalog_files(language):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    identity = message.id if isinstance(message.id, str) else message.id[0]
                    found.append((identity, message.string, path))
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language: str) -> None:
    known = {identity for identity, string, _ in catalogued(language) if string and all(string)}
    assert sorted(said() - known) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted({identity for identity, _, _ in catalogued(language)} - said()) == []


@pytest.mark.parametrize("language", OTHERS)
def test_each_sentence_is_translated_once(language: str) -> None:
    counted = Counter(identity for identity, _, _ in catalogued(language))
    assert [identity for identity, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_fields_of_its_sentence(language: str) -> None:
    wrong = []
    for identity, string, _ in catalogued(language):
        forms = [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]
        wanted = {name for name, _ in FIELD.findall(identity) if name}
        for form in forms:
            fields = {name for name, _ in FIELD.findall(form) if name}
            if fields - wanted - {"num"} or (isinstance(string, str) and wanted - fields):
                wrong.append(identity)
    assert wrong == []


def public_enums() -> list[type[Enum]]:
    """Every enum of the rules floor that people meet: reasons, states, roles and kinds."""
    found: list[type[Enum]] = []
    for module in iter_modules(fairapp.rules.__path__):
        for thing in vars(import_module(f"fairapp.rules.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Enum) and thing.__module__.endswith(module.name):
                found.append(thing)
    return found


SILENT = {"Permission", "Division", "PictureFormat", "Weight", "Purpose", "Counted", "IdentifierKind"}
"""Enums that the code keeps to itself."""


@pytest.mark.parametrize("enum", public_enums(), ids=lambda enum: enum.__name__)
def test_every_member_has_a_sentence(enum: type[Enum]) -> None:
    if enum.__name__ in SILENT or not len(enum):
        return
    assert [member.name for member in enum if (enum, member.name) not in sentences()] == []


def test_the_finders_find_something() -> None:
    assert len(said()) > 300
    assert len(public_enums()) > 20
