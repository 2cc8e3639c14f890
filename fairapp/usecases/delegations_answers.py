"""A head answers the organiser's questions for a producer that it enters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.delegations import EntryState, EntryStep
from fairapp.rules.errors import Missing
from fairapp.store.applications_forms import FormAnswer
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.delegations_lists import entry_of
from fairapp.usecases.applications_answers import GiveAnswers, give_answers
from fairapp.usecases.delegations_entries import own_list, refuse_step
from fairapp.usecases.permission import deputy


def entry_headed(session: Session, actor: Actor, application_id: int) -> DelegationEntry:
    """The producer on a list of which the actor is the head, by its application.

    :raises Missing: for everybody else, and once the producer is off the list.
    """
    entry = session.scalar(
        select(DelegationEntry)
        .join(Delegation, Delegation.id == DelegationEntry.delegation_id)
        .where(DelegationEntry.application_id == application_id, Delegation.head_id == actor.account_id)
        .where(DelegationEntry.state != EntryState.REMOVED)
    )
    if entry is None:
        raise Missing
    return entry


def answer_for(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, order: GiveAnswers, now: datetime
) -> FormAnswer:
    """Keep the answers a head gives for a producer, while its list may be changed.

    :raises Refused: when the producer may not be changed now, or the form cannot be answered.
    :raises Clash: when another open form has written newer answers.
    """
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    if entry.application_id != order.application_id:
        raise Missing
    refuse_step(entry, EntryStep.CHANGE, now)
    return give_answers(session, deputy(actor, entry.organisation_id), order, now)
