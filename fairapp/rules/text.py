"""Text as people type it: cleaned for keeping, folded for finding, and keyed for telling names apart."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache

from fairapp.rules.errors import Invalid

LONGEST_NAME = 200
LONGEST_LINE = 500
LONGEST_TEXT = 20_000
LONGEST_QUERY = 200
MOST_TERMS = 8


class TextReason(StrEnum):
    """Why a text cannot be kept."""

    NUL = "text_nul"
    SURROGATE = "text_surrogate"
    OVERRIDE = "text_override"
    TOO_LONG = "text_too_long"


class TextRefused(Invalid):
    """A text that must not be kept; whoever knows its field says so with an ``Invalid`` of their own."""

    def __init__(self, reason: TextReason, longest: int | None = None) -> None:
        super().__init__(text=reason)
        self.reason = reason
        self.longest = longest


# Left-to-right and right-to-left *override*: they show a text in another order than it is kept.
_OVERRIDE = re.compile("[\u202d\u202e]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Invisible: controls, zero-width space, soft hyphen, direction marks, embeddings, isolates, tags.
_INVISIBLE = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Joiners carry meaning in Persian, Indic scripts and emoji, so they go only where a neighbour is plain ASCII.
_STRAY_JOINER = re.compile(
    "(?<![^\x00-\x7f\u200c\u200d])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\u200c\u200d])"
)
_LINE_END = re.compile("\r\n|[\r\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r"\n{3,}")
_PLAIN = re.compile(r"[ -~]*")


def clean(text: str, *, longest: int = LONGEST_LINE, lines: bool = False, strict: bool = True) -> str:
    """Return the text in NFC without invisible characters and doubled blanks; refuse what cannot be kept.

    ``lines`` keeps line breaks; ``strict=False`` (files) drops direction overrides instead of refusing them.
    """
    if len(text) > 4 * longest + 64:
        raise TextRefused(TextReason.TOO_LONG, longest)
    if not _PLAIN.fullmatch(text):
        text = _cleaned(text, strict)
    text = _BLANKS.sub(" ", text) if lines else " ".join(text.split())
    if lines:
        text = _EMPTY_LINES.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
    if len(text) > longest:
        raise TextRefused(TextReason.TOO_LONG, longest)
    return text


def _cleaned(text: str, strict: bool) -> str:
    if "\0" in text:
        raise TextRefused(TextReason.NUL)
    if _SURROGATE.search(text):
        raise TextRefused(TextReason.SURROGATE)
    if strict and _OVERRIDE.search(text):
        raise TextRefused(TextReason.OVERRIDE)
    text = _LINE_END.sub("\n", text)
    text = _STRAY_JOINER.sub("", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


# Letters that no decomposition takes apart, dashes and quotes, and the digits of other scripts.
_LETTERS = {
    "đ": "d", "ð": "d", "ɖ": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h",
    "ŋ": "n", "ŧ": "t", "ĸ": "k", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ƴ": "y", "\u0640": "",
    "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
}  # fmt: skip
_ZEROS = (
    0x0660,
    0x06F0,
    0x0966,
    0x09E6,
    0x0A66,
    0x0AE6,
    0x0BE6,
    0x0C66,
    0x0D66,
    0x0E50,
    0x0ED0,
    0x1040,
    0x17E0,
)
_FOLDS = str.maketrans(_LETTERS | {chr(zero + digit): str(digit) for zero in _ZEROS for digit in range(10)})
# Only marks that *accent* a letter: vowel signs of Thai and the voicing of kana are letters themselves.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u064b-\u065f\u0670\u0591-\u05c7]"
)
_JOINERS = re.compile("[\u200b-\u200d\ufe00-\ufe0f]")


def fold(text: str) -> str:
    """Return the text for searching: no case, no accents, no width; any script stays readable in itself."""
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    text = unicodedata.normalize("NFKD", text).casefold()
    text = _JOINERS.sub("", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
    return " ".join(unicodedata.normalize("NFC", text.translate(_FOLDS)).split())


_NOT_PLAIN_WORDS = re.compile("[^a-z0-9]+")


@lru_cache(4096)
def words(text: str) -> str:
    """Return the folded text with all but letters, their signs and digits turned into single blanks."""
    folded = fold(text)
    if folded.isascii():
        return _NOT_PLAIN_WORDS.sub(" ", folded).strip()
    return " ".join("".join(c if _is_word(c) else " " for c in folded).split())


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def search_terms(query: str) -> tuple[str, ...]:
    """Return the folded words to look for, each once, at most eight; odd characters never raise.

    A term holds letters and digits only, so it needs no escaping inside a LIKE pattern.
    """
    safe = _SURROGATE.sub(" ", query[:LONGEST_QUERY].replace("\0", " "))
    return tuple(dict.fromkeys(words(_INVISIBLE.sub("", safe)).split()))[:MOST_TERMS]


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_TONED_WORD = re.compile("[^\\W_][\\w\u0300-\u036f]*")


@lru_cache(4096)
def name_key(name: str) -> str:
    """Return what makes two spellings one name: case, blanks and punctuation do not count, accents do.

    Vietnamese sets a tone over either vowel (``hoà``, ``hòa``): tones are moved to the end of their word.
    """
    if name.isascii():
        return words(name) or name.lower()
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    text = _JOINERS.sub("", text)
    text = "".join(c if _is_word(c) else " " for c in text)
    key = " ".join(_TONED_WORD.sub(_tone_last, text).split())
    return key or unicodedata.normalize("NFC", name)


def _tone_last(match: re.Match[str]) -> str:
    word = match.group()
    tones = "".join(c for c in word if c in _TONES)
    return "".join(c for c in word if c not in _TONES) + tones if tones else word
