"""Invitation letters: asked for, issued with a number and a paper, refused, revoked; and erased in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor, Permission
from fairapp.rules.applications import ADMITTED
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.visa_letters import (
    MOST_PEOPLE,
    STEPS,
    Traveller,
    VisaFault,
    VisaRefusal,
    VisaState,
    VisaStep,
    is_over,
    traveller_fault,
    travellers,
    without_passports,
)
from fairapp.store.applications_queries import application_of
from fairapp.store.billing_queries import next_number
from fairapp.store.letters import VisaLetter
from fairapp.store.letters_visa import visa_letter_of, visa_letters_of
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require, require_member

SERIES = "visa"


@dataclass(frozen=True, slots=True)
class AskVisaLetter:
    """For whom, for which embassy, in which language."""

    application_id: int
    people: tuple[Traveller, ...]
    embassy: str
    language: str


def ask_visa_letter(session: Session, actor: Actor, order: AskVisaLetter, now: datetime) -> VisaLetter:
    """Ask the organiser for an invitation letter; one waits at a time.

    :raises Invalid: when nobody is named, or somebody is not named whole.
    :raises Refused: when the applicant is not from abroad, not admitted, or has asked already.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    if not order.people or len(order.people) > MOST_PEOPLE:
        raise Invalid(people=VisaFault.NOBODY)
    for place, person in enumerate(order.people):
        if fault := traveller_fault(person):
            raise Invalid(**{f"{fault[0]}_{place}": fault[1]})
    reasons = {
        VisaRefusal.NOT_ABROAD: application.organisation.country == application.fair.country,
        VisaRefusal.NOT_ADMITTED: application.state not in ADMITTED,
        VisaRefusal.WAITS_ALREADY: any(each.is_open for each in visa_letters_of(session, application.id)),
    }
    if any(reasons.values()):
        raise Refused(*(reason for reason, holds in reasons.items() if holds))
    letter = VisaLetter(
        fair_id=application.fair_id,
        application_id=application.id,
        people=[each.plain() for each in order.people],
        embassy=order.embassy.strip(),
        language=order.language,
        asked_by_id=actor.account_id,
        asked_at=now,
    )
    session.add(letter)
    session.flush()
    _record(session, actor, letter, "asked", now, people=len(order.people))
    return letter


@dataclass(frozen=True, slots=True)
class IssueVisaLetter:
    """Who signs for the organiser; ``code``: chance, in the address that proves the paper genuine."""

    letter_id: int
    fair_id: int
    signer: str
    code: str


def issue_visa_letter(
    session: Session,
    actor: Actor,
    order: IssueVisaLetter,
    printed: Callable[[VisaLetter], str],
    now: datetime,
) -> VisaLetter:
    """Number the letter, print it and mail it; ``printed`` keeps the paper and answers its key.

    Passport numbers stand on the paper only from here on. A second press changes nothing.

    :raises Refused: when it was refused or withdrawn meanwhile.
    """
    letter = _of_fair(session, actor, order.letter_id, order.fair_id)
    if letter.state is VisaState.ISSUED:
        return letter
    if not order.signer.strip():
        raise Invalid(signer=VisaFault.SIGNER_MISSING)
    _go(letter, VisaStep.ISSUE)
    letter.number = next_number(session, letter.fair_id, SERIES)
    letter.code, letter.signer = order.code, order.signer.strip()
    _answered(letter, actor, now)
    letter.file_key = printed(letter)
    letter.people = without_passports(travellers(letter.people))
    _record(session, actor, letter, "issued", now, number=letter.number)
    outbox.post(session, "mail.visa_letter", now, visa_letter_id=letter.id)
    return letter


def refuse_visa_letter(
    session: Session, actor: Actor, fair_id: int, letter_id: int, reason: str, now: datetime
) -> VisaLetter:
    """Say why the letter is not issued; the applicant gets a mail."""
    letter = _of_fair(session, actor, letter_id, fair_id)
    if not reason.strip():
        raise Invalid(reason=VisaFault.REASON_MISSING)
    _go(letter, VisaStep.REFUSE)
    letter.reason, letter.people = reason.strip(), without_passports(travellers(letter.people))
    _answered(letter, actor, now)
    _record(session, actor, letter, "refused", now)
    outbox.post(session, "mail.visa_letter", now, visa_letter_id=letter.id)
    return letter


def revoke_visa_letter(
    session: Session, actor: Actor, fair_id: int, letter_id: int, now: datetime
) -> VisaLetter:
    """Let an issued letter count no more: whoever checks it is told so."""
    letter = _of_fair(session, actor, letter_id, fair_id)
    _go(letter, VisaStep.REVOKE)
    _record(session, actor, letter, "revoked", now)
    return letter


def withdraw_visa_letter(session: Session, actor: Actor, letter_id: int, now: datetime) -> VisaLetter:
    """Take back what was asked for, while it waits."""
    letter = visa_letter_of(session, actor, letter_id, lock=True)
    require_member(actor, letter.application.organisation_id)
    _go(letter, VisaStep.WITHDRAW)
    letter.people = without_passports(travellers(letter.people))
    _record(session, actor, letter, "withdrawn", now)
    return letter


def erase_visa_letter(session: Session, letter_id: int, now: datetime) -> str | None:
    """Forget names and paper once the fair is long over; answer the key of the file to remove."""
    letter = visa_letter_of(session, SYSTEM, letter_id, lock=True)
    if letter.erased_at is not None or not is_over(
        letter.fair.ends_on, now.astimezone(ZoneInfo(letter.fair.timezone)).date()
    ):
        return None
    key, letter.file_key, letter.people, letter.signer = letter.file_key, None, [], ""
    letter.is_open, letter.erased_at = None, now
    if letter.state is VisaState.ASKED:
        letter.state = VisaState.WITHDRAWN
    _record(session, SYSTEM, letter, "erased", now)
    return key


def _of_fair(session: Session, actor: Actor, letter_id: int, fair_id: int) -> VisaLetter:
    require(actor, Permission.LETTER_SEND, fair_id)
    letter = visa_letter_of(session, actor, letter_id, lock=True)
    if letter.fair_id != fair_id:
        raise Missing
    return letter


def _go(letter: VisaLetter, step: VisaStep) -> None:
    after = STEPS.get((letter.state, step))
    if after is None:
        raise Refused(VisaRefusal.NOT_FROM_HERE)
    letter.state, letter.is_open = after, None


def _answered(letter: VisaLetter, actor: Actor, now: datetime) -> None:
    letter.answered_by_id, letter.answered_at = actor.account_id, now


def _record(
    session: Session, actor: Actor, letter: VisaLetter, what: str, now: datetime, **facts: object
) -> None:
    audit.record(
        session, actor, f"visa_letter.{what}", now, fair_id=letter.fair_id, letter=letter.id, **facts
    )
