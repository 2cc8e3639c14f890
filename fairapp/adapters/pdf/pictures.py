"""JPEG files as they go into a PDF: looked at, never decoded."""

from dataclasses import dataclass
from os import fstat
from pathlib import Path

LARGEST = 8 * 1024 * 1024
_SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
_FRAMES = (0xC0, 0xC1, 0xC2)
_ALONE = (0x01, *range(0xD0, 0xD8))


class BrokenPicture(ValueError):
    """Not a whole baseline or progressive JPEG of a sensible size."""


@dataclass(frozen=True)
class Jpeg:
    """The bytes of a JPEG, and what a PDF must say about them."""

    data: bytes
    width: int
    height: int
    color_space: str
    inverted: bool


def jpeg(source: Path | bytes) -> Jpeg:
    """Read a JPEG's head, or raise ``BrokenPicture``."""
    if isinstance(source, Path):
        try:
            with source.open("rb", buffering=0) as file:
                data = file.read() if fstat(file.fileno()).st_size <= LARGEST else b""
        except OSError as error:
            raise BrokenPicture("cannot be read") from error
    else:
        data = source
    if not 4 <= len(data) <= LARGEST or data[:2] != b"\xff\xd8" or b"\xff\xd9" not in data[-64:]:
        raise BrokenPicture("not a whole JPEG")
    at, adobe = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            break
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:
            at += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xEE and data[at + 4 : at + 9] == b"Adobe":
            adobe = True
        if marker in _FRAMES and length >= 11:
            return _described(data, data[at + 4 : at + 10], adobe)
        if marker == 0xDA or length < 2:
            break
        at += 2 + length
    raise BrokenPicture("no picture in it")


def _described(data: bytes, frame: bytes, adobe: bool) -> Jpeg:
    precision, components = frame[0], frame[5]
    height, width = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    if precision != 8 or components not in _SPACES or not width or not height:
        raise BrokenPicture("a kind of JPEG no PDF takes")
    return Jpeg(data, width, height, _SPACES[components], adobe and components == 4)
