"""Badges in the exhibitors' own names, where nobody has named the people yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.badges import BadgeStep
from fairapp.store.badges_queries import floor_of, without_badge
from fairapp.usecases.badges import BadgesStep, Chance, NamePerson, name_person, step_badges
from fairapp.usecases.permission import require

NAME_LENGTH = 120


def name_companies(session: Session, actor: Actor, fair_id: int, now: datetime, below: Chance) -> int:
    """Name and approve one badge for each exhibitor that has a booth and no badge. Answers how many."""
    require(actor, Permission.BADGE_APPROVE, fair_id)
    named = []
    for exhibitor in without_badge(session, fair_id):
        area, _ = floor_of(session, exhibitor.id)
        if area > 0:
            order = NamePerson(exhibitor.id, exhibitor.organisation.name[:NAME_LENGTH])
            named.append(name_person(session, actor, order, now, below).id)
    step_badges(session, actor, BadgesStep(tuple(named), BadgeStep.APPROVE), now)
    return len(named)
