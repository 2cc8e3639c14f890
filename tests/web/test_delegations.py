"""Delegations as their organiser and their head meet them: made, invited, seen by nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.jobs.delegations import head_invited
from fairapp.jobs.letters import render
from fairapp.jobs.work import Work
from fairapp.rules.actors import Role
from fairapp.rules.delegations import DelegationState, EntryState
from fairapp.store.accounts import Account
from fairapp.store.delegations import Delegation
from fairapp.store.fairs import Fair
from fairapp.store.operations import OutboxMessage
from tests import factories as make
from tests.asking import queries

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]
ALL = "/o/OCOP27/delegations"
NEW = {"name_vi": "Đoàn Lào Cai", "country": "VN", "province": "15", "quota": "8", "language": "en"}


def organiser(rows: Session, fair: Fair, role: Role = Role.ORGANISER) -> Account:
    account = make.account(rows, language="en")
    make.grant(rows, account, role, fair)
    rows.commit()
    return account


def letter(app: Any, rows: Session) -> tuple[str, str]:
    """The address and the text of the last invitation."""
    posted = rows.scalars(select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)).one()
    work = Work(rows, app.config["FAIRAPP"], make.NOW)
    written = head_invited(work, **posted.facts)
    assert len(written) == 1
    return written[0].to, render(written[0], app.config["FAIRAPP"])[1]


def test_an_organiser_makes_a_delegation_and_the_invited_takes_it_on(
    app: Any, rows: Session, browse: Browse, send: Send
) -> None:
    boss = browse(organiser(rows, make.fair(rows)))
    answer = send(
        boss, f"{ALL}/new?lang=en", list_until="2027-02-20T17:00", email="pha@laocai.example", **NEW
    )
    kept = rows.scalars(select(Delegation)).one()
    assert (answer.status_code, answer.location) == (303, f"{ALL}/{kept.id}")
    assert str(kept.list_until) == "2027-02-20 10:00:00+00:00"
    page = boss.get(f"{ALL}/{kept.id}?lang=en").get_data(as_text=True)
    assert "Invited: pha@laocai.example" in page
    assert "Head invited" in page
    to, text = letter(app, rows)
    assert to == "pha@laocai.example"
    assert "up to 8 booths" in text
    link = next(line for line in text.splitlines() if "/d/invitations/" in line).removeprefix(
        "http://localhost"
    )
    assert "Sign in" in browse(None).get(f"{link}?lang=en").get_data(as_text=True)
    pha = make.account(rows, language="en")
    rows.commit()
    head = browse(pha)
    taken = send(head, f"{link}?lang=en")
    assert (taken.status_code, taken.location) == (303, f"/d/{kept.id}")
    assert head.get("/d").location == f"/d/{kept.id}"
    assert "Quota given" in head.get(taken.location).get_data(as_text=True)
    assert browse(None).get(link).status_code == 404
    late = browse(pha)
    assert send(late, "/account?lang=en", link).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_vi": "", "name_en": ""}, "Fill this in."),
        ({"quota": "0"}, "Give between 1 and 500 booths."),
        ({"email": "pha"}, "@"),
        ({"list_until": "2027-03-30T17:00"}, "Applications for the fair close before that."),
    ],
)
def test_what_was_typed_stays_when_something_is_wrong(
    rows: Session, browse: Browse, send: Send, wrong: dict[str, str], said: str
) -> None:
    boss = browse(organiser(rows, make.fair(rows)))
    sent = {**NEW, "name_en": "Lao Cai people", "email": "pha@laocai.example", "quota": "77", **wrong}
    answer = send(boss, f"{ALL}/new?lang=en", **sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert [each for each in ("Lao Cai people", "pha@laocai.example", "77") if each in page][1:]
    assert rows.scalars(select(Delegation)).all() == []


def test_a_head_sees_its_own_delegation_and_nothing_of_others(rows: Session, browse: Browse) -> None:
    fair = make.fair(rows)
    mine, theirs = make.account(rows), make.account(rows)
    own = make.delegation(rows, fair, mine)
    other = make.delegation(rows, fair, theirs, names={"vi": "Đoàn Bí Mật"})
    secret = make.application(rows, make.organisation(rows, "HTX Bí Mật"), fair)
    make.entry(rows, other, secret)
    make.grant(rows, mine, Role.DELEGATION_HEAD, fair)
    rows.commit()
    head = browse(mine)
    page = head.get(f"/d/{own.id}").get_data(as_text=True)
    assert "Đoàn Lào Cai" in page
    assert "Bí Mật" not in page
    assert head.get(f"/d/{other.id}").status_code == 404
    for closed in (ALL, f"{ALL}/{own.id}", f"{ALL}/{other.id}", "/o/OCOP27", "/o/OCOP27/applications"):
        assert head.get(closed).status_code in (403, 404), closed


def test_the_office_of_another_fair_and_other_roles_see_no_delegation(rows: Session, browse: Browse) -> None:
    fair, other = make.fair(rows), make.fair(rows, "OTHER")
    kept = make.delegation(rows, fair, make.account(rows))
    foreign, finance = organiser(rows, other), organiser(rows, fair, Role.FINANCE)
    assert browse(foreign).get(f"{ALL}/{kept.id}").status_code == 404
    assert browse(foreign).get(f"/o/OTHER/delegations/{kept.id}").status_code == 404
    assert browse(finance).get(ALL).status_code == 403
    assert browse(foreign).get(f"/d/{kept.id}").status_code == 404
    both = organiser(rows, fair)
    assert browse(both).get(f"/d/{kept.id}").status_code == 404  # a head's page is the head's


def test_the_list_of_delegations_asks_the_same_for_one_and_for_three(rows: Session, browse: Browse) -> None:
    fair = make.fair(rows)
    boss = browse(organiser(rows, fair))
    make.delegation(rows, fair, make.account(rows))
    rows.commit()
    queries(boss, ALL)
    one = len(queries(boss, ALL))
    for name in ("Đoàn Lai Châu", "Đoàn Kalasin"):
        more = make.delegation(rows, fair, make.account(rows), names={"vi": name})
        make.entry(rows, more, make.application(rows, make.organisation(rows), fair))
    rows.commit()
    assert len(queries(boss, ALL)) == one
    assert "Đoàn Kalasin" in boss.get(ALL).get_data(as_text=True)


def test_details_head_lock_and_end_go_through_the_office(rows: Session, browse: Browse, send: Send) -> None:
    fair = make.fair(rows)
    kept = make.delegation(rows, fair, make.account(rows))
    entry = make.entry(rows, kept, make.application(rows, make.organisation(rows), fair, booths=2))
    boss = browse(organiser(rows, fair))
    one = f"{ALL}/{kept.id}"
    refused = send(boss, f"{one}/details?lang=en", **{**NEW, "quota": "1"})
    assert refused.status_code == 422
    assert "asks for more booths" in refused.get_data(as_text=True)
    assert send(boss, f"{one}/details", **{**NEW, "quota": "12"}).status_code == 303
    assert rows.get_one(Delegation, kept.id).quota_booths == 12
    assert send(boss, one, f"{one}/head", email="moi@laocai.example", language="vi").status_code == 303
    assert rows.get_one(Delegation, kept.id).head_email == "moi@laocai.example"
    assert send(boss, one, f"{one}/head", email="moi").status_code == 422
    entry.state = EntryState.ENDORSED
    rows.commit()
    for act, state in (("lock", DelegationState.LOCKED), ("lock", DelegationState.LOCKED)):
        assert send(boss, one, f"{one}/{act}").status_code == 303
        assert rows.get_one(Delegation, kept.id).state is state
    assert send(boss, one, f"{one}/unlock").status_code == 303
    assert "cannot be undone" in boss.get(f"{one}/close?lang=en").get_data(as_text=True)
    assert send(boss, f"{one}/close").status_code == 303
    assert rows.get_one(Delegation, kept.id).state is DelegationState.CLOSED
    assert send(boss, ALL.replace("delegations", "settings"), f"{one}/unlock").status_code == 409
