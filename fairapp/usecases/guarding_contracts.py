"""How an application stands with its fair's contract, and what the contract holds back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.rules.contracts import ContractSettings, SignatureState, Signing, holds_back
from fairapp.rules.guards import Act, Hindrance
from fairapp.store.applications import Application
from fairapp.store.contracts import Contract, Signature
from fairapp.store.contracts_queries import signatures_of, versions_of


@dataclass(frozen=True, slots=True)
class ContractStanding:
    """The contract in force, and where the application's signing stands."""

    contract: Contract
    signing: Signing
    signature: Signature | None
    """The latest one."""

    @property
    def may_sign(self) -> bool:
        """Whether a signature is missing, refused, or under a version that is not enough any more."""
        lacks = self.signing.state in (SignatureState.UNSIGNED, SignatureState.REFUSED)
        return lacks or self.signing.version < self.signing.floor


def contract_in_the_way(
    session: Session, application: Application, act: Act, _now: datetime
) -> Iterable[Hindrance]:
    """The guard: the contract is not signed, not anew, not countersigned, or the signature was refused."""
    before = ContractSettings.read(application.fair.settings).before
    if all(holds_back(Signing(state), before, act) is None for state in SignatureState):
        return
    found = contract_standing(session, application)
    reason = None if found is None else holds_back(found.signing, before, act)
    if reason is not None:
        yield Hindrance(reason, "contract")


def contract_standing(session: Session, application: Application) -> ContractStanding | None:
    """None while the fair has published no contract."""
    versions = versions_of(session, application.fair_id)
    if not versions:
        return None
    floor = floor_of(versions)
    latest = next(iter(signatures_of(session, application.id)), None)
    if latest is None:
        return ContractStanding(versions[0], Signing(SignatureState.UNSIGNED, 0, floor), None)
    signing = Signing(latest.state, latest.contract.number, floor)
    return ContractStanding(versions[0], signing, latest)


def floor_of(versions: Iterable[Contract]) -> int:
    """The earliest version whose signature is still enough."""
    return max((each.number for each in versions if each.must_sign_again), default=1)
