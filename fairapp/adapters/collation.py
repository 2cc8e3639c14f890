"""The order of names in an index, and the letter each stands under, in the language of the book.

Vietnamese has rules of our own (``rules.collation``); every other language is ordered by ICU, whose library
comes with ``icu4py``. That package has no door to it, so it is asked through C.
"""

from __future__ import annotations

import ctypes
import importlib.util
import re
import unicodedata
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fairapp.rules.collation import vietnamese_initial, vietnamese_key

Key = Any
"""Whatever sorts: of one collation only."""
_NUMERIC, _ON = 7, 17
_INDEX_LETTERS = 2
_LONGEST = 300
_SIGNS = re.compile(r"^[\W_]+")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u2e80-\u2fdf\u3005\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MOST_STROKES = 48
_UNREAD = "漢字"
"""The section of Han letters where the language's index has none for them."""
_BOUNDARY = "\ufdd0"
"""In CLDR's orders of Han letters: with a letter behind it, the place where that letter's section begins."""


class NoCollation(RuntimeError):
    """ICU's library is not where it should be."""


@dataclass(frozen=True)
class Collation:
    """A language's order: ``key`` to sort by, and the ``initial`` under which an index lists a name."""

    key: Callable[[str], Key]
    initial: Callable[[str], str]


@cache
def collation(language: str) -> Collation:
    """The order of this language (BCP 47)."""
    if language.partition("-")[0] == "vi":
        return Collation(vietnamese_key, vietnamese_initial)
    order = _Order(language)
    return Collation(order.key, order.initial)


def reading(name: str, other: str, language: str) -> str:
    """By what a name is ordered: in Japanese by its reading in kana, where the other name is one."""
    is_reading = language.partition("-")[0] == "ja" and _KANA.match(other) and not _HAN.search(other)
    return other if is_reading else name


class _Order:
    """A collator of ICU with the letters of its language's index."""

    def __init__(self, language: str) -> None:
        icu = _library()
        status = ctypes.c_int(0)
        self._collator = icu.call("ucol_open", language.replace("-", "_").encode(), ctypes.byref(status))
        if status.value > 0 or not self._collator:
            raise NoCollation(language)
        icu.call("ucol_setAttribute", self._collator, _NUMERIC, _ON, ctypes.byref(status))
        self._keys = lru_cache(maxsize=8192)(self._key)
        self._bounds = self._sections(icu.index_letters(language), has_han=language.partition("-")[0] == "zh")
        # Chinese by its sounds shares the Latin letters: names in those stand among the others, not last
        self._shares = any(of_han and letter in _LATIN for _, letter, of_han in self._bounds)

    def key(self, text: str) -> Key:
        """ICU's key of the text; signs before its first letter do not count."""
        key = self._keys(text[:_LONGEST])
        return (self.initial(text), key) if self._shares else key

    def _key(self, text: str) -> bytes:
        told = _SIGNS.sub("", text) or text
        units = told.encode("utf-16-le", "replace")
        room = 12 * len(units) + 64
        found = ctypes.create_string_buffer(room)
        length = _library().call("ucol_getSortKey", self._collator, units, len(units) // 2, found, room)
        return found.raw[: min(length, room)]

    def _sections(self, letters: tuple[str, ...], has_han: bool) -> list[tuple[bytes, str, bool]]:
        """Where each section begins, its letter, and whether Han letters only are put into it."""
        found = [(self._key(letter), letter, False) for letter in letters]
        by_sound = self._raw(_BOUNDARY + "A") < self._key("一")
        if has_han and by_sound:
            found += [(self._raw(_BOUNDARY + letter), letter, True) for letter in _LATIN]
        elif has_han:
            strokes = range(1, _MOST_STROKES + 1)
            found += [(self._raw(_BOUNDARY + chr(0x2800 + n)), f"{n} 劃", True) for n in strokes]
        return sorted(found)

    def _raw(self, text: str) -> bytes:
        units = text.encode("utf-16-le")
        found = ctypes.create_string_buffer(256)
        length = _library().call("ucol_getSortKey", self._collator, units, len(units) // 2, found, 256)
        return found.raw[: min(length, 256)]

    def initial(self, text: str) -> str:
        """The letter of the index it stands under, ``#`` for digits, or another script's first letter."""
        told = _SIGNS.sub("", text)
        if not told:
            return "#"
        first = told[0]
        if first.isdecimal():
            return "#"
        is_han = bool(_HAN.match(first))
        key = self._keys(told[:_LONGEST])
        before = [label for bound, label, of_han in self._bounds if of_han is is_han and bound <= key]
        if before and (is_han or _script(before[-1]) == _script(first)):
            return before[-1]
        if is_han:
            return _UNREAD
        letter = unicodedata.normalize("NFD", first)[0]
        return letter.upper()


def _script(letter: str) -> str:
    """A rough name of the letter's script: the first word of its name in Unicode; kana are one."""
    word = unicodedata.name(letter[0], "?").partition(" ")[0]
    return "KANA" if word in ("HIRAGANA", "KATAKANA") else word


class _Library:
    """ICU's C functions, whose names end in the library's version."""

    def __init__(self) -> None:
        path, version = _found()
        self._icu = ctypes.CDLL(str(path))
        self._version = version
        for name in ("ucol_open", "ulocdata_open", "uset_openEmpty"):
            self._function(name).restype = ctypes.c_void_p

    def _function(self, name: str) -> Any:
        return getattr(self._icu, f"{name}_{self._version}")

    def call(self, name: str, *arguments: Any) -> Any:
        """Call a function; addresses it gave out go back as what they are."""
        told = [
            ctypes.c_void_p(each) if isinstance(each, int) and each > 2**31 else each for each in arguments
        ]
        return self._function(name)(*told)

    def index_letters(self, language: str) -> tuple[str, ...]:
        """The letters that sections of an index have in this language, by CLDR."""
        status = ctypes.c_int(0)
        data = self.call("ulocdata_open", language.replace("-", "_").encode(), ctypes.byref(status))
        letters = self.call("uset_openEmpty")
        self.call("ulocdata_getExemplarSet", data, letters, 0, _INDEX_LETTERS, ctypes.byref(status))
        found = []
        start, end = ctypes.c_int32(), ctypes.c_int32()
        for place in range(self.call("uset_getItemCount", letters)):
            text = ctypes.create_string_buffer(64)
            length = self.call(
                "uset_getItem", letters, place, ctypes.byref(start), ctypes.byref(end), text, 32,
                ctypes.byref(status),
            )  # fmt: skip
            if length:
                found.append(text.raw[: 2 * length].decode("utf-16-le"))
            else:
                found += map(chr, range(start.value, end.value + 1))
        self.call("uset_close", letters)
        self.call("ulocdata_close", data)
        return tuple(found)


@cache
def _library() -> _Library:
    return _Library()


def _found() -> tuple[Path, str]:
    """ICU's library for languages, the one that came with icu4py before the system's, and its version."""
    spec = importlib.util.find_spec("icu4py")
    if spec is not None and spec.origin is not None:
        home = Path(spec.origin).parent
        for folder in (home.parent / "icu4py.libs", home / ".dylibs"):
            for path in sorted(folder.glob("libicui18n*")):
                if version := re.search(r"\.so\.(\d+)|\.(\d+)(?:\.\d+)*\.dylib", path.name):
                    return path, version[1] or version[2]
    system = find_library("icui18n") or ""
    if version := re.search(r"\.so\.(\d+)", system):
        return Path(system), version[1]
    raise NoCollation("ICU's library is not installed: icu4py brings it along")
