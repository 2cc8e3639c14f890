"""Wishes about the place: kept whole or not at all, by their applicant alone, and read by a plan."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor
from fairapp.rules.applications import State
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.wishes import TAKEN_FROM, Beside, Wished, WishFault, WishKind, WishRefusal
from fairapp.store.applications import Application
from fairapp.store.wishes import neighbours_of, neighbours_of_fair, preferences_of, preferences_of_fair
from fairapp.usecases.draws_wishes import KeepWishes, keep_wishes
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def wisher(session: Session) -> Application:
    """An accepted application; its fair has two halls, of which both have a booth 015."""
    fair = make.fair(session)
    own = make.organisation(session, "HTX Chè Suối Giàng")
    application = make.application(session, own, fair, state=State.ACCEPTED)
    make.exhibitor(session, own, fair, application_id=application.id)
    north = make.hall(session, fair, "A", names={"vi": "Nhà A", "en": "Hall A"})
    south = make.hall(session, fair, "B")
    make.booth(session, north, "015", zone="food")
    make.booth(session, south, "015")
    make.booth(session, south, "B-7")
    return application


def acting(application: Application) -> Actor:
    return Actor(None, organisation_ids=frozenset({application.organisation_id}))


def test_wishes_are_kept_in_their_order_and_replaced_as_a_whole(
    session: Session, wisher: Application
) -> None:
    wished = (
        Wished(WishKind.BOOTH, " b-7 "),
        Wished(WishKind.HALL, "nhà a"),
        Wished(WishKind.BOOTH, ""),
        Wished(WishKind.ZONE, "Thực phẩm"),
    )
    keep_wishes(session, acting(wisher), KeepWishes(wisher.id, wished, ("HTX Mật ong",)), NOW)
    first = KeepWishes(wisher.id, wished[1:], (), ("HTX Mật ong",))
    keep_wishes(session, acting(wisher), first, NOW)

    kept = preferences_of(session, [wisher.id])[wisher.id]
    assert [(row.rank, row.kind, row.zone) for row in kept] == [
        (1, WishKind.HALL, None),
        (2, WishKind.ZONE, "food"),
    ]
    assert kept[0].hall is not None
    assert kept[0].hall.code == "A"
    assert [(row.kind, row.name) for row in neighbours_of(session, [wisher.id])[wisher.id]] == [
        (Beside.APART, "HTX Mật ong")
    ]
    assert [row.rank for row in preferences_of_fair(session, wisher.fair_id)] == [1, 2]


def test_a_booth_that_two_halls_have_is_named_with_its_hall(session: Session, wisher: Application) -> None:
    order = KeepWishes(wisher.id, (Wished(WishKind.BOOTH, "015"),))
    with pytest.raises(Invalid) as refused:
        keep_wishes(session, acting(wisher), order, NOW)
    assert refused.value.fields == {"what_1": WishFault.SEVERAL_BOOTHS}

    keep_wishes(session, acting(wisher), KeepWishes(wisher.id, (Wished(WishKind.BOOTH, "b 015"),)), NOW)
    (kept,) = preferences_of(session, [wisher.id])[wisher.id]
    assert kept.booth is not None
    assert kept.booth.hall.code == "B"


def test_every_wrong_wish_is_named_at_once_and_none_is_kept(session: Session, wisher: Application) -> None:
    order = KeepWishes(
        wisher.id,
        (
            Wished(WishKind.BOOTH, "Z-1"),
            Wished(WishKind.HALL, "Nhà Z"),
            Wished(WishKind.ZONE, "không có"),
            Wished(WishKind.HALL, "A"),
            Wished(WishKind.HALL, "Hall A"),
        ),
        ("HTX CHÈ SUỐI GIÀNG", "HTX Mật ong"),
        ("htx mật ong", "x" * 201, "HTX MẬT ONG"),
    )
    with pytest.raises(Invalid) as refused:
        keep_wishes(session, acting(wisher), order, NOW)

    assert refused.value.fields == {
        "what_1": WishFault.NO_SUCH_BOOTH,
        "what_2": WishFault.NO_SUCH_HALL,
        "what_3": WishFault.NO_SUCH_ZONE,
        "what_5": WishFault.TWICE,
        "near_1": WishFault.ITSELF,
        "apart_1": WishFault.NEAR_AND_APART,
        "apart_2": WishFault.TOO_LONG,
        "apart_3": WishFault.NEAR_AND_APART,
    }
    assert preferences_of(session, [wisher.id]) == {}


@pytest.mark.parametrize("state", list(State))
def test_wishes_are_taken_while_the_application_lives(
    session: Session, wisher: Application, state: State
) -> None:
    wisher.state = state
    order = KeepWishes(wisher.id, (Wished(WishKind.BOOTH, "B-7"),))
    if state in TAKEN_FROM:
        keep_wishes(session, acting(wisher), order, NOW)
        assert len(preferences_of(session, [wisher.id])[wisher.id]) == 1
    else:
        with pytest.raises(Refused) as refused:
            keep_wishes(session, acting(wisher), order, NOW)
        assert refused.value.reasons == (WishRefusal.TOO_LATE,)


def test_nobody_else_writes_them(session: Session, wisher: Application) -> None:
    stranger = Actor(None, organisation_ids=frozenset({make.organisation(session).id}))
    with pytest.raises(Missing):
        keep_wishes(session, stranger, KeepWishes(wisher.id), NOW)


def test_a_plan_learns_which_exhibitor_a_name_means(session: Session, wisher: Application) -> None:
    order = KeepWishes(wisher.id, (), ("htx mật ong hoà bình",), ("Nobody of this fair",))
    keep_wishes(session, acting(wisher), order, NOW)
    honey = make.exhibitor(session, make.organisation(session, "HTX Mật ong Hòa Bình"), wisher.fair)
    make.exhibitor(session, make.organisation(session, "Nobody of this fair"), make.fair(session, "OTHER"))

    found = neighbours_of_fair(session, wisher.fair_id)
    assert {(row.kind, row.exhibitor_id) for row in found} == {
        (Beside.NEAR, honey.id),
        (Beside.APART, None),
    }
