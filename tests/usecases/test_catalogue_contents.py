"""An organiser fills the catalogue: what does not fit is refused, and nobody else may."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.catalogue import LONGEST_BODY, ContentFault, InsertKind, InsertPlace, TextKind
from fairapp.rules.errors import Invalid, Missing, Overlong
from fairapp.rules.printed_texts import PrintedFault
from fairapp.store.catalogue import CatalogueInsert, CatalogueText
from fairapp.store.catalogue_contents import exhibitor_called
from fairapp.store.fairs import Fair
from fairapp.store.operations import AuditEntry
from fairapp.usecases.catalogue_contents import AddInsert, KeepText, add_insert, keep_text, remove_insert
from tests import factories as make
from tests.factories import NOW

KEY = "0" * 64 + ".jpg"


@pytest.fixture
def fair(session: Session) -> Fair:
    return make.fair(session)


@pytest.fixture
def organiser(fair: Fair) -> Actor:
    return make.actor(Role.ORGANISER, fair)


def welcome(fair: Fair, **changes: str) -> KeepText:
    said = {"heading": "Lời chào", "body": "Kính chào quý vị.", "signed": "Ban tổ chức"} | changes
    return KeepText(fair.id, TextKind.WELCOME, "vi", **said)


def test_a_text_is_kept_changed_and_removed(session: Session, fair: Fair, organiser: Actor) -> None:
    keep_text(session, organiser, welcome(fair), NOW)
    keep_text(session, organiser, welcome(fair, body="Một.\n\nHai."), NOW)
    session.flush()
    assert [(each.heading, each.body) for each in session.scalars(select(CatalogueText))] == [
        ("Lời chào", "Một.\n\nHai.")
    ]
    keep_text(session, organiser, welcome(fair, heading="", body=" ", signed=""), NOW)
    session.flush()
    assert session.scalars(select(CatalogueText)).all() == []
    told = [each.what for each in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert told == ["catalogue_text.kept", "catalogue_text.kept", "catalogue_text.removed"]


def test_a_text_too_long_is_refused_with_the_number_over(
    session: Session, fair: Fair, organiser: Actor
) -> None:
    with pytest.raises(Overlong) as refused:
        keep_text(session, organiser, welcome(fair, body="ế" * (LONGEST_BODY + 17)), NOW)
    assert refused.value.fields == {"body": PrintedFault.OVER}
    assert refused.value.facts_of("body") == {"over": 17}
    keep_text(session, organiser, welcome(fair, body="ế" * LONGEST_BODY), NOW)


def test_half_a_text_is_refused(session: Session, fair: Fair, organiser: Actor) -> None:
    for field, reason in (("heading", ContentFault.NO_HEADING), ("body", ContentFault.NO_TEXT)):
        with pytest.raises(Invalid) as refused:
            keep_text(session, organiser, welcome(fair, **{field: ""}), NOW)
        assert refused.value.fields == {field: reason}


def test_an_advertisement_needs_its_picture_and_its_words(
    session: Session, fair: Fair, organiser: Actor
) -> None:
    with pytest.raises(Invalid) as refused:
        add_insert(session, organiser, AddInsert(fair.id, InsertKind.FULL, InsertPlace.BACK, "", KEY), NOW)
    assert refused.value.fields == {"said": ContentFault.NOT_SAID}
    made = add_insert(
        session, organiser, AddInsert(fair.id, InsertKind.HALF, InsertPlace.BACK, "Chè", KEY), NOW
    )
    remove_insert(session, organiser, fair.id, made.id, NOW)
    assert session.scalars(select(CatalogueInsert)).all() == []


def test_an_entry_gets_one_page_by_booth_or_name(session: Session, fair: Fair, organiser: Actor) -> None:
    tea = make.exhibitor(session, make.organisation(session, "Chè Tủa Chùa"), fair)
    booth = make.booth(session, make.hall(session, fair), "A-01")
    make.claim(session, booth, tea, fair)
    session.flush()
    assert exhibitor_called(session, fair.id, "a-01") is tea
    assert exhibitor_called(session, fair.id, "Chè Tủa Chùa") is tea
    wanted = AddInsert(fair.id, InsertKind.ENTRY, InsertPlace.FRONT, whose="A-01")
    assert add_insert(session, organiser, wanted, NOW).exhibitor_id == tea.id
    with pytest.raises(Invalid) as refused:
        add_insert(session, organiser, wanted, NOW)
    assert refused.value.fields == {"whose": ContentFault.HAS_ONE}
    with pytest.raises(Invalid) as refused:
        add_insert(
            session, organiser, AddInsert(fair.id, InsertKind.ENTRY, InsertPlace.FRONT, whose="A-99"), NOW
        )
    assert refused.value.fields == {"whose": ContentFault.NOBODY}


def test_another_fair_s_organiser_finds_nothing(session: Session, fair: Fair, organiser: Actor) -> None:
    other = make.fair(session, "TEA27")
    actor = make.actor(Role.ORGANISER, other)
    made = add_insert(
        session, organiser, AddInsert(fair.id, InsertKind.HALF, InsertPlace.BACK, "Chè", KEY), NOW
    )
    for act in (
        lambda: keep_text(session, actor, welcome(fair), NOW),
        lambda: remove_insert(session, actor, fair.id, made.id, NOW),
        lambda: remove_insert(session, actor, other.id, made.id, NOW),
    ):
        with pytest.raises(Missing):
            act()
    assert session.get(CatalogueInsert, made.id) is made
