"""What the zones of a fair are called: by the fair itself, or after the product group of that code."""

from __future__ import annotations

from sqlalchemy.orm import Session

from fairapp.i18n import pick
from fairapp.store.applications_review import zones_of
from fairapp.store.fairs import Fair
from fairapp.store.fairs_queries import groups_of


def zone_names(session: Session, fair: Fair) -> dict[str, str]:
    """The zones of the published plan with their names; one without a name keeps its code."""
    groups = {group.code: pick(group.names) for group in groups_of(session, fair)}
    named = fair.settings.get("zones", {})
    groups |= {code: pick(names) for code, names in named.items()} if isinstance(named, dict) else {}
    return {zone: groups.get(zone, zone) for zone in zones_of(session, fair)}
