"""The way into a mailing for every room: a draft for recipients that a page has chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Invalid
from fairapp.rules.mailings import Filter, MailingKind, kind_for, mailing_faults
from fairapp.store.base import Texts
from fairapp.store.letters import Mailing
from fairapp.usecases import audit
from fairapp.usecases.permission import require


@dataclass(frozen=True, slots=True)
class DraftMailing:
    """To whom, and the words per language; nothing goes out before it is confirmed on the mailing's page."""

    fair_id: int
    kind: MailingKind
    filter: Filter
    subjects: Texts
    bodies: Texts


def draft_mailing(session: Session, actor: Actor, order: DraftMailing, now: datetime) -> Mailing:
    """Keep a mailing that has yet to be looked at and confirmed.

    :raises Invalid: when something is missing, too long, or names a place that nothing fills.
    """
    require(actor, Permission.LETTER_SEND, order.fair_id)
    check_words(order)
    mailing = Mailing(fair_id=order.fair_id, made_at=now, made_by_id=actor.account_id)
    write_down(mailing, order)
    session.add(mailing)
    session.flush()
    audit.record(session, actor, "mailing.drafted", now, fair_id=order.fair_id, mailing=mailing.id)
    return mailing


def check_words(order: DraftMailing) -> None:
    """Go on when the words may go out.

    :raises Invalid: otherwise.
    """
    faults, _unknown = mailing_faults(order.subjects, order.bodies)
    if faults:
        raise Invalid(**faults)


def write_down(mailing: Mailing, order: DraftMailing) -> None:
    """Put the order's words and recipients into the row."""
    mailing.kind, mailing.filter = kind_for(order.filter.audience, order.kind), order.filter.plain()
    mailing.subjects = {each: text.strip() for each, text in order.subjects.items() if text.strip()}
    bodies = {each: text.replace("\r\n", "\n").strip() for each, text in order.bodies.items()}
    mailing.bodies = {each: text for each, text in bodies.items() if text}
