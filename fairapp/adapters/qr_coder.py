"""One version and level of QR symbols as ready-made integers: its patterns, its tables and its masks."""

from collections.abc import Callable
from functools import lru_cache

from fairapp.adapters.qr_bits import TooLong, plan
from fairapp.adapters.qr_field import parities, remainder, times

_LEVEL_BITS = {"L": 1, "M": 0, "Q": 3, "H": 2}
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


def _centres(version: int) -> list[int]:
    """Rows and columns of the alignment patterns' centres."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = 26 if version == 32 else (version * 4 + count * 2 + 1) // (count * 2 - 2) * 2
    return sorted([6, *(17 + 4 * version - 7 - step * place for place in range(count - 1))])


class Coder:
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
        self.ecc, self.lengths = plan(version, level)
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
            bits = self.version << 12 | remainder(self.version, 12, 0x1F25)
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
            for at, parity in enumerate(parities(length, self.ecc)):
                pictures = [
                    picture((block, at), 1 << bit)
                    | sum(picture((block, length + i), times(p, 1 << bit)) for i, p in enumerate(parity))
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
        bits = (told << 10 | remainder(told, 10, 0x537)) ^ 0x5412
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

    def packed(self, modules: int) -> bytes:
        """The modules as bytes, row by row."""
        return modules.to_bytes(self.size * self.stride // 8, "big")

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


def _combinations(pictures: list[int]) -> list[int]:
    """XORs of every choice of the pictures, the first one the lowest bit."""
    found = [0]
    for each in pictures:
        found += [each ^ before for before in found]
    return found


@lru_cache(maxsize=24)
def coder(version: int, level: str) -> Coder:
    """The coder of a version and level, made once."""
    return Coder(version, level)
