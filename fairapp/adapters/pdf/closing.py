"""The end of a document: what its pages share, its tree of tags, its bookmarks, its metadata."""

from collections.abc import Callable, Iterable, Sequence

from fairapp.adapters.pdf.embedding import EmbeddedFont
from fairapp.adapters.pdf.faces import Face
from fairapp.adapters.pdf.metadata import srgb_profile, xmp
from fairapp.adapters.pdf.outline import Mark, write_outline
from fairapp.adapters.pdf.pages import Drawn, Size
from fairapp.adapters.pdf.syntax import number, stream, text_string
from fairapp.adapters.pdf.writer import (
    CATALOG,
    DOCUMENT,
    FAN,
    FONTS,
    INFO,
    INTENT,
    KEYS,
    METADATA,
    OUTLINES,
    PAGES,
    PARENTS,
    PROFILE,
    TREE,
    Writer,
)


class Closing:
    """Gathers while pages are drawn what can be written only after the last of them."""

    def __init__(self, file: Writer, title: str, lang: str, author: str, subject: str) -> None:
        self.file = file
        self.title = title
        self.lang = lang
        self.author = author
        self.subject = subject
        self.marks: list[Mark] = []
        self.places: dict[str, str] = {}
        self.fonts: list[EmbeddedFont] = []
        self.drawings: dict[str, tuple[int, Size, str]] = {}
        self.next_index = 0
        self._pages: dict[int, Drawn] = {}
        self._nodes: dict[int, int] = {}
        self._last: Drawn
        self._kids: dict[int, list[int]] = {}
        self._roots: list[tuple[int, str, int]] = []

    @property
    def last(self) -> Drawn:
        """The page that was written last."""
        return self._last

    @property
    def pages(self) -> int:
        """How many pages are written."""
        return len(self._pages)

    def font(self, face: Face) -> EmbeddedFont:
        """A face used for the first time."""
        self.fonts.append(EmbeddedFont(face, f"F{len(self.fonts) + 1}"))
        return self.fonts[-1]

    def drawing(self, name: str, operators: Callable[[], str], box: Size) -> int:
        """The number of a drawing that pages share."""
        if name not in self.drawings:
            self.drawings[name] = (self.file.drawing_number(), box, operators())
        return self.drawings[name][0]

    def take_drawings(self, drawings: Iterable[tuple[str, int, Sequence[float], str]]) -> None:
        """Drawings of an earlier printing keep their numbers."""
        for name, at, (width, height), operators in drawings:
            self.drawings[name] = (at, (width, height), operators)
            self.file.drawings_from(at + 1)

    def root(self, kind: str, parent: int) -> int:
        """A tag that holds tags of several pages."""
        at = self.file.numbers(1)
        self._roots.append((at, kind, parent))
        self._kids.setdefault(parent, []).append(at)
        return at

    def node(self, index: int) -> int:
        """The number of the page tree's node over the page with this index."""
        if index // FAN not in self._nodes:
            self._nodes[index // FAN] = self.file.numbers(1)
        return self._nodes[index // FAN]

    def add(self, drawn: Drawn) -> None:
        """A page is written: it has its place, and its tags their root."""
        self._pages[drawn.index] = self._last = drawn
        self.next_index = max(self.next_index, drawn.index + 1)
        self._kids.setdefault(drawn.root, []).extend(drawn.tops)
        self.places.update(drawn.places)

    # --- the end --------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Write everything the pages refer to, and the cross references."""
        self._write_drawings()
        self._write_fonts()
        self._write_page_tree()
        self._write_tags()
        self._write_head()
        self.file.finish()

    def _write_drawings(self) -> None:
        for at, box, operators in self.drawings.values():
            width, height = map(number, box)
            entries = f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]/Matrix[1 0 0 -1 0 {height}]"
            self.file.stream(at, stream(f"{entries}/Resources<<>>", operators.encode()))

    def _write_fonts(self) -> None:
        first = self.file.numbers(len(self.fonts))
        for place, font in enumerate(self.fonts):
            font.write(self.file, first + place)
        named = "".join(f"/{font.resource} {first + n} 0 R" for n, font in enumerate(self.fonts))
        self.file.object(FONTS, f"<<{named}>>")

    def _write_page_tree(self) -> None:
        pages = [self._pages[index].block.base for index in sorted(self._pages)]
        nodes = []
        for at in range(0, len(pages), FAN):
            kids = pages[at : at + FAN]
            node = self.node(at)
            nodes.append(f"{node} 0 R")
            listed = " ".join(f"{page} 0 R" for page in kids)
            self.file.object(node, f"<</Type/Pages/Parent {PAGES} 0 R/Count {len(kids)}/Kids[{listed}]>>")
        self.file.object(PAGES, f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(nodes)}]>>")

    def _write_tags(self) -> None:
        for at, kind, parent in [*self._roots, (DOCUMENT, "Document", TREE)]:
            kids = " ".join(f"{kid} 0 R" for kid in self._kids.get(at, ()))
            self.file.object(at, f"<</S/{kind}/P {parent} 0 R/K[{kids}]>>")
        indexes = sorted(self._pages)
        nodes = []
        for start in range(0, len(indexes), FAN):
            part = indexes[start : start + FAN]
            node = self.file.numbers(1)
            leaves = " ".join(f"{self._pages[index].block.base + 1} 0 R" for index in part)
            limits = f"{part[0] * KEYS} {part[-1] * KEYS + self._pages[part[-1]].links}"
            self.file.object(node, f"<</Limits[{limits}]/Kids[{leaves}]>>")
            nodes.append(f"{node} 0 R")
        self.file.object(PARENTS, f"<</Kids[{' '.join(nodes)}]>>")
        last = (indexes[-1] + 1) * KEYS if indexes else 0
        self.file.object(
            TREE,
            f"<</Type/StructTreeRoot/K {DOCUMENT} 0 R/ParentTree {PARENTS} 0 R/ParentTreeNextKey {last}>>",
        )

    def _write_head(self) -> None:
        file = self.file
        entries = ""
        if self.marks:
            write_outline(file, self.marks, self.places)
            entries = f"/Outlines {OUTLINES} 0 R/PageMode/UseOutlines"
        packet = xmp(self.title, self.author, self.subject, self.lang)
        file.stream(METADATA, stream("/Type/Metadata/Subtype/XML", packet, deflate=False))
        file.stream(PROFILE, stream("/N 3", srgb_profile()))
        file.object(
            INTENT,
            "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {PROFILE} 0 R>>",
        )
        told = {"Title": self.title, "Author": self.author, "Subject": self.subject}
        told |= {"Creator": "fairapp", "Producer": "fairapp"}
        file.object(
            INFO, "<<" + "".join(f"/{key}{text_string(each)}" for key, each in told.items() if each) + ">>"
        )
        file.object(
            CATALOG,
            f"<</Type/Catalog/Pages {PAGES} 0 R/Lang({self.lang})/MarkInfo<</Marked true>>"
            f"/StructTreeRoot {TREE} 0 R/Metadata {METADATA} 0 R/OutputIntents[{INTENT} 0 R]"
            "/ViewerPreferences<</DisplayDocTitle true>>/PageLabels<</Nums[0<</S/D>>]>>" + entries + ">>",
        )
