"""Put tags on applications and take them off; keep, rename and remove filters of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.marks import (
    MOST_FILTERS,
    MOST_TAGS,
    MOST_TAGS_IN_A_FAIR,
    MarkRefusal,
    filter_faults,
    key_of,
    tag_faults,
)
from fairapp.store.applications_marks import (
    ApplicationTag,
    SavedFilter,
    filter_of,
    filters_of,
    tags_in,
    tags_on,
)
from fairapp.store.applications_review import applications_by_id
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit
from fairapp.usecases.applications_decisions import at_once
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class TagMany:
    """A tag for these applications of a fair, to be put on or taken off."""

    fair_id: int
    application_ids: tuple[int, ...]
    tag: str


@dataclass(frozen=True, slots=True)
class KeepFilter:
    """Filters of a fair's queue, as its address says them, under a name."""

    fair_id: int
    name: str
    query: str


def put_tag(session: Session, actor: Actor, order: TagMany, now: datetime) -> int:
    """Put the tag on each of them; answer on how many it was not yet.

    :raises Missing: when one is none of the fair's: then none is tagged.
    :raises Refused: when it is no tag, or there would be too many.
    """
    if faults := tag_faults(order.tag):
        raise Refused(*faults)
    ids, key = _theirs(session, actor, order), key_of(order.tag)
    in_the_fair = {known: tag for known, tag, _many in tags_in(session, order.fair_id)}
    if key not in in_the_fair and len(in_the_fair) >= MOST_TAGS_IN_A_FAIR:
        raise Refused(MarkRefusal.FAIR_HAS_TOO_MANY_TAGS)
    there, new = tags_on(session, ids), 0
    for application_id in ids:
        kept = {each.key for each in there.get(application_id, ())}
        if key in kept:
            continue
        if len(kept) >= MOST_TAGS:
            raise Refused(MarkRefusal.TOO_MANY_TAGS)
        tag = in_the_fair.get(key, order.tag)
        session.add(ApplicationTag(application_id=application_id, key=key, tag=tag, fair_id=order.fair_id))
        new += 1
    if new:
        _record(session, actor, "application.tagged", order, ids, now)
    return new


def take_tag(session: Session, actor: Actor, order: TagMany, now: datetime) -> int:
    """Take the tag off each of them; answer off how many it came."""
    ids, key = _theirs(session, actor, order), key_of(order.tag)
    gone = session.execute(
        delete(ApplicationTag).where(ApplicationTag.application_id.in_(ids), ApplicationTag.key == key)
    )
    count: int = gone.rowcount  # type: ignore[attr-defined]
    if count:
        _record(session, actor, "application.untagged", order, ids, now)
    return count


def keep_filter(session: Session, actor: Actor, order: KeepFilter) -> SavedFilter:
    """Keep the filters for the actor alone; the same name holds the newer ones.

    :raises Refused: when it has no name, filters nothing, or there are too many.
    """
    require(actor, Permission.APPLICATION_SEE, order.fair_id)
    if faults := filter_faults(order.name, order.query):
        raise Refused(*faults)
    _locked(session, order.fair_id)
    mine = filters_of(session, order.fair_id, actor.account_id)
    row = next((each for each in mine if each.key == key_of(order.name)), None)
    if row is None:
        if len(mine) >= MOST_FILTERS:
            raise Refused(MarkRefusal.TOO_MANY_FILTERS)
        row = SavedFilter(account_id=actor.account_id, fair_id=order.fair_id, key=key_of(order.name))
        session.add(row)
    row.name, row.query = order.name, order.query
    session.flush()
    return row


def rename_filter(session: Session, actor: Actor, fair_id: int, filter_id: int, name: str) -> SavedFilter:
    """Give one of the actor's own filters another name.

    :raises Refused: when the name is empty or another filter has it.
    """
    require(actor, Permission.APPLICATION_SEE, fair_id)
    _locked(session, fair_id)
    row = filter_of(session, fair_id, actor.account_id, filter_id)
    if faults := filter_faults(name, row.query):
        raise Refused(*faults)
    others = filters_of(session, fair_id, actor.account_id)
    if any(each.key == key_of(name) and each.id != row.id for each in others):
        raise Refused(MarkRefusal.FILTER_NAME_TAKEN)
    row.name, row.key = name, key_of(name)
    return row


def remove_filter(session: Session, actor: Actor, fair_id: int, filter_id: int) -> None:
    """Remove one of the actor's own filters; a second press finds nothing to do."""
    require(actor, Permission.APPLICATION_SEE, fair_id)
    try:
        session.delete(filter_of(session, fair_id, actor.account_id, filter_id))
    except Missing:
        return


def _theirs(session: Session, actor: Actor, order: TagMany) -> list[int]:
    """The applications, all of the fair, nobody else tagging meanwhile."""
    require(actor, Permission.APPLICATION_DECIDE, order.fair_id)
    ids = at_once(order.application_ids)
    fair = _locked(session, order.fair_id)
    found = applications_by_id(session, fair, ids)
    if set(found) != set(ids):
        raise Missing
    return ids


def _locked(session: Session, fair_id: int) -> Fair:
    fair = session.get(Fair, fair_id, with_for_update=LOCK)
    if fair is None:
        raise Missing
    return fair


def _record(session: Session, actor: Actor, what: str, order: TagMany, ids: list[int], now: datetime) -> None:
    facts = {"tag": order.tag, "applications": ids[:50]}
    audit.record(session, actor, what, now, fair_id=order.fair_id, **facts)
