"""The room's blueprint, its addresses, and what a head's pages need first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from fairapp.adapters import places
from fairapp.i18n import current_language, pick
from fairapp.i18n import gettext as _
from fairapp.rules.delegations import Stage, Standing
from fairapp.rules.errors import Missing
from fairapp.store.base import reading
from fairapp.store.delegations import Delegation
from fairapp.store.delegations_queries import delegation_of
from fairapp.store.producers import Organisation
from fairapp.web.actor import current_actor
from fairapp.web.navigation import Way

bp = Blueprint("delegations", __name__)

NUMBER = "<int(max=2147483647):delegation_id>"
OFFICE = "/o/<fair_code>/delegations"
ONE = f"{OFFICE}/{NUMBER}"
MINE = f"/d/{NUMBER}"

STAGE_TAGS = {
    Stage.INVITED: ("warn", "mail"),
    Stage.QUOTA_SET: ("info", "check-circle"),
    Stage.LIST_OPEN: ("info", "edit"),
    Stage.LIST_LOCKED: ("warn", "lock"),
    Stage.ENDORSED: ("ok", "check"),
    Stage.ALLOCATED: ("ok", "check-circle"),
    Stage.CLOSED: ("", "ban"),
}
STANDING_TAGS = {
    Standing.ENTERED: ("", "edit"),
    Standing.INVITED: ("info", "mail"),
    Standing.COMPLETE: ("warn", "clock"),
    Standing.ENDORSED: ("ok", "check"),
    Standing.RETURNED: ("err", "undo"),
    Standing.REMOVED: ("", "x"),
}


def headed(delegation_id: int) -> Delegation:
    """The delegation, which answers like a missing one to everybody but its head."""
    found = delegation_of(reading(), current_actor(), delegation_id)
    if found.head_id != current_actor().account_id:
        raise Missing
    return found


def place_words(delegation: Delegation) -> str:
    """Province or country of the delegation as the reader calls it."""
    language = current_language()
    province = places.province(delegation.province_code) if delegation.province_code else None
    return province.name_in(language) if province else places.country_name(delegation.country, language)


def place_of(organisation: Organisation) -> str:
    """Where a producer comes from, in the reader's language."""
    return places.origin(
        organisation.country,
        organisation.units_version,
        organisation.province_code,
        organisation.commune_code,
        organisation.place,
        current_language(),
    )


def head_nav(delegation: Delegation | None = None) -> list[Way]:
    """The rail of a head's pages."""
    ways = [("/d", _("My delegations"), "home")]
    if delegation is not None:
        ways.append((f"/d/{delegation.id}", _("Producers"), "users"))
        ways.append((f"/d/{delegation.id}/workbooks", _("Workbook"), "table"))
        ways.append((f"/d/{delegation.id}/booths", _("Booths"), "plan"))
    here = request.path.rstrip("/")
    best = max((href for href, _l, _i in ways if here == href or here.startswith(f"{href}/")), key=len)
    return [Way(href, label, icon, href == best) for href, label, icon in ways]


def head_page(template: str, delegation: Delegation, **values: Any) -> str:
    """A head's page about one delegation, with its own rail and its fair's name above."""
    return render_template(
        template,
        delegation=delegation,
        of_fair=delegation.fair,
        tool_fair=pick(delegation.fair.names),
        tool_nav=head_nav(delegation),
        STANDING_TAGS=STANDING_TAGS,
        STAGE_TAGS=STAGE_TAGS,
        **values,
    )
