"""Say which languages the people of a stand speak; its sign tells visitors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.badges import BadgeRefusal
from fairapp.rules.errors import Refused
from fairapp.rules.tongues import MOST_SPOKEN, known_tongues
from fairapp.store.allocation import Exhibitor
from fairapp.store.badges_queries import exhibitor_for_update
from fairapp.usecases import audit


@dataclass(frozen=True, slots=True)
class SayLanguages:
    """The languages, as codes; none takes them off the sign."""

    exhibitor_id: int
    languages: tuple[str, ...]


def say_languages(session: Session, actor: Actor, order: SayLanguages, now: datetime) -> Exhibitor:
    """Keep what is spoken at the stand; the same again changes nothing.

    :raises Refused: with more languages than a sign has room for, or when the exhibitor has left.
    """
    exhibitor = exhibitor_for_update(session, actor, order.exhibitor_id)
    spoken = list(known_tongues(order.languages))
    against = {
        BadgeRefusal.EXHIBITOR_LEFT: exhibitor.left_at is not None,
        BadgeRefusal.TOO_MANY_LANGUAGES: len(spoken) > MOST_SPOKEN,
    }
    if reasons := [reason for reason, holds in against.items() if holds]:
        raise Refused(*reasons, most=MOST_SPOKEN)
    if exhibitor.spoken != spoken:
        exhibitor.spoken = spoken
        audit.record(
            session, actor, "badge.languages_said", now, fair_id=exhibitor.fair_id, exhibitor=exhibitor.id
        )
    return exhibitor
