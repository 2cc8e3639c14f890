"""Stand codes and hall names as lists write them: what makes two spellings one, and what is none."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from fairapp.rules.text import fold


class StandReason(StrEnum):
    """Why a value of the booth column names no stand."""

    NO_BOOTH = "no_booth"
    NOT_A_BOOTH = "not_a_booth"
    UNKNOWN_BOOTH = "unknown_booth"
    UNKNOWN_HALL = "unknown_hall"
    SEVERAL_HALLS = "several_halls"
    SEVERAL_STANDS = "several_stands"
    UNCLEAR_RANGE = "unclear_range"


@dataclass(frozen=True, slots=True)
class StandName:
    """A stand of the plan, by any key of the caller's, its hall's name and its code."""

    key: Hashable
    hall: str
    code: str


@dataclass(frozen=True, slots=True)
class StandReading:
    """The stands a value names, in its order; codes nobody knows; why there is no stand."""

    stands: tuple[StandName, ...] = ()
    unknown: tuple[str, ...] = ()
    reason: StandReason | None = None


_RUNS = re.compile(r"[^\W\d_]+|\d+")


def code_key(code: str) -> str:
    """Return a code without case, signs and leading zeros: ``A-010``, ``a 10`` and ``A10`` are one."""
    key, was_digits = "", False
    for run in _RUNS.findall(fold(code)):
        digits = run.isdigit()
        key += ("." if digits and was_digits else "") + (run.lstrip("0") or "0" if digits else run)
        was_digits = digits
    return key


_HALL_WORDS = re.compile(
    r"^(?:the )?(?:hall|halle|halles|halla|pavilion|pavillon|pabellon|padiglione|pad|hal|sala|salle|building|"
    r"nha trung bay|nha|khu|toa nha|gedung|อาคาร|ฮอลล์|ホール|会場|馆|館|展馆|号馆|no|nr|so)"
    r"(?![^\W\d_])[\s.:#-]*(?=\S)"
)


def hall_key(hall: str) -> str:
    """Return a hall's name without the word for hall: ``HALL2``, ``Hall 2`` and ``02`` are one."""
    folded = fold(hall)
    while (shorter := _HALL_WORDS.sub("", folded)) != folded:
        folded = shorter
    return code_key(re.sub(r"(?:号馆|館|馆|ホール)$", "", folded)) or folded


# What else stands in booth columns: placeholders, fees, and exhibitors without a stand.
_PLACEHOLDERS = frozenset({
    "a.confirmar", "a.confirmer", "a.definir", "chua", "chua.bo.tri", "chua.co",
    "chua.xep", "da.definire", "dang.cap.nhat", "digital", "digital.only", "dummy",
    "k.a.", "ka", "keine", "khong", "khong.co", "n.a", "na", "nan", "nicht.zugeteilt",
    "nil", "no.booth", "no.stand", "noch.offen", "none", "not.applicable",
    "not.assigned", "null", "ohne", "online", "online.only", "open", "pending",
    "por.confirmar", "por.definir", "remote", "sans", "sap.xep.sau", "se.bo.tri.sau",
    "sin", "sin.asignar", "tba", "tbc", "tbd", "tbv", "test", "to.be.announced",
    "to.be.assigned", "to.be.confirmed", "to.be.determined", "unallocated",
    "unassigned", "unknown", "virtual", "virtual.only", "without.booth", "x", "xx",
    "xxx", "zu.bestimmen", "なし", "待定", "暂无", "未定", "無し", "미정", "없음",
})  # fmt: skip
_NOT_STANDS = re.compile(
    r"\b(?:mandatory|charges?|fees?|surcharge|deposit|invoice|sponsor(?:ing|ship)?|package|advert\w*|membership|"
    r"registration|digital|online|virtual|total|cancel\w*|phi|le phi|dat coc|da huy)\b"
)


def is_placeholder(value: str) -> bool:
    """Say whether a value is no stand code at all: ``tbc``, ``TEST``, ``Digital Only``."""
    folded = fold(value)
    plain = ".".join(re.findall(r"[^\W_]+", folded))
    if not plain:
        return True
    if plain in _PLACEHOLDERS or plain.replace(".", "") in _PLACEHOLDERS:
        return True
    return not any(c.isdigit() for c in plain) and bool(_NOT_STANDS.search(folded))
