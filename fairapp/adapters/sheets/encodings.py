"""The letters behind a file's bytes: told by a mark or by proof, refused where it would be a guess."""

import codecs
import re
import unicodedata

from fairapp.rules.sheets import FileNote, FileReason, FileRefused, Finding

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str, tuple[Finding, ...]]:
    """Return the text, the name of its encoding and what was noticed; refuse bytes that could be anything."""
    if encoding:
        return _decode_as(data, encoding), encoding, ()
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _no_nul(_decode_as(data, codec, name)), name, ()
    if b"\0" in data:
        return _without_mark(data), "UTF-16", ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _western_or_vietnamese(data)
    if (mended := _undo_double(text)) is not None:
        return mended, "UTF-8", (Finding(FileNote.DOUBLY_ENCODED),)
    return text, "UTF-8", ()


def _decode_as(data: bytes, codec: str, name: str = "") -> str:
    try:
        text = data.decode(codec)
    except LookupError:
        raise FileRefused(FileReason.UNKNOWN_ENCODING, encoding=codec[:40]) from None
    except (UnicodeError, ValueError):
        raise FileRefused(FileReason.WRONG_ENCODING, encoding=name or codec[:40]) from None
    return text.removeprefix("\ufeff")


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise FileRefused(FileReason.NOT_A_LIST, kind="binary")
    return text


def _without_mark(data: bytes) -> str:
    """Read UTF-16 without its mark, told by a zero in every other byte; other zeros mean no text at all."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    for codec, zeros, none in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(data) % 2 == 0 and none == 0 and zeros * 2 > len(sample) * 0.4:
            return _no_nul(_decode_as(data, codec, "UTF-16"))
    raise FileRefused(FileReason.NOT_A_LIST, kind="binary")


_LATIN_RUN = re.compile("[\x80-\u02ff\u2010-\u203a\u20ac\u2122]{2,}")


def _undo_double(text: str) -> str | None:
    """Return the text as it was before UTF-8 was taken for cp1252 and written as UTF-8 again, if it was."""
    if text.isascii() or not any(mark in text for mark in ("Ã", "Â", "á»", "áº", "Ä", "Å", "Æ", "à¸", "ã")):
        return None
    try:
        bytes_again = b"".join(_cp1252(character) for character in text)
        mended = bytes_again.decode("utf-8")
    except UnicodeError:
        return None
    return mended if len(_LATIN_RUN.findall(text)) >= 1 else None


def _cp1252(character: str) -> bytes:
    """Encode one character; the five bytes that cp1252 leaves open stand for themselves."""
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")


# cp1258 writes a tone as a byte of its own after the vowel: after â ê ô ă ơ ư no other language does.
_TONED = re.compile(rb"[\xe2\xea\xf4\xe3\xf5\xfd\xc2\xca\xd4\xc3\xd5\xdd][\xcc\xd2\xde\xec\xf2]")
_VIETNAMESE = re.compile("[đĐơƠưƯ\u1ea0-\u1ef9]")


def _western_or_vietnamese(data: bytes) -> tuple[str, str, tuple[Finding, ...]]:
    noticed = (Finding(FileNote.NOT_UTF8),)
    if _TONED.search(data):
        text = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
        if "\ufffd" not in text and not re.search("[\u0300-\u036f]", text) and _VIETNAMESE.search(text):
            return text, "cp1258", noticed
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefused(FileReason.UNKNOWN_ENCODING, encoding="") from None
    if _is_legacy_font(text):
        raise FileRefused(FileReason.LEGACY_FONT)
    if not _reads_as_western(text):
        raise FileRefused(FileReason.UNKNOWN_ENCODING, encoding="")
    return text, "cp1252", noticed


# TCVN3 fonts put letters on signs («ng = ông), VNI fonts write a vowel and its marks as two letters (aø = à).
_TCVN3 = re.compile("[A-Za-z][«¬®µ¸¹¶·»¼½¾][a-z]|[A-Za-z][«¬µ¸¹¶·»¼½¾®]\\b|\\b®[a-z«¬µ¸¹]")
_VNI = re.compile("[aA][øùûïä][^aeiou]|[eE][äáàåã][^aeiou]|[oO][âäáàåã][^aeiou]|[uU][ûøïù]|ñ[aeoö]")


def _is_legacy_font(text: str) -> bool:
    foreign = len(re.findall("[^\x00-\x7f]", text))
    return any(len(shape.findall(text)) * 4 >= max(foreign, 8) for shape in (_TCVN3, _VNI))


_RUNS = re.compile("[^\x00-\x7f]+")
_LETTERS = "ŠšŽžŒœŸªº\xc0-\xd6\xd8-\xf6\xf8-\xff"
_WESTERN = re.compile(f"[{_LETTERS}]")
_SIGNS = re.compile("[€‚„…†‡ˆ‰‹‘’“”•–—˜™›\xa0¡£§©«®°±²³´·¸¹»¼½¾¿×÷µ¥¢]")
_QUOTES = re.compile("[«»‘’“”‹›„‚–—…·´°©®™\xa0]")
_SIGN_IN_A_WORD = re.compile(f"(?<=[A-Za-z{_LETTERS}])[^\x00-\x7f{_LETTERS}’´·–—…](?=[A-Za-z{_LETTERS}])")


def _reads_as_western(text: str) -> bool:
    """Say whether letters above ASCII stand as in western languages: few, and among plain ones."""
    odd = len(_SIGN_IN_A_WORD.findall(text))
    foreign = 0
    for run in _RUNS.findall(text):
        letters = len(_WESTERN.findall(run))
        foreign += len(run)
        beside_letters = _QUOTES if letters else _SIGNS
        if letters > 3 or letters + len(beside_letters.findall(run)) < len(run):
            odd += len(run)
    return odd * 10 <= foreign
