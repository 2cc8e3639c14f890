"""Badges in the exhibitors' own names: for everybody with a place and without a badge, in a few questions."""

from __future__ import annotations

from random import Random

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.badges import BadgeState
from fairapp.store.allocation import CoExhibitor, Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.fairs import Fair
from fairapp.usecases.badges_companies import name_companies
from tests import factories as make
from tests.asking import statements
from tests.factories import NOW


def _exhibitors(session: Session, fair: Fair, count: int) -> list[int]:
    hall = make.hall(session, fair, f"H{count}")
    found = []
    for _ in range(count):
        stand = make.exhibitor(session, make.organisation(session), fair)
        make.claim(session, make.booth(session, hall), stand, fair)
        found.append(stand.id)
    return found


def _named(session: Session, fair: Fair, seed: int = 1) -> int:
    organiser = make.actor(Role.ORGANISER, fair)
    return name_companies(session, organiser, fair.id, NOW, Random(seed).randrange)


def test_holders_and_who_shares_get_one_and_nobody_gets_two(session: Session) -> None:
    fair = make.fair(session)
    (holder,) = _exhibitors(session, fair, 1)
    first = session.get_one(Exhibitor, holder)
    shares = make.exhibitor(session, make.organisation(session), fair)
    host = make.exhibitor(session, make.organisation(session), fair)
    claim = make.claim(session, make.booth(session, make.hall(session, fair)), host, fair)
    session.add(CoExhibitor(claim_id=claim.id, exhibitor_id=shares.id, added_at=NOW))
    make.badge(session, host)
    make.exhibitor(session, make.organisation(session), fair)  # without a place
    ended = make.claim(session, make.booth(session, claim.booth.hall), host, fair, state=ClaimState.RELEASED)
    guest = make.exhibitor(session, make.organisation(session), fair)
    session.add(CoExhibitor(claim_id=ended.id, exhibitor_id=guest.id, added_at=NOW))
    left = make.exhibitor(session, make.organisation(session), fair, left_at=NOW)
    make.claim(session, make.booth(session, claim.booth.hall), left, fair)
    assert (_named(session, fair), _named(session, fair)) == (2, 0)
    badges = session.scalars(select(Badge).where(Badge.state == BadgeState.APPROVED).order_by(Badge.id)).all()
    assert [badge.exhibitor_id for badge in badges] == [holder, shares.id]
    assert [badge.name for badge in badges] == [each.organisation.name for each in (first, shares)]


def test_as_many_questions_for_three_exhibitors_as_for_thirty(session: Session, engine: Engine) -> None:
    fair = make.fair(session)
    asked = []
    for count in (3, 30):
        _exhibitors(session, fair, count)
        session.flush()
        session.expire_all()
        assert fair.id
        with statements(engine) as sent:
            assert _named(session, fair, count) == count
        asked.append(len(sent))
    assert asked[0] == asked[1]
