"""Applications from the first answer to the last consequence, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.applications import State, Step, StepRefusal
from fairapp.rules.badges import BadgeState
from fairapp.rules.contracts import digest_of
from fairapp.rules.errors import Clash, Missing, NotAllowed, Refused
from fairapp.rules.guards import Hindrance
from fairapp.rules.reasons import Shape
from fairapp.store.allocation import BoothClaim, ClaimDay, Exhibitor
from fairapp.store.applications import Application
from fairapp.store.applications_queries import products_shown, steps_of
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases import guarding
from fairapp.usecases.applications import (
    BeginApplication,
    FillIn,
    WriteNote,
    begin_application,
    fill_in,
    write_note,
)
from fairapp.usecases.applications_steps import TakeStep, take_step
from tests import factories as make

NOW = make.NOW


class Desk:
    """A fair, a producer with one product, and an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.kind = make.booth_kind(session, self.fair)
        self.organisation = make.organisation(session)
        self.product = make.product(session, self.organisation)
        self.producer: Actor = make.actor(acting_for=(self.organisation,))
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair)

    def begin(self, session: Session) -> Application:
        order = BeginApplication(self.fair.id, self.organisation.id)
        return begin_application(session, self.producer, order, NOW)

    def fill(self, session: Session, application: Application) -> Application:
        order = FillIn(
            application.id,
            booth_kind_id=self.kind.id,
            booths=1,
            area_m2=9.0,
            product_ids=(self.product.id,),
            accepts_terms=True,
        )
        return fill_in(session, self.producer, order, NOW)

    def submitted(self, session: Session) -> Application:
        application = self.fill(session, self.begin(session))
        return self.step(session, application, Step.SUBMIT)

    def step(
        self,
        session: Session,
        application: Application,
        step: Step,
        reason: str = "",
        by: Actor | None = None,
    ) -> Application:
        own = step in (Step.SUBMIT, Step.RESUBMIT, Step.CONFIRM, Step.WITHDRAW, Step.REOPEN)
        who = by or (self.producer if own else self.organiser)
        return take_step(session, who, TakeStep(application.id, step, reason), NOW)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_beginning_twice_finds_the_same_draft(session: Session, desk: Desk) -> None:
    assert desk.begin(session).id == desk.begin(session).id


def test_a_complete_application_is_submitted_with_one_step_one_letter_and_its_products(
    session: Session, desk: Desk
) -> None:
    application = desk.submitted(session)
    assert (application.state, application.submitted_at) == (State.SUBMITTED, NOW)
    assert [each.id for each in products_shown(session, application.id)] == [desk.product.id]
    assert [(each.before, each.after) for each in steps_of(session, application.id)] == [
        (State.DRAFT, State.SUBMITTED)
    ]
    assert list(session.scalars(select(OutboxMessage.facts))) == [
        {"application_id": application.id, "step": "submit"}
    ]


def test_an_empty_draft_is_refused_with_everything_it_lacks(session: Session, desk: Desk) -> None:
    draft = desk.begin(session)
    with pytest.raises(Refused) as refused:
        desk.step(session, draft, Step.SUBMIT)
    assert refused.value.reasons == (
        StepRefusal.NO_BOOTH_KIND,
        StepRefusal.NO_AREA,
        StepRefusal.NO_PRODUCTS,
        StepRefusal.TERMS_NOT_ACCEPTED,
    )
    assert draft.state is State.DRAFT


def test_a_form_older_than_the_answers_never_overwrites_them(session: Session, desk: Desk) -> None:
    draft = desk.begin(session)
    seen = draft.version
    fill_in(session, desk.producer, FillIn(draft.id, version=seen, area_m2=18.0), NOW)
    with pytest.raises(Clash):
        fill_in(session, desk.producer, FillIn(draft.id, version=seen, area_m2=9.0), NOW)
    assert draft.area_m2 == 18.0


def test_a_submitted_application_cannot_be_edited_until_it_is_returned(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    with pytest.raises(Refused) as refused:
        fill_in(session, desk.producer, FillIn(application.id, area_m2=18.0), NOW)
    assert refused.value.reasons == (StepRefusal.NOT_EDITABLE,)
    desk.step(session, application, Step.RETURN, "Add a second product.")
    assert application.reason == "Add a second product."
    fill_in(session, desk.producer, FillIn(application.id, area_m2=18.0), NOW)
    assert desk.step(session, application, Step.RESUBMIT).state is State.RESUBMITTED


def test_accepting_admits_the_organisation_once(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    desk.step(session, application, Step.ACCEPT)
    exhibitor = session.scalars(select(Exhibitor)).one()
    assert (exhibitor.application_id, exhibitor.left_at) == (application.id, None)
    with pytest.raises(Refused) as refused:
        desk.step(session, application, Step.ACCEPT)
    assert refused.value.reasons == (StepRefusal.NOT_FROM_HERE,)


@pytest.mark.parametrize("step", [Step.SUBMIT, Step.ACCEPT])
def test_a_guard_of_another_room_holds_a_step_back_and_leaves_no_trace(
    session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch, step: Step
) -> None:
    application = desk.fill(session, desk.begin(session))
    if step is Step.ACCEPT:
        application = desk.step(session, application, Step.SUBMIT)
    before, steps = application.state, len(steps_of(session, application.id))

    def licence(_session: Session, _of: Application, asked: Step, _now: datetime) -> list[Hindrance]:
        return [Hindrance(Shape.REQUIRED, "papers", {"paper": "licence"})] if asked is step else []

    monkeypatch.setattr(guarding, "GUARDS", (licence,))
    with pytest.raises(Refused) as refused:
        desk.step(session, application, step)
    assert (refused.value.reasons, refused.value.facts) == ((Shape.REQUIRED,), {"paper": "licence"})
    assert (application.state, len(steps_of(session, application.id))) == (before, steps)


def test_confirming_confirms_the_booth(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    desk.step(session, application, Step.ACCEPT)
    exhibitor = session.scalars(select(Exhibitor)).one()
    booth = make.booth(session, make.hall(session, desk.fair))
    claim = make.claim(session, booth, exhibitor, desk.fair, state=ClaimState.ACCEPTED)
    desk.step(session, application, Step.CONFIRM)
    session.refresh(claim)
    assert (application.state, claim.state) == (State.CONFIRMED, ClaimState.CONFIRMED)


def test_withdrawing_frees_the_booth_and_stops_the_badges(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    desk.step(session, application, Step.ACCEPT)
    exhibitor = session.scalars(select(Exhibitor)).one()
    booth = make.booth(session, make.hall(session, desk.fair))
    claim = make.claim(session, booth, exhibitor, desk.fair)
    badge = make.badge(session, exhibitor)
    desk.step(session, application, Step.WITHDRAW)
    session.refresh(badge)
    assert (claim.state, badge.state) == (ClaimState.RELEASED, BadgeState.REVOKED)
    assert session.scalars(select(ClaimDay)).all() == []
    assert exhibitor.left_at == NOW
    assert session.scalars(select(BoothClaim)).one().end_reason == "withdraw"


def test_who_withdrew_may_open_the_application_again_before_the_deadline(
    session: Session, desk: Desk
) -> None:
    application = desk.submitted(session)
    desk.step(session, application, Step.WITHDRAW)
    assert desk.step(session, application, Step.REOPEN).state is State.DRAFT
    desk.step(session, application, Step.SUBMIT)
    desk.step(session, application, Step.WITHDRAW)
    late = datetime(2027, 3, 1, tzinfo=UTC)
    with pytest.raises(Refused) as refused:
        take_step(session, desk.producer, TakeStep(application.id, Step.REOPEN), late)
    assert refused.value.reasons == (StepRefusal.DEADLINE_PASSED,)


def test_a_stranger_finds_no_application(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    stranger = make.actor(acting_for=(make.organisation(session),))
    for attempt in (
        lambda: fill_in(session, stranger, FillIn(application.id, area_m2=1.0), NOW),
        lambda: desk.step(session, application, Step.WITHDRAW, by=stranger),
        lambda: desk.step(session, application, Step.ACCEPT, by=stranger),
    ):
        with pytest.raises(Missing):
            attempt()


def test_an_organiser_sees_no_draft_and_cannot_answer_for_the_applicant(session: Session, desk: Desk) -> None:
    draft = desk.begin(session)
    with pytest.raises(Missing):
        desk.step(session, draft, Step.CANCEL, "x")
    desk.fill(session, draft)
    desk.step(session, draft, Step.SUBMIT)
    with pytest.raises(Missing):
        desk.step(session, draft, Step.WITHDRAW, by=desk.organiser)


def test_a_producer_cannot_accept_its_own_application(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    with pytest.raises(NotAllowed):
        desk.step(session, application, Step.ACCEPT, by=desk.producer)


def test_an_organiser_writes_notes_and_who_only_reads_neither_notes_nor_decides(
    session: Session, desk: Desk
) -> None:
    application = desk.submitted(session)
    treasurer = make.actor(Role.FINANCE, desk.fair)
    order = WriteNote(application.id, "Good tea, small label.")
    assert write_note(session, desk.organiser, order, NOW).text == "Good tea, small label."
    with pytest.raises(NotAllowed):
        write_note(session, treasurer, order, NOW)
    with pytest.raises(NotAllowed):
        desk.step(session, application, Step.ACCEPT, by=treasurer)


def test_every_change_leaves_one_audit_entry(session: Session, desk: Desk) -> None:
    application = desk.submitted(session)
    desk.step(session, application, Step.ACCEPT)
    assert list(session.scalars(select(AuditEntry.what).order_by(AuditEntry.id))) == [
        "application.begun",
        "application.filled_in",
        "application.submit",
        "application.accept",
    ]


def test_the_products_of_others_cannot_be_shown(session: Session, desk: Desk) -> None:
    draft = desk.begin(session)
    foreign = make.product(session, make.organisation(session))
    with pytest.raises(Missing):
        fill_in(session, desk.producer, FillIn(draft.id, product_ids=(foreign.id,)), NOW)


def test_the_log_keeps_which_terms_were_accepted_by_whom_and_from_where(session: Session, desk: Desk) -> None:
    desk.fair.terms = {"en": "Keep the booth clean."}
    application = desk.begin(session)
    desk.fill(session, application)
    entries = session.scalars(select(AuditEntry).where(AuditEntry.what == "application.filled_in")).all()
    facts = entries[-1].facts
    assert (facts["terms_version"], facts["terms_digest"]) == (
        desk.fair.terms_version,
        digest_of(desk.fair.terms),
    )
    assert (entries[-1].address, entries[-1].account_id) == ("127.0.0.1", desk.producer.account_id)
