"""One log-in for each role of the demo fair, with passwords that nobody can guess."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.emails import Email
from fairapp.adapters.emails import email as read_email
from fairapp.adapters.passwords import hashed
from fairapp.rules.actors import SYSTEM, Actor, Role
from fairapp.rules.applications import State
from fairapp.store.applications import Application
from fairapp.store.fairs import Fair
from fairapp.store.producers import Membership
from fairapp.usecases.accounts import agree
from fairapp.usecases.accounts_people import AddAccount, GrantRole, add_account, grant_role

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_NAMES: dict[Role, str] = {
    Role.PRODUCER: "Nguyễn Thị Hoa",
    Role.DELEGATION_HEAD: "Lý Văn Phà",
    Role.REVIEWER: "Trần Quốc Bảo",
    Role.ORGANISER: "Lê Minh Anh",
    Role.FINANCE: "Phạm Thu Hà",
    Role.STEWARD: "Võ Văn Tâm",
    Role.SUPERVISOR: "Đặng Ngọc Lan",
    Role.ADMINISTRATOR: "Hoàng Gia Huy",
}
STATES_OF_THE_PRODUCER = (State.CONFIRMED, State.ACCEPTED, State.RETURNED)
"""The demo producer acts for one maker in each of these states, so that every kind of page is there."""


@dataclass(frozen=True, slots=True)
class DemoLogIn:
    """What is printed once and kept in the instance folder."""

    role: str
    email: str
    password: str

    def plain(self) -> dict[str, str]:
        """As JSON keeps it."""
        return asdict(self)


def add_people(session: Session, fair: Fair, now: datetime, below: Callable[[int], int]) -> list[DemoLogIn]:
    """Add the accounts, grant each its role, and let the producer act for some makers."""
    log_ins = []
    for role, name in _NAMES.items():
        password = "-".join("".join(_ALPHABET[below(len(_ALPHABET))] for _ in range(4)) for _ in range(3))
        address = read_email(f"{role.value.replace('_', '-')}@demo.example")
        assert isinstance(address, Email)
        order = AddAccount(address, name, hashed(password), is_demo=True)
        account, _ = add_account(session, SYSTEM, order, now)
        agree(session, Actor(account_id=account.id), account.language, now)
        if role is Role.PRODUCER:
            _join_makers(session, fair, account.id, now)
        else:
            fair_id = None if role is Role.ADMINISTRATOR else fair.id
            grant_role(session, SYSTEM, GrantRole(address.folded, role, fair_id), now)
        log_ins.append(DemoLogIn(role.value, address.address, password))
    return log_ins


def _join_makers(session: Session, fair: Fair, account_id: int, now: datetime) -> None:
    for state in STATES_OF_THE_PRODUCER:
        organisation_id = session.scalar(
            select(Application.organisation_id)
            .where(Application.fair_id == fair.id, Application.state == state)
            .order_by(Application.id)
            .limit(1)
        )
        if organisation_id is not None:
            session.add(Membership(organisation_id=organisation_id, account_id=account_id, since=now))
    session.flush()
