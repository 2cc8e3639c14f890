"""A PDF file written block by block: what is finished goes to the file at once and leaves the memory.

A page is one block with numbers of its own: the page, its tags and its links packed into one object stream,
its content and its pictures beside it. No byte of a block depends on where in the file it stands, so that a
block of an earlier file can be taken over as it is. The few objects all pages know have fixed numbers.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO

from fairapp.adapters.pdf.syntax import stream

CATALOG, INFO, FONTS, TREE, PARENTS, DOCUMENT, METADATA, INTENT, PROFILE, OUTLINES, PAGES = range(1, 12)
_FIRST_DRAWING, _FIRST_OTHER = 12, 112
FAN = 64
"""Pages below one node of the page tree, and leaves below one node of the tree of parents."""
KEYS = 1024
"""Keys of the tree of parents that a page has: its own first, then those of its links."""
_PACKED = 400
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class Block:
    """Where a page's objects lie: numbers from ``base`` up are packed, those from its end down are streams.

    ``offsets`` are those of the streams from the block's start, the packed objects' stream first. Readers
    take a file with far more numbers than bytes for a broken one, so a block has few to spare.
    """

    base: int
    room: int
    packed: int
    offsets: tuple[int, ...]
    length: int
    digest: bytes


class TooManyObjects(ValueError):
    """A page with more objects than its block has numbers."""


def block_bytes(base: int, room: int, packed: Sequence[str], streams: Sequence[bytes]) -> tuple[Block, bytes]:
    """One page's objects as they go into the file, and where they lie in it."""
    if len(packed) + len(streams) + 1 > room:
        raise TooManyObjects
    bodies = [_object_stream(base, packed), *streams]
    parts: list[bytes] = []
    offsets: list[int] = []
    at = 0
    for place, body in enumerate(bodies):
        part = b"%d 0 obj\n%b\nendobj\n" % (base + room - 1 - place, body)
        offsets.append(at)
        parts.append(part)
        at += len(part)
    # pictures count by their lengths only: the name of a file need not cost as much as the file
    told = b"".join((*parts[:2], *(len(part).to_bytes(4, "big") for part in parts[2:])))
    digest = blake2b(told, digest_size=16).digest()
    return Block(base, room, len(packed), tuple(offsets), at, digest), b"".join(parts)


def _object_stream(first: int, objects: Sequence[str]) -> bytes:
    # every letter is one byte, so that bytes can be counted before they are made
    offsets = accumulate([len(each) + 1 for each in objects], initial=0)
    head = " ".join(
        [f"{first + place} {at}" for place, at in zip(range(len(objects)), offsets, strict=False)]
    )
    data = f"{head}\n" + "\n".join(objects)
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head) + 1}"
    return stream(entries, data.encode("latin-1"), effort=1)


def _copied_by_system(source: BinaryIO, out: BinaryIO, at: int, length: int) -> int:
    """How many bytes could be copied between two files without coming to Python."""
    done = 0
    try:
        out.flush()
        while done < length:
            sent = os.copy_file_range(source.fileno(), out.fileno(), length - done, at + done)
            if not sent:
                break
            done += sent
    except (OSError, AttributeError):  # not two files, or not a system that can
        pass
    return done


class Writer:
    """The file itself: gives out numbers, takes blocks and single objects, and ends with the cross
    references."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._offset = 0
        self.blocks: list[tuple[int, Block]] = []
        self._single: dict[int, int] = {}
        self._packs: list[tuple[int, list[int]]] = []
        self._waiting: list[tuple[int, str]] = []
        self._drawing = _FIRST_DRAWING
        self._next = _FIRST_OTHER
        self._copying: tuple[BinaryIO, int, int] | None = None
        self._digest = blake2b(digest_size=16)
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def _write(self, data: bytes) -> int:
        self._copy()
        at = self._offset
        self._out.write(data)
        self._offset += len(data)
        return at

    # --- numbers --------------------------------------------------------------------------------------------

    def drawing_number(self) -> int:
        """A number for a drawing that pages share; the first hundred do not move any other number."""
        if self._drawing == _FIRST_OTHER:
            return self.numbers(1)
        self._drawing += 1
        return self._drawing - 1

    def numbers(self, count: int) -> int:
        """The first of ``count`` numbers nobody else has."""
        self._next += count
        return self._next - count

    @property
    def next_number(self) -> int:
        """The number that ``numbers`` gives next."""
        return self._next

    @property
    def ident(self) -> str:
        """A name for what was written so far."""
        return self._digest.hexdigest()

    @property
    def length(self) -> int:
        """Bytes written so far."""
        return self._offset

    def drawings_from(self, first: int) -> None:
        """Numbers of drawings below ``first`` are given out already."""
        self._drawing = max(self._drawing, min(first, _FIRST_OTHER))

    def keep_as(self, path: Path) -> bool:
        """Give the file as it is now a second name, or a copy where it has none; whether it could be done."""
        self._copy()
        self._out.flush()
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        named = getattr(self._out, "name", None)
        try:
            if isinstance(named, str):
                os.link(named, new)
            elif self._out.readable():
                self._out.seek(0)
                with new.open("wb") as copy:
                    copyfileobj(self._out, copy)
            else:
                return False
        except OSError:
            return False
        new.replace(path)
        return True

    # --- what goes into the file ----------------------------------------------------------------------------

    def take(self, block: Block, data: bytes) -> None:
        """Write a page's block."""
        self.blocks.append((self._write(data), block))
        self._digest.update(block.digest)

    def take_over(self, block: Block, source: BinaryIO, at: int) -> None:
        """Write a page's block of an earlier file; blocks that lay together there are copied as one."""
        if self._copying and self._copying[0] is source and sum(self._copying[1:]) == at:
            self._copying = (source, self._copying[1], self._copying[2] + block.length)
        else:
            self._copy()
            self._copying = (source, at, block.length)
        self.blocks.append((self._offset, block))
        self._offset += block.length
        self._digest.update(block.digest)

    def _copy(self) -> None:
        """Write what is to be copied from an earlier file."""
        if self._copying is None:
            return
        source, at, length = self._copying
        self._copying = None
        done = _copied_by_system(source, self._out, at, length)
        source.seek(at + done)
        length -= done
        while length:
            part = source.read(min(length, _PART))
            self._out.write(part)
            length -= len(part)

    def stream(self, number: int, body: bytes) -> int:
        """Write a stream under its number; give where in the file its dictionary begins."""
        self._digest.update(body)
        head = b"%d 0 obj\n" % number
        self._single[number] = at = self._write(b"%b%b\nendobj\n" % (head, body))
        return at + len(head)

    def object(self, number: int, body: str) -> None:
        """Write an object under its number, packed with others."""
        self._waiting.append((number, body))
        if len(self._waiting) == _PACKED:
            self._pack()

    def _pack(self) -> None:
        if not self._waiting:
            return
        heads: list[str] = []
        bodies: list[bytes] = []
        at = 0
        for number, body in self._waiting:
            heads.append(f"{number} {at}")
            bodies.append(body.encode("latin-1"))
            at += len(bodies[-1]) + 1
        head = " ".join(heads).encode() + b"\n"
        own = self.numbers(1)
        self.stream(own, stream(f"/Type/ObjStm/N {len(bodies)}/First {len(head)}", head + b"\n".join(bodies)))
        self._packs.append((own, [number for number, _ in self._waiting]))
        self._waiting.clear()

    def finish(self) -> None:
        """Write what waits, and the cross references as a stream."""
        self._pack()
        own = self.numbers(1)
        start = self._offset
        rows: dict[int, bytes] = {
            number: b"\1%b\0\0" % at.to_bytes(5, "big") for number, at in self._single.items()
        }
        for pack, numbers in self._packs:
            head = b"\2" + pack.to_bytes(5, "big")
            rows |= {number: head + place.to_bytes(2, "big") for place, number in enumerate(numbers)}
        rows[0] = b"\0\0\0\0\0\0\xff\xff"
        rows[own] = b"\1%b\0\0" % start.to_bytes(5, "big")
        single: list[tuple[int, list[bytes]]] = []
        for number in sorted(rows):
            if single and number == single[-1][0] + len(single[-1][1]):
                single[-1][1].append(rows[number])
            else:
                single.append((number, [rows[number]]))
        runs = [(first, len(found), b"".join(found)) for first, found in single] + self._block_runs()
        runs.sort()
        index = " ".join([f"{first} {count}" for first, count, _ in runs])
        data = b"".join([found for _, _, found in runs])
        ident = self.ident.upper()
        entries = (
            f"/Type/XRef/Size {own + 1}/W[1 5 2]/Index[{index}]/Root {CATALOG} 0 R/Info {INFO} 0 R"
            f"/ID[<{ident}><{ident}>]"
        )
        self._write(
            b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (own, stream(entries, data, effort=1), start)
        )

    def _block_runs(self) -> list[tuple[int, int, bytes]]:
        places = [place.to_bytes(2, "big") for place in range(KEYS * 2)]
        runs: list[tuple[int, int, bytes]] = []
        for at, block in self.blocks:
            last = block.base + block.room - 1
            head = b"\2" + last.to_bytes(5, "big")
            runs.append((block.base, block.packed, head + head.join(places[: block.packed])))
            streams = [b"\1%b\0\0" % (at + offset).to_bytes(5, "big") for offset in reversed(block.offsets)]
            runs.append((last - len(streams) + 1, len(streams), b"".join(streams)))
        return runs
