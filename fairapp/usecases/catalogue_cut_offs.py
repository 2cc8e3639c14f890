"""Set until when changes go into a catalogue, and keep what it held at that moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.catalogue_changes import CutOffRefusal
from fairapp.rules.errors import Invalid, Missing
from fairapp.store.base import LOCK
from fairapp.store.catalogue import CatalogueCutOff
from fairapp.store.catalogue_contents import cut_off_of
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class SetCutOff:
    """The moment after which changes go into the addendum of one language; None: everything goes in."""

    fair_id: int
    language: str
    at: datetime | None


def set_cut_off(session: Session, actor: Actor, order: SetCutOff, now: datetime) -> CatalogueCutOff | None:
    """Set, move or lift the cut-off; the same moment again changes nothing.

    What was kept of an earlier one is dropped: the edition is made anew of what is true at the new moment.

    :raises Invalid: when the moment lies after the fair.
    """
    fair = session.get(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None or not actor.may(Permission.FAIR_SEE, order.fair_id):
        raise Missing
    require(actor, Permission.CATALOGUE_PRINT, order.fair_id)
    over = datetime.combine(fair.ends_on + timedelta(days=1), datetime.min.time(), ZoneInfo(fair.timezone))
    if order.at is not None and order.at > over:
        raise Invalid(at=CutOffRefusal.AFTER_FAIR)
    kept = cut_off_of(session, fair.id, order.language)
    facts = {"language": order.language}
    if order.at is None:
        if kept is not None:
            session.delete(kept)
            audit.record(session, actor, "catalogue.cut_off_lifted", now, fair_id=fair.id, **facts)
        return None
    if kept is None:
        kept = CatalogueCutOff(fair_id=fair.id, language=order.language)
        session.add(kept)
    elif kept.at == order.at:
        return kept
    kept.at, kept.frozen_at, kept.frozen_key = order.at, None, ""
    session.flush()
    moment = order.at.isoformat(timespec="minutes")
    audit.record(session, actor, "catalogue.cut_off_set", now, fair_id=fair.id, cut_off=moment, **facts)
    return kept


def keep_frozen(session: Session, cut_off_id: int, at: datetime, key: str, now: datetime) -> bool:
    """Keep what the edition held; False when its cut-off was moved or lifted meanwhile, or it is kept."""
    kept = session.get(CatalogueCutOff, cut_off_id, with_for_update=LOCK, populate_existing=True)
    if kept is None or kept.at != at or kept.frozen_key:
        return False
    kept.frozen_at, kept.frozen_key = now, key
    return True
