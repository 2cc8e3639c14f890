"""Handing booths over, with what other rooms hold against it, on both databases."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.allocation_handover import ClaimStep, HandoverRefusal
from fairapp.rules.applications import State
from fairapp.rules.documents import DocumentReason, DocumentState, Stops
from fairapp.rules.errors import Invalid, Missing, NotAllowed, Refused
from fairapp.rules.reasons import Shape
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.allocation_handover import StepClaim, step_claim
from tests import factories as make

NOW = make.NOW
HAND_OVER, TAKE_BACK = ClaimStep.HAND_OVER, ClaimStep.TAKE_BACK


class Desk:
    """A fair that wants a licence before the hand-over, a confirmed exhibitor, an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.organisation = make.organisation(session)
        application = make.application(session, self.organisation, self.fair, state=State.CONFIRMED)
        exhibitor = make.exhibitor(session, self.organisation, self.fair, application_id=application.id)
        self.hall = make.hall(session, self.fair)
        self.claim = make.claim(session, make.booth(session, self.hall), exhibitor, self.fair)
        make.requirement(session, self.fair, stops=Stops.HAND_OVER)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair, account_id=make.account(session).id)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_booth_waits_for_the_documents_and_is_then_handed_over(session: Session, desk: Desk) -> None:
    order = StepClaim(desk.claim.id, HAND_OVER, " Hai chìa khóa ")
    with pytest.raises(Refused) as refused:
        step_claim(session, desk.organiser, order, NOW)
    assert refused.value.reasons == (DocumentReason.MISSING,)
    assert (desk.claim.state, desk.claim.handed_over_at) == (ClaimState.CONFIRMED, None)
    make.document(session, desk.organisation, state=DocumentState.VERIFIED)
    claim = step_claim(session, desk.organiser, order, NOW)
    assert (claim.state, claim.handed_over_at) == (ClaimState.HANDED_OVER, NOW)
    assert (claim.handed_over_by_id, claim.handover_note) == (desk.organiser.account_id, "Hai chìa khóa")
    assert session.scalars(select(AuditEntry.what)).all() == ["booth.hand_over"]
    assert session.scalars(select(OutboxMessage.name)).all() == ["mail.booth_handover"]


def test_a_hand_over_is_done_once_and_taken_back_with_a_reason(session: Session, desk: Desk) -> None:
    make.document(session, desk.organisation, state=DocumentState.VERIFIED)
    step_claim(session, desk.organiser, StepClaim(desk.claim.id, HAND_OVER), NOW)
    with pytest.raises(Refused) as refused:
        step_claim(session, desk.organiser, StepClaim(desk.claim.id, HAND_OVER), NOW)
    assert refused.value.reasons == (HandoverRefusal.DONE_ALREADY,)
    with pytest.raises(Refused) as refused:
        step_claim(session, desk.organiser, StepClaim(desk.claim.id, TAKE_BACK), NOW)
    assert refused.value.reasons == (HandoverRefusal.REASON_MISSING,)
    claim = step_claim(session, desk.organiser, StepClaim(desk.claim.id, TAKE_BACK, "Nhầm gian"), NOW)
    assert (claim.state, claim.handed_over_at, claim.handover_note) == (ClaimState.CONFIRMED, None, "")


def test_an_imported_exhibitor_owes_no_documents(session: Session, desk: Desk) -> None:
    imported = make.exhibitor(session, make.organisation(session), desk.fair)
    claim = make.claim(session, make.booth(session, desk.hall), imported, desk.fair)
    assert step_claim(session, desk.organiser, StepClaim(claim.id, HAND_OVER), NOW).state == "handed_over"


def test_only_those_who_assign_booths_of_the_fair_hand_them_over(session: Session, desk: Desk) -> None:
    elsewhere = make.fair(session, "ELSEWHERE")
    order = StepClaim(desk.claim.id, HAND_OVER)
    with pytest.raises(Missing):
        step_claim(session, make.actor(Role.ORGANISER, elsewhere), order, NOW)
    with pytest.raises(Missing):
        step_claim(session, make.actor(acting_for=(desk.organisation,)), order, NOW)
    with pytest.raises(NotAllowed):
        step_claim(session, make.actor(Role.REVIEWER, desk.fair), order, NOW)


def test_a_note_is_short(session: Session, desk: Desk) -> None:
    with pytest.raises(Invalid) as invalid:
        step_claim(session, desk.organiser, StepClaim(desk.claim.id, HAND_OVER, "x" * 301), NOW)
    assert invalid.value.fields == {"words": Shape.TOO_LONG}
