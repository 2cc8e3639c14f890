"""Show whole tokens to the stewards of a fair, and keep who looked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badge_tokens import Claims
from fairapp.rules.badges import KIND_NUMBERS, VALID
from fairapp.store.badges_lists import Page, badges_wanted, page_of
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class ShowTokens:
    """A page of a fair's valid badges, those whose names hold the words of the query."""

    fair_id: int
    query: str = ""
    page: int = 1


def show_tokens(
    session: Session, actor: Actor, order: ShowTokens, now: datetime, sign: Callable[[Claims], str]
) -> tuple[Page, Mapping[int, str]]:
    """The page and each of its badges' tokens; the audit keeps which badges were shown, never a token.

    :raises NotAllowed: for everybody who is no steward of the fair, whatever else they may do.
    """
    require(actor, Permission.BADGE_TOKENS, order.fair_id)
    page = page_of(session, badges_wanted(order.fair_id, VALID, order.query), order.page)
    tokens = {
        badge.id: sign(Claims(badge.fair_id, badge.id, badge.issue, KIND_NUMBERS[badge.kind], badge.days))
        for badge in page.rows
    }
    audit.record(
        session, actor, "badge.tokens_shown", now, fair_id=order.fair_id, badges=[row.id for row in page.rows]
    )
    return page, tokens
