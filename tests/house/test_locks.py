"""How rows are locked: one way, which lets rows that point to them go on being written."""

from __future__ import annotations

import re
from pathlib import Path

import fairapp

LOCKED = re.compile(r"with_for_update\b.*")
CODE = Path(fairapp.__file__).parent


def test_every_row_is_locked_in_the_one_way() -> None:
    plain = [
        f"{file.relative_to(CODE)}: {line}"
        for file in sorted(CODE.rglob("*.py"))
        for line in LOCKED.findall(file.read_text(encoding="utf-8"))
        if "LOCK" not in line
    ]
    assert plain == []
