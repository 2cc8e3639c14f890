"""What is spoken at a stand: said by its own people or the organiser, within what a sign has room for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.badges import BadgeRefusal
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.tongues import MOST_SPOKEN, TONGUES
from fairapp.store.allocation import Exhibitor
from fairapp.store.operations import AuditEntry
from fairapp.usecases.badges_languages import SayLanguages, say_languages
from tests import factories as make

NOW = datetime(2027, 4, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def stand(session: Session) -> Exhibitor:
    return make.exhibitor(session, make.organisation(session), make.fair(session))


def member(stand: Exhibitor) -> Actor:
    return Actor(None, organisation_ids=frozenset({stand.organisation_id}))


def test_languages_are_kept_in_one_order_and_written_down_once(session: Session, stand: Exhibitor) -> None:
    for _press in range(2):
        say_languages(session, member(stand), SayLanguages(stand.id, ("lo", "xx", "vi", "lo")), NOW)
    assert stand.spoken == ["vi", "lo"]
    written = session.scalars(select(AuditEntry).where(AuditEntry.what == "badge.languages_said")).all()
    assert [each.facts for each in written] == [{"exhibitor": stand.id}]
    organiser = make.actor(Role.ORGANISER, stand.fair)
    assert say_languages(session, organiser, SayLanguages(stand.id, ()), NOW).spoken == []


def test_more_than_a_sign_has_room_for_is_refused_by_name(session: Session, stand: Exhibitor) -> None:
    many = tuple(TONGUES)[: MOST_SPOKEN + 1]
    with pytest.raises(Refused) as refused:
        say_languages(session, member(stand), SayLanguages(stand.id, many), NOW)
    assert refused.value.reasons == (BadgeRefusal.TOO_MANY_LANGUAGES,)
    stand.left_at = NOW
    session.flush()
    with pytest.raises(Refused) as refused:
        say_languages(session, member(stand), SayLanguages(stand.id, ("vi",)), NOW)
    assert refused.value.reasons == (BadgeRefusal.EXHIBITOR_LEFT,)
    assert stand.spoken == []


def test_whose_stand_it_is_not_finds_none(session: Session, stand: Exhibitor) -> None:
    other = make.exhibitor(session, make.organisation(session), make.fair(session, "OTHER"))
    for actor in (
        member(other),
        make.actor(Role.ORGANISER, other.fair),
        make.actor(Role.STEWARD, stand.fair),
    ):
        with pytest.raises(Missing):
            say_languages(session, actor, SayLanguages(stand.id, ("en",)), NOW)
    assert stand.spoken == []
