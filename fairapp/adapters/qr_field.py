"""The arithmetic of a QR symbol's error correction: the field GF(256), its parities, and BCH check bits."""

from functools import lru_cache

_EXP = [0] * 512
_LOG = [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = (_value << 1) ^ (0x11D if _value & 128 else 0)


def times(a: int, b: int) -> int:
    """The product of two bytes in the field."""
    return _EXP[_LOG[a] + _LOG[b]] if a and b else 0


@lru_cache
def _generator(degree: int) -> tuple[int, ...]:
    """The generator polynomial without its leading one, highest power first."""
    poly = [1]
    for power in range(degree):
        poly = [a ^ times(b, _EXP[power]) for a, b in zip([*poly, 0], [0, *poly], strict=True)]
    return tuple(poly[1:])


def parities(length: int, degree: int) -> list[list[int]]:
    """What the byte 1 at each of ``length`` places adds to the parity of its block."""
    generator = _generator(degree)
    parity = list(generator)
    found = [parity]
    for _ in range(length - 1):
        parity = [a ^ times(parity[0], b) for a, b in zip([*parity[1:], 0], generator, strict=True)]
        found.append(parity)
    return found[::-1]


def remainder(value: int, bits: int, divisor: int) -> int:
    """The BCH check bits of a format or version number."""
    rest = value
    for _ in range(bits):
        rest = rest << 1 ^ (rest >> (bits - 1)) * divisor
    return rest
