"""QR symbols (ISO/IEC 18004) as XORs of ready-made integers, and their drawing as SVG and PNG.

A symbol of one version and level is an affine map over GF(2) of its data bits: function patterns are the
constant, and every data codeword adds the picture of its modules and its share of the error correction.
With these pictures in tables, sixteen for each half byte, a symbol is some hundred XORs of big integers.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from struct import pack

from fairapp.adapters.qr_bits import TooLong, segment, smallest_version
from fairapp.adapters.qr_coder import coder

__all__ = ["QUIET_ZONE", "Symbol", "TooLong", "png", "svg", "symbol"]
QUIET_ZONE = 4


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
    version, bits = smallest_version(text, level) if version is None else (version, segment(text, version))
    kind = coder(version, level)
    unmasked = kind.unmasked(kind.codewords(*bits))
    candidates = (unmasked ^ each for each in kind.masks)
    modules = min(candidates, key=kind.penalty) if mask is None else unmasked ^ kind.masks[mask]
    return Symbol(kind.size, kind.packed(modules))


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
        f' shape-rendering="crispEdges"><title>{escape(title, quote=False)}</title>'
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
