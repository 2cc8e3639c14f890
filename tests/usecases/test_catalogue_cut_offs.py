"""Until when changes go into a catalogue: set, moved, lifted; and what is asked of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Role
from fairapp.rules.catalogue import CatalogueOrder
from fairapp.rules.catalogue_changes import CutOffRefusal
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.store.catalogue import CatalogueCutOff
from fairapp.store.catalogue_contents import cut_off_of
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry, Job
from fairapp.usecases.catalogue import StartCatalogue, start_catalogue
from fairapp.usecases.catalogue_cut_offs import SetCutOff, keep_frozen, set_cut_off
from tests import factories as make
from tests.factories import NOW

KEY = "0" * 64 + ".gz"


@pytest.fixture
def fair(session: Session) -> Fair:
    fair = make.fair(session)
    make.exhibitor(session, make.organisation(session), fair)
    return fair


def test_a_cut_off_is_set_once_moved_and_lifted_each_with_its_audit(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    for _press in range(2):
        set_cut_off(session, organiser, SetCutOff(fair.id, "vi", NOW), NOW)
    kept = cut_off_of(session, fair.id, "vi")
    assert kept is not None
    assert keep_frozen(session, kept.id, NOW, KEY, NOW)
    moved = set_cut_off(session, organiser, SetCutOff(fair.id, "vi", NOW + timedelta(days=1)), NOW)
    assert moved is not None
    assert (moved.id, moved.frozen_at, moved.frozen_key) == (kept.id, None, "")
    for _press in range(2):
        assert set_cut_off(session, organiser, SetCutOff(fair.id, "vi", None), NOW) is None
    assert session.scalars(select(CatalogueCutOff)).all() == []
    assert [each.what for each in session.scalars(select(AuditEntry).order_by(AuditEntry.id))] == [
        "catalogue.cut_off_set",
        "catalogue.cut_off_set",
        "catalogue.cut_off_lifted",
    ]


def test_each_language_has_a_cut_off_of_its_own(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    set_cut_off(session, organiser, SetCutOff(fair.id, "vi", NOW), NOW)
    set_cut_off(session, organiser, SetCutOff(fair.id, "en", NOW + timedelta(days=2)), NOW)
    set_cut_off(session, organiser, SetCutOff(fair.id, "en", None), NOW)
    assert [each.language for each in session.scalars(select(CatalogueCutOff))] == ["vi"]


def test_what_was_held_is_kept_once_and_only_for_the_moment_it_is_of(session: Session, fair: Fair) -> None:
    kept = make.kept(session, CatalogueCutOff(fair_id=fair.id, language="vi", at=NOW))
    later = NOW + timedelta(minutes=1)
    assert not keep_frozen(session, kept.id, later, KEY, later)
    assert not keep_frozen(session, kept.id + 1, NOW, KEY, later)
    assert keep_frozen(session, kept.id, NOW, KEY, later)
    assert not keep_frozen(session, kept.id, NOW, "1" * 64 + ".gz", later)
    assert (kept.frozen_at, kept.frozen_key) == (later, KEY)


def test_a_cut_off_after_the_fair_is_refused(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    with pytest.raises(Invalid) as refused:
        set_cut_off(session, organiser, SetCutOff(fair.id, "vi", NOW + timedelta(days=9_000)), NOW)
    assert refused.value.fields == {"at": CutOffRefusal.AFTER_FAIR}
    assert session.scalars(select(CatalogueCutOff)).all() == []


def test_only_who_prints_a_fairs_catalogue_closes_it(session: Session, fair: Fair) -> None:
    elsewhere = make.fair(session, "OTHER")
    order = SetCutOff(fair.id, "vi", NOW)
    with pytest.raises(Missing):
        set_cut_off(session, make.actor(Role.ORGANISER, elsewhere), order, NOW)
    with pytest.raises(NotAllowed):
        set_cut_off(session, make.actor(Role.REVIEWER, fair), order, NOW)
    assert session.scalars(select(CatalogueCutOff)).all() == []


def test_an_addendum_is_promised_once_the_cut_off_has_passed(session: Session, fair: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    order = StartCatalogue(fair.id, "vi", CatalogueOrder.HALL, "vi", addendum=True)
    with pytest.raises(Refused) as none:
        start_catalogue(session, organiser, order, NOW)
    set_cut_off(session, organiser, SetCutOff(fair.id, "vi", NOW + timedelta(hours=1)), NOW)
    with pytest.raises(Refused) as early:
        start_catalogue(session, organiser, order, NOW)
    assert (*none.value.reasons, *early.value.reasons) == (CutOffRefusal.NO_CUT_OFF, CutOffRefusal.NOT_YET)
    job = start_catalogue(session, organiser, order, NOW + timedelta(hours=1))
    assert job.facts["addendum"] is True
    assert len(session.scalars(select(Job)).all()) == 1
