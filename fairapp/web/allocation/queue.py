"""The list beside the plan: who is still to place, filtered, a page at a time."""

from __future__ import annotations

from typing import Any

from flask import request
from sqlalchemy.orm import Session

from fairapp.rules.text import search_terms
from fairapp.store import allocation_waiting as waiting_rows
from fairapp.store.fairs import Fair
from fairapp.web.paging import page_asked

PAGE = 60


def queue_of(session: Session, fair: Fair) -> dict[str, Any]:
    """The exhibitors still to place (or all), filtered as the address says, a page of them."""
    everybody = request.args.get("show") == "all"
    waiting = waiting_rows.candidates(fair.id, everybody)
    if words := request.args.get("q", "")[:200]:
        waiting = waiting_rows.with_words(waiting, search_terms(words))
    counts = waiting_rows.by_group(session, waiting)
    group = request.args.get("group") or None
    total = sum(counts.values()) if group is None else counts.get(group, 0)
    page = page_asked(total, PAGE)
    return {
        "listed": waiting_rows.page_of_candidates(session, waiting, group, page.skipped, page.size),
        "total": total,
        "counts": counts,
        "waiting": waiting_rows.count_waiting(session, fair.id),
        "everybody": everybody,
        "group": group,
        "words": words,
        "page": page,
    }
