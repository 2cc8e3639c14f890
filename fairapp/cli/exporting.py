"""The command ``export``: a fair as an XLSX workbook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask

from fairapp.cli.saying import fair_with, shell_language, speaking_plainly, tell, writing
from fairapp.i18n import gettext as _
from fairapp.i18n import pick
from fairapp.i18n.exports import page_said, rows_said, titles_said
from fairapp.rules.actors import SYSTEM
from fairapp.usecases.exchange_export import export_fair


@click.command()
@click.argument("fair_code", metavar="CODE")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The XLSX file.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON line.")
@click.pass_obj
def export(make_app: Callable[[], Flask], fair_code: str, out: Path, as_json: bool) -> None:
    """Write the exhibitors, booths, applications and badges of the fair CODE into a workbook."""
    from fairapp.adapters.sheets.writing import Column, Table, write_xlsx

    now = datetime.now(UTC)
    with writing(make_app()) as session:
        fair = fair_with(session, fair_code)
        tables = export_fair(session, SYSTEM, fair.id, shell_language(), now)
        name, timezone = pick(fair.names), fair.timezone
    with speaking_plainly():
        pages = [
            Table(page_said(table), tuple(map(Column, titles_said(table))), rows_said(table, timezone))
            for table in tables
        ]
        try:
            write_xlsx(out, pages, title=name, made_at=now)
        except OSError as error:
            raise click.ClickException(
                _("The file %(file)s cannot be written: %(why)s.", file=out, why=error.strerror or error)
            ) from None
        figures = {table.page.value: len(table.rows) for table in tables}
        tell({"file": str(out), **figures}, _("Written: %(file)s", file=out), as_json)
