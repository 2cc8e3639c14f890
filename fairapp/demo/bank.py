"""The demo fair's bank: one statement taken in, the next one left to be looked at."""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from fairapp.adapters.files import FolderFiles
from fairapp.rules.actors import SYSTEM
from fairapp.store.billing import Instalment
from fairapp.store.billing_dunning import open_instalments
from fairapp.store.fairs import Fair
from fairapp.usecases.billing_bank import KeepStatement, keep_statement, statement_sheet, take_in

DATA = Path(__file__).parent / "data" / "bank.toml"
Row = tuple[date, int, int, str, str]
"""Day, went, came, text, sender."""


def keep_bank(session: Session, files: FolderFiles, fair: Fair, today: date, now: datetime) -> None:
    """Pay a good half of what is due by a statement, with what else stands in one."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    due = session.scalars(open_instalments(fair.id).where(Instalment.paid_minor == 0)).all()
    paid, next_ones = due[: len(due) * 6 // 10], due[len(due) * 6 // 10 :][:3]
    first = [*_others(told["line"], today), *_payments(paid, told["texts"], today)]
    later = [*_others(told["later"], today), *_payments(next_ones, told["texts"], today, days=1)]
    for name, rows, is_taken in (("sao-ke-1.csv", first, True), ("sao-ke-2.csv", later, False)):
        data = _statement(told, sorted(rows))
        kept = keep_statement(
            session, SYSTEM, KeepStatement(fair.id, name, data, "VND", 0), statement_sheet(data), files, now
        )
        if is_taken:
            take_in(session, SYSTEM, kept.id, fair.id, files, now)


def _others(lines: Iterable[dict[str, Any]], today: date) -> list[Row]:
    return [
        (
            today - timedelta(each["days"]),
            each.get("went", 0),
            each.get("came", 0),
            each["text"],
            each["sender"],
        )
        for each in lines
    ]


def _payments(
    due: Sequence[Instalment], texts: Sequence[str], today: date, days: int | None = None
) -> list[Row]:
    """Transfers for these instalments; the second is paid in part, the fourth twice over."""
    rows = []
    for number, each in enumerate(due):
        reference = each.reference
        text = texts[number % len(texts)].format(
            reference=reference, lower=reference.lower(), spaced=f"{reference[:6]} {reference[6:]}"
        )
        amount = {1: each.open_minor // 2, 3: each.open_minor * 2}.get(number, each.open_minor)
        ago = 2 + number % 7 if days is None else days
        rows.append((today - timedelta(ago), 0, amount, text, each.invoice.payer_name.upper()))
    return rows


def _statement(told: dict[str, Any], rows: Sequence[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([told["bank"]])
    writer.writerow([told["account"]])
    writer.writerow(told["header"])
    balance = 250_000_000
    for number, (day, went, came, text, sender) in enumerate(rows, 1):
        balance += came - went
        writer.writerow(
            [
                day.strftime("%d/%m/%Y"),
                f"FT{day:%y%m%d}{number:04d}",
                went or "",
                came or "",
                balance,
                text,
                sender,
            ]
        )
    return out.getvalue().encode("utf-8-sig")
