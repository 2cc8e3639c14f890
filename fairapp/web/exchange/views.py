"""Pages where lists come in: upload, columns, preview, the result; and the way out as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for

from fairapp.adapters.files import FolderFiles, content_type
from fairapp.i18n import current_language, pick
from fairapp.i18n import gettext as _
from fairapp.i18n.exports import page_said, rows_said, titles_said
from fairapp.i18n.import_report import notes_said, reasons_said, report_header, report_lines
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.columns import ColumnsRefused
from fairapp.rules.exchange_rows import Fate
from fairapp.rules.exchange_runs import FIRST_ROWS, MOST_AT_ONCE, ListKind
from fairapp.rules.import_plan import WithoutBooth
from fairapp.rules.imports import Outcome, RowNote
from fairapp.rules.sheets import FileNote, FileRefused
from fairapp.store.base import reading, transaction
from fairapp.store.exchange import ImportRun
from fairapp.store.exchange_queries import runs_of
from fairapp.usecases.exchange import (
    StartRun,
    apply_run,
    check_list,
    fates_of,
    is_under_way,
    keep_list,
    read_list,
    run_of,
    sheet_of,
    start_run,
)
from fairapp.usecases.exchange_export import export_fair
from fairapp.usecases.exchange_import import FIELDS
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.exchange.forms import ColumnsForm, ListForm, check_order, columns_sent
from fairapp.web.paging import page_asked

bp = Blueprint("exchange", __name__)
PER_PAGE = 100


def _files() -> FolderFiles:
    return FolderFiles(current_app.config["FAIRAPP"].files)


@bp.get("/o/<fair_code>/import")
@needs(Permission.LIST_IMPORT)
def lists(fair_code: str) -> Any:
    """The form for a new list, and the lists that came before."""
    return _lists_page(ListForm(), [])


@bp.post("/o/<fair_code>/import")
@needs(Permission.LIST_IMPORT)
def upload(fair_code: str) -> Any:
    """Keep a list, then ask what its columns mean."""
    form, fair_id = ListForm(), current_fair().id
    reasons: list[str] = []
    if form.validate_on_submit():
        try:
            order = form.order(fair_id)
            sheet = read_list(order.data)
            with transaction() as session:
                run = keep_list(session, current_actor(), order, sheet, _files(), datetime.now(UTC))
            return redirect(url_for("exchange.columns", fair_code=fair_code, run_id=run.id), 303)
        except FileRefused as refused:
            reasons = [phrase(refused.reason, **refused.facts)]
    return _lists_page(form, reasons), 422


def _lists_page(form: ListForm, reasons: list[str]) -> str:
    return render_template(
        "exchange/lists.html",
        form=form,
        runs=runs_of(reading(), current_fair().id),
        reasons=reasons,
        outcomes=Outcome,
        may_export=current_actor().may(Permission.LIST_EXPORT, current_fair().id),
    )


@bp.get("/o/<fair_code>/import/<int:run_id>/columns")
@needs(Permission.LIST_IMPORT)
def columns(fair_code: str, run_id: int) -> Any:
    """Ask what each column holds, beside the first rows."""
    run = run_of(reading(), current_actor(), run_id, current_fair().id)
    chosen = {place: name for name, place in run.columns.items()}
    form = ColumnsForm(run.counts.get("without_booth", WithoutBooth.REFUSE.value))
    return _columns_page(run, form, chosen, [])


@bp.post("/o/<fair_code>/import/<int:run_id>/columns")
@needs(Permission.LIST_IMPORT)
def check(fair_code: str, run_id: int) -> Any:
    """Decide every row by these columns, then show what would happen."""
    form, fair_id = ColumnsForm(), current_fair().id
    run = run_of(reading(), current_actor(), run_id, fair_id)
    sheet = sheet_of(run, _files())
    chosen = {place: request.form.get(f"column-{place}", "") for place in range(len(sheet.header))}
    if not form.validate_on_submit():
        return _columns_page(run, form, chosen, []), 422
    try:
        order = check_order(run_id, columns_sent(request.form, sheet.header), form)
        with transaction() as session:
            check_list(session, current_actor(), order, sheet, fair_id, _files(), datetime.now(UTC))
    except ColumnsRefused as refused:
        run = run_of(reading(), current_actor(), run_id, fair_id)
        return _columns_page(run, form, chosen, [phrase(refused.reason, **refused.facts)]), 422
    return redirect(url_for("exchange.rows", fair_code=fair_code, run_id=run_id), 303)


def _columns_page(run: ImportRun, form: ColumnsForm, chosen: dict[int, str], reasons: list[str]) -> str:
    sheet = sheet_of(run, _files())
    return render_template(
        "exchange/columns.html",
        run=run,
        form=form,
        chosen=chosen,
        reasons=reasons,
        header=sheet.header,
        first_rows=sheet.rows[:FIRST_ROWS],
        count=len(sheet.rows),
        fields=FIELDS[run.what],
        findings=[(phrase(each.note, number=each.number)) for each in sheet.findings],
        has_booths=run.what == ListKind.EXHIBITORS,
    )


@bp.get("/o/<fair_code>/import/<int:run_id>")
@needs(Permission.LIST_IMPORT)
def rows(fair_code: str, run_id: int) -> Any:
    """What will become of every row, or what became of it."""
    run = run_of(reading(), current_actor(), run_id, current_fair().id)
    if not run.counts:
        return redirect(url_for("exchange.columns", fair_code=fair_code, run_id=run_id))
    wanted = request.args.get("outcome", "")
    shown = [row for row in fates_of(run, _files()) if not wanted or row.outcome == wanted]
    page = page_asked(len(shown), PER_PAGE)
    findings = [phrase(FileNote(note), number=count) for note, count in run.counts["findings"]]
    findings += [phrase(RowNote(note)) for note in run.counts["remarks"]]
    return render_template(
        "exchange/rows.html",
        run=run,
        outcome=wanted,
        outcomes=tuple(Outcome),
        page=page,
        rows=[_said(row) for row in shown[page.skipped : page.skipped + page.size]],
        findings=findings,
        under_way=is_under_way(reading(), run),
    )


def _said(row: Fate) -> dict[str, Any]:
    return {"row": row, "reasons": reasons_said(row), "notes": notes_said(row)}


@bp.post("/o/<fair_code>/import/<int:run_id>/apply")
@needs(Permission.LIST_IMPORT)
def apply(fair_code: str, run_id: int) -> Any:
    """Take the list in; pressed again, nothing changes."""
    fair_id, now = current_fair().id, datetime.now(UTC)
    run = run_of(reading(), current_actor(), run_id, fair_id)
    if run.applied_at is None and run.counts.get("rows", 0) > MOST_AT_ONCE:
        with transaction() as session:
            order = StartRun(run_id, current_language())
            job = start_run(session, current_actor(), order, fair_id, now)
        return redirect(url_for("operations.job", job_id=job.id), 303)
    with transaction() as session:
        run = apply_run(session, current_actor(), run_id, fair_id, _files(), now)
    if run.applied_at == now:
        flash(_("The list has been taken in."), "ok")
    else:
        flash(_("The list was taken in before; nothing has changed."), "info")
    return redirect(url_for("exchange.rows", fair_code=fair_code, run_id=run_id), 303)


@bp.get("/o/<fair_code>/import/<int:run_id>/report.csv")
@needs(Permission.LIST_IMPORT)
def report(fair_code: str, run_id: int) -> Any:
    """A line for every row of the list, in the reader's language."""
    from fairapp.adapters.sheets.writing import csv_bytes  # heavy: workbooks

    run = run_of(reading(), current_actor(), run_id, current_fair().id)
    body = csv_bytes(report_header(), report_lines(fates_of(run, _files())))
    answer = Response(body, mimetype="text/csv")
    name = _("import-report-%(number)s.csv", number=run.id)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get("/o/<fair_code>/export")
@needs(Permission.LIST_EXPORT)
def export(fair_code: str) -> Any:
    """Say what the workbook holds, with the button that makes it."""
    return render_template("exchange/export.html")


@bp.post("/o/<fair_code>/export")
@needs(Permission.LIST_EXPORT)
def workbook(fair_code: str) -> Any:
    """The fair as a workbook."""
    from fairapp.adapters.sheets.writing import Column, Table, xlsx_bytes  # heavy: workbooks

    fair, now = current_fair(), datetime.now(UTC)
    name, timezone = pick(fair.names), fair.timezone
    with transaction() as session:
        tables = export_fair(session, current_actor(), fair.id, current_language(), now)
    pages = [
        Table(page_said(table), tuple(map(Column, titles_said(table))), rows_said(table, timezone))
        for table in tables
    ]
    answer = Response(xlsx_bytes(pages, title=name, made_at=now), mimetype=content_type("x.xlsx"))
    day = now.strftime("%Y%m%d")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{fair.code}-{day}.xlsx")
    return answer
