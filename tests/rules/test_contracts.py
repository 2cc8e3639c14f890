"""The contract: the life of a signature as a matrix, what waits for it, and the digest of what is signed."""

import pytest

from fairapp.rules.applications import Step
from fairapp.rules.contracts import (
    STEPS,
    ContractReason,
    ContractRefusal,
    ContractSettings,
    SignatureState,
    SignatureStep,
    SignBefore,
    Signing,
    digest_of,
    holds_back,
    refusal_of,
)
from fairapp.rules.guards import Deed

FROM_HERE = {
    SignatureState.UNSIGNED: {SignatureStep.SIGN},
    SignatureState.SIGNED: {SignatureStep.COUNTERSIGN, SignatureStep.REFUSE},
    SignatureState.COUNTERSIGNED: set(),
    SignatureState.REFUSED: {SignatureStep.SIGN},
}


@pytest.mark.parametrize("state", SignatureState)
@pytest.mark.parametrize("step", SignatureStep)
def test_every_step_from_every_state_is_taken_or_refused_by_name(
    state: SignatureState, step: SignatureStep
) -> None:
    may = step in FROM_HERE[state]
    assert ((state, step) in STEPS) is may
    assert refusal_of(state, step, "Lý Thị Mai") is (None if may else ContractRefusal.NOT_FROM_HERE)


@pytest.mark.parametrize(
    ("state", "step", "said"),
    [
        (SignatureState.UNSIGNED, SignatureStep.SIGN, ContractRefusal.NAME_MISSING),
        (SignatureState.SIGNED, SignatureStep.COUNTERSIGN, ContractRefusal.NAME_MISSING),
        (SignatureState.SIGNED, SignatureStep.REFUSE, ContractRefusal.REASON_MISSING),
    ],
)
def test_every_step_needs_its_words(
    state: SignatureState, step: SignatureStep, said: ContractRefusal
) -> None:
    assert refusal_of(state, step, "  ") is said


@pytest.mark.parametrize("state", SignatureState)
@pytest.mark.parametrize("before", SignBefore)
@pytest.mark.parametrize("act", [*Step, *Deed])
@pytest.mark.parametrize("version", [1, 2])
def test_what_waits_for_the_contract(
    state: SignatureState, before: SignBefore, act: Step | Deed, version: int
) -> None:
    waiting = {
        SignBefore.CONFIRM: {Step.CONFIRM, Deed.HAND_OVER},
        SignBefore.HAND_OVER: {Deed.HAND_OVER},
        SignBefore.NOTHING: set(),
    }
    said = holds_back(Signing(state, version, floor=2), before, act)
    if act not in waiting[before]:
        assert said is None
    elif state in (SignatureState.UNSIGNED, SignatureState.REFUSED):
        assert said is ContractReason[state.name]
    elif version < 2:
        assert said is ContractReason.CHANGED
    elif state is SignatureState.SIGNED and act is Deed.HAND_OVER:
        assert said is ContractReason.NOT_COUNTERSIGNED
    else:
        assert said is None


@pytest.mark.parametrize(
    ("kept", "before"),
    [
        ({}, SignBefore.CONFIRM),
        ({"contract": {"before": "hand_over"}}, SignBefore.HAND_OVER),
        ({"contract": {"before": "nonsense"}}, SignBefore.CONFIRM),
        ({"contract": "nonsense"}, SignBefore.CONFIRM),
    ],
)
def test_settings_that_cannot_be_read_are_the_usual_ones(kept: dict[str, object], before: SignBefore) -> None:
    assert ContractSettings.read(kept).before is before


def test_the_digest_is_of_the_whole_contract_in_any_order() -> None:
    facts = {"text": "Giữ gian sạch.", "booths": ["A-001"]}
    assert digest_of(facts) == digest_of(dict(reversed(facts.items())))
    others = [facts | {"text": "Giữ gian sạch!"}, facts | {"booths": ["A-002"]}, facts | {"booths": []}]
    assert len({digest_of(each) for each in [facts, *others]}) == 4
    assert digest_of({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
