"""Print the packages on disk, write them into setup.cfg (--write), or compare the two (--check)."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ELSEWHERE = {"fairapp.static", "fairapp.templates"}  # folders beside fairapp/ that ship inside it


def on_disk() -> list[str]:
    """Every package that a wheel has to carry, sorted."""
    found = {
        ".".join(file.parent.relative_to(ROOT).parts) for file in (ROOT / "fairapp").rglob("__init__.py")
    }
    return sorted(found | ELSEWHERE)


def write(names: list[str]) -> None:
    """Replace the list in setup.cfg, and leave every other line alone."""
    file = ROOT / "setup.cfg"
    listed = "packages =\n" + "".join(f"    {name}\n" for name in names)
    file.write_text(re.sub(r"^packages =\n(?:    .+\n)+", listed, file.read_text(), flags=re.MULTILINE))


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write(on_disk())
    elif "--check" in sys.argv[1:]:
        listed = re.search(r"^packages =\n((?:    .+\n)+)", (ROOT / "setup.cfg").read_text(), re.MULTILINE)
        if not listed or listed[1].split() != on_disk():
            sys.exit("setup.cfg does not list the packages on disk; run: make packages")
    else:
        print("\n".join(on_disk()))
