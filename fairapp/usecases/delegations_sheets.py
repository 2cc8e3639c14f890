"""A delegation's list by workbook: read and previewed cell by cell, taken in once, taken back whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.adapters.files import Files, NoSuchFile
from fairapp.rules.actors import Actor
from fairapp.rules.delegation_sheets import (
    LIMITS,
    RowKind,
    SheetReason,
    column_of,
    counts,
    deeds,
    from_json,
    to_json,
)
from fairapp.rules.delegations import DelegationReason
from fairapp.rules.errors import Clash, Refused
from fairapp.rules.producers import OrganisationKind
from fairapp.rules.questions import Phase
from fairapp.rules.reasons import Lost
from fairapp.rules.sheets import Sheet
from fairapp.rules.stars import Offered
from fairapp.store.applications_forms_queries import answer_of
from fairapp.store.delegations import Delegation, DelegationEntry, DelegationUpload
from fairapp.store.delegations_lists import entries_of, products_by_organisation, upload_of
from fairapp.usecases import audit
from fairapp.usecases.applications_answers import GiveAnswers, give_answers
from fairapp.usecases.delegations_cells import Around, Vocabulary
from fairapp.usecases.delegations_entries import (
    add_entry,
    bring_back,
    change_entry,
    own_list,
    refuse_closed_list,
    take_off,
)
from fairapp.usecases.delegations_planning import Plan, around_of, plan_sheet
from fairapp.usecases.delegations_questions import answers_given
from fairapp.usecases.delegations_telling import Told, told_of
from fairapp.usecases.permission import deputy

WORKBOOK = "workbook"
"""The mark of answers that a workbook brought."""


@dataclass(frozen=True, slots=True)
class SendWorkbook:
    """A file that a head sent."""

    delegation_id: int
    file_name: str
    data: bytes


def send_workbook(
    session: Session, actor: Actor, order: SendWorkbook, vocabulary: Vocabulary, files: Files, now: datetime
) -> DelegationUpload:
    """Read the workbook, keep it, and say what each of its cells would do; the list stays as it is.

    :raises FileRefused: when it is no list that can be read.
    :raises Refused: when its columns are not the template's, or the list is not open.
    """
    from fairapp.adapters.sheets.reading import read_sheet  # heavy: workbooks

    delegation = own_list(session, actor, order.delegation_id)
    refuse_closed_list(delegation, now)
    sheet = read_sheet(order.data, limits=LIMITS)
    around = around_of(session, delegation, vocabulary, now)
    plan = plan_sheet(session, delegation, sheet, around)
    upload = DelegationUpload(
        delegation_id=delegation.id,
        file_name=order.file_name[-200:],
        file_key=files.keep(order.data, "xlsx" if order.data.startswith(b"PK") else "csv"),
        version=delegation.version,
        preview=_preview(plan, delegation, around),
        made_at=now,
        made_by_id=actor.account_id,
    )
    upload.delegation = delegation
    session.add(upload)
    session.flush()
    _record(session, actor, "workbook_sent", upload, now)
    return upload


def take_in(
    session: Session, actor: Actor, delegation_id: int, upload_id: int, vocabulary: Vocabulary, files: Files,
    now: datetime,
) -> DelegationUpload:  # fmt: skip
    """Do what was previewed, all of it at once; a second time changes nothing.

    :raises Clash: when the list was changed since the preview.
    :raises Refused: while a cell is broken, the quota would be passed, or nothing is new.
    """
    delegation = own_list(session, actor, delegation_id)
    upload = upload_of(session, delegation.id, upload_id)
    if upload.applied_at is not None:
        return upload
    refuse_closed_list(delegation, now)
    if upload.version != delegation.version:
        raise Clash(Lost.CHANGED_MEANWHILE)
    around = around_of(session, delegation, vocabulary, now)
    plan = plan_sheet(session, delegation, _sheet_of(upload, files), around)
    if deeds(plan.rows) != deeds(from_json(upload.preview["rows"])):  # a producer told something itself
        raise Clash(Lost.CHANGED_MEANWHILE)
    _refuse_plan(plan, delegation)
    upload.undo = _do(session, actor, delegation, plan, now)
    upload.applied_at, upload.applied_version = now, delegation.version
    _record(session, actor, "workbook_taken_in", upload, now)
    return upload


def take_back(
    session: Session, actor: Actor, delegation_id: int, upload_id: int, now: datetime
) -> DelegationUpload:
    """Put the list back as it was before the workbook; a second time changes nothing.

    :raises Refused: when the list was changed since, or is not open any more.
    """
    delegation = own_list(session, actor, delegation_id)
    upload = upload_of(session, delegation.id, upload_id)
    if upload.undone_at is not None:
        return upload
    refuse_closed_list(delegation, now)
    if upload.applied_at is None:
        raise Refused(SheetReason.NOT_TAKEN_IN)
    if delegation.version != upload.applied_version:
        raise Refused(SheetReason.CHANGED_SINCE)
    entries = {each.id: each for each in entries_of(session, delegation.id)}
    for entry_id in upload.undo["new"]:
        take_off(session, actor, entries[entry_id], now)
    for entry_id, was in upload.undo["changed"]:
        change_entry(session, actor, entries[entry_id], _told_again(was), now)
    for entry_id, said in upload.undo.get("answers", ()):
        _answer(session, actor, entries[entry_id], said, now)
    upload.undone_at = now
    _record(session, actor, "workbook_taken_back", upload, now)
    return upload


def _preview(plan: Plan, delegation: Delegation, around: Around) -> dict[str, Any]:
    return {
        "rows": to_json(plan.rows),
        "counts": counts(plan.rows),
        "booths": plan.booths,
        "quota": delegation.quota_booths,
        "left_alone": plan.left_alone,
        "asked": {column_of(each): dict(each.labels) for each in around.asking.questions},
    }


def _refuse_plan(plan: Plan, delegation: Delegation) -> None:
    figures = counts(plan.rows)
    if figures["faults"]:
        raise Refused(SheetReason.BROKEN_CELLS, cells=figures["faults"])
    if plan.booths > delegation.quota_booths:
        raise Refused(DelegationReason.QUOTA_FULL, quota=delegation.quota_booths, asked=plan.booths)
    if not figures[RowKind.NEW] and not figures[RowKind.CHANGED]:
        raise Refused(SheetReason.NOTHING_NEW)


def _do(
    session: Session, actor: Actor, delegation: Delegation, plan: Plan, now: datetime
) -> dict[str, list[Any]]:
    """Enter and change what the plan says; answer how to take it back."""
    entries = {each.id: each for each in entries_of(session, delegation.id)}
    products = products_by_organisation(session, (each.organisation_id for each in entries.values()))
    given = answers_given(session, list(entries.values()))
    undo: dict[str, list[Any]] = {"new": [], "changed": [], "answers": []}
    position = len(entries)
    for row in plan.rows:
        told = plan.told[row.line]
        if row.kind is RowKind.NEW and row.entry_id is None:
            entry = add_entry(session, actor, delegation, told, position, now)
            undo["new"].append(entry.id)
            position += 1
        elif row.kind is RowKind.NEW:
            back = bring_back(session, actor, entries[row.entry_id or 0], now)
            entry = change_entry(session, actor, back, told, now)
            undo["new"].append(entry.id)
        elif row.kind is RowKind.CHANGED:
            entry = entries[row.entry_id or 0]
            was = told_of(entry, products.get(entry.organisation_id, []))
            undo["changed"].append([entry.id, asdict(was)])
            change_entry(session, actor, entry, told, now)
        else:
            continue
        if answers := plan.answers[row.line]:
            before = given.get(entry.id, {})
            undo["answers"].append([entry.id, {key: before.get(key) for key in answers}])
            _answer(session, actor, entry, answers, now)
    undo["answers"] = [each for each in undo["answers"] if each[0] not in undo["new"]]
    return undo


def _answer(
    session: Session, actor: Actor, entry: DelegationEntry, answers: Mapping[str, Any], now: datetime
) -> None:
    """Keep what the row answers for the producer, with the form's version in force."""
    order = GiveAnswers(entry.application_id, Phase.APPLY, answers, tab=WORKBOOK)
    answer = answer_of(session, entry.application_id, Phase.APPLY)
    seen = 0 if answer is None else answer.version
    give_answers(session, deputy(actor, entry.organisation_id), replace(order, seen=seen), now)


def _told_again(was: Mapping[str, Any]) -> Told:
    plain = {**was, "products": tuple(Offered(*each) for each in was["products"])}
    return Told(**{**plain, "kind": OrganisationKind(was["kind"])})


def _sheet_of(upload: DelegationUpload, files: Files) -> Sheet:
    from fairapp.adapters.sheets.reading import read_sheet  # heavy: workbooks

    try:
        return read_sheet(files.read(upload.file_key), limits=LIMITS)
    except NoSuchFile:
        raise Refused(SheetReason.FILE_GONE) from None


def _record(session: Session, actor: Actor, what: str, upload: DelegationUpload, now: datetime) -> None:
    facts = {"delegation": upload.delegation_id, "upload": upload.id, "file": upload.file_name}
    audit.record(
        session, actor, f"delegation.{what}", now, fair_id=upload.delegation.fair_id, **facts,
        **upload.preview["counts"],
    )  # fmt: skip
