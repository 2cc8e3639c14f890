"""Fairs made, changed, copied and called off, and their plans published, on both databases."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import SYSTEM, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.errors import Missing, NotAllowed, Refused
from fairapp.rules.fairs import FairRefusal, FairState, FairStep, PlanRefusal, PlanState, days_of
from fairapp.rules.plans import BoothOutline, HallOutline, PlanDraft
from fairapp.store.allocation import ClaimDay
from fairapp.store.contracts_queries import draft_of, versions_of
from fairapp.store.documents_queries import requirements_of
from fairapp.store.fairs import Booth, BoothKind, Fair, FloorPlan, Hall
from fairapp.store.gate import Gate
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.allocation import AssignBooth, assign_booth
from fairapp.usecases.fairs import (
    CopyFair,
    CreateFair,
    EditFair,
    FairDetails,
    StepFair,
    copy_fair,
    create_fair,
    edit_fair,
    step_fair,
)
from fairapp.usecases.fairs_plans import (
    KeepDraft,
    PublishPlan,
    SettleDraft,
    keep_draft,
    publish_plan,
    settle_draft,
)
from tests import factories as make

NOW = make.NOW
DETAILS = FairDetails({"vi": "Hội chợ Tết"}, date(2027, 1, 20), date(2027, 1, 24))


@pytest.fixture
def old(session: Session) -> Fair:
    return make.fair(session)


def square(number: int, code: str, left: float, side: float = 3.0) -> BoothOutline:
    ring = ((left, 0.0), (left + side, 0.0), (left + side, side), (left, side))
    return BoothOutline(number, "A", code, (ring,), side * side)


def draft(*booths: BoothOutline) -> PlanDraft:
    return PlanDraft((HallOutline("A"),), booths)


def chance() -> "itertools.count[int]":
    return itertools.count(1)


def publish(session: Session, fair: Fair, plan: PlanDraft) -> None:
    organiser = make.actor(Role.ORGANISER, fair)
    kept = keep_draft(session, organiser, KeepDraft(fair.id, plan), NOW)
    numbers = chance()
    publish_plan(session, organiser, PublishPlan(kept.id), NOW, lambda n: next(numbers) * 7 % n)


def test_an_administrator_makes_a_fair_with_a_gate(session: Session, old: Fair) -> None:
    fair = create_fair(session, make.actor(Role.ADMINISTRATOR), CreateFair("tet27", DETAILS), NOW)
    assert (fair.code, fair.state) == ("TET27", FairState.PLANNED)
    assert [gate.code for gate in session.scalars(select(Gate).where(Gate.fair_id == fair.id))] == ["MAIN"]


def test_a_producer_makes_no_fair(session: Session, old: Fair) -> None:
    with pytest.raises(NotAllowed):
        create_fair(session, make.actor(Role.PRODUCER), CreateFair("TET27", DETAILS), NOW)


def test_everything_wrong_with_a_fair_is_said_at_once(session: Session, old: Fair) -> None:
    wrong = FairDetails(
        {"vi": " "}, date(2027, 1, 24), date(2027, 1, 20), timezone="Mars/Olympus", scheme="none"
    )
    with pytest.raises(Refused) as refused:
        create_fair(session, make.actor(Role.ADMINISTRATOR), CreateFair(old.code, wrong), NOW)
    assert refused.value.reasons == (
        FairRefusal.CODE_TAKEN,
        FairRefusal.DAYS_REVERSED,
        FairRefusal.NO_NAME,
        FairRefusal.UNKNOWN_TIME_ZONE,
        FairRefusal.UNKNOWN_SCHEME,
    )


def test_a_strangers_fair_cannot_be_edited_nor_seen(session: Session, old: Fair) -> None:
    other = make.fair(session, code="OTHER")
    with pytest.raises(Missing):
        edit_fair(session, make.actor(Role.ORGANISER, other), EditFair(old.id, DETAILS), NOW)
    with pytest.raises(NotAllowed):
        edit_fair(session, make.actor(Role.REVIEWER, old), EditFair(old.id, DETAILS), NOW)


def test_a_fair_that_moves_takes_its_claims_along(session: Session, old: Fair) -> None:
    booth = make.booth(session, make.hall(session, old))
    claim = make.claim(session, booth, make.exhibitor(session, make.organisation(session), old), old)
    edit_fair(session, make.actor(Role.ORGANISER, old), EditFair(old.id, DETAILS), NOW)
    held = select(ClaimDay.day).where(ClaimDay.claim_id == claim.id).order_by(ClaimDay.day)
    assert tuple(session.scalars(held)) == days_of(DETAILS.starts_on, DETAILS.ends_on)
    assert DETAILS.starts_on not in days_of(date(2027, 4, 15), date(2027, 4, 19))


def test_the_deadline_falls_on_the_day_it_is_at_the_fair(session: Session, old: Fair) -> None:
    last_evening = datetime.combine(DETAILS.ends_on, time(23), ZoneInfo("America/Lima"))
    organiser = make.actor(Role.ORGANISER, old)
    there = replace(DETAILS, timezone="America/Lima", apply_until=last_evening.astimezone(UTC))
    edit_fair(session, organiser, EditFair(old.id, there), NOW)
    with pytest.raises(Refused) as refused:
        edit_fair(session, organiser, EditFair(old.id, replace(there, timezone="Asia/Ho_Chi_Minh")), NOW)
    assert refused.value.reasons == (FairRefusal.DEADLINE_AFTER_FAIR,)


def test_days_with_booths_assigned_for_some_days_cannot_be_cut_off(session: Session, old: Fair) -> None:
    booth = make.booth(session, make.hall(session, old))
    exhibitor = make.exhibitor(session, make.organisation(session), old)
    assign_booth(session, SYSTEM, AssignBooth(exhibitor.id, booth.id, (old.starts_on,)), NOW)
    with pytest.raises(Refused) as refused:
        edit_fair(session, make.actor(Role.ORGANISER, old), EditFair(old.id, DETAILS), NOW)
    assert refused.value.reasons == (FairRefusal.DAYS_IN_USE,)


def test_the_next_edition_has_the_same_kinds_and_deadlines_moved(session: Session, old: Fair) -> None:
    make.booth_kind(session, old)
    later = timedelta(days=364)
    order = CopyFair(old.id, "OCOP28", old.starts_on + later, old.ends_on + later)
    new = copy_fair(session, make.actor(Role.ADMINISTRATOR), order, NOW)
    assert old.apply_until is not None
    assert (new.state, new.apply_until, new.copied_from_id) == (
        FairState.PLANNED,
        old.apply_until + later,
        old.id,
    )
    assert [kind.code for kind in session.scalars(select(BoothKind).where(BoothKind.fair_id == new.id))] == [
        "standard"
    ]


def test_the_plan_in_force_comes_along_as_a_draft(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0)))
    order = CopyFair(old.id, "OCOP28", old.starts_on + timedelta(days=364), old.ends_on + timedelta(days=364))
    new = copy_fair(session, make.actor(Role.ADMINISTRATOR), order, NOW)
    plan = session.scalars(select(FloorPlan).where(FloorPlan.fair_id == new.id)).one()
    assert (plan.version, plan.state, len(plan.body["booths"])) == (1, PlanState.DRAFT, 1)
    assert session.scalars(select(Booth).where(Booth.fair_id == new.id)).all() == []


def test_calling_a_fair_off_needs_a_reason_and_writes_to_every_applicant(session: Session, old: Fair) -> None:
    applied = make.application(session, make.organisation(session), old)
    organiser = make.actor(Role.ORGANISER, old)
    with pytest.raises(Refused) as refused:
        step_fair(session, organiser, StepFair(old.id, FairStep.CANCEL), NOW)
    assert refused.value.reasons == (FairRefusal.REASON_MISSING,)
    step_fair(session, organiser, StepFair(old.id, FairStep.CANCEL, {"vi": "Bão số 5"}), NOW)
    assert old.state is FairState.CANCELLED
    assert list(session.scalars(select(OutboxMessage.facts))) == [
        {"application_id": applied.id, "step": "cancel"}
    ]
    with pytest.raises(Refused) as refused:
        step_fair(session, organiser, StepFair(old.id, FairStep.PUBLISH), NOW)
    assert refused.value.reasons == (FairRefusal.NOT_FROM_HERE,)


LEADS_TO = {
    ("planned", "publish"): "published",
    ("planned", "cancel"): "cancelled",
    ("published", "postpone"): "postponed",
    ("published", "cancel"): "cancelled",
    ("postponed", "publish"): "published",
    ("postponed", "cancel"): "cancelled",
}


@pytest.mark.parametrize("state", FairState)
@pytest.mark.parametrize("step", FairStep)
def test_every_step_from_every_state_of_a_fair_is_taken_or_refused_by_name(
    session: Session, old: Fair, state: FairState, step: FairStep
) -> None:
    old.state = state
    order = StepFair(old.id, step, {"vi": "Bão số 5"})
    after = LEADS_TO.get((state.value, step.value))
    if after is None:
        with pytest.raises(Refused) as refused:
            step_fair(session, make.actor(Role.ORGANISER, old), order, NOW)
        assert refused.value.reasons == (FairRefusal.NOT_FROM_HERE,)
        assert old.state is state
    else:
        step_fair(session, make.actor(Role.ORGANISER, old), order, NOW)
        assert old.state.value == after


def test_a_published_draft_becomes_halls_and_booths_with_open_sides(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0), square(2, "A-2", 3), square(3, "A-3", 6)))
    booths = session.scalars(select(Booth).order_by(Booth.code)).all()
    assert [(booth.code, booth.area_m2, booth.open_sides) for booth in booths] == [
        ("A-1", 9.0, 3),
        ("A-2", 9.0, 2),
        ("A-3", 9.0, 3),
    ]
    assert len({booth.short_code for booth in booths}) == 3
    assert session.scalars(select(Hall)).one().code == "A"


def test_a_booth_that_stays_keeps_its_row_its_claim_and_its_qr(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0), square(2, "A-2", 3)))
    first = session.scalars(select(Booth).where(Booth.code == "A-1")).one()
    before = (first.id, first.short_code)
    make.claim(session, first, make.exhibitor(session, make.organisation(session), old), old)
    publish(session, old, draft(square(1, "A-1", 30, side=4)))
    session.expire_all()
    assert (first.id, first.short_code) == before
    assert first.area_m2 == 16.0
    gone = session.scalars(select(Booth).where(Booth.code == "A-2")).one()
    assert gone.retired_at == NOW


def test_a_hold_whose_time_is_up_keeps_no_booth_in_the_plan(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0), square(2, "A-2", 3)))
    second = session.scalars(select(Booth).where(Booth.code == "A-2")).one()
    holder = make.exhibitor(session, make.organisation(session), old)
    held = make.claim(
        session, second, holder, old, state=ClaimState.HELD, expires_at=NOW - timedelta(hours=1)
    )
    publish(session, old, draft(square(1, "A-1", 0)))
    assert second.retired_at == NOW
    assert held.state is ClaimState.EXPIRED


def test_a_version_that_drops_a_claimed_booth_is_refused_by_name(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0), square(2, "A-2", 3)))
    second = session.scalars(select(Booth).where(Booth.code == "A-2")).one()
    make.claim(session, second, make.exhibitor(session, make.organisation(session, "Chè Suối"), old), old)
    with pytest.raises(Refused) as refused:
        publish(session, old, draft(square(1, "A-1", 0)))
    assert refused.value.reasons == (PlanRefusal.BOOTHS_IN_USE,)
    assert refused.value.facts == {"codes": "A-2 (Chè Suối)", "count": 1}


def test_a_version_that_lets_a_claimed_booth_no_more_is_refused_by_name(session: Session, old: Fair) -> None:
    publish(session, old, draft(square(1, "A-1", 0), square(2, "A-2", 3)))
    second = session.scalars(select(Booth).where(Booth.code == "A-2")).one()
    make.claim(session, second, make.exhibitor(session, make.organisation(session, "Chè Suối"), old), old)
    outline = replace(square(2, "A-2", 0), instead_of=("A-1",))
    with pytest.raises(Refused) as refused:
        publish(session, old, draft(square(1, "A-1", 0), outline))
    assert refused.value.facts == {"codes": "A-2 (Chè Suối)", "count": 1}
    assert second.is_let


def test_a_draft_with_one_code_twice_is_published_after_its_cure_only(session: Session, old: Fair) -> None:
    organiser = make.actor(Role.ORGANISER, old)
    twice = draft(square(1, "A-1", 0), square(2, "A-1", 30))
    plan = keep_draft(session, organiser, KeepDraft(old.id, twice), NOW)
    numbers = chance()
    with pytest.raises(Refused) as refused:
        publish_plan(session, organiser, PublishPlan(plan.id), NOW, lambda n: next(numbers) % n)
    assert refused.value.reasons == (PlanRefusal.UNSETTLED,)
    settle_draft(session, organiser, SettleDraft(plan.id), NOW)
    publish_plan(session, organiser, PublishPlan(plan.id), NOW, lambda n: next(numbers) % n)
    assert plan.state is PlanState.PUBLISHED
    assert sorted(session.scalars(select(Booth.code))) == ["A-1", "A-1-2"]
    assert list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id))) == [
        "plan.drafted",
        "plan.settled",
        "plan.published",
    ]


def test_the_next_edition_asks_for_the_same_documents_and_goes_on_from_the_contract(
    session: Session, old: Fair
) -> None:
    make.requirement(session, old, group_codes=["food"], texts={"en": "Of this year."})
    make.contract(session, old, 1), make.contract(session, old, 2)
    other = make.fair(session, "OTHER")
    make.requirement(session, other), make.contract(session, other, 7)
    order = CopyFair(old.id, "NEXT", date(2028, 4, 13), date(2028, 4, 17))
    new = copy_fair(session, make.actor(Role.ADMINISTRATOR), order, NOW)
    (asked,) = requirements_of(session, new.id)
    assert (asked.group_codes, asked.texts) == (["food"], {"en": "Of this year."})
    draft = draft_of(session, new.id)
    assert draft is not None
    assert (draft.number, draft.texts["en"]) == (1, "Clause 2. Keep the booth clean.")
    assert versions_of(session, new.id) == []
