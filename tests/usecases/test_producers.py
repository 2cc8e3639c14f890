"""What members do with a profile, on each kind of database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email
from fairapp.rules.actors import Actor
from fairapp.rules.errors import Clash, Invalid, Missing, Overlong, Refused
from fairapp.rules.identifiers import IdentifierReason, PhoneReason
from fairapp.rules.printed_texts import STORY_ROOM, PrintedFault
from fairapp.rules.producers import MOST_PHOTOS, OrganisationKind, Paper, ProducerReason, invitation_token
from fairapp.rules.reasons import Lost, Shape
from fairapp.store.accounts import Account
from fairapp.store.operations import AuditEntry
from fairapp.store.producers import Certificate, Invitation, Membership, Organisation, Photo
from fairapp.usecases.producers import (
    Contact,
    EditOrganisation,
    Identity,
    Place,
    Story,
    create_organisation,
    edit_organisation,
)
from fairapp.usecases.producers_members import (
    InviteMember,
    accept_invitation,
    invite_member,
    remove_member,
    withdraw_invitation,
)
from fairapp.usecases.producers_photos import AddPhoto, TakenPicture, add_photo
from fairapp.usecases.producers_products import KeepProduct, keep_product
from tests import factories as make

NOW = datetime(2027, 1, 12, 8, tzinfo=UTC)
TEA = Identity(OrganisationKind.COOPERATIVE, "HTX Chè Tân Cương", tax_number="0100109106")


def signed_in(session: Session, *of: Organisation) -> tuple[Account, Actor]:
    account = make.account(session)
    return account, make.actor(acting_for=of, account_id=account.id)


def edited(session: Session, actor: Actor, kept: Organisation, part: object) -> Organisation:
    order = EditOrganisation(kept.id, kept.version, part)  # type: ignore[arg-type]
    return edit_organisation(session, actor, order, NOW)


def test_a_profile_is_found_without_accents_and_sorts_by_the_vietnamese_alphabet(session: Session) -> None:
    account, actor = signed_in(session)
    tea = create_organisation(session, actor, TEA, NOW)
    first = create_organisation(session, actor, replace(TEA, name="HTX Cà phê", tax_number=None), NOW)
    assert tea.folded == "htx che tan cuong viet nam vietnam"
    assert first.name_key < tea.name_key
    assert session.scalars(select(Membership.account_id)).all() == [account.id, account.id]


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        (replace(TEA, name="  "), "name", Shape.REQUIRED),
        (replace(TEA, name="n" * 201), "name", PrintedFault.OVER),
        (replace(TEA, country="XX"), "country", ProducerReason.UNKNOWN_COUNTRY),
        (replace(TEA, tax_number="0100109107"), "tax_number", IdentifierReason.WRONG_CHECK_DIGIT),
    ],
)
def test_a_wrong_identity_is_refused_by_its_field(
    session: Session, wrong: Identity, field: str, reason: object
) -> None:
    _, actor = signed_in(session)
    with pytest.raises(Invalid) as refused:
        create_organisation(session, actor, wrong, NOW)
    assert refused.value.fields == {field: reason}
    assert session.scalar(select(func.count()).select_from(AuditEntry)) == 0


def test_a_household_moves_abroad_and_leaves_its_number_and_commune(session: Session) -> None:
    kept = make.organisation(
        session, personal_number="001085012345", province_code="19", commune_code="05443"
    )
    _, actor = signed_in(session, kept)
    edited(session, actor, kept, replace(TEA, country="TH", tax_number=None))
    assert (kept.personal_number, kept.province_code, kept.commune_code) == (None, None, None)


def test_a_commune_belongs_to_its_province(session: Session) -> None:
    kept = make.organisation(session)
    _, actor = signed_in(session, kept)
    commune = places.communes("19")[0]
    with pytest.raises(Invalid) as refused:
        edited(session, actor, kept, Place("01", commune.code))
    assert refused.value.fields == {"commune": ProducerReason.UNKNOWN_COMMUNE}
    edited(session, actor, kept, Place("19", commune.code))
    assert (kept.province_code, kept.commune_code, kept.version) == ("19", commune.code, 2)


def test_every_wrong_contact_is_named_at_once(session: Session) -> None:
    kept = make.organisation(session)
    _, actor = signed_in(session, kept)
    with pytest.raises(Invalid) as refused:
        edited(session, actor, kept, Contact("abc", "", "javascript:alert(1)"))
    assert refused.value.fields == {
        "phone": PhoneReason.NOT_A_NUMBER,
        "website": ProducerReason.WRONG_WEBSITE,
    }


def test_a_paper_issued_today_is_issued_today_wherever_its_maker_lives(session: Session) -> None:
    kept = make.organisation(session)
    _, actor = signed_in(session, kept)
    make.fair(session)
    before_dawn = datetime(2027, 3, 1, 20, tzinfo=UTC)  # 3 o'clock on 2 March in Ha Noi
    paper = Paper("UBND tỉnh", "7/QĐ-UBND", date(2027, 3, 2), None)
    order = KeepProduct(kept.id, {"vi": "Chè"}, {}, "ocop2021", "drink", paper=paper)
    keep_product(session, actor, order, before_dawn)
    assert session.scalars(select(Certificate.issued_on)).all() == [date(2027, 3, 2)]
    with pytest.raises(Invalid):
        keep_product(
            session, actor, replace(order, paper=replace(paper, issued_on=date(2027, 3, 3))), before_dawn
        )


def test_a_story_that_does_not_fit_in_print_is_refused_with_the_characters_over(session: Session) -> None:
    kept = make.organisation(session, story={"vi": "cũ"})
    _, actor = signed_in(session, kept)
    fits = "x" * STORY_ROOM
    with pytest.raises(Overlong) as refused:
        edited(session, actor, kept, Story({"vi": fits + "yyy", "en": "茶" * STORY_ROOM}))
    assert refused.value.over == {"story_vi": 3, "story_en": STORY_ROOM // 2}
    assert kept.story == {"vi": "cũ"}
    edited(session, actor, kept, Story({"vi": fits, "en": "茶" * (STORY_ROOM // 2)}))
    assert kept.story["vi"] == fits


def test_a_story_in_another_language_stays(session: Session) -> None:
    kept = make.organisation(session, story={"vi": "cũ", "native": "ชา"})
    _, actor = signed_in(session, kept)
    edited(session, actor, kept, Story({"vi": "mới", "en": ""}))
    assert kept.story == {"native": "ชา", "vi": "mới"}


def test_an_older_version_is_never_written_over_a_newer(session: Session) -> None:
    kept = make.organisation(session)
    _, actor = signed_in(session, kept)
    edited(session, actor, kept, Story({"vi": "một"}))
    with pytest.raises(Clash) as lost:
        edit_organisation(session, actor, EditOrganisation(kept.id, 1, Story({"vi": "hai"})), NOW)
    assert lost.value.reason is Lost.CHANGED_MEANWHILE
    assert kept.story["vi"] == "một"
    assert session.scalars(select(AuditEntry.what)).all() == ["organisation.edited"]


def test_a_stranger_changes_nothing(session: Session) -> None:
    kept = make.organisation(session)
    _, stranger = signed_in(session)
    with pytest.raises(Missing):
        edited(session, stranger, kept, Story({"vi": "x"}))


def test_the_ninth_photo_is_refused_but_a_logo_is_not(session: Session) -> None:
    kept = make.organisation(session)
    _, actor = signed_in(session, kept)
    picture = TakenPicture("a" * 64 + ".jpg", "b" * 64 + ".jpg", 4, 3)
    for _ in range(MOST_PHOTOS):
        add_photo(session, actor, AddPhoto(kept.id, picture), NOW)
    with pytest.raises(Refused) as refused:
        add_photo(session, actor, AddPhoto(kept.id, picture), NOW)
    assert refused.value.reasons == (ProducerReason.TOO_MANY_PHOTOS,)
    logo = add_photo(session, actor, AddPhoto(kept.id, picture, is_logo=True), NOW)
    assert kept.logo_id == logo.id
    assert session.scalar(select(func.count()).select_from(Photo)) == MOST_PHOTOS + 1


def invited(session: Session, actor: Actor, kept: Organisation, nonce: str = "n") -> Invitation:
    address = Email("ban@example.org", "ban@example.org", "ban@example.org")
    return invite_member(session, actor, InviteMember(kept.id, address, "vi", nonce, "secret"), NOW)


def test_an_invitation_ends_after_fourteen_days_or_when_taken_back(session: Session) -> None:
    kept = make.organisation(session)
    owner, actor = signed_in(session, kept)
    make.member(session, owner, kept)
    _, guest = signed_in(session)
    token = invitation_token("secret", "n")
    waiting = invited(session, actor, kept)
    with pytest.raises(Refused):
        accept_invitation(session, guest, token, NOW + timedelta(days=14))
    withdraw_invitation(session, actor, kept.id, waiting.id, NOW)
    with pytest.raises(Refused):
        accept_invitation(session, guest, token, NOW)
    assert session.scalars(select(Membership.account_id)).all() == [owner.id]


def test_the_last_member_cannot_leave(session: Session) -> None:
    kept = make.organisation(session)
    owner, actor = signed_in(session, kept)
    make.member(session, owner, kept)
    other, guest = signed_in(session)
    invited(session, actor, kept)
    accept_invitation(session, guest, invitation_token("secret", "n"), NOW)
    remove_member(session, actor, kept.id, owner.id, NOW)
    with pytest.raises(Refused) as refused:
        remove_member(session, replace(guest, organisation_ids=frozenset({kept.id})), kept.id, other.id, NOW)
    assert refused.value.reasons == (ProducerReason.LAST_MEMBER,)
    assert session.scalars(select(Membership.account_id)).all() == [other.id]
