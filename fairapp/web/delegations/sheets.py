"""The list by workbook: the template, the file sent, its preview cell by cell, taken in and taken back."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from flask import Response, current_app, flash, redirect, request, url_for
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import ValidationError

from fairapp.adapters.files import FolderFiles, content_type
from fairapp.i18n import gettext as _
from fairapp.i18n import lazy_gettext as _l
from fairapp.rules.delegation_sheets import RowKind, from_json
from fairapp.rules.delegations import list_refusals
from fairapp.rules.errors import Refused
from fairapp.store.base import db, reading, transaction
from fairapp.store.delegations import Delegation, DelegationUpload
from fairapp.store.delegations_lists import upload_of, uploads_of
from fairapp.usecases.delegations_planning import around_of, list_texts
from fairapp.usecases.delegations_sheets import SendWorkbook, send_workbook, take_back, take_in
from fairapp.web.access import signed_in
from fairapp.web.actor import current_actor
from fairapp.web.delegations.bp import MINE, bp, head_page, headed
from fairapp.web.delegations.sheet_words import fault_words, sent_rows, template, title_of, vocabulary
from fairapp.web.wording import sentences

UPLOAD = f"{MINE}/workbooks/<int(max=2147483647):upload_id>"


class WorkbookForm(FlaskForm):  # type: ignore[misc]
    """The template, filled in."""

    file = FileField(_l("Workbook (XLSX)"))

    def validate_file(self, field: FileField) -> None:
        """A file was chosen."""
        if not field.data or not field.data.filename:
            raise ValidationError(_("Choose a file."))


def _files() -> FolderFiles:
    return FolderFiles(current_app.config["FAIRAPP"].files)


def _as_file(data: bytes, name: str) -> Response:
    answer = Response(data, mimetype=content_type("x.xlsx"))
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get(f"{MINE}/template.xlsx")
@signed_in
def blank(delegation_id: int) -> Any:
    """The workbook with drop-downs, and the list as it is now in it."""
    delegation, session = headed(delegation_id), reading()
    around = around_of(session, delegation, vocabulary(), datetime.now(UTC))
    rows = list_texts(session, delegation, around)
    name = _("delegation-%(number)s.xlsx", number=delegation.id)
    return _as_file(template(delegation, around, rows, {}), name)


@bp.get(f"{MINE}/workbooks")
@signed_in
def workbooks(delegation_id: int) -> Any:
    """The way of a workbook, and those that came before."""
    return _workbooks_page(headed(delegation_id), WorkbookForm(formdata=None))


def _workbooks_page(delegation: Delegation, form: WorkbookForm, reasons: tuple[str, ...] = ()) -> str:
    return head_page(
        "delegations/workbooks.html",
        delegation,
        form=form,
        reasons=reasons,
        uploads=uploads_of(reading(), delegation.id),
        is_open=not list_refusals(delegation.state, delegation.list_until, datetime.now(UTC)),
    )


@bp.post(f"{MINE}/workbooks")
@signed_in
def send(delegation_id: int) -> Any:
    """Keep the workbook and show what it would do."""
    delegation, form = headed(delegation_id), WorkbookForm()
    if not form.validate():
        return _workbooks_page(delegation, form), 422
    sent = form.file.data
    order = SendWorkbook(delegation_id, sent.filename or "", sent.read())
    try:
        with transaction() as session:
            kept = send_workbook(session, current_actor(), order, vocabulary(), _files(), datetime.now(UTC))
            upload_id = kept.id
    except Refused as refused:
        db.session.rollback()
        reasons = sentences(refused)
        return _workbooks_page(headed(delegation_id), WorkbookForm(formdata=None), reasons), 422
    return redirect(url_for("delegations.workbook", delegation_id=delegation_id, upload_id=upload_id), 303)


@bp.get(UPLOAD)
@signed_in
def workbook(delegation_id: int, upload_id: int) -> Any:
    """What the workbook would do, or did, cell by cell."""
    delegation = headed(delegation_id)
    return _preview_page(delegation, upload_of(reading(), delegation.id, upload_id))


def _preview_page(delegation: Delegation, upload: DelegationUpload, reasons: tuple[str, ...] = ()) -> str:
    rows = from_json(upload.preview["rows"])
    whole = request.args.get("show") == "all"
    return head_page(
        "delegations/workbook.html",
        delegation,
        upload=upload,
        head=rows[0].cells if rows else (),
        rows=[row for row in rows if whole or row.kind is not RowKind.SAME],
        counts=upload.preview["counts"],
        whole=whole,
        fits=upload.preview["booths"] <= upload.preview["quota"],
        is_old=upload.applied_at is None and upload.version != delegation.version,
        may_undo=upload.applied_at is not None
        and upload.undone_at is None
        and upload.applied_version == delegation.version
        and not list_refusals(delegation.state, delegation.list_until, datetime.now(UTC)),
        reasons=reasons,
        fault_words=fault_words,
        title_of=partial(title_of, asked=upload.preview.get("asked", {})),
        RowKind=RowKind,
    )


@bp.get(f"{UPLOAD}/marked.xlsx")
@signed_in
def marked(delegation_id: int, upload_id: int) -> Any:
    """The workbook as it was sent, with each broken cell marked and its cure beside it."""
    delegation, session = headed(delegation_id), reading()
    upload = upload_of(session, delegation.id, upload_id)
    texts, marks = sent_rows(from_json(upload.preview["rows"]))
    around = around_of(session, delegation, vocabulary(), datetime.now(UTC))
    name = _("delegation-%(number)s-to-correct.xlsx", number=delegation.id)
    return _as_file(template(delegation, around, texts, marks), name)


@bp.post(f"{UPLOAD}/<any(apply, undo):act>")
@signed_in
def settle(delegation_id: int, upload_id: int, act: str) -> Any:
    """Take the workbook in, or take it back; a second press changes nothing."""
    headed(delegation_id)
    try:
        with transaction() as session:
            actor, now = current_actor(), datetime.now(UTC)
            if act == "apply":
                take_in(session, actor, delegation_id, upload_id, vocabulary(), _files(), now)
            else:
                take_back(session, actor, delegation_id, upload_id, now)
    except Refused as refused:
        db.session.rollback()
        delegation = headed(delegation_id)
        reasons = sentences(refused)
        return _preview_page(delegation, upload_of(reading(), delegation.id, upload_id), reasons), 409
    if act == "apply":
        flash(_("The workbook has been taken in."), "ok")
    else:
        flash(_("The list is as it was before the workbook."), "ok")
    return redirect(url_for("delegations.workbook", delegation_id=delegation_id, upload_id=upload_id), 303)
