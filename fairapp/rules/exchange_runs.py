"""A list on its way in: what kinds there are, and why one cannot go on."""

from __future__ import annotations

from enum import StrEnum


class ListKind(StrEnum):
    """What a list is of."""

    EXHIBITORS = "exhibitors"
    PRODUCERS = "producers"


class RunRefusal(StrEnum):
    """Why a list cannot be taken in yet."""

    NOT_CHECKED = "run_not_checked"
    FILE_GONE = "run_file_gone"


FIRST_ROWS = 5
"""Shown beside the columns, so that somebody can tell what they hold."""
MOST_AT_ONCE = 5_000
"""Rows taken in while the page waits; a longer list is worked through beside it."""
