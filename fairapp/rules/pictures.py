"""What a file says about its picture in its first bytes: kind and size, before anything is decoded."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class PictureFormat(StrEnum):
    """The formats that are read."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"


class PictureReason(StrEnum):
    """Why an uploaded file is not taken as a picture."""

    EMPTY = "picture_empty"
    TOO_HEAVY = "picture_too_heavy"
    SVG = "picture_svg"
    WEB_PAGE = "picture_web_page"
    PDF = "picture_pdf"
    HEIC = "picture_heic"
    OTHER_FORMAT = "picture_other_format"
    NOT_A_PICTURE = "picture_not_a_picture"
    TOO_MANY_PIXELS = "picture_too_many_pixels"
    TOO_SMALL = "picture_too_small"
    TOO_NARROW = "picture_too_narrow"
    DAMAGED = "picture_damaged"


@dataclass(frozen=True, slots=True)
class Header:
    """A picture's kind and size in pixels as its header claims them."""

    format: PictureFormat
    width: int
    height: int


BYTES_AT_MOST = 20 * 1024 * 1024
SIDE_AT_LEAST = 32
SIDE_AT_MOST = 20_000
SIDES_RATIO_AT_MOST = 20
SCANS_AT_MOST = 100
"""A progressive JPEG of thousands of scans costs minutes; cameras write about ten."""

PIXELS_AT_MOST = {
    PictureFormat.JPEG: 64_000_000,
    PictureFormat.PNG: 20_000_000,
    PictureFormat.WEBP: 12_000_000,
    PictureFormat.GIF: 16_000_000,
}
"""JPEG is decoded at a fraction of its size, the others in full and WebP thrice: about 230 MB for each."""

_HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}


def picture_header(data: bytes) -> Header | PictureReason:
    """Kind and size of the picture in ``data``, or why it is refused; nothing is decoded."""
    if not data:
        return PictureReason.EMPTY
    if len(data) > BYTES_AT_MOST:
        return PictureReason.TOO_HEAVY
    try:
        header = _read_header(data)
    except (struct.error, IndexError, ValueError):
        return PictureReason.DAMAGED
    if header is None:
        return _what_else(data)
    return _size_fault(header) or (PictureReason.DAMAGED if _is_endless(data, header) else header)


def _size_fault(header: Header) -> PictureReason | None:
    short, long = sorted((header.width, header.height))
    if short == 0:
        return PictureReason.DAMAGED
    if long > SIDE_AT_MOST or short * long > PIXELS_AT_MOST[header.format]:
        return PictureReason.TOO_MANY_PIXELS
    if short < SIDE_AT_LEAST:
        return PictureReason.TOO_SMALL
    return PictureReason.TOO_NARROW if long > SIDES_RATIO_AT_MOST * short else None


def _is_endless(data: bytes, header: Header) -> bool:
    return header.format is PictureFormat.JPEG and data.count(b"\xff\xda") > SCANS_AT_MOST


def _read_header(data: bytes) -> Header | None:
    if data.startswith(b"\xff\xd8\xff"):
        return Header(PictureFormat.JPEG, *_jpeg_size(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        if data[12:16] != b"IHDR":
            raise ValueError("PNG without IHDR")
        return Header(PictureFormat.PNG, *struct.unpack_from(">II", data, 16))
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return Header(PictureFormat.GIF, *struct.unpack_from("<HH", data, 6))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Header(PictureFormat.WEBP, *_webp_size(data))
    return None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    for marker, start in _jpeg_segments(data):
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, start + 3)
            return width, height
    raise ValueError("JPEG without a frame")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Marker and offset of each segment before the picture data."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("JPEG marker expected")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in (0xD9, 0xDA):
            return
        yield marker, at + 2
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + max(length, 2)


def _webp_size(data: bytes) -> tuple[int, int]:
    chunk = data[12:16]
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8X" and len(data) >= 30:
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    raise ValueError("WebP without a known chunk")


def _what_else(data: bytes) -> PictureReason:
    """Name what was sent instead of a picture, so that its owner knows what to do."""
    if data[4:8] == b"ftyp":
        return PictureReason.HEIC if data[8:12] in _HEIC_BRANDS else PictureReason.OTHER_FORMAT
    if data.startswith((b"BM", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS", b"\x00\x00\x00\x0cjP")):
        return PictureReason.OTHER_FORMAT
    if data.startswith(b"%PDF"):
        return PictureReason.PDF
    start = data[:2048].replace(b"\x00", b"").lower()
    if b"<svg" in start:
        return PictureReason.SVG
    if any(tag in start for tag in (b"<!doctype html", b"<html", b"<script", b"<body")):
        return PictureReason.WEB_PAGE
    return PictureReason.NOT_A_PICTURE
