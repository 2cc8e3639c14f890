"""Lists a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Page:
    """Which rows of how many are shown, as ``m.pages`` wants it."""

    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.total // self.size))

    @property
    def skipped(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of the first row shown."""
        return min(self.skipped + 1, self.total)

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.skipped + self.size, self.total)


def page_asked(total: int, size: int) -> Page:
    """The page in ``?page=``; one past the end is the last one."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return Page(max(1, min(number, -(-total // size) or 1, MOST_PAGES)), size, total)
