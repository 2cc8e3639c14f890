"""The exhibition contract: drafted and published by the organiser, signed by both sides."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.rules.actors import Actor, Permission
from fairapp.rules.applications import ADMITTED
from fairapp.rules.contracts import (
    LONGEST_BODY,
    LONGEST_NAME,
    STEPS,
    ContractRefusal,
    SignatureState,
    SignatureStep,
    SignBefore,
    digest_of,
    refusal_of,
)
from fairapp.rules.errors import Clash, Invalid, Missing, Refused
from fairapp.rules.reasons import Shape
from fairapp.rules.text import TextRefused, clean
from fairapp.store.applications import Application
from fairapp.store.applications_queries import application_of
from fairapp.store.base import LOCK, Texts
from fairapp.store.contracts import Contract, Signature
from fairapp.store.contracts_queries import (
    admitted_of,
    booths_held,
    draft_of,
    signature_of,
    signatures_of,
    versions_of,
)
from fairapp.store.fairs import Fair
from fairapp.usecases import audit, outbox
from fairapp.usecases.permission import require, require_member

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class KeepDraft:
    """The next version of the contract, and which step waits for it."""

    fair_id: int
    texts: Texts = field(default_factory=dict)
    must_sign_again: bool = True
    before: SignBefore = SignBefore.CONFIRM


@dataclass(frozen=True, slots=True)
class SignContract:
    """A member signs what was shown: ``digest`` says what that was, ``file_key`` is the PDF copy of it."""

    application_id: int
    contract_id: int
    language: str
    typed_name: str
    agrees: bool
    digest: str
    file_key: str


@dataclass(frozen=True, slots=True)
class Countersign:
    """The organiser signs too: (signature, PDF copy with both names)."""

    fair_id: int
    signatures: tuple[tuple[int, str], ...]
    typed_name: str


@dataclass(frozen=True, slots=True)
class RefuseSignature:
    """The organiser does not take a signature, and says why."""

    signature_id: int
    fair_id: int
    reason: str


def keep_draft(session: Session, actor: Actor, order: KeepDraft, now: datetime) -> Contract:
    """Keep the text of the next version; nobody sees it before it is published."""
    fair = _fair(session, actor, order.fair_id)
    texts = {
        language: _clean(f"text_{language}", text, LONGEST_BODY, lines=True)
        for language, text in order.texts.items()
    }
    draft = draft_of(session, fair.id)
    if draft is None:
        newest = next(iter(versions_of(session, fair.id)), None)
        draft = Contract(
            fair_id=fair.id,
            number=1 if newest is None else newest.number + 1,
            made_at=now,
            made_by_id=actor.account_id,
        )
        session.add(draft)
    draft.texts = {language: text for language, text in texts.items() if text}
    draft.must_sign_again = order.must_sign_again
    fair.settings = {**fair.settings, "contract": {"before": order.before.value}}
    session.flush()
    audit.record(
        session,
        actor,
        "contract.drafted",
        now,
        fair_id=fair.id,
        version=draft.number,
        before=order.before.value,
    )
    return draft


def publish_contract(session: Session, actor: Actor, fair_id: int, now: datetime) -> Contract:
    """Put the draft in force; exhibitors who have to sign (again) get a letter.

    :raises Refused: without a text, or when nothing differs from the version in force.
    """
    fair = _fair(session, actor, fair_id)
    draft = draft_of(session, fair.id)
    if draft is None or not draft.texts:
        raise Refused(ContractRefusal.NO_TEXT)
    newest = next(iter(versions_of(session, fair.id)), None)
    if newest is not None and newest.texts == draft.texts:
        raise Refused(ContractRefusal.NOTHING_CHANGED)
    draft.published_at = now
    draft.must_sign_again = draft.must_sign_again or newest is None
    session.flush()
    audit.record(session, actor, "contract.published", now, fair_id=fair.id, version=draft.number)
    if draft.must_sign_again:
        for application_id in admitted_of(session, fair.id):
            outbox.post(session, "mail.contract_to_sign", now, application_id=application_id)
    return draft


def contract_facts(
    session: Session, application: Application, contract: Contract, language: str
) -> dict[str, Any]:
    """Everything that is signed, as plain values: the text, both parties, the days and the booths."""
    fair, organisation = application.fair, application.organisation
    booths = booths_held(session, application.id)
    return {
        "fair": fair.code,
        "version": contract.number,
        "language": language,
        "text": contract.texts[language],
        "application": application.id,
        "fair_names": fair.names,
        "first": fair.starts_on.isoformat(),
        "last": fair.ends_on.isoformat(),
        "venue_names": fair.venue_names,
        "venue_address": fair.venue_address,
        "organiser_names": fair.organiser_names,
        "organisation": organisation.name,
        "organisation_address": organisation.address,
        "tax_code": organisation.tax_code or "",
        "booths": [booth.code for booth in booths],
        "area_m2": round(sum(booth.area_m2 for booth in booths), 2),
    }


def sign_contract(session: Session, actor: Actor, order: SignContract, now: datetime) -> Signature:
    """Sign for the organisation, exactly what was shown; a second press signs once.

    :raises Clash: when the text, a party or a booth is not what was shown any more.
    """
    application = application_of(session, actor, order.application_id, lock=True)
    require_member(actor, application.organisation_id)
    name = _clean("typed_name", order.typed_name, LONGEST_NAME)
    newest = next(iter(versions_of(session, application.fair_id)), None)
    if newest is None:
        raise Refused(ContractRefusal.NO_CONTRACT)
    if application.state not in ADMITTED:
        raise Refused(ContractRefusal.NOT_ADMITTED)
    log = signatures_of(session, application.id)
    live = next((each for each in log if each.is_live and each.contract_id == newest.id), None)
    if live is not None:
        return live
    before = SignatureState.REFUSED if log and log[0].is_live is None else SignatureState.UNSIGNED
    facts = _as_shown(session, application, newest, order)
    lacks = (
        refusal_of(before, SignatureStep.SIGN, name),
        None if order.agrees else ContractRefusal.NOT_AGREED,
    )
    if reasons := [each for each in lacks if each is not None]:
        raise Refused(*reasons)
    signature = Signature(
        contract_id=newest.id,
        application_id=application.id,
        state=STEPS[before, SignatureStep.SIGN],
        language=order.language,
        typed_name=name,
        signed_by_id=actor.account_id,
        signed_at=now,
        address=actor.address,
        digest=order.digest,
        facts=facts,
        file_key=order.file_key,
    )
    session.add(signature)
    session.flush()
    audit.record(
        session,
        actor,
        "contract.signed",
        now,
        fair_id=application.fair_id,
        application=application.id,
        version=newest.number,
        signature=signature.id,
        digest=order.digest,
    )
    return signature


def _as_shown(
    session: Session, application: Application, newest: Contract, order: SignContract
) -> dict[str, Any]:
    """What is signed, if it still is what was shown."""
    if newest.id == order.contract_id and order.language in newest.texts:
        facts = contract_facts(session, application, newest, order.language)
        if digest_of(facts) == order.digest:
            return facts
    raise Clash(ContractRefusal.TEXT_CHANGED)


def countersign(session: Session, actor: Actor, order: Countersign, now: datetime) -> list[Signature]:
    """Sign for the organiser; those that were dealt with meanwhile are left as they are."""
    require(actor, Permission.CONTRACT_SIGN, order.fair_id)
    name = _clean("typed_name", order.typed_name, LONGEST_NAME)
    if refusal := refusal_of(SignatureState.SIGNED, SignatureStep.COUNTERSIGN, name):
        raise Refused(refusal)
    done = []
    for signature_id, file_key in sorted(order.signatures):
        signature = _theirs(session, actor, signature_id, order.fair_id)
        if (signature.state, SignatureStep.COUNTERSIGN) not in STEPS:
            continue
        signature.state = STEPS[signature.state, SignatureStep.COUNTERSIGN]
        signature.countersigned_name, signature.countersigned_at = name, now
        signature.countersigned_by_id, signature.both_key = actor.account_id, file_key
        audit.record(
            session, actor, "contract.countersigned", now, fair_id=order.fair_id, signature=signature.id
        )
        outbox.post(session, "mail.contract_countersigned", now, signature_id=signature.id)
        done.append(signature)
    session.flush()
    return done


def refuse_signature(session: Session, actor: Actor, order: RefuseSignature, now: datetime) -> Signature:
    """Do not take the signature; the exhibitor reads why and signs again."""
    require(actor, Permission.CONTRACT_SIGN, order.fair_id)
    signature = _theirs(session, actor, order.signature_id, order.fair_id)
    reason = _clean("reason", order.reason, LONGEST_REASON, lines=True)
    if refusal := refusal_of(signature.state, SignatureStep.REFUSE, reason):
        raise Refused(refusal)
    signature.state = STEPS[signature.state, SignatureStep.REFUSE]
    signature.reason, signature.refused_at, signature.is_live = reason, now, None
    session.flush()
    audit.record(session, actor, "contract.refused", now, fair_id=order.fair_id, signature=signature.id)
    outbox.post(session, "mail.contract_refused", now, signature_id=signature.id)
    return signature


def _theirs(session: Session, actor: Actor, signature_id: int, fair_id: int) -> Signature:
    signature = signature_of(session, actor, signature_id, lock=True)
    if signature.application.fair_id != fair_id:
        raise Missing
    return signature


def _fair(session: Session, actor: Actor, fair_id: int) -> Fair:
    """The fair, its row locked: one draft at a time."""
    require(actor, Permission.FAIR_EDIT, fair_id)
    return session.scalars(select(Fair).where(Fair.id == fair_id).with_for_update(**LOCK)).one()


def _clean(name: str, text: str, longest: int, lines: bool = False) -> str:
    try:
        return clean(text, longest=longest, lines=lines)
    except TextRefused as refused:
        raise Invalid(**{name: Shape.TOO_LONG if refused.longest else refused.reason}) from refused
