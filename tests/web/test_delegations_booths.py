"""The block of booths in the browser: given by the office, shared out and taken back by the head."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import LIVE
from fairapp.rules.applications import State
from fairapp.rules.delegations import EntryState
from fairapp.store.accounts import Account
from fairapp.store.allocation import BoothClaim
from fairapp.store.delegations import Delegation, DelegationBooth, DelegationEntry
from fairapp.store.fairs import Booth
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


@pytest.fixture
def delegation(rows: Session) -> Delegation:
    """Two admitted producers, three booths in zone tea and one elsewhere, nothing given yet."""
    fair = make.fair(rows)
    kind = make.booth_kind(rows, fair)
    kept = make.delegation(rows, fair, make.account(rows, language="en"), quota_booths=3)
    hall = make.hall(rows, fair)
    for number in range(4):
        make.booth(rows, hall, f"A-0{number}", zone="tea" if number < 3 else "craft")
    for name in ("HTX Chè", "HTX Quế"):
        organisation = make.organisation(rows, name)
        application = make.application(rows, organisation, fair, state=State.ACCEPTED, booth_kind_id=kind.id)
        make.entry(rows, kept, application, state=EntryState.ENDORSED)
        make.exhibitor(rows, organisation, fair, application_id=application.id)
    rows.commit()
    return kept


def office(rows: Session, browse: Browse, of: Delegation) -> FlaskClient:
    boss = make.account(rows, language="en")
    make.grant(rows, boss, Role.ORGANISER, of.fair)
    rows.commit()
    return browse(boss)


def numbers(rows: Session) -> list[str]:
    return [str(each) for each in rows.scalars(select(Booth.id).order_by(Booth.code))]


def test_the_office_gives_the_head_shares_out_and_takes_back(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    boss, head = office(rows, browse, delegation), browse(delegation.head)
    page, mine = f"/o/OCOP27/delegations/{delegation.id}/booths", f"/d/{delegation.id}/booths"
    assert "has given no booths yet" in head.get(f"{mine}?lang=en").get_data(as_text=True)
    shown = boss.get(f"{page}?zone=tea").get_data(as_text=True)
    assert shown.count('class="pick"') == 3
    booths = numbers(rows)
    over = send(boss, f"{page}?lang=en", f"{page}/give", booth=booths)
    assert over.status_code == 409
    assert "more than the quota of 3" in over.get_data(as_text=True)
    assert send(boss, page, f"{page}/give", booth=booths[:2]).status_code == 303
    shared = head.get(mine).get_data(as_text=True)
    assert shared.count(" selected>A-0") == 2
    entries = rows.scalars(select(DelegationEntry.id).order_by(DelegationEntry.id)).all()
    pairs = [f"{entry}:{booth}" for entry, booth in zip(entries, booths, strict=False)]
    assert send(head, mine, place=[*pairs, ""]).status_code == 303
    live = rows.scalars(select(BoothClaim).where(BoothClaim.state.in_(LIVE))).all()
    assert len(live) == 2
    again = send(head, mine, place=pairs)
    assert again.status_code == 409
    assert "HTX Chè: This producer has all the booths" in again.get_data(as_text=True)
    held = send(boss, page, f"{page}/take", booth=booths[:1])
    assert held.status_code == 409
    assert "Producers stand in A-00" in held.get_data(as_text=True)
    asked = send(head, mine, f"{mine}/{live[0].id}/release").get_data(as_text=True)
    (digest,) = re.findall(r'name="digest" value="(\w+)"', asked)
    assert send(head, mine, f"{mine}/{live[0].id}/release", digest=digest).status_code == 303
    assert send(boss, page, f"{page}/take", booth=booths[:1]).status_code == 303
    assert len(rows.scalars(select(DelegationBooth)).all()) == 1
    assert send(boss, page, f"{page}/give").status_code == 409
    assert send(head, mine, place="x:y").status_code == 409


def test_strangers_neither_give_nor_share_out(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    rival = make.account(rows)
    other = make.delegation(rows, delegation.fair, rival)
    finance = make.account(rows)
    make.grant(rows, finance, Role.FINANCE, delegation.fair)
    rows.commit()
    page, mine = f"/o/OCOP27/delegations/{delegation.id}/booths", f"/d/{delegation.id}/booths"
    for stranger, status in ((browse(finance), 403), (browse(rival), 404)):
        assert stranger.get(page).status_code == status
        assert stranger.get(mine).status_code == 404
    entry, booth = rows.scalars(select(DelegationEntry.id)).first(), numbers(rows)[0]
    rows.add(DelegationBooth(booth_id=int(booth), delegation_id=delegation.id, given_at=make.NOW))
    rows.commit()
    theirs = f"/d/{other.id}"
    assert send(browse(rival), theirs, mine, place=f"{entry}:{booth}").status_code == 404
    assert send(browse(rival), theirs, f"{theirs}/booths", place=f"{entry}:{booth}").status_code == 404
    assert rows.scalars(select(BoothClaim)).all() == []


def test_both_pages_ask_the_same_for_one_and_for_three_booths(
    rows: Session, browse: Browse, send: Send, delegation: Delegation
) -> None:
    boss, head = office(rows, browse, delegation), browse(delegation.head)
    page, mine = f"/o/OCOP27/delegations/{delegation.id}/booths", f"/d/{delegation.id}/booths"
    booths = numbers(rows)
    counts = []
    for chosen in (booths[:1], booths[1:3]):
        assert send(boss, page, f"{page}/give", booth=chosen).status_code == 303
        queries(head, mine)
        counts.append((len(queries(boss, page)), len(queries(head, mine))))
    assert counts[0] == counts[1]
