"""Change the days for which somebody has a booth."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from fairapp.i18n import formats
from fairapp.i18n import gettext as _
from fairapp.rules.actors import Permission
from fairapp.usecases.allocation import claimed_days
from fairapp.usecases.allocation_days import ChangeDays, change_days
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.allocation.acting import Shown, claim_booth_id, do
from fairapp.web.allocation.bp import bp
from fairapp.web.allocation.by_days import days_sent
from fairapp.web.allocation.refusing import Again


@bp.post("/o/<fair_code>/claims/<int(max=2147483647):claim_id>/days")
@needs(Permission.BOOTH_ASSIGN)
def days(fair_code: str, claim_id: int) -> Any:
    """Let a holder have its booth for the ticked days only."""
    booth_id, actor, wanted = claim_booth_id(claim_id), current_actor(), days_sent(current_fair()) or ()

    def act(session: Session, now: datetime) -> str:
        claim = change_days(session, actor, ChangeDays(claim_id, wanted), now)
        said, name = formats.days(claimed_days(session, claim)), claim.exhibitor.organisation.name
        return _("%(name)s has booth %(code)s on %(days)s.", name=name, code=claim.booth.code, days=said)

    action = url_for("allocation.move", fair_code=fair_code, claim_id=claim_id)
    shown = Shown((claim_id,), _("Change the days of this exhibitor?"), _("Change the days"))
    return do(act, Again(action, booth_id, hand={"claim": claim_id}), shown)
