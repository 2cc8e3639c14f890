"""A badge on its wearer's phone."""

from __future__ import annotations

from typing import Any

from fairapp.rules.errors import Missing
from fairapp.store.badges_queries import badges_of, exhibitor_seen
from fairapp.store.base import reading
from fairapp.usecases.badges_designs import wallet_picture
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.badges.bp import bp
from fairapp.web.badges.people import ONE
from fairapp.web.badges.printing import kept_files, private_file, sign, words_of


@bp.get(f"{ONE}/wallet.png")
@signed_in
def wallet(exhibitor_id: int, badge_id: int) -> Any:
    """The front of a valid badge of one's own stand, as a picture to keep in a phone."""
    session = reading()
    exhibitor = exhibitor_seen(session, current_actor(), exhibitor_id)
    badge = next((each for each in badges_of(session, exhibitor.id) if each.id == badge_id), None)
    if badge is None:
        raise Missing
    data = wallet_picture(session, badge, words_of(exhibitor.fair), sign(), kept_files())
    return private_file(data, "image/png", f"{exhibitor.fair.code}-{badge.short_code}.png")
