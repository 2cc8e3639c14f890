"""The exhibition contract: its versions, the life of a signature, and what waits for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fairapp.rules.applications import Step
from fairapp.rules.guards import Act, Deed


class SignatureState(StrEnum):
    """Where the signing of one exhibitor stands."""

    UNSIGNED = "unsigned"
    SIGNED = "signed"
    COUNTERSIGNED = "countersigned"
    REFUSED = "refused"


class SignatureStep(StrEnum):
    """What can be done with a signature."""

    SIGN = "sign"
    COUNTERSIGN = "countersign"
    REFUSE = "refuse"


STEPS: dict[tuple[SignatureState, SignatureStep], SignatureState] = {
    (SignatureState.UNSIGNED, SignatureStep.SIGN): SignatureState.SIGNED,
    (SignatureState.SIGNED, SignatureStep.COUNTERSIGN): SignatureState.COUNTERSIGNED,
    (SignatureState.SIGNED, SignatureStep.REFUSE): SignatureState.REFUSED,
    (SignatureState.REFUSED, SignatureStep.SIGN): SignatureState.SIGNED,
}
"""Who signs again after a refusal makes a new signature: the log keeps both."""


class SignBefore(StrEnum):
    """The step that waits for the contract."""

    CONFIRM = "confirm"
    HAND_OVER = "hand_over"
    NOTHING = "nothing"


class ContractReason(StrEnum):
    """Why the contract holds a step back."""

    UNSIGNED = "contract_unsigned"
    CHANGED = "contract_changed"
    REFUSED = "contract_refused"
    NOT_COUNTERSIGNED = "contract_not_countersigned"


class ContractRefusal(StrEnum):
    """Why a contract cannot be published, or a signature not be given."""

    NOT_FROM_HERE = "contract_not_from_here"
    NO_TEXT = "contract_no_text"
    NOTHING_CHANGED = "contract_nothing_changed"
    NO_CONTRACT = "contract_none"
    NOT_ADMITTED = "contract_not_admitted"
    NAME_MISSING = "contract_name_missing"
    NOT_AGREED = "contract_not_agreed"
    REASON_MISSING = "contract_reason_missing"
    TEXT_CHANGED = "contract_text_changed"
    NOBODY_CHOSEN = "contract_nobody_chosen"


LONGEST_BODY = 40_000
LONGEST_NAME = 120
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class ContractSettings:
    """What of the fair's settings is about the contract."""

    before: SignBefore = SignBefore.CONFIRM

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> ContractSettings:
        """From the fair's settings; what cannot be read is as if nothing were set."""
        kept = settings.get("contract")
        before = kept.get("before") if isinstance(kept, Mapping) else None
        return cls(SignBefore(before)) if before in set(SignBefore) else cls()


@dataclass(frozen=True, slots=True)
class Signing:
    """How an exhibitor stands with its fair's contract."""

    state: SignatureState
    version: int = 0
    """The version that was signed."""
    floor: int = 1
    """The earliest version whose signature is still enough."""


def holds_back(signing: Signing, before: SignBefore, act: Act) -> ContractReason | None:
    """Why the contract holds ``act`` back; None when it does not.

    A signature lets participation be confirmed; the booth is handed over when both sides have signed.
    """
    steps = {SignBefore.CONFIRM: (Step.CONFIRM, Deed.HAND_OVER), SignBefore.HAND_OVER: (Deed.HAND_OVER,)}
    if act not in steps.get(before, ()):
        return None
    if signing.state is SignatureState.REFUSED:
        return ContractReason.REFUSED
    if signing.state is SignatureState.UNSIGNED:
        return ContractReason.UNSIGNED
    if signing.version < signing.floor:
        return ContractReason.CHANGED
    waits = signing.state is SignatureState.SIGNED and act is Deed.HAND_OVER
    return ContractReason.NOT_COUNTERSIGNED if waits else None


def refusal_of(state: SignatureState, step: SignatureStep, words: str = "") -> ContractRefusal | None:
    """Why ``step`` cannot be taken from ``state``; None when it can.

    ``words`` are the typed name, or the reason of a refusal.
    """
    if (state, step) not in STEPS:
        return ContractRefusal.NOT_FROM_HERE
    if words.strip():
        return None
    refuses = step is SignatureStep.REFUSE
    return ContractRefusal.REASON_MISSING if refuses else ContractRefusal.NAME_MISSING


def digest_of(facts: Mapping[str, Any]) -> str:
    """SHA-256 over the whole contract as it was shown: its text, its parties and the booths."""
    whole = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()
