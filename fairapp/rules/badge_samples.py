"""Names to look at a design with: the longest there are, one of each script."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """Somebody whose badge is looked at."""

    name: str
    latin: str = ""
    duty: str = ""
    organisation: str = ""
    language: str = "vi"


OF_THE_HOUSE = (
    Sample("Nguyễn Thị Hoàng Phương Thảo", "", "", "Hợp tác xã Nông nghiệp Hương Rừng", "vi"),
    Sample("กัญญารัตน์ ศรีสุวรรณวงศ์", "Kanyarat Srisuwanwong", "", "กลุ่มทอผ้าบ้านดอนกลาง", "th"),
    Sample("ສົມສີ ແກ້ວມະນີ", "Somsy Keomany", "", "ກຸ່ມຕ່ຳແຜ່ນບ້ານຊ້າງໄຫ", "lo"),
)
"""For a fair that has nobody yet."""


def script_of(text: str) -> str:
    """The script of most of its letters, as Unicode names it: LATIN, THAI, CJK …; empty without letters."""
    seen: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            script = unicodedata.name(char, "").partition(" ")[0]
            seen[script] = seen.get(script, 0) + 1
    return max(seen, key=lambda script: seen[script], default="")


def one_of_each_script(found: Iterable[Sample], most: int) -> Sequence[Sample]:
    """The first of each script, in their order; those of the house where nobody is found."""
    first: dict[str, Sample] = {}
    for sample in found:
        first.setdefault(script_of(sample.name), sample)
    return (list(first.values()) or list(OF_THE_HOUSE))[:most]
