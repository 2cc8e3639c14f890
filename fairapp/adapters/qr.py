"""QR symbols (ISO/IEC 18004) as XORs of ready-made integers, and their drawing as SVG and PNG.

A symbol of one version and level is an affine map over GF(2) of its data bits: function patterns are the
constant, and every data codeword adds the picture of its modules and its share of the error correction.
With these pictures in tables, sixteen for each half byte, a symbol is some hundred XORs of big integers.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from struct import pack
from xml.sax.saxutils import escape

QUIET_ZONE = 4

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
_LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}
_ALPHANUMERIC = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}
_PAIRS = {a + b: 45 * x + y for a, x in _ALPHANUMERIC.items() for b, y in _ALPHANUMERIC.items()}
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, c: r % 2 == 0,
    lambda r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


class TooLong(ValueError):
    """The text has more bits than the largest symbol of its level holds."""


@dataclass(frozen=True)
class Symbol:
    """A finished symbol without its quiet zone: ``size`` modules square, rows packed into whole bytes, dark
    is 1."""

    size: int
    packed: bytes

    @property
    def row_bytes(self) -> int:
        """Bytes of one packed row."""
        return len(self.packed) // self.size

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """Every row as an integer whose highest of ``size`` bits is the leftmost module."""
        step = self.row_bytes
        spare = 8 * step - self.size
        return tuple(
            int.from_bytes(self.packed[at : at + step], "big") >> spare
            for at in range(0, len(self.packed), step)
        )


def symbol(text: str, level: str = "M", mask: int | None = None, version: int | None = None) -> Symbol:
    """Encode ``text`` in the smallest version that holds it, with the mask given or the one of least
    penalty."""
    if version is None:
        version, segment = _smallest_version(text, level)
    else:
        segment = _segment(text, version)
    coder = _coder(version, level)
    modules = coder.unmasked(coder.codewords(*segment))
    if mask is not None:
        return coder.symbol(modules ^ coder.masks[mask])
    return coder.symbol(min((modules ^ each for each in coder.masks), key=coder.penalty))


def svg(code: Symbol, title: str) -> str:
    """Draw a symbol as one SVG path with its quiet zone; colour comes from ``currentColor``, the ground is
    white."""
    side = code.size + 2 * QUIET_ZONE
    path = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for y, row in enumerate(code.rows)
        for x, length in _runs(row, code.size)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="qr" role="img" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="#1B1D2A" d="{path}"/></svg>'
    )


def png(code: Symbol, scale: int = 8) -> bytes:
    """Draw a symbol as a two-colour PNG, ``scale`` pixels for a module, with its quiet zone."""
    side = (code.size + 2 * QUIET_ZONE) * scale
    light = b"\0" + b"\xff" * ((side + 7) // 8)
    lines = [light * (QUIET_ZONE * scale)]
    for row in code.rows:
        bits = "1" * (QUIET_ZONE * scale)
        bits += "".join(("0" if row >> at & 1 else "1") * scale for at in range(code.size - 1, -1, -1))
        bits = (bits + "1" * (QUIET_ZONE * scale)).ljust((side + 7) // 8 * 8, "1")
        lines.append((b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")) * scale)
    lines.append(lines[0])
    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"".join(lines), 9)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))


def _runs(row: int, size: int) -> Iterator[tuple[int, int]]:
    """Dark runs of a row as (start, length)."""
    at = 0
    for dark in f"{row:0{size}b}".replace("01", "0 1").replace("10", "1 0").split():
        if dark[0] == "1":
            yield at, len(dark)
        at += len(dark)


# --- the field GF(256) of the error correction --------------------------------------------------------------

_EXP = [0] * 512
_LOG = [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = (_value << 1) ^ (0x11D if _value & 128 else 0)


def _times(a: int, b: int) -> int:
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


@lru_cache
def _generator(degree: int) -> tuple[int, ...]:
    """The generator polynomial without its leading one, highest power first."""
    poly = [1]
    for power in range(degree):
        poly = [a ^ _times(b, _EXP[power]) for a, b in zip([*poly, 0], [0, *poly], strict=True)]
    return tuple(poly[1:])


def _parities(length: int, degree: int) -> list[list[int]]:
    """What the byte 1 at each of ``length`` places adds to the parity of its block."""
    generator = _generator(degree)
    parity = list(generator)
    found = [parity]
    for _ in range(length - 1):
        parity = [a ^ _times(parity[0], b) for a, b in zip([*parity[1:], 0], generator, strict=True)]
        found.append(parity)
    return found[::-1]


# --- bits of a text -----------------------------------------------------------------------------------------


def _segment(text: str, version: int) -> tuple[int, int]:
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
def _plan(version: int, level: str) -> tuple[int, tuple[int, ...]]:
    """Error correction codewords of a block, and the number of data codewords of every block."""
    ecc = int(_ECC[level].split()[version - 1])
    blocks = int(_BLOCKS[level].split()[version - 1])
    short, longer = divmod(_raw_codewords(version), blocks)
    return ecc, (short - ecc,) * (blocks - longer) + (short - ecc + 1,) * longer


def _smallest_version(text: str, level: str) -> tuple[int, tuple[int, int]]:
    """The first version with room for the text, and the text's segment there."""
    for first, last in ((1, 9), (10, 26), (27, 40)):
        segment = _segment(text, first)
        for version in range(first, last + 1):
            if segment[1] <= _room(version, level):
                return version, segment
    raise TooLong(f"{len(text)} characters do not fit a QR symbol of level {level}")


@lru_cache(maxsize=160)
def _room(version: int, level: str) -> int:
    """Data bits of a symbol."""
    return 8 * sum(_plan(version, level)[1])


def _centres(version: int) -> list[int]:
    """Rows and columns of the alignment patterns' centres."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return sorted([6, *(17 + 4 * version - 7 - step * place for place in range(count - 1))])


# --- one version and level ----------------------------------------------------------------------------------


class _Coder:
    """Constant, tables and masks of one version and level.

    Modules lie in one integer, row by row, the top left one highest, every row padded to whole bytes with
    at least
    one light module, which keeps runs of different rows apart when the penalty is counted.
    """

    def __init__(self, version: int, level: str) -> None:
        self.version = version
        self.size = 17 + 4 * version
        self.stride = (self.size + 8) // 8 * 8
        self.whole_bytes = version < 7  # larger ones would take tens of megabytes
        self.ecc, self.lengths = _plan(version, level)
        fixed = self._function_patterns()
        self.full = sum(self._bit(r, c) for r in range(self.size) for c in range(self.size))
        self.tables = self._tables(self._places(fixed))
        constant = sum(self._bit(r, c) for (r, c), dark in fixed.items() if dark)
        free = [(r, c) for r in range(self.size) for c in range(self.size) if (r, c) not in fixed]
        self.masks = [constant | self._masked(free, level, mask) for mask in range(8)]

    def _bit(self, row: int, column: int) -> int:
        return 1 << ((self.size - 1 - row) * self.stride + self.stride - 1 - column)

    def _function_patterns(self) -> dict[tuple[int, int], bool]:
        """Every module that carries no data, with its colour; format modules light."""
        size, fixed = self.size, {}
        for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
            for r in range(-1, 8):
                for c in range(-1, 8):
                    if 0 <= top + r < size and 0 <= left + c < size:
                        fixed[top + r, left + c] = max(abs(r - 3), abs(c - 3)) not in (2, 4)
        for at in range(8, size - 8):
            fixed[6, at] = fixed[at, 6] = at % 2 == 0
        centres = _centres(self.version)
        for row in centres:
            for column in centres:
                if (row, column) not in ((6, 6), (6, centres[-1]), (centres[-1], 6)):
                    for r in range(-2, 3):
                        for c in range(-2, 3):
                            fixed[row + r, column + c] = max(abs(r), abs(c)) != 1
        if self.version > 6:
            bits = self.version << 12 | _remainder(self.version, 12, 0x1F25)
            for at in range(18):
                dark = bool(bits >> at & 1)
                fixed[size - 11 + at % 3, at // 3] = fixed[at // 3, size - 11 + at % 3] = dark
        for first, second in self._format_places():
            fixed.setdefault(first, False)
            fixed.setdefault(second, False)
        fixed[size - 8, 8] = True
        return fixed

    def _format_places(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Where both copies of the format bits lie, highest bit first."""
        last = self.size - 1
        first = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
        second = [(last - at, 8) for at in range(7)] + [(8, last - 7 + at) for at in range(8)]
        return list(zip(first, second, strict=True))

    def _places(self, fixed: dict[tuple[int, int], bool]) -> list[int]:
        """The bit of every data module in the order of the zigzag."""
        order = []
        upwards = True
        for right in range(self.size - 1, 0, -2):
            column = right if right > 6 else right - 1
            rows = range(self.size - 1, -1, -1) if upwards else range(self.size)
            order += [self._bit(r, c) for r in rows for c in (column, column - 1) if (r, c) not in fixed]
            upwards = not upwards
        return order

    def _tables(self, places: list[int]) -> list[tuple[list[int], list[int]]]:
        """For every data codeword the modules of its 256 values, or of its high and its low halves."""
        lengths = self.lengths
        order = [(b, i) for i in range(max(lengths)) for b in range(len(lengths)) if i < lengths[b]]
        order += [(b, n + i) for i in range(self.ecc) for b, n in enumerate(lengths)]
        of_byte = {key: places[8 * at : 8 * at + 8] for at, key in enumerate(order)}

        def picture(key: tuple[int, int], byte: int) -> int:
            return sum(place for at, place in enumerate(of_byte[key]) if byte >> (7 - at) & 1)

        tables: list[tuple[list[int], list[int]]] = []
        for block, length in enumerate(lengths):
            for at, parity in enumerate(_parities(length, self.ecc)):
                pictures = [
                    picture((block, at), 1 << bit)
                    | sum(picture((block, length + i), _times(p, 1 << bit)) for i, p in enumerate(parity))
                    for bit in range(8)
                ]
                if self.whole_bytes:
                    tables.append((_combinations(pictures), []))
                else:
                    tables.append((_combinations(pictures[4:]), _combinations(pictures[:4])))
        return tables

    def _masked(self, free: list[tuple[int, int]], level: str, mask: int) -> int:
        """The mask's modules together with the format bits that name it."""
        modules = sum(self._bit(r, c) for r, c in free if _MASKS[mask](r, c))
        told = _LEVEL_BITS[level] << 3 | mask
        bits = (told << 10 | _remainder(told, 10, 0x537)) ^ 0x5412
        for at, (first, second) in enumerate(self._format_places()):
            if bits >> (14 - at) & 1:
                modules |= self._bit(*first) | self._bit(*second)
        return modules

    def codewords(self, bits: int, used: int) -> bytes:
        """A segment's data codewords, padded to the symbol's room."""
        room = 8 * len(self.tables)
        if used > room:
            raise TooLong(f"{used} bits do not fit version {self.version}")
        end = min(room, used + 4)
        end += -end % 8
        data = (bits << (end - used)).to_bytes(end // 8, "big")
        return data + (b"\xec\x11" * len(self.tables))[: len(self.tables) - len(data)]

    def unmasked(self, codewords: bytes) -> int:
        """The symbol's data modules before masking."""
        modules = 0
        if self.whole_bytes:
            for (table, _), byte in zip(self.tables, codewords, strict=True):
                modules ^= table[byte]
            return modules
        for (high, low), byte in zip(self.tables, codewords, strict=True):
            modules ^= high[byte >> 4] ^ low[byte & 15]
        return modules

    def symbol(self, modules: int) -> Symbol:
        return Symbol(self.size, modules.to_bytes(self.size * self.stride // 8, "big"))

    def penalty(self, dark: int) -> int:
        """The standard's penalty, counted for all rows and columns at once."""
        light = dark ^ self.full
        points = 0
        for step in (1, self.stride):
            for same in (dark, light):
                pairs = same & same >> step
                fives = pairs & pairs >> 2 * step & same >> 4 * step
                # a run of n has n - 4 starts of five and costs n - 2
                points += fives.bit_count() + 2 * (fives & ~(fives >> step)).bit_count()
            core = dark & light >> step & dark >> 2 * step & dark >> 3 * step & dark >> 4 * step
            core &= light >> 5 * step & dark >> 6 * step
            if core:
                four = light & light >> step
                four &= four >> 2 * step
                points += 40 * ((core & four << 4 * step).bit_count() + (core & four >> 7 * step).bit_count())
        for same in (dark, light):
            pairs = same & same >> 1
            points += 3 * (pairs & pairs >> self.stride).bit_count()
        cells = self.size * self.size
        return points + 10 * (abs(20 * dark.bit_count() - 10 * cells) // cells)


def _remainder(value: int, bits: int, divisor: int) -> int:
    """The BCH check bits of a format or version number."""
    rest = value
    for _ in range(bits):
        rest = rest << 1 ^ (rest >> (bits - 1)) * divisor
    return rest


def _combinations(pictures: list[int]) -> list[int]:
    """XORs of every choice of the pictures, the first one the lowest bit."""
    found = [0]
    for each in pictures:
        found += [each ^ before for before in found]
    return found


@lru_cache(maxsize=24)
def _coder(version: int, level: str) -> _Coder:
    return _Coder(version, level)
