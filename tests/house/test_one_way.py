"""What the whole house does in one way only."""

from __future__ import annotations

import re
from pathlib import Path

import fairapp

CODE = Path(fairapp.__file__).parent


def found(pattern: str) -> list[str]:
    """The lines of our code in which the pattern occurs, each with its file."""
    return [
        f"{file.relative_to(CODE)}: {line.strip()}"
        for file in sorted(CODE.rglob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if re.search(pattern, line)
    ]


def test_every_row_is_locked_in_the_one_way_that_lets_others_point_to_it() -> None:
    assert found(r"with_for_update\b(?!.*\bLOCK\b)") == []


def test_nothing_holds_the_marks_of_an_unsettled_merge() -> None:
    marks = re.compile(r"^(<{7} |>{7} )", re.MULTILINE)
    root = CODE.parent
    told = [
        str(file.relative_to(root))
        for folder in (CODE, root / "templates", root / "tests", root / "static" / "_shared")
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".py", ".html", ".po", ".txt", ".css", ".js", ".toml")
        if marks.search(file.read_text(encoding="utf-8"))
    ]
    assert told == []
