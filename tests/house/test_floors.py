"""The ground floor is pure: what import-linter cannot say, read from the source itself."""

import ast
import sys
from pathlib import Path

import pytest

FAIRAPP = Path(__file__).resolve().parents[2] / "fairapp"
EVERYTHING = sorted(FAIRAPP.rglob("*.py"))
RULES = sorted((FAIRAPP / "rules").rglob("*.py"))
GROUND = [*RULES, FAIRAPP / "config.py", FAIRAPP / "assets.py"]
TOUCHES_THE_WORLD = {
    "asyncio", "glob", "io", "logging", "os", "pathlib", "random", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "time", "urllib.request", "uuid",
}  # fmt: skip
CLOCKS_AND_FILES = {"now", "today", "utcnow", "open", "print", "input"}


def imported(tree: ast.AST) -> set[str]:
    """Every module that the source names in an import."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def called(tree: ast.AST) -> set[str]:
    """The last word of everything that is called."""
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    words = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    return words | {call.id for call in calls if isinstance(call, ast.Name)}


@pytest.mark.parametrize("file", GROUND, ids=lambda file: str(file.relative_to(FAIRAPP)))
def test_the_ground_floor_needs_only_python(file: Path) -> None:
    tree = ast.parse(file.read_text())
    foreign = {name.partition(".")[0] for name in imported(tree)} - sys.stdlib_module_names - {"fairapp"}
    assert foreign == set()


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_rules_touch_neither_clock_nor_file_nor_chance(file: Path) -> None:
    tree = ast.parse(file.read_text())
    assert imported(tree) & TOUCHES_THE_WORLD == set()
    assert called(tree) & CLOCKS_AND_FILES == set()


@pytest.mark.parametrize(
    "file", sorted(FAIRAPP.rglob("*.py")), ids=lambda file: str(file.relative_to(FAIRAPP))
)
def test_every_file_says_what_it_holds(file: Path) -> None:
    text = ast.get_docstring(ast.parse(file.read_text())) or ""
    assert text.strip() != ""
