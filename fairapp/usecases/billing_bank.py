"""A bank's statement on its way in: kept, its columns told, every line decided, then taken in once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import Files, NoSuchFile
from fairapp.rules.actors import Actor, Permission
from fairapp.rules.bank_columns import BankColumnsRefused, check_bank_columns, guess_bank_columns
from fairapp.rules.bank_lines import MOST_LINES, mark_known, read_lines
from fairapp.rules.bank_plan import Figures, LinePlan, StatementRefusal, figures_of, plan_statement
from fairapp.rules.bank_titles import BankField, bank_field
from fairapp.rules.billing import OPEN_INVOICES
from fairapp.rules.errors import Missing, Refused
from fairapp.rules.matching import Matcher
from fairapp.rules.sheets import Sheet
from fairapp.store.base import LOCK
from fairapp.store.billing import Instalment, Invoice
from fairapp.store.billing_bank import BankLine, BankStatement, Payment
from fairapp.store.billing_matching import dues_of, instalments_of_fair, last_columns, lines_between
from fairapp.usecases import audit
from fairapp.usecases.booking import book, lock_invoices, set_aside
from fairapp.usecases.permission import require

MOST_NAMED = 200
"""Numbers of left-out lines that are kept for each reason."""


@dataclass(frozen=True, slots=True)
class KeepStatement:
    """A file of the bank, the currency of its account, and how many digits that has behind the comma."""

    fair_id: int
    file_name: str
    data: bytes
    currency: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A statement's lines with what becomes of each, and what may be chosen by hand."""

    lines: tuple[LinePlan, ...]
    matcher: Matcher

    @property
    def figures(self) -> Figures:
        """The lines in numbers."""
        return figures_of(self.lines)


def keep_statement(
    session: Session, actor: Actor, order: KeepStatement, sheet: Sheet, files: Files, now: datetime
) -> BankStatement:
    """Keep the file that ``sheet`` was read from, its columns guessed; once for each file."""
    require(actor, Permission.MONEY_EDIT, order.fair_id)
    digest = hashlib.sha256(order.data).hexdigest()
    there = session.scalar(
        select(BankStatement).where(BankStatement.fair_id == order.fair_id, BankStatement.digest == digest)
    )
    if there is not None:
        return there
    guessed = {field.value: place for field, place in guess_bank_columns(sheet.header).items()}
    statement = BankStatement(
        fair_id=order.fair_id,
        digest=digest,
        name=order.file_name[-200:],
        file_key=files.keep(order.data, "xlsx" if order.data.startswith(b"PK") else "csv"),
        currency=order.currency,
        decimals=order.decimals,
        header=list(sheet.header),
        columns=last_columns(session, order.fair_id, sheet.header) or guessed,
        made_at=now,
        made_by_id=actor.account_id,
    )
    session.add(statement)
    session.flush()
    facts = {"statement": statement.id, "file": statement.name}
    audit.record(session, actor, "bank.statement_kept", now, fair_id=order.fair_id, **facts)
    return statement


def statement_sheet(data: bytes) -> Sheet:
    """The file as a list, read before a transaction is open: a large one takes its time.

    :raises FileRefused: when it is none.
    :raises Refused: when it has too many lines.
    """
    sheet = _read(data)
    if len(sheet.rows) > MOST_LINES:
        raise Refused(StatementRefusal.TOO_MANY_LINES, most=MOST_LINES)
    return sheet


def statement_of(
    session: Session, actor: Actor, statement_id: int, fair_id: int, lock: bool = False
) -> BankStatement:
    """The statement, if it is of this fair and the actor sees its money.

    :raises Missing: otherwise.
    """
    found = session.get(
        BankStatement, statement_id, with_for_update=LOCK if lock else None, populate_existing=lock
    )
    if found is None or found.fair_id != fair_id or not actor.may(Permission.MONEY_SEE, fair_id):
        raise Missing
    return found


def sheet_of(statement: BankStatement, files: Files) -> Sheet:
    """The statement's rows, read from the file that was kept."""
    try:
        return _read(files.read(statement.file_key))
    except NoSuchFile:
        raise Refused(StatementRefusal.FILE_GONE, file=statement.name) from None


def tell_columns(
    session: Session,
    actor: Actor,
    statement_id: int,
    fair_id: int,
    columns: Mapping[BankField, int],
    now: datetime,
) -> BankStatement:
    """Keep what the columns hold; of a statement that was taken in they stay as they were.

    :raises BankColumnsRefused: when they cannot be meant so.
    """
    statement = statement_of(session, actor, statement_id, fair_id, lock=True)
    require(actor, Permission.MONEY_EDIT, fair_id)
    if statement.applied_at is None:
        check_bank_columns(columns, len(statement.header))
        statement.columns = {field.value: place for field, place in columns.items()}
        audit.record(session, actor, "bank.columns_told", now, fair_id=fair_id, statement=statement.id)
    return statement


def decide_lines(session: Session, statement: BankStatement, files: Files) -> Decided:
    """What every line would pay now; nothing is written.

    :raises Refused: when the columns have not been told yet.
    """
    columns = {BankField(name): place for name, place in statement.columns.items()}
    try:
        check_bank_columns(columns, len(statement.header))
    except BankColumnsRefused:
        raise Refused(StatementRefusal.COLUMNS_UNTOLD) from None
    lines = read_lines(sheet_of(statement, files).rows, columns, statement.decimals)
    entries = [line.entry for line in lines if line.entry is not None]
    known = lines_between(session, statement.fair_id, entries)
    matcher = Matcher.over(dues_of(session, statement.fair_id, statement.currency))
    return Decided(plan_statement(mark_known(lines, known), matcher), matcher)


def take_in(
    session: Session, actor: Actor, statement_id: int, fair_id: int, files: Files, now: datetime
) -> BankStatement:
    """Write down what came in and book what is certain; a second time changes nothing."""
    statement = statement_of(session, actor, statement_id, fair_id, lock=True)
    require(actor, Permission.MONEY_EDIT, fair_id)
    if statement.applied_at is not None:
        return statement
    _lock_what_is_open(session, statement)
    decided = decide_lines(session, statement, files)
    counted = [line for line in decided.lines if line.verdict is not None]
    payments = _payments(session, actor, statement, counted, now)
    touched = {number for line in counted if line.verdict for number in _instalments(line, decided.matcher)}
    instalments = instalments_of_fair(session, fair_id, touched)
    for line, payment in zip(counted, payments, strict=True):
        _book_line(session, actor, payment, line, decided.matcher, instalments, now)
    statement.counts, statement.applied_at = _counts(decided), now
    figures = {outcome.value: number for outcome, number in decided.figures.lines.items()}
    audit.record(
        session, actor, "bank.statement_taken_in", now, fair_id=fair_id, statement=statement.id, **figures
    )
    return statement


def _read(data: bytes) -> Sheet:
    from fairapp.adapters.sheets.reading import read_sheet  # heavy: workbooks

    return read_sheet(data, known=bank_field)


def _lock_what_is_open(session: Session, statement: BankStatement) -> None:
    open_ones = select(Invoice.id).where(
        Invoice.fair_id == statement.fair_id,
        Invoice.currency == statement.currency,
        Invoice.state.in_(OPEN_INVOICES),
    )
    lock_invoices(session, session.scalars(open_ones).all())


def _payments(
    session: Session, actor: Actor, statement: BankStatement, counted: Sequence[LinePlan], now: datetime
) -> list[Payment]:
    """A line of the bank and a payment for each transfer that counts."""
    payments = []
    for each in counted:
        entry = each.entry
        assert entry is not None
        line = BankLine(
            fair_id=statement.fair_id,
            statement_id=statement.id,
            row=each.line,
            booked_on=entry.booked_on,
            amount_minor=entry.amount_minor,
            text=entry.text,
            counterpart=entry.counterpart,
            reference=entry.reference,
            digest=entry.digest,
        )
        payments.append(
            Payment(
                fair_id=statement.fair_id,
                received_on=entry.booked_on,
                amount_minor=entry.amount_minor,
                currency=statement.currency,
                payer_name=entry.counterpart,
                text=entry.text,
                matched_minor=0,
                refunded_minor=0,
                made_at=now,
                made_by_id=actor.account_id,
                bank_line=line,
            )
        )
    session.add_all(payments)
    session.flush()
    return payments


def _instalments(line: LinePlan, matcher: Matcher) -> set[int]:
    """What a line pays, and what it would have paid were that not dead."""
    assert line.verdict is not None
    assert line.entry is not None
    return {number for number, _amount in line.verdict.parts} | set(matcher.named(line.entry))


def _book_line(
    session: Session,
    actor: Actor,
    payment: Payment,
    line: LinePlan,
    matcher: Matcher,
    instalments: Mapping[int, Instalment],
    now: datetime,
) -> None:
    verdict, entry = line.verdict, line.entry
    assert verdict is not None
    assert entry is not None
    for number, amount in verdict.parts:
        book(session, actor, payment, instalments[number], amount, now)
    if verdict.doubt is not None:
        named = matcher.named(entry)
        about = instalments[named[0]] if len(named) == 1 else None
        set_aside(session, payment, verdict.doubt, now, about)


def _counts(decided: Decided) -> dict[str, Any]:
    figures = decided.figures
    left_out: dict[str, list[int]] = {}
    for line in decided.lines:
        if line.reason is not None:
            left_out.setdefault(line.reason.value, []).append(line.line)
    return {
        "lines": {outcome.value: number for outcome, number in figures.lines.items()},
        "sums": {outcome.value: amount for outcome, amount in figures.sums.items()},
        "left": figures.left_minor,
        "reasons": {reason.value: number for reason, number in figures.reasons.items()},
        "left_out": {reason: numbers[:MOST_NAMED] for reason, numbers in left_out.items()},
    }
