"""A delegation's list: producers entered within the quota, told anew, invited, returned and removed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import State, Step
from fairapp.rules.delegations import (
    ENTRY_STEPS,
    MOST_PRODUCERS,
    DelegationReason,
    EntryMoment,
    EntryState,
    EntryStep,
    entry_refusals,
    list_refusals,
)
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.text import name_key
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.delegations_lists import brought_before, entries_of, entry_of
from fairapp.store.delegations_queries import booths_asked, delegation_of
from fairapp.store.producers import Organisation
from fairapp.usecases import audit, outbox
from fairapp.usecases.applications import BeginApplication, begin_application
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.delegations_telling import (
    Told,
    ask_for_booths,
    check,
    identity_of,
    known_number,
    put,
)
from fairapp.usecases.permission import deputy
from fairapp.usecases.producers import begin_profile
from fairapp.usecases.producers_members import InviteMember, invite_member


def own_list(session: Session, actor: Actor, delegation_id: int) -> Delegation:
    """The head's own delegation with its row locked: whatever is counted next stays so.

    :raises Missing: for everybody but its head.
    """
    found = delegation_of(session, actor, delegation_id, lock=True)
    if found.head_id is None or (found.head_id != actor.account_id and not actor.is_system):
        raise Missing
    return found


def enter_producer(
    session: Session, actor: Actor, delegation_id: int, told: Told, now: datetime
) -> DelegationEntry:
    """Add a producer with its application; one that was removed comes back.

    :raises Refused: when the list is not open, the quota is full, or the producer is on it already.
    :raises Invalid: per field, why.
    """
    delegation = own_list(session, actor, delegation_id)
    refuse_closed_list(delegation, now)
    check(session, delegation, told)
    entries = entries_of(session, delegation.id)
    there = _same(entries, told, delegation, now)
    if there is not None and there.state is not EntryState.REMOVED:
        raise Refused(DelegationReason.ON_THE_LIST)
    _keep_quota(session, delegation, told.booths, None)
    if there is not None:
        bring_back(session, actor, there, now)
        return change_entry(session, actor, there, told, now)
    if sum(each.state is not EntryState.REMOVED for each in entries) >= MOST_PRODUCERS:
        raise Refused(DelegationReason.TOO_MANY_PRODUCERS)
    return add_entry(session, actor, delegation, told, len(entries), now)


def change_producer(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, told: Told, now: datetime
) -> DelegationEntry:
    """Tell a producer anew, within the quota."""
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    refuse_step(entry, EntryStep.CHANGE, now)
    check(session, delegation, told)
    _keep_quota(session, delegation, told.booths, entry)
    return change_entry(session, actor, entry, told, now)


def invite_producer(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, order: InviteMember, now: datetime
) -> DelegationEntry:
    """Ask the producer by letter to complete its own part."""
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    refuse_step(entry, EntryStep.INVITE, now)
    if order.organisation_id != entry.organisation_id:
        raise Missing
    invite_member(session, deputy(actor, entry.organisation_id), order, now)
    return step_entry(session, actor, entry, EntryStep.INVITE, now)


def return_producer(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, reason: str, now: datetime
) -> DelegationEntry:
    """Give it back to the producer with a reason; what was submitted is open again."""
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    refuse_step(entry, EntryStep.RETURN, now, reason=reason)
    if entry.application.state in (State.SUBMITTED, State.RESUBMITTED, State.IN_REVIEW):
        take_step(
            session,
            deputy(actor, entry.organisation_id),
            TakeStep(entry.application_id, Step.RETURN, reason),
            now,
        )
    else:
        outbox.post(session, "mail.entry_returned", now, entry_id=entry.id)
    entry.reason = reason
    return step_entry(session, actor, entry, EntryStep.RETURN, now)


def remove_producer(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, now: datetime
) -> DelegationEntry:
    """Take the producer off the list; its application, once submitted, is withdrawn."""
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    refuse_step(entry, EntryStep.REMOVE, now)
    return take_off(session, actor, entry, now)


def take_off(session: Session, actor: Actor, entry: DelegationEntry, now: datetime) -> DelegationEntry:
    """Remove an entry that may be removed; a draft nobody has seen is simply left."""
    if entry.application.state in (State.SUBMITTED, State.RESUBMITTED, State.IN_REVIEW, State.RETURNED):
        take_step(
            session, deputy(actor, entry.organisation_id), TakeStep(entry.application_id, Step.WITHDRAW), now
        )
    return step_entry(session, actor, entry, EntryStep.REMOVE, now)


def restore_producer(
    session: Session, actor: Actor, delegation_id: int, entry_id: int, now: datetime
) -> DelegationEntry:
    """Put a removed producer back, while the quota has room for it."""
    delegation = own_list(session, actor, delegation_id)
    entry = entry_of(session, delegation.id, entry_id)
    refuse_step(entry, EntryStep.RESTORE, now)
    _keep_quota(session, delegation, entry.application.booths, entry)
    return bring_back(session, actor, entry, now)


def bring_back(session: Session, actor: Actor, entry: DelegationEntry, now: datetime) -> DelegationEntry:
    """Put a removed entry back; a withdrawn application is open again."""
    if entry.application.state is State.WITHDRAWN:
        house = deputy(actor, entry.organisation_id)
        take_step(session, house, TakeStep(entry.application_id, Step.REOPEN), now)
    return step_entry(session, actor, entry, EntryStep.RESTORE, now)


def refuse_closed_list(delegation: Delegation, now: datetime) -> None:
    """Go on when the list may be changed.

    :raises Refused: with every reason why not.
    """
    if reasons := list_refusals(delegation.state, delegation.list_until, now):
        raise Refused(*reasons)


def _keep_quota(session: Session, delegation: Delegation, booths: int, entry: DelegationEntry | None) -> None:
    asked = booths_asked(session, delegation.id, None if entry is None else entry.id) + booths
    if asked > delegation.quota_booths:
        raise Refused(DelegationReason.QUOTA_FULL, quota=delegation.quota_booths, asked=asked)


def _same(
    entries: list[DelegationEntry], told: Told, delegation: Delegation, now: datetime
) -> DelegationEntry | None:
    """Whoever of the list has the number told, or else the name."""
    number, called = known_number(told.tax_number, delegation, now), name_key(told.name)
    for each in entries:
        theirs = each.organisation.tax_code or each.organisation.personal_number or ""
        if number and theirs == number:
            return each
    alike = (each for each in entries if name_key(each.organisation.name) == called)
    return next(alike, None)


def add_entry(
    session: Session, actor: Actor, delegation: Delegation, told: Told, position: int, now: datetime
) -> DelegationEntry:
    """Enter a producer that is known to be new to the list, and to fit its quota.

    :raises Refused: when it has an application for the fair that did not come with this list.
    """
    number = known_number(told.tax_number, delegation, now)
    organisation = brought_before(session, delegation, number, told.name)
    if organisation is None:
        organisation = begin_profile(session, actor, identity_of(delegation, told), now)
    house = deputy(actor, organisation.id)
    order = BeginApplication(delegation.fair_id, organisation.id)
    application = begin_application(session, house, order, now)
    if application.delegation_id is not None or application.made_at != now:
        raise Refused(DelegationReason.APPLIED_ALREADY)
    application.delegation_id = delegation.id
    put(session, actor, delegation, organisation, told, now)
    ask_for_booths(session, actor, application, organisation, told, now)
    entry = DelegationEntry(
        delegation_id=delegation.id,
        organisation_id=organisation.id,
        application_id=application.id,
        position=position,
        changed_at=now,
    )
    entry.delegation, entry.organisation, entry.application = delegation, organisation, application
    session.add(entry)
    delegation.version += 1
    session.flush()
    audit.record(
        session,
        actor,
        "entry.entered",
        now,
        fair_id=delegation.fair_id,
        delegation=delegation.id,
        entry=entry.id,
    )
    return entry


def change_entry(
    session: Session, actor: Actor, entry: DelegationEntry, told: Told, now: datetime
) -> DelegationEntry:
    """Tell a producer anew that is known to be open to it, and to fit the quota."""
    organisation: Organisation = entry.organisation
    put(session, actor, entry.delegation, organisation, told, now)
    ask_for_booths(session, actor, entry.application, organisation, told, now)
    return step_entry(session, actor, entry, EntryStep.CHANGE, now)


def refuse_step(
    entry: DelegationEntry, step: EntryStep, now: datetime, reason: str = "", has_agreed: bool = False
) -> None:
    """Go on when the head may take the step with this producer.

    :raises Refused: with every reason why not.
    """
    at = EntryMoment(
        entry.delegation.state,
        entry.delegation.list_until,
        now,
        entry.application.state,
        reason,
        has_agreed,
    )
    if reasons := entry_refusals(entry.state, step, at):
        raise Refused(*reasons)


def step_entry(
    session: Session, actor: Actor, entry: DelegationEntry, step: EntryStep, now: datetime
) -> DelegationEntry:
    """Move the entry on, with the list's version and the audit."""
    entry.state = ENTRY_STEPS[entry.state, step]
    entry.changed_at = now
    entry.delegation.version += 1
    audit.record(
        session,
        actor,
        f"entry.{step.value}",
        now,
        fair_id=entry.delegation.fair_id,
        delegation=entry.delegation_id,
        entry=entry.id,
    )
    session.flush()
    return entry
