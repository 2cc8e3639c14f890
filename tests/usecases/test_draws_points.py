"""The ledger of priority points: only added to, audited, and its sum is what an exhibitor has."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Actor, Grant, Role
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.priority_points import PointFault, PointKind, PointRefusal
from fairapp.store.applications import Application
from fairapp.store.operations import AuditEntry
from fairapp.store.points import ledger_of, points_of
from fairapp.usecases.draws_points import CarryPoints, GivePoints, carry_points, give_points
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def one(session: Session) -> Application:
    """An application to the fair."""
    return make.application(session, make.organisation(session), make.fair(session))


def given(one: Application, kind: PointKind, amount: int, key: str) -> GivePoints:
    return GivePoints(one.id, kind, amount, "  five fairs in a row ", key)


def test_the_sum_of_the_entries_is_what_an_exhibitor_has(session: Session, one: Application) -> None:
    for key, (kind, amount) in enumerate(
        [
            (PointKind.STARTING, 4),
            (PointKind.EARNED, 3),
            (PointKind.OVERRIDE, -2),
            (PointKind.EXPIRED, -5),
            (PointKind.EARNED, 1),
        ]
    ):
        give_points(session, SYSTEM, given(one, kind, amount, f"key-{key}"), NOW)
    of = one.organisation_id
    entries = ledger_of(session, one.fair_id, of)
    assert [entry.amount for entry in entries] == [1, -5, -2, 3, 4]
    assert entries[0].cause == "five fairs in a row"
    assert points_of(session, one.fair_id, [of]) == {of: 1}
    said = session.scalars(select(AuditEntry.what).where(AuditEntry.fair_id == one.fair_id)).all()
    assert sorted(said) == [
        "points.earned",
        "points.earned",
        "points.expired",
        "points.override",
        "points.starting",
    ]


def test_a_second_press_is_the_same_entry(session: Session, one: Application) -> None:
    order = given(one, PointKind.EARNED, 3, "the same")
    first = give_points(session, SYSTEM, order, NOW)
    session.flush()
    assert give_points(session, SYSTEM, order, NOW) is first
    assert points_of(session, one.fair_id, [one.organisation_id]) == {one.organisation_id: 3}


def test_what_is_wrong_is_refused_and_leaves_no_entry(session: Session, one: Application) -> None:
    with pytest.raises(Invalid) as invalid:
        give_points(session, SYSTEM, GivePoints(one.id, PointKind.EARNED, -1, " ", "key"), NOW)
    assert invalid.value.fields == {"amount": PointFault.MUST_ADD, "cause": PointFault.CAUSE_MISSING}
    with pytest.raises(Refused) as refused:
        give_points(session, SYSTEM, given(one, PointKind.EXPIRED, -1, "key"), NOW)
    assert refused.value.reasons == (PointRefusal.BELOW_ZERO,)
    assert ledger_of(session, one.fair_id, one.organisation_id) == []


def test_only_the_office_of_the_fair_gives_points(session: Session, one: Application) -> None:
    order = given(one, PointKind.EARNED, 3, "key")
    own = Actor(None, organisation_ids=frozenset({one.organisation_id}))
    with pytest.raises(NotAllowed):
        give_points(session, own, order, NOW)
    elsewhere = Actor(None, grants=frozenset({Grant(Role.ORGANISER, make.fair(session, "OTHER").id)}))
    with pytest.raises(Missing):
        give_points(session, elsewhere, order, NOW)


def test_earlier_points_are_carried_over_once(session: Session, one: Application) -> None:
    earlier = make.fair(session, "OCOP26")
    before = make.application(session, one.organisation, earlier)
    gone = make.application(session, make.organisation(session), earlier)
    for each, amount in ((before, 7), (gone, 9)):
        give_points(session, SYSTEM, given(each, PointKind.EARNED, amount, "then"), NOW)
    session.flush()

    order = CarryPoints(one.fair_id, earlier.id)
    assert carry_points(session, SYSTEM, order, NOW) == 1
    session.flush()
    assert points_of(session, one.fair_id, [one.organisation_id, gone.organisation_id]) == {
        one.organisation_id: 7
    }
    for again, reason in (
        (order, PointRefusal.NO_POINTS_THERE),
        (CarryPoints(one.fair_id, one.fair_id), PointRefusal.SAME_FAIR),
    ):
        with pytest.raises(Refused) as refused:
            carry_points(session, SYSTEM, again, NOW)
        assert refused.value.reasons == (reason,)
    here = Actor(None, grants=frozenset({Grant(Role.ORGANISER, one.fair_id)}))
    with pytest.raises(Missing):
        carry_points(session, here, order, NOW)
