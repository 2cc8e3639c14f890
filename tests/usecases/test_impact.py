"""What was shown is what happens, in one transaction or not at all, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.applications import State, Step
from fairapp.rules.badges import BadgeState
from fairapp.rules.errors import Refused
from fairapp.rules.impact import Consequence, Follow, ImpactRefusal, digest_of
from fairapp.rules.jobs import JobState
from fairapp.store.allocation import BoothClaim, CoExhibitor
from fairapp.store.applications_waiting import WaitingPlace
from fairapp.store.badges import Badge
from fairapp.store.operations import AuditEntry, Job, OutboxMessage
from fairapp.usecases.allocation import (
    MoveClaim,
    ReleaseClaim,
    SwapClaims,
    move_claim,
    release_claim,
    swap_claims,
)
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.billing_invoices import draft_for_exhibitor, issue_invoice
from fairapp.usecases.billing_quotes import bring_up_to_date
from fairapp.usecases.impact import About, about_application, about_claims, do_as_shown, foresee
from tests import factories as make
from tests import money

NOW = make.NOW
LATE = datetime(2027, 3, 16, 8, tzinfo=NOW.tzinfo)
"""A month before the fair: half of everything is the fee."""


class Fair:
    """A tea cooperative with a guest, badges and an invoice; a neighbour of its delegation; a free booth."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.fair = money.fair(session)
        self.tea = money.stand(session, self.fair)
        self.claim = session.scalars(select(BoothClaim)).one()
        delegation = make.delegation(session, self.fair)
        self.application = make.application(
            session, self.tea.organisation, self.fair, state=State.ACCEPTED, delegation_id=delegation.id
        )
        self.tea.application_id = self.application.id
        self.hall = self.claim.booth.hall
        booth = make.booth(session, self.hall)
        box = self.claim.booth.outline[0]
        booth.outline = [[[x + 3, y] for x, y in box]]
        mate = make.organisation(session, "HTX Gạo")
        applied = make.application(
            session, mate, self.fair, state=State.ACCEPTED, delegation_id=delegation.id
        )
        self.mate = make.exhibitor(session, mate, self.fair, application_id=applied.id)
        self.mates = make.claim(session, booth, self.mate, self.fair)
        self.guest = make.exhibitor(session, make.organisation(session, "Tơ Lụa"), self.fair)
        session.add(CoExhibitor(claim_id=self.claim.id, exhibitor_id=self.guest.id, added_at=NOW))
        self.badges = [make.badge(session, self.tea) for _ in range(3)]
        session.flush()
        bring_up_to_date(session, SYSTEM, self.tea.id, NOW)
        self.organiser = make.actor(Role.ORGANISER, self.fair)

    def far(self, **values: Any) -> int:
        other = make.hall(self.session, self.fair, f"H{values.get('area_m2', 9):g}")
        return make.booth(self.session, other, **values).id

    def names(self, impact: tuple[Consequence, ...]) -> list[Follow]:
        return [each.follow for each in impact]

    def take(self, step: Step) -> Callable[[], object]:
        return partial(take_step, self.session, SYSTEM, TakeStep(self.application.id, step, "words"), LATE)


@pytest.fixture
def at(session: Session) -> Fair:
    return Fair(session)


def left(session: Session, at: Fair) -> tuple[object, ...]:
    session.flush()
    return (
        at.application.state,
        at.claim.state,
        session.scalar(select(func.count()).where(Badge.state == BadgeState.REVOKED)),
        session.scalar(select(func.count()).select_from(AuditEntry)),
        session.scalar(select(func.count()).select_from(OutboxMessage)),
    )


def test_looking_ahead_changes_nothing(session: Session, at: Fair) -> None:
    before = left(session, at)
    about = about_application(session, at.application, to_exhibitor=False)
    assert foresee(session, about, at.take(Step.CANCEL), LATE)
    assert left(session, at) == before


def test_cancelling_tells_fee_badges_neighbours_and_guests(session: Session, at: Fair) -> None:
    about = about_application(session, at.application, to_exhibitor=False)
    impact = foresee(session, about, at.take(Step.CANCEL), LATE)
    facts = {each.follow: dict(each.facts) for each in impact if each.facts["name"] != "Tơ Lụa"}
    assert facts[Follow.BOOTHS_FREE]["codes"] == at.claim.booth.code
    assert facts[Follow.NEIGHBOURS]["others"] == "HTX Gạo"
    assert facts[Follow.BADGES_VOID]["count"] == 3
    assert facts[Follow.CHARGES_END]["amount"] == 6_600_000
    assert facts[Follow.FEE]["amount"] == 3_300_000
    (guests,) = [each for each in impact if each.facts["name"] == "Tơ Lụa"]
    assert (guests.follow, guests.facts["codes"]) == (Follow.PLACES_LOST, at.claim.booth.code)


def test_what_was_invoiced_is_credited_and_what_was_paid_refunded_less_the_fee(
    session: Session, at: Fair
) -> None:
    draft = draft_for_exhibitor(session, SYSTEM, at.tea.id, NOW)
    invoice = issue_invoice(session, SYSTEM, draft.id, NOW)
    invoice.paid_minor = 5_000_000
    session.flush()
    about = about_application(session, at.application, to_exhibitor=True)
    impact = foresee(session, about, at.take(Step.WITHDRAW), LATE)
    amounts = {each.follow: each.facts["amount"] for each in impact if "amount" in each.facts}
    assert amounts[Follow.CREDIT_DUE] == 6_600_000
    assert amounts[Follow.REFUND] == 1_700_000


def test_an_exhibitor_that_withdraws_reads_no_name_of_others(session: Session, at: Fair) -> None:
    waiting = make.application(
        session, make.organisation(session, "Ai đó chờ"), at.fair, state=State.WAITLISTED
    )
    session.add(WaitingPlace(application_id=waiting.id, fair_id=at.fair.id, rank=1, since=NOW))
    session.flush()
    office = about_application(session, at.application, to_exhibitor=False)
    offered = foresee(session, office, at.take(Step.CANCEL), LATE)
    assert (Follow.OFFERED, "Ai đó chờ") in [(each.follow, each.facts.get("name")) for each in offered]
    own = about_application(session, at.application, to_exhibitor=True)
    assert "Ai đó chờ" not in str(foresee(session, own, at.take(Step.WITHDRAW), LATE))


def acts(session: Session, at: Fair) -> dict[str, tuple[About, Callable[[], object]]]:
    small = at.far(area_m2=9.5)
    claim = about_claims(session, at.fair.id, [at.claim.id])
    both = about_claims(session, at.fair.id, [at.claim.id, at.mates.id])
    organiser = at.organiser
    return {
        "cancel": (about_application(session, at.application, to_exhibitor=False), at.take(Step.CANCEL)),
        "withdraw": (about_application(session, at.application, to_exhibitor=True), at.take(Step.WITHDRAW)),
        "release": (
            claim,
            partial(release_claim, session, organiser, ReleaseClaim(at.claim.id, "words"), LATE),
        ),
        "move": (claim, partial(move_claim, session, organiser, MoveClaim(at.claim.id, small), LATE)),
        "swap": (
            both,
            partial(swap_claims, session, organiser, SwapClaims(at.claim.id, at.mates.id), LATE),
        ),
    }


@pytest.mark.parametrize("name", ["cancel", "withdraw", "release", "move", "swap"])
def test_what_was_shown_is_what_happens(session: Session, at: Fair, name: str) -> None:
    session.add(Job(name="catalogue", fair_id=at.fair.id, state=JobState.DONE, made_at=NOW))
    about, act = acts(session, at)[name]
    shown = foresee(session, about, act, LATE)
    assert shown
    with pytest.raises(Refused) as refused, session.begin_nested():
        do_as_shown(session, about, act, "", LATE)
    assert refused.value.reasons == (ImpactRefusal.NOT_AS_SHOWN,)
    assert refused.value.facts["impact"] == shown
    do_as_shown(session, about, act, digest_of(shown), LATE)  # refuses anything else


@pytest.mark.parametrize("name", ["cancel", "withdraw", "release", "move", "swap"])
def test_what_has_changed_meanwhile_is_shown_again_instead_of_done(
    session: Session, at: Fair, name: str
) -> None:
    about, act = acts(session, at)[name]
    shown = foresee(session, about, act, LATE)
    change = make.exhibitor(session, make.organisation(session, "Khách mới"), at.fair)
    session.add(CoExhibitor(claim_id=at.claim.id, exhibitor_id=change.id, added_at=NOW))
    session.flush()
    before = left(session, at)
    with pytest.raises(Refused) as refused, session.begin_nested():
        do_as_shown(session, about, act, digest_of(shown), LATE)
    impact: Any = refused.value.facts["impact"]
    assert "Khách mới" in [each.facts.get("name") for each in impact]
    session.refresh(at.application)
    session.refresh(at.claim)
    assert left(session, at) == before


def test_a_day_later_the_fee_is_another_and_so_is_what_is_shown(session: Session, at: Fair) -> None:
    about = about_application(session, at.application, to_exhibitor=False)
    shown = foresee(session, about, at.take(Step.CANCEL), LATE)
    order = TakeStep(at.application.id, Step.CANCEL, "words")
    dearer = LATE + timedelta(days=20)
    act = partial(take_step, session, SYSTEM, order, dearer)
    with pytest.raises(Refused) as refused, session.begin_nested():
        do_as_shown(session, about, act, digest_of(shown), dearer)
    impact: Any = refused.value.facts["impact"]
    assert {each.follow: each.facts.get("amount") for each in impact}[Follow.FEE] == 6_600_000


def test_a_move_of_which_nothing_else_follows_is_simply_done(session: Session, at: Fair) -> None:
    alone = make.exhibitor(session, make.organisation(session), at.fair)
    claim = make.claim(session, make.booth(session, at.hall), alone, at.fair)
    about = about_claims(session, at.fair.id, [claim.id])
    act = partial(move_claim, session, at.organiser, MoveClaim(claim.id, at.far()), LATE)
    assert do_as_shown(session, about, act, "", LATE).exhibitor_id == alone.id
