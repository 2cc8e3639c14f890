"""The demo fair's papers: what it asks for, what makers sent, who signed the contract, who has the booth."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.demo.drawings.papers import scan
from fairapp.rules.actors import SYSTEM
from fairapp.rules.allocation import ClaimState
from fairapp.rules.allocation_handover import ClaimStep
from fairapp.rules.applications import ADMITTED, State
from fairapp.rules.contracts import SignBefore, digest_of
from fairapp.rules.documents import DATED, DocumentKind, DocumentStep, Standing, Stops, Whence
from fairapp.store.allocation import BoothClaim
from fairapp.store.applications import Application
from fairapp.store.contracts import Contract
from fairapp.store.fairs import Fair
from fairapp.usecases.allocation_handover import StepClaim, handover_hindrances, step_claim
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
from fairapp.usecases.documents import (
    CheckDocument,
    TakenFile,
    UploadDocument,
    check_document,
    take_file,
    upload_document,
)
from fairapp.usecases.documents_requirements import KeepRequirement, keep_requirement
from fairapp.usecases.guarding_documents import documents_asked_of
from fairapp.web.contracts.papers import both_signed, exhibitors_side, signed_paper

TOLD = Path(__file__).parent / "data" / "papers.toml"
SENT, SIGNED, COUNTERSIGNED, HANDED_OVER = 22, 8, 4, 2
"""How many makers have come so far: enough for every state, few enough for a quick start."""


@dataclass(slots=True)
class _Desk:
    session: Session
    fair: Fair
    files: FolderFiles
    now: datetime
    told: dict[str, Any]


def keep_papers(session: Session, fair: Fair, files: FolderFiles, now: datetime) -> None:
    """Ask for documents and a contract, and let most makers have sent theirs."""
    desk = _Desk(session, fair, files, now, tomllib.loads(TOLD.read_text(encoding="utf-8")))
    _ask(desk)
    coming = (*ADMITTED, State.SUBMITTED, State.IN_REVIEW)
    applications = session.scalars(
        select(Application)
        .where(Application.fair_id == fair.id, Application.state.in_(coming))
        .order_by(Application.id)
    ).all()
    scans = {kind: take_file(files, scan(kind.value)) for kind in DocumentKind}
    for place, application in enumerate(applications[:SENT]):
        _send(desk, application, place, scans)
    _sign(desk, [each for each in applications if each.state is State.CONFIRMED])
    _hand_over(desk)


def _ask(desk: _Desk) -> None:
    at = desk.now - timedelta(days=60)
    for wanted in desk.told["requirement"]:
        order = KeepRequirement(
            desk.fair.id,
            DocumentKind(wanted["kind"]),
            Stops(wanted["stops"]),
            Whence(wanted.get("whence", "anywhere")),
            groups=tuple(wanted.get("groups", ())),
            texts=wanted["texts"],
        )
        keep_requirement(desk.session, SYSTEM, order, at)
    texts = {language: text.strip() for language, text in desk.told["contract"].items()}
    keep_draft(desk.session, SYSTEM, KeepDraft(desk.fair.id, texts, True, SignBefore.HAND_OVER), at)
    publish_contract(desk.session, SYSTEM, desk.fair.id, at)


def _send(desk: _Desk, application: Application, place: int, scans: dict[DocumentKind, TakenFile]) -> None:
    """Most send everything and are verified; some wait, one is refused, some end too early or lack one."""
    for turn, asked in enumerate(documents_asked_of(desk.session, application)):
        if asked.standing is Standing.VALID or (place + turn) % 7 == 6:
            continue
        issued = desk.now.date() - timedelta(days=200 + 9 * place)
        early = place % 13 == 5 and asked.kind in DATED
        ends = desk.fair.starts_on if early else issued + timedelta(days=1095)
        sent = desk.now - timedelta(days=20, hours=place)
        order = UploadDocument(
            application.id,
            asked.kind,
            scans[asked.kind],
            f"{1200 + 37 * place + turn}/GCN",
            issued,
            ends if asked.kind in DATED else None,
        )
        document = upload_document(desk.session, SYSTEM, order, sent)
        if (place + 2 * turn) % 5 == 4:
            continue
        refused = place % 11 == 3
        step = DocumentStep.REFUSE if refused else DocumentStep.VERIFY
        reason = desk.told["refused"] if refused else ""
        check = CheckDocument(document.id, desk.fair.id, step, reason)
        check_document(desk.session, SYSTEM, check, sent + timedelta(days=3))


def _sign(desk: _Desk, applications: list[Application]) -> None:
    session, zone = desk.session, desk.fair.timezone
    contract = session.scalars(select(Contract).where(Contract.fair_id == desk.fair.id)).one()
    name = desk.told["organisers_signature"]
    for place, application in enumerate(applications[:SIGNED]):
        at = desk.now - timedelta(days=15, hours=3 * place)
        facts, person = contract_facts(session, application, contract, "vi"), desk.told["signers"][place]
        signer = application.organisation.email or "–"
        side = exhibitors_side(facts, person, signer, at, zone, None)
        digest = digest_of(facts)
        key = desk.files.keep(signed_paper(facts, digest, side), "pdf")
        order = SignContract(application.id, contract.id, "vi", person, True, digest, key)
        signature = sign_contract(session, SYSTEM, order, at)
        later = at + timedelta(days=2)
        if place < COUNTERSIGNED:
            both = desk.files.keep(both_signed(signature, zone, name, "–", later), "pdf")
            papers = ((signature.id, both),)
            countersign(session, SYSTEM, Countersign(desk.fair.id, papers, name), later)
        elif place == COUNTERSIGNED:
            refused = RefuseSignature(signature.id, desk.fair.id, desk.told["signature_refused"])
            refuse_signature(session, SYSTEM, refused, later)


def _hand_over(desk: _Desk) -> None:
    """A few booths for which everything is in order are in their exhibitors' hands."""
    session, done = desk.session, 0
    claims = session.scalars(
        select(BoothClaim)
        .where(BoothClaim.state == ClaimState.CONFIRMED, BoothClaim.exhibitor.has(fair_id=desk.fair.id))
        .order_by(BoothClaim.id)
        .limit(12)
    ).all()
    for claim in claims:
        if done < HANDED_OVER and not handover_hindrances(session, claim, desk.now):
            order = StepClaim(claim.id, ClaimStep.HAND_OVER, desk.told["hand_over_note"])
            step_claim(session, SYSTEM, order, desk.now - timedelta(hours=2))
            done += 1
