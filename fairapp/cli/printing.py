"""Commands that print documents of a fair into a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from fairapp.adapters.files import write_whole
from fairapp.rules.actors import SYSTEM
from fairapp.rules.errors import Refused
from fairapp.store.base import transaction
from fairapp.store.fairs import Fair

OUT = click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="The file to write; an older one is replaced.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON line for scripts.")


def fair_of(session: Session, code: str) -> Fair:
    """The fair of this code; the command ends when there is none."""
    fair = session.scalar(select(Fair).where(Fair.code == code.upper()))
    if fair is None:
        raise click.ClickException(f"There is no fair {code}.")
    return fair


def write_document(out: Path, body: bytes) -> None:
    """Put the document at ``out``, whole or not at all."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, body)
    except OSError as error:
        raise click.ClickException(f"{out} cannot be written: {error.strerror}") from error


def tell(
    as_json: bool, what: str, out: Path, printed: int, skipped: int, report: Sequence[dict[str, Any]]
) -> None:
    """Say what was printed, and each thing to look at: a line each, or one JSON line for scripts."""
    if as_json:
        told = {"file": str(out), "printed": printed, "skipped": skipped, "report": list(report)}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    click.echo(f"{out}: {printed} {what}" + (f", {skipped} left out" if skipped else ""))
    for line in report:
        click.echo(f"  {line['record']}: {line['text']}")


@click.command()
@click.argument("code")
@OUT
@click.option(
    "--format",
    "layout",
    type=click.Choice(["a4", "single"]),
    default="a4",
    show_default=True,
    help="Eight on an A4 sheet, or one to a page of 86 × 124 mm.",
)
@AS_JSON
@click.pass_obj
def badges(make_app: Any, code: str, out: Path, layout: Any, as_json: bool) -> None:
    """Print all approved badges of the fair CODE, and keep that they were printed."""
    from fairapp.adapters.signing import BadgeKeys
    from fairapp.i18n import speaking
    from fairapp.i18n.printed_badges import badge_words
    from fairapp.jobs.badges import report_lines
    from fairapp.store.badges_lists import printable_ids
    from fairapp.usecases.badges_printing import PrintBadges, keep_printings, print_badges

    app = make_app()
    with app.app_context(), transaction() as session, speaking("en"):
        fair = fair_of(session, code)
        words = badge_words(fair.names, fair.venue_names, fair.starts_on, fair.ends_on, fair.country)
        order = PrintBadges(fair.id, tuple(printable_ids(session, fair.id)), layout)
        body = BytesIO()
        try:
            report, done = print_badges(
                session, SYSTEM, order, words, BadgeKeys(app.config["FAIRAPP"].keys).sign, body
            )
        except Refused:
            raise click.ClickException(f"No badge of {fair.code} is approved yet.") from None
        write_document(out, body.getvalue())
        keep_printings(session, SYSTEM, fair.id, done, datetime.now(UTC))
        tell(as_json, "badges", out, report.printed, report.skipped, report_lines(report))
