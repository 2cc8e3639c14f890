"""A packed workbook looked over before anything opens it: its real size, its real extent, its real kind."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from fairapp.rules.sheets import FileReason, FileRefused, Limits

MOST_ENTRIES = 2_000
MOST_CELLS = 3_000_000
MOST_TEXT = 256 * 1024 * 1024
_STEP = 256 * 1024


def look_over(data: bytes, limits: Limits) -> None:
    """Refuse a workbook that is none, that unpacks to too much, or whose cells lie too far out.

    Sizes are believed from nobody: the directory is asked first because that is quick, then every entry is
    unpacked in small steps and counted, for a directory may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise FileRefused(FileReason.DAMAGED, why="zip") from None
    _look_at_kind({entry.filename for entry in entries}, data)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise FileRefused(FileReason.TOO_LARGE_UNPACKED, limit=limits.unpacked // 1024**2)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(FileReason.LOCKED)
    room = limits.unpacked
    extent = _Extent()
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = _data_start(data, entry.header_offset)
        if entry.header_offset < end:
            raise FileRefused(FileReason.DAMAGED, why="overlap")
        end = start + entry.compress_size
        unpacked = 0
        for piece in _unpacked(data, start, entry):
            unpacked += len(piece)
            if unpacked > room or unpacked > entry.file_size:
                raise FileRefused(FileReason.TOO_LARGE_UNPACKED, limit=limits.unpacked // 1024**2)
            extent.look_at(entry.filename, piece, limits)
        if unpacked != entry.file_size:
            raise FileRefused(FileReason.DAMAGED, why="size")
        room -= unpacked
        extent.finish_entry()
    extent.finish()


def _look_at_kind(names: set[str], data: bytes) -> None:
    if "xl/workbook.xml" in names:
        return
    if b"opendocument" in data[:200] or "content.xml" in names:
        raise FileRefused(FileReason.OPEN_DOCUMENT)
    if not any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        raise FileRefused(FileReason.NOT_A_LIST, kind="ZIP")
    if "xl/workbook.bin" in names:
        raise FileRefused(FileReason.OLD_EXCEL)


def _data_start(data: bytes, offset: int) -> int:
    head = data[offset : offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise FileRefused(FileReason.DAMAGED, why="entry")
    return offset + 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")


def _unpacked(data: bytes, start: int, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack one entry in steps, without believing how large it says it is."""
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _STEP):
            yield bytes(packed[at : at + _STEP])
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise FileRefused(FileReason.DAMAGED, why="method")
    inflate = zlib.decompressobj(-15)
    at = 0
    pending: bytes | memoryview = b""
    try:
        while not inflate.eof and (pending or at < len(packed)):
            if not pending:
                pending, at = packed[at : at + _STEP], at + _STEP
            piece = inflate.decompress(pending, _STEP)
            pending = inflate.unconsumed_tail
            yield piece
        while not inflate.eof and (piece := inflate.decompress(b"", _STEP)):
            yield piece
    except zlib.error:
        raise FileRefused(FileReason.DAMAGED, why="deflate") from None
    if not inflate.eof:
        raise FileRefused(FileReason.DAMAGED, why="cut")


# A cell with content far out makes a reader reserve everything up to it; one closed at once is painted only.
_CELL = re.compile(
    rb"[\s\"']r\s*=\s*[\"']([A-Za-z]{1,4})(\d{1,9})[\"']"
    rb"((?:\s+[\w:]+\s*=\s*\"[^\"<>]*\")*\s*(?:/>|>\s*</(?:\w+:)?c>))?"
)
_TEXT = re.compile(rb"<(?:\w+:)?si[\s>]")
_KEEP = 200


class _Extent:
    """How far the cells reach, and how much text they would become."""

    def __init__(self) -> None:
        self.tail = b""
        self.row = self.column = self.cells = 0
        self.longest = self.gap = 0
        self.name = ""

    def look_at(self, name: str, piece: bytes, limits: Limits) -> None:
        """Look at the next piece of an entry; what is cut between two pieces is looked at again."""
        self.name = name
        seen = self.tail + piece
        if name.startswith("xl/worksheets/"):
            self._cells(seen, limits)
        elif name.lower().endswith("sharedstrings.xml"):
            self._texts(piece, limits)
        self.tail = seen[-_KEEP:]

    def _cells(self, seen: bytes, limits: Limits) -> None:
        for hit in _CELL.finditer(seen):
            self.cells += 1
            if hit[3]:
                continue
            row, column = int(hit[2]), _column(hit[1])
            self.row, self.column = max(self.row, row), max(self.column, column)
        if self.column > limits.columns:
            raise FileRefused(FileReason.TOO_MANY_COLUMNS, limit=limits.columns, line=self.row)
        if self.row > limits.rows * 2:
            raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)
        if self.row * self.column > 2 * MOST_CELLS or self.cells > 2 * MOST_CELLS:
            raise FileRefused(FileReason.TOO_MANY_ROWS, limit=limits.rows)

    def _texts(self, piece: bytes, limits: Limits) -> None:
        """Measure the longest shared text, for a thousand cells may all show it."""
        at = 0
        for hit in _TEXT.finditer(piece):
            self.longest = max(self.longest, self.gap + hit.start() - at)
            self.gap, at = 0, hit.start()
        self.gap += len(piece) - at
        self.longest = max(self.longest, self.gap)
        if self.longest > 6 * limits.cell + 4096:
            raise FileRefused(FileReason.CELL_TOO_LONG, limit=limits.cell, line=1)

    def finish_entry(self) -> None:
        """Forget what only belongs to the entry that ends here."""
        self.tail, self.gap = b"", 0

    def finish(self) -> None:
        """Refuse a small text shown so often that it becomes a flood."""
        if self.longest > 2048 and self.longest * self.cells > 40 * MOST_TEXT:
            raise FileRefused(FileReason.TOO_LARGE_UNPACKED, limit=MOST_TEXT // 1024**2)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
