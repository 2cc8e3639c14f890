"""Pages where a statement comes in: the file, its columns, what its lines will pay, what they paid."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from fairapp.i18n import gettext as _
from fairapp.i18n.phrases import phrase
from fairapp.rules.actors import Permission
from fairapp.rules.bank_columns import BankColumnsRefused
from fairapp.rules.bank_lines import LineOutcome, LineReason
from fairapp.rules.bank_titles import BankField
from fairapp.rules.errors import Refused
from fairapp.rules.exchange_runs import FIRST_ROWS
from fairapp.rules.sheets import FileRefused
from fairapp.store.base import db, reading, transaction
from fairapp.store.billing_bank import BankStatement
from fairapp.store.billing_bank_queries import (
    booked_parts,
    how_many,
    payments_of_statement,
    statements_of,
)
from fairapp.usecases.billing_bank import (
    decide_lines,
    keep_statement,
    sheet_of,
    statement_of,
    statement_sheet,
    take_in,
    tell_columns,
)
from fairapp.web.access import current_fair, needs
from fairapp.web.actor import current_actor
from fairapp.web.bank.bp import BANK, PER_PAGE, STATEMENT, bp, currencies_of, files
from fairapp.web.bank.forms import StatementForm, columns_sent
from fairapp.web.paging import page_asked
from fairapp.web.wording import sentences


@bp.get(f"{BANK}/statements")
@needs(Permission.MONEY_SEE)
def statements(fair_code: str) -> Any:
    """The form for a new statement, and those that came before."""
    return _statements_page(StatementForm(currencies_of(current_fair())), ())


@bp.post(f"{BANK}/statements")
@needs(Permission.MONEY_EDIT)
def upload(fair_code: str) -> Any:
    """Keep a statement; the same file again leads to where it is."""
    fair = current_fair()
    form = StatementForm(currencies_of(fair))
    reasons: tuple[str, ...] = ()
    if form.validate_on_submit():
        try:
            order = form.order(fair.id)
            sheet = statement_sheet(order.data)
            with transaction() as session:
                kept = keep_statement(session, current_actor(), order, sheet, files(), datetime.now(UTC))
            return _to("statement" if kept.applied_at else "columns", kept.id)
        except FileRefused as refused:
            reasons = (phrase(refused.reason, **refused.facts),)
        except Refused as refused:
            reasons = sentences(refused)
    return _statements_page(form, reasons), 422


def _statements_page(form: StatementForm, reasons: tuple[str, ...]) -> str:
    session, fair = reading(), current_fair()
    found = statements_of(fair.id)
    page = page_asked(how_many(session, found), PER_PAGE)
    return render_template(
        "bank/statements.html",
        form=form,
        reasons=reasons,
        page=page,
        statements=session.scalars(found.offset(page.skipped).limit(page.size)).all(),
        may_edit=current_actor().may(Permission.MONEY_EDIT, fair.id),
        outcomes=LineOutcome,
    )


@bp.get(f"{STATEMENT}/columns")
@needs(Permission.MONEY_EDIT)
def columns(fair_code: str, bank_statement_id: int) -> Any:
    """Ask what each column holds, beside the first lines."""
    statement = statement_of(reading(), current_actor(), bank_statement_id, current_fair().id)
    return _columns_page(statement, {place: name for name, place in statement.columns.items()}, ())


@bp.post(f"{STATEMENT}/columns")
@needs(Permission.MONEY_EDIT)
def tell(fair_code: str, bank_statement_id: int) -> Any:
    """Keep what the columns hold, then show what the lines would pay."""
    fair_id = current_fair().id
    statement = statement_of(reading(), current_actor(), bank_statement_id, fair_id)
    width = len(statement.header)
    chosen = {place: request.form.get(f"column-{place}", "") for place in range(width)}
    try:
        order = columns_sent(request.form, width)
        with transaction() as session:
            tell_columns(session, current_actor(), statement.id, fair_id, order, datetime.now(UTC))
    except BankColumnsRefused as refused:
        db.session.rollback()
        statement = statement_of(reading(), current_actor(), bank_statement_id, fair_id)
        return _columns_page(statement, chosen, (phrase(refused.reason, **refused.facts),)), 422
    return _to("statement", statement.id)


def _columns_page(statement: BankStatement, chosen: dict[int, str], reasons: tuple[str, ...]) -> str:
    sheet = sheet_of(statement, files())
    return render_template(
        "bank/columns.html",
        statement=statement,
        chosen=chosen,
        reasons=reasons,
        header=sheet.header,
        first_rows=sheet.rows[:FIRST_ROWS],
        count=len(sheet.rows),
        fields=tuple(BankField),
        findings=[phrase(each.note, number=each.number) for each in sheet.findings],
    )


@bp.get(STATEMENT)
@needs(Permission.MONEY_SEE)
def statement(fair_code: str, bank_statement_id: int) -> Any:
    """What every line will pay, or what became of it."""
    found = statement_of(reading(), current_actor(), bank_statement_id, current_fair().id)
    return _taken_in(found) if found.applied_at else _preview(found)


def _preview(statement: BankStatement) -> str:
    session, wanted = reading(), request.args.get("outcome", "")
    try:
        decided = decide_lines(session, statement, files())
    except Refused as refused:
        reasons = sentences(refused)
        return _columns_page(statement, {place: name for name, place in statement.columns.items()}, reasons)
    lines = [line for line in decided.lines if not wanted or line.outcome == wanted]
    page = page_asked(len(lines), PER_PAGE)
    return render_template(
        "bank/preview.html",
        statement=statement,
        figures=decided.figures,
        lines=lines[page.skipped : page.skipped + page.size],
        dues=decided.matcher.dues,
        page=page,
        outcome=wanted,
        outcomes=tuple(LineOutcome),
        may_edit=current_actor().may(Permission.MONEY_EDIT, statement.fair_id),
    )


def _taken_in(statement: BankStatement) -> str:
    session = reading()
    found = payments_of_statement(statement.id)
    page = page_asked(how_many(session, found), PER_PAGE)
    payments = session.scalars(found.offset(page.skipped).limit(page.size)).all()
    return render_template(
        "bank/taken_in.html",
        statement=statement,
        payments=payments,
        booked=booked_parts(session, [each.id for each in payments]),
        page=page,
        outcomes=tuple(LineOutcome),
        left_out=[
            (LineReason(reason), statement.counts["reasons"][reason], numbers)
            for reason, numbers in statement.counts["left_out"].items()
        ],
    )


@bp.post(f"{STATEMENT}/take-in")
@needs(Permission.MONEY_EDIT)
def take(fair_code: str, bank_statement_id: int) -> Any:
    """Write down what came in and book what is certain; pressed again, nothing changes."""
    now = datetime.now(UTC)
    with transaction() as session:
        taken = take_in(session, current_actor(), bank_statement_id, current_fair().id, files(), now)
    if taken.applied_at == now:
        flash(_("The statement has been taken in."), "ok")
    else:
        flash(_("The statement was taken in before; nothing has changed."), "info")
    return _to("statement", bank_statement_id)


def _to(view: str, bank_statement_id: int) -> Any:
    fair_code = current_fair().code
    return redirect(url_for(f"bank.{view}", fair_code=fair_code, bank_statement_id=bank_statement_id), 303)
