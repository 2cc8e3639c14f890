"""Shrinking shows what follows: a smaller plan, a smaller application, a partner or a booth taken back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State
from fairapp.rules.badges import BadgeState
from fairapp.rules.billing import Payer, PriceKind
from fairapp.rules.delegations import EntryState
from fairapp.rules.partners import PartnerState
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft, Rings, to_json
from fairapp.store.accounts import Account
from fairapp.store.allocation import Exhibitor
from fairapp.store.billing import Charge
from fairapp.store.delegations import DelegationBooth
from fairapp.store.fairs import Booth, FloorPlan
from fairapp.store.operations import AuditEntry
from fairapp.usecases.billing_quotes import bring_up_to_date
from tests import factories as make
from tests import money

Browse = Callable[[Account | None], FlaskClient]
Send = Callable[..., Any]


class Desk:
    """A tea maker of a delegation, with a booth of nine square metres, a partner with a badge, and a fee."""

    def __init__(self, rows: Session) -> None:
        day = datetime.now(UTC).date() + timedelta(days=40)
        self.fair = make.fair(
            rows, starts_on=day, ends_on=day + timedelta(days=4), settings={"money": money.SELLER}
        )
        kind = make.booth_kind(rows, self.fair)
        money.price(rows, self.fair, PriceKind.CO_EXHIBITOR, names={"en": "Co-exhibitor"})
        self.maker, self.head = (make.account(rows, language="en") for _ in range(2))
        organisation = make.organisation(rows, "HTX Chè")
        make.member(rows, self.maker, organisation)
        self.application = make.application(
            rows, organisation, self.fair, state=State.ACCEPTED, booth_kind_id=kind.id, booths=2, area_m2=18.0
        )
        self.main = make.exhibitor(rows, organisation, self.fair, application_id=self.application.id)
        self.delegation = make.delegation(rows, self.fair, self.head)
        make.entry(rows, self.delegation, self.application, state=EntryState.ENDORSED)
        hall = make.hall(rows, self.fair)
        square = [[[0, 0], [3, 0], [3, 3], [0, 3]]]
        self.booth = make.booth(rows, hall, "A-01", outline=square)
        self.claim = make.claim(rows, self.booth, self.main, self.fair)
        rows.add(DelegationBooth(booth_id=self.booth.id, delegation_id=self.delegation.id, given_at=make.NOW))
        self.guest = make.exhibitor(rows, make.organisation(rows, "Trà Mộc"), self.fair)
        self.partner = make.partner(
            rows,
            self.main,
            name="Trà Mộc",
            state=PartnerState.APPROVED,
            partner_exhibitor_id=self.guest.id,
        )
        self.badge = make.badge(rows, self.guest)
        bring_up_to_date(rows, SYSTEM, self.main.id, make.NOW)
        rows.add(
            Charge(
                fair_id=self.fair.id,
                exhibitor_id=self.guest.id,
                source="service_order:1",
                kind=PriceKind.SERVICE,
                names={"en": "Power"},
                quantity_milli=1_000,
                unit_price_minor=777_000,
                vat_bp=0,
                currency="VND",
                payer=Payer.PRODUCER,
                made_at=make.NOW,
            )
        )
        self.organiser = make.account(rows, language="en")
        make.grant(rows, self.organiser, Role.ORGANISER, self.fair)
        rows.commit()

    def plan(self, rows: Session, *, wide: float) -> None:
        """A draft that draws A-01 so wide."""
        ring: Rings = (((0.0, 0.0), (wide, 0.0), (wide, 3.0), (0.0, 3.0)),)
        draft = PlanDraft((HallOutline("A"),), (BoothOutline(1, "A", "A-01", ring, wide * 3),))
        plan = FloorPlan(fair_id=self.fair.id, version=2, body=to_json(draft), made_at=make.NOW)
        make.kept(rows, plan)
        rows.commit()


@pytest.fixture
def desk(rows: Session) -> Desk:
    return Desk(rows)


def words(page: Any) -> str:
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def confirmed(browser: FlaskClient, page: Any, action: str, **changed: str) -> Any:
    """Press the confirmation's button: everything that the page holds is sent back."""
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.get_data(as_text=True)))
    return browser.post(action, data={**fields, **changed}, headers={"Origin": "http://localhost"})


def test_a_plan_that_makes_a_held_booth_smaller_says_what_follows_first(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    desk.plan(rows, wide=2.0)
    office, here = browse(desk.organiser), "/o/OCOP27/plan/2"
    page = send(office, here, f"{here}/publish")
    said = words(page)
    assert page.status_code == 200
    assert "Booth A-01 of HTX Chè has 6 m² instead of 9 m²." in said
    rows.expire_all()
    assert rows.get_one(Booth, desk.booth.id).area_m2 == 9.0
    stale = confirmed(office, page, f"{here}/publish", digest="0" * 32)
    assert (stale.status_code, "nothing is done" in words(stale)) == (409, True)
    assert confirmed(office, page, f"{here}/publish").status_code == 303
    rows.expire_all()
    assert rows.get_one(Booth, desk.booth.id).area_m2 == 6.0
    assert confirmed(office, page, f"{here}/publish").status_code == 409
    published = rows.scalars(select(AuditEntry).where(AuditEntry.what == "plan.published")).all()
    assert len(published) == 1


def test_a_plan_that_changes_no_held_booth_is_put_in_force_at_once(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    desk.plan(rows, wide=3.0)
    assert send(browse(desk.organiser), "/o/OCOP27/plan/2", "/o/OCOP27/plan/2/publish").status_code == 303


def test_a_plan_without_a_held_booth_is_refused_and_names_it(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    draft = PlanDraft((HallOutline("A"),), ())
    rows.add(FloorPlan(fair_id=desk.fair.id, version=2, body=to_json(draft), made_at=make.NOW))
    rows.commit()
    page = send(browse(desk.organiser), "/o/OCOP27/plan/2", "/o/OCOP27/plan/2/publish")
    assert (page.status_code, "A-01" in words(page)) == (409, True)
    rows.expire_all()
    assert rows.get_one(Booth, desk.booth.id).retired_at is None


def test_a_smaller_application_is_approved_as_its_consequences_were_shown(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    other = make.booth(rows, desk.booth.hall, "A-02")
    make.claim(rows, other, desk.main, desk.fair)
    rows.commit()
    mine = f"/me/applications/{desk.application.id}/changes"
    asked = {"kind": str(desk.application.booth_kind_id), "booths": "1", "area_m2": "9"}
    assert send(browse(desk.maker), f"{mine}/new/kind", **asked, why="Fewer people").status_code == 303
    office, here = browse(desk.organiser), "/o/OCOP27/changes"
    change = re.search(rf"{here}/(\d+)/approve", words(office.get(here)))
    assert change is not None
    page = send(office, here, change[0], version="1")
    assert "HTX Chè holds 2 booths and asks for 1" in words(page)
    rows.expire_all()
    assert desk.application.booths == 2
    assert confirmed(office, page, change[0]).status_code == 303
    rows.expire_all()
    assert desk.application.booths == 1
    assert confirmed(office, page, change[0]).status_code == 303, "a second press does no harm"


def test_without_a_booth_the_price_of_what_is_asked_for_is_what_follows(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    desk.claim.state = ClaimState.RELEASED
    rows.commit()
    mine = f"/me/applications/{desk.application.id}/changes"
    asked = {"kind": str(desk.application.booth_kind_id), "booths": "1", "area_m2": "9"}
    send(browse(desk.maker), f"{mine}/new/kind", **asked, why="Fewer people")
    office, here = browse(desk.organiser), "/o/OCOP27/changes"
    change = re.search(rf"{here}/(\d+)/approve", words(office.get(here)))
    assert change is not None
    page = send(office, here, change[0], version="1")
    assert "What is asked for costs ₫6,600,000 instead of ₫13,200,000." in words(page)


@pytest.mark.parametrize("who", ["maker", "office"])
def test_a_partner_is_taken_back_as_what_follows_was_shown(
    browse: Browse, send: Send, rows: Session, desk: Desk, who: str
) -> None:
    here = f"/me/applications/{desk.application.id}/partners"
    if who == "office":
        here = f"/o/OCOP27/applications/{desk.application.id}/partners"
    browser = browse(desk.maker if who == "maker" else desk.organiser)
    action = f"{here}/{desk.partner.id}/take-back"
    page = send(browser, here, action)
    said = words(page)
    assert page.status_code == 200
    assert "Trà Mộc does not take part any more." in said
    assert "Badges of Trà Mộc that stop being valid: 1." in said
    assert "Charges of HTX Chè that end" in said
    assert ("777,000" in said) is (who == "office"), "a partner's own money is not its main exhibitor's"
    rows.expire_all()
    assert rows.get_one(Exhibitor, desk.guest.id).left_at is None
    assert confirmed(browser, page, action).status_code == 303
    rows.expire_all()
    assert rows.get_one(Exhibitor, desk.guest.id).left_at is not None
    assert desk.badge.state is BadgeState.REVOKED
    assert confirmed(browser, page, action).status_code == 404


def test_an_approved_partner_is_refused_as_what_follows_was_shown(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    here = f"/o/OCOP27/applications/{desk.application.id}/partners"
    office, action = browse(desk.organiser), f"{here}/{desk.partner.id}/refuse"
    page = send(office, here, action, reason="Sells other goods")
    assert "Trà Mộc does not take part any more." in words(page)
    assert confirmed(office, page, action).status_code == 303
    rows.expire_all()
    assert (desk.partner.state, desk.partner.reason) == (PartnerState.REFUSED, "Sells other goods")


def test_a_head_takes_a_place_back_as_what_follows_was_shown(
    browse: Browse, send: Send, rows: Session, desk: Desk
) -> None:
    here = f"/d/{desk.delegation.id}/booths"
    head, action = browse(desk.head), f"{here}/{desk.claim.id}/release"
    page = send(head, here, action)
    said = words(page)
    assert "HTX Chè gives back: A-01." in said
    assert "777,000" not in said
    rows.expire_all()
    assert desk.claim.state is ClaimState.CONFIRMED
    assert confirmed(head, page, action).status_code == 303
    rows.expire_all()
    assert desk.claim.state is ClaimState.RELEASED
    assert confirmed(head, page, action).status_code == 404
