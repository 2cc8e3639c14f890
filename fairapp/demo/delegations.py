"""The demo's delegations: one on its way under the demo's head, one whose head is only invited."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email
from fairapp.adapters.emails import email as read_email
from fairapp.adapters.files import Files
from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes
from fairapp.demo.reading import DATA
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import SYSTEM, Actor, Role
from fairapp.rules.applications import Step
from fairapp.rules.delegation_sheets import SheetColumn
from fairapp.rules.producers import OrganisationKind, invitation_token
from fairapp.rules.questions import Phase
from fairapp.rules.stars import products_of, stars_of
from fairapp.store.accounts import Account, RoleGrant
from fairapp.store.allocation_queries import free_booths
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.fairs import Booth, BoothKind, Fair
from fairapp.store.fairs_queries import kinds_of
from fairapp.store.operations import OutboxMessage
from fairapp.usecases.applications_answers import GiveAnswers, give_answers
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.delegations import (
    DelegationDetails,
    InviteHead,
    MakeDelegation,
    accept_headship,
    make_delegation,
)
from fairapp.usecases.delegations_booths import Block, ShareOut, give_booths, proposal, share_out
from fairapp.usecases.delegations_endorsing import Endorse, endorse_producers
from fairapp.usecases.delegations_entries import enter_producer, return_producer
from fairapp.usecases.delegations_planning import around_of, list_texts
from fairapp.usecases.delegations_sheets import SendWorkbook, send_workbook
from fairapp.usecases.delegations_telling import Told
from fairapp.usecases.permission import deputy
from fairapp.web.delegations.sheet_words import vocabulary

ANSWERS = {"first_time": "first", "buyers": ["visitors"], "cooking": "no", "data_consent": True}
_SECRET = "demo"  # noqa: S105 - its link is used up on the spot


def add_delegations(session: Session, fair: Fair, files: Files, now: datetime) -> None:
    """Make both delegations through their own use-cases; nobody is written to."""
    before = session.scalar(select(func.max(OutboxMessage.id))) or 0
    told = tomllib.loads((DATA / "delegation.toml").read_text(encoding="utf-8"))
    account = session.scalars(
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.fair_id == fair.id, RoleGrant.role == Role.DELEGATION_HEAD, Account.is_demo)
    ).one()
    begun = now - timedelta(days=12)
    made = _make(session, fair, told, account.email, begun)
    head = Actor(account_id=account.id, name=account.name)
    accept_headship(session, head, invitation_token(_SECRET, account.email), begun)
    _make(session, fair, told["invited"], told["invited"]["email"], now - timedelta(days=2))
    kind = next(each for each in kinds_of(session, fair.id) if each.code == "shell")
    for producer in told["producer"]:
        _play(session, head, made, kind, producer, now - timedelta(days=5))
    _place(session, head, made, told["block"], now - timedelta(days=1))
    _send(session, head, made, files, now - timedelta(hours=3))
    session.execute(update(OutboxMessage).where(OutboxMessage.id > before).values(done_at=now))


def _make(session: Session, fair: Fair, told: dict[str, Any], address: str, at: datetime) -> Delegation:
    until = None if fair.apply_until is None else fair.apply_until - timedelta(days=2)
    details = DelegationDetails(
        told["names"], told["country"], told.get("province", ""), told["quota"], until
    )
    found = read_email(address)
    assert isinstance(found, Email)
    head = InviteHead(found, "vi" if told["country"] == "VN" else "en", address, _SECRET)
    return make_delegation(session, SYSTEM, MakeDelegation(fair.id, details, head), at)


def _play(
    session: Session, head: Actor, of: Delegation, kind: BoothKind, told: dict[str, Any], at: datetime
) -> None:
    """One producer from being entered to where it stands today."""
    commune = places.find_commune(told["commune"], of.province_code)
    said = Told(
        name=told["name"],
        kind=OrganisationKind(told["kind"]),
        commune_code="" if commune is None else commune.code,
        address=told.get("address", ""),
        phone=told["phone"],
        email=told.get("email", ""),
        products=products_of(told["products"], stars_of(told["stars"])),
        group_code=told["group"],
        booth_kind_id=kind.id,
        booths=told["booths"],
    )
    entry = enter_producer(session, head, of.id, said, at)
    if told["end"] == "returned":
        return_producer(session, head, of.id, entry.id, told["reason"], at)
    if told["end"] in ("endorsed", "accepted"):
        order = GiveAnswers(entry.application_id, Phase.APPLY, ANSWERS)
        give_answers(session, deputy(head, entry.organisation_id), order, at)
        result = endorse_producers(session, head, Endorse(of.id, (entry.id,), True), at)
        assert not result.refused, result.refused
    if told["end"] == "accepted":
        take_step(session, SYSTEM, TakeStep(entry.application_id, Step.ACCEPT), at)


def _place(session: Session, head: Actor, of: Delegation, many: int, at: datetime) -> None:
    """The organiser gives a block; the head places whoever is admitted."""
    free = session.scalars(free_booths(of.fair_id, at).order_by(Booth.code.desc()))
    sizes = [booth.id for booth in free if booth.kind is _floor(session, of) and booth.area_m2 >= 9][:many]
    give_booths(session, SYSTEM, Block(of.id, tuple(sizes)), at)
    ideas = proposal(session, of)
    pairs = tuple((entry, booth) for entry, booths in ideas.items() for booth in booths)
    if pairs:
        share_out(session, head, ShareOut(of.id, pairs), at)


def _floor(session: Session, of: Delegation) -> Any:
    entry = session.scalars(select(DelegationEntry).where(DelegationEntry.delegation_id == of.id)).first()
    kind = None if entry is None else entry.application.booth_kind
    return None if kind is None else kind.floor


def _send(session: Session, head: Actor, of: Delegation, files: Files, at: datetime) -> None:
    """A workbook that waits to be corrected: one cell changed, one new row with a broken cell."""
    said = vocabulary()
    rows = list_texts(session, of, around_of(session, of, said, at))
    columns = [column for column in SheetColumn if any(row.get(column) for row in rows)]
    changed = next(row for row in rows if row[SheetColumn.NAME].startswith("Hộ kinh doanh"))
    changed[SheetColumn.PRODUCTS] = "Rượu ngô men lá Si Ma Cai"
    new = {**changed, SheetColumn.NUMBER: "", SheetColumn.NAME: "Tổ hợp tác Mật ong Bát Xát"}
    new |= {SheetColumn.COMMUNE: "Xã Bát Sát", SheetColumn.PRODUCTS: "Mật ong bạc hà", SheetColumn.PHONE: ""}
    cells = [[row.get(column, "") for column in columns] for row in (*rows, new)]
    table = Table("Lào Cai", tuple(Column(phrase(column)) for column in columns), cells)
    order = SendWorkbook(of.id, "don-vi-lao-cai-v3.xlsx", xlsx_bytes([table]))
    send_workbook(session, head, order, said, files, at)
