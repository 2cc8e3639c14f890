"""The command that prints a fair's badges into a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from secrets import randbelow

import click
from flask import Flask

from fairapp.adapters.files import write_whole
from fairapp.cli.saying import fair_with, looking, tell, writing
from fairapp.i18n import ngettext
from fairapp.jobs.badges import printed_on, report_lines
from fairapp.rules.actors import SYSTEM
from fairapp.rules.printing import Report
from fairapp.store.badges_lists import printable_ids
from fairapp.usecases.badges_companies import name_companies
from fairapp.usecases.badges_printing import Format, PrintBadges, keep_printings

MakeApp = Callable[[], Flask]


@click.command()
@click.argument("code")
@click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="The PDF."
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(["a4", "single"]),
    default="a4",
    show_default=True,
    help="As many as an A4 sheet holds, or one to a page of the badge's own size.",
)
@click.option(
    "--companies",
    is_flag=True,
    help="First name and approve a badge for each exhibitor with a booth for whom nobody is named yet.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
@click.pass_obj
def badges(make_app: MakeApp, code: str, out: Path, layout: Format, companies: bool, as_json: bool) -> None:
    """Print all approved badges of the fair CODE, and keep that they were printed."""
    app = make_app()
    body = BytesIO()
    if companies:
        with writing(app) as session:
            name_companies(session, SYSTEM, fair_with(session, code).id, datetime.now(UTC), randbelow)
    with looking(app) as session:  # drawing takes a while: gates go on writing meanwhile
        fair = fair_with(session, code)
        order = PrintBadges(fair.id, tuple(printable_ids(session, fair.id)), layout)
        report, printed = printed_on(body, session, app.config["FAIRAPP"], SYSTEM, fair, order)
        _write(out, body.getvalue())
    with writing(app) as session:
        keep_printings(session, SYSTEM, fair.id, printed, datetime.now(UTC))
        _tell(report, out, as_json)


def _write(out: Path, body: bytes) -> None:
    try:
        write_whole(out.absolute(), body, mode=0o644)
    except OSError as fault:
        raise click.ClickException(f"Cannot write {out}: {fault.strerror}") from fault


def _tell(report: Report, out: Path, as_json: bool) -> None:
    for line in report_lines(report):
        click.echo(f"{line['record']}: {line['text']}", err=True)
    figures = {
        "badges": report.printed,
        "skipped": report.skipped,
        "findings": len(report),
        "out": str(out),
    }
    sentence = ngettext("%(num)s badge in %(out)s.", "%(num)s badges in %(out)s.", report.printed, out=out)
    tell(figures, sentence, as_json)
