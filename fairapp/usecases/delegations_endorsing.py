"""A head's endorsement: many producers at once, each on its own merits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import EDITABLE, State, Step
from fairapp.rules.delegations import MOST_PRODUCERS, DelegationReason, EntryStep
from fairapp.rules.errors import Refused
from fairapp.store.delegations import DelegationEntry
from fairapp.store.delegations_lists import entry_of
from fairapp.usecases.applications import FillIn, fill_in
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.delegations_entries import own_list, refuse_step, step_entry
from fairapp.usecases.permission import deputy


@dataclass(frozen=True, slots=True)
class Endorse:
    """These producers are fit to come; ``has_agreed``: they have agreed to the fair's terms."""

    delegation_id: int
    entry_ids: tuple[int, ...]
    has_agreed: bool


@dataclass(frozen=True, slots=True)
class Endorsed:
    """Which were endorsed, and which could not be, with every reason."""

    done: tuple[DelegationEntry, ...]
    refused: tuple[tuple[DelegationEntry, Refused], ...]


def endorse_producers(session: Session, actor: Actor, order: Endorse, now: datetime) -> Endorsed:
    """Endorse each on its own merits, submitting what is a draft; a refusal leaves no trace.

    :raises Refused: when nobody is chosen.
    """
    delegation = own_list(session, actor, order.delegation_id)
    chosen = [entry_of(session, delegation.id, each) for each in sorted(set(order.entry_ids))]
    if not chosen:
        raise Refused(DelegationReason.NOBODY_CHOSEN)
    done: list[DelegationEntry] = []
    refused: list[tuple[DelegationEntry, Refused]] = []
    for entry in chosen[:MOST_PRODUCERS]:
        try:
            with session.begin_nested():
                _endorse(session, actor, entry, order.has_agreed, now)
            done.append(entry)
        except Refused as refusal:
            refused.append((entry, refusal))
    return Endorsed(tuple(done), tuple(refused))


def _endorse(session: Session, actor: Actor, entry: DelegationEntry, has_agreed: bool, now: datetime) -> None:
    refuse_step(entry, EntryStep.ENDORSE, now, has_agreed=has_agreed)
    house, state = deputy(actor, entry.organisation_id), entry.application.state
    if state in EDITABLE:
        fill_in(session, house, FillIn(entry.application_id, accepts_terms=True), now)
        step = Step.SUBMIT if state is State.DRAFT else Step.RESUBMIT
        take_step(session, house, TakeStep(entry.application_id, step), now)
    step_entry(session, actor, entry, EntryStep.ENDORSE, now)
