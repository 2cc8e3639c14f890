"""What a book's last printing leaves for the next one: finished pages, type and measures, found by what
went into them.

A page is taken over as bytes when everything that shows on it is as it was. The codes of the fonts go on
where the last printing ended, so that old pages and new ones share them.
"""

from __future__ import annotations

import json
import marshal
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from fairapp.adapters.pdf.pages import Drawn
from fairapp.adapters.pdf.writer import Block
from fairapp.rules.printing import Finding, PrintFault

SO_FAR = "so-far"
"""What a printing is called that is not finished yet."""
FORM = 4
"""Raised whenever the same values are drawn otherwise."""


def fingerprint(*values: Any) -> str:
    """A short name for these values, the same in every run."""
    # the second version writes equal values alike, whoever made them
    return blake2b(marshal.dumps(values, 2), digest_size=12).hexdigest()


@dataclass
class Stock:
    """Of an earlier printing: its file, and what lies where in it."""

    path: Path | None = None
    fonts: list[tuple[str, int, list[list[Any]], list[list[int]]]] = field(default_factory=list)
    drawings: list[tuple[str, int, list[float], str]] = field(default_factory=list)
    pages: dict[str, list[Any]] = field(default_factory=dict)
    heights: dict[str, tuple[float, list[list[str]]]] = field(default_factory=dict)
    rows: dict[str, float] = field(default_factory=dict)
    is_whole: bool = False

    @classmethod
    def of(cls, folder: Path) -> Stock:
        """The stock kept in a folder, or an empty one where there is none that can be used.

        What a stopped printing has left comes first: it is younger than any whole one.
        """
        return cls._read(folder / f"{SO_FAR}.json") or cls._read(folder / "stock.json") or cls()

    @classmethod
    def _read(cls, told: Path) -> Stock | None:
        try:
            kept = json.loads(told.read_text(encoding="utf-8"))
            path = told.parent / kept.pop("file")
            size = path.stat().st_size
            # a file that was stopped has more in it than was finished when this was written
            is_whole = kept.pop("length") == size if told.stem != SO_FAR else kept.pop("length") <= size
            if kept.pop("form") == FORM and is_whole:
                return cls(path, **kept, is_whole=told.stem != SO_FAR)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return None

    def keep(self, path: Path, length: int, whole: bool = True) -> None:
        """Write the stock beside its file ``path``, which is ``length`` bytes long, and let older ones go."""
        folder = path.parent
        told = {
            "form": FORM,
            "file": path.name,
            "length": length,
            "fonts": self.fonts,
            "drawings": self.drawings,
            "pages": self.pages,
            "heights": self.heights,
            "rows": self.rows,
        }
        new = path.with_suffix(".new")
        new.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        new.replace(folder / ("stock.json" if whole else f"{SO_FAR}.json"))
        if whole:
            (folder / f"{SO_FAR}.json").unlink(missing_ok=True)
        for older in folder.glob("*.pdf" if whole else f"{SO_FAR}-*.pdf"):
            if older != path:
                older.unlink(missing_ok=True)

    def page(self, key: str) -> tuple[Drawn, int] | None:
        """A page of the earlier printing, and where its block begins there."""
        kept = self.pages.get(key)
        if kept is None or self.path is None:
            return None
        at, base, room, packed, offsets, length, digest, index, root, tops, links, places = kept
        block = Block(base, room, packed, tuple(offsets), length, bytes.fromhex(digest))
        return Drawn(index, block, root, tuple(tops), links, tuple(map(tuple, places))), at

    def known(self, key: str) -> tuple[float, list[Finding]] | None:
        """The height of an entry, and what was wrong with it."""
        kept = self.heights.get(key)
        if kept is None:
            return None
        return kept[0], [Finding(record, name, PrintFault(reason)) for record, name, reason in kept[1]]


def page_row(at: int, drawn: Drawn) -> list[Any]:
    """A page as the stock keeps it."""
    block = drawn.block
    return [
        at,
        block.base,
        block.room,
        block.packed,
        block.offsets,
        block.length,
        block.digest.hex(),
        drawn.index,
        drawn.root,
        drawn.tops,
        drawn.links,
        drawn.places,
    ]
