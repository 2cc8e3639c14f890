"""Having a fair's documents made."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.catalogue import CatalogueOrder, PrintRefusal
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.jobs import JobState
from fairapp.rules.signs import SignKind, SignRefusal
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, Job, OutboxMessage
from fairapp.usecases.catalogue import (
    KeepBoard,
    StartCatalogue,
    StartSigns,
    keep_board,
    start_catalogue,
    start_signs,
)
from tests import factories as make
from tests.factories import NOW


@pytest.fixture
def fair(session: Session) -> Fair:
    """A fair with one exhibitor and one booth."""
    fair = make.fair(session)
    make.exhibitor(session, make.organisation(session), fair)
    make.booth(session, make.hall(session, fair))
    return fair


def wanted(fair: Fair, language: str = "vi") -> StartCatalogue:
    return StartCatalogue(fair.id, language, CatalogueOrder.GROUP, "en")


def test_a_catalogue_is_promised_with_all_it_needs_and_audited_once(session: Session, fair: Fair) -> None:
    job = start_catalogue(session, make.actor(Role.ORGANISER, fair), wanted(fair), NOW)
    session.flush()
    assert (job.name, job.state, job.fair_id) == ("catalogue", JobState.WAITING, fair.id)
    assert job.facts == {
        "fair": fair.id,
        "language": "vi",
        "order": "group",
        "paper": "a5",
        "stories": "one_language",
        "reader": "en",
    }
    assert [(each.name, each.facts) for each in session.scalars(select(OutboxMessage))] == [
        ("job.catalogue", {"job_id": job.id})
    ]
    assert [each.what for each in session.scalars(select(AuditEntry))] == ["catalogue.started"]


def test_a_second_press_gives_the_work_that_is_under_way(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    first = start_catalogue(session, organiser, wanted(fair), NOW)
    again = start_catalogue(session, organiser, wanted(fair), NOW + timedelta(seconds=2))
    other = start_catalogue(session, organiser, wanted(fair, "en"), NOW)
    assert (again.id, other.id != first.id) == (first.id, True)
    first.state = JobState.DONE
    assert start_catalogue(session, organiser, wanted(fair), NOW).id != first.id
    assert len(session.scalars(select(AuditEntry)).all()) == 3


def test_work_that_hangs_does_not_keep_anybody_from_asking_again(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    first = start_catalogue(session, organiser, wanted(fair), NOW)
    later = start_catalogue(session, organiser, wanted(fair), NOW + timedelta(minutes=11))
    assert later.id != first.id


def test_nothing_is_printed_of_an_empty_fair(session: Session) -> None:
    empty = make.fair(session, "EMPTY")
    organiser = make.actor(Role.ORGANISER, empty)
    with pytest.raises(Refused) as nobody:
        start_catalogue(session, organiser, wanted(empty), NOW)
    with pytest.raises(Refused) as nothing:
        start_signs(session, organiser, StartSigns(empty.id, "vi", "vi"), NOW)
    reasons = (*nobody.value.reasons, *nothing.value.reasons)
    assert reasons == (PrintRefusal.NO_EXHIBITORS, PrintRefusal.NO_BOOTHS)
    assert session.scalars(select(Job)).all() == []


def test_only_who_prints_a_fairs_documents_may_start_them(session: Session, fair: Fair) -> None:
    elsewhere = make.fair(session, "OTHER")
    with pytest.raises(Missing):
        start_signs(session, make.actor(Role.ORGANISER, elsewhere), StartSigns(fair.id, "vi", "vi"), NOW)
    with pytest.raises(NotAllowed):
        start_signs(session, make.actor(Role.REVIEWER, fair), StartSigns(fair.id, "vi", "vi"), NOW)
    assert session.scalars(select(Job)).all() == []


def test_signs_are_asked_for_within_bounds_and_for_this_fairs_booths(session: Session, fair: Fair) -> None:
    organiser, elsewhere = make.actor(Role.ORGANISER, fair), make.fair(session, "OTHER")
    theirs = make.booth(session, make.hall(session, elsewhere), "Z-001")
    gone = make.booth(session, make.hall(session, fair, "B"), "B-001", retired_at=NOW)
    wrong = [{"scale": 0}, {"scale": 51}, {"here": theirs.code}, {"here": gone.code}]
    for said in wrong:
        with pytest.raises(Invalid) as refused:
            start_signs(session, organiser, StartSigns(fair.id, "vi", "vi", SignKind.DIRECTORY, **said), NOW)
        [(field, reason)] = refused.value.fields.items()
        assert field in said
        assert reason is (SignRefusal.SCALE if field == "scale" else SignRefusal.NO_SUCH_BOOTH)
    assert session.scalars(select(Job)).all() == []


def test_the_size_of_boards_is_kept_once_beside_the_other_settings(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    fair.settings = {"plan": {"aisle": 3}}
    for _press in range(2):
        keep_board(session, organiser, KeepBoard(fair.id, 3000, 300), NOW)
    with pytest.raises(Invalid):
        keep_board(session, organiser, KeepBoard(fair.id, 300, 3000), NOW)
    assert fair.settings == {"plan": {"aisle": 3}, "fascia_mm": [3000, 300]}
    entries = [(each.what, each.facts) for each in session.scalars(select(AuditEntry))]
    assert entries == [("signs.board_kept", {"wide_mm": 3000, "high_mm": 300})]


def test_only_who_prints_a_fairs_signs_sets_the_size_of_its_boards(session: Session, fair: Fair) -> None:
    elsewhere = make.fair(session, "OTHER")
    with pytest.raises(Missing):
        keep_board(session, make.actor(Role.ORGANISER, elsewhere), KeepBoard(fair.id, 2000, 200), NOW)
    with pytest.raises(NotAllowed):
        keep_board(session, make.actor(Role.REVIEWER, fair), KeepBoard(fair.id, 2000, 200), NOW)
    assert "fascia_mm" not in fair.settings
