"""The bookmarks of a document, from marks in their order to the tree a reader shows."""

from collections.abc import Mapping
from typing import NamedTuple

from fairapp.adapters.pdf.syntax import text_string
from fairapp.adapters.pdf.writer import OUTLINES, Writer


class Mark(NamedTuple):
    """A bookmark: its title, the place it leads to, how deep it stands, and whether what is below is
    folded."""

    title: str
    key: str
    level: int
    closed: bool = False


def write_outline(file: Writer, marks: list[Mark], places: Mapping[str, str]) -> None:
    """Write the tree of bookmarks; a mark stands below the last one of a lower level."""
    first = file.numbers(len(marks))
    kids: dict[int, list[int]] = {-1: []}
    line = [-1]
    for place, mark in enumerate(marks):
        del line[1 + mark.level :]
        kids[line[-1]].append(place)
        kids[place] = []
        line.append(place)
    for parent, own in kids.items():
        for order, place in enumerate(own):
            mark = marks[place]
            entries = f"/Title{text_string(mark.title)}/Dest{places[mark.key]}"
            entries += f"/Parent {first + parent if parent >= 0 else OUTLINES} 0 R"
            if order:
                entries += f"/Prev {first + own[order - 1]} 0 R"
            if order + 1 < len(own):
                entries += f"/Next {first + own[order + 1]} 0 R"
            if below := kids[place]:
                entries += _ends(first, below) + f"/Count {-len(below) if mark.closed else len(below)}"
            file.object(first + place, f"<<{entries}>>")
    shown = sum(1 for place in kids[-1]) + sum(len(kids[n]) for n in kids[-1] if not marks[n].closed)
    file.object(OUTLINES, f"<</Type/Outlines{_ends(first, kids[-1])}/Count {shown}>>")


def _ends(first: int, places: list[int]) -> str:
    return f"/First {first + places[0]} 0 R/Last {first + places[-1]} 0 R"
