"""Commands that print a fair's catalogue and the signs of its booths."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import click
from flask import Flask

from fairapp.adapters.files import new_file
from fairapp.cli.saying import fair_with, looking, writing
from fairapp.i18n import LANGUAGES, speaking
from fairapp.i18n.phrases import phrase
from fairapp.i18n.printed_signs import MOST_FURTHER, SCAN
from fairapp.jobs.catalogue import stock_of, told, write_catalogue, write_signs
from fairapp.jobs.catalogue_addendum import write_addendum
from fairapp.jobs.hall_signs import write_hall_signs
from fairapp.jobs.work import Work
from fairapp.rules.actors import SYSTEM
from fairapp.rules.catalogue import CatalogueOrder, CataloguePaper, CatalogueStories, Edition, PrintRefusal
from fairapp.rules.printing import Report
from fairapp.rules.signs import SCALES, SignKind, SignRefusal
from fairapp.store.catalogue_queries import exhibitor_count, sign_count
from fairapp.store.fairs import Fair
from fairapp.store.signs_queries import is_placed
from fairapp.usecases.catalogue_cut_offs import SetCutOff, set_cut_off

MakeApp = Callable[[], Flask]
_language = click.option(
    "--lang", "language", type=click.Choice(sorted(LANGUAGES)), default="vi", show_default=True
)
_out = click.option(
    "--out", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True, help="The PDF."
)
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")


@click.command()
@click.argument("code")
@_language
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="The PDF to print.",
)
@click.option(
    "--by",
    "order",
    type=click.Choice([each.value for each in CatalogueOrder]),
    default="hall",
    show_default=True,
)
@click.option(
    "--paper",
    type=click.Choice([each.value for each in CataloguePaper]),
    default="a5",
    show_default=True,
)
@click.option("--both", is_flag=True, help="Stories in both languages.")
@click.option("--addendum", is_flag=True, help="Only what has changed since the cut-off of this edition.")
@click.option(
    "--cut-off",
    help="First set the cut-off (2027-04-01 18:00, the fair's clock), or lift it (none).",
)
@_as_json
@click.pass_obj
def catalogue(
    make_app: MakeApp,
    code: str,
    language: str,
    out: Path | None,
    order: str,
    paper: str,
    both: bool,
    addendum: bool,
    cut_off: str | None,
    as_json: bool,
) -> None:
    """Print the catalogue of the fair CODE, or the addendum to it."""
    if cut_off is not None:
        _set_cut_off(make_app, code, language, cut_off)
    if out is None:
        if cut_off is None:
            raise click.UsageError("Missing option '--out'.")
        return
    stories = CatalogueStories.BOTH if both else CatalogueStories.ONE
    edition = Edition(language, CatalogueOrder(order), CataloguePaper(paper), stories)

    def write(work: Work, fair: Fair, file: BinaryIO) -> Report:
        _refuse_unless(exhibitor_count(work.session, fair.id), PrintRefusal.NO_EXHIBITORS)
        if addendum:
            return write_addendum(work, file, fair, edition, None, stock_of(work, fair, edition))
        return write_catalogue(work, file, fair, edition)

    _print(make_app, code, out, "entries", as_json, write)


def _set_cut_off(make_app: MakeApp, code: str, language: str, said: str) -> None:
    """Set the cut-off by the fair's clock, or lift it."""
    with writing(make_app()) as session:
        fair = fair_with(session, code)
        try:
            at = None if said == "none" else datetime.fromisoformat(said)
        except ValueError as fault:
            raise click.BadParameter(
                "Write it as 2027-04-01 18:00, or none.", param_hint="--cut-off"
            ) from fault
        if at is not None and at.tzinfo is None:
            at = at.replace(tzinfo=ZoneInfo(fair.timezone))
        set_cut_off(session, SYSTEM, SetCutOff(fair.id, language, at), datetime.now(UTC))


@click.command()
@click.argument("code")
@_language
@_out
@click.option(
    "--kind",
    type=click.Choice([each.value for each in SignKind]),
    default=SignKind.BOOTH.value,
    show_default=True,
    help="A5 signs for tables, fascia boards, A1 directories, A3 aisle signs, or stickers.",
)
@click.option(
    "--scale",
    type=click.IntRange(SCALES[0], SCALES[-1]),
    default=1,
    show_default=True,
    help="1:SCALE, for fascia boards.",
)
@click.option("--here", default="", help="The booth at which a directory hangs.")
@click.option(
    "--also",
    type=click.Choice(list(SCAN)),
    multiple=True,
    help=f"A further language of the signs for tables, at most {MOST_FURTHER}.",
)
@click.option("--unasked", is_flag=True, help="Boards of registered names too, where nobody was asked.")
@_as_json
@click.pass_obj
def signs(
    make_app: MakeApp,
    code: str,
    language: str,
    out: Path,
    kind: str,
    scale: int,
    here: str,
    also: tuple[str, ...],
    unasked: bool,
    as_json: bool,
) -> None:
    """Print the signs of the fair CODE."""
    if len(also) > MOST_FURTHER:
        raise click.BadParameter(f"a sign has room for {MOST_FURTHER} further languages", param_hint="--also")

    def write(work: Work, fair: Fair, file: BinaryIO) -> Report:
        _refuse_unless(sign_count(work.session, fair.id), PrintRefusal.NO_BOOTHS)
        _refuse_unless(not here or is_placed(work.session, fair.id, here), SignRefusal.NO_SUCH_BOOTH)
        if SignKind(kind) is SignKind.BOOTH:
            return write_signs(work, file, fair, language, None, also)
        return write_hall_signs(work, file, fair, SignKind(kind), language, scale, here, None, unasked)

    _print(make_app, code, out, "signs", as_json, write)


def _refuse_unless(there: int, refusal: PrintRefusal | SignRefusal) -> None:
    if not there:
        with speaking("en"):
            raise click.ClickException(phrase(refusal))


def _print(
    make_app: MakeApp,
    code: str,
    out: Path,
    what: str,
    as_json: bool,
    write: Callable[[Work, Fair, BinaryIO], Report],
) -> None:
    """Write beside ``out`` and rename, so that a stopped run leaves the old file as it was."""
    app = make_app()
    with looking(app) as session:
        work = Work(session, app.config["FAIRAPP"], datetime.now(UTC))
        fair = fair_with(session, code)
        try:
            with new_file(out.absolute().parent) as (file, path):
                report = write(work, fair, file)
                file.flush()
                path.chmod(0o644)
                path.replace(out)
        except OSError as fault:
            raise click.ClickException(f"Cannot write {out}: {fault.strerror}") from fault
    _tell(report, out, what, as_json)


def _tell(report: Report, out: Path, what: str, as_json: bool) -> None:
    with speaking("en"):
        for line in told(report):
            click.echo(f"{line['record']}: {line['text']}", err=True)
    counts = {what: report.printed, "skipped": report.skipped, "findings": len(report), "out": str(out)}
    if as_json:
        click.echo(json.dumps(counts, ensure_ascii=False))
    else:
        click.echo(f"{report.printed} {what} in {out}, {report.skipped} left out, {len(report)} findings.")
