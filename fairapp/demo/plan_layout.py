"""Draws the demo fair's two halls; ``python -m fairapp.demo.plan_layout`` writes data/plan.geojson.

Lengths are metres, y grows downwards. Every aisle is at least 3 m wide, every block stands back to back.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PLAN = Path(__file__).parent / "data" / "plan.geojson"
SIDE = 3

Feature = dict[str, Any]


def rectangle(x: float, y: float, width: float, depth: float) -> dict[str, Any]:
    """A closed ring around a rectangle, its top left corner at ``x``, ``y``."""
    ring = [[x, y], [x + width, y], [x + width, y + depth], [x, y + depth], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


@dataclass
class HallDrawing:
    """One hall: booths are numbered in the order in which they are drawn."""

    name: str
    width: float
    depth: float
    features: list[Feature] = field(default_factory=list)
    number: int = 0

    def add(self, kind: str, code: str, geometry: dict[str, Any], **properties: Any) -> None:
        """Append one feature."""
        known = {"hall": self.name, "kind": kind, "code": code, **properties}
        self.features.append({"type": "Feature", "properties": known, "geometry": geometry})

    def booth(self, x: float, y: float, zone: str, width: float = SIDE, depth: float = SIDE) -> None:
        """The next booth: raw space from 24 m² on, a shell scheme below."""
        self.number += 1
        area = width * depth
        kind = "raw_space" if area >= 24 else "shell_scheme"
        code = f"{self.name}-{self.number:03d}"
        self.add(kind, code, rectangle(x, y, width, depth), zone=zone, area_m2=float(area))

    def row(self, x: float, y: float, count: int, zone: str) -> None:
        """``count`` booths side by side."""
        for place in range(count):
            self.booth(x + place * SIDE, y, zone)

    def block(self, x: float, y: float, columns: int, zones: tuple[str, str], cap: bool = False) -> None:
        """Two rows back to back, of one zone each; ``cap`` ends them with one booth across both rows."""
        self.row(x, y, columns, zones[0])
        self.row(x, y + SIDE, columns, zones[1])
        if cap:
            self.booth(x + columns * SIDE, y, zones[0], depth=2 * SIDE)

    def facility(self, kind: str, label: str, x: float, y: float, width: float, depth: float) -> None:
        """Something nobody rents."""
        self.add(kind, label, rectangle(x, y, width, depth))


def hall_a() -> HallDrawing:
    """Food, drinks and herbs: 65 booths around a tasting stage."""
    hall = HallDrawing("A", 60, 42)
    hall.add("hall", "", rectangle(0, 0, hall.width, hall.depth))
    hall.row(5, 0, 13, "food")
    hall.block(6, 7, 8, ("food", "food"))
    hall.block(34, 7, 4, ("food", "food"), cap=True)
    hall.block(6, 17, 6, ("drink", "drink"))
    hall.block(28, 17, 6, ("drink", "herb"), cap=True)
    hall.booth(53, 14, "food", 4, 6)
    hall.booth(53, 24, "drink", 4, 6)
    hall.facility("stage", "Sân khấu", 50, 0, 10, 4)
    hall.facility("catering", "Ẩm thực", 6, 28, 15, 8)
    hall.facility("office", "Ban tổ chức", 39, 32, 9, 5)
    hall.facility("toilet", "WC", 53, 35, 7, 7)
    hall.facility("store", "Kho", 0, 39, 5, 3)
    hall.facility("entrance", "Cổng A1", 24, 41, 8, 1)
    hall.facility("entrance", "Cổng A2", 59, 6, 1, 4)
    hall.facility("exit", "Thoát hiểm", 0, 12, 1, 3)
    hall.facility("zone", "food", 4, 0, 46, 14.5)
    hall.facility("zone", "drink", 5, 16, 20, 8.8)
    hall.facility("zone", "herb", 27.5, 20, 18.5, 4.8)
    return hall


def hall_b() -> HallDrawing:
    """Crafts, plants, village tourism and the international pavilion: 56 booths around a workshop stage."""
    hall = HallDrawing("B", 54, 38)
    hall.add("hall", "", rectangle(0, 0, hall.width, hall.depth))
    hall.row(4, 0, 11, "craft")
    hall.block(5, 7, 6, ("craft", "craft"))
    hall.block(28, 7, 5, ("craft", "tour"), cap=True)
    hall.block(5, 17, 7, ("intl", "intl"))
    hall.block(31, 17, 3, ("orn", "orn"))
    hall.booth(44, 17, "orn", 6, 6)
    hall.booth(5, 28, "tour", 6, 5)
    hall.facility("stage", "Góc trình diễn nghề", 40, 0, 14, 4)
    hall.facility("catering", "Trà và cà phê", 15, 28, 9, 6)
    hall.facility("toilet", "WC", 47, 31, 7, 7)
    hall.facility("office", "Quầy thông tin", 36, 28, 6, 4)
    hall.facility("store", "Kho", 0, 36, 4, 2)
    hall.facility("entrance", "Cổng B1", 27, 37, 7, 1)
    hall.facility("exit", "Thoát hiểm", 53, 12, 1, 3)
    hall.facility("zone", "craft", 3, 0, 22, 14.5)
    hall.facility("zone", "tour", 27.5, 10, 15.5, 4.5)
    hall.facility("zone", "orn", 30, 16, 21, 8.5)
    hall.facility("pavilion", "Khu quốc tế", 5, 17, 21, 6)
    return hall


def _lines(features: list[Feature]) -> Iterator[str]:
    for feature in features:
        yield json.dumps(feature, ensure_ascii=False)


def drawing() -> str:
    """Both halls as GeoJSON text, one feature a line so that changes can be read."""
    features = hall_a().features + hall_b().features
    head = '{"type": "FeatureCollection", "crs": "local metres, y down", "features": [\n'
    return head + ",\n".join(_lines(features)) + "\n]}\n"


if __name__ == "__main__":
    PLAN.write_text(drawing(), encoding="utf-8")
