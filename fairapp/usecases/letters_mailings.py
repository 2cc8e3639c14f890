"""Mailings: changed, confirmed once, put into the outbox in one transaction; and who wants no more news."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email, email
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Refused
from fairapp.rules.jobs import UNDER_WAY, JobState
from fairapp.rules.letter_log import LetterState
from fairapp.rules.letters import LetterEvent
from fairapp.rules.mailings import (
    MOST_LETTERS,
    STEPS,
    Audience,
    MailingKind,
    MailingRefusal,
    MailingState,
    MailingStep,
    Owing,
    address_digest,
    filter_from,
    owes,
)
from fairapp.store.applications import Application
from fairapp.store.base import LOCK
from fairapp.store.duties_queries import people_of
from fairapp.store.fairs import Fair
from fairapp.store.letters import LetterLog, Mailing, Unsubscription
from fairapp.store.letters_mailings import (
    Reader,
    Recipients,
    mailing_of,
    organisations_named,
    readers_of_each,
    recipients_found,
    unsubscribed,
)
from fairapp.store.operations import Job, OutboxMessage
from fairapp.store.producers import Organisation
from fairapp.usecases import audit, outbox
from fairapp.usecases.duties import owed_by
from fairapp.usecases.mailing import DraftMailing, check_words, write_down
from fairapp.usecases.permission import require

JOB = "mailing"
MESSAGE = "mail.mailing"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One letter of a mailing before it is written: to whom, about which application."""

    organisation: Organisation
    application_id: int | None
    reader: Reader


@dataclass(frozen=True, slots=True)
class Envelopes:
    """Everybody a mailing goes to, and who is left out."""

    ready: Sequence[Envelope]
    unsubscribed: int
    """Addresses that want no more news."""
    unreachable: int
    """Organisations for which nobody has an address."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter of a mailing with its words."""

    envelope: Envelope
    language: str
    subject: str
    body: str


def edit_mailing(
    session: Session, actor: Actor, mailing_id: int, order: DraftMailing, now: datetime
) -> Mailing:
    """Change a draft.

    :raises Refused: when it is on its way already.
    """
    mailing = _taking(session, actor, order.fair_id, mailing_id, MailingStep.EDIT)
    check_words(order)
    write_down(mailing, order)
    audit.record(session, actor, "mailing.changed", now, fair_id=order.fair_id, mailing=mailing.id)
    return mailing


def discard_mailing(session: Session, actor: Actor, fair_id: int, mailing_id: int, now: datetime) -> None:
    """Throw a draft away.

    :raises Refused: when it is on its way already.
    """
    session.delete(_taking(session, actor, fair_id, mailing_id, MailingStep.DISCARD))
    audit.record(session, actor, "mailing.discarded", now, fair_id=fair_id, mailing=mailing_id)


def confirm_mailing(session: Session, actor: Actor, fair_id: int, mailing_id: int, now: datetime) -> Job:
    """Start the work that writes the letters; a second press answers the work that is on already.

    :raises Refused: when it has gone out, or there is nobody it would go to, or too many.
    """
    mailing = mailing_of(session, actor, fair_id, mailing_id, lock=True)
    require(actor, Permission.LETTER_SEND, fair_id)
    if mailing.job is not None and mailing.job.state in (*UNDER_WAY, JobState.DONE):
        return mailing.job
    if (mailing.state, MailingStep.CONFIRM) not in STEPS:
        raise Refused(MailingRefusal.NOT_A_DRAFT)
    other_fairs = actor.fairs_with(Permission.LETTER_SEND)
    envelopes = envelopes_of(session, mailing, other_fairs, now)
    if not envelopes.ready:
        raise Refused(MailingRefusal.NOBODY)
    if len(envelopes.ready) > MOST_LETTERS:
        raise Refused(MailingRefusal.TOO_MANY)
    facts: dict[str, object] = {"mailing_id": mailing.id}
    facts["other_fairs"] = None if other_fairs is None else sorted(other_fairs)
    job = outbox.start_job(session, actor, JOB, now, fair_id=fair_id, **facts)
    mailing.state, mailing.job_id = MailingState.SENDING, job.id
    mailing.confirmed_at, mailing.confirmed_by_id = now, actor.account_id
    facts = {"mailing": mailing.id, "letters": len(envelopes.ready)}
    audit.record(session, actor, "mailing.confirmed", now, fair_id=fair_id, **facts)
    return job


def recipients_of(
    session: Session, mailing: Mailing, other_fairs: Collection[int] | None, now: datetime
) -> Recipients:
    """Whom the mailing's filter means today; ``other_fairs``: whose applicants its writer may write to."""
    fair, wanted = mailing.fair, filter_from(mailing.filter)
    found = recipients_found(fair, wanted, _today(fair, now), other_fairs)
    if wanted.owing is None or wanted.audience is Audience.EARLIER:
        return found
    people = people_of(session, fair.id)
    duties = owed_by(session, fair, people, now, tasks_only=wanted.owing is Owing.TASKS_LATE)
    theirs = [each.application_id for each in people.rows if owes(duties[each.id], wanted.owing)]
    return found.where(Application.id.in_(theirs))


def envelopes_of(
    session: Session, mailing: Mailing, other_fairs: Collection[int] | None, now: datetime
) -> Envelopes:
    """Every letter that the mailing would be today."""
    rows = session.execute(recipients_of(session, mailing, other_fairs, now)).all()
    return addressed(session, mailing, [(row[0], row[1]) for row in rows])


def addressed(session: Session, mailing: Mailing, rows: Sequence[tuple[int, int | None]]) -> Envelopes:
    """The letters to these organisations; who wants no more news gets none."""
    organisations = organisations_named(session, [organisation_id for organisation_id, _ in rows])
    readers = readers_of_each(session, organisations.values())
    silent: Collection[str] = ()
    if mailing.kind is MailingKind.NEWS:
        every = {reader.address for some in readers.values() for reader in some}
        silent = unsubscribed(session, {digest_of(each) for each in every})
    ready, left_out, unreachable = [], set(), 0
    for organisation_id, application_id in rows:
        theirs = readers.get(organisation_id, [])
        unreachable += not theirs
        for reader in theirs:
            if silent and digest_of(reader.address) in silent:
                left_out.add(reader.address)
            else:
                ready.append(Envelope(organisations[organisation_id], application_id, reader))
    return Envelopes(ready, len(left_out), unreachable)


def post_mailing(
    session: Session, mailing_id: int, letters: Iterable[Ready], left_out: int, now: datetime
) -> int:
    """Put every letter into the outbox, all or none; a second worker finds nothing to do."""
    mailing = session.get_one(Mailing, mailing_id, with_for_update=LOCK, populate_existing=True)
    if (mailing.state, MailingStep.POST) not in STEPS:
        return 0
    whole = list(letters)
    pairs = [(each, _message(mailing, each, now)) for each in whole]
    session.add_all(message for _letter, message in pairs)
    session.flush()
    session.add_all(_row(mailing, each, message, now) for each, message in pairs)
    session.flush()
    session.execute(
        update(Mailing)
        .where(Mailing.id == mailing.id)
        .values(state=MailingState.SENT, letters=len(whole), left_out=left_out)
    )
    return len(whole)


def wants_news(session: Session, digest: str) -> bool:
    """Whether the address still gets news."""
    return session.get(Unsubscription, digest) is None


def stop_news(session: Session, actor: Actor, digest: str, now: datetime) -> None:
    """Send no more news to the address; a second press changes nothing."""
    if wants_news(session, digest):
        session.add(Unsubscription(digest=digest, at=now))
        session.flush()
        audit.record(session, actor, "news.stopped", now)


def start_news(session: Session, actor: Actor, digest: str, now: datetime) -> None:
    """Send news to the address again, as its owner asks."""
    kept = session.get(Unsubscription, digest)
    if kept is not None:
        session.delete(kept)
        audit.record(session, actor, "news.wanted_again", now)


def digest_of(address: str) -> str:
    """The digest under which the address would be kept."""
    found = email(address)
    return address_digest(found.folded if isinstance(found, Email) else address.casefold())


def _taking(session: Session, actor: Actor, fair_id: int, mailing_id: int, step: MailingStep) -> Mailing:
    mailing = mailing_of(session, actor, fair_id, mailing_id, lock=True)
    require(actor, Permission.LETTER_SEND, fair_id)
    if (mailing.state, step) not in STEPS:
        raise Refused(MailingRefusal.NOT_A_DRAFT)
    return mailing


def _message(mailing: Mailing, letter: Ready, now: datetime) -> OutboxMessage:
    facts = {
        "mailing_id": mailing.id,
        "organisation_id": letter.envelope.organisation.id,
        "reader": short_of(letter.envelope.reader.address),
    }
    return OutboxMessage(name=MESSAGE, facts=facts, made_at=now, due_at=now)


def _row(mailing: Mailing, letter: Ready, message: OutboxMessage, now: datetime) -> LetterLog:
    is_news = mailing.kind is MailingKind.NEWS
    return LetterLog(
        fair_id=mailing.fair_id,
        organisation_id=letter.envelope.organisation.id,
        event=LetterEvent.NEWS if is_news else LetterEvent.MAILING,
        to_address=letter.envelope.reader.address,
        reader=short_of(letter.envelope.reader.address),
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        state=LetterState.WAITING,
        tries=0,
        made_at=now,
        outbox_id=message.id,
        mailing_id=mailing.id,
    )


def short_of(address: str) -> str:
    """Short for the address, as the outbox knows its readers."""
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def _today(fair: Fair, now: datetime) -> date:
    return now.astimezone(ZoneInfo(fair.timezone)).date()
