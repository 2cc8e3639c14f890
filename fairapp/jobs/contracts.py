"""Letters about the contract: to sign, countersigned, or not taken and why."""

from __future__ import annotations

from fairapp.jobs.applications import letters_about
from fairapp.jobs.work import Letter, LetterJob, Work
from fairapp.rules.applications import ADMITTED
from fairapp.rules.contracts import SignatureState
from fairapp.store.applications import Application
from fairapp.store.contracts import Signature
from fairapp.usecases.guarding_contracts import contract_standing


def to_sign(work: Work, *, application_id: int) -> list[Letter]:
    """A contract is in force that this exhibitor has to sign; nothing when they have by now."""
    application = work.session.get(Application, application_id)
    if application is None or application.state not in ADMITTED:
        return []
    standing = contract_standing(work.session, application)
    if standing is None or not standing.may_sign:
        return []
    again = standing.signature is not None
    return _letters(work, application, {"event": "again" if again else "sign", "reason": ""})


def countersigned(work: Work, *, signature_id: int) -> list[Letter]:
    """Both sides have signed; the copy is on the page."""
    return _about(work, signature_id, SignatureState.COUNTERSIGNED)


def refused(work: Work, *, signature_id: int) -> list[Letter]:
    """The signature was not taken, and why."""
    return _about(work, signature_id, SignatureState.REFUSED)


def _about(work: Work, signature_id: int, state: SignatureState) -> list[Letter]:
    signature = work.session.get(Signature, signature_id)
    if signature is None or signature.state is not state:
        return []
    return _letters(work, signature.application, {"event": state.value, "reason": signature.reason})


def _letters(work: Work, application: Application, facts: dict[str, object]) -> list[Letter]:
    fair, organisation = application.fair, application.organisation
    said = facts | {
        "fair_names": fair.names,
        "organisation": organisation.name,
        "contact": " · ".join(each for each in (fair.contact_email, fair.contact_phone) if each),
        "path": f"/me/applications/{application.id}/contract",
    }
    return letters_about(work, application, "contracts/contract", said)


LETTERS: dict[str, LetterJob] = {
    "mail.contract_to_sign": to_sign,
    "mail.contract_countersigned": countersigned,
    "mail.contract_refused": refused,
}
