"""The stewards' list of whole tokens; every look at it is in the audit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import current_app, render_template, request

from fairapp.adapters.signing import BadgeKeys
from fairapp.rules.actors import Permission
from fairapp.store.badges_lists import stands_of
from fairapp.store.base import reading, transaction
from fairapp.usecases.gate_tokens import ShowTokens, show_tokens
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.gate.bp import bp


@bp.get("/g/<fair_code>/badges")
@needs(Permission.BADGE_TOKENS)
def badge_tokens(fair_code: str) -> Any:
    """Valid badges with their whole tokens, fifty to a page."""
    fair = current_fair()
    number = request.args.get("page", "1")
    order = ShowTokens(
        fair.id,
        request.args.get("q", "")[:200],
        int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
    )
    keys = BadgeKeys(current_app.config["FAIRAPP"].keys)
    with transaction() as session:
        page, tokens = show_tokens(session, current_actor(), order, datetime.now(UTC), keys.sign)
    return render_template(
        "gate/tokens.html",
        page=page,
        tokens=tokens,
        query=order.query,
        stands=stands_of(reading(), [badge.exhibitor_id for badge in page.rows]),
    )
