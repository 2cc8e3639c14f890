"""How the demo fair is reviewed: criteria, a deadline, three reviewers, points near and far, a conflict."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.adapters.emails import email as read_email
from fairapp.demo.reading import DATA
from fairapp.rules.actors import SYSTEM, Actor, Grant, Role
from fairapp.rules.review_settings import ReviewSettings
from fairapp.rules.reviewing import Reads
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.applications_reading import readable
from fairapp.store.fairs import Fair
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.accounts_people import AddAccount, GrantRole, add_account, grant_role
from fairapp.usecases.applications_criteria import (
    AssignReviewer,
    KeepCriterion,
    assign_reviewer,
    keep_criterion,
    keep_review_settings,
)
from fairapp.usecases.applications_reviewing import GiveReview, declare_conflict, give_review

READ_IN = timedelta(days=5)
"""From the day of loading: the first letter that reminds the reviewers goes out two days later."""
LEFT = (6, 1, 2)
"""So many of the last applications are still to be read by each reviewer, the demo's own first."""


def add_reviews(session: Session, fair: Fair, now: datetime) -> None:
    """Keep the criteria, give the reviewers their parts, and let them review; nobody is written to."""
    before = session.scalar(select(func.max(OutboxMessage.id))) or 0
    told = tomllib.loads((DATA / "reviews.toml").read_text(encoding="utf-8"))
    kept = [
        keep_criterion(session, SYSTEM, KeepCriterion(fair.id, **each), now - timedelta(days=30)).id
        for each in told["criterion"]
    ]
    until = (now + READ_IN).astimezone(ZoneInfo(fair.timezone)).replace(hour=17, minute=0, second=0)
    settings = ReviewSettings(until=until.replace(microsecond=0).astimezone(UTC))
    keep_review_settings(session, SYSTEM, fair.id, settings, now - timedelta(days=20))
    own = session.scalars(
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.fair_id == fair.id, RoleGrant.role == Role.REVIEWER, Account.is_demo)
    ).one()
    people = [(own, ["all:"])]
    people += [(_reviewer(session, fair, each, now), each["reads"]) for each in told["reviewer"]]
    for number, (account, parts) in enumerate(people):
        for part in parts:
            by, _colon, value = part.partition(":")
            order = AssignReviewer(fair.id, account.id, Reads(by), value)
            assign_reviewer(session, SYSTEM, order, now - timedelta(days=20))
        session.flush()
        actor = Actor(account.id, account.name, frozenset({Grant(Role.REVIEWER, fair.id)}))
        _read(session, actor, fair, kept, told["said"], number, now)
    session.flush()
    session.execute(update(OutboxMessage).where(OutboxMessage.id > before).values(done_at=now))


def _reviewer(session: Session, fair: Fair, told: dict[str, Any], now: datetime) -> Account:
    """A reviewer without a log-in: no password fits."""
    address = read_email(told["email"])
    assert isinstance(address, Email)
    account, _ = add_account(session, SYSTEM, AddAccount(address, told["name"], "!", is_demo=True), now)
    grant_role(session, SYSTEM, GrantRole(address.folded, Role.REVIEWER, fair.id), now)
    return account


def _read(
    session: Session,
    actor: Actor,
    fair: Fair,
    criteria: list[int],
    said: list[dict[str, Any]],
    number: int,
    now: datetime,
) -> None:
    """Review all but the last few, in the next words of the list each; the third is in a conflict once."""
    mine = sorted(row[0].id for row in session.execute(readable(session, actor, fair)))
    for place, application_id in enumerate(mine[: max(1, len(mine) - LEFT[number])]):
        at = now - timedelta(days=9 - number, hours=place)
        if number == 2 and place == 1:
            declare_conflict(session, actor, fair.id, application_id, at)
            continue
        words = said[(place + (number * place) % 3) % len(said)]
        scores = dict(zip(criteria, words["scores"], strict=True))
        give_review(session, actor, GiveReview(fair.id, application_id, scores, words["comment"]), at)
