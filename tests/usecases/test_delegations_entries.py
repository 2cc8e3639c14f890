"""A head's list: entered within the quota, told anew, invited, endorsed, returned and removed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters import places
from fairapp.adapters.emails import Email
from fairapp.rules.actors import Actor, Role
from fairapp.rules.applications import State, Step, StepRefusal
from fairapp.rules.delegations import DelegationReason, DelegationState, EntryState
from fairapp.rules.errors import Invalid, Missing, Refused
from fairapp.rules.identifiers import IdentifierReason
from fairapp.rules.producers import ProducerReason
from fairapp.rules.stars import Offered
from fairapp.store.applications import Application
from fairapp.store.delegations import Delegation, DelegationEntry
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.store.producers import Invitation, Membership, Organisation, Product
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.delegations_endorsing import Endorse, endorse_producers
from fairapp.usecases.delegations_entries import (
    change_producer,
    enter_producer,
    invite_producer,
    remove_producer,
    restore_producer,
    return_producer,
)
from fairapp.usecases.delegations_telling import Told, told_of
from fairapp.usecases.producers_members import InviteMember
from tests import factories as make

NOW = make.NOW
COMMUNE = places.communes("15")[0]
R = DelegationReason


def laid_out(session: Session, **values: object) -> tuple[Delegation, Actor, Told]:
    """An open delegation, its head, and a producer that tells everything."""
    fair, account = make.fair(session), make.account(session)
    kind = make.booth_kind(session, fair)
    told = Told(
        "HTX Chè Suối Nậm Lành",
        tax_number="0100109106",
        commune_code=COMMUNE.code,
        phone="0912 345 678",
        email="che@namlanh.example",
        products=(Offered("Chè Shan tuyết", 4), Offered("Trà xanh", None)),
        group_code="drink",
        booth_kind_id=kind.id,
        booths=2,
    )
    return make.delegation(session, fair, account, **values), make.actor(account_id=account.id), told


def refused(session: Session, act: object, *args: object) -> tuple[object, ...]:
    with pytest.raises(Refused) as refusal:
        act(session, *args)  # type: ignore[operator]
    return refusal.value.reasons


def test_a_producer_enters_with_profile_products_and_application_and_nobody_acts_for_it_yet(
    session: Session,
) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    kept, application = entry.organisation, entry.application
    assert (kept.name, kept.tax_code, kept.commune_code) == (told.name, "0100109106", COMMUNE.code)
    assert (kept.phone, kept.email) == ("+84912345678", "che@namlanh.example")
    assert (application.delegation_id, application.state, application.booths) == (
        delegation.id,
        State.DRAFT,
        2,
    )
    assert application.area_m2 == 18.0
    products = session.scalars(select(Product).order_by(Product.position)).all()
    assert [(each.names, each.stars) for each in products] == [
        ({"vi": "Chè Shan tuyết"}, 4),
        ({"vi": "Trà xanh"}, None),
    ]
    assert session.scalars(select(Membership)).all() == []
    assert told_of(entry, list(products)) == replace(told, province_code="15", phone="+84912345678")
    by = session.execute(select(AuditEntry.what, AuditEntry.account_id)).all()
    assert ("entry.entered", head.account_id) in by
    assert {account for _what, account in by} == {head.account_id}


def test_a_producer_abroad_has_neither_commune_nor_vietnamese_number(session: Session) -> None:
    delegation, head, told = laid_out(session, country="TH", province_code=None)
    thai = replace(
        told,
        name="ปลาส้มแม่แดง",
        tax_number="",
        commune_code="",
        place="Mueang Kalasin, Kalasin",
        phone="",
        products=(Offered("ปลาส้ม", 5),),
    )
    entry = enter_producer(session, head, delegation.id, thai, NOW)
    kept = entry.organisation
    assert (kept.country, kept.name_language, kept.tax_code) == ("TH", "th", None)
    assert (kept.place, kept.commune_code) == ("Mueang Kalasin, Kalasin", None)
    assert session.scalars(select(Product)).one().names == {"native": "ปลาส้ม"}


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"tax_number": "0100109107"}, "tax_number", IdentifierReason.WRONG_CHECK_DIGIT),
        ({"commune_code": "99999"}, "commune", ProducerReason.UNKNOWN_COMMUNE),
        ({"booths": 0}, "booths", R.WRONG_BOOTHS),
        ({"booths": 51}, "booths", R.WRONG_BOOTHS),
        ({"group_code": "gold"}, "group", ProducerReason.UNKNOWN_GROUP),
        ({"group_code": ""}, "group", ProducerReason.UNKNOWN_GROUP),
    ],
)
def test_what_cannot_be_kept_is_named_by_its_field(
    session: Session, wrong: dict[str, object], field: str, reason: object
) -> None:
    delegation, head, told = laid_out(session)
    with pytest.raises(Invalid) as invalid:
        enter_producer(session, head, delegation.id, replace(told, **wrong), NOW)  # type: ignore[arg-type]
    assert invalid.value.fields == {field: reason}


def test_a_kind_of_booth_of_another_fair_is_none(session: Session) -> None:
    delegation, head, told = laid_out(session)
    foreign = make.booth_kind(session, make.fair(session, "OTHER"))
    with pytest.raises(Invalid) as invalid:
        enter_producer(session, head, delegation.id, replace(told, booth_kind_id=foreign.id), NOW)
    assert set(invalid.value.fields) == {"booth_kind"}


def test_the_quota_holds_when_entering_changing_and_putting_back(session: Session) -> None:
    delegation, head, told = laid_out(session, quota_booths=3)
    first = enter_producer(session, head, delegation.id, told, NOW)
    other = replace(told, name="HTX Quế", tax_number="", booths=2)
    with pytest.raises(Refused) as full:
        enter_producer(session, head, delegation.id, other, NOW)
    assert (full.value.reasons, dict(full.value.facts)) == ((R.QUOTA_FULL,), {"quota": 3, "asked": 4})
    second = enter_producer(session, head, delegation.id, replace(other, booths=1), NOW)
    more = replace(told, booths=3)
    assert refused(session, change_producer, head, delegation.id, first.id, more, NOW) == (R.QUOTA_FULL,)
    remove_producer(session, head, delegation.id, second.id, NOW)
    change_producer(session, head, delegation.id, first.id, more, NOW)
    assert refused(session, restore_producer, head, delegation.id, second.id, NOW) == (R.QUOTA_FULL,)


def test_the_same_number_or_name_is_on_the_list_once_and_comes_back_after_it_was_removed(
    session: Session,
) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    for again in (
        replace(told, name="Tên khác"),
        replace(told, tax_number="", name="htx chè  suối nậm lành"),
    ):
        assert refused(session, enter_producer, head, delegation.id, again, NOW) == (R.ON_THE_LIST,)
    remove_producer(session, head, delegation.id, entry.id, NOW)
    back = enter_producer(session, head, delegation.id, replace(told, booths=1), NOW)
    assert (back.id, back.state, back.application.booths) == (entry.id, EntryState.ENTERED, 1)
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_whoever_a_head_brought_to_an_earlier_fair_keeps_its_profile(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    later = make.fair(session, "OCOP28")
    kind = make.booth_kind(session, later)
    again = make.delegation(session, later, delegation.head)
    second = enter_producer(session, head, again.id, replace(told, booth_kind_id=kind.id), NOW)
    assert second.organisation_id == entry.organisation_id
    assert second.application_id != entry.application_id
    stranger = make.account(session)
    other = make.delegation(session, later, stranger)
    third = enter_producer(
        session, make.actor(account_id=stranger.id), other.id, replace(told, booth_kind_id=kind.id), NOW
    )
    assert third.organisation_id != entry.organisation_id


def test_products_that_are_no_longer_told_go_and_new_ones_come(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    fewer = replace(told, products=(Offered("Trà xanh", 3), Offered("Trà đen", None)))
    change_producer(session, head, delegation.id, entry.id, fewer, NOW)
    kept = session.scalars(select(Product).where(Product.removed_at.is_(None)).order_by(Product.id)).all()
    assert [(each.names["vi"], each.stars) for each in kept] == [("Trà xanh", 3), ("Trà đen", None)]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"state": DelegationState.LOCKED}, R.LIST_LOCKED),
        ({"state": DelegationState.CLOSED}, R.CLOSED),
        ({"list_until": NOW - timedelta(minutes=1)}, R.LIST_OVER),
    ],
)
def test_a_list_that_is_not_open_takes_nobody(
    session: Session, values: dict[str, object], reason: DelegationReason
) -> None:
    delegation, head, told = laid_out(session, **values)
    assert refused(session, enter_producer, head, delegation.id, told, NOW) == (reason,)


def test_only_its_head_touches_a_list_not_even_the_organiser_or_another_head(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    other = make.delegation(session, delegation.fair, make.account(session))
    rival = make.actor(account_id=other.head_id)
    boss = make.actor(Role.ORGANISER, delegation.fair, account_id=make.account(session).id)
    for stranger in (rival, boss):
        for act, *rest in (
            (enter_producer, replace(told, name="Ai đó")),
            (change_producer, entry.id, told),
            (remove_producer, entry.id),
        ):
            with pytest.raises(Missing):
                act(session, stranger, delegation.id, *rest, NOW)  # type: ignore[operator]
        with pytest.raises(Missing):
            endorse_producers(session, stranger, Endorse(delegation.id, (entry.id,), True), NOW)
    with pytest.raises(Missing):  # of another list
        change_producer(session, rival, other.id, entry.id, told, NOW)


def test_endorsing_submits_the_draft_and_names_whoever_is_incomplete(session: Session) -> None:
    delegation, head, told = laid_out(session)
    whole = enter_producer(session, head, delegation.id, told, NOW)
    bare = replace(told, name="Hộ Giàng Thị Sùng", tax_number="", products=(), booths=1)
    half = enter_producer(session, head, delegation.id, bare, NOW)
    unsaid = endorse_producers(session, head, Endorse(delegation.id, (whole.id,), False), NOW)
    assert [(one, why.reasons) for one, why in unsaid.refused] == [(whole, (R.TERMS_NOT_AGREED,))]
    result = endorse_producers(session, head, Endorse(delegation.id, (whole.id, half.id), True), NOW)
    assert result.done == (whole,)
    assert [(one, why.reasons) for one, why in result.refused] == [(half, (StepRefusal.NO_PRODUCTS,))]
    session.expire_all()
    assert (whole.state, whole.application.state) == (EntryState.ENDORSED, State.SUBMITTED)
    assert (half.state, half.application.state) == (EntryState.ENTERED, State.DRAFT)
    assert half.application.terms_version is None
    with pytest.raises(Refused) as nobody:
        endorse_producers(session, head, Endorse(delegation.id, (), True), NOW)
    assert nobody.value.reasons == (R.NOBODY_CHOSEN,)


def test_an_endorsed_producer_is_returned_with_words_put_right_and_endorsed_again(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    order = Endorse(delegation.id, (entry.id,), True)
    endorse_producers(session, head, order, NOW)
    assert refused(session, change_producer, head, delegation.id, entry.id, told, NOW) == (
        R.ENTRY_NOT_FROM_HERE,
    )
    return_producer(session, head, delegation.id, entry.id, "Thiếu ảnh chứng nhận", NOW)
    assert (entry.state, entry.application.state) == (EntryState.RETURNED, State.RETURNED)
    assert (entry.reason, entry.application.reason) == ("Thiếu ảnh chứng nhận", "Thiếu ảnh chứng nhận")
    change_producer(session, head, delegation.id, entry.id, replace(told, booths=1), NOW)
    assert endorse_producers(session, head, order, NOW).done == (entry,)
    assert entry.application.state is State.RESUBMITTED


def test_a_draft_is_returned_by_a_letter_of_the_delegations_own(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    return_producer(session, head, delegation.id, entry.id, "Thiếu ảnh", NOW)
    assert session.scalars(select(OutboxMessage.name)).all() == ["mail.entry_returned"]
    assert entry.application.state is State.DRAFT


def test_what_was_decided_stays_with_the_organiser(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    endorse_producers(session, head, Endorse(delegation.id, (entry.id,), True), NOW)
    boss = make.actor(Role.ORGANISER, delegation.fair, account_id=make.account(session).id)
    take_step(session, boss, TakeStep(entry.application_id, Step.ACCEPT), NOW)
    assert refused(session, remove_producer, head, delegation.id, entry.id, NOW) == (R.DECIDED_ALREADY,)
    assert refused(session, return_producer, head, delegation.id, entry.id, "Lý do", NOW) == (
        R.DECIDED_ALREADY,
    )


def test_removing_withdraws_what_was_submitted_and_putting_back_opens_it_again(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    endorse_producers(session, head, Endorse(delegation.id, (entry.id,), True), NOW)
    remove_producer(session, head, delegation.id, entry.id, NOW)
    assert (entry.state, entry.application.state) == (EntryState.REMOVED, State.WITHDRAWN)
    restore_producer(session, head, delegation.id, entry.id, NOW)
    assert (entry.state, entry.application.state) == (EntryState.ENTERED, State.DRAFT)


def test_an_invited_producer_completes_its_own_part(session: Session) -> None:
    delegation, head, told = laid_out(session)
    entry = enter_producer(session, head, delegation.id, told, NOW)
    address = Email("che@namlanh.example", "che@namlanh.example", "che@namlanh.example")
    order = InviteMember(entry.organisation_id, address, "vi", "n", "s")
    invite_producer(session, head, delegation.id, entry.id, order, NOW)
    assert entry.state is EntryState.INVITED
    assert session.scalars(select(Invitation.organisation_id)).all() == [entry.organisation_id]
    foreign = replace(order, organisation_id=make.organisation(session).id)
    with pytest.raises(Missing):
        invite_producer(session, head, delegation.id, entry.id, foreign, NOW)
    assert len(session.scalars(select(DelegationEntry)).all()) == 1
    assert len(session.scalars(select(Application)).all()) == 1
