"""Partners named, approved, placed, charged and gone again, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import Obstacle
from fairapp.rules.applications import State, Step
from fairapp.rules.badges import BadgeState
from fairapp.rules.billing import PriceKind
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.partners import (
    PartnerFault,
    PartnerKind,
    PartnerRefusal,
    PartnerSettings,
    PartnerState,
    PartnerStep,
)
from fairapp.store.allocation import BoothClaim, CoExhibitor, Exhibitor
from fairapp.store.badges import Badge
from fairapp.store.billing import Charge, PriceItem
from fairapp.store.operations import OutboxMessage
from fairapp.store.partners import Partner
from fairapp.store.producers import Invitation, Organisation, Product
from fairapp.usecases.allocation import (
    AssignBooth,
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    assign_booth,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.allocation_sharing import ShareBooth, share_booth
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.billing_quotes import bring_up_to_date
from fairapp.usecases.partners import TellPartner, take_partner_back, tell_partner
from fairapp.usecases.partners_deciding import DecidePartner, Secrets, decide_partner, keep_partner_settings
from tests import factories as make

NOW = make.NOW
LINK = Secrets("chance", "secret of the house")


class Stand:
    """An exhibitor with an accepted application of 12 m², its member, an organiser, and booths."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = make.fair(session)
        self.hall = make.hall(session, self.fair)
        self.large = make.booth(session, self.hall, area_m2=12.0)
        self.small = make.booth(session, self.hall, area_m2=7.0)
        self.organisation = make.organisation(session, "HTX Chè Suối Giàng")
        self.application = make.application(
            session, self.organisation, self.fair, state=State.ACCEPTED, area_m2=None
        )
        self.main = make.exhibitor(session, self.organisation, self.fair, application_id=self.application.id)
        self.member = make.actor(acting_for=(self.organisation,))
        self.organiser = make.actor(Role.ORGANISER, self.fair)

    def assign(self, booth: object = None) -> BoothClaim:
        chosen = booth or self.large
        return assign_booth(
            self.session,
            self.organiser,
            AssignBooth(self.main.id, chosen.id),  # type: ignore[attr-defined]
            NOW,
        )

    def told(self, name: str = "Công ty Trà Mộc", **values: object) -> TellPartner:
        order = TellPartner(self.application.id, PartnerKind.CO_EXHIBITOR, name, "VN")
        return replace(order, **values)  # type: ignore[arg-type]

    def name(self, name: str = "Công ty Trà Mộc", actor: Actor | None = None, **values: object) -> Partner:
        return tell_partner(self.session, actor or self.member, self.told(name, **values), LINK, NOW)

    def decide(self, partner: Partner, step: PartnerStep = PartnerStep.APPROVE, reason: str = "") -> Partner:
        order = DecidePartner(self.main.id, partner.id, step, reason)
        return decide_partner(self.session, self.organiser, order, LINK, NOW)

    def approved(self, name: str = "Công ty Trà Mộc", **values: object) -> Partner:
        return self.decide(self.name(name, **values))

    def guests_at(self, claim: BoothClaim) -> list[int]:
        self.session.flush()
        wanted = select(CoExhibitor.exhibitor_id).where(CoExhibitor.claim_id == claim.id)
        return list(self.session.scalars(wanted.order_by(CoExhibitor.id)))

    def owed(self) -> list[str]:
        self.session.flush()
        wanted = select(Charge.source).where(Charge.cancelled_at.is_(None)).order_by(Charge.source)
        return list(self.session.scalars(wanted))


@pytest.fixture
def stand(session: Session) -> Stand:
    return Stand(session)


def test_an_approved_co_exhibitor_is_an_exhibitor_that_stands_at_every_booth_of_the_main_one(
    session: Session, stand: Stand
) -> None:
    first = stand.assign()
    partner = stand.approved(
        email="mai@tra-moc.example.org",
        place="Mộc Châu",
        texts=(("vi", "Trà trên cao nguyên."),),
        group_code="drink",
        products=("Trà ô long", "Trà xanh"),
    )
    guest = partner.partner_exhibitor
    assert guest is not None
    assert (guest.organisation.name, guest.organisation.place) == ("Công ty Trà Mộc", "Mộc Châu")
    assert guest.organisation.story == {"vi": "Trà trên cao nguyên."}
    names = session.scalars(select(Product.names).where(Product.organisation_id == guest.organisation_id))
    assert list(names) == [{"vi": "Trà ô long"}, {"vi": "Trà xanh"}]
    assert stand.guests_at(first) == [guest.id]
    assert session.scalars(select(Invitation.email)).one() == "mai@tra-moc.example.org"
    second = stand.assign(stand.small)
    assert stand.guests_at(second) == [guest.id]


def test_it_is_placed_when_the_booth_comes_after_the_approval_and_moved_with_the_main_one(
    session: Session, stand: Stand
) -> None:
    guest = stand_with_floor(stand)
    claim = stand.assign()
    assert stand.guests_at(claim) == [guest]
    other = make.booth(session, stand.hall, area_m2=12.0)
    moved = move_claim(session, stand.organiser, MoveClaim(claim.id, other.id), NOW)
    assert stand.guests_at(moved) == [guest]
    release_claim(session, stand.organiser, ReleaseClaim(moved.id), NOW)
    again = stand.assign()
    assert stand.guests_at(again) == [guest]


def stand_with_floor(stand: Stand) -> int:
    """A partner approved before there is a booth: the floor that was asked for counts."""
    stand.application.area_m2 = 12.0
    partner = stand.approved()
    assert partner.partner_exhibitor_id is not None
    return partner.partner_exhibitor_id


def test_two_holders_who_swap_bring_their_own(session: Session, stand: Stand) -> None:
    claim = stand.assign()
    guest = stand.approved().partner_exhibitor_id
    other = make.exhibitor(session, make.organisation(session), stand.fair)
    booth = make.booth(session, stand.hall, area_m2=9.0)
    theirs = assign_booth(session, stand.organiser, AssignBooth(other.id, booth.id), NOW)
    mine, his = swap_claims(session, stand.organiser, SwapClaims(claim.id, theirs.id), NOW)
    assert (stand.guests_at(mine), stand.guests_at(his)) == ([guest], [])


def test_a_company_known_by_its_tax_code_keeps_its_own_profile(session: Session, stand: Stand) -> None:
    known = make.organisation(session, "Công ty TNHH Trà Mộc Châu", tax_code="0100109106", country="VN")
    make.member(session, make.account(session), known)
    stand.assign()
    partner = stand.approved("Trà Mộc", tax_number="0100109106", email="ai@example.org")
    assert partner.partner_exhibitor is not None
    assert partner.partner_exhibitor.organisation is known
    assert known.name == "Công ty TNHH Trà Mộc Châu"
    assert session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_a_represented_company_is_named_and_takes_no_floor_nor_place(session: Session, stand: Stand) -> None:
    claim = stand.assign(stand.small)
    before = session.scalar(select(func.count()).select_from(Exhibitor))
    partner = stand.approved("Thai Silk Ltd", kind=PartnerKind.REPRESENTED, country="TH")
    assert (partner.state, partner.partner_exhibitor_id) == (PartnerState.APPROVED, None)
    assert session.scalar(select(func.count()).select_from(Exhibitor)) == before
    assert stand.guests_at(claim) == []


def test_naming_refuses_whom_the_floor_does_not_hold_and_names_the_figures(stand: Stand) -> None:
    stand.assign()  # 12 m²: the main exhibitor and two beside it
    stand.name("Một")
    stand.name("Hai")
    with pytest.raises(Refused) as refused:
        stand.name("Ba")
    assert refused.value.reasons == (Obstacle.COMPANIES_DO_NOT_FIT,)
    assert refused.value.facts == {"stand_companies": 4, "stand_needs": "16", "stand_m2": "12"}


def test_a_refused_one_gives_its_floor_back(stand: Stand) -> None:
    stand.assign()
    stand.name("Một")
    stand.decide(stand.name("Hai"), PartnerStep.REFUSE, "Không đủ giấy tờ")
    assert stand.name("Ba").state is PartnerState.PROPOSED


def test_approving_looks_at_the_floor_again(session: Session, stand: Stand) -> None:
    claim = stand.assign()
    partner = stand.name()
    release_claim(session, stand.organiser, ReleaseClaim(claim.id), NOW)
    stand.assign(stand.small)
    with pytest.raises(Refused) as refused:
        stand.decide(partner)
    assert refused.value.reasons == (Obstacle.COMPANIES_DO_NOT_FIT,)


def test_the_board_refuses_a_booth_that_does_not_hold_all_of_them(session: Session, stand: Stand) -> None:
    claim = stand.assign()
    stand.approved()
    with pytest.raises(Refused) as refused:
        move_claim(session, stand.organiser, MoveClaim(claim.id, stand.small.id), NOW)
    assert refused.value.reasons == (Obstacle.COMPANIES_DO_NOT_FIT,)
    assert refused.value.facts["stand_m2"] == "7"
    release_claim(session, stand.organiser, ReleaseClaim(claim.id), NOW)
    with pytest.raises(Refused) as refused:
        stand.assign(stand.small)
    assert refused.value.reasons == (Obstacle.COMPANIES_DO_NOT_FIT,)


def test_who_asked_for_two_booths_gets_them_one_after_the_other(session: Session, stand: Stand) -> None:
    stand.application.area_m2, stand.application.booths = 14.0, 2
    stand.approved("Một")
    stand.approved("Hai")  # 12 m² for three companies; each booth alone has 7
    assert len(stand.guests_at(stand.assign(stand.small))) == 2
    assert len(stand.guests_at(stand.assign(make.booth(session, stand.hall, area_m2=7.0)))) == 2


def test_sharing_on_the_board_asks_for_the_same_floor(session: Session, stand: Stand) -> None:
    claim = stand.assign(stand.small)
    other = make.exhibitor(session, make.organisation(session), stand.fair)
    with pytest.raises(Refused) as refused:
        share_booth(session, stand.organiser, ShareBooth(claim.id, other.id), NOW)
    assert refused.value.reasons == (Obstacle.COMPANIES_DO_NOT_FIT,)


def test_a_stand_that_is_too_full_already_may_move_to_one_as_large(session: Session, stand: Stand) -> None:
    claim = stand.assign()
    for _ in range(5):
        guest = make.exhibitor(session, make.organisation(session), stand.fair)
        session.add(CoExhibitor(claim_id=claim.id, exhibitor_id=guest.id, added_at=NOW))
    other = make.booth(session, stand.hall, area_m2=12.0)
    moved = move_claim(session, stand.organiser, MoveClaim(claim.id, other.id), NOW)
    assert len(stand.guests_at(moved)) == 5


def test_each_partner_costs_its_fee_once_however_many_booths_and_the_main_exhibitor_pays(
    session: Session, stand: Stand
) -> None:
    for kind, price in ((PriceKind.CO_EXHIBITOR, 2_000_000), (PriceKind.REPRESENTED, 500_000)):
        session.add(
            PriceItem(fair_id=stand.fair.id, code=kind.value, kind=kind, names={"vi": kind.value},
                      unit_price_minor=price, vat_bp=800, other_prices={})
        )  # fmt: skip
    stand.assign()
    stand.assign(stand.small)
    partner = stand.approved()
    only_named = stand.approved("Thai Silk Ltd", kind=PartnerKind.REPRESENTED, country="TH")
    for _ in range(2):
        for exhibitor_id in (stand.main.id, partner.partner_exhibitor_id):
            assert exhibitor_id is not None
            bring_up_to_date(session, stand.organiser, exhibitor_id, NOW)
    fees = [each for each in stand.owed() if each.startswith(("partner:", "co_exhibitor:"))]
    assert fees == [f"partner:{partner.id}", f"partner:{only_named.id}"]
    charges = {
        each.source: each for each in session.scalars(select(Charge)) if each.source.startswith("partner:")
    }
    fee = charges[f"partner:{partner.id}"]
    assert (fee.exhibitor_id, fee.unit_price_minor, fee.vat_bp) == (stand.main.id, 2_000_000, 800)
    assert charges[f"partner:{only_named.id}"].unit_price_minor == 500_000
    take_partner_back(session, stand.member, stand.application.id, partner.id, NOW)
    assert [each for each in stand.owed() if each.startswith("partner:")] == [f"partner:{only_named.id}"]


def test_a_partner_taken_back_loses_place_and_badges_and_leaves_the_fair(
    session: Session, stand: Stand
) -> None:
    claim = stand.assign()
    partner = stand.approved()
    guest = partner.partner_exhibitor
    assert guest is not None
    badge = make.badge(session, guest)
    take_partner_back(session, stand.member, stand.application.id, partner.id, NOW)
    session.refresh(badge)
    assert partner.state is PartnerState.TAKEN_BACK
    assert (badge.state, guest.left_at) == (BadgeState.REVOKED, NOW)
    assert stand.guests_at(claim) == []


def test_who_takes_part_by_its_own_application_stays_when_it_is_named_no_more(
    session: Session, stand: Stand
) -> None:
    other = make.organisation(session, "Công ty Trà Mộc", tax_code="0100109106")
    applied = make.application(session, other, stand.fair, state=State.ACCEPTED)
    guest = make.exhibitor(session, other, stand.fair, application_id=applied.id)
    claim = stand.assign()
    partner = stand.approved(tax_number="0100109106")
    assert partner.partner_exhibitor_id == guest.id
    take_partner_back(session, stand.member, stand.application.id, partner.id, NOW)
    assert (guest.left_at, stand.guests_at(claim)) == (None, [])


def test_a_refusal_after_the_approval_can_be_put_right(session: Session, stand: Stand) -> None:
    claim = stand.assign()
    partner = stand.approved()
    guest = partner.partner_exhibitor_id
    stand.decide(partner, PartnerStep.REFUSE, "Nộp thêm giấy phép")
    assert (partner.state, partner.reason, stand.guests_at(claim)) == (
        PartnerState.REFUSED,
        "Nộp thêm giấy phép",
        [],
    )
    order = stand.told("Công ty Trà Mộc Châu", partner_id=partner.id)
    tell_partner(session, stand.member, order, LINK, NOW)
    stand.decide(partner)
    assert (partner.partner_exhibitor_id, stand.guests_at(claim)) == (guest, [guest])
    assert session.scalar(select(func.count()).where(Organisation.name.like("Công ty Trà%"))) == 1


def test_partners_leave_with_their_main_exhibitor(session: Session, stand: Stand) -> None:
    stand.assign()
    partner, waiting = stand.approved(), stand.name("Hai")
    guest = partner.partner_exhibitor
    assert guest is not None
    badge = make.badge(session, guest)
    take_step(session, stand.member, TakeStep(stand.application.id, Step.WITHDRAW), NOW)
    session.refresh(badge)
    assert {partner.state, waiting.state} == {PartnerState.LEFT}
    assert (badge.state, guest.left_at) == (BadgeState.REVOKED, NOW)
    assert [each for each in stand.owed() if each.startswith("partner:")] == []


def test_a_guest_that_withdraws_itself_is_named_no_more(session: Session, stand: Stand) -> None:
    other = make.organisation(session, "Công ty Trà Mộc", tax_code="0100109106")
    applied = make.application(session, other, stand.fair, state=State.ACCEPTED)
    make.exhibitor(session, other, stand.fair, application_id=applied.id)
    stand.assign()
    partner = stand.approved(tax_number="0100109106")
    take_step(session, make.actor(acting_for=(other,)), TakeStep(applied.id, Step.WITHDRAW), NOW)
    assert partner.state is PartnerState.LEFT


def test_where_nobody_is_asked_a_partner_counts_at_once(session: Session, stand: Stand) -> None:
    settings = PartnerSettings(asks=False)
    keep_partner_settings(session, stand.organiser, stand.fair.id, settings, NOW)
    claim = stand.assign()
    partner = stand.name()
    assert (partner.state, stand.guests_at(claim)) == (
        PartnerState.APPROVED,
        [partner.partner_exhibitor_id],
    )


def test_after_the_deadline_only_the_office_names(session: Session, stand: Stand) -> None:
    settings = PartnerSettings(until=NOW - timedelta(minutes=1))
    keep_partner_settings(session, stand.organiser, stand.fair.id, settings, NOW)
    stand.assign()
    with pytest.raises(Refused) as refused:
        stand.name()
    assert refused.value.reasons == (PartnerRefusal.NAMING_CLOSED,)
    assert stand.name(actor=stand.organiser).state is PartnerState.PROPOSED


def test_the_same_company_is_named_once_however_it_is_spelled(session: Session, stand: Stand) -> None:
    stand.assign()
    stand.name("Công ty Trà Mộc")
    with pytest.raises(Refused) as refused:
        stand.name("CÔNG TY  Trà Mộc")
    assert refused.value.reasons == (PartnerRefusal.NAMED_ALREADY,)
    with pytest.raises(Refused) as refused:
        stand.name(stand.organisation.name)
    assert refused.value.reasons == (PartnerRefusal.ITSELF,)
    assert session.scalar(select(func.count()).select_from(Partner)) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"country": "XX"}, "country"),
        ({"tax_number": "0100109107"}, "tax_number"),
        ({"email": "không phải"}, "email"),
        ({"group_code": "nothing"}, "group"),
        ({"products": ("Trà",)}, "group"),
        ({"products": ("x" * 81,), "group_code": "drink"}, "products"),
        ({"products": tuple(map(str, range(13))), "group_code": "drink"}, "products"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    stand: Stand, values: dict[str, object], field: str
) -> None:
    stand.assign()
    with pytest.raises(Invalid) as invalid:
        tell_partner(stand.session, stand.member, replace(stand.told(), **values), LINK, NOW)  # type: ignore[arg-type]
    assert set(invalid.value.fields) == {field}


def test_a_persons_number_is_not_kept_by_somebody_else(session: Session, stand: Stand) -> None:
    stand.assign()
    with pytest.raises(Invalid) as invalid:
        stand.name(tax_number="001185012345")
    assert invalid.value.fields == {"tax_number": PartnerFault.PERSONAL_NUMBER}


def test_strangers_see_nothing_and_members_decide_nothing(session: Session, stand: Stand) -> None:
    stand.assign()
    partner = stand.name()
    stranger = make.actor(acting_for=(make.organisation(session),))
    with pytest.raises(Missing):
        stand.name("Khác", actor=stranger)
    elsewhere = make.actor(Role.ORGANISER, make.fair(session, "ELSEWHERE"))
    order = DecidePartner(stand.main.id, partner.id, PartnerStep.APPROVE)
    for actor in (stand.member, elsewhere):
        with pytest.raises(Missing):
            decide_partner(session, actor, order, LINK, NOW)
    with pytest.raises(NotAllowed):
        decide_partner(session, make.actor(Role.REVIEWER, stand.fair), order, LINK, NOW)
    with pytest.raises(NotAllowed):
        stand.name("Khác", actor=make.actor(Role.FINANCE, stand.fair))


def test_a_decision_promises_its_letters(session: Session, stand: Stand) -> None:
    stand.assign()
    stand.approved()
    names = list(session.scalars(select(OutboxMessage.name).order_by(OutboxMessage.id)))
    assert names[-1] == "mail.partner_decided"


def test_who_is_not_accepted_names_nobody(session: Session, stand: Stand) -> None:
    other = make.organisation(session)
    applied = make.application(session, other, stand.fair)
    order = replace(stand.told(), application_id=applied.id)
    with pytest.raises(Refused) as refused:
        tell_partner(session, make.actor(acting_for=(other,)), order, LINK, NOW)
    assert refused.value.reasons == (PartnerRefusal.NOT_ADMITTED,)
    assert session.scalar(select(func.count()).select_from(Badge)) == 0
