"""Halls get their names; gates are added, changed and removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.fairs import FairRefusal
from fairapp.store.fairs import Hall
from fairapp.store.gate import Gate, ScanEvent
from fairapp.usecases import audit
from fairapp.usecases.fairs import fair_of


@dataclass(frozen=True, slots=True)
class NameHall:
    """What a hall is called, by language; its code stays."""

    fair_id: int
    hall_id: int
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class KeepGate:
    """A gate, new or (with its id) changed; the code of one that exists stays."""

    fair_id: int
    code: str
    names: dict[str, str]
    gate_id: int | None = None


def name_hall(session: Session, actor: Actor, order: NameHall, now: datetime) -> Hall:
    """Give a hall its name; an empty one shows its code again."""
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    hall = session.get(Hall, order.hall_id)
    if hall is None or hall.fair_id != fair.id:
        raise Missing
    hall.names = order.names
    audit.record(session, actor, "fair.hall_named", now, fair_id=fair.id, hall=hall.code)
    return hall


def keep_gate(session: Session, actor: Actor, order: KeepGate, now: datetime) -> Gate:
    """Add a gate, or change its name.

    :raises Refused: without a name, or when another gate has the code.
    """
    fair = fair_of(session, actor, order.fair_id, Permission.FAIR_EDIT)
    gates = session.scalars(select(Gate).where(Gate.fair_id == fair.id)).all()
    code = order.code.strip().upper()
    against = [] if any(name.strip() for name in order.names.values()) else [FairRefusal.NO_NAME]
    gate = next((one for one in gates if one.id == order.gate_id), None)
    if order.gate_id is not None and gate is None:
        raise Missing
    if gate is None and (not code or any(one.code == code for one in gates)):
        against.append(FairRefusal.GATE_CODE_TAKEN)
    if against:
        raise Refused(*against, code=code)
    if gate is None:
        gate = Gate(fair_id=fair.id, code=code, names={}, position=len(gates))
        session.add(gate)
    gate.names = order.names
    audit.record(session, actor, "fair.gate_kept", now, fair_id=fair.id, gate=gate.code)
    return gate


def remove_gate(session: Session, actor: Actor, fair_id: int, gate_id: int, now: datetime) -> None:
    """Take a gate away; one that scanned stays, and so does the last one."""
    fair = fair_of(session, actor, fair_id, Permission.FAIR_EDIT)
    gates = session.scalars(select(Gate).where(Gate.fair_id == fair.id)).all()
    gate = next((one for one in gates if one.id == gate_id), None)
    if gate is None:
        raise Missing
    scanned = session.scalar(select(ScanEvent.id).where(ScanEvent.gate_id == gate.id).limit(1))
    if scanned is not None or len(gates) == 1:
        raise Refused(FairRefusal.GATE_IN_USE, code=gate.code)
    session.delete(gate)
    audit.record(session, actor, "fair.gate_removed", now, fair_id=fair.id, gate=gate.code)
