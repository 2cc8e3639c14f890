"""Write to reviewers about what they have still to read: around the deadline by itself, or by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.review_settings import ReviewSettings, key_of, reminder_due
from fairapp.rules.reviewing import ReviewRefusal
from fairapp.store.accounts import Account
from fairapp.store.accounts_queries import organisations_of
from fairapp.store.applications_reading import how_many_to_read, lines_of, readable
from fairapp.store.applications_reviewing import ReviewLetter, review_letters_of, reviewers_of
from fairapp.store.base import LOCK
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require

LETTER = "applications/reviews_owed"
MESSAGE = "mail.reviews_owed"
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Lagging:
    """A reviewer who has still to read something."""

    account: Account
    open: int


@dataclass(frozen=True, slots=True)
class WriteToReviewers:
    """A letter to those of these reviewers who have something to read, with a few words of one's own."""

    fair_id: int
    account_ids: tuple[int, ...]
    words: str = ""


def lagging(session: Session, fair: Fair) -> list[Lagging]:
    """Every reviewer with something to read, the one with most first."""
    many = Counter(account_id for line in lines_of(session, fair) for account_id in line.open)
    people = [Lagging(each, many[each.id]) for each in reviewers_of(session, fair.id) if many[each.id]]
    return sorted(people, key=lambda one: (-one.open, one.account.name_folded, one.account.id))


def reminders_due(session: Session, fair: Fair, now: datetime) -> tuple[str, Sequence[int]]:
    """Under which key who is reminded now; nobody most of the time, and then little is asked."""
    settings = ReviewSettings.of(fair.settings)
    reminder = reminder_due(settings, now)
    if reminder is None or settings.until is None:
        return "", []
    key = key_of(reminder, settings.until)
    had = review_letters_of(session, fair.id, key)
    if had >= {each.id for each in reviewers_of(session, fair.id)}:
        return key, []
    return key, [one.account.id for one in lagging(session, fair) if one.account.id not in had]


def remind_reviewer(
    session: Session, actor: Actor, fair_id: int, account_id: int, key: str, now: datetime
) -> bool:
    """Promise the letter of this key; nothing when it was promised meanwhile."""
    session.get_one(Fair, fair_id, with_for_update=LOCK, populate_existing=True)
    if account_id in review_letters_of(session, fair_id, key):
        return False
    _promise(session, fair_id, [account_id], key, "", now)
    audit.record(session, actor, "review.reminded", now, fair_id=fair_id, reviewer=account_id)
    return True


def written_today(session: Session, fair: Fair, now: datetime) -> frozenset[int]:
    """Whom somebody has written to by hand on this day of the fair's calendar."""
    return review_letters_of(session, fair.id, _by_hand(fair, now))


def write_to_reviewers(session: Session, actor: Actor, order: WriteToReviewers, now: datetime) -> int:
    """Promise a letter to each of them with something to read, at most one a day; answer how many.

    The fair's row is locked: two who press at the same moment write once.

    :raises Refused: when nobody is left to write to.
    """
    require(actor, Permission.APPLICATION_DECIDE, order.fair_id)
    fair = session.get(Fair, order.fair_id, with_for_update=LOCK, populate_existing=True)
    if fair is None:
        raise Missing
    had = written_today(session, fair, now)
    wanted = set(order.account_ids) - had
    to = [one.account.id for one in lagging(session, fair) if one.account.id in wanted]
    if not to:
        raise Refused(ReviewRefusal.NOBODY_TO_WRITE)
    _promise(session, fair.id, to, _by_hand(fair, now), order.words.strip()[:LONGEST_WORDS], now)
    audit.record(session, actor, "review.written", now, fair_id=fair.id, reviewers=len(to))
    return len(to)


def facts_of_reviews(
    session: Session, fair: Fair, account: Account, words: str, now: datetime
) -> dict[str, object]:
    """What the letter says to the reviewer; ``count``: as their own list counts."""
    theirs = frozenset(each.id for each in organisations_of(session, account.id))
    actor = Actor(account.id, account.name, organisation_ids=theirs)
    settings = ReviewSettings.of(fair.settings)
    return {
        "count": how_many_to_read(session, readable(session, actor, fair))[0],
        "reader": account.name,
        "reason": words,
        "fair_names": fair.names,
        "until": settings.until,
        "zone": fair.timezone,
        "is_late": settings.is_late(now),
        "path": f"/o/{fair.code}/reviews",
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
    }


def _promise(
    session: Session, fair_id: int, account_ids: Iterable[int], key: str, words: str, now: datetime
) -> None:
    many = list(account_ids)
    session.add_all(ReviewLetter(fair_id=fair_id, account_id=each, key=key, sent_at=now) for each in many)
    session.flush()
    for each in many:
        outbox.post(session, MESSAGE, now, fair_id=fair_id, account_id=each, words=words)


def _by_hand(fair: Fair, now: datetime) -> str:
    return f"hand:{now.astimezone(ZoneInfo(fair.timezone)):%Y%m%d}"
