"""A text as the data bits of a QR symbol, and how many of them each version and level has room for."""

from functools import lru_cache

# per level, versions 1 to 40: error correction codewords of a block, blocks (ISO/IEC 18004, table 9)
_ECC = {
    "L": (
        "7 10 15 20 26 18 20 24 30 18 20 24 26 30 22 24 28 30 28 28 "
        "28 28 30 30 26 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
    "M": (
        "10 16 26 18 24 16 18 22 22 26 30 22 22 24 24 28 28 26 26 26 "
        "26 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28 28"
    ),
    "Q": (
        "13 22 18 26 18 24 18 22 20 24 28 26 24 20 30 24 28 28 26 30 "
        "28 30 30 30 30 28 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
    "H": (
        "17 28 22 16 22 28 26 26 24 28 24 28 22 24 24 30 28 28 26 28 "
        "30 24 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30 30"
    ),
}
_BLOCKS = {
    "L": ("1 1 1 1 1 2 2 2 2 4 4 4 4 4 6 6 6 6 7 8 8 9 9 10 12 12 12 13 14 15 16 17 18 19 19 20 21 22 24 25"),
    "M": (
        "1 1 1 2 2 4 4 4 5 5 5 8 9 9 10 10 11 13 14 16 "
        "17 17 18 20 21 23 25 26 28 29 31 33 35 37 38 40 43 45 47 49"
    ),
    "Q": (
        "1 1 2 2 4 4 6 6 8 8 8 10 12 16 12 17 16 18 21 20 "
        "23 23 25 27 29 34 34 35 38 40 43 45 48 51 53 56 59 62 65 68"
    ),
    "H": (
        "1 1 2 4 4 4 5 6 8 8 11 11 16 16 18 16 19 21 25 25 "
        "25 34 30 32 35 37 40 42 45 48 51 54 57 60 63 66 70 74 77 81"
    ),
}
_ALPHANUMERIC = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_PAIRS = {a + b: 45 * x + y for a, x in _ALPHANUMERIC.items() for b, y in _ALPHANUMERIC.items()}


class TooLong(ValueError):
    """The text has more bits than the largest symbol of its level holds."""


def segment(text: str, version: int) -> tuple[int, int]:
    """The text's one segment as (bits, number of bits); the whole text is in one mode."""
    band = (version > 9) + (version > 26)
    if text.isascii() and text.isdigit():
        count, length = (10, 12, 14)[band], len(text)
        bits = 1 << count | length
        for at in range(0, length, 3):
            part = text[at : at + 3]
            bits = bits << (1, 4, 7, 10)[len(part)] | int(part)
        return bits, 4 + count + length // 3 * 10 + (0, 4, 7)[length % 3]
    if text and all(char in _ALPHANUMERIC for char in text):
        count, length = (9, 11, 13)[band], len(text)
        bits = 2 << count | length
        for at in range(0, length - 1, 2):
            bits = bits << 11 | _PAIRS[text[at : at + 2]]
        if length % 2:
            bits = bits << 6 | _ALPHANUMERIC[text[-1]]
        return bits, 4 + count + length // 2 * 11 + length % 2 * 6
    data = text.encode()
    count = (8, 16, 16)[band]
    return (4 << count | len(data)) << 8 * len(data) | int.from_bytes(data, "big"), 4 + count + 8 * len(data)


def _raw_codewords(version: int) -> int:
    """Codewords, of data and of error correction, in a symbol of this version."""
    modules = (16 * version + 128) * version + 64
    if version > 1:
        centres = version // 7 + 2
        modules -= (25 * centres - 10) * centres - 55
        if version > 6:
            modules -= 36
    return modules // 8


@lru_cache
def plan(version: int, level: str) -> tuple[int, tuple[int, ...]]:
    """Error correction codewords of a block, and the number of data codewords of every block."""
    ecc = int(_ECC[level].split()[version - 1])
    blocks = int(_BLOCKS[level].split()[version - 1])
    short, longer = divmod(_raw_codewords(version), blocks)
    return ecc, (short - ecc,) * (blocks - longer) + (short - ecc + 1,) * longer


def smallest_version(text: str, level: str) -> tuple[int, tuple[int, int]]:
    """The first version with room for the text, and the text's segment there."""
    for first, last in ((1, 9), (10, 26), (27, 40)):
        found = segment(text, first)
        for version in range(first, last + 1):
            if found[1] <= _room(version, level):
                return version, found
    raise TooLong(f"{len(text)} characters do not fit a QR symbol of level {level}")


@lru_cache(maxsize=160)
def _room(version: int, level: str) -> int:
    """Data bits of a symbol."""
    return 8 * sum(plan(version, level)[1])
