"""The contract from the draft to both signatures, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Role
from fairapp.rules.allocation import ClaimState
from fairapp.rules.allocation_handover import ClaimStep
from fairapp.rules.applications import State, Step
from fairapp.rules.contracts import (
    ContractReason,
    ContractRefusal,
    SignatureState,
    SignBefore,
    digest_of,
)
from fairapp.rules.errors import Clash, Invalid, Missing, NotAllowed, Refused
from fairapp.rules.guards import Deed
from fairapp.rules.reasons import Shape
from fairapp.store.contracts import Contract, Signature
from fairapp.store.operations import AuditEntry, OutboxMessage
from fairapp.usecases.allocation_handover import StepClaim, step_claim
from fairapp.usecases.applications_steps import TakeStep, take_step
from fairapp.usecases.contracts import (
    Countersign,
    KeepDraft,
    RefuseSignature,
    SignContract,
    contract_facts,
    countersign,
    keep_draft,
    publish_contract,
    refuse_signature,
    sign_contract,
)
from fairapp.usecases.guarding import hindrances
from tests import factories as make

NOW = make.NOW
PAPER, BOTH = f"{5:064x}.pdf", f"{6:064x}.pdf"


class Desk:
    """A fair with a contract, an accepted exhibitor with a booth, an organiser."""

    def __init__(self, session: Session) -> None:
        self.fair = make.fair(session)
        self.organisation = make.organisation(session, "HTX Chè", tax_code="0999000101")
        self.application = make.application(session, self.organisation, self.fair, state=State.ACCEPTED)
        exhibitor = make.exhibitor(session, self.organisation, self.fair, application_id=self.application.id)
        self.hall = make.hall(session, self.fair)
        self.claim = make.claim(session, make.booth(session, self.hall, "A-001"), exhibitor, self.fair)
        self.contract = make.contract(session, self.fair)
        self.maker: Actor = make.actor(acting_for=(self.organisation,), account_id=make.account(session).id)
        self.organiser: Actor = make.actor(Role.ORGANISER, self.fair, account_id=make.account(session).id)

    def order(self, session: Session, contract: Contract | None = None) -> SignContract:
        of = contract or self.contract
        digest = digest_of(contract_facts(session, self.application, of, "en"))
        return SignContract(self.application.id, of.id, "en", " Lý Thị Mai ", True, digest, PAPER)

    def sign(self, session: Session, contract: Contract | None = None) -> Signature:
        return sign_contract(session, self.maker, self.order(session, contract), NOW)

    def counter(self, session: Session, signature: Signature, name: str = "Trần Nam") -> list[Signature]:
        order = Countersign(self.fair.id, ((signature.id, BOTH),), name)
        return countersign(session, self.organiser, order, NOW)

    def against(self, session: Session, act: Step | Deed) -> list[object]:
        return [each.reason for each in hindrances(session, self.application, act, NOW)]


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def test_a_signature_lets_one_confirm_and_both_let_the_booth_go(session: Session, desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        take_step(session, desk.maker, TakeStep(desk.application.id, Step.CONFIRM), NOW)
    assert refused.value.reasons == (ContractReason.UNSIGNED,)
    signature = desk.sign(session)
    take_step(session, desk.maker, TakeStep(desk.application.id, Step.CONFIRM), NOW)
    with pytest.raises(Refused) as refused:
        step_claim(session, desk.organiser, StepClaim(desk.claim.id, ClaimStep.HAND_OVER), NOW)
    assert refused.value.reasons == (ContractReason.NOT_COUNTERSIGNED,)
    assert desk.counter(session, signature) == [signature]
    claim = step_claim(session, desk.organiser, StepClaim(desk.claim.id, ClaimStep.HAND_OVER), NOW)
    assert claim.state is ClaimState.HANDED_OVER


def test_a_signature_keeps_who_when_where_and_what(session: Session, desk: Desk) -> None:
    signature = desk.sign(session)
    assert (signature.typed_name, signature.signed_by_id) == ("Lý Thị Mai", desk.maker.account_id)
    assert (signature.signed_at, signature.address, signature.file_key) == (NOW, "127.0.0.1", PAPER)
    facts = signature.facts
    assert (facts["text"], facts["booths"]) == ("Clause 1. Keep the booth clean.", ["A-001"])
    assert (facts["organisation"], facts["tax_code"], facts["version"]) == ("HTX Chè", "0999000101", 1)
    assert digest_of(facts) == signature.digest
    assert session.scalars(select(AuditEntry.what)).all() == ["contract.signed"]


def test_a_second_press_signs_once(session: Session, desk: Desk) -> None:
    assert desk.sign(session) is desk.sign(session)


@pytest.mark.parametrize("changed", ["text", "booth", "party", "version", "language"])
def test_nobody_signs_what_they_have_not_seen(session: Session, desk: Desk, changed: str) -> None:
    order = desk.order(session)
    if changed == "text":
        desk.contract.texts = {**desk.contract.texts, "en": "Another clause."}
    elif changed == "booth":
        desk.claim.booth.code = "B-002"
    elif changed == "party":
        desk.organisation.name = "HTX Khác"
    elif changed == "version":
        make.contract(session, desk.fair, 2)
    else:
        order = replace(order, language="th")
    session.flush()
    with pytest.raises(Clash) as clash:
        sign_contract(session, desk.maker, order, NOW)
    assert clash.value.reason is ContractRefusal.TEXT_CHANGED
    assert session.scalars(select(Signature)).all() == []


def test_a_signature_needs_a_name_and_a_yes(session: Session, desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        sign_contract(session, desk.maker, replace(desk.order(session), typed_name=" ", agrees=False), NOW)
    assert refused.value.reasons == (ContractRefusal.NAME_MISSING, ContractRefusal.NOT_AGREED)
    with pytest.raises(Invalid) as invalid:
        sign_contract(session, desk.maker, replace(desk.order(session), typed_name="x" * 121), NOW)
    assert invalid.value.fields == {"typed_name": Shape.TOO_LONG}


@pytest.mark.parametrize("state", [each for each in State if each not in (State.ACCEPTED, State.CONFIRMED)])
def test_only_those_who_are_admitted_sign(session: Session, desk: Desk, state: State) -> None:
    desk.application.state = state
    session.flush()
    with pytest.raises(Refused) as refused:
        desk.sign(session)
    assert refused.value.reasons == (ContractRefusal.NOT_ADMITTED,)


def test_a_signature_that_is_not_taken_is_given_again_and_both_stay_in_the_log(
    session: Session, desk: Desk
) -> None:
    first = desk.sign(session)
    order = RefuseSignature(first.id, desk.fair.id, "Cần tên người đại diện.")
    refuse_signature(session, desk.organiser, order, NOW)
    assert desk.against(session, Step.CONFIRM) == [ContractReason.REFUSED]
    second = desk.sign(session)
    assert (second.id != first.id, desk.against(session, Step.CONFIRM)) == (True, [])
    states = session.scalars(select(Signature.state).order_by(Signature.id)).all()
    assert states == [SignatureState.REFUSED, SignatureState.SIGNED]
    assert session.scalars(select(OutboxMessage.name)).all() == ["mail.contract_refused"]
    with pytest.raises(Refused) as refused:
        refuse_signature(session, desk.organiser, replace(order, signature_id=first.id), NOW)
    assert refused.value.reasons == (ContractRefusal.NOT_FROM_HERE,)
    with pytest.raises(Refused) as refused:
        refuse_signature(session, desk.organiser, RefuseSignature(second.id, desk.fair.id, " "), NOW)
    assert refused.value.reasons == (ContractRefusal.REASON_MISSING,)


def test_many_are_countersigned_once_and_settled_ones_are_left(session: Session, desk: Desk) -> None:
    signature = desk.sign(session)
    assert desk.counter(session, signature) == [signature]
    assert desk.counter(session, signature, "Somebody Else") == []
    assert (signature.state, signature.countersigned_name) == (SignatureState.COUNTERSIGNED, "Trần Nam")
    assert (signature.both_key, signature.countersigned_at) == (BOTH, NOW)
    assert session.scalars(select(OutboxMessage.name)).all() == ["mail.contract_countersigned"]
    with pytest.raises(Refused) as refused:
        desk.counter(session, signature, " ")
    assert refused.value.reasons == (ContractRefusal.NAME_MISSING,)


def test_nobody_else_signs_countersigns_or_refuses(session: Session, desk: Desk) -> None:
    elsewhere = make.fair(session, "ELSEWHERE")
    stranger = make.actor(acting_for=(make.organisation(session),))
    for actor in (stranger, desk.organiser):
        with pytest.raises(Missing):
            sign_contract(session, actor, desk.order(session), NOW)
    signature = desk.sign(session)
    theirs = make.actor(Role.ORGANISER, elsewhere)
    order = Countersign(desk.fair.id, ((signature.id, BOTH),), "Trần Nam")
    for actor in (theirs, desk.maker, make.actor(Role.FINANCE, desk.fair)):
        with pytest.raises(NotAllowed):
            countersign(session, actor, order, NOW)
        with pytest.raises(NotAllowed):
            refuse_signature(session, actor, RefuseSignature(signature.id, desk.fair.id, "x"), NOW)
    with pytest.raises(Missing):
        countersign(session, theirs, replace(order, fair_id=elsewhere.id), NOW)
    both = replace(desk.organiser, grants=desk.organiser.grants | theirs.grants)
    with pytest.raises(Missing):
        countersign(session, both, replace(order, fair_id=elsewhere.id), NOW)
    assert signature.state is SignatureState.SIGNED


def test_a_new_version_ends_earlier_signatures_unless_it_says_otherwise(session: Session, desk: Desk) -> None:
    desk.sign(session)
    draft = keep_draft(session, desk.organiser, KeepDraft(desk.fair.id, {"en": "A slip mended."}, False), NOW)
    assert (draft.number, desk.against(session, Step.CONFIRM)) == (2, [])
    publish_contract(session, desk.organiser, desk.fair.id, NOW)
    assert (desk.against(session, Step.CONFIRM), session.scalars(select(OutboxMessage)).all()) == ([], [])
    keep_draft(session, desk.organiser, KeepDraft(desk.fair.id, {"en": "Another rule."}), NOW)
    third = publish_contract(session, desk.organiser, desk.fair.id, NOW)
    assert desk.against(session, Step.CONFIRM) == [ContractReason.CHANGED]
    assert session.scalars(select(OutboxMessage.name)).all() == ["mail.contract_to_sign"]
    desk.sign(session, third)
    assert desk.against(session, Step.CONFIRM) == []


def test_a_fair_without_contract_or_wish_holds_nobody_back(session: Session, desk: Desk) -> None:
    desk.fair.settings = {"contract": {"before": "nothing"}}
    session.flush()
    assert [desk.against(session, act) for act in (*Step, *Deed)] == [[]] * (len(Step) + len(Deed))
    desk.fair.settings = {}
    session.delete(desk.contract)
    session.flush()
    assert desk.against(session, Step.CONFIRM) == []


def test_a_draft_is_nobodys_contract_and_is_published_with_a_text_that_differs(
    session: Session, desk: Desk
) -> None:
    with pytest.raises(Refused) as refused:
        publish_contract(session, desk.organiser, desk.fair.id, NOW)
    assert refused.value.reasons == (ContractRefusal.NO_TEXT,)
    order = KeepDraft(desk.fair.id, dict(desk.contract.texts), True, SignBefore.HAND_OVER)
    first = keep_draft(session, desk.organiser, order, NOW)
    assert keep_draft(session, desk.organiser, order, NOW) is first
    assert desk.fair.settings["contract"] == {"before": "hand_over"}
    with pytest.raises(Refused) as refused:
        publish_contract(session, desk.organiser, desk.fair.id, NOW)
    assert refused.value.reasons == (ContractRefusal.NOTHING_CHANGED,)
    with pytest.raises(Clash):
        desk.sign(session, first)
    for actor in (desk.maker, make.actor(Role.REVIEWER, desk.fair)):
        with pytest.raises(NotAllowed):
            keep_draft(session, actor, order, NOW)
        with pytest.raises(NotAllowed):
            publish_contract(session, actor, desk.fair.id, NOW)
