"""Priority points of the draw's ledger as a plan counts them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from fairapp.store.points import points_of


def earned_points(session: Session, fair_id: int, organisation_ids: Iterable[int]) -> dict[int, float]:
    """By organisation its percentage of what the first of them has, to be compared with a score."""
    held = points_of(session, fair_id, set(organisation_ids))
    most = max(held.values(), default=0)
    return {who: 100.0 * max(points, 0) / most for who, points in held.items()} if most > 0 else {}
