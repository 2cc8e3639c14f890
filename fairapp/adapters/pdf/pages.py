"""A page while it is drawn: its operators, its tags, its links and its pictures, until they are one block."""

from dataclasses import dataclass

from fairapp.adapters.pdf.syntax import number, stream, text_string
from fairapp.adapters.pdf.writer import FONTS, KEYS, Block, block_bytes

Size = tuple[float, float]
_ARTIFACT = "/Artifact BMC"


@dataclass(frozen=True, slots=True)
class Drawn:
    """What must be known of a page that is in the file: its place, its block, its uppermost tags and the
    tag they belong to, how many links it has, and where on it the named places are."""

    index: int
    block: Block
    root: int
    tops: tuple[int, ...]
    links: int
    places: tuple[tuple[str, str], ...]


class Tag:
    """A tag that is open for the lines of a with statement: its number, its kids so far, and what it says."""

    __slots__ = ("_page", "entries", "kids", "kind", "leaf", "number", "parent")

    def __init__(self, page: "Page", kind: str, at: int, parent: int, entries: str, leaf: bool) -> None:
        self._page = page
        self.kind = kind
        self.number = at
        self.parent = parent
        self.entries = entries
        self.leaf = leaf
        self.kids: list[str] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self._page.close_tag(self)


class Page:
    """One page; what is drawn outside every tag is decoration and marked as such."""

    def __init__(self, size: Size, index: int, node: int, base: int, root: int) -> None:
        self.size = size
        self.index = index
        self.base = base
        self.node = node
        self.root = root
        self.code: list[str] = [_ARTIFACT]
        self.tops: list[int] = []
        self.places: list[tuple[str, str]] = []
        self._packed: list[str] = ["", ""]
        self._streams: list[bytes] = []
        self._open: list[Tag] = []
        self._marks: list[int] = []
        self._links: list[tuple[int, int]] = []
        self._art: dict[str, int] = {}

    # --- tags -----------------------------------------------------------------------------------------------

    @property
    def in_leaf(self) -> bool:
        """Whether what is drawn now belongs to a tag."""
        return bool(self._open) and self._open[-1].leaf

    def open_tag(self, kind: str, entries: str, leaf: bool) -> Tag:
        """What is drawn from now on is of this tag; one that is no leaf only holds other tags."""
        packed = self._packed
        at = self.base + len(packed)
        packed.append("")
        if self._open:
            above = self._open[-1]
            above.kids.append(f"{at} 0 R")
            element = Tag(self, kind, at, above.number, entries, leaf)
        else:
            self.tops.append(at)
            element = Tag(self, kind, at, self.root, entries, leaf)
        self._open.append(element)
        if leaf:
            self._close_artifact()
            mark = len(self._marks)
            self._marks.append(at)
            element.kids.append(str(mark))
            self.code.append(f"/{kind} <</MCID {mark}>>BDC")
        return element

    def close_tag(self, element: Tag) -> None:
        """What was drawn since ``open_tag`` is all of it."""
        if element.leaf:
            self.code += ("EMC", _ARTIFACT)
        self._open.pop()
        kids = element.kids[0] if len(element.kids) == 1 else f"[{' '.join(element.kids)}]"
        self._packed[element.number - self.base] = (
            f"<</S/{element.kind}/P {element.parent} 0 R/Pg {self.base} 0 R{element.entries}/K {kids}>>"
        )

    def _close_artifact(self) -> None:
        if self.code[-1] == _ARTIFACT:
            self.code.pop()
        else:
            self.code.append("EMC")

    # --- links, pictures, drawings --------------------------------------------------------------------------

    def link(self, target: str, box: tuple[float, float, float, float], told: str) -> None:
        """A link that belongs to the tag now open; the box is measured from the bottom left."""
        at = self.base + len(self._packed)
        key = self.index * KEYS + 1 + len(self._links)
        rect = " ".join(map(number, box))
        self._packed.append(
            f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4/Contents{text_string(told)}"
            f"/StructParent {key}/Dest{target}>>"
        )
        self._links.append((at, self._open[-1].number))
        self._open[-1].kids.append(f"<</Type/OBJR/Obj {at} 0 R>>")

    def picture(self, body: bytes) -> str:
        """Keep an image's stream with the page; give the name it is drawn by."""
        self._streams.append(body)
        return f"P{len(self._streams)}"

    def uses(self, name: str, at: int) -> None:
        """The page draws a shared drawing."""
        self._art[name] = at

    # --- the block ------------------------------------------------------------------------------------------

    def finish(self, step: int) -> tuple[Drawn, bytes]:
        """All objects of the finished page; the numbers they take are a multiple of ``step``."""
        self._close_artifact()
        base, key = self.base, self.index * KEYS
        room = step * -(-(len(self._packed) + len(self._streams) + 2) // step)
        last = base + room - 1
        self._art |= {f"P{n + 1}": last - 2 - n for n in range(len(self._streams))}
        art = "".join(f"/{name} {at} 0 R" for name, at in self._art.items())
        shared = f"/XObject<<{art}>>" if art else ""
        annots = " ".join(f"{at} 0 R" for at, _ in self._links)
        width, height = map(number, self.size)
        self._packed[0] = (
            f"<</Type/Page/Parent {self.node} 0 R/MediaBox[0 0 {width} {height}]"
            f"/Resources<</Font {FONTS} 0 R{shared}>>/Contents {last - 1} 0 R/StructParents {key}/Tabs/S"
            f"{f'/Annots[{annots}]' if annots else ''}>>"
        )
        owners = " ".join(f"{at} 0 R" for at in self._marks)
        rest = "".join(f" {key + 1 + n} {owner} 0 R" for n, (_, owner) in enumerate(self._links))
        self._packed[1] = f"<</Limits[{key} {key + len(self._links)}]/Nums[{key}[{owners}]{rest}]>>"
        content = stream("", "\n".join(self.code).encode("latin-1"), effort=1)
        block, data = block_bytes(base, room, self._packed, [content, *self._streams])
        drawn = Drawn(self.index, block, self.root, tuple(self.tops), len(self._links), tuple(self.places))
        return drawn, data
