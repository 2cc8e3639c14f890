"""The contract in words: states, what waits for it, and each reason with its cure."""

from __future__ import annotations

from enum import Enum

from fairapp.i18n import LazyText
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.contracts import (
    ContractReason,
    ContractRefusal,
    SignatureState,
    SignatureStep,
    SignBefore,
)

SENTENCES: tuple[tuple[Enum, LazyText], ...] = (
    (SignatureState.UNSIGNED, _l("Not signed")),
    (SignatureState.SIGNED, _l("Waits for the countersignature")),
    (SignatureState.COUNTERSIGNED, _l("Signed by both sides")),
    (SignatureState.REFUSED, _l("Signature not taken")),
    (SignatureStep.SIGN, _l("Sign")),
    (SignatureStep.COUNTERSIGN, _l("Countersign")),
    (SignatureStep.REFUSE, _l("Do not take the signature")),
    (SignBefore.CONFIRM, _l("Confirming participation; the hand-over waits for both signatures")),
    (SignBefore.HAND_OVER, _l("The hand-over of the booth, for both signatures")),
    (SignBefore.NOTHING, _l("Nothing: it can be signed, but nothing waits for it")),
    (ContractReason.UNSIGNED, _l("The exhibition contract is not signed. Read and sign it under Contract.")),
    (
        ContractReason.CHANGED,
        _l("The exhibition contract has changed since it was signed. Sign the new version under Contract."),
    ),
    (
        ContractReason.REFUSED,
        _l("The organiser did not take the signature. Read why under Contract and sign again."),
    ),
    (
        ContractReason.NOT_COUNTERSIGNED,
        _l("The organiser has yet to countersign the exhibition contract. A letter follows."),
    ),
    (
        ContractRefusal.NOT_FROM_HERE,
        _l("This signature has been dealt with meanwhile. Look at what the log says now."),
    ),
    (
        ContractRefusal.NO_TEXT,
        _l("There is no text to publish. Write the contract and keep the draft first."),
    ),
    (
        ContractRefusal.NOTHING_CHANGED,
        _l("The draft says what the version in force says. Change its text before you publish it."),
    ),
    (
        ContractRefusal.NO_CONTRACT,
        _l("The fair has published no contract yet. You get a letter when it does."),
    ),
    (
        ContractRefusal.NOT_ADMITTED,
        _l("The contract is signed once the application is accepted. Look at how it stands."),
    ),
    (ContractRefusal.NAME_MISSING, _l("Type your full name: it stands as your signature.")),
    (ContractRefusal.NOT_AGREED, _l("Tick that you have read the contract and sign it.")),
    (ContractRefusal.REASON_MISSING, _l("Say why you do not take the signature: the exhibitor reads it.")),
    (
        ContractRefusal.TEXT_CHANGED,
        _l("The contract, its parties or the booths have changed while you read. Read it again, then sign."),
    ),
    (ContractRefusal.NOBODY_CHOSEN, _l("Tick at least one contract to countersign.")),
)
